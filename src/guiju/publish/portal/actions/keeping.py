"""What is kept of a published edition: its rows, what it changes, by what it is found."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from guiju.core.lists.asking import grams_of
from guiju.core.lists.closing import Shut, closed
from guiju.core.lists.diff import compare
from guiju.core.lists.model import Control, Item, Power
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.words import EditionState, ItemKind, PowerKind
from guiju.core.plain import made, plain
from guiju.define.lists.models import NAME, Edition
from guiju.define.lists.profiles import profile_of
from guiju.exchange.lists.plain import edition_of
from guiju.publish.portal.models import Gram, Issue, OpenItem

BATCH = 2000
_FORMER = (EditionState.EFFECTIVE.value, EditionState.SUPERSEDED.value)


def rows_of(issue: Issue, shown: Lists) -> Iterator[OpenItem]:
    """Yield the rows of an edition's public form."""
    power_of = {one.code: one.power for one in shown.risks}
    for kind in ItemKind:
        for place, item in enumerate(shown.table(kind)):
            yield OpenItem(
                issue=issue,
                kind=kind.value,
                code=item.code,
                place=place,
                title=item.title[:NAME],
                power=_power(item, power_of),
                group=item.kind[:40] if isinstance(item, Power) else "",
                content=plain(item),
            )


def _power(item: Item, power_of: dict[str, str]) -> str:
    if isinstance(item, Power):
        return item.code
    if isinstance(item, Control):
        return power_of.get(item.risk, "")
    return getattr(item, "power", "")


def groups_of(edition: Edition, shown: Lists) -> list[list[Any]]:
    """Return each kind of power with its name in the body's words and how many there are."""
    profile = profile_of(edition)
    counted = Counter(one.kind for one in shown.powers)
    order = [one.value for one in PowerKind]
    found = sorted(counted, key=lambda kind: (order.index(kind) if kind in order else 99, kind))
    return [[kind, profile.kind_label(kind) or "", counted[kind]] for kind in found]


def changes_of(edition: Edition, shown: Lists, shut: Shut) -> list[list[Any]] | None:
    """Return what changes in the unit's published edition before; None where there is none.

    Of what the edition closes (``shut``) the one before is not told.
    """
    older = Issue.objects.filter(
        edition__unit=edition.unit_id,
        edition__ordinal__lt=edition.ordinal,
        edition__state__in=_FORMER,
    )
    before = older.order_by("-edition__ordinal").first()
    if before is None:
        return None
    old = closed(edition_of(zlib.decompress(before.content)), shut).edition
    return [
        [one.kind.value, plain(one.before), plain(one.after)] for one in compare(old, shown).items
    ]


def grams_of_issue(issue: Issue) -> Iterator[Gram]:
    """Yield by what the powers of a published edition are found."""
    rows = OpenItem.objects.filter(issue=issue, kind=ItemKind.POWER.value).only("content")
    for row in rows.iterator(BATCH):
        for gram, weight in grams_of(made(Power, row.content)).items():
            yield Gram(item=row, gram=gram, weight=weight)
