"""权力 × 步骤 × 风险 × 措施 × 责任: the chain of every power, and where it is broken (S3-49)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guiju.core.flow.model import Node
from guiju.core.lists.facts import Facts
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Edition
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ControlState, Layer
from guiju.core.sentence import zh
from guiju.core.terms import Term


class Hole(Term):
    """Where the chain from a power to those who answer for it is broken."""

    NO_FLOW = "no_flow", zh("权力没有流程")
    NO_STEPS = "no_steps", zh("流程没有步骤")
    NO_POST = "no_post", zh("步骤没有岗位")
    NO_RISK = "no_risk", zh("权力没有风险点")
    UNPLACED = "unplaced", zh("风险没有落到步骤")
    UNGRADED = "ungraded", zh("风险没有定级")
    NO_CONTROL = "no_control", zh("风险没有防控措施")
    NO_OWNER = "no_owner", zh("措施没有责任岗位")
    NO_SUPERVISOR = "no_supervisor", zh("措施没有监督人")


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One chain, as far as it goes.

    A hole stands in the first row of the thing that lacks something, so that counting rows
    counts things.
    """

    number: int
    power: Power | None = None
    flow: PowerFlow | None = None
    step: Node | None = None
    risk: Risk | None = None
    control: Control | None = None
    holes: tuple[Hole, ...] = ()


def coverage(edition: Edition) -> tuple[CoverageRow, ...]:
    """Return the chains of an edition: power by power, step by step, then risks without a power.

    Repealed powers, closed risks, flows and controls that are given up are left out.
    """
    view = View(edition, Facts(), Profile(code=""), date.min)
    rows = [row for power in view.powers for row in _of_power(view, power)]
    known = {power.code for power in edition.powers}
    rows += [
        row for risk in view.risks if risk.power not in known for row in _of_risk(view, None, risk)
    ]
    return tuple(replace(row, number=number) for number, row in enumerate(rows, 1))


@dataclass(frozen=True, slots=True)
class Placed:
    """How many steps of the flows in use there are, and at how many a risk was found (S3-12)."""

    steps: int
    risky: int

    @property
    def percent(self) -> int:
        """Whole percent, rounded down; 0 where there is no step."""
        return 100 * self.risky // self.steps if self.steps else 0


def placed_in(rows: Sequence[CoverageRow]) -> Placed:
    """Return how far risks were looked for step by step."""
    steps: dict[tuple[str, str], bool] = {}
    for row in rows:
        if row.flow is not None and row.step is not None:
            at = row.flow.code, step_key(row.step)
            steps[at] = steps.get(at, False) or row.risk is not None
    return Placed(len(steps), sum(steps.values()))


def holes_of(rows: Sequence[CoverageRow]) -> Mapping[Hole, int]:
    """Return how many things have each hole."""
    counted = Counter(hole for row in rows for hole in row.holes)
    return {hole: counted[hole] for hole in Hole}


def _of_power(view: View, power: Power) -> Iterator[CoverageRow]:
    flows = view.flows_of.get(power.code, [])
    risks = view.risks_of.get(power.code, [])
    is_group = power.code in view.children
    holes = []
    if not flows and not is_group and not view.of_line(view.flows_of, power):
        holes.append(Hole.NO_FLOW)
    if not risks and not is_group and not view.of_line(view.risks_of, power):
        holes.append(Hole.NO_RISK)
    rows = list(_chains(view, power, flows, risks)) or [CoverageRow(0, power)]
    yield replace(rows[0], holes=(*holes, *rows[0].holes))
    yield from rows[1:]


def _chains(
    view: View, power: Power, flows: Sequence[PowerFlow], risks: Sequence[Risk]
) -> Iterator[CoverageRow]:
    placed: dict[tuple[str, str], list[Risk]] = {}
    for risk in risks:
        placed.setdefault((risk.flow, risk.step), []).append(risk)
    for flow in flows:
        steps = view.steps_of[flow.code]
        if not steps:
            yield CoverageRow(0, power, flow, holes=(Hole.NO_STEPS,))
        for step in steps:
            yield from _of_step(
                view, power, flow, step, placed.pop((flow.code, step_key(step)), [])
            )
    for left in placed.values():
        for risk in left:
            yield from _of_risk(view, power, risk)


def _of_step(
    view: View, power: Power, flow: PowerFlow, step: Node, risks: Sequence[Risk]
) -> Iterator[CoverageRow]:
    rows = [
        replace(row, flow=flow, step=step)
        for risk in risks
        for row in _of_risk(view, power, risk, is_placed=True)
    ] or [CoverageRow(0, power, flow, step)]
    if not step.post.strip():
        rows[0] = replace(rows[0], holes=(Hole.NO_POST, *rows[0].holes))
    yield from rows


def _of_risk(
    view: View, power: Power | None, risk: Risk, *, is_placed: bool = False
) -> Iterator[CoverageRow]:
    flow = view.flow.get(risk.flow)
    step = _step(flow, risk.step)
    holes = []
    if not is_placed and step is None and power is not None and risk.layer is not Layer.PERSON:
        holes.append(Hole.UNPLACED)
    if risk.grade is None:
        holes.append(Hole.UNGRADED)
    controls = [one for one in view.controls_of.get(risk.code, ()) if _counts(one)]
    first = CoverageRow(0, power, flow if step else None, step, risk, holes=tuple(holes))
    if not controls:
        yield replace(first, holes=(*holes, Hole.NO_CONTROL))
    for place, control in enumerate(controls):
        begun = first if not place else replace(first, holes=())
        yield replace(begun, control=control, holes=(*begun.holes, *_of_control(control)))


def _step(flow: PowerFlow | None, key: str) -> Node | None:
    return next((one for one in flow.steps if step_key(one) == key), None) if flow and key else None


def _counts(control: Control) -> bool:
    return control.state is not ControlState.RETIRED and says_something(control.text)


def _of_control(control: Control) -> Iterator[Hole]:
    if not control.post.strip():
        yield Hole.NO_OWNER
    if not control.supervisor.strip():
        yield Hole.NO_SUPERVISOR
