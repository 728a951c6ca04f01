"""Pages of editions: who may open them, what they show, what a form does."""

import pytest
from django.db.models import Q

from drafted import drafted, in_use
from guiju.core.terms import Role
from guiju.define.lists.models import Edition
from guiju.define.lists.reads import editions
from organised import County
from readers import reader
from small_edition import LICENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


@pytest.fixture
def edition(county):
    return drafted(county.bureau)


def at(edition, *more):
    return "/lists/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def test_the_list_shows_whose_lists_stand_where(edition):
    page = reader(Role.STAFF).get("/lists/").content.decode()
    assert "交通局清单 · 第 1 版" in page
    assert "起草" in page


def test_an_edition_outside_the_readers_units_is_not_found(county, edition):
    assert reader(Role.STAFF, unit=county.bureau.reference).get(at(edition)).status_code == 200
    assert reader(Role.STAFF, unit=county.town.reference).get(at(edition)).status_code == 404
    assert (
        "交通局清单"
        not in reader(Role.STAFF, unit=county.town.reference).get("/lists/").content.decode()
    )


def test_who_reads_one_edition_from_outside_is_not_told_of_the_others(county, monkeypatch):
    old = in_use(drafted(county.bureau))
    new = drafted(county.bureau)
    monkeypatch.setattr(editions, "_READERS", [lambda _who: Q(reference=new.reference)])
    inside, outside = (
        reader(Role.STAFF, unit=unit.reference).get(at(new))
        for unit in (county.bureau, county.town)
    )
    assert (inside.status_code, outside.status_code) == (200, 200)
    assert at(old) in inside.content.decode()
    assert at(old) not in outside.content.decode()


def test_every_table_and_every_item_opens(edition, django_assert_max_num_queries):
    client = reader(Role.STAFF)
    assert "完整程度" in client.get(at(edition)).content.decode()
    for kind in ("power", "basis", "duty", "accountability", "negative", "flow", "risk"):
        assert client.get(at(edition, "items", kind)).status_code == 200
    with django_assert_max_num_queries(21):
        page = client.get(at(edition, "items", "power", LICENCE)).content.decode()
    assert LICENCE in page
    assert client.get(at(edition, "items", "power", "nothing")).status_code == 404
    assert client.get(at(edition, "items", "nothing")).status_code == 404


def test_a_keeper_begins_copies_renames_and_discards(county):
    client = reader(Role.LIST_KEEPER, unit=county.bureau.reference)
    sent = {"unit": county.bureau.code, "title": "清单", "profile": "county", "copy": "on"}
    assert client.post("/lists/begin/", sent).status_code == 200
    assert not Edition.objects.exists()
    assert client.post("/lists/begin/", sent | {"confirmed": "yes"}).status_code == 302
    (made,) = Edition.objects.all()
    client.post(at(made, "rename"), {"title": "新名", "confirmed": "yes"})
    made.refresh_from_db()
    assert made.title == "新名"
    again = client.post("/lists/begin/", sent | {"confirmed": "yes"})
    assert (again.status_code, "EDITION-04" in again.content.decode()) == (400, True)
    assert client.post(at(made, "discard"), {"confirmed": "yes"}).status_code == 400
    client.post(at(made, "discard"), {"reason": "重来", "confirmed": "yes"})
    assert not Edition.objects.exists()


def test_who_keeps_no_lists_of_the_unit_cannot_begin_or_discard(county, edition):
    assert reader(Role.STAFF).get("/lists/begin/").status_code == 404
    other = reader(Role.LIST_KEEPER, unit=county.town.reference)
    sent = {"unit": county.bureau.code, "title": "清单", "profile": "county", "confirmed": "yes"}
    assert "没有找到" in other.post("/lists/begin/", sent).content.decode()
    assert other.get(at(edition, "discard")).status_code == 404
