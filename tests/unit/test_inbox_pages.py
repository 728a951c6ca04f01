"""The workbench and the notices: what needs me now, by time left, dealt with on the spot."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from guiju.base.inbox import actions, people, reads
from guiju.base.inbox.asked import Link
from guiju.base.inbox.models import Notice, Task
from guiju.base.inbox.people import Absence, Colleague
from guiju.base.inbox.states import NoticeKind
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.base.ui.needs import needed
from guiju.base.ui.paging import Cursor
from guiju.core.access import Grant, Standing
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role
from inbox_story import CHIEF, asked, clock

pytestmark = pytest.mark.django_db
NOW = clock("2026-11-21 10:00")  # a Saturday
ACCESS = "guiju.base.access.middleware.AccessMiddleware"
COLLEAGUE = Colleague("person:other", "post:clerk", "unit:finance", "1/14/", "王建国 · 财务科")
READER = {"standing": Standing("person:clerk", (Grant(Role.STAFF, ""),))}


def standing_middleware(get_response):
    """Stands in for ``base.access``: everybody is whom the test says."""

    def answer(request):
        request.standing = READER["standing"]
        request.actor = Actor(request.standing.person, "post:clerk", "unit:finance")
        return get_response(request)

    return answer


@pytest.fixture
def client(settings, data_folder, monkeypatch):
    ours = f"{__name__}.standing_middleware"
    settings.MIDDLEWARE = [ours if name == ACCESS else name for name in settings.MIDDLEWARE]
    for page in ("workbench", "task", "notices"):
        monkeypatch.setattr(f"guiju.base.inbox.pages.{page}.timezone.now", lambda: NOW)
    people.colleagues.add_source("tests", lambda *_: [COLLEAGUE])
    yield Client()
    people.colleagues.remove_source("tests")
    people.substitutes.remove_source("tests")
    people.names.remove_source("tests")
    READER["standing"] = Standing("person:clerk", (Grant(Role.STAFF, ""),))


def read_as(person, role=Role.STAFF, path=""):
    READER["standing"] = Standing(person, (Grant(role, path),))


def page(client, address="/inbox/", status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def identity(row):
    return row.reference.partition(":")[2]


def listed(text):
    """The sentences of the list, from top to bottom."""
    return re.findall(r'<span class="says">(.*?)</span>', text)


def test_an_empty_workbench_says_what_comes_here(client):
    text = page(client)
    assert "要我办的 0 件" in text
    assert "现在没有要办的事" in text


def test_the_header_says_whether_today_is_worked(client, monkeypatch):
    assert "2026年11月21日 星期六 · 休息日，工作日时限不计" in page(client)
    for day, words in (
        ("2026-11-23", "星期一 · 工作日<"),
        ("2026-02-14", "星期六 · 工作日<"),  # worked instead of a day of the Spring Festival
        ("2027-03-01", "星期一 · 工作日（暂按周末推算）"),
    ):
        at = clock(f"{day} 10:00")
        monkeypatch.setattr("guiju.base.inbox.pages.workbench.timezone.now", lambda at=at: at)
        assert words in page(client)


def test_tasks_stand_by_time_left_with_their_clocks(client):
    asked(says="阅知移送线索")
    asked(5, says="确认权力清单", at="2026-11-19 09:00")  # due on Thursday the 26th
    asked(1, says="补充会议纪要", at="2026-11-18 09:00")  # was due on Thursday the 19th
    asked(due_at=clock("2026-11-21 12:30"), says="说明采购")
    text = page(client)
    assert "要我办的 4 件" in text
    assert listed(text) == ["补充会议纪要", "说明采购", "确认权力清单", "阅知移送线索"]
    for words in ("已超期 1 个工作日", "今天 12:30 到期", "还剩 4 个工作日", "无时限"):
        assert words in text
    assert '<h2 class="what">补充会议纪要</h2>' in text  # the most urgent one is open


def test_the_end_of_a_day_is_called_24_00(client):
    asked(5, at="2026-11-20 09:00")
    assert "<dd>2026年11月27日 24:00<br>" in page(client)


def test_the_calendar_is_offered_to_its_administrator_alone(client):
    assert "/inbox/calendar/" not in page(client)
    read_as("person:admin", Role.SYSTEM_ADMIN)
    assert "/inbox/calendar/" in page(client)


def test_a_provisional_day_is_marked(client):
    asked(3, at="2027-03-01 09:00")
    assert page(client).count("暂按周末推算") == 2  # in the list and beside the open item


def test_a_task_is_opened_by_its_link_without_script(client):
    asked(1, says="第一件")
    second = asked(3, says="第二件", link=Link("record:timeline"))
    text = page(client)
    link = re.search(rf'href="([^"]*task={identity(second)}[^"]*)"', text)[1]
    opened = page(client, link)
    assert '<h2 class="what">第二件</h2>' in opened
    assert f'id="row-{identity(second)}"' in opened
    assert 'aria-current="true"' in opened
    assert 'href="/record/">打开办理页面' in opened
    assert 'hx-select="#bench"' in text


def test_a_link_to_a_page_that_is_no_more_is_not_shown(client):
    asked(1, link=Link("nobody:nothing", ("x",)))
    assert "打开办理页面" not in page(client)


def test_a_task_is_finished_with_a_note_and_the_next_one_opens(client):
    row = asked(1, says="第一件")
    asked(3, says="第二件")
    response = client.post(f"/inbox/tasks/{identity(row)}/complete", {"note": "已核对"})
    assert (response.status_code, response["Location"]) == (302, "/inbox/")
    row.refresh_from_db()
    assert (row.state, row.done_by) == ("done", "person:clerk")
    event = Event.objects.get(kind="inbox.task.completed")
    assert (event.actor, event.post) == ("person:clerk", "post:clerk")
    text = page(client)
    assert "任务已办结" in text
    assert listed(text) == ["第二件"]


def test_finishing_twice_is_a_page_that_says_so(client):
    row = asked(1)
    address = f"/inbox/tasks/{identity(row)}/complete"
    client.post(address)
    response = client.post(address)
    assert response.status_code == 409
    assert "刚刚被办结、撤回或转办" in response.content.decode()


def test_a_note_that_is_too_long_is_not_lost(client):
    row = asked(1)
    note = "长" * 501
    response = client.post(f"/inbox/tasks/{identity(row)}/complete", {"note": note})
    assert response.status_code == 400
    text = response.content.decode()
    assert note in text
    assert "INBOX-03" in text
    row.refresh_from_db()
    assert row.state == "open"


def test_a_task_is_handed_to_a_colleague(client):
    row = asked(3)
    assert "王建国 · 财务科" in page(client)
    form = {"to": COLLEAGUE.key, "note": "出差", "seen": "1"}
    assert client.post(f"/inbox/tasks/{identity(row)}/reassign", form).status_code == 302
    row.refresh_from_db()
    assert (row.person, row.path) == ("person:other", "1/14/")
    assert listed(page(client)) == []


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"to": "person:stranger|post:1", "note": "出差", "seen": "1"}, 400),
        ({"to": COLLEAGUE.key, "note": "", "seen": "1"}, 400),
        ({"to": COLLEAGUE.key, "note": "出差", "seen": "7"}, 409),
        ({"to": COLLEAGUE.key, "note": "出差", "seen": "²"}, 409),
        ({}, 400),
    ],
)
def test_handing_on_to_a_stranger_or_on_old_grounds_is_refused(client, form, status):
    row = asked(3)
    assert client.post(f"/inbox/tasks/{identity(row)}/reassign", form).status_code == status
    row.refresh_from_db()
    assert row.person == "person:clerk"


ACTS = ("complete", "reassign", "withdraw")


def test_what_is_not_mine_is_missing_in_the_same_way_as_what_is_not(client):
    row = asked(3, to="person:other")
    assert listed(page(client)) == []
    nothing = f"{'0' * 8}-0000-4000-8000-{'0' * 12}"
    answers = [
        page(client, f"/inbox/?task={one}", status=404).partition("<main")[2]
        for one in (nothing, identity(row), "x")
    ]
    assert answers == [answers[0]] * 3
    for act in ACTS:
        form = {"to": COLLEAGUE.key, "note": "出差", "seen": "1"}
        assert client.post(f"/inbox/tasks/{identity(row)}/{act}", form).status_code == 404
    row.refresh_from_db()
    assert (row.person, row.state) == ("person:other", "open")


def test_my_own_task_is_not_mine_to_withdraw(client):
    row = asked(3)
    assert "撤回这件任务" not in page(client)
    assert client.post(f"/inbox/tasks/{identity(row)}/withdraw", {"note": "x"}).status_code == 404


def test_whoever_assigns_there_may_withdraw_and_elsewhere_may_not(client):
    row = asked(3)
    read_as("person:keeper", Role.ORG_KEEPER, "1/15/")
    assert client.post(f"/inbox/tasks/{identity(row)}/withdraw", {"note": "x"}).status_code == 404
    read_as("person:keeper", Role.ORG_KEEPER, "1/14/")
    assert "撤回这件任务" in page(client, f"/inbox/?task={identity(row)}")
    form = {"note": "事项已终止"}
    assert client.post(f"/inbox/tasks/{identity(row)}/withdraw", form).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.done_by) == ("withdrawn", "person:keeper")


def test_whoever_may_only_look_or_direct_does_not_finish_it(client):
    row = asked(3)
    read_as("person:chief")  # who assigned it
    assert "办结任务" not in page(client, f"/inbox/?task={identity(row)}")
    assert client.post(f"/inbox/tasks/{identity(row)}/complete").status_code == 404
    row.refresh_from_db()
    assert row.state == "open"


def test_whoever_stands_in_sees_and_does_it(client):
    row = asked(3)
    away = Absence("person:clerk", "person:other", frozenset({"post:clerk"}))
    people.substitutes.add_source("tests", lambda *_: [away])
    people.names.add_source("tests", lambda refs, _at: dict.fromkeys(refs, "周晓岚"))
    read_as("person:other")
    text = page(client)
    assert listed(text) == ["请核对付款资料"]
    assert "代 周晓岚 办理" in text
    assert client.post(f"/inbox/tasks/{identity(row)}/complete").status_code == 302
    assert Task.objects.get().done_by == "person:other"


def test_the_superior_sees_the_late_task_and_may_hand_it_on(client):
    people.superiors.add_source("tests", lambda *_: "person:chief")
    try:
        row = asked(1, says="付款申请", at="2026-11-10 09:00")
        actions.remind_due(at=NOW)
        actions.remind_due(at=clock("2026-11-23 10:00"))
    finally:
        people.superiors.remove_source("tests")
    read_as("person:chief")
    text = page(client)
    assert listed(text) == ["督促办理超期的任务：付款申请"]
    assert f"/inbox/?task={identity(row)}" in text
    assert "转给别人办理" in page(client, f"/inbox/?task={identity(row)}")


def test_sentences_are_escaped(client):
    asked(3, says="<script>alert(1)</script>{x}")
    text = page(client)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{x}" in text


def test_a_form_from_another_site_is_refused(client):
    row = asked(3)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/inbox/tasks/{identity(row)}/complete").status_code == 403
    row.refresh_from_db()
    assert row.state == "open"


def test_the_page_needs_no_style_or_script_of_its_own(client):
    asked(3)
    text = page(client)
    assert " style=" not in text
    assert not re.search(r"<script(?![^>]*src=)", text)
    assert not re.search(r"\son\w+=", text)


def test_reads_cost_at_most_four_queries_and_the_page_few_more(
    client, django_assert_max_num_queries
):
    for number in range(60):
        asked(number % 9, says=f"第 {number} 件")
    with django_assert_max_num_queries(4):
        found = reads.inbox("person:clerk", at=NOW)
    assert found.count == 60
    with django_assert_max_num_queries(6):
        page(client)


def test_paging_goes_through_all_tasks_and_back(client):
    rows = [asked(number % 7, says=f"第{number}件") for number in range(70)]
    rows += [asked(says=f"第{number}件") for number in range(70, 130)]  # without a day
    seen, address, pages = [], "/inbox/", []
    while address:
        text = page(client, address)
        pages.append(listed(text))
        seen += pages[-1]
        following = re.search(r'rel="next" href="([^"]*)"', text)
        address = following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == len(rows)
    assert [len(one) for one in pages] == [50, 50, 30]
    back = text
    for expected in (pages[1], pages[0]):
        previous = re.search(r'rel="prev" href="([^"]*)"', back)[1].replace("&amp;", "&")
        back = page(client, previous)
        assert listed(back) == expected


@pytest.mark.parametrize("query", ["older=x", "older=1.2.3", "older=1.1&newer=1.1"])
def test_bad_places_are_refused(client, query):
    assert "代码 PAGE-" in page(client, f"/inbox/?{query}", status=400)


def test_a_place_far_outside_of_the_calendar_is_refused():
    with pytest.raises(Invalid, match="翻页位置不对"):
        reads.inbox("person:clerk", at=NOW, cursor=Cursor((2**62 - 1, 1)))


def test_the_open_task_may_stand_on_another_page_or_be_over(client):
    row = asked(1, says="已经办过的")
    client.post(f"/inbox/tasks/{identity(row)}/complete")
    text = page(client, f"/inbox/?task={identity(row)}")
    assert "已办结" in text
    assert "办结任务" not in text.partition('<h2 class="what">')[2]


def tell(number, person="person:clerk", task=""):
    actions.tell(
        actions.Telling(person, NoticeKind.TOLD, zh("请选择"), f"told:{number}", task=task),
        by=CHIEF,
        at=datetime(2026, 11, 20, 1, number, tzinfo=UTC),
    )


def test_notices_are_counted_shown_and_read(client, django_assert_max_num_queries):
    row = asked(3)
    for number in range(3):
        tell(number, task=row.reference)
    tell(9, person="person:other")
    assert re.search(r'通知 <span class="count">3</span>', page(client))
    with django_assert_max_num_queries(3):
        text = page(client, "/inbox/notices/")
    assert text.count("未读") == 3
    assert f"/inbox/?task={identity(row)}" in text
    every = list(Notice.objects.values_list("number", flat=True))
    response = client.post("/inbox/notices/read", {"notice": [*every, "x", "9" * 40]})
    assert response.status_code == 302
    assert "未读" not in page(client, "/inbox/notices/")
    assert Notice.objects.get(person="person:other").read_at is None


def test_no_notices_says_what_comes_here(client):
    assert "没有通知" in page(client, "/inbox/notices/")


def test_notices_are_paged(client):
    for number in range(55):
        tell(number)
    text = page(client, "/inbox/notices/")
    older = re.search(r'rel="next" href="([^"]*)"', text)[1]
    text = page(client, older)
    assert text.count("<li") >= 5
    newer = re.search(r'rel="prev" href="([^"]*)"', text)[1]
    assert page(client, newer).count('name="notice"') == 50


def test_every_view_of_the_inbox_says_what_it_needs():
    found = {}
    for route in get_resolver("guiju.base.inbox.urls").url_patterns:
        found.setdefault(needed(route.callback), set()).add(route.name)
    assert found == {
        Permission.INBOX_USE: {
            "workbench", "complete", "reassign", "withdraw", "notices", "read",
            "office", "office_tasks", "collecting", "urge",
        },
        Permission.CALENDAR_EDIT: {"holidays", "preview", "load"},
        Permission.TASK_ASSIGN: {"assigning", "assigned"},
    }  # fmt: skip


def test_english_is_spoken_where_it_is_chosen(client):
    asked(3, at="2026-11-20 09:00")
    client.cookies["guiju_language"] = "en"
    assert page(client)


def test_time_left_moves_with_the_time(client, monkeypatch):
    asked(3, at="2026-11-20 09:00")
    for days, words in ((2, "还剩 2 个工作日"), (4, "今天 24:00 到期"), (5, "已超期 1 个工作日")):
        at = NOW + timedelta(days=days)
        monkeypatch.setattr("guiju.base.inbox.pages.workbench.timezone.now", lambda at=at: at)
        assert words in page(client)
