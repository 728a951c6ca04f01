"""Items of editions for programs: read, put and removed as the pages do."""

import pytest

from api_story import QUERIES_OF_DETAIL, is_problem, program
from drafted import drafted
from guiju.core.lists.words import ItemKind
from guiju.core.plain import plain
from guiju.core.terms import Role
from guiju.define.lists.reads.items import item_with
from organised import County
from small_edition import LICENCE, SOUND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau, title="清单")


def at(edition, kind, code):
    return f"/lists/{edition.reference.partition(':')[2]}/items/{kind}/{code}"


def test_an_item_is_read_as_it_is_written(county, edition, django_assert_max_num_queries):
    one = program(Role.STAFF, unit=county.bureau.reference)
    one.get("/access/me")
    for kind in ItemKind:
        item = SOUND.table(kind)[0]
        with django_assert_max_num_queries(QUERIES_OF_DETAIL):
            told = one.get(at(edition, kind, item.code))
        assert told["item"] == plain(item)
    is_problem(one.ask("GET", at(edition, "power", "nothing")), 404, "API-01")
    is_problem(one.ask("GET", at(edition, "nothing", LICENCE)), 404, "API-01")
    elsewhere = program(Role.STAFF, unit=county.town.reference)
    is_problem(elsewhere.ask("GET", at(edition, "power", LICENCE)), 404, "API-01")


def test_an_item_is_put_changed_and_removed(county, edition):
    one = program(Role.LIST_KEEPER, unit=county.bureau.reference)
    address = at(edition, "risk", "新-1")
    sent = {"item": {"text": "新的风险", "power": LICENCE}, "revision": 1}
    answer = one.ask("PUT", address, sent)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["revision"] == 2
    assert item_with(edition, ItemKind.RISK, "新-1").text == "新的风险"
    is_problem(one.ask("PUT", address, sent | {"item": {"text": "别的"}}), 409, "EDITION-03")
    assert one.ask("PUT", address, {"item": one.get(address)["item"]}).json()["revision"] == 2
    gone = one.ask("DELETE", address)
    assert (gone.status_code, gone.json()["item"]["text"]) == (200, "新的风险")
    is_problem(one.ask("DELETE", address), 404, "API-01")


@pytest.mark.parametrize(
    ("item", "status", "code"),
    [
        ({"nonsense": 1}, 400, "EDITION-24"),
        ({"grade": "一级"}, 400, "EDITION-24"),
        ({"code": "2"}, 400, "EDITION-24"),
        ({"grade": 10**9}, 400, "EDITION-18"),
        ({"parent": "长" * 61}, 400, "EDITION-18"),
        ({"name": "许\x00可"}, 400, "EDITION-18"),
        ({"leader": "欧阳不见"}, 400, "EDITION-25"),
        ({"leader": "person:00000000-0000-0000-0000-000000000000"}, 400, "EDITION-25"),
    ],
)
def test_what_is_no_item_is_refused(county, edition, item, status, code):
    one = program(Role.LIST_KEEPER, unit=county.bureau.reference)
    is_problem(one.ask("PUT", at(edition, "power", "1"), {"item": item}), status, code)
    assert item_with(edition, ItemKind.POWER, "1") is None


def test_a_person_is_named_by_reference_and_old_names_may_stay(county, edition):
    one = program(Role.LIST_KEEPER, unit=county.bureau.reference)
    address = at(edition, "control", "C1")
    item = one.get(address)["item"]
    assert one.ask("PUT", address, {"item": item | {"text": "另一种做法"}}).status_code == 200
    chosen = county.people[0].reference
    assert one.ask("PUT", address, {"item": item | {"person": chosen}}).status_code == 200
    assert item_with(edition, ItemKind.CONTROL, "C1").person == chosen


def test_who_only_reads_changes_nothing(county, edition):
    one = program(Role.STAFF, unit=county.bureau.reference)
    address = at(edition, "power", LICENCE)
    is_problem(one.ask("PUT", address, {"item": {}}), 404, "API-01")
    is_problem(one.ask("DELETE", address), 404, "API-01")
    assert item_with(edition, ItemKind.POWER, LICENCE) == SOUND.powers[0]
