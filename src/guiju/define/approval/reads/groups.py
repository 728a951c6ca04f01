"""Changes put together by the power that they belong to, for reading them one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from guiju.core.lists.diff import Difference, ItemChange, compare
from guiju.core.lists.model import TABLES, Control, Item, Power
from guiju.core.lists.words import Alteration, ItemKind
from guiju.define.approval.reads.changes import before
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.reads.comparing import difference_of
from guiju.define.lists.reads.whole import whole


@dataclass(frozen=True, slots=True)
class Group:
    """All that changes about one power.

    Attributes:
        power: its code; empty for what belongs to none.
        title: what it is called; empty for what belongs to none.
        grade: its grade, where it has one.
        changes: its own first.
    """

    power: str
    title: str
    grade: int | None
    changes: tuple[ItemChange, ...]

    @property
    def alteration(self) -> Alteration:
        """What becomes of the power itself; a power stays where only what belongs to it differs."""
        own = next((one for one in self.changes if one.kind is ItemKind.POWER), None)
        return own.alteration if own else Alteration.CHANGED

    @property
    def counts(self) -> Mapping[ItemKind, int]:
        """How many items of each table change, without the power itself."""
        return Counter(one.kind for one in self.changes if one.kind is not ItemKind.POWER)


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition changes.

    Attributes:
        old: the edition that it is compared with; None for a unit's first.
        groups: by the power's code, what belongs to none last.
    """

    old: Edition | None
    difference: Difference
    groups: tuple[Group, ...]

    def count(self, alteration: Alteration) -> int:
        """Return how many powers are altered so; one whose items differ counts as changed."""
        return sum(one.alteration is alteration for one in self.groups if one.power)


def changes_of(edition: Edition) -> Changes:
    """Return what an edition changes, in groups; at most five queries."""
    old = before(edition)
    found = difference_of(old, edition) if old else _all_of(edition)
    powers = (
        _powers_of_risks(edition, old)
        if any(c.kind is ItemKind.CONTROL for c in found.items)
        else {}
    )
    held: dict[str, list[ItemChange]] = {}
    for change in found.items:
        held.setdefault(_power(change, powers), []).append(change)
    titles = _titles(edition, old, held)
    groups = [_group(code, held[code], titles) for code in sorted(held, key=lambda c: (not c, c))]
    return Changes(old, found, tuple(groups))


def _all_of(edition: Edition) -> Difference:
    told = whole(edition)
    nothing = replace(told, **dict.fromkeys(TABLES.values(), ()))  # type: ignore[arg-type] # tables
    return compare(nothing, told)


def _group(
    code: str, changes: list[ItemChange], titles: Mapping[str, tuple[str, int | None]]
) -> Group:
    own = next((c.after or c.before for c in changes if c.kind is ItemKind.POWER), None)
    title, grade = titles.get(code, ("", None))
    if isinstance(own, Power):
        title, grade = own.name, own.grade
    changes.sort(key=lambda one: one.kind is not ItemKind.POWER)
    return Group(code, title or code, grade, tuple(changes))


def _power(change: ItemChange, powers: Mapping[str, str]) -> str:
    item: Item | None = change.after or change.before
    if isinstance(item, Power):
        return item.code
    if isinstance(item, Control):
        return powers.get(item.risk, "")
    return getattr(item, "power", "")


def _powers_of_risks(edition: Edition, old: Edition | None) -> dict[str, str]:
    rows = models.Item.objects.filter(
        edition__in=[one.number for one in (old, edition) if one], kind=ItemKind.RISK.value
    )
    return dict(rows.order_by("edition").values_list("code", "power"))


def _titles(
    edition: Edition, old: Edition | None, codes: Mapping[str, object]
) -> dict[str, tuple[str, int | None]]:
    rows = models.Item.objects.filter(
        edition__in=[one.number for one in (old, edition) if one], kind=ItemKind.POWER.value
    )
    told = rows.order_by("edition").values_list("code", "title", "grade")
    return {code: (title, grade) for code, title, grade in told if code in codes}
