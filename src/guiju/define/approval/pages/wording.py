"""What a change says: fields side by side as text, so that every difference can be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from guiju.base.ui.dates import day
from guiju.base.ui.language import say
from guiju.core.flow.model import Flow, Node
from guiju.core.lists.diff import ItemChange
from guiju.core.lists.fields import label, told
from guiju.core.lists.model import Item
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import Sentence
from guiju.core.terms import NodeKind, Term
from guiju.define.lists.pages.values import said

_STEPS = (NodeKind.TASK, NodeKind.CALL)


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field as it was and as it is; equal where it only stands there."""

    label: Sentence | str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item of a change.

    Attributes:
        kind, code: which item; both name the place of its remarks.
        fields: what differs; of a new or removed item all that it says.
        is_folded: whether that is shown only on demand.
    """

    kind: ItemKind
    code: str
    title: str
    alteration: Alteration
    fields: tuple[FieldShown, ...]
    is_folded: bool


def item_shown(change: ItemChange, profile: Profile) -> ItemShown:
    """Return a change in words."""
    item = change.after or change.before
    assert item is not None  # noqa: S101 - a change has one of them
    if change.fields:
        shown = tuple(
            _pair(change.kind, one.path, one.before, one.after, profile) for one in change.fields
        )
    else:
        is_new = change.before is None
        shown = tuple(_whole(item, profile, is_new=is_new))
    return ItemShown(
        change.kind, change.code, item.title, change.alteration, shown, not change.fields
    )


def _pair(kind: ItemKind, path: str, old: object, new: object, profile: Profile) -> FieldShown:
    before, after = text_of(old, path, profile), text_of(new, path, profile)
    if before == after:
        before, after = _exact(old), _exact(new)
    return FieldShown(label(kind, path), before, after)


def _whole(item: Item, profile: Profile, *, is_new: bool) -> Iterator[FieldShown]:
    for field, value in told(item):
        if text := text_of(value, field.path, profile):
            old, new = ("", text) if is_new else (text, "")
            yield FieldShown(field.label, old, new)


def text_of(value: object, path: str, profile: Profile) -> str:
    """Return a field's value as one text; empty where nothing is said."""
    if isinstance(value, Flow):
        return "\n".join(_step(one) for one in value.nodes if one.kind in _STEPS)
    shown = said(value, path, profile)
    if shown is None:
        return ""
    return say(day(shown)) if isinstance(shown, date) else say(shown)


def _step(node: Node) -> str:
    parts = [f"{node.number} {node.title}".strip(), node.post]
    if node.limit:
        parts.append(f"{node.limit.amount} {say(node.limit.unit)}")
    return "，".join(part for part in parts if part)


def _exact(value: object) -> str:
    """Return all that a value says, where its usual words hide the difference."""
    if isinstance(value, Term):
        return say(value)
    if isinstance(value, tuple):
        return "\n".join(map(_exact, value))
    if is_dataclass(value) and not isinstance(value, type):
        held = (getattr(value, one.name) for one in fields(value))
        return "，".join(text for one in held if (text := _exact(one)))
    return "" if value in (None, False) else str(plain(value))
