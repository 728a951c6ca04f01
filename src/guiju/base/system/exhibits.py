"""The system's state in the gallery: a new installation, a healthy one, one in trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.http import HttpRequest

from guiju.base.access.reads import Unused
from guiju.base.record.backup.noted import Backup
from guiju.base.record.health import Witnessing
from guiju.base.record.heartbeat import Heartbeat
from guiju.base.record.pulse import Pulse
from guiju.base.system.judging import lines, worst
from guiju.base.system.reads import Audit, Disk, Failed, Finding, Jobs, State
from guiju.base.ui.gallery.listing import Shown, add_lists
from guiju.base.ui.gallery.people import LONG_TEXT
from guiju.core.sentence import zh
from guiju.core.terms import WitnessState

NOW = datetime(2026, 10, 20, 8, 42, tzinfo=UTC)
_AGO = NOW - timedelta(minutes=1)
_GIB = 1024**3

_NEW = Pulse(
    0, 0, None, None, 0, 0, (), None, None, "", "", Heartbeat(1, _AGO, ""), None, 2**20
)  # fmt: skip
_WITNESS = Witnessing("市纪委监委", WitnessState.AGREEING, is_on_paper=False, size=48_210, at=_AGO)
_WELL = Pulse(
    48_213, 2, _AGO, _AGO, 1, 1, (_WITNESS,), timedelta(seconds=1), 48_190, "", "",
    Heartbeat(1, _AGO, ""), Backup(NOW - timedelta(hours=9), 48_002, has_keys=True), 3 * _GIB,
)  # fmt: skip
_ILL = replace(
    _WELL,
    size=40_000,
    halted="数据库里的记录少于已公布的条数。",
    worker=None,
    backup=None,
    witnesses=(replace(_WITNESS, state=WitnessState.DISAGREEING),),
)


def _state(state: str) -> State:
    pulse = {"empty": _NEW, "error": _ILL}.get(state, _WELL)
    jobs, audit = Jobs(0, None, ()), Audit(at=_AGO, size=48_210)
    if state == "empty":
        audit = Audit()
    if state == "many":
        jobs = Jobs(200, NOW - timedelta(hours=1), tuple(Failed("a.remind", _AGO, "OSError")
                    for _ in range(10)))  # fmt: skip
        found = [Finding("AUDIT-07", f"第 {n} 号", zh("原文与摘要不符。")) for n in range(200)]
        audit = replace(audit, findings=tuple(found))
    if state == "long":
        pulse = replace(pulse, worker=Heartbeat(1, _AGO, LONG_TEXT))
        audit = replace(audit, findings=(Finding("AUDIT-07", "tree/8/000", zh("{text}",
                        text=LONG_TEXT)),))  # fmt: skip
    free = (2 if state == "error" else 300) * _GIB
    return State(
        NOW, pulse, jobs, audit, Disk(500 * _GIB, free), 2027, (), Unused(0, 1, 187)
    )  # fmt: skip


def _show(_request: HttpRequest, state: str) -> Shown:
    """Whoever may not read the record is not led to it."""
    found = _state(state)
    said = lines(found)
    bad, warn = worst(said)
    return {
        "lines": said,
        "bad": bad,
        "warn": warn,
        "audit": found.audit,
        "failed": [(zh("提醒到期的任务"), one) for one in found.jobs.failed],
        "most_findings": state == "many",
        "may_read_record": state != "forbidden",
        "now": NOW,
    }


def add_exhibits() -> None:
    """Put the screen into the gallery."""
    add_lists(("system-state", zh("系统状态"), "system/state.html", _show))
