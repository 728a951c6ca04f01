"""What users asked of risks and controls (C4), each shown whole; campaigns stand beside."""

import re
from dataclasses import replace

import pytest

from drafted import drafted
from guiju.core.errors import Invalid
from guiju.core.lists.coverage import coverage, placed_in
from guiju.core.lists.words import (
    Channel,
    ControlPhase,
    Dimension,
    EditionState,
    Layer,
    Matter,
    Means,
    RiskSpot,
)
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import Role
from guiju.define.lists import profiles
from guiju.define.lists.actions import drafting, editing, importing
from guiju.define.lists.models import Edition
from guiju.exchange.lists.own import OWN_SHEETS
from guiju.exchange.profile_files import built_in, read_profile
from organised import ACT, County, refusal
from publishing import address, published, text_of, with_publication
from readers import reader
from reviewing import Chain, draft_of, nothing_found, passed, submitted
from small_edition import (
    COUNTY,
    FACTS,
    FINE,
    LICENCE,
    OPEN,
    SOUND,
    changed,
    control,
    found,
    held_by,
    posts,
    risk,
    with_,
    without,
)

SCHOOL, BUREAU = built_in("school"), built_in("bureau")


def on_database(test):
    return pytest.mark.django_db(pytest.mark.usefixtures("data_folder")(test))


def at(area, edition, *more):
    return "/".join(["", area, edition.reference.partition(":")[2], *more])


def text(client, where, status=200):
    response = client.get(where)
    assert response.status_code == status, where
    return response.content.decode()


def told(edition, code, facts=FACTS, profile=COUNTY):
    report = found(edition, facts, profile)
    return [(one.item, one.field) for one in report.findings if one.code == code]


def test_s0_17_a_risk_is_of_a_department_or_a_person_and_hangs_on_a_power_or_a_post():
    loose = changed("risks", "R1", power="", flow="", step="")
    assert ("R1", "power") in told(loose, "GJ402")
    assert told(changed("risks", "R1", loose, post="审批股长"), "GJ402") == []
    assert told(changed("risks", "R1", layer=None), "GJ402") == [("R1", "layer")]
    of_school = replace(COUNTY, layers=SCHOOL.layers, dimensions=SCHOOL.dimensions)
    for layer, is_right in ((Layer.UNIT, True), (Layer.PERSON, True), (Layer.LEADER, False)):
        dimension = Dimension.PROCESS if layer is Layer.UNIT else Dimension.DUTIES
        edition = changed("risks", "R1", layer=layer, dimensions=(dimension,))
        assert (("R1", "layer") not in told(edition, "GJ402", profile=of_school)) is is_right


@on_database
def test_s0_17_risks_of_persons_and_of_departments_are_told_apart_in_lists():
    lists = changed(
        "risks", "R2", layer=Layer.PERSON, edition=changed("risks", "R3", layer=Layer.UNIT)
    )
    edition = drafted(County().bureau, lists)
    client = reader(Role.STAFF)
    for layer, shown, hidden in (
        ("person", "任免时任人唯亲", "处罚时重责轻罚"),
        ("unit", "处罚时重责轻罚", "任免时任人唯亲"),
    ):
        page = text(client, at("lists", edition, f"items/risk/?group={layer}"))
        assert shown in page
        assert hidden not in page


@on_database
def test_s1_06_no_power_takes_effect_before_its_risks_were_looked_for():
    county = Chain()
    unlooked = without("controls", "C3", without("risks", "R3"))
    edition = draft_of(county.owner, unlooked)
    assert refusal(Invalid, submitted, edition) == "APPROVAL-02"
    edition.refresh_from_db()
    assert edition.state == EditionState.DRAFT.value
    for item in (SOUND.risks[2], SOUND.controls[2]):
        editing.put_item(edition=edition.reference, item=item, revision=None, **ACT)
    submitted(edition)
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW.value


@on_database
def test_s1_09_a_risk_lies_at_a_step_of_the_flow_of_its_power():
    for said, field in (
        ({"step": "9"}, "step"),
        ({"flow": "没有"}, "flow"),
        ({"power": "没有"}, "power"),
    ):
        assert ("R1", field) in told(changed("risks", "R1", **said), "GJ402")
    edition = drafted(County().bureau)
    client = reader(Role.STAFF)
    page = text(client, at("views", edition, f"power/{LICENCE}/"))
    steps = (
        page.partition('<figure class="flow-figure')[2].partition("</figure>")[0].split("<li ")[1:]
    )
    marked = [one.partition("<b>")[2].partition("</b>")[0] for one in steps if "risk grade" in one]
    assert (len(steps), marked) == (4, ["审查"])
    assert "审查时放过不合条件的采砂人" in steps[1]
    assert "处罚时重责轻罚" not in page
    assert "审查时放过不合条件的采砂人" in text(
        client, at("views", edition, "flows/?search=采砂许可")
    )


@pytest.mark.parametrize(
    ("profile", "labels", "asked"),
    [
        (BUREAU, ["自己查找", "征求群众意见", "领导提议", "集中审核"], 4),
        (COUNTY, ["自己找", "群众提", "相互查", "组织评", "集体定"], 5),
    ],
)
def test_s1_08_s3_13_each_body_has_its_ways_of_finding_and_uses_as_many_as_it_set(
    profile, labels, asked
):
    assert list(profile.channels.values()) == labels
    mine = replace(COUNTY, channels=profile.channels, least_channels=profile.least_channels)
    assert profile.least_channels == asked
    every = tuple(profile.channels)
    whole = SOUND
    for one in whole.risks:
        whole = changed("risks", one.code, whole, channels=every)
    assert told(whole, "GJ404", profile=mine) == []
    for missing in every:
        short = whole
        for one in whole.risks:
            kept = tuple(channel for channel in every if channel is not missing)
            short = changed("risks", one.code, short, channels=kept)
        (finding,) = (f for f in found(short, profile=mine).findings if f.code == "GJ404")
        assert f"「{profile.channels[missing]}」" in str(finding.sentence)


OWN_CHANNELS = """
code = "school-own"
name = "某校"
least_channels = 4
[channels]
self = "自己查"
mutual = "同事帮"
collective = "自下而上"
outside = "内外结合"
""".encode()


@on_database
def test_s4_05_a_body_sets_channels_of_its_own_and_its_lists_are_asked_for_them(monkeypatch):
    own = read_profile(OWN_CHANNELS)
    labels = ["自己查", "同事帮", "自下而上", "内外结合"]
    assert list(own.channels.values()) == labels
    held = [(lambda _path, code, _on: code, {own.code: own}.get)]
    monkeypatch.setattr(profiles, "_SOURCES", held)
    edition = _begun(County().bureau, own.code)
    page = text(
        reader(Role.LIST_KEEPER),
        f"/campaigns/editions/{edition.reference.partition(':')[2]}/begin/",
    )
    for label in labels:
        assert label in page
    assert "领导提" not in page
    used = {Channel.SELF: "自己查", Channel.MUTUAL: "同事帮"}
    lists = SOUND
    for one in lists.risks:
        lists = changed("risks", one.code, lists, channels=tuple(used))
    (finding,) = (f for f in found(lists, profile=own).findings if f.code == "GJ404")
    assert "「自下而上」" in str(finding.sentence)
    assert "「内外结合」" in str(finding.sentence)


def _begun(unit, profile):
    made = drafting.begin_edition(
        unit=unit.reference, title="校清单", profile=profile, based_on="", **ACT
    )
    importing.import_lists(edition=made.reference, told=SOUND, file="0" * 64, revision=None, **ACT)
    return Edition.objects.get(number=made.number)


@on_database
def test_s3_12_risks_are_looked_for_step_by_step_and_the_share_is_told():
    placed = placed_in(coverage(SOUND))
    assert (placed.steps, placed.risky, placed.percent) == (16, 4, 25)
    more = with_("risks", risk("R9", LICENCE, "L1", "3", "决定时超越裁量范围"))
    more = with_("risks", risk("R10", LICENCE, "L1", "3", "决定前不听取意见"), edition=more)
    assert placed_in(coverage(more)).risky == 5  # two risks of one step count once
    assert placed_in(coverage(replace(SOUND, flows=()))).percent == 0
    edition = drafted(County().bureau, more)
    page = text(reader(Role.STAFF), at("views", edition, "coverage/"))
    assert "16 个步骤里有 5 个查出了风险点，占 31%。" in page


@on_database
def test_s3_14_a_risk_says_what_sort_of_spot_it_is_and_is_found_by_it():
    assert [str(one.label) for one in RiskSpot] == ["易发点", "危险点", "薄弱点"]
    lists = SOUND
    for code, spot in zip(("R1", "R2", "R3"), RiskSpot, strict=True):
        lists = changed("risks", code, lists, spot=spot)
    edition = drafted(County().bureau, lists)
    client = reader(Role.LIST_KEEPER)
    for code, spot in zip(("R1", "R2", "R3"), RiskSpot, strict=True):
        page = text(client, at("lists", edition, f"items/risk/?spot={spot.value}"))
        shown = [one.text for one in lists.risks if one.text in page]
        assert shown == [one.text for one in lists.risks if one.code == code]
    assert "薄弱点" in text(client, at("lists", edition, "items/risk/R3/"))
    assert text(client, at("lists", edition, "items/risk/?spot=elsewhere"), 400)


def test_s3_15_risks_lie_at_the_layers_at_which_powers_lie():
    assert list(COUNTY.layers.values()) == ["单位", "班子成员", "股室岗位"]
    for layer in Layer:
        edition = changed("risks", "R1", layer=layer, dimensions=(Dimension.DUTIES,))
        is_known = layer in COUNTY.layers
        assert (("R1", "layer") not in told(edition, "GJ402")) is is_known
        powers = changed("powers", LICENCE, layer=layer)
        assert ((LICENCE, "layer") not in told(powers, "GJ106")) is is_known


@on_database
def test_s3_17_s4_30_s4_33_a_control_says_by_what_it_works_and_is_found_by_it():
    """制度分权、监督制权、问责督权；分权、示权、控权；限制裁量。"""
    assert told(changed("controls", "C1", means=()), "GJ502") == [("C1", "means")]
    asked = (
        Means.DIVIDE, Means.SUPERVISION, Means.ACCOUNTABILITY,
        Means.SHOW, Means.RESTRAIN, Means.DISCRETION,
    )  # fmt: skip
    assert [str(one.label) for one in asked] == ["分权", "监督", "问责", "示权", "控权", "限制裁量"]
    lists = SOUND
    pairs = (("C1", asked[:3]), ("C2", asked[3:5]), ("C3", asked[5:]))
    for code, means in pairs:
        lists = changed("controls", code, lists, means=means)
    lists = changed("controls", "C4", lists, means=(Means.EDUCATION,))
    edition = drafted(County().bureau, lists)
    client = reader(Role.STAFF)
    for code, means in pairs:
        for one in means:
            page = text(client, at("lists", edition, f"items/control/?means={one.value}"))
            shown = [each.code for each in lists.controls if each.text in page]
            assert shown == [code], one
    sheet = text(client, at("views", edition, f"power/{FINE}/"))
    assert "限制裁量" in sheet


@on_database
def test_s3_28_no_flow_before_its_power_no_risk_before_its_flow_no_control_before_its_risk():
    county = Chain()
    broken = {
        "GJ101": without("bases", "Y1"),  # 行权法定
        "GJ110": changed("flows", "L4", power="没有"),
        "GJ201": changed("flows", "L3", is_active=False),  # 流程固定
        "GJ402": changed("risks", "R1", flow="没有"),  # 风险议定
        "GJ502": changed("controls", "C1", risk="没有"),  # 防控特定
    }
    edition = draft_of(county.owner, replace(SOUND, title="水利局清单"))
    for code, lists in broken.items():
        assert code in {one.code for one in found(lists).blocking}
        importing.import_lists(
            edition=edition.reference, told=lists, file="1" * 64, revision=None, **ACT
        )
        assert refusal(Invalid, submitted, edition) == "APPROVAL-02", code
    importing.import_lists(
        edition=edition.reference, told=SOUND, file="2" * 64, revision=None, **ACT
    )
    submitted(edition)
    one = {"edition": edition.reference, "item": SOUND.flows[0], "revision": None}
    with pytest.raises(Exception, match="EDITION-02"):  # 制度铁定
        editing.put_item(**one, **ACT)


def test_s1_26_a_technical_control_names_the_rule_that_watches_its_risk():
    technical = changed("controls", "C1", means=(Means.TECHNOLOGY,))
    assert told(technical, "GJ503") == [("C1", "rule")]
    assert told(changed("controls", "C1", technical, rule="GS-01"), "GJ503") == []
    assert told(changed("risks", "R1", technical, rules=("GS-01",)), "GJ503") == []
    assert str(Means.TECHNOLOGY.label) == "技术"


@on_database
def test_s3_31_every_risk_at_a_step_has_a_grade_and_a_power_that_of_its_gravest():
    assert told(changed("risks", "R1", grade=None), "GJ402") == [("R1", "grade")]
    lists = changed("powers", LICENCE, grade=None)
    edition = drafted(County().bureau, lists)
    page = text(reader(Role.STAFF), at("views", edition, f"power/{LICENCE}/"))
    assert re.search(r'class="badge grade-1">一级风险', page)
    figure = page.partition('<figure class="flow-figure')[2].partition("</figure>")[0]
    for one in SOUND.risks:
        if one.power == LICENCE:
            assert re.search(rf'class="risk grade-{one.grade}">\d</span> {one.text}', figure)
    listed = text(reader(Role.STAFF), at("views", edition, "risks/?grade=2"))
    shown = [one.code for one in SOUND.risks if one.text in listed]
    assert shown == [one.code for one in SOUND.risks if one.grade == 2]


@on_database
def test_s4_01_controls_prevent_watch_and_handle_and_the_form_has_a_column_for_each():
    assert [str(one.label) for one in ControlPhase] == ["前期预防", "中期监控", "后期处置"]
    assert told(changed("controls", "C1", phase=None), "GJ502") == [("C1", "phase")]
    lists = SOUND
    for place, phase in enumerate(ControlPhase):
        made = control(f"K{place}", "R4", f"第{place}类措施按月落实", phase=phase)
        lists = with_("controls", made, edition=lists)
    edition = drafted(County().bureau, lists)
    client = reader(Role.STAFF)
    for place, phase in enumerate(ControlPhase):
        page = text(client, at("lists", edition, f"items/control/?risk=R4&phase={phase.value}"))
        shown = [one.code for one in lists.controls if one.code[0] == "K" and one.text in page]
        assert shown == [f"K{place}"]
    sheet = text(client, at("views", edition, f"power/{LICENCE}/"))
    for phase in ControlPhase:
        assert f"· {phase.label}" in sheet


@on_database
def test_s4_06_the_catalogue_says_who_may_see_each_risk_and_the_portal_keeps_to_it(monkeypatch):
    inside = replace(OPEN, audience=type(OPEN.audience).UNIT)
    lists = changed("risks", "R1", publication=inside)
    nothing_found(monkeypatch)
    issue, _ = published(Chain(), lists)
    page = text(reader(Role.SUPERVISOR), at("views", issue.edition, "risks/"))
    rows = {row.text: page.partition(row.text)[2].partition("</tr>")[0] for row in lists.risks}
    for one in lists.risks:
        assert ("本单位" if one.code == "R1" else "社会") in rows[one.text]
    shown = text_of(address(issue, "lists.json"))
    for one in lists.risks:
        assert (one.text in shown) is (one.code != "R1")


def test_s4_06_a_school_shows_its_risks_within_the_house_unless_it_says_otherwise():
    assert str(SCHOOL.audiences["risk"].label) == "本单位"
    assert str(COUNTY.audiences["risk"].label) == "社会"


def answers_for(grade, owner, supervisor, profile=SCHOOL):
    """Whether somebody of these levels may answer for a risk of a grade and watch it."""
    mine = replace(COUNTY, ownership=profile.ownership)
    edition = changed("risks", "R1", grade=grade)
    edition = changed("controls", "C1", edition, owner_level=owner, supervisor_level=supervisor)
    return {field for item, field in told(edition, "GJ504", profile=mine) if item == "C1"}


LEVELS = (LeaderLevel.HEAD, LeaderLevel.DEPUTY, LeaderLevel.MIDDLE, LeaderLevel.STAFF)


def test_s4_09_a_high_risk_is_watched_by_the_head_and_carried_out_by_the_leader_in_charge():
    assert answers_for(1, LeaderLevel.DEPUTY, LeaderLevel.HEAD) == set()
    for owner in LEVELS:
        is_low = LEVELS.index(owner) > LEVELS.index(LeaderLevel.DEPUTY)
        assert answers_for(1, owner, LeaderLevel.HEAD) == ({"owner_level"} if is_low else set())
    for supervisor in LEVELS[1:]:
        assert answers_for(1, LeaderLevel.DEPUTY, supervisor) == {"supervisor_level"}


def test_s4_10_a_middle_risk_is_the_department_heads_and_a_low_one_the_clerks():
    assert answers_for(2, LeaderLevel.MIDDLE, LeaderLevel.DEPUTY) == set()
    assert answers_for(2, LeaderLevel.STAFF, LeaderLevel.DEPUTY) == {"owner_level"}
    assert answers_for(2, LeaderLevel.MIDDLE, LeaderLevel.MIDDLE) == {"supervisor_level"}
    assert answers_for(3, LeaderLevel.STAFF, LeaderLevel.MIDDLE) == set()
    assert answers_for(3, LeaderLevel.STAFF, LeaderLevel.STAFF) == {"supervisor_level"}
    low = posts(审批股长=held_by("郑清", LeaderLevel.STAFF))
    middle = changed("controls", "C1", owner_level=None)  # then the level of the post counts
    assert ("C1", "owner_level") in told(middle, "GJ504", low)
    assert ("C1", "owner_level") not in told(middle, "GJ504")


@on_database
def test_s4_15_risks_are_looked_for_in_four_sorts_of_matters():
    assert [str(one.label) for one in Matter] == [
        "决策事项",
        "执行事项",
        "监督事项",
        "行政管理事项",
    ]
    lists = SOUND
    for code, matter in zip(("R1", "R2", "R3", "R4"), Matter, strict=True):
        lists = changed("risks", code, lists, matter=matter)
    edition = drafted(County().bureau, lists)
    client = reader(Role.LIST_KEEPER)
    for code, matter in zip(("R1", "R2", "R3", "R4"), Matter, strict=True):
        page = text(client, at("lists", edition, f"items/risk/?matter={matter.value}"))
        assert [one.code for one in lists.risks if one.text in page] == [code]
    typed = text(client, at("lists", edition, "change/risk/R2/"))
    for matter in Matter:
        assert str(matter.label) in typed
    risks = next(sheet for sheet in OWN_SHEETS if sheet.title == "风险")
    assert "事项类别" in [field.header for field in risks.fields]


@on_database
def test_s4_17_risks_are_registered_and_shown_within_their_circle_before_they_hold(monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    inside = replace(OPEN, audience=type(OPEN.audience).UNIT)
    lists = with_publication("risks", inside)
    edition = draft_of(county.owner, lists)
    review = submitted(edition)
    passed(county, review)
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLIC_NOTICE.value
    own = reader(Role.STAFF, unit=county.owner.reference)
    page = text(own, at("views", edition, "risks/"))
    for one in lists.risks:
        assert one.text in page
    register = own.get(at("views", edition, "risks/?format=xlsx"))
    assert b"".join(register.streaming_content)[:2] == b"PK"
    assert "异议" in text(own, at("approval", edition, "object/"))
    stranger = reader(Role.STAFF, unit=county.town.reference)
    text(stranger, at("views", edition, "risks/"), 404)
