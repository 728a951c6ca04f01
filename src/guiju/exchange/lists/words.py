"""The words of taking in a list: what became of a cell, and what a table is about."""

from __future__ import annotations

from guiju.core.sentence import zh
from guiju.core.terms import Term


class CellState(Term):
    """What became of a cell that is not empty."""

    UNDERSTOOD = "understood", zh("看懂")
    DOUBTFUL = "doubtful", zh("存疑")
    UNREAD = "unread", zh("没看懂")


class TableKind(Term):
    """What the rows of a table are; the order decides between equally likely ones."""

    POWER = "power", zh("权责清单")
    RISK = "risk", zh("风险与防控清单")
    CONTROL = "control", zh("防控措施")
    NEGATIVE = "negative", zh("负面清单")
    STEP = "step", zh("流程步骤")
    STANDARD = "standard", zh("裁量基准")
    BODY = "body", zh("机构名单")
    DISCLOSURE = "disclosure", zh("双公示")
