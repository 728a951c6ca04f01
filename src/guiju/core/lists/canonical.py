"""An edition's canonical bytes and their hash: what an approval and a proof stand for.

Neither the order of rows nor where they were read from changes them. A field at its default
is left out, so a field that is added later changes no hash of before. Not part of the
content are where the edition stands (``state``), the days on which it holds, which are set
when it comes into force, and the totals that its sources state.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from typing import Any

from guiju.core.flow.model import Edge, Node
from guiju.core.ledger.entry import canonical
from guiju.core.lists.model import TABLES, Edition, StepNote
from guiju.core.plain import defaults_of
from guiju.core.terms import Term

FORMAT = "guiju.lists/1"
"""Stands in the bytes; another number means another way of writing the same content."""

HEAD = ("unit", "unit_name", "unit_code", "area_code", "profile", "title", "number")
"""What an edition says besides its tables."""

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
_code = str.__str__
"""A term's code, a third of the way that ``value`` takes."""


def content(edition: Edition) -> dict[str, Any]:
    """Return what an edition says, as JSON has it, with rows in the order of their codes."""
    head = {name: getattr(edition, name) for name in HEAD}
    tables = {
        name: _sorted(map(item_content, getattr(edition, name)), "code") for name in TABLES.values()
    }
    return {"format": FORMAT, **head, **{name: rows for name, rows in tables.items() if rows}}


def item_content(item: object) -> dict[str, Any]:
    """Return what an item, or a value in one, says as JSON has it."""
    held: dict[str, Any] = {}
    kind: Any = type(item)
    for name, default in defaults_of(kind):
        value = getattr(item, name)
        if value is not default and value != default:
            held[name] = value if type(value) in _AS_THEY_ARE else plain_value(value)
    return held


def encoded(edition: Edition) -> bytes:
    """Return the canonical bytes (RFC 8785, as the record writes entries).

    Raises:
        Invalid: LEDGER-02 to LEDGER-06 for text or numbers that no record can hold.
    """
    return canonical(content(edition))


def digest(edition: Edition) -> str:
    """Return the SHA-256 of the canonical bytes, as hexadecimal digits.

    Raises:
        Invalid: as ``encoded``.
    """
    return hashlib.sha256(encoded(edition)).hexdigest()


def same_content(one: Edition, other: Edition) -> bool:
    """Say whether two editions say the same, wherever their rows stand."""
    return content(one) == content(other)


def plain_value(value: object) -> object:
    """Return one value as JSON has it; of several together the order says nothing."""
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Term):
        return _code(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return _row(value)
    if is_dataclass(value):
        return item_content(value)
    return value


def _row(values: tuple[object, ...]) -> list[Any]:
    """Return several values; only of tiers does the order say something."""
    plain = [plain_value(value) for value in values]
    if all(isinstance(value, str) for value in plain):
        return sorted(map(str, plain))
    if isinstance(values[0], StepNote):
        return _sorted(plain, "step")
    if isinstance(values[0], Node | Edge):
        return _sorted(plain, "id")
    return plain


def _sorted(rows: Iterable[Any], key: str) -> list[Mapping[str, Any]]:
    """Sort rows by their key, and rows that share one by all that they say."""
    ordered = sorted(rows, key=lambda row: str(row[key]))
    keys = [row[key] for row in ordered]
    if len(set(keys)) == len(keys):
        return ordered
    return sorted(ordered, key=lambda row: (str(row[key]), canonical(row)))
