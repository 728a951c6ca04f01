"""What of an older edition is not public any more since the edition in use closed it (K8, S2-09).

An item is the same by its table and code. What belongs to a closed power or risk goes with it.
Nothing that was closed is said again but how much, and why by the class of its exemption.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from guiju.core.lists.model import TABLES, Control, Edition, Item
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.public import Withheld, withheld_order, withheld_why
from guiju.core.lists.words import ItemKind

Key = tuple[ItemKind, str]
Shut = Mapping[Key, Withheld]
"""By table and code what is not public, and why."""


@dataclass(frozen=True, slots=True)
class Closed:
    """An older edition's public form without what is closed now.

    Attributes:
        edition: what is left.
        items: what went, with the class of its exemption.
        withheld: the same counted, for whoever asks how much; what went with its power or risk
            is not counted again.
    """

    edition: Edition
    items: Shut
    withheld: tuple[Withheld, ...]


def key_of(item: Item) -> Key:
    """Return by what an item is the same in another edition."""
    return item.item_kind, item.code


def shut_in(whole: Edition, shown: Edition, profile: Profile) -> Shut:
    """Return what an edition holds and does not show, and why; what belongs to it by its owner's.

    Args:
        whole: everything.
        shown: its public form, as it was published.
        profile: to whom items are shown that say nothing themselves.
    """
    open_ones = {key_of(one) for one in shown.items()}
    own = {
        key_of(one): why
        for one in whole.items()
        if key_of(one) not in open_ones and (why := withheld_why(one, profile))
    }
    owners = _Owners(whole)
    found = dict(own)
    for item in whole.items():
        if key_of(item) in open_ones or key_of(item) in own:
            continue
        above = next((own[key] for key in owners.of(item) if key in own), None)
        found[key_of(item)] = (
            replace(above, kind=item.item_kind)
            if above
            else Withheld(item.item_kind, None, "", None)
        )
    return found


def closed(shown: Edition, shut: Shut) -> Closed:
    """Return an older edition's public form without what the edition in use does not show."""
    owners = _Owners(shown)
    gone: dict[Key, Withheld] = {}
    counted: Counter[Withheld] = Counter()
    tables: dict[str, tuple[Item, ...]] = {}
    for kind, name in TABLES.items():
        left = []
        for item in shown.table(kind):
            above = next((shut[key] for key in owners.of(item) if key in shut), None)
            why = shut.get(key_of(item))
            if above is None and why is None:
                left.append(item)
                continue
            if above is None and why is not None:
                counted[replace(why, count=1)] += 1
            gone[key_of(item)] = why or replace(above or _UNSAID, kind=kind)
        tables[name] = tuple(left)
    kept = replace(shown, **tables)  # type: ignore[arg-type] # each table its own sort
    told = (replace(one, count=count) for one, count in counted.items())
    return Closed(kept, gone, tuple(sorted(told, key=withheld_order)))


_UNSAID = Withheld(ItemKind.POWER, None, "", None)


def added(before: Iterable[Withheld], more: Iterable[Withheld]) -> tuple[Withheld, ...]:
    """Return both, those of one class counted together."""
    counted: Counter[Withheld] = Counter()
    for one in (*before, *more):
        counted[replace(one, count=1)] += one.count
    told = (replace(one, count=count) for one, count in counted.items())
    return tuple(sorted(told, key=withheld_order))


def touches(item: Item, gone: Collection[Key]) -> bool:
    """Tell whether an item is among what went, or names a power or risk that did."""
    power, risk = getattr(item, "power", ""), getattr(item, "risk", "")
    return (
        key_of(item) in gone
        or bool(power and (ItemKind.POWER, power) in gone)
        or bool(risk and (ItemKind.RISK, risk) in gone)
    )


class _Owners:
    """To what each item of an edition belongs, the nearest first."""

    def __init__(self, edition: Edition) -> None:
        self._parents = {one.code: one.parent for one in edition.powers}
        self._risks = {one.code: one.power for one in edition.risks}

    def of(self, item: Item) -> list[Key]:
        """Return the risk, the power and the main items above it, without the item itself."""
        found: list[Key] = []
        if isinstance(item, Control):
            found.append((ItemKind.RISK, item.risk))
            power = self._risks.get(item.risk, "")
        elif isinstance(item, Power):
            power = item.parent
        else:
            power = str(getattr(item, "power", ""))
        seen: set[str] = set()
        while power and power not in seen:
            seen.add(power)
            found.append((ItemKind.POWER, power))
            power = self._parents.get(power, "")
        return found
