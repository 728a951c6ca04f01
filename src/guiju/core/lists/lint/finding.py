"""What the lint says, and of what one of its checks is made."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind, Severity
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend.

    Attributes:
        code: the check, ``GJ101`` and following; it never changes its meaning.
        severity: an error keeps the edition from approval, a warning needs a reason.
        kind, item: table and code of the item; None and empty for the edition as a whole.
        field: path of the field, as in ``fields``; empty for the item as a whole.
        step: key of the step in a flow, where one is meant.
        sentence: what is wrong and what to do.
        source: requirement or document.
        accepted: why it may stay, where somebody gave a reason.
        title: what the item is called, so that people need not know its code.
    """

    code: str
    severity: Severity
    kind: ItemKind | None
    item: str
    field: str
    step: str
    sentence: Sentence
    source: str
    accepted: str = ""
    title: str = dataclasses.field(default="", compare=False)

    @property
    def mark(self) -> str:
        """What tells this finding from others; another number or name in it is another one."""
        parts = (self.code, self.kind or "", self.item, self.field, self.step, str(self.sentence))
        return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A warning that may stay: which one, and why."""

    mark: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found, before its severity is known.

    Attributes:
        item: None for the edition as a whole.
        severity: only where it differs from the check's own.
    """

    item: Item | None
    field: str
    sentence: Sentence
    step: str = ""
    severity: Severity | None = None


Look: TypeAlias = Callable[[View], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its code, its usual severity, its source, and how it looks.

    Attributes:
        is_blind: tells that it could not look, because what it needs is closed to whoever asks;
            None for one that always can. That nothing was found says nothing then.
    """

    code: str
    title: Sentence
    severity: Severity
    source: str
    look: Look
    is_blind: Callable[[View], bool] | None = None
