"""Tasks for tests of the inbox, and who is who in them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from guiju.base.inbox import actions
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.holiday_file import read_holidays
from guiju.base.inbox.kinds import ASKED
from guiju.base.inbox.models import Task
from guiju.base.record.actor import Actor
from guiju.core.flow.model import Limit
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit

HERE = ZoneInfo("Asia/Shanghai")
CHIEF = Actor("person:chief", post="post:chief", unit="unit:finance")
CLERK = Actor("person:clerk", post="post:clerk", unit="unit:finance")
OTHER = Holder("person:other", "post:clerk", "unit:finance", "1/14/")
WORKING = LimitUnit.WORKING_DAYS


def clock(text):
    """An instant by the clock on the wall: ``2026-11-20 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def asked(days=None, *, to="person:clerk", at="2026-11-20 09:00", says="请核对付款资料", **more):
    """Assign a task with a limit in working days, or what ``limit`` says; return its row."""
    limit = more.pop("limit", None) or (Limit(days, WORKING) if days is not None else None)
    task = NewTask(
        ASKED,
        zh("{text}", text=says),
        Holder(to, "post:clerk", "unit:finance", "1/14/"),
        limit=limit,
        **more,
    )
    reference = actions.assign_task(task, by=CHIEF, at=clock(at))
    return Task.objects.get(reference=reference)


def notice(days, *, years="", title="国办发明电〔2026〕7号"):
    """What an administrator loads."""
    return read_holidays(days.encode(), title=title, years=years)


def last_minute(row):
    """A task's last minute by the clock on the wall."""
    row.refresh_from_db()
    return row.due_at.astimezone(HERE).strftime("%Y-%m-%d %H:%M")
