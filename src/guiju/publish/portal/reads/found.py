"""Finding powers in use by plain words; at most three queries, however large the lists are."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from django.db.models import Case, Count, F, FloatField, Sum, Value, When

from guiju.core.lists.asking import asked
from guiju.core.lists.powers import Power
from guiju.core.lists.words import EditionState
from guiju.core.plain import made
from guiju.publish.portal.models import Gram, OpenItem
from guiju.publish.portal.reads.issues import published

MOST_FOUND = 50
_MOST_READ = 20_000
"""How many places are looked at; of grams that stand everywhere only so many."""

_COMMON = 50_000


@dataclass(frozen=True, slots=True)
class Found:
    """A power that was found, and in whose edition."""

    power: Power
    unit_name: str
    edition: str


def search(question: str) -> list[Found]:
    """Return the powers in use that fit a question best, the best first."""
    weights = _weights(asked(question))
    if not weights:
        return []
    score = Sum(
        F("weight")
        * Case(
            *(When(gram=gram, then=Value(value)) for gram, value in weights.items()),
            default=Value(0.0),
            output_field=FloatField(),
        ),
        output_field=FloatField(),
    )
    issues = published(EditionState.EFFECTIVE).order_by().values("pk")
    rows = Gram.objects.filter(gram__in=list(weights), item__issue__in=issues)
    best = rows.values("item").annotate(score=score).order_by("-score", "item")
    order = [row["item"] for row in best[:MOST_FOUND]]
    found = OpenItem.objects.filter(pk__in=order).select_related("issue__edition")
    told = {
        row.pk: Found(
            made(Power, row.content), row.issue.head["unit_name"], row.issue.edition.reference
        )
        for row in found.defer("issue__content", "issue__changes")
    }
    return [told[pk] for pk in order if pk in told]


def _weights(wanted: tuple[str, ...]) -> dict[str, float]:
    """Return how much each gram counts: the rarer the more; so many that few rows are read."""
    rows = Gram.objects.filter(gram__in=wanted).values_list("gram").annotate(count=Count("pk"))
    kept: dict[str, float] = {}
    read = 0
    for gram, count in sorted(rows, key=lambda row: row[1]):
        if kept and read + count > _MOST_READ:
            break
        read += count
        kept[gram] = log(1 + _COMMON / count)
    return kept
