"""Changing or removing several items of one table of a draft at once: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.diff import field_changes
from guiju.core.lists.model import ITEMS, Control, Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.define.lists import find, models
from guiju.define.lists.actions.editing import check_item, last_place, move_controls
from guiju.define.lists.events import ITEMS_CHANGED, ITEMS_REMOVED
from guiju.define.lists.rows import columns_of, item_of

MOST_AT_ONCE = 200
"""So many codes and fields still fit into one event."""


@dataclass(frozen=True, slots=True)
class _Change:
    row: models.Item | None
    before: Item | None
    item: Item
    paths: tuple[str, ...]


def put_items(
    *, edition: str, items: Sequence[Item], revision: int | None, by: Actor, at: datetime
) -> int:
    """Add items of one table to a draft, or change those that bear their codes; one event.

    Args:
        edition: the draft's reference.
        items: of one table, each complete, no code twice.
        revision: the revision that whoever changes them has seen; None for any.
        by: who changes them.
        at: when.

    Returns:
        How many were added or changed.

    Raises:
        Invalid: EDITION-01; as ``check_item``; EDITION-14 for a code that stands twice;
            EDITION-19 for none, too many, or items of several tables.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    kind = _one_table(items)
    found = find.edition_at(edition)
    find.require_draft(found)
    changes = _changes(found, kind, items)
    if not changes:
        return 0
    added = sum(one.before is None for one in changes)
    draft = ITEMS_CHANGED(
        object=edition,
        kind=kind.value,
        count=len(changes),
        added=added,
        changed=len(changes) - added,
        codes=[one.item.code for one in changes],
        fields=[" ".join(one.paths) for one in changes],
        revision=found.revision + 1,
    )
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, revision, at)
        held.save(update_fields=find.COUNTED)
        new, old = _rows_of(held, kind, changes)
        models.Item.objects.bulk_create(new)
        if old:
            models.Item.objects.bulk_update(old, _columns(kind))
        for one in changes:
            move_controls(held, one.before, one.item)
    return len(changes)


def remove_items(
    *,
    edition: str,
    kind: ItemKind,
    codes: Sequence[str],
    revision: int | None,
    by: Actor,
    at: datetime,
) -> list[Item]:
    """Remove items of one table from a draft and return them; one event.

    Raises:
        Invalid: EDITION-01; EDITION-13 for one that is not there; EDITION-19 for none or too many.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    if not 0 < len(codes) <= MOST_AT_ONCE:
        raise _not_so_many()
    found = find.edition_at(edition)
    find.require_draft(found)
    rows = list(_rows(found, kind, codes).order_by("place"))
    missing = sorted(set(codes) - {one.code for one in rows})
    if missing:
        raise find.no_item(kind, missing[0])
    draft = ITEMS_REMOVED(
        object=edition,
        kind=kind.value,
        count=len(rows),
        codes=[one.code for one in rows],
        revision=found.revision + 1,
    )
    with recording(draft, by=by, at=at):
        find.hold_draft(found, revision, at).save(update_fields=find.COUNTED)
        models.Item.objects.filter(number__in=[one.number for one in rows]).delete()
    return [item_of(one) for one in rows]


def _one_table(items: Sequence[Item]) -> ItemKind:
    kinds = {one.item_kind for one in items}
    if len(kinds) != 1 or len(items) > MOST_AT_ONCE:
        raise _not_so_many()
    seen: set[str] = set()
    for item in items:
        check_item(item)
        if item.code in seen:
            raise Invalid(
                "EDITION-14",
                zh("编码「{code}」出现了两次。请改成各不相同的编码。", code=item.code),
            )
        seen.add(item.code)
    return kinds.pop()


def _not_so_many() -> Invalid:
    return Invalid(
        "EDITION-19",
        zh("一次可以改动同一张表的 1 到 {most} 项。请分几次办理。", most=MOST_AT_ONCE),
    )


def _changes(edition: models.Edition, kind: ItemKind, items: Sequence[Item]) -> list[_Change]:
    rows = {one.code: one for one in _rows(edition, kind, [one.code for one in items])}
    found = []
    for item in items:
        row = rows.get(item.code)
        before = item_of(row) if row else None
        paths = tuple(one.path for one in field_changes(before, item)) if before else ()
        if before is None or paths:
            found.append(_Change(row, before, item, paths))
    return found


def _rows_of(
    edition: models.Edition, kind: ItemKind, changes: Sequence[_Change]
) -> tuple[list[models.Item], list[models.Item]]:
    """Return the rows to add, and those to change, as they are to be."""
    powers = _powers_of(edition, [one.item for one in changes])
    place = last_place(edition, kind)
    new: list[models.Item] = []
    old: list[models.Item] = []
    for one in changes:
        columns = columns_of(one.item, powers)
        if one.row is None:
            place += 1
            new.append(models.Item(edition=edition, place=place, **columns))
            continue
        for name, value in columns.items():
            setattr(one.row, name, value)
        old.append(one.row)
    return new, old


def _columns(kind: ItemKind) -> list[str]:
    return [name for name in columns_of(ITEMS[kind](code="1"), {}) if name not in ("kind", "code")]


def _powers_of(edition: models.Edition, items: Sequence[Item]) -> Mapping[str, str]:
    risks = {one.risk for one in items if isinstance(one, Control)}
    if not risks:
        return {}
    return dict(_rows(edition, ItemKind.RISK, sorted(risks)).values_list("code", "power"))


def _rows(edition: models.Edition, kind: ItemKind, codes: Sequence[str]) -> QuerySet[models.Item]:
    return models.Item.objects.filter(edition=edition, kind=kind.value, code__in=codes)
