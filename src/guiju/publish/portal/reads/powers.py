"""The powers of a published edition: a page of them, one with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.lists.model import ITEMS, Item
from guiju.core.lists.powers import NegativeItem, Power
from guiju.core.lists.sheet import PowerSheet, sheet_of
from guiju.core.lists.words import Audience, ItemKind
from guiju.core.plain import made
from guiju.core.sentence import Sentence, zh
from guiju.publish.portal.models import Issue, OpenItem
from guiju.publish.portal.reads.issues import NotThere

SIZE = 100
_MOST_NEGATIVE = 300


@dataclass(frozen=True, slots=True)
class PowerPage:
    """Some powers; ``after`` is where the next page begins, None where there is none."""

    powers: tuple[Power, ...]
    after: int | None


def powers_of(issue: Issue, kind: str, after: int) -> PowerPage:
    """Return the powers of a kind, or of all, that stand after a place; one query."""
    rows = OpenItem.objects.filter(issue=issue, kind=ItemKind.POWER.value, place__gt=after)
    if kind:
        rows = rows.filter(group=kind)
    found = list(rows.order_by("place").only("place", "content")[: SIZE + 1])
    powers = tuple(made(Power, row.content) for row in found[:SIZE])
    return PowerPage(powers, found[SIZE - 1].place if len(found) > SIZE else None)


def sheet_at(issue: Issue, code: str) -> PowerSheet:
    """Return a power with all that belongs to it and is public; three queries.

    Raises:
        NotThere: when the edition shows no power of that code, or none any more.
    """
    items = _items(issue, code)
    power = next((one for one in items if isinstance(one, Power) and one.code == code), None)
    if power is None:
        raise NotThere(why=why_closed(issue, ItemKind.POWER, code))
    main = _items(issue, power.parent) if power.parent else []
    rows = OpenItem.objects.filter(issue=issue, kind=ItemKind.NEGATIVE.value).order_by("place")
    negatives = [made(NegativeItem, row.content) for row in rows.only("content")[:_MOST_NEGATIVE]]
    bound = [one for one in negatives if one.post and one.post == power.post]
    return sheet_of(power, items, main, negatives=bound)


def why_closed(issue: Issue, kind: ItemKind, code: str) -> Sentence | None:
    """Return why an item of an edition is not public any more; None for one that never was."""
    for of, known, audience, reason, _ in issue.closed:
        if (of, known) == (kind.value, code):
            return withheld_words(audience, reason)
    return None


def withheld_words(audience: str | None, reason: str) -> Sentence:
    """Return why something is not public, by the class of its exemption."""
    if reason:
        return zh("不公开：{reason}", reason=reason)
    if audience is None:
        return zh("不公开，没有写明理由")
    return zh("只对{audience}公开", audience=Audience.of(audience).label)


def _items(issue: Issue, code: str) -> list[Item]:
    rows = OpenItem.objects.filter(issue=issue, power=code).order_by("kind", "place")
    found: list[Item] = [
        made(ITEMS[ItemKind.of(row.kind)], row.content) for row in rows.only("kind", "content")
    ]
    return found
