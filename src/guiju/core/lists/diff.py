"""What one edition changes in another: added, changed field by field, renumbered, removed.

Items are the same when they bear the same code. An item that is gone and a new one of the
same table whose titles are nearly alike are taken for one item with a new code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeAlias

from guiju.core.ledger.entry import canonical
from guiju.core.lists.canonical import HEAD, item_content, plain_value
from guiju.core.lists.fields import FIELDS
from guiju.core.lists.likeness import alike, core_of, likeness, repeated, told_apart
from guiju.core.lists.model import TABLES, Edition, Item
from guiju.core.lists.words import Alteration, ItemKind

LEAST_LIKE = 60
"""From this share of common pairs of characters on (in %), a new code is a new number."""

_Key: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs; ``path`` is a path of ``fields``, or an attribute of an edition."""

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What happened to one item.

    Attributes:
        before: None for a new item.
        after: None for an item that is gone.
        fields: what differs; the code among it for an item with a new number.
    """

    kind: ItemKind
    before: Item | None
    after: Item | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def alteration(self) -> Alteration:
        if self.before is None:
            return Alteration.ADDED
        if self.after is None:
            return Alteration.REMOVED
        is_same = self.before.code == self.after.code
        return Alteration.CHANGED if is_same else Alteration.RENUMBERED

    @property
    def code(self) -> str:
        """The code by which the item is known now, or was known last."""
        item = self.after or self.before
        return item.code if item else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes, table by table and in the order of codes; false when there are none."""

    head: tuple[FieldChange, ...]
    items: tuple[ItemChange, ...]

    def __bool__(self) -> bool:
        return bool(self.head or self.items)

    def of(self, kind: ItemKind, alteration: Alteration) -> tuple[ItemChange, ...]:
        """Return the changes of one sort in one table."""
        return tuple(c for c in self.items if c.kind is kind and c.alteration is alteration)


def compare(old: Edition, new: Edition) -> Difference:
    """Return what ``new`` changes in ``old``; the order of rows changes nothing."""
    head = tuple(
        FieldChange(name, getattr(old, name), getattr(new, name))
        for name in HEAD
        if getattr(old, name) != getattr(new, name)
    )
    items = [
        change for kind in ItemKind for change in _table(kind, old.table(kind), new.table(kind))
    ]
    return Difference(head, tuple(items))


def field_changes(before: Item, after: Item) -> tuple[FieldChange, ...]:
    """Return what ``after`` says otherwise than ``before``, an item of the same table."""
    return tuple(
        FieldChange(field.path, one, other)
        for field in FIELDS[before.item_kind]
        if plain_value(one := field.value(before)) != plain_value(other := field.value(after))
    )


def apply(old: Edition, difference: Difference) -> Edition:
    """Return the edition that ``difference`` makes of ``old``, where it was compared from."""
    tables: dict[str, tuple[Item, ...]] = {}
    by_kind: dict[ItemKind, list[ItemChange]] = defaultdict(list)
    for change in difference.items:
        by_kind[change.kind].append(change)
    for kind, changes in by_kind.items():
        held: dict[_Key, Item | None] = dict(_keyed(old.table(kind)))
        for change in changes:
            _take(held, change.before)
        made = [change.after for change in changes if change.after is not None]
        kept = [item for item in held.values() if item is not None]
        tables[TABLES[kind]] = (*kept, *made)
    head = {change.path: change.after for change in difference.head}
    return replace(old, **head, **tables)  # type: ignore[arg-type]


def _take(held: dict[_Key, Item | None], wanted: Item | None) -> None:
    """Take one item out; of several with one code the one that says the same."""
    place = 0
    while wanted is not None and (wanted.code, place) in held:
        if held[wanted.code, place] == wanted:
            held[wanted.code, place] = None
            return
        place += 1


def _table(kind: ItemKind, old: tuple[Item, ...], new: tuple[Item, ...]) -> Iterator[ItemChange]:
    before, after = _keyed(old), _keyed(new)
    gone = sorted(before.keys() - after.keys())
    come = sorted(after.keys() - before.keys())
    renumbered = paired([before[key] for key in gone], [after[key] for key in come])
    taken = {come[place] for place in renumbered.values()}
    changes = [_changed(kind, before[key], after[key]) for key in before.keys() & after.keys()]
    for place, key in enumerate(gone):
        if place in renumbered:
            changes.append(_changed(kind, before[key], after[come[renumbered[place]]]))
        else:
            changes.append(ItemChange(kind, before[key], None))
    changes += [ItemChange(kind, None, after[key]) for key in come if key not in taken]
    made = (change for change in changes if change is not None)
    return iter(sorted(made, key=lambda change: (change.code, str(change.alteration))))


def _changed(kind: ItemKind, before: Item, after: Item) -> ItemChange | None:
    if before is after or before == after:
        return None
    fields = field_changes(before, after)
    return ItemChange(kind, before, after, fields) if fields else None


def _keyed(items: Iterable[Item]) -> dict[_Key, Item]:
    """Number items that share a code, by what they say and not by where they stand."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.code].append(item)
    keyed: dict[_Key, Item] = {}
    for code, group in groups.items():
        if len(group) > 1:
            group.sort(key=lambda item: canonical(item_content(item)))
        keyed.update(((code, place), item) for place, item in enumerate(group))
    return keyed


def paired(gone: Sequence[Item], come: Sequence[Item]) -> dict[int, int]:
    """Pair items of one table by their titles, the most alike first; places in both.

    Those are paired whose titles have at least ``LEAST_LIKE`` percent of their pairs of
    characters in common, and which no number or bracket tells apart.
    """
    if not gone or not come:
        return {}
    titles = [item.title for item in (*gone, *come)]
    found = chain(alike(titles, least=LEAST_LIKE), repeated([core_of(title) for title in titles]))
    likely = sorted(
        (-likeness(titles[pair.one], titles[pair.other]), pair.one, pair.other)
        for pair in found
        if pair.one < len(gone) <= pair.other
    )
    paired: dict[int, int] = {}
    used: set[int] = set()
    for _, one, other in likely:
        if one in paired or other in used or told_apart(titles[one], titles[other]):
            continue
        paired[one] = other - len(gone)
        used.add(other)
    return paired
