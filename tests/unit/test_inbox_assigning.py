"""Asking several posts and people for something; what one has asked, and how it stands."""

import pytest
from django.utils import timezone

from guiju.base.inbox import actions
from guiju.base.inbox.clock import due_words
from guiju.base.inbox.models import Task
from guiju.base.inbox.policies import reminder_days
from guiju.base.inbox.working_days import calendar_now
from guiju.base.record.models import Event
from guiju.core.terms import Role
from inbox_story import CHIEF, clock
from organised import County, appoint
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
SENT = {"says": "核对上半年的付款资料", "days": "5", "before": "1", "link": ""}


@pytest.fixture
def county():
    county = County()
    appoint(county.people[0], county.chief)
    appoint(county.people[1], county.cashier)
    appoint(county.people[2], county.mayor)
    return county


def send(client, status=200, **changes):
    response = client.post("/inbox/assigned/new/", SENT | changes)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def test_several_posts_are_asked_at_once_after_the_last_day_was_shown(county):
    client = reader(Role.ORG_KEEPER, person="person:keeper")
    to = "岗位J1-03\nJ1-01\n人员P5 P5"
    asked = send(client, to=to)
    due = due_words(timezone.localtime(timezone.now()))
    assert due
    for words in (
        "交给 3 人办理",
        "人员P1（岗位J1-03）",
        "时限 5 个工作日",
        "到期",
        "报其上级督办",
    ):
        assert words in asked
    assert not Task.objects.exists()
    key = "0b0e7a3e-0000-4000-8000-000000000002"
    send(client, 302, to=to, confirmed="yes", key=key)
    send(client, 302, to=to, confirmed="yes", key=key)
    rows = Task.objects.order_by("number")
    assert [(row.person, row.post) for row in rows] == [
        (county.people[0].reference, county.chief.reference),
        (county.people[1].reference, county.cashier.reference),
        (county.people[4].reference, ""),
    ]
    assert {row.path for row in rows[:2]} == {county.office.path}
    assert {(row.limit_amount, row.remind_before, row.created_by) for row in rows} == {
        (5, 1, "person:keeper")
    }
    event = Event.objects.filter(kind="inbox.task.assigned").first()
    assert "核对上半年".encode() not in bytes(event.entry)
    text = client.get("/inbox/assigned/").content.decode()
    assert text.count("核对上半年的付款资料") == 3
    assert "人员P1（岗位J1-03）" in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ""}, "请填写「交给哪些岗位或人员」"),
        ({"to": "查无此岗"}, "没有找到「查无此岗」"),
        ({"to": "J-01"}, "INBOX-07"),
        ({"to": "J1-03", "says": ""}, "请填写「办什么」"),
        ({"to": "J1-03", "days": "0"}, "不能小于 1"),
        ({"to": "J1-03", "days": "999"}, "不能大于 250"),
        ({"to": "J1-03", "link": "/nothing/"}, "不是本系统里的页面"),
        ({"to": "J1-03", "link": "https://evil.example/x"}, "不是本系统里的页面"),
        ({"to": "\n".join(f"J{n}" for n in range(60))}, "一次最多交办 50"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_field(county, changes, words):
    assert words in send(reader(Role.ORG_KEEPER), 400, **changes)
    assert not Task.objects.exists()


def test_nobody_outside_of_the_scope_is_found_and_others_find_no_such_page(county):
    inside = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
    assert "没有找到「Z-01」" in send(inside, 400, to="Z-01")
    assert "交给 1 人办理" in send(inside, to="J1-03")
    for role in (Role.STAFF, Role.LEADER, Role.SYSTEM_ADMIN):
        client = reader(role)
        assert client.get("/inbox/assigned/").status_code == 404
        send(client, 404, to="J1-03")


def test_a_link_opens_a_page_of_ours(county):
    identity = county.bureau.reference.partition(":")[2]
    address = f"http://127.0.0.1:8460/org/units/{identity}/?on=2026-01-01"
    send(reader(Role.ORG_KEEPER), 302, to="J1-03", link=address, confirmed="yes")
    row = Task.objects.get()
    assert (row.view, row.arguments) == ("org:unit", [identity])


def test_what_i_asked_is_listed_with_its_state_and_withdrawn_with_a_reason(
    county, django_assert_max_num_queries
):
    client = reader(Role.ORG_KEEPER, person="person:keeper")
    send(client, 302, to="J1-03\nJ1-01", confirmed="yes")
    first, second = Task.objects.order_by("number")
    actions.complete_task(first.reference, by=CHIEF, at=timezone.now())
    address = f"/inbox/tasks/{second.reference.partition(':')[2]}/withdraw"
    assert client.post(address, {"note": ""}).status_code == 400
    assert client.post(address, {"note": "改由别的科室办"}).status_code == 302
    with django_assert_max_num_queries(12):
        text = client.get("/inbox/assigned/").content.decode()
    for words in ("已办结", "已撤回", "交办任务"):
        assert words in text
    done = client.get("/inbox/assigned/?state=done").content.decode()
    assert done.count("核对上半年的付款资料") == 1
    assert client.get("/inbox/assigned/?format=csv").status_code == 404
    other = reader(Role.ORG_KEEPER).get("/inbox/assigned/").content.decode()
    assert "核对上半年的付款资料" not in other


def test_a_chosen_reminder_comes_so_many_working_days_before(county):
    calendar = calendar_now()
    days = reminder_days(clock("2026-11-27 10:00").date(), 5, calendar)
    assert [str(one) for one in days] == ["2026-11-20", "2026-11-27"]
    send(reader(Role.ORG_KEEPER), 302, to="J1-03", days="20", before="10", confirmed="yes")
    row = Task.objects.get()
    last = timezone.localtime(row.due_at)
    for before, told in ((11, 0), (10, 1), (9, 0), (1, 0)):
        day = reminder_days(last.date(), before, calendar)[0]
        at = last.replace(year=day.year, month=day.month, day=day.day, hour=9)
        assert actions.remind_due(at=at) == told, before
