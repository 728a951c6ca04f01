"""Reorganisation: merging, splitting and dissolving units, by which no history is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from guiju.base.org import checks, find
from guiju.base.org.actions import closing, tree
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import UNIT_SPLIT, UNITS_MERGED
from guiju.base.org.models import Succession, Unit
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words_bodies import SuccessionKind
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Parts:
    """Into which units one is split, and who goes where.

    Attributes:
        rows: the new units; without a parent they stand where the old one stood.
        share: for sub-units and people, by reference, to which of the rows they go, from 0;
            the others go to the first.
    """

    rows: Sequence[UnitRow]
    share: Mapping[str, int] = field(default_factory=dict)


def merge_units(
    *, units: Sequence[str], into: UnitRow | str, reform: Reform, by: Actor, at: datetime
) -> Unit:
    """Merge units into a new one, or into one that goes on; return the unit that follows.

    The old ones are abolished with their posts, whose appointments end on that day; units and
    people below, bodies, memberships and statutory duties go over. New posts are founded, and
    people appointed, by acts of their own.

    Args:
        units: references of those that cease.
        into: the new unit, or the reference of the one that takes them up.
        reform: from when, by what document.
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-67, ORG-68 for appointments that would begin
            later, ORG-69 for no unit or the same twice; ORG-25 to ORG-45 for the new one.
        Denied: ORG-05 when one would be taken up by its own sub-unit, ORG-06 one is no more;
            what ``recording`` raises.
        Conflict: ORG-02, ORG-08.
    """
    reform = tree.checked(reform, at)
    olds = _distinct(units, reform)
    reference = into if isinstance(into, str) else new_reference("unit")
    name = find.found(Unit, into).name if isinstance(into, str) else into.name
    draft = UNITS_MERGED(
        object=reference,
        name=name,
        before=[old.reference for old in olds],
        date=str(reform.on),
        document=reform.document,
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        tree.lock_tree()
        if isinstance(into, str):
            target = find.found(Unit, into)
            _require_apart(olds, target, reform)
        else:
            target = _new(into, olds[0], reform, reference, by=by, at=at)
        for old in olds:
            closing.carry_over(old, {"": target}, reform, by=by, at=at)
            closing.close(old, reform, SuccessionKind.MERGED, to=target, by=by, at=at)
        Succession.objects.bulk_create(
            [_succession(old, target, SuccessionKind.MERGED, reform) for old in olds]
        )
    return target


def split_unit(
    *, unit: str, parts: Parts, reform: Reform, by: Actor, at: datetime
) -> tuple[Unit, ...]:
    """Split a unit into new ones; it is abolished as in ``merge_units``. Return the new ones.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-67, ORG-68; ORG-69 for fewer than two parts or a
            share that names none of them; ORG-25 to ORG-45 for the new ones.
        Denied: ORG-06 when it is no more; what ``recording`` raises.
        Conflict: ORG-02, ORG-08.
    """
    reform = tree.checked(reform, at)
    old = find.found(Unit, unit)
    find.require_living(old, reform.on)
    if len(parts.rows) < 2 or not set(parts.share.values()) <= set(range(len(parts.rows))):
        raise Invalid(
            "ORG-69",
            zh("分设须写明两个以上的新单位，每个下级和人员都归到其中一个。请核对后再提交。"),
        )
    references = [new_reference("unit") for _ in parts.rows]
    draft = UNIT_SPLIT(
        object=unit,
        name=old.name,
        after=references,
        date=str(reform.on),
        document=reform.document,
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        tree.lock_tree()
        find.hold(old)
        made = [
            _new(row, old, reform, reference, by=by, at=at)
            for row, reference in zip(parts.rows, references, strict=True)
        ]
        shares = {reference: made[place] for reference, place in parts.share.items()}
        closing.carry_over(old, {"": made[0], **shares}, reform, by=by, at=at)
        closing.close(old, reform, SuccessionKind.SPLIT, to=made[0], by=by, at=at)
        Succession.objects.bulk_create(
            [_succession(old, one, SuccessionKind.SPLIT, reform) for one in made]
        )
    return tuple(made)


def dissolve_unit(*, unit: str, reform: Reform, by: Actor, at: datetime) -> None:
    """Abolish a unit that nobody follows; its posts are abolished, appointments to them end.

    Nobody carries its statutory duties then, which their page tells.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04, ORG-67, ORG-68.
        Denied: ORG-06 when it is no more, ORG-07 while units, people or bodies are left in it;
            what ``recording`` raises.
        Conflict: ORG-08.
    """
    reform = tree.checked(reform, at)
    found = find.found(Unit, unit)
    find.require_endable(found, reform.on)
    closing.require_empty(found, reform)
    closing.close(found, reform, SuccessionKind.DISSOLVED, by=by, at=at)


def _distinct(units: Sequence[str], reform: Reform) -> list[Unit]:
    if not units or len(set(units)) < len(units):
        raise Invalid("ORG-69", zh("请选择要合并的单位，每个只选一次。"))
    olds = [find.found(Unit, reference) for reference in units]
    for old in olds:
        find.require_living(old, reform.on)
    # The lowest first: what is closed already need not move.
    return sorted(olds, key=lambda old: -old.path.count("/"))


def _require_apart(olds: Sequence[Unit], target: Unit, reform: Reform) -> None:
    find.require_living(target, reform.on)
    for old in olds:
        if target.path.startswith(old.path):
            raise Denied(
                "ORG-05",
                zh(
                    "「{old}」不能并入它自己或它的下级「{target}」。请另选接收的单位。",
                    old=old.name,
                    target=target.name,
                ),
            )


def _new(
    row: UnitRow, old: Unit, reform: Reform, reference: str, *, by: Actor, at: datetime
) -> Unit:
    """Found a unit that follows ``old``: on that day, and without a parent where it stood."""
    above = Unit.objects.filter(code=row.parent).first() if row.parent else old.parent
    placed = replace(row, parent=above.code if above else row.parent, founded=reform.on)
    return tree.found_below(placed, above, reference=reference, by=by, at=at)


def _succession(before: Unit, after: Unit, kind: SuccessionKind, reform: Reform) -> Succession:
    return Succession(
        before=before, after=after, kind=kind.value, date=reform.on, document=reform.document
    )
