"""GJ101 to GJ110, and what the small sound edition is worth."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.core.lists.facts import CancelledPower, Facts, KnownStatute
from guiju.core.lists.lint import CHECKS, lint
from guiju.core.lists.model import Edition, PowerFlow, StatedCount
from guiju.core.lists.words import (
    BasisLevel,
    BasisStatus,
    ItemKind,
    Layer,
    PowerKind,
    PowerState,
    Severity,
)
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
    UNIT_FLOW,
    basis,
    changed,
    codes,
    found,
    power,
    with_,
    without,
)


def facts(**said):
    return replace(FACTS, **said)


def old_law(status=BasisStatus.REPEALED, **said):
    return facts(statutes={"中华人民共和国水法": KnownStatute(status, **said)})


TWIN = power(f"{LICENCE[:-3]}200", "河道采砂的许可")
SUB = power(
    f"{LICENCE[:-2]}01",
    "河道采砂许可（延续）",
    parent=LICENCE,
    conditions="",
    boundary="同上",
)
STRANGER = power(f"{LICENCE[:-3]}300", "取水许可")
ELSEWHERE = replace(TWIN, subject="某县林业局")


def test_the_sound_edition_has_nothing_to_mend():
    assert found().findings == ()
    assert found().blocking == ()


def test_codes_are_unique_and_every_check_can_be_asked_alone():
    assert len({check.code for check in CHECKS}) == len(CHECKS) == 38
    for check in CHECKS:
        assert lint(SOUND, FACTS, COUNTY, TODAY, checks=[check]).findings == ()


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ101", without("bases", "Y1")),
        ("GJ101", changed("bases", "Y2", name="无")),
        ("GJ101", changed("bases", "Y1", level=BasisLevel.INTERNAL)),
        ("GJ102", changed("bases", "Y1", article=" ")),
        ("GJ102", changed("bases", "Y1", status=BasisStatus.REPEALED)),
        ("GJ102", changed("bases", "Y1", status=BasisStatus.AMENDED)),
        ("GJ103", changed("powers", LICENCE, subject="")),
        ("GJ103", changed("powers", LICENCE, post="……")),
        ("GJ103", changed("powers", LICENCE, conditions="/")),
        ("GJ103", changed("powers", LICENCE, boundary="无")),
        ("GJ103", changed("powers", LICENCE, mode="同上")),
        ("GJ103", changed("powers", LICENCE, discipline="按规定办理。")),
        ("GJ104", changed("powers", FINE, name="河道采砂 许可", layer=Layer.UNIT)),
        ("GJ104", with_("powers", TWIN)),
        ("GJ105", changed("powers", LICENCE, code="511602")),
        ("GJ105", changed("powers", LICENCE, code=LICENCE.replace("511602", "511603"))),
        ("GJ105", changed("powers", LICENCE, code=LICENCE.replace("013", "014"))),
        ("GJ105", with_("powers", replace(SUB, code=f"{FINE[:-2]}01"))),
        ("GJ105", changed("risks", "R1", code="R2")),
        ("GJ105", changed("risks", "R1", code="")),
        ("GJ106", changed("powers", LICENCE, kind="")),
        ("GJ106", changed("powers", LICENCE, kind="收税")),
        ("GJ106", changed("powers", LICENCE, side=None)),
        ("GJ106", changed("powers", LICENCE, layer=None)),
        ("GJ106", changed("powers", STAFF, layer=Layer.PERSON)),
        ("GJ106", changed("powers", STAFF, layer=Layer.UNIT)),
        ("GJ107", without("duties", "Z0")),
        ("GJ107", without("accountabilities", "J1")),
        ("GJ107", changed("duties", "Z0", text="略")),
        ("GJ108", replace(SOUND, stated=(StatedCount(kind=ItemKind.RISK, count=37),))),
        ("GJ108", replace(SOUND, stated=(StatedCount(kind=ItemKind.RISK, grade=1, count=2),))),
    ],
)
def test_a_hole_is_found(code, edition):
    assert code in codes(edition)


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ101", changed("bases", "Y1", level=BasisLevel.STAFFING_PLAN)),
        ("GJ101", with_("powers", SUB)),
        ("GJ102", changed("bases", "Y1", article="", level=BasisLevel.STAFFING_PLAN)),
        ("GJ102", with_("bases", basis("Y9", "没有的权力", "某法", ""))),
        ("GJ103", with_("powers", SUB)),
        ("GJ103", changed("powers", LICENCE, code=LICENCE, state=PowerState.REPEALED, mode="")),
        ("GJ104", with_("powers", SUB)),
        ("GJ104", with_("powers", STRANGER)),
        ("GJ104", with_("powers", ELSEWHERE)),
        ("GJ105", changed("powers", LICENCE, code="511602-013-01-001-00")),
        ("GJ105", with_("powers", SUB)),
        ("GJ106", changed("powers", LICENCE, kind="requisition")),
        ("GJ107", with_("powers", SUB)),
        ("GJ108", replace(SOUND, stated=(StatedCount(kind=ItemKind.RISK, count=4),))),
        ("GJ108", replace(SOUND, stated=(StatedCount(kind=ItemKind.POWER, count=3),))),
        (
            "GJ108",
            replace(SOUND, stated=(StatedCount(kind=ItemKind.POWER, kind_code="major", count=1),)),
        ),
    ],
)
def test_what_only_looks_like_a_hole_is_none(code, edition):
    assert code not in codes(edition)


def test_a_repealed_law_names_its_successor():
    report = found(facts=old_law(replaced_by="水资源管理法"))
    (finding,) = report.findings
    assert (finding.code, finding.item, finding.field) == ("GJ102", "Y1", "status")
    assert "《水资源管理法》" in str(finding.sentence)
    assert "改引" in str(found(facts=old_law()).findings[0].sentence)


def test_a_citation_of_the_amended_text_is_in_order():
    since = old_law(BasisStatus.AMENDED, since=date(2025, 1, 1))
    assert codes(facts=since) == {"GJ102"}
    assert codes(changed("bases", "Y1", effective=date(2025, 1, 1)), since) == set()
    assert codes(changed("bases", "Y1", effective=date(2024, 12, 31)), since) == {"GJ102"}


@pytest.mark.parametrize(
    ("name", "is_like"),
    [
        ("河道采砂许可", True),
        ("河道采砂审批", True),
        ("河道采砂备案", True),
        ("河道清淤许可", False),
        ("第二类河道采砂许可", False),
    ],
)
def test_a_cancelled_power_does_not_come_back_under_another_form(name, is_like):
    gone = facts(cancelled=(CancelledPower(name, "国发〔2015〕1号"),))
    report = found(facts=gone)
    assert [(f.code, f.item) for f in report.findings] == [("GJ104", LICENCE)] * is_like
    assert all(f.severity is Severity.ERROR for f in report.findings)


def test_only_the_second_of_two_is_told_and_names_the_first():
    (finding,) = (f for f in found(with_("powers", TWIN)).findings if f.code == "GJ104")
    assert finding.item == TWIN.code
    assert LICENCE in str(finding.sentence)


def test_s2_11_the_ten_official_kinds_and_those_of_the_profile_are_known():
    for code in ("county", "bureau", "school"):
        known = built_in(code)
        official = (
            "行政许可 行政处罚 行政强制 行政征收 行政给付 行政检查 行政确认 行政奖励 行政裁决"
        )
        labels = {known.kind_label(kind.value) for kind in PowerKind}
        assert {*official.split(), "其他权力"} == labels
    assert COUNTY.kind_label("funds") == "资金分配"
    assert COUNTY.kind_label("收税") is None


def test_s0_05_a_power_without_its_elements_cannot_be_submitted():
    for name in ("subject", "conditions", "boundary", "mode", "discipline"):
        report = found(changed("powers", LICENCE, **{name: "暂无"}))
        assert [(f.item, f.field) for f in report.blocking] == [(LICENCE, name)]
    assert found(without("bases", "Y1")).blocking


def test_s3_05_direction_and_class_are_asked_of_every_power():
    blank = changed("powers", LICENCE, side=None, kind="")
    assert {f.field for f in found(blank).findings} == {"side", "kind"}


def test_nothing_is_asked_of_an_empty_edition():
    assert found(Edition(), Facts()).findings == ()


def test_the_same_flow_name_is_no_second_power():
    more = PowerFlow(code="L9", power=FINE, parent="L3", graph=UNIT_FLOW, publication=OPEN)
    assert "GJ104" not in codes(with_("flows", more))
