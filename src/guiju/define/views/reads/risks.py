"""Risks by unit and grade, and the catalogue of them (S1-19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from guiju.base.ui.sources import Rows
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.words import ControlState, ItemKind, RiskState
from guiju.define.lists import models
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.rows import item_of

UNGRADED = 9
"""The rank of a risk without a grade: behind all others."""


@dataclass(frozen=True, slots=True)
class UnitRisks:
    """A unit in the risk map: how many open risks of each grade its lists have.

    Attributes:
        most: the largest number of one grade in one unit of those shown together.
    """

    edition: Edition
    counts: Mapping[int, int]
    most: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class RiskLine:
    """A risk in the catalogue, with what people call its power and step."""

    number: int
    edition: Edition
    risk: Risk
    profile: Profile
    power: str
    step: str
    controls: tuple[Control, ...] = field(default=())


def unit_risks(
    editions: QuerySet[Edition], conditions: Mapping[str, str], *, layer: str = ""
) -> Rows[UnitRisks]:
    """Return the units of the map; a page costs two queries.

    Args:
        editions: those that count.
        conditions: ``search`` a part of the unit's name.
        layer: only risks of this layer.
    """
    rows = editions.select_related("unit")
    if text := conditions.get("search", ""):
        rows = rows.filter(unit__name__contains=text)

    def make(found: Sequence[Edition]) -> Sequence[UnitRisks]:
        counts: dict[int, Counter[int]] = {one.number: Counter() for one in found}
        for edition, rank, count in _counted(list(counts), layer).values_list(
            "edition", "rank", "n"
        ):
            counts[edition][rank] += count
        most = max((n for one in counts.values() for n in one.values()), default=0)
        return [UnitRisks(one, counts[one.number], most) for one in found]

    return Rows(rows, make)


def grade_totals(editions: QuerySet[Edition], *, layer: str = "") -> dict[int, int]:
    """Return how many open risks of each grade all these editions have; one query."""
    counted: dict[int, int] = dict.fromkeys((*GRADES, UNGRADED), 0)
    rows = _counted(editions.order_by().values("number"), layer).values_list("rank", "n")
    for rank, count in rows:
        counted[rank] = counted.get(rank, 0) + count
    return counted


def _counted(editions: object, layer: str) -> QuerySet[Any, Any]:
    rows = open_risks(Q(edition__in=editions))
    if layer:
        rows = rows.filter(group=layer)
    counted: QuerySet[Any, Any] = rows.order_by().values("edition", "rank").annotate(n=Count("pk"))
    return counted


def open_risks(condition: Q) -> QuerySet[Any, Any]:
    """Return risks that are not closed, with their grade as ``rank``."""
    rows = models.Item.objects.filter(condition, kind=ItemKind.RISK.value)
    ranked: QuerySet[Any, Any] = rows.exclude(state=RiskState.CLOSED.value).annotate(
        rank=Coalesce("grade", UNGRADED)
    )
    return ranked


def catalogue(editions: QuerySet[Edition], conditions: Mapping[str, str]) -> Rows[RiskLine]:
    """Return risks, the gravest first; a page costs four queries.

    Args:
        editions: of which editions.
        conditions: ``search`` code or text of the risk, ``grade`` 1 to 3 or ``none``,
            ``layer``, ``post`` a part of its post's name, ``unit`` a part of its unit's name.
    """
    rows = open_risks(Q(edition__in=editions.order_by().values("number")))
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(title__contains=text) | Q(code__begins=text))
    if grade := conditions.get("grade", ""):
        rows = rows.filter(grade=None) if grade == "none" else rows.filter(grade=grade)
    if layer := conditions.get("layer", ""):
        rows = rows.filter(group=layer)
    if post := conditions.get("post", ""):
        rows = rows.filter(post__contains=post)
    if unit := conditions.get("unit", ""):
        rows = rows.filter(edition__unit__name__contains=unit)
    return Rows(rows.select_related("edition__unit"), _lines)


def _lines(found: Sequence[models.Item]) -> Sequence[RiskLine]:
    beside = _beside(found)
    profiles: dict[int, Profile] = {}
    for row in found:
        if row.edition_id not in profiles:
            profiles[row.edition_id] = profile_of(row.edition)
    lines = []
    for row in found:
        risk = item_of(row)
        assert isinstance(risk, Risk)  # noqa: S101 - open_risks reads no others
        at = row.edition_id
        lines.append(
            RiskLine(
                row.number,
                row.edition,
                risk,
                profiles[at],
                beside.powers.get((at, risk.power), risk.power),
                beside.steps.get((at, risk.flow, risk.step), risk.step),
                tuple(beside.controls.get((at, risk.code), ())),
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class _Beside:
    powers: dict[tuple[int, str], str] = field(default_factory=dict)
    steps: dict[tuple[int, str, str], str] = field(default_factory=dict)
    controls: dict[tuple[int, str], list[Control]] = field(default_factory=dict)


def _beside(found: Sequence[models.Item]) -> _Beside:
    """Return the powers, flows and controls of these risks; one query.

    Whatever belongs to a power bears its code, so the risks' powers find them all.
    """
    wanted = Q(pk__in=[])
    kinds = (ItemKind.POWER, ItemKind.FLOW, ItemKind.CONTROL)
    by_edition: dict[int, set[str]] = {}
    for row in found:
        by_edition.setdefault(row.edition_id, set()).add(row.power)
    for edition, powers in by_edition.items():
        wanted |= Q(edition=edition, power__in=powers)
    rows = models.Item.objects.filter(wanted, kind__in=[one.value for one in kinds])
    told = _Beside()
    for row in rows.only(*_TOLD).order_by("place"):
        _tell(told, row)
    return told


_TOLD = ("edition", "kind", "code", "risk", "title", "state", "content")


def _tell(told: _Beside, row: models.Item) -> None:
    if row.kind == ItemKind.POWER.value:
        told.powers[row.edition_id, row.code] = row.title
    elif row.kind == ItemKind.FLOW.value:
        graph = row.content.get("graph") or {}
        for node in graph.get("nodes", ()):
            key = node.get("number") or node["id"]
            told.steps[row.edition_id, row.code, key] = node.get("name", "")
    elif row.state != ControlState.RETIRED.value:
        control = item_of(row)
        assert isinstance(control, Control)  # noqa: S101 - the only kind left
        told.controls.setdefault((row.edition_id, row.risk), []).append(control)
