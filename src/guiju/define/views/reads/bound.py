"""What binds posts in the lists by which their units act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from guiju.core.lists.bindings import Binding, Tie, bindings
from guiju.core.lists.words import ItemKind
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.rows import item_of
from guiju.define.views.reads.outlines import outline_of, rows_at

MOST_EACH = 200
"""So many things are shown that bind one post in one way."""

_TABLES = {
    Tie.HOLDS: ItemKind.POWER,
    Tie.LEADS: ItemKind.POWER,
    Tie.ACTS: ItemKind.FLOW,
    Tie.AT_RISK: ItemKind.RISK,
    Tie.OWNS: ItemKind.CONTROL,
    Tie.WATCHES: ItemKind.CONTROL,
    Tie.DUTY: ItemKind.DUTY,
    Tie.BARRED: ItemKind.NEGATIVE,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """Something that binds a post, with the power that it belongs to.

    Attributes:
        power: the power's code; empty for what belongs to none.
        power_name: what people call it.
    """

    edition: Edition
    binding: Binding
    power: str
    power_name: str


def bound(posts: Mapping[Edition, Sequence[str]]) -> list[Bound]:
    """Return what binds posts, of each kind and post the first ``MOST_EACH``.

    Two queries; one more for each edition of which the outline is not kept.

    Args:
        posts: by the edition that counts for them, the names and codes of the posts.
    """
    found: list[tuple[Edition, Binding, str]] = []
    for edition, rows in _rows(posts).items():
        items = [item_of(row) for row in rows]
        power_of = {(ItemKind.of(row.kind), row.code): row.power for row in rows}
        found += [
            (edition, one, power_of[one.item.item_kind, one.item.code])
            for one in bindings(items, posts[edition])
        ]
    called = _called((edition, power) for edition, _, power in found if power)
    return [
        Bound(edition, one, power, called.get((edition.number, power), ""))
        for edition, one, power in found
    ]


def times_bound(edition: Edition, names: Iterable[str]) -> Mapping[Tie, int]:
    """Return how often posts are bound in what way, also where only the first are shown."""
    known = outline_of(edition).posts
    counted = Counter[Tie]()
    for name in dict.fromkeys(names):
        counted.update(known[name].counts if name in known else {})
    return counted


def _rows(posts: Mapping[Edition, Sequence[str]]) -> dict[Edition, list[models.Item]]:
    wanted = {edition: _wanted(edition, names) for edition, names in posts.items()}
    by_number = {edition.number: edition for edition in posts}
    found: dict[Edition, list[models.Item]] = {edition: [] for edition in posts}
    for row in rows_at(wanted):
        found[by_number[row.edition_id]].append(row)
    return found


def _wanted(edition: Edition, names: Sequence[str]) -> Mapping[ItemKind, Collection[str]]:
    """Return the codes of what binds these posts, by table."""
    known = outline_of(edition).posts
    wanted: dict[ItemKind, set[str]] = {}
    for name in names:
        for tie, codes in known[name].codes.items() if name in known else ():
            wanted.setdefault(_TABLES[tie], set()).update(codes[:MOST_EACH])
    return wanted


def _called(wanted: Iterable[tuple[Edition, str]]) -> dict[tuple[int, str], str]:
    condition = Q(pk__in=[])
    by_edition: dict[int, set[str]] = {}
    for edition, power in wanted:
        by_edition.setdefault(edition.number, set()).add(power)
    for number, codes in by_edition.items():
        condition |= Q(edition=number, code__in=codes)
    rows = models.Item.objects.filter(condition, kind=ItemKind.POWER.value)
    told = rows.values_list("edition_id", "code", "title")
    return {(number, code): title for number, code, title in told}
