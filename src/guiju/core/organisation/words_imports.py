"""Words for how far a large workbook has come that is read in the background."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class ImportStage(Term):
    """How far the import of a workbook has come."""

    WAITING = "waiting", zh("等待检查")
    READING = "reading", zh("正在读取表格")
    COMPARING = "comparing", zh("正在与现有内容核对")
    READY = "ready", zh("已检查完")
    QUEUED = "queued", zh("等待导入")
    TAKING = "taking", zh("正在导入")
    DONE = "done", zh("已导入")
    REFUSED = "refused", zh("没有导入")


UNDER_WAY = frozenset(
    {
        ImportStage.WAITING,
        ImportStage.READING,
        ImportStage.COMPARING,
        ImportStage.QUEUED,
        ImportStage.TAKING,
    }
)
"""Stages in which a worker has something to do."""
