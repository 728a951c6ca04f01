"""What a change says: fields side by side as text, so that every difference can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date

from guiju.base.ui.language import say
from guiju.core.flow.model import Flow, Node
from guiju.core.lists.diff import FieldChange, ItemChange
from guiju.core.lists.fields import Field, label, told
from guiju.core.lists.flows import StepNote
from guiju.core.lists.model import ITEMS, Item, Tier
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.plain import plain
from guiju.core.sentence import Sentence, day, zh
from guiju.core.terms import NodeKind, Term
from guiju.define.lists.pages.values import amount, said
from guiju.exchange.lists.fields import NOTES, TIERS
from guiju.exchange.lists.step_rows import step_rows

LONGEST = 4_000
"""Characters of a text that are shown, from a little before the first difference on."""

_BEFORE = 200
_STEPS = (NodeKind.TASK, NodeKind.CALL)
_ALIKE = zh("（图形或编号的细节）")
_FLAGS = {field.path: field.header for field in (*TIERS, *NOTES)}
"""What a yes in a tier or a note says."""

Names = Mapping[str, str]


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
        shown = tuple(field_shown(change.kind, one, profile) for one in change.fields)
    else:
        is_new = change.before is None
        shown = tuple(
            FieldShown(field.label, *(("", text) if is_new else (text, "")))
            for field, text in sayings(item, profile)
        )
    return ItemShown(
        change.kind, change.code, item.title, change.alteration, shown, not change.fields
    )


def field_shown(
    kind: ItemKind, change: FieldChange, profile: Profile, names: Names | None = None
) -> FieldShown:
    """Return a field that differs in words; ``names`` calls people whom the reader may see."""
    both = change.before, change.after
    old, new = (text_of(one, change.path, profile, names) for one in both)
    if old == new:
        old, new = map(_exact, both)
    if old == new:
        old, new = "", say(_ALIKE)
    return FieldShown(label(kind, change.path), *_cut(old, new))


def sayings(
    item: Item, profile: Profile, names: Names | None = None
) -> Iterator[tuple[Field, str]]:
    """Yield each field in which an item says something of its own, and what."""
    silent = ITEMS[item.item_kind](code="")
    for field, value in told(item):
        if value != field.value(silent) and (text := text_of(value, field.path, profile, names)):
            yield field, text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def text_of(value: object, path: str, profile: Profile, names: Names | None = None) -> str:
    """Return a field's value as one text; empty where nothing is said."""
    if isinstance(value, Flow):
        return "\n".join(_step(one) for one in value.nodes if one.kind in _STEPS)
    if isinstance(value, tuple) and any(isinstance(one, Tier | StepNote) for one in value):
        return _exact(value)
    shown = said(value, path, profile, names)
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
    if isinstance(value, Flow):
        return "\n".join(" · ".join(row.values()) for row in step_rows(value))
    if isinstance(value, Term):
        return say(value)
    if isinstance(value, tuple):
        return "\n".join(map(_exact, value))
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((one, getattr(value, one.name)) for one in fields(value))
        texts = (_part(one.name, held) for one, held in shown if held != one.default)
        return "，".join(filter(None, texts))
    return "" if value in (None, False) else str(plain(value))


def _part(name: str, held: object) -> str:
    """Return one thing that a tier, a note or another value says."""
    if held is True:
        return _FLAGS.get(name, name)
    if name in ("lower", "upper") and isinstance(held, int):
        return f"{_FLAGS[name]} {say(amount(held, None) or str(held))}"
    return _exact(held).replace("\n", "、")


def _cut(old: str, new: str) -> tuple[str, str]:
    """Return both texts, of long ones the part in which the first difference lies."""
    if max(len(old), len(new)) <= LONGEST:
        return old, new
    least = min(len(old), len(new))
    differs = next((at for at in range(least) if old[at] != new[at]), least)
    first = max(0, differs - _BEFORE)
    return _window(old, first), _window(new, first)


def _window(text: str, first: int) -> str:
    last = first + LONGEST
    return f"{'…' * bool(first)}{text[first:last]}{'…' * (last < len(text))}"
