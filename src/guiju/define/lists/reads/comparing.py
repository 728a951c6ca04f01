"""Two editions beside each other: what differs, how much, and what was decided of it.

Compared once, however often it is shown: what is under review, and any two that a reader picks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from guiju.core.access import Scope
from guiju.core.errors import Invalid
from guiju.core.lists.aligning import aligned
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.diff import Difference, FieldChange, ItemChange, compare
from guiju.core.lists.naming import Place
from guiju.core.lists.words import Alteration, ItemKind
from guiju.core.sentence import zh
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.editions import counts_of, visible
from guiju.define.lists.reads.kept import Kept
from guiju.define.lists.reads.whole import whole

UNCHANGED = "unchanged"
"""The condition for what both editions say alike."""

_KINDS = tuple(ItemKind)

VerdictsOf = Callable[[Sequence[int]], Mapping[str, Decision]]
"""Returns what was decided in editions of one unit of the powers before, by their codes."""

_VERDICTS: list[VerdictsOf] = []
_DIFFERENCES: Kept[tuple[Difference, Mapping[Place, str]]] = Kept(8)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions compared.

    Attributes:
        codes: of two units, the code that each item of ``new`` bears in truth.
        altered: how many items of each table are altered, and how.
        counts: how many items the tables of both have, by the editions' numbers.
    """

    old: Edition
    new: Edition
    difference: Difference
    codes: Mapping[Place, str]
    altered: Mapping[tuple[ItemKind, Alteration], int]
    counts: Mapping[int, Mapping[ItemKind, int]]

    def count(self, edition: Edition, kind: ItemKind) -> int:
        """Return how many items a table of one of both has."""
        return self.counts.get(edition.number, {}).get(kind, 0)

    def unchanged(self, kind: ItemKind) -> int:
        """Return how many items of a table both say alike."""
        others = (one for one in Alteration if one is not Alteration.ADDED)
        return self.count(self.old, kind) - sum(self.altered.get((kind, one), 0) for one in others)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a comparison: a field that differs, or an item that only one of them has.

    Attributes:
        number: its place.
        kind, title: of the item.
        old_code, new_code: what it is called by in both; empty where it is not.
        change: None for an item that both say alike.
        field: what differs; None for a whole item.
        decision: what was decided of a power.
    """

    number: int
    kind: ItemKind
    title: str
    old_code: str
    new_code: str
    change: ItemChange | None = None
    field: FieldChange | None = None
    decision: Decision | None = None

    @property
    def how(self) -> str:
        """What became of it: the code of an ``Alteration``, or ``UNCHANGED``."""
        return self.change.alteration.value if self.change else UNCHANGED


def add_verdicts(reader: VerdictsOf) -> None:
    """Let an area say what was decided of powers (S2-12: 保留、取消、下放、整合)."""
    if reader not in _VERDICTS:
        _VERDICTS.append(reader)


def verdicts_between(old: Edition, new: Edition, near: Sequence[Edition]) -> dict[str, Decision]:
    """Return what was decided on the way from the older to the newer of two editions of one unit.

    Of two units there is nothing between them; ``near`` is from ``beside``.
    """
    if old.unit_id != new.unit_id:
        return {}
    first, last = sorted((old.ordinal, new.ordinal))
    passed = [one for one in (*near, new) if one.unit_id == new.unit_id]
    found: dict[str, Decision] = {}
    for reader in _VERDICTS:
        found |= reader([one.number for one in passed if first < one.ordinal <= last])
    return found


def comparable(edition: Edition) -> Q:
    """Return the other editions of its unit, and those that follow the same profile."""
    alike = Q(unit=edition.unit_id) | Q(profile=edition.profile)
    return alike & ~Q(number=edition.number)


def require_comparable(one: Edition, other: Edition) -> None:
    """Refuse to compare what is filled by different rules.

    Raises:
        Invalid: EDITION-26.
    """
    if one.unit_id != other.unit_id and one.profile != other.profile:
        raise Invalid(
            "EDITION-26",
            zh(
                "「{one}」和「{other}」不是一个单位的，用的配置也不同，不能对比。"
                "请另选本单位的一版，或用同一配置的一版。",
                one=one.title,
                other=other.title,
            ),
        )


def beside(edition: Edition, scope: Scope, person: str, also: str = "") -> list[Edition]:
    """Return the other editions of a unit that somebody may read, the newest first.

    One query, and what ``visible`` asks. ``also`` is the reference of one of another unit, which
    comes last where they may read it.
    """
    wanted = Q(unit=edition.unit_id) | Q(reference=also)
    rows = Edition.objects.filter(visible(scope, person), wanted).exclude(number=edition.number)
    found = rows.select_related("unit").order_by("-ordinal")
    return sorted(found, key=lambda one: one.unit_id != edition.unit_id)


def difference_of(old: Edition, new: Edition) -> Difference:
    """Return what ``new`` changes in ``old``; two queries unless it was compared already.

    Of two units the items are found again by what they are called (``core.lists.aligning``).
    """
    return _compared(old, new)[0]


def compared(old: Edition, new: Edition) -> Compared:
    """Return two editions compared; one query more than ``difference_of``."""
    difference, codes = _compared(old, new)
    altered = Counter((one.kind, one.alteration) for one in difference.items)
    return Compared(old, new, difference, codes, altered, counts_of([old.number, new.number]))


def _compared(old: Edition, new: Edition) -> tuple[Difference, Mapping[Place, str]]:
    def work() -> tuple[Difference, Mapping[Place, str]]:
        one, other = whole(old), whole(new)
        if old.unit_id == new.unit_id:
            return compare(one, other), {}
        like = aligned(one, other)
        return compare(one, like.edition), like.codes

    key = (old.reference, old.revision, new.reference, new.revision)
    return _DIFFERENCES.of(key, work)


def changes_in(
    found: Compared, conditions: Mapping[str, str], verdicts: Mapping[str, Decision]
) -> list[Change]:
    """Return the lines of a comparison in the order of tables and codes; at most one query.

    What both say alike is among them where it is asked for, and where a verdict was given on it.

    Args:
        found: the comparison.
        conditions: ``kind`` a table, ``how`` an alteration or ``UNCHANGED``, ``verdict`` a
            verdict, ``search`` the beginning of a code or a part of the title.
        verdicts: what was decided of powers of the old edition.
    """
    lines: list[Change] = []
    if conditions.get("how") != UNCHANGED:
        lines += _altered(found, verdicts)
    if verdicts or conditions.get("how") == UNCHANGED:
        lines += _alike(found, verdicts, with_all=conditions.get("how") == UNCHANGED)
    kept = [one for one in lines if _fits(one, conditions)]
    kept.sort(key=lambda one: (_KINDS.index(one.kind), one.new_code or one.old_code))
    return [replace(one, number=at) for at, one in enumerate(kept, 1)]


def _altered(found: Compared, verdicts: Mapping[str, Decision]) -> Iterator[Change]:
    for one in found.difference.items:
        item = one.after or one.before
        title = item.title if item else ""
        old = one.before.code if one.before else ""
        new = one.after.code if one.after else ""
        new = found.codes.get((one.kind, new), new)
        decision = verdicts.get(old) if one.kind is ItemKind.POWER else None
        for field in one.fields or (None,):
            yield Change(0, one.kind, title, old, new, one, field, decision)


def _alike(
    found: Compared, verdicts: Mapping[str, Decision], *, with_all: bool
) -> Iterator[Change]:
    differs = {
        (one.kind, found.codes.get((one.kind, one.after.code), one.after.code))
        for one in found.difference.items
        if one.after
    }
    olds = {(kind, code): was for (kind, was), code in found.codes.items()}
    rows = Item.objects.filter(edition=found.new.number)
    if not with_all:
        rows = rows.filter(kind=ItemKind.POWER.value, code__in=list(verdicts))
    for text, code, title in rows.values_list("kind", "code", "title"):
        place = kind, _ = ItemKind.of(text), code
        old = olds.get(place, code)
        if place not in differs:
            decision = verdicts.get(old) if kind is ItemKind.POWER else None
            yield Change(0, kind, title, old, code, decision=decision)


def _fits(one: Change, conditions: Mapping[str, str]) -> bool:
    kind, how = conditions.get("kind", ""), conditions.get("how", "")
    verdict, text = conditions.get("verdict", ""), conditions.get("search", "")
    return (
        (not kind or one.kind.value == kind)
        and (not how or one.how == how)
        and (not verdict or bool(one.decision and one.decision.verdict.value == verdict))
        and (
            not text
            or text in one.title
            or one.old_code.startswith(text)
            or one.new_code.startswith(text)
        )
    )
