"""S2-75: the office of a body follows up, collects, and sees which liaisons are wanting."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from guiju.base.inbox import actions, office_parts
from guiju.base.inbox.actions.office import Collecting, collect, urge_task
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.office_parts import OfficePart, PartLine
from guiju.base.inbox.reads_office import collected, standing_of
from guiju.base.org.actions import bodies, members
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.members import Seating
from guiju.base.org.reads.offices import is_of_office, office_of, offices_served, receivers
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.flow.model import Limit
from guiju.core.organisation.words_bodies import BodyKind, MemberRole
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit, Role
from organised import ACT, BEGUN, County, appoint, found_unit, refusal
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


def seat(body, role, *, person=None, unit=None):
    seating = Seating(role, person.reference if person else "", unit.reference if unit else "")
    members.add_member(body=body.reference, seating=seating, start=BEGUN, end=None, **ACT)


@pytest.fixture
def county():
    """The bureau's office keeps the office; town and village are members, one has a liaison."""
    made = County()
    made.clerk, made.mayor_person, made.liaison, made.outsider, made.chair, _ = made.people
    appoint(made.clerk, made.book_keeper)
    appoint(made.mayor_person, made.mayor)
    made.empty = found_unit("K", "X", name="空单位")
    facts = BodyFacts(
        "监督协调小组", BodyKind.COORDINATION_GROUP, made.county.reference, made.office.reference,
        founded=BEGUN,
    )  # fmt: skip
    made.body = bodies.found_body(facts=facts, **ACT)
    for unit in (made.bureau, made.town, made.empty):
        seat(made.body, MemberRole.MEMBER_UNIT, unit=unit)
    seat(made.body, MemberRole.LIAISON, person=made.liaison, unit=made.bureau)
    seat(made.body, MemberRole.CHAIR, person=made.chair)
    return made


def identity(row):
    return row.reference.partition(":")[2]


def page(county, tail=""):
    return reverse("inbox:office", args=[identity(county.body)]) + tail


def ask(county, *, says="报送监督动态", days=5, at=None, key=None):
    on = timezone.localdate()
    to = tuple(one for one in receivers(county.body.reference, on) if one.person)
    wanted = Collecting(
        county.body.reference, says, to, Limit(days, LimitUnit.WORKING_DAYS), before=1
    )
    by = Actor(county.clerk.reference)
    return collect(wanted, key=key or uuid4(), by=by, at=at or timezone.now())


def enter(person, *roles):
    return sign_in(make_account(*roles or (Role.STAFF,), person=person.reference))


def test_s2_75_the_liaison_takes_it_else_the_head_and_a_unit_without_both_is_named(county):
    found = receivers(county.body.reference, timezone.localdate())
    told = [(one.unit_name, one.person, one.is_liaison) for one in found]
    assert told == [
        ("单位J", county.liaison.reference, True),
        ("空单位", "", False),
        ("单位Z", county.mayor_person.reference, False),
    ]
    everybody = Collecting(
        county.body.reference, "报送", found, Limit(1, LimitUnit.WORKING_DAYS), 1
    )
    by = {"by": Actor(county.clerk.reference), "at": timezone.now()}
    assert refusal(Denied, collect, everybody, key=uuid4(), **by) == "INBOX-07"
    nothing = Collecting(county.body.reference, " ", found[:1], everybody.limit, 1)
    assert refusal(Invalid, collect, nothing, key=uuid4(), **by) == "INBOX-08"
    assert not Task.objects.exists()


def test_s2_75_what_was_asked_once_is_asked_once_and_each_unit_hands_in_for_itself(county):
    key = uuid4()
    first = ask(county, key=key)
    assert ask(county, key=key) == first
    now = timezone.now()
    (hand,) = collected(county.body.reference, at=now)
    assert (hand.asked, hand.handed_in, len(hand.open)) == (2, 0, 2)
    actions.complete_task(first[0], by=Actor(county.liaison.reference), at=now)
    (hand,) = collected(county.body.reference, at=now)
    assert (hand.asked, hand.handed_in) == (2, 1)
    assert [one.unit_name for one in hand.open] == ["单位Z"]
    actions.withdraw_task(first[1], note="不用报了", by=Actor(county.clerk.reference), at=now)
    assert collected(county.body.reference, at=now) == ()
    found = standing_of(county.body.reference, at=now)
    assert (found.open, found.late, found.done) == (0, 0, 1)


def test_s2_75_who_is_late_is_urged_once_a_day_by_an_event_that_they_are_told_of(county):
    at = timezone.now() - timedelta(days=30)
    late, other = ask(county, days=2, at=at)
    now = timezone.now()
    assert standing_of(county.body.reference, at=now).late == 2
    by = Actor(county.clerk.reference)
    urge_task(late, note="今天务必报来", by=by, at=now)
    event = Event.objects.get(kind="inbox.task.urged")
    assert (event.object, event.actor) == (late, county.clerk.reference)
    assert "今天务必报来" not in bytes(event.entry).decode()
    notice = Notice.objects.get(kind="urged")
    assert (notice.person, notice.task) == (county.liaison.reference, late)
    assert refusal(Conflict, urge_task, late, by=by, at=now) == "INBOX-09"
    urge_task(late, by=by, at=now + timedelta(days=1))
    (hand,) = collected(county.body.reference, at=now + timedelta(days=1))
    assert [one.urged for one in hand.open] == [2, 0]
    actions.complete_task(other, by=Actor(county.mayor_person.reference), at=now)
    assert refusal(Conflict, urge_task, other, by=by, at=now) == "INBOX-02"


def test_s2_75_the_office_the_chair_and_who_oversees_it_open_it_and_nobody_else(county):
    body, on = county.body.reference, timezone.localdate()
    may = (county.clerk, county.chair)
    office = office_of(body, on)
    assert all(is_of_office(one.reference, office, on) for one in may)
    assert not is_of_office(county.liaison.reference, office, on)
    assert [one.body for one in offices_served(county.clerk.reference, on)] == [body]
    assert offices_served(county.outsider.reference, on) == ()
    for person in may:
        assert enter(person).get(page(county)).status_code == 200
    keeper = sign_in(make_account(Role.ORG_KEEPER))
    assert keeper.get(page(county)).status_code == 200
    (task, _) = ask(county)
    urging = reverse("inbox:urge", args=[task.partition(":")[2]])
    for person in (county.liaison, county.outsider):
        browser = enter(person)
        for address in (page(county), page(county, "collect/"), page(county, "tasks/")):
            assert browser.get(address).status_code == 404
        assert browser.post(urging).status_code == 404
    missing = reverse("inbox:office", args=[uuid4()])
    assert keeper.get(missing).status_code == 404
    town_keeper = make_account(Role.ORG_KEEPER, unit=county.town.reference)
    assert sign_in(town_keeper).get(page(county)).status_code == 404


def test_s2_75_a_task_that_no_office_gave_is_not_urged_from_here(county):
    keeper = sign_in(make_account(Role.ORG_KEEPER))
    assert keeper.post(reverse("inbox:urge", args=[uuid4()])).status_code == 404


def test_s2_75_the_page_shows_what_is_collected_who_is_wanting_and_the_way_to_collect(county):
    ask(county, days=2, at=timezone.now() - timedelta(days=30))
    browser = enter(county.clerk)
    text = browser.get(page(county)).content.decode()
    for words in (
        "办公室设在单位J1", "报送监督动态", "0 家已办，2 家应办", "空单位", "还没有联络员",
        "暂交人员P2", "已超期", "催办", "全部任务",
    ):  # fmt: skip
        assert words in text, words
    tab = browser.get(reverse("org:body", args=[identity(county.body)])).content.decode()
    assert page(county) in tab
    other = enter(county.outsider).get(reverse("org:body", args=[identity(county.body)]))
    assert page(county) not in other.content.decode()
    found = browser.get("/search/", {"q": "监督协调"}).content.decode()
    assert page(county) in found


def test_s2_75_collecting_by_the_form_says_whom_and_until_when_first(county):
    browser, address = enter(county.clerk), page(county, "collect/")
    form = browser.get(address).content.decode()
    assert "收不到的：空单位" in form
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    sent = {
        "says": "报送典型案例", "units": [county.bureau.reference, county.town.reference],
        "days": 3, "before": 1, "key": key,
    }  # fmt: skip
    asked = browser.post(address, sent).content.decode()
    assert "交给 2 家" in asked
    assert "时限 3 个工作日" in asked
    assert not Task.objects.exists()
    for _ in range(2):
        browser.post(address, {**sent, "confirmed": "yes"})
    assert set(Task.objects.values_list("person", flat=True)) == {
        county.liaison.reference, county.mayor_person.reference,
    }  # fmt: skip
    wrong = browser.post(address, {**sent, "units": [county.empty.reference]})
    assert wrong.status_code == 400


def test_s2_75_urging_by_the_button_tells_that_it_was_done_or_why_not(county):
    task, _ = ask(county)
    browser = enter(county.clerk)
    address = reverse("inbox:urge", args=[task.partition(":")[2]])
    assert browser.post(address).url == page(county)
    assert "已催办" in browser.get(page(county)).content.decode()
    browser.post(address)
    assert "今天已经催办过" in browser.get(page(county)).content.decode()
    assert Event.objects.filter(kind="inbox.task.urged").count() == 1


def test_s2_75_a_program_collects_reads_and_urges_likewise(county):
    browser = enter(county.clerk)
    path = f"/api/v1/inbox/bodies/{identity(county.body)}/office/tasks"
    wanted = {"says": "报送", "units": [county.town.reference], "days": 3}
    made = browser.post(path, wanted, content_type="application/json")
    assert made.status_code == 201
    (reference,) = made.json()["references"]
    (row,) = browser.get(path).json()["rows"]
    assert (row["unit_name"], row["state"], row["urged"]) == ("单位Z", "open", 0)
    urge = f"/api/v1/inbox/tasks/{reference.partition(':')[2]}/urge"
    assert browser.post(urge, {}, content_type="application/json").status_code == 200
    assert browser.post(urge, {}, content_type="application/json").status_code == 409
    stranger = enter(county.outsider)
    assert stranger.get(path).status_code == 404
    assert stranger.post(urge, {}, content_type="application/json").status_code == 404


def test_s2_75_other_areas_put_their_part_beside_it(county, monkeypatch):
    monkeypatch.setattr(office_parts, "_PARTS", {})
    part = OfficePart(zh("会务"), (PartLine(zh("例会")),), zh("没有"))
    office_parts.add_part("meetings", 1, lambda _request, body: part if body else None)
    office_parts.add_part("nothing", 2, lambda _request, _body: None)
    text = enter(county.clerk).get(page(county)).content.decode()
    assert "会务" in text
    assert "例会" in text


def test_s2_75_the_page_costs_as_much_with_many_tasks(county, django_assert_max_num_queries):
    browser = enter(county.clerk)
    for number in range(8):
        ask(county, says=f"第 {number} 件")
    for address, most in ((page(county), 15), (page(county, "tasks/"), 12)):
        browser.get(address)
        with django_assert_max_num_queries(most):
            assert "第 7 件" in browser.get(address).content.decode()
