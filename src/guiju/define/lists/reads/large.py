"""What the checks said of a very large edition, item by item, as it was worked out last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from guiju.core.lists.lint import Finding
from guiju.core.lists.states import IN_USE, OPEN
from guiju.core.lists.words import EditionState, ItemKind, Severity
from guiju.core.sentence import Listing, Sentence
from guiju.define.lists.models import Checked, CheckedItem, Edition
from guiju.define.lists.reads.checks import AT_ONCE, report_of

_LIVING = frozenset(one.value for one in OPEN | IN_USE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The checks have not come to what an edition says now.

    Attributes:
        since: when they looked last; for the first time, since when they are waited for.
        is_first: whether they never looked yet.
    """

    since: datetime
    is_first: bool


@dataclass(frozen=True, slots=True)
class AtItems:
    """What was found at some items of a table, the gravest first; ``waiting`` where it is old."""

    rows: Mapping[str, list[Finding]]
    waiting: Waiting | None = None


def findings_at(
    edition: Edition, items: int, kind: ItemKind, codes: Collection[str], on: date
) -> AtItems:
    """Return what is found at some items as things stand on a day.

    A very large edition costs two queries, and its findings may be those of before its last
    change; any other is judged at once (``report_of``).

    Args:
        edition: with its unit.
        items: how many it has.
        kind: of the asked items.
        codes: which are asked for.
        on: the day.
    """
    rows: dict[str, list[Finding]] = {code: [] for code in codes}
    if items <= AT_ONCE:
        for one in report_of(edition, on).findings:
            if one.kind is kind and one.item in rows:
                rows[one.item].append(one)
        return AtItems(rows)
    held = Checked.objects.filter(edition=edition).first()
    if held is None:
        return AtItems(rows, Waiting(edition.changed_at, is_first=True))
    kept = CheckedItem.objects.filter(edition=edition, kind=kind.value, item__in=list(codes))
    for row in kept:
        rows[row.item] = [finding_of(kind, row.item, told) for told in row.findings]
    is_now = is_current(edition, held, on)
    return AtItems(rows, None if is_now else Waiting(held.at, is_first=False))


def is_current(edition: Edition, held: Checked, on: date) -> bool:
    """Tell whether the checks have come to what an edition says; one that is over ages no more."""
    return held.revision == edition.revision and (held.on == on or edition.state not in _LIVING)


def large_editions() -> list[str]:
    """Return the references of very large editions; of what is over, those never looked at."""
    dropped = (EditionState.REPEALED, EditionState.SUPERSEDED, EditionState.GIVEN_UP)
    rows = Edition.objects.exclude(state__in=[one.value for one in dropped], checked__isnull=False)
    large = rows.annotate(items_held=Count("items")).filter(items_held__gt=AT_ONCE)
    return list(large.order_by("number").values_list("reference", flat=True))


def told_of(finding: Finding) -> list[Any]:
    """Return a finding as it is kept beside its item."""
    return [
        finding.code,
        finding.severity.value,
        finding.field,
        finding.step,
        _told(finding.sentence),
        finding.source,
        finding.accepted,
        finding.title,
    ]


def finding_of(kind: ItemKind | None, item: str, told: list[Any]) -> Finding:
    """Return the finding that was kept."""
    code, severity, field, step, sentence, source, accepted, title = told
    said = _value(sentence)
    if not isinstance(said, Sentence):
        raise TypeError(sentence)
    grave = Severity.of(severity)
    return Finding(code, grave, kind, item, field, step, said, source, accepted, title)


def _told(value: object) -> Any:  # noqa: ANN401 - JSON has no one type
    if isinstance(value, Sentence):
        return {"zh": value.template, "with": [[name, _told(one)] for name, one in value.values]}
    if isinstance(value, Listing):
        pattern = _told(value.pattern) if value.pattern else None
        return {"row": [_told(one) for one in value.items], "each": pattern, "cut": value.cut}
    return value


def _value(told: Any) -> Any:  # noqa: ANN401 - as above
    if not isinstance(told, dict):
        return told
    if "zh" in told:
        return Sentence(told["zh"], tuple((name, _value(one)) for name, one in told["with"]))
    return Listing(tuple(_value(one) for one in told["row"]), _value(told["each"]), told["cut"])
