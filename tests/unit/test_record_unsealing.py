"""Personal values of events: masked everywhere, opened one at a time for a reason."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from guiju.base.record import unsealing, wall
from guiju.base.record.models import Event, Sealed
from guiju.base.record.unsealing import (
    Bar,
    Opening,
    checked_reason,
    open_field,
    readings_of,
)
from guiju.core.errors import Invalid
from guiju.core.terms import Role
from readers import make_account, reader, sign_in
from record_story import CHIEF, START, submit, tell_story

pytestmark = pytest.mark.django_db
REASON = "核对申请人身份"


@pytest.fixture
def story(data_folder):
    return tell_story()


def opened():
    return Event.objects.filter(kind="record.sealed.opened")


def send(client, event, status=200, **changes):
    sent = {"item": "applicant", "reason": REASON} | changes
    response = client.post(f"/record/event/{event}/open/", sent)
    assert response.status_code == status, response.content.decode()
    return response


def test_a_value_is_opened_for_a_reason_once_and_leaves_an_event_without_it(story):
    client = reader(Role.SUPERVISOR, person="person:reader")
    assert "李文静" not in client.get(f"/record/event/{story.submitted}/").content.decode()
    key = "0b0e7a3e-0000-4000-8000-000000000001"
    response = send(client, story.submitted, key=key)
    assert "李文静" in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    event = opened().get()
    assert (event.actor, event.object) == ("person:reader", "person:li")
    assert "李文静".encode() not in bytes(event.entry)
    assert REASON.encode() not in bytes(event.entry)
    again = send(client, story.submitted, 400, key=key).content.decode()
    assert "RECORD-05" in again
    assert "李文静" not in again
    assert "李文静" not in client.get("/record/").content.decode()
    assert opened().count() == 1


@pytest.mark.parametrize("reason", ["", "看看", "aaaaaaa", "。。。。。。", "1 2 3 4"])
def test_without_a_reason_that_says_something_nothing_is_opened(story, reason):
    client = reader(Role.SUPERVISOR)
    text = send(client, story.submitted, 400, reason=reason).content.decode()
    assert "李文静" not in text
    assert not opened().exists()


def test_a_reason_has_five_meaningful_characters_and_no_more_than_fit():
    assert checked_reason("  核对  身份证 ") == "核对 身份证"
    for code, text in (("SEALED-01", "核对身份"), ("SEALED-02", "核对身份证" * 50)):
        with pytest.raises(Invalid) as caught:
            checked_reason(text)
        assert caught.value.code == code


def test_what_was_erased_is_not_offered_and_an_unknown_field_not_opened(story):
    client = reader(Role.SUPERVISOR)
    assert "没有密封的内容" in client.get(f"/record/event/{story.erased}/open/").content.decode()
    send(client, story.submitted, 400, item="note")
    assert not opened().exists()


def test_those_without_the_permission_find_no_such_page(story):
    for role in (Role.AUDIT_ADMIN, Role.ORG_KEEPER, Role.STAFF, Role.SYSTEM_ADMIN):
        client = reader(role)
        assert client.get(f"/record/event/{story.submitted}/open/").status_code == 404
        send(client, story.submitted, 404)
    assert not opened().exists()


def test_a_box_that_was_tampered_with_is_refused_in_words(story):
    key = submit("person:li", at=START)
    with wall.opened():
        Sealed.objects.create(event_key=key, path="x", person="person:li", box=b"no box")
    with pytest.raises(Invalid) as caught:
        open_field(key, "x", what=Opening(REASON), by=CHIEF, at=START)
    assert caught.value.code == "RECORD-21"
    assert not opened().exists()


def test_the_person_sees_who_read_what_and_why_on_a_page_of_their_own(story):
    mine = sign_in(make_account(Role.STAFF, person="person:li"))
    other = sign_in(make_account(Role.STAFF, person="person:wang"))
    assert "没有人看过" in mine.get("/record/own/").content.decode()
    send(reader(Role.SUPERVISOR, person="person:reader"), story.submitted)
    text = mine.get("/record/own/").content.decode()
    for words in ("记录里的个人信息", "person:reader", REASON):
        assert words in text
    assert REASON not in other.get("/record/own/").content.decode()


def test_whoever_is_barred_is_told_when_the_bar_has_ended(story):
    today = timezone.localdate()
    bar = {"basis": "监察法第十八条", "until": str(today + timedelta(days=3))}
    send(reader(Role.SUPERVISOR), story.submitted, **bar)
    assert readings_of("person:li", on=today + timedelta(days=3)).rows == ()
    (told,) = readings_of("person:li", on=today + timedelta(days=4)).rows
    assert told.reason == REASON
    concerned = sign_in(make_account(Role.SUPERVISOR, person="person:li"))
    key = opened().get().key
    seen = concerned.get("/record/", {"object": "person:li"}).content.decode()
    assert f"/record/event/{key}/" not in seen
    assert concerned.get(f"/record/event/{key}/").status_code == 404
    assert concerned.get(f"/record/event/{key}.json").status_code == 404
    assert reader(Role.AUDIT_ADMIN).get(f"/record/event/{key}/").status_code == 200


@pytest.mark.parametrize(
    "bar",
    [
        Bar("", START.date()),
        Bar("监察法", START.date() - timedelta(days=2)),
        Bar("监察法", START.date() + timedelta(days=200)),
        Bar("监察法", date(9999, 1, 1)),
    ],
)
def test_a_bar_needs_a_basis_and_an_end(story, bar):
    with pytest.raises(Invalid) as caught:
        open_field(story.submitted, "applicant", what=Opening(REASON, bar), by=CHIEF, at=START)
    assert caught.value.code == "SEALED-03"
    assert not opened().exists()


def test_half_a_bar_is_refused_in_the_form(story):
    client = reader(Role.SUPERVISOR)
    assert "SEALED-03" in send(client, story.submitted, 400, basis="监察法").content.decode()
    until = str(timezone.localdate())
    assert "SEALED-03" in send(client, story.submitted, 400, until=until).content.decode()
    assert not opened().exists()


def test_the_own_page_asks_few_queries(story, django_assert_max_num_queries):
    for number in range(30):
        key = submit("person:li", at=START + timedelta(minutes=number))
        open_field(key, "applicant", what=Opening(REASON), by=CHIEF, at=START)
    with django_assert_max_num_queries(4):
        assert len(readings_of("person:li", on=START.date()).rows) == 30


@pytest.mark.parametrize(
    ("readings", "shown", "is_cut"),
    [("ttt", 3, False), ("tbtbt", 3, False), ("tttt", 3, True), ("tttbbbt", 3, True),
     ("bbbbtt", 2, False), ("ttbbbb", 2, False)],
)  # fmt: skip
def test_that_the_list_was_cut_counts_only_what_is_told(
    story, monkeypatch, readings, shown, is_cut
):
    monkeypatch.setattr(unsealing, "MOST_SHOWN", 3)
    bar = Bar("监察法第十八条", START.date() + timedelta(days=9))
    for number, one in enumerate(readings):
        at = START + timedelta(minutes=number)
        what = Opening(REASON, bar if one == "b" else None)
        open_field(submit("person:li", at=at), "applicant", what=what, by=CHIEF, at=at)
    found = readings_of("person:li", on=START.date())
    assert (len(found.rows), found.is_cut) == (shown, is_cut)
    assert len({one.at for one in found.rows}) == shown
