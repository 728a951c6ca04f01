"""The workbench in the gallery, with made-up tasks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.inbox.policies import Whose
from guiju.base.inbox.reads import TaskShown
from guiju.base.inbox.states import TaskState
from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, holders
from guiju.base.ui.paging import Page
from guiju.base.ui.parts import Clock, Tab
from guiju.core.errors import Conflict
from guiju.core.sentence import Sentence, zh

Shown = Mapping[str, object]

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
COUNTS = {"empty": 0, "typical": 6, "long": 4, "many": 50, "error": 4, "forbidden": 3}
KINDS: tuple[tuple[Sentence, str], ...] = (
    (zh("审签"), "审签：第二实验小学教学设备采购付款申请"),
    (zh("轮岗"), "说明：出纳岗任职将满五年，请安排轮岗"),
    (zh("清单审核"), "确认：财务科 2026 年第 2 版权力清单（改 5 项）"),
    (zh("空缺"), "办理：计财科科长空缺，请任命或明确代行"),
    (zh("超期"), "催办：民办学校年检审签已超期"),
    (zh("阅知"), "阅知：县财政局移送专项资金结余线索"),
)
CLOCKS = (
    Clock(zh("超期 {count} 个工作日", count=2), 100, "over"),
    Clock(zh("还剩 {count} 小时", count=4), 92, "near"),
    Clock(zh("还剩 {count} 个工作日", count=3), 45),
    Clock(zh("还剩 {count} 个工作日", count=8), 12),
    Clock(zh("无时限"), 0),
)


def _task(number: int, name: str, state: str) -> TaskShown:
    kind, says = KINDS[number % len(KINDS)]
    text = zh("{text}", text=LONG_TEXT if state == "long" else says)
    clock = CLOCKS[min(number, 4) if state != "many" else number % 5]
    reference = f"task:{UUID(int=number + 1)}"
    return TaskShown(
        number, reference, kind, text, Whose("person:1", "", "", "person:2"), "", "", 1,
        NOW - timedelta(days=3), NOW + timedelta(days=number) if clock.used else None,
        is_provisional=number == 3, state=TaskState.OPEN, clock=clock, link=None,
        person=name if number == 2 else "",
    )  # fmt: skip


def _workbench(_request: HttpRequest, state: str) -> Shown:
    """A forbidden task is nobody's: the reader sees what is theirs, and none of it may be done."""
    people = holders(COUNTS[state], is_long=state == "long")
    tasks = tuple(_task(number, one.name, state) for number, one in enumerate(people))
    here = reverse("ui:gallery")
    refusal = Conflict("GALLERY-04", zh("这件任务刚才已由别人办结，没有再办一次。请看下一件。"))
    may = state not in {"forbidden", "empty"}
    return {
        "page": Page(tasks),
        "count": len(tasks),
        "task": tasks[0] if tasks else None,
        "is_chosen": False,
        "day_line": zh("2026年11月25日 星期三 · 工作日"),
        "tabs": (Tab(zh("要我办的"), here, is_current=True), Tab(zh("通知"), here, count=3)),
        "refusal": refusal if state == "error" else None,
        "now": NOW,
        "may_complete": may,
        "may_reassign": may,
        "may_withdraw": may,
        "address": here if may else "",
        "colleagues": [{"key": str(one.number), "name": one.name} for one in people],
    }


def add_exhibits() -> None:
    """Put the screen into the gallery."""
    add_exhibit(
        Exhibit("inbox-workbench", zh("工作台"), "inbox/workbench.html", _workbench, is_screen=True)
    )
