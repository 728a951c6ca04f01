"""Rows of the coverage matrix and of the flows, from their outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiju.core.flow.model import Node
from guiju.core.lists.coverage import CoverageRow
from guiju.core.lists.flows import PowerFlow, StepNote, step_key
from guiju.core.lists.outline import Chain, Stage
from guiju.core.lists.powers import Power
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.words import ItemKind
from guiju.define.lists.models import Edition
from guiju.define.views.reads.outlines import Found, items_at


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a flow; None for a flow of which only the name is known."""

    number: int
    flow: PowerFlow
    power: Power | None
    step: Node | None
    note: StepNote | None
    risks: tuple[Risk, ...] = ()


def chains(edition: Edition, rows: Sequence[Chain]) -> Sequence[CoverageRow]:
    """Return rows of the matrix with all that they show; one query."""
    found = items_at(
        edition,
        {
            ItemKind.POWER: [row.power for row in rows],
            ItemKind.FLOW: [row.flow for row in rows],
            ItemKind.RISK: [row.risk for row in rows],
            ItemKind.CONTROL: [row.control for row in rows],
        },
    )
    return [_row(one, found) for one in rows]


def _row(one: Chain, found: Found) -> CoverageRow:
    power, flow = found.get((ItemKind.POWER, one.power)), found.get((ItemKind.FLOW, one.flow))
    risk = found.get((ItemKind.RISK, one.risk))
    control = found.get((ItemKind.CONTROL, one.control))
    return CoverageRow(
        one.number,
        power if isinstance(power, Power) else None,
        flow if isinstance(flow, PowerFlow) else None,
        _step(flow, one.step),
        risk if isinstance(risk, Risk) else None,
        control if isinstance(control, Control) else None,
        one.holes,
    )


def stages(edition: Edition, rows: Sequence[Stage]) -> Sequence[StepLine]:
    """Return steps with all that they show; one query."""
    found = items_at(
        edition,
        {
            ItemKind.POWER: [row.power for row in rows],
            ItemKind.FLOW: [row.flow for row in rows],
            ItemKind.RISK: [code for row in rows for code in row.risks],
        },
    )
    return [_line(one, found) for one in rows]


def _line(one: Stage, found: Found) -> StepLine:
    flow, power = found[ItemKind.FLOW, one.flow], found.get((ItemKind.POWER, one.power))
    assert isinstance(flow, PowerFlow)  # noqa: S101 - of that table
    risks = (found.get((ItemKind.RISK, code)) for code in one.risks)
    return StepLine(
        one.number,
        flow,
        power if isinstance(power, Power) else None,
        _step(flow, one.step),
        flow.noted.get(one.step) if one.step else None,
        tuple(risk for risk in risks if isinstance(risk, Risk)),
    )


def _step(flow: object, key: str) -> Node | None:
    if not isinstance(flow, PowerFlow) or not key:
        return None
    return next((one for one in flow.steps if step_key(one) == key), None)
