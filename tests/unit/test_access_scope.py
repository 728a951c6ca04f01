"""What a scope leaves of the record and of the files: the list shows what the detail allows."""

import io
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from guiju.base.access import places
from guiju.base.evidence import actions
from guiju.base.evidence.models import StoredFile
from guiju.base.record import reads, scopes
from guiju.base.record.actor import Actor
from guiju.base.record.door import request as one_request
from guiju.base.record.models import Event
from guiju.base.record.reads import Filters
from guiju.base.record.scopes import units_in
from guiju.core.access import EVERYWHERE, NOWHERE, Scope
from guiju.core.terms import Role
from pictures import picture
from readers import QUERIES, make_account, reader, sign_in
from recorded import record_some

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
START = datetime(2026, 11, 20, tzinfo=UTC)
PATHS = {"unit:county": "1/", "unit:school": "1/14/203/", "unit:office": "1/15/"}


@pytest.fixture(autouse=True)
def organisation(monkeypatch):
    monkeypatch.setattr(places, "_ONE", [PATHS.get])
    monkeypatch.setattr(places, "_MANY", [])
    monkeypatch.setattr(
        scopes,
        "_SOURCES",
        [lambda scope: [unit for unit, path in PATHS.items() if scope.covers(path)]],
    )


def acting_for(unit):
    return Actor(f"person:{unit[5:]}", "", unit)


@pytest.fixture
def record():
    for number, unit in enumerate((*PATHS, "")):
        record_some(3, by=acting_for(unit) if unit else Actor("system"),
                    at=START + timedelta(minutes=number))  # fmt: skip


def shown(browser, **query):
    page = browser.get("/record/", query)
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize(
    ("unit", "sees"),
    [
        ("unit:school", {"unit:school"}),
        ("unit:office", {"unit:office"}),
        ("unit:county", set(PATHS)),
        ("", {*PATHS, ""}),
    ],
)
def test_list_and_detail_show_the_same_part_of_the_record(record, unit, sees):
    browser = reader(Role.SUPERVISOR, unit=unit)
    page = shown(browser)
    missing = browser.get(f"/record/event/{uuid.uuid4()}/").status_code
    for event in Event.objects.all():
        is_seen = event.unit in sees
        assert (f"/record/event/{event.key}/" in page) is is_seen
        for ending in ("/", ".json"):
            status = browser.get(f"/record/event/{event.key}{ending}").status_code
            assert status == (200 if is_seen else missing), (event.unit, ending)


def test_filters_do_not_widen_a_scope(record):
    browser = reader(Role.SUPERVISOR, unit="unit:school")
    assert shown(browser, unit="unit:office").count('<li class="item') == 0
    assert shown(browser, unit="unit:school").count('<li class="item') == 3
    assert shown(browser, actor="person:office").count('<li class="item') == 0
    assert shown(browser, kind="record.quorum.set").count('<li class="item') == 3


def test_the_rest_of_an_act_is_limited_too(record):
    with one_request(uuid.uuid4()):
        record_some(1, by=acting_for("unit:school"), at=START)
        record_some(1, by=acting_for("unit:office"), at=START)
    mine = Event.objects.filter(unit="unit:school").order_by("-id").first()
    theirs = Event.objects.filter(unit="unit:office").order_by("-id").first()
    link = f"/record/event/{theirs.key}/"
    page = f"/record/event/{mine.key}/"
    assert link not in reader(Role.SUPERVISOR, unit="unit:school").get(page).content.decode()
    assert link in reader(Role.SUPERVISOR).get(page).content.decode()


def test_a_scope_without_units_shows_nothing(record, monkeypatch):
    assert units_in(EVERYWHERE) is None
    assert units_in(NOWHERE) == ()
    assert units_in(Scope(("1/14/",))) == ("unit:school",)
    monkeypatch.setattr(scopes, "_SOURCES", [])
    assert units_in(Scope(("1/14/",))) == ()
    assert reads.timeline(Filters(), units=()).rows == ()


def test_a_scoped_timeline_takes_no_more_queries(django_assert_max_num_queries):
    for number in range(30):
        for unit in PATHS:
            record_some(2, by=acting_for(unit), at=START + timedelta(minutes=number))
    browser = reader(Role.SUPERVISOR, unit="unit:county")
    for query in ({}, {"kind": "record.quorum.set"}, {"unit": "unit:school", "object": "log"}):
        with django_assert_max_num_queries(12 + QUERIES):
            assert shown(browser, **query).count('<li class="item') == 50


def handed_in(unit, *, person=""):
    return actions.receive_file(
        io.BytesIO(picture()), declared_name=f"{unit[5:]}.jpg", about="", at=START,
        by=Actor(person or f"person:{unit[5:]}", "", unit),
    )  # fmt: skip


def test_files_are_seen_by_their_unit_and_by_whoever_handed_them_in():
    account = make_account(Role.SUPERVISOR, unit="unit:school")
    files = {
        "school": (handed_in("unit:school"), 200),
        "office": (handed_in("unit:office"), 404),
        "own": (handed_in("unit:county", person=account.person), 200),
    }
    browser = sign_in(account)
    page = browser.get("/files/").content.decode()
    for row, status in files.values():
        assert browser.get(f"/files/{row.key}/").status_code == status
        for which in ("original", "clean"):
            response = browser.get(f"/files/{row.key}/{which}")
            assert (response.status_code, bool(b"".join(response))) == (status, True)
        assert (f"/files/{row.key}/" in page) is (status == 200)
    everything = reader(Role.SUPERVISOR).get("/files/").content.decode()
    assert everything.count(".jpg") >= StoredFile.objects.count() == 3
