"""What was assigned, notices, the calendar and the form of a task in the gallery."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.inbox.office_parts import OfficePart
from guiju.base.inbox.pages.assigned import TABLE
from guiju.base.inbox.pages.assigning import AssignForm
from guiju.base.inbox.pages.holidays import Day
from guiju.base.inbox.pages.office import TABLE as OFFICE_TABLE
from guiju.base.inbox.pages.workbench import WEEKDAYS, tabs_of
from guiju.base.inbox.reads import Given, NoticeShown
from guiju.base.inbox.reads_office import Hand, Sent
from guiju.base.inbox.reads_office import Standing as OfficeStanding
from guiju.base.inbox.states import DayKind, NoticeKind, TaskState
from guiju.base.org.reads.offices import Office, Receiver
from guiju.base.ui.acting import Act
from guiju.base.ui.forms import refuse
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists, listed
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT, Holder, holders
from guiju.base.ui.paging import Page
from guiju.base.ui.parts import Clock, Tab
from guiju.core.access import EVERYWHERE
from guiju.core.errors import Conflict, Invalid
from guiju.core.sentence import zh

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
_STATES = tuple(TaskState)


def _assigned(request: HttpRequest, state: str) -> Shown:
    def given(one: Holder) -> Given:
        text = LONG_TEXT if state == "long" else "报送三季度公务用车情况"
        return Given(
            str(UUID(int=one.number)), zh("{text}", text=text),
            zh("{name}（{post}）", name=one.name, post=one.post),
            _STATES[one.number % len(_STATES)], zh("11月28日 周六 18:00"), one.is_due, NOW,
        )  # fmt: skip

    return {
        "tabs": tabs_of(request, "inbox:assigned", 0),
        "listed": listed(request, TABLE, state, given),
    }


def _notices(request: HttpRequest, state: str) -> Shown:
    kinds = tuple(NoticeKind)
    count = {**COUNTS, "many": 50}[state]
    rows = tuple(
        NoticeShown(
            one.number, kinds[one.number % len(kinds)],
            zh("{text}", text=LONG_TEXT if state == "long" else f"{one.name}委托您代办{one.post}"),
            "" if one.number % 2 else f"task:{UUID(int=one.number)}",
            NOW - timedelta(hours=one.number), one.number < 3 and state != "forbidden",
        )
        for one in holders(count, is_long=state == "long")
    )  # fmt: skip
    return {
        "page": Page(rows),
        "tabs": tabs_of(request, "inbox:notices", 2 if rows else 0),
        "has_unread": any(one.is_unread for one in rows),
        "now": NOW,
    }


def _holidays(request: HttpRequest, state: str) -> Shown:
    count = {"empty": 0, "many": 40, "error": 1, "forbidden": 1}.get(state, 2)
    title = LONG_TEXT[:100] if state == "long" else "国办发明电〔2026〕7号"
    days = [str(NOW.date() + timedelta(days=n)) for n in range(200 // max(count, 1))]
    refusal = Invalid(
        "GALLERY-09", zh("第 3 行「2027-13-01 休」认不出日期。请写成 2027-01-01 休。")
    )
    return {
        "tabs": tabs_of(request, "inbox:holidays", 0),
        "notices": [
            SimpleNamespace(title=title, years=[2027], off=days, worked=days[:2], loaded_at=NOW)
            for _ in range(count)
        ],
        "known": (2004, 2026),
        "day_line": zh("2026年11月25日 星期三 · 工作日"),
        "refusal": refusal if state == "error" else None,
        "typed": {"title": title if state == "error" else "", "years": "", "days": ""},
        "now": NOW,
    }


def _preview(_request: HttpRequest, state: str) -> Shown:
    """Empty: the notice settles a year without a day of its own. Error: it changes much."""
    count = {"empty": 0, "long": 7, "many": 200}.get(state, 7)
    first = date(2027, 1, 1)
    days = [first + timedelta(days=n) for n in range(count)]
    kinds = tuple(DayKind)
    return {
        "table": SimpleNamespace(
            title=LONG_TEXT[:100] if state == "long" else "国办发明电〔2026〕7号", text=""
        ),
        "years": [2027],
        "days": [
            Day(day, WEEKDAYS[day.weekday()], kinds[day.day % len(kinds)], day.day % 3 == 0)
            for day in days
        ],
        "moved": 1_214 if state == "error" else 0,
        "settled": 3 if count else 0,
    }


def _assigning(_request: HttpRequest, state: str) -> Shown:
    """Nobody may be asked: the form says so beside the field, and nothing is lost."""
    names = "\n".join(one.name for one in holders(COUNTS[state], is_long=state == "long"))
    says = LONG_TEXT[:200] if state == "long" else "报送三季度公务用车情况"
    filled = {} if state == "empty" else {"to": names, "says": says, "days": 5, "before": "1"}
    form = AssignForm(initial=filled, scope=EVERYWHERE)
    if state in {"error", "forbidden"}:
        form.is_bound, form.data = True, {**filled, "to": "", "days": "0"}
        form.is_valid()
    if state == "forbidden":
        refuse(form, Conflict("GALLERY-10", zh("所选岗位今天都没有人任职，没有交办。请改选岗位。")))
    act = Act(
        zh("交办任务"), zh("交办"), zh("已交办。"), reverse("ui:gallery"),
        lead=zh("写一句话，选岗位或人员，定时限。办理人在工作台看到，到期前后自动提醒。"),
    )  # fmt: skip
    return {"act": act, "form": form}


def _office(request: HttpRequest, state: str) -> Shown:
    """In an error everything is late; forbidden, the office has nobody to ask."""
    clock = Clock(zh("还剩 {count} 个工作日", count=3), 45)
    if state == "error":
        clock = Clock(zh("已超期 {count} 个工作日", count=2), 100, "over")

    def sent(one: Holder) -> Sent:
        text = LONG_TEXT if state == "long" else "报送十一月监督工作动态"
        return Sent(
            str(UUID(int=one.number)), "office:1", zh("{text}", text=text), "", one.unit, one.name,
            _STATES[0], zh("11月28日 周六 18:00"), clock,
            state == "error", NOW, int(state == "error"), NOW - timedelta(days=1),
        )  # fmt: skip

    count = {"empty": 0, "forbidden": 0, "many": 200}.get(state, 3)
    people = list(holders(count, is_long=state == "long"))
    waiting = tuple(map(sent, people))
    members = [
        Receiver(one.unit, one.unit, "", one.name, one.name, "", is_liaison=not one.is_due)
        for one in people
    ]
    name = LONG_UNIT if state == "long" else "大监督协调小组"
    office = Office("body:1", name, "", "unit:1", "县纪委监委", "")
    here = reverse("ui:gallery")
    hand = [Hand(waiting[0].says, NOW, waiting[0].due, count + 2, waiting)] if waiting else []
    part = OfficePart(zh("会务"), (), zh("近期没有会议。"))
    return {
        "office": office,
        "identity": UUID(int=1),
        "way": (),
        "now": NOW,
        "standing": OfficeStanding(count, count if state == "error" else 0, 2 * min(count, 1)),
        "hands": hand,
        "members": members,
        "vacant": [one for one in members if not one.is_liaison],
        "parts": [part] if state == "typical" else [],
        "tabs": (Tab(zh("办公室工作台"), here, is_current=True), Tab(zh("全部任务"), here)),
        "listed": listed(request, OFFICE_TABLE, state, sent),
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("inbox-assigned", zh("我交办的"), "inbox/assigned.html", _assigned),
        ("inbox-assigning", zh("交办任务"), "ui/act.html", _assigning),
        ("inbox-office", zh("办公室工作台"), "inbox/office.html", _office),
        ("inbox-office-tasks", zh("办公室交办的"), "inbox/office_tasks.html", _office),
        ("inbox-notices", zh("通知"), "inbox/notices.html", _notices),
        ("inbox-holiday-preview", zh("预览通知"), "inbox/preview.html", _preview),
        ("inbox-holidays", zh("节假日"), "inbox/holidays.html", _holidays),
    )
