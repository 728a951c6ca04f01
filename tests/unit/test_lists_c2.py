"""What users asked of powers and responsibilities (C2), each shown whole."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from drafted import drafted
from guiju.core.errors import Invalid
from guiju.core.lists.cleanup import Decision, review
from guiju.core.lists.facts import Facts, KnownStatute
from guiju.core.lists.model import Duty, LegalBasis, NegativeItem
from guiju.core.lists.words import (
    BasisLevel,
    BasisStatus,
    ControlPhase,
    EditionState,
    ItemKind,
    Layer,
    ReviewVerdict,
    Severity,
)
from guiju.core.organisation.words import Profile, UnitKind
from guiju.core.terms import Role
from guiju.define.approval.actions import cleaning
from guiju.define.approval.jobs import into_effect
from guiju.define.lists.actions import editing
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.checks import report_of
from organised import ACT, KEEPER, County, found_unit, refusal
from publishing import address, published, text_of
from readers import reader
from recorded import NOON
from reviewing import Chain, effective, nothing_found, passed, submitted
from small_edition import (
    FACTS,
    FINE,
    LICENCE,
    OPEN,
    SOUND,
    STAFF,
    basis,
    changed,
    codes,
    control,
    found,
    risk,
    with_,
    with_flow,
    without,
)

database = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def on_database(test):
    for mark in database:
        test = mark(test)
    return test


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], *more])


def view(edition, *more):
    return "/views/" + "/".join([edition.reference.partition(":")[2], *more])


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def blocking(edition, facts=FACTS):
    return [(one.code, one.item, one.field) for one in found(edition, facts).blocking]


@on_database
def test_s0_04_a_power_has_kind_conditions_and_boundary_and_each_kind_is_counted(
    django_assert_max_num_queries,
):
    for field, code in (("kind", "GJ106"), ("conditions", "GJ103"), ("boundary", "GJ103")):
        assert blocking(changed("powers", LICENCE, **{field: ""})) == [(code, LICENCE, field)]
    second = replace(SOUND.powers[0], code=f"{LICENCE[:-3]}200", name="取水许可")
    client = reader(Role.STAFF)
    edition = drafted(County().bureau, with_("powers", second))
    text(client, at(edition, ""))
    with django_assert_max_num_queries(15):
        page = text(client, at(edition, ""))
    for kind, label, count in (
        ("licence", "行政许可", 2),
        ("penalty", "行政处罚", 1),
        ("major", "三重一大", 1),
    ):
        link = at(edition, f"items/power/?group={kind}")
        shown = rf'<a href="{re.escape(link)}">{label}</a> <span class="soft">{count} 项</span>'
        assert re.search(shown, page), kind
        assert f"共 {count} 行" in text(client, link)
    power = text(client, at(edition, "items", "power", f"{LICENCE}/"))
    for said in ("河道采砂许可限于本县河道之内", "办河道采砂许可须具备规定的条件", "行政许可"):
        assert said in power


@on_database
def test_s0_03_an_edition_is_drafted_reviewed_and_only_then_in_effect(monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    edition = drafted(county.owner, title="水利局清单")
    client = reader(Role.LEADER, unit=county.owner.reference)
    in_use = "/lists/?state=in_use"
    assert "水利局清单" not in text(client, in_use)
    review_ = submitted(edition)
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW.value
    assert "水利局清单" not in text(client, in_use)
    changing = {"edition": edition.reference, "item": SOUND.powers[0], "revision": None}
    with pytest.raises(Exception, match="EDITION-02"):
        editing.put_item(**changing, **ACT)
    passed(county, review_)
    assert into_effect(at=NOON) == 0
    other = drafted(county.town, title="镇清单")
    assert "水利局清单" not in text(client, in_use)  # in public notice
    review_.refresh_from_db()
    assert into_effect(at=NOON + timedelta(days=(review_.notice_to - NOON.date()).days + 1)) == 1
    page = text(reader(Role.LEADER), in_use)
    assert "水利局清单" in page
    assert "镇清单" not in page
    assert other.state == EditionState.DRAFT.value


@on_database
def test_s1_04_a_bureau_sees_its_schools_together_and_no_school_sees_another():
    county = County()
    bureau = found_unit("JYJ", "X", name="教育局", profile=Profile.BUREAU)
    schools = [
        found_unit(code, "JYJ", name=name, kind=UnitKind.SCHOOL, profile=Profile.SCHOOL)
        for code, name in (("YZ", "第一中学"), ("EX", "第二小学"))
    ]
    first, second = (drafted(school, title=f"{school.name}清单") for school in schools)
    drafted(county.bureau, title="水利局清单")
    keeper = reader(Role.LIST_KEEPER, unit=schools[0].reference)
    assert "第一中学清单" in text(keeper, "/lists/")
    assert "第二小学" not in text(keeper, "/lists/")
    text(keeper, at(first, ""))
    for page in (at(second, ""), at(second, "items/power/"), at(second, f"items/power/{LICENCE}/")):
        text(keeper, page, 404)
    above = reader(Role.SUPERVISOR, unit=bureau.reference)
    for edition in (first, second):
        text(above, at(edition, ""))
    shown = text(above, "/views/risk-map/")
    totals = re.findall(r"<b>([\d,]+)</b> <span>个</span>", shown)
    graded = [sum(one.grade == grade for one in SOUND.risks) for grade in (1, 2, 3)]
    assert totals == [*(str(2 * count) for count in graded), "0"]
    assert "第一中学" in shown
    assert "第二小学" in shown
    assert "水利局" not in shown
    assert "水利局清单" not in text(above, "/lists/")


@on_database
def test_s1_37_what_a_clean_up_cancelled_does_not_come_back_under_another_name(monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    first = drafted(county.owner)
    after = effective(county, first)
    gone = replace(without("powers", LICENCE), number=2)
    alike = replace(SOUND.powers[0], code=f"{LICENCE[:-3]}200", name="河道采砂审批")
    other = replace(alike, name="取水许可")
    second = drafted(county.owner, with_("powers", alike, edition=gone))
    assert told_of(second) == []  # nobody said yet that it is cancelled
    cancel = Decision(ReviewVerdict.CANCEL, "县政府令第41号")
    cleaning.judge(edition=second.reference, power=LICENCE, decision=cancel, by=KEEPER, at=after)
    ((code, said),) = told_of(second)
    assert code == alike.code
    assert "河道采砂许可" in said
    assert "县政府令第41号" in said
    editing.put_item(edition=second.reference, item=other, revision=None, **ACT)
    assert told_of(second) == []
    later = effective(county, second, after)
    third = drafted(county.owner, with_("powers", alike, edition=replace(gone, number=3)))
    assert [code for code, _ in told_of(third, later)] == [alike.code]
    elsewhere = drafted(county.town, with_("powers", alike, edition=gone), title="镇清单")
    assert told_of(elsewhere) == []


def told_of(edition, at=NOON):
    report = report_of(Edition.objects.get(number=edition.number), at.date())
    return [
        (one.item, str(one.sentence))
        for one in report.findings
        if one.code == "GJ104" and one.severity is Severity.ERROR
    ]


def test_s2_16_duties_hang_on_their_power_and_on_steps_of_its_flow():
    more = with_("duties", Duty(code="Z9", power=LICENCE, step="2", text="两人到场审查并写明意见"))
    assert [one.power for one in more.duties].count(LICENCE) == 2
    assert found(more).findings == ()
    for said, field in (
        ({"step": "9"}, "step"),
        ({"power": "没有"}, "power"),
        ({"power": ""}, "power"),
    ):
        told = blocking(changed("duties", "Z9", more, **said))
        assert told == [("GJ110", "Z9", field)]
    bare = without("duties", "Z0")
    assert blocking(bare) == [("GJ107", LICENCE, "")]


@on_database
def test_s2_16_the_page_of_a_power_lists_its_own_duties():
    told = with_("duties", Duty(code="Z9", power=LICENCE, step="2", text="两人到场审查并写明意见"))
    edition = drafted(County().bureau, told)
    page = text(reader(Role.STAFF), view(edition, "power", f"{LICENCE}/"))
    for said in ("责任事项", "按时许可并说明理由", "两人到场审查并写明意见"):
        assert said in page
    assert "按时处罚并说明理由" not in page


@pytest.mark.parametrize("field", ["post", "act", "impact"])
def test_s2_21_a_negative_item_says_whom_it_binds_what_is_barred_and_what_it_prevents(field):
    assert blocking(changed("negatives", "N1", **{field: " 无 "})) == [("GJ109", "N1", field)]
    assert "prevention" in [one[2] for one in blocking(changed("negatives", "N1", prevention=""))]
    assert found().findings == ()


def test_s2_22_a_negative_item_names_who_answers_for_it_and_what_follows():
    bare = NegativeItem(code="N2", post="审批股长", act="代签送达回证", publication=OPEN)
    assert [one[1:] for one in blocking(with_("negatives", bare))] == [
        ("N2", field) for field in ("impact", "owner", "prevention", "sanction")
    ]
    whole = replace(
        bare,
        impact="送达无从查证",
        prevention="签字样本备案，按季抽查",
        owner="审批股长",
        sanction="批评教育，情节重的给予处分",
    )
    assert blocking(with_("negatives", whole)) == []


@on_database
def test_s2_21_s2_22_the_negative_list_of_a_post_stands_in_its_table_with_all_five():
    edition = drafted(County().bureau)
    client = reader(Role.STAFF)
    page = text(client, at(edition, "items/negative/?post=局长"))
    item = SOUND.negatives[0]
    for said in (item.act, item.post, item.prevention, item.owner):
        assert said in page
    whole = text(client, at(edition, "items", "negative", "N1/"))
    assert item.impact in whole
    assert item.sanction in whole
    assert item.act not in text(client, at(edition, "items/negative/?post=窗口"))


def test_s2_25_a_power_whose_control_lacks_one_of_the_four_parts_is_told():
    only = with_("risks", risk("R9", STAFF, "L2", "3", "考察走过场"), edition=SOUND)
    only = with_("controls", control("C9", "R9", "考察两人以上并写实"), edition=only)
    assert found(only).findings == ()
    for part, edition in (
        ("管理没有制度", _without_of(STAFF, only, basis_rule="")),
        ("操作没有标准", with_flow(None, "L2", only)),
        ("没有修正的办法", _without_of(STAFF, only, phase=ControlPhase.PREVENT)),
        ("事后没有依据", _without_of(STAFF, only, evidence="略")),
    ):
        told = [one for one in found(edition).findings if one.code == "GJ506"]
        assert [(one.item, one.severity) for one in told] == [(STAFF, Severity.HINT)], part
        assert part in str(told[0].sentence)
    no_tiers = without("standards", "B1")
    (told,) = (one for one in found(no_tiers).findings if one.code == "GJ506")
    assert (told.item, "裁量基准" in str(told.sentence)) == (FINE, True)


def _without_of(power, edition, **said):
    """Spoil every control of a power."""
    risks = {one.code for one in edition.risks if one.power == power}
    for one in edition.controls:
        if one.risk in risks:
            edition = changed("controls", one.code, edition, **said)
    return edition


def test_s3_01_every_power_has_its_boundary_its_post_and_its_duty():
    for edition, told in (
        (changed("powers", LICENCE, boundary="按规定"), ("GJ103", LICENCE, "boundary")),
        (changed("powers", LICENCE, post=""), ("GJ103", LICENCE, "post")),
        (without("duties", "Z0"), ("GJ107", LICENCE, "")),
    ):
        assert blocking(edition) == [told]
    assert blocking(SOUND) == []


def test_s3_03_a_basis_is_a_law_a_regulation_or_a_staffing_plan_and_laws_say_the_article():
    assert {one.value for one in BasisLevel} >= {"law", "regulation", "rule", "staffing_plan"}
    for level in (BasisLevel.LAW, BasisLevel.REGULATION, BasisLevel.RULE):
        edition = changed("bases", "Y1", level=level, article="")
        assert blocking(edition) == [("GJ102", "Y1", "article")], level
        assert blocking(changed("bases", "Y1", edition, article="第三十九条")) == []
    assert blocking(changed("bases", "Y1", level=BasisLevel.STAFFING_PLAN, article="")) == []
    assert blocking(changed("bases", "Y1", level=BasisLevel.INTERNAL)) == [
        ("GJ101", LICENCE, "side")
    ]
    assert LegalBasis(code="Y", name="《水法》", article="第三十九条").title == "《水法》第三十九条"
    gone = replace(FACTS, statutes={"中华人民共和国水法": KnownStatute(BasisStatus.REPEALED)})
    assert blocking(SOUND, gone) == [("GJ102", "Y1", "status")]


@on_database
def test_s3_03_each_citation_is_shown_with_its_article_and_found_by_its_sort():
    plan = basis("Y8", LICENCE, "某县水利局职能配置规定", "", BasisLevel.STAFFING_PLAN)
    edition = drafted(County().bureau, with_("bases", plan))
    page = text(reader(Role.STAFF), view(edition, "power", f"{LICENCE}/"))
    assert "《中华人民共和国水法》第三十九条" in page
    assert "《某县水利局职能配置规定》" in page
    listed = text(reader(Role.STAFF), view(edition, "regulations/?level=staffing_plan"))
    assert "某县水利局职能配置规定" in listed
    assert "中华人民共和国水法" not in listed


def test_s3_04_every_power_is_of_the_unit_of_a_leader_or_of_a_post():
    assert blocking(changed("powers", LICENCE, layer=None)) == [
        ("GJ106", LICENCE, "layer"),
        ("GJ106", "", "layer"),  # and the unit's own layer has no power any more
    ]
    strange = changed("powers", LICENCE, layer=Layer.PERSON)
    assert ("GJ106", LICENCE, "layer") in blocking(strange)
    (told,) = found(changed("powers", STAFF, layer=Layer.UNIT)).findings
    assert (told.code, told.item, "班子成员" in str(told.sentence)) == ("GJ106", "", True)
    for layer in (Layer.UNIT, Layer.LEADER, Layer.POST):
        assert layer in {power.layer for power in SOUND.powers}
    assert "GJ106" not in codes()


@pytest.mark.parametrize("verdict", list(ReviewVerdict))
def test_s2_12_all_five_verdicts_of_a_clean_up_are_there_and_each_has_to_fit(verdict):
    gone = replace(SOUND, powers=tuple(one for one in SOUND.powers if one.code != FINE))
    stays = verdict is ReviewVerdict.KEEP
    into = {
        ReviewVerdict.MERGE: LICENCE,
        ReviewVerdict.DEVOLVE: "各乡镇",
        ReviewVerdict.TRANSFER: "县综合执法局",
    }
    right = Decision(verdict, "县政府令第41号", into.get(verdict, ""))
    for new, fits in ((SOUND, stays), (gone, not stays)):
        (row,) = (one for one in review(SOUND, new, {FINE: right}) if one.power.code == FINE)
        assert (row.doubts == ()) is fits
    assert [str(one.label) for one in ReviewVerdict] == ["保留", "取消", "下放", "整合", "转移"]


@on_database
def test_s3_06_powers_are_numbered_locked_once_they_are_approved_and_shown_to_all(monkeypatch):
    short = LICENCE[:-1]
    assert ("GJ105", short, "code") in blocking(changed("powers", LICENCE, code=short))
    twice = replace(SOUND.powers[0], name="取水许可")
    assert ("GJ105", LICENCE, "code") in blocking(with_("powers", twice))
    nothing_found(monkeypatch)
    issue, _ = published(Chain())
    edition = issue.edition
    shown = text_of(address(issue, ""))
    for power in SOUND.powers:
        assert power.name in shown
    own = text_of(address(issue, "powers", LICENCE, ""))
    for said in (LICENCE, "中华人民共和国水法", "限于本县河道之内"):
        assert said in own
    one = {"edition": edition.reference, "kind": ItemKind.POWER, "code": LICENCE, "revision": None}
    with pytest.raises(Exception, match="EDITION-02"):
        editing.remove_item(**one, **ACT)
    wrong = {"edition": edition.reference, "item": replace(SOUND.powers[0], code=" ")}
    assert refusal(Invalid, editing.put_item, **wrong, revision=None, **ACT) == "EDITION-11"


def test_nothing_is_asked_about_links_of_an_edition_without_items():
    assert found(replace(SOUND, duties=()), Facts()).counts.keys() == {"GJ107"}
