"""换编号: another code for an item of a draft; what names it follows, and the way back."""

import uuid
from dataclasses import replace

import pytest

from api_story import is_problem, program
from drafted import drafted, in_use
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.diff import compare
from guiju.core.lists.lint import lint
from guiju.core.lists.model import TABLES
from guiju.core.lists.naming import recoded
from guiju.core.lists.words import Alteration, ItemKind, ReviewVerdict
from guiju.core.terms import Role
from guiju.define.approval.actions.cleaning import judge
from guiju.define.approval.actions.remarking import Spot, remark
from guiju.define.approval.models import Verdict
from guiju.define.approval.reads.remarks import remarks_of
from guiju.define.lists.actions.renumbering import renumber_item
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.items import item_with
from guiju.define.lists.reads.whole import whole
from organised import ACT, County, found_unit
from readers import reader
from small_edition import COUNTY, FACTS, FINE, LICENCE, SOUND, STAFF, TODAY

pytestmark = pytest.mark.django_db
NEW = "5116020130100700"


@pytest.fixture
def county():
    made = County()
    made.owner = found_unit("013", "X", name="某县水利局", area_code="511602")
    return made


@pytest.fixture
def edition(county):
    return drafted(county.owner)


@pytest.fixture
def keeper(county):
    return reader(Role.LIST_KEEPER, unit=county.owner.reference)


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def renumber(edition, kind, code, to, revision=None):
    return renumber_item(
        edition=edition.reference, kind=kind, code=code, to=to, revision=revision, **ACT
    )


def expected(kind, code, to):
    """What the small edition says with another code, worked out from the whole of it."""
    tables = {
        name: tuple(recoded(one, {(kind, code): to}) for one in SOUND.table(of))
        for of, name in TABLES.items()
    }
    return replace(SOUND, **tables)


@pytest.mark.parametrize(
    ("kind", "code", "to", "count"),
    [
        (ItemKind.POWER, LICENCE, NEW, 7),
        (ItemKind.FLOW, "L1", "L9", 2),
        (ItemKind.RISK, "R4", "R9", 1),
        (ItemKind.BASIS, "Y1", "Y9", 0),
        (ItemKind.CONTROL, "C1", "C9", 0),
    ],
)
def test_everything_that_names_an_item_follows(edition, kind, code, to, count):
    before = {(one.kind, one.code): one.place for one in Item.objects.filter(edition=edition)}
    assert renumber(edition, kind, code, to) == count
    found = whole(Edition.objects.select_related("unit").get(number=edition.number))
    assert not compare(replace(expected(kind, code, to), **head_of(found)), found)
    for row in Item.objects.filter(edition=edition):
        assert row.content["code"] == row.code
        assert row.power != LICENCE or (kind, code) != (ItemKind.POWER, LICENCE)
        assert row.risk != code or kind is not ItemKind.RISK
        assert row.place == before[row.kind, code if row.code == to else row.code]


def head_of(found):
    names = ("unit", "unit_name", "unit_code", "area_code", "title", "number", "profile")
    return {name: getattr(found, name) for name in names}


def test_the_checks_find_nothing_that_hangs_in_the_air(edition):
    renumber(edition, ItemKind.POWER, LICENCE, NEW)
    renumber(edition, ItemKind.FLOW, "L1", "L9")
    renumber(edition, ItemKind.RISK, "R1", "R9")
    found = whole(Edition.objects.select_related("unit").get(number=edition.number))
    told = replace(found, **{n: getattr(SOUND, n) for n in ("unit_code", "area_code")})
    assert lint(told, FACTS, COUNTY, TODAY).findings == lint(SOUND, FACTS, COUNTY, TODAY).findings


def test_it_is_one_event_and_one_revision_and_the_old_edition_knows_it_again(edition):
    count, revision = Event.objects.count(), edition.revision
    renumber(edition, ItemKind.POWER, LICENCE, NEW, revision)
    assert Event.objects.count() == count + 1
    assert Event.objects.order_by("-id")[0].kind == "lists.item.renumbered"
    edition.refresh_from_db()
    assert edition.revision == revision + 1
    changes = compare(SOUND, whole(edition)).of(ItemKind.POWER, Alteration.RENUMBERED)
    assert [(one.before.code, one.after.code) for one in changes] == [(LICENCE, NEW)]


@pytest.mark.parametrize(
    ("to", "code", "refusal"),
    [
        (STAFF, "EDITION-20", Conflict),
        (LICENCE, "EDITION-30", Invalid),
        ("QL-1", "EDITION-31", Invalid),
        ("", "EDITION-11", Invalid),
        ("x" * 61, "EDITION-11", Invalid),
        (" A", "EDITION-11", Invalid),
    ],
)
def test_a_code_that_no_power_may_bear_is_refused(edition, to, code, refusal):
    before = list(Item.objects.order_by("number").values_list("code", "content"))
    with pytest.raises(refusal) as refused:
        renumber(edition, ItemKind.POWER, LICENCE, to)
    assert refused.value.code == code
    assert "GJ105" in str(refused.value.sentence) or code != "EDITION-31"
    assert list(Item.objects.order_by("number").values_list("code", "content")) == before


def test_who_comes_too_late_or_names_nothing_is_refused(edition, county):
    with pytest.raises(Conflict) as refused:
        renumber(edition, ItemKind.POWER, LICENCE, NEW, edition.revision - 1)
    assert refused.value.code == "EDITION-03"
    with pytest.raises(Invalid) as refused:
        renumber(edition, ItemKind.RISK, LICENCE, NEW)
    assert refused.value.code == "EDITION-13"
    in_use(edition)
    with pytest.raises(Denied) as refused:
        renumber(edition, ItemKind.POWER, LICENCE, NEW)
    assert refused.value.code == "EDITION-02"
    assert item_with(edition, ItemKind.POWER, LICENCE)


def test_remarks_and_verdicts_go_along(county, edition):
    in_use(edition)
    new = drafted(county.owner, title="新")
    said = {"verdict": ReviewVerdict.MERGE, "reason": "示办发〔2026〕3号", "into": FINE}
    judge(edition=new.reference, power=STAFF, decision=Decision(**said), **ACT)
    spot = Spot(ItemKind.POWER, FINE)
    remark(edition=new.reference, spot=spot, text="时限写错了", **ACT)
    for before, to in ((FINE, NEW), (NEW, "5116020130100800")):
        renumber(new, ItemKind.POWER, before, to)
        assert Verdict.objects.get().into == to
        assert [place for place in remarks_of(new) if place[1]] == [("power", to)]
    renumber(new, ItemKind.POWER, "5116020130100800", FINE)
    assert list(remarks_of(new)) == [("power", FINE)]


def test_the_form_says_what_follows_and_the_next_page_takes_it_back(edition, keeper):
    item = at(edition, "items", "power", LICENCE)
    where = at(edition, "renumber", "power", LICENCE)
    assert where in keeper.get(item).content.decode()
    assert "现在的编码是" in keeper.get(where).content.decode()
    sent = {"to": NEW, "key": str(uuid.uuid4())}
    question = keeper.post(where, sent).content.decode()
    assert f'href="{item}">不办了' in question
    for words in ("1 项依据", "2 项流程", "2 项风险", "改号"):
        assert words in question
    assert item_with(edition, ItemKind.POWER, LICENCE)
    done = keeper.post(where, sent | {"confirmed": "yes"})
    assert done["Location"] == at(edition, "items", "power", NEW)
    page = keeper.get(done["Location"]).content.decode()
    assert "换编号为" in page
    undo = at(edition, "renumber-back", "power", NEW) + f"?to={LICENCE}"
    assert undo in page
    assert keeper.get(undo).status_code == 405
    assert keeper.post(undo)["Location"] == item
    assert not compare(replace(SOUND, **head_of(whole(edition))), whole(edition))
    history = keeper.get(item).content.decode()
    assert f"由 {LICENCE} 换编号为 {NEW}" in history
    assert keeper.post(undo).status_code == 400


def test_the_way_back_leads_to_a_code_that_the_scheme_forbids_if_it_was_the_items(county, keeper):
    odd = replace(SOUND.powers[0], code="旧-1", name="旧编码的权力")
    edition = drafted(county.owner, replace(SOUND, powers=(*SOUND.powers, odd)))
    renumber(edition, ItemKind.POWER, "旧-1", NEW)
    undo = at(edition, "renumber-back", "power", NEW)
    assert keeper.post(f"{undo}?to=QL-1").status_code == 409
    assert keeper.post(f"{undo}?to=旧-1").status_code == 302
    assert item_with(edition, ItemKind.POWER, "旧-1")


def test_the_form_shows_a_refusal_and_keeps_what_was_typed(edition, keeper):
    where = at(edition, "renumber", "power", LICENCE)
    for to, words in ((STAFF, "已经有了"), ("QL-1", "GJ105"), ("", "必填")):
        sent = {"to": to, "key": str(uuid.uuid4()), "confirmed": "yes"}
        answer = keeper.post(where, sent)
        assert answer.status_code == 400
        page = answer.content.decode()
        assert words in page or to == ""
        assert f'value="{to}"' in page or to == ""
    assert keeper.get(at(edition, "renumber", "power", "no")).status_code == 404


def test_who_may_not_edit_finds_no_such_page(county, edition):
    for role, unit in ((Role.STAFF, county.owner), (Role.LIST_KEEPER, county.town)):
        other = reader(role, unit=unit.reference)
        where = at(edition, "renumber", "power", LICENCE)
        assert other.get(where).status_code == 404
        assert other.post(at(edition, "renumber-back", "power", LICENCE)).status_code == 404
        assert where not in other.get(at(edition, "items", "power", LICENCE)).content.decode()


def test_a_main_item_says_how_many_sub_items_fit_no_longer(county, keeper):
    parent, part = LICENCE, LICENCE[:-2] + "01"
    powers = (*SOUND.powers, replace(SOUND.powers[0], code=part, parent=parent, name="小额采砂"))
    edition = drafted(county.owner, replace(SOUND, powers=powers))
    sent = {"to": NEW, "key": str(uuid.uuid4())}
    question = keeper.post(at(edition, "renumber", "power", parent), sent).content.decode()
    assert "1 个子项的编码与新编码不再一致" in question
    renumber(edition, ItemKind.POWER, parent, NEW)
    assert item_with(edition, ItemKind.POWER, part).parent == NEW


def test_many_references_cost_no_more_queries(county, django_assert_max_num_queries):
    first = SOUND.risks[0]
    risks = tuple(replace(first, code=f"R{n}", text=f"风险{n}") for n in range(400))
    edition = drafted(county.owner, replace(SOUND, risks=risks, controls=()))
    with django_assert_max_num_queries(25):
        assert renumber(edition, ItemKind.POWER, LICENCE, NEW) == 405


def test_programs_renumber_as_the_page_does(county, edition):
    one = program(Role.LIST_KEEPER, unit=county.owner.reference)
    where = f"/lists/{edition.reference.partition(':')[2]}/renumber/power/{LICENCE}"
    told = one.post(where, {"to": NEW, "revision": edition.revision})
    assert (told["code"], told["revision"]) == (NEW, edition.revision + 1)
    assert item_with(edition, ItemKind.POWER, NEW)
    is_problem(one.ask("POST", where, {"to": STAFF}), 404, "API-01")
    again = where.replace(LICENCE, NEW)
    is_problem(one.ask("POST", again, {"to": STAFF}), 409, "EDITION-20")
    is_problem(one.ask("POST", again, {"to": "QL-1"}), 400, "EDITION-31")
