"""The words of tasks and notices."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class TaskState(Term):
    """Where a task stands; an escalated one is still to be done."""

    OPEN = "open", zh("待办")
    ESCALATED = "escalated", zh("已报上级")
    DONE = "done", zh("已办结")
    WITHDRAWN = "withdrawn", zh("已撤回")


STILL_TO_DO = (TaskState.OPEN, TaskState.ESCALATED)


class NoticeKind(Term):
    """Why somebody is told something."""

    BEFORE = "before", zh("即将到期")
    OVERDUE = "overdue", zh("已超期")
    ESCALATED = "escalated", zh("已报上级")
    CHANGED = "changed", zh("有变动")
    DIGEST = "digest", zh("每日汇总")
    TOLD = "told", zh("告知")
    URGED = "urged", zh("催办")


class DayKind(Term):
    """What an official notice says of a day."""

    OFF = "off", zh("休")
    WORKED = "worked", zh("班")
