"""Kinds of tasks: each area registers its own when it starts, in one place with its word."""

from __future__ import annotations

import re

from guiju.core.sentence import Sentence, zh

_CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
_LABELS: dict[str, Sentence] = {}


def register_kind(code: str, label: Sentence) -> str:
    """Make a kind of task known, such as ``org.rotation`` 轮岗; return its code.

    Raises:
        ValueError: for a code that is none, or is taken by another label: a fault of the program.
    """
    if not _CODE.fullmatch(code) or _LABELS.get(code, label) != label:
        raise ValueError(f"{code} is no kind of task, or is registered twice")
    _LABELS[code] = label
    return code


def kind_label(code: str) -> Sentence:
    """Return the word for a kind; one that this program does not know is called 任务."""
    return _LABELS.get(code, _UNKNOWN)


def is_known(code: str) -> bool:
    """Tell whether a kind is registered."""
    return code in _LABELS


_UNKNOWN = zh("任务")

ASKED = register_kind("inbox.asked", zh("交办"))
"""What one person asks another to do, in words of their own."""

FOLLOW_UP = register_kind("inbox.follow_up", zh("督办"))
"""What a superior gets when a task of somebody below them is overdue."""

OFFICE = register_kind("inbox.office", zh("报送"))
"""What the office of a body asks its member units for (S2-75)."""
