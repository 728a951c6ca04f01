"""GJ401 to GJ505."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from guiju.core.lists.facts import Facts
from guiju.core.lists.model import Period, Publication
from guiju.core.lists.texts import plain
from guiju.core.lists.words import (
    Audience,
    Channel,
    ControlPhase,
    ControlState,
    Dimension,
    GradeMethod,
    Layer,
    Means,
    PeriodUnit,
    RiskState,
    Severity,
)
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import StepKind
from guiju.exchange.profile_files import built_in
from small_edition import (
    COUNTY,
    FACTS,
    FINE,
    LICENCE,
    OPEN,
    SOUND,
    STAFF,
    TODAY,
    changed,
    codes,
    found,
    posts,
    risk,
    with_,
    with_step,
    without,
)

SCHOOL = replace(
    COUNTY,
    methods=built_in("school").methods,
    criteria=built_in("school").criteria,
)
NO_RISK = without("controls", "C3", without("risks", "R3"))
AT = datetime(2026, 11, 1, 8, 0, 0, 5, tzinfo=UTC)
AT_ONCE = replace(
    FACTS, entries={("risk", f"R{n}"): AT.replace(microsecond=n) for n in range(1, 4)}
)
APART = replace(FACTS, entries={("risk", f"R{n}"): AT.replace(second=n) for n in range(1, 4)})
BORROWED = replace(FACTS, elsewhere={plain("处罚时重责轻罚"): "某县林业局"})
ACTIVE = changed("controls", "C1", edition=replace(SOUND, valid_from=date(2025, 1, 1)),
                 state=ControlState.ACTIVE)  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ401", NO_RISK),
        ("GJ401", changed("risks", "R1", step="")),
        ("GJ401", with_step(3, step=StepKind.SIGN)),
        ("GJ402", changed("risks", "R1", grade=None)),
        ("GJ402", changed("risks", "R1", grade=4)),
        ("GJ402", changed("risks", "R1", dimensions=())),
        ("GJ402", changed("risks", "R1", dimensions=(Dimension.MORALS,), layer=Layer.UNIT)),
        ("GJ402", changed("risks", "R1", layer=None)),
        ("GJ402", changed("risks", "R1", channels=())),
        ("GJ402", changed("risks", "R1", manifestation="同上")),
        ("GJ402", changed("risks", "R1", power="没有")),
        ("GJ402", changed("risks", "R1", flow="没有")),
        ("GJ402", changed("risks", "R1", step="9")),
        ("GJ403", changed("powers", STAFF, grade=3)),
        ("GJ404", changed("risks", "R3", channels=(Channel.SELF,))),
        ("GJ405", NO_RISK),
        ("GJ406", changed("risks", "R1", text="无")),
        ("GJ406", changed("risks", "R1", text="腐败")),
        ("GJ406", with_("risks", risk("R9", LICENCE, "L1", "3", SOUND.risks[0].text))),
        ("GJ501", without("controls", "C1")),
        ("GJ501", changed("controls", "C1", text="略")),
        ("GJ501", changed("controls", "C1", state=ControlState.RETIRED)),
        ("GJ501", changed("controls", "C4", phase=ControlPhase.WATCH)),
        ("GJ502", changed("controls", "C1", person="")),
        ("GJ502", changed("controls", "C1", means=())),
        ("GJ502", changed("controls", "C1", phase=None)),
        ("GJ502", changed("controls", "C1", is_standing=False)),
        ("GJ502", changed("controls", "C1", supervision="按规定")),
        ("GJ502", changed("controls", "C1", risk="没有")),
        ("GJ503", changed("controls", "C1", means=(Means.TECHNOLOGY,))),
        ("GJ504", changed("controls", "C4", owner_level=LeaderLevel.STAFF)),
        ("GJ504", changed("controls", "C4", supervisor="分管副局长")),
        ("GJ504", changed("controls", "C4", supervisor="不知是谁")),
        ("GJ505", ACTIVE),
        ("GJ505", changed("controls", "C1", edition=ACTIVE, every=Period(1, PeriodUnit.YEARS))),
    ],
)
def test_a_hole_is_found(code, edition):
    assert code in codes(edition)


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ401", changed("risks", "R1", step="2")),
        ("GJ402", changed("risks", "R1", edition=changed("risks", "R1", grade=None),
                          state=RiskState.CLOSED)),
        ("GJ402", changed("risks", "R1", dimensions=(Dimension.MORALS,))),
        ("GJ403", changed("powers", STAFF, grade=3, grade_reason="三年没有任免过股长")),
        ("GJ403", changed("powers", FINE, grade=1)),
        ("GJ406", with_("risks", risk("R9", LICENCE, "L1", "3", "决定时超越裁量范围"))),
        ("GJ501", changed("controls", "C1", phase=ControlPhase.HANDLE)),
        ("GJ502", changed("controls", "C1", is_standing=False, due=date(2027, 1, 1))),
        ("GJ502", changed("controls", "C1", person="", state=ControlState.RETIRED)),
        ("GJ503", changed("controls", "C1", means=(Means.TECHNOLOGY,), rule="GS-01")),
        ("GJ504", changed("controls", "C1", supervisor="分管副局长")),
        ("GJ504", changed("controls", "C4", supervisor="组长", supervisor_level=LeaderLevel.HEAD)),
        ("GJ505", changed("controls", "C1", edition=ACTIVE, every=Period(2, PeriodUnit.YEARS))),
        ("GJ505", replace(SOUND, valid_from=date(2020, 1, 1))),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_hole_is_none(code, edition):
    assert code not in codes(edition)


@pytest.mark.parametrize(
    ("code", "facts", "is_found"),
    [
        ("GJ406", AT_ONCE, True),
        ("GJ406", APART, False),
        ("GJ406", BORROWED, True),
        ("GJ406", FACTS, False),
    ],
)
def test_work_for_show_is_known_by_facts(code, facts, is_found):
    assert (code in codes(facts=facts)) is is_found


def test_a_review_that_found_no_risk_is_a_review():
    looked = replace(FACTS, reviews={FINE: date(2026, 10, 1)})
    edition = with_step(2, NO_RISK, "L3", step=StepKind.ACCEPT)
    assert "GJ401" in codes(edition)
    assert "GJ401" not in codes(edition, looked)


def test_a_control_that_was_looked_at_is_in_order():
    fresh = replace(FACTS, checks={"C1": date(2026, 9, 1)})
    stale = replace(FACTS, checks={"C1": date(2026, 1, 1)})
    assert "GJ505" not in codes(ACTIVE, fresh)
    (finding,) = found(ACTIVE, stale).findings
    assert "2026年1月1日" in str(finding.sentence)


def test_s1_07_every_power_has_to_be_looked_at():
    (finding, *_) = found(NO_RISK).blocking
    assert (finding.code, finding.item, finding.severity) == ("GJ401", FINE, Severity.ERROR)


@pytest.mark.parametrize("kind", [StepKind.REVIEW, StepKind.APPROVE, StepKind.SIGN])
def test_s1_10_reviews_approvals_and_signatures_need_a_risk(kind):
    told = [f for f in found(with_step(3, step=kind)).blocking if f.code == "GJ401"]
    assert [(f.item, f.step) for f in told] == [("L1", "3")]


def test_s0_16_the_dimension_of_a_risk_is_mandatory():
    told = found(changed("risks", "R1", dimensions=())).blocking
    assert [(f.code, f.field) for f in told] == [("GJ402", "dimensions")]


def test_s4_22_s4_26_the_dimensions_of_a_school_differ_by_layer():
    school = replace(COUNTY, dimensions=built_in("school").dimensions)
    for layer, dimension, is_right in (
        (Layer.POST, Dimension.MORALS, True),
        (Layer.POST, Dimension.PROCESS, False),
        (Layer.UNIT, Dimension.PROCESS, True),
        (Layer.UNIT, Dimension.MORALS, False),
    ):
        edition = changed("risks", "R1", layer=layer, dimensions=(dimension,))
        told = [f for f in found(edition, profile=school).findings if f.item == "R1"]
        assert (told == []) is is_right


def test_two_methods_that_disagree_are_shown_and_the_stricter_counts():
    answered = changed("risks", "R1", answers=("2-power",), probability=3, harm=3, grade=2)
    told = [f for f in found(answered, profile=SCHOOL).findings if f.item == "R1"]
    assert [(f.code, f.severity) for f in told] == [("GJ403", Severity.WARNING)]
    strict = changed("risks", "R1", edition=answered, grade=1)
    strict = changed("controls", "C1", strict, supervisor="局长", phase=ControlPhase.PREVENT)
    told = [f for f in found(strict, profile=SCHOOL).findings if f.item == "R1"]
    assert [(f.code, f.severity) for f in told] == [("GJ403", Severity.HINT)]
    assert "对照清单得二级、几率乘危害得一级" in str(told[0].sentence)
    assert SCHOOL.methods == (GradeMethod.CHECKLIST, GradeMethod.MATRIX)


@pytest.mark.parametrize(
    ("gate", "edition", "facts"),
    [
        ("complete", NO_RISK, FACTS),
        ("thorough", changed("risks", "R1", step=""), FACTS),
        ("exact", changed("risks", "R1", grade=None), FACTS),
        ("exact", changed("risks", "R1", text="无"), FACTS),
        ("public", changed("risks", "R1", publication=None), FACTS),
        ("public", changed("risks", "R1", publication=Publication()), FACTS),
        ("exact", SOUND, replace(FACTS, failed_gates={"exact": "风险点写得太笼统"})),
    ],
)
def test_s3_16_none_of_the_four_passes_unless_it_is_met(gate, edition, facts):
    told = [f.field for f in found(edition, facts).blocking if f.code == "GJ405"]
    assert gate in told
    assert set(told) <= {gate, "thorough"}


def test_a_risk_shown_within_the_house_is_public_enough_for_the_gate():
    inside = changed("risks", "R1", publication=Publication(audience=Audience.UNIT))
    assert "GJ405" not in codes(inside)
    assert OPEN.audience is Audience.SOCIETY


def test_s3_26_s1_22_a_risk_without_control_blocks_and_the_gravest_needs_prevention():
    assert [f.item for f in found(without("controls", "C1")).blocking] == ["R1"]
    assert [
        f.item for f in found(changed("controls", "C4", phase=ControlPhase.WATCH)).blocking
    ] == ["R4"]


def test_s4_02_every_control_names_unit_post_and_person():
    for field in ("unit", "post", "person"):
        told = found(changed("controls", "C1", **{field: ""})).blocking
        assert [(f.code, f.field) for f in told] == [("GJ502", field)]


def test_s3_27_every_control_says_how_it_is_watched():
    told = found(changed("controls", "C1", supervision="")).blocking
    assert [(f.code, f.field) for f in told] == [("GJ502", "supervision")]


def test_s4_34_the_graver_the_risk_the_higher_who_watches():
    for grade, least in ((1, LeaderLevel.HEAD), (2, LeaderLevel.DEPUTY), (3, LeaderLevel.MIDDLE)):
        edition = changed("risks", "R1", grade=grade)
        for level in LeaderLevel:
            made = changed("controls", "C1", edition=edition, supervisor_level=level,
                           owner_level=LeaderLevel.HEAD)  # fmt: skip
            order = list(LeaderLevel)
            is_high = order.index(level) <= order.index(least)
            told = {f.code for f in found(made).findings if f.item == "C1"}
            assert ("GJ504" not in told) is is_high


def test_s4_08_the_graver_the_risk_the_oftener_it_is_checked():
    for grade, months in ((1, 3), (2, 6), (3, 12)):
        edition = changed("risks", "R1", edition=ACTIVE, grade=grade)
        edition = changed("controls", "C1", edition=edition, owner_level=LeaderLevel.HEAD)
        year, month = divmod(TODAY.year * 12 + TODAY.month - 1 - months, 12)
        late = date(year, month + 1, 1)
        soon = date(year + (month == 11), (month + 1) % 12 + 1, 10)
        assert "GJ505" in codes(edition, replace(FACTS, checks={"C1": late}))
        assert "GJ505" not in codes(edition, replace(FACTS, checks={"C1": soon}))


def test_levels_are_only_judged_where_posts_are_known():
    unknown = changed("controls", "C4", supervisor="不知是谁")
    assert "GJ504" not in codes(unknown, Facts())
    assert "GJ504" in codes(unknown, posts())


def test_s1_02_s4_40_padding_is_told_and_of_copies_the_first_may_stay():
    padded = with_(
        "risks",
        *(risk(f"R{n}", LICENCE, "L1", "3", "决定时超越裁量范围") for n in range(10, 14)),
    )
    told = [f.item for f in found(padded).findings if f.code == "GJ406"]
    assert told == ["R11", "R12", "R13"]
