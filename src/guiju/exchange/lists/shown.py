"""Values as a cell shows them; ``cells`` reads each back as the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from guiju.core.lists.values import Period
from guiju.core.lists.words import PowerKind
from guiju.core.terms import Term
from guiju.exchange.lists.fields import Field, Holds

_KINDS = {one.value: str(one.label) for one in PowerKind}


def shown(field: Field, value: Any) -> str:  # noqa: ANN401 - as many types as columns hold
    """Return a value as text; empty for none."""
    if value in (None, "", ()):
        return ""
    write = _WRITERS.get(field.holds)
    if write:
        return write(value)
    return _word(value) if isinstance(value, Term) else str(value)


def _word(value: Term) -> str:
    return _label(type(value), value.value)


@cache
def _label(words: type[Term], code: str) -> str:
    # By its set too: the same code in two sets is one key, and two words.
    return str(words.of(code).label)


def _amount(value: int) -> str:
    return f"{Decimal(value) / 100:f}"


def _period(value: Period) -> str:
    return f"{value.amount}{value.unit.label}"


def _day(value: date) -> str:
    return value.isoformat()


_WRITERS: Mapping[Holds, Callable[[Any], str]] = {
    Holds.KIND: lambda value: _KINDS.get(value, value),
    Holds.AMOUNT: _amount,
    Holds.TEXTS: "\n".join,
    Holds.WORDS: lambda value: "、".join(map(_word, value)),
    Holds.PERIOD: _period,
    Holds.FLAG: lambda value: "是" if value else "否",
    Holds.DATE: _day,
}
