"""Changes of items in words: field by field, what it said and what it is to say."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from guiju.base.evidence.told import Line
from guiju.base.ui.language import say
from guiju.core.flow.model import Flow
from guiju.core.lists.diff import FieldChange, ItemChange
from guiju.core.lists.fields import label, told
from guiju.core.lists.flows import StepNote
from guiju.core.lists.model import ITEMS, Tier
from guiju.core.lists.profile import Profile
from guiju.core.sentence import zh
from guiju.core.terms import Term
from guiju.define.lists.pages.values import said
from guiju.exchange.lists.step_rows import step_rows

_LONGEST = 4_000
_ALIKE = zh("（图形或编号的细节）")


def change_line(one: ItemChange, profile: Profile) -> Line:
    """Return a change as its page shows it: table, what happened, code, title, fields.

    Each field is its label, what it said, what it is to say; in the language that is active.
    """
    item = one.after or one.before
    shown = [_field(one, field, profile) for field in _fields(one)]
    return [one.kind.value, one.alteration.value, one.code, item.title if item else "", shown]


def _fields(one: ItemChange) -> tuple[FieldChange, ...]:
    """Return what differs; of a new item what it says besides its code and title."""
    if one.before is not None or one.after is None:
        return one.fields
    item, silent = one.after, ITEMS[one.kind](code=one.code)
    return tuple(
        FieldChange(field.path, None, value)
        for field, value in told(item)
        if value not in (field.value(silent), item.title) and said(value) is not None
    )


def _field(one: ItemChange, change: FieldChange, profile: Profile) -> list[str]:
    before, after = (in_words(value, change.path, profile) for value in _both(change))
    if before == after:
        before, after = "", say(_ALIKE)
    return [say(label(one.kind, change.path)), before, after]


def _both(change: FieldChange) -> tuple[object, object]:
    return change.before, change.after


def in_words(value: object, path: str, profile: Profile) -> str:
    """Return all that a field says as text; empty for nothing."""
    text = "\n".join(_lines(value)) if _is_long(value) else _short(said(value, path, profile))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _is_long(value: object) -> bool:
    return isinstance(value, Flow) or (
        isinstance(value, tuple) and any(isinstance(one, Tier | StepNote) for one in value)
    )


def _lines(value: Any) -> list[str]:  # noqa: ANN401 - a flow, tiers or notes
    if isinstance(value, Flow):
        return [" · ".join(row.values()) for row in step_rows(value)]
    return [" · ".join(_parts(one)) for one in value]


def _parts(value: Any) -> list[str]:  # noqa: ANN401 - a tier or a note
    held = ((field, getattr(value, field.name)) for field in fields(value))
    return [_short(said(one)) for field, one in held if one != field.default]


def _short(value: Any) -> str:  # noqa: ANN401 - what ``said`` returns
    if value is None:
        return ""
    if isinstance(value, Term):
        return say(value.label)
    if isinstance(value, date | int):
        return str(value)
    return say(value)
