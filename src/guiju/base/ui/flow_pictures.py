"""The picture of a flow on a page: how far a matter has come, and where risks are watched.

The drawing is that of the public and of print (``exchange.picture``), its looks are those of
the page. Each step leads to its line in the list below, which says the same in words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString, mark_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.language import say, translate
from guiju.core.flow.drawing import lay_out
from guiju.core.flow.model import Flow, Node
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Direction, NodeKind, StepState
from guiju.exchange.picture import Mark, draw_flow

_STEPS = (NodeKind.TASK, NodeKind.CALL)
_TONES = {
    StepState.DONE: "good",
    StepState.NOW: "calm",
    StepState.NEXT: "wait",
    StepState.DEVIATING: "bad",
}
_GRADES = {1: "major", 2: "minor", 3: "none"}
NARROW = 900
"""Up to so many pixels a picture needs no button that makes it fit."""

NEAR = 1250
"""A picture up to so wide is made to fit where nearly as much is free, without being asked."""

_MOST_NUMBERS = 3
"""So many risks are numbered at a step; of more there is a sign, and all are told in words."""


@dataclass(frozen=True, slots=True)
class RiskAt:
    """A risk that is watched at a step.

    Attributes:
        number: its number in the sheet, shown at the step.
        grade: 1 to 3, 1 the gravest.
        says: what could go wrong.
    """

    number: int
    grade: int
    says: str


@dataclass(frozen=True, slots=True)
class StepMark:
    """What is shown at a step: its state, its risks, a sentence about it.

    ``is_wrong`` sets it in red: here the flow itself gets stuck.
    """

    state: StepState | None = None
    risks: tuple[RiskAt, ...] = ()
    note: Sentence | str = ""
    is_wrong: bool = False


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step in words."""

    anchor: str
    name: str
    post: str
    limit: Sentence | None
    state: Badge | None
    mark: StepMark


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """Everything that ``ui/parts/flow.html`` shows.

    Attributes:
        svg: the drawing, without a style of its own.
        lines: the same in words, in the order of the flow.
        anchor: tells several pictures on one page apart.
        is_wide: whether it is worth a button that makes it fit.
        is_near: whether it is hardly wider than a page.
    """

    title: str
    svg: SafeString
    lines: tuple[StepLine, ...]
    anchor: str
    is_wide: bool
    is_near: bool


def flow_picture(
    flow: Flow,
    marks: Mapping[str, StepMark] | None = None,
    *,
    anchor: str = "flow",
    lit: Collection[str] = (),
    direction: Direction = Direction.RIGHT,
) -> FlowPicture:
    """Return the picture of a flow.

    Args:
        flow: what is drawn.
        marks: what is shown at its steps, by their ids.
        anchor: begins the names of the steps in the page's addresses.
        lit: ids of edges that stand out.
        direction: which way it runs.
    """
    given = marks or {}
    steps = [node for node in flow.nodes if node.kind in _STEPS]
    lines = tuple(
        _line(node, given.get(node.id, StepMark()), f"{anchor}-{number}")
        for number, node in enumerate(steps, 1)
    )
    drawing = lay_out(flow, direction=direction, translate=translate())
    if any(mark.state for mark in given.values()):  # the words stand below the lowest step
        drawing = replace(drawing, height=drawing.height + 10)
    shown = {node.id: _mark(line) for node, line in zip(steps, lines, strict=True)}
    svg = draw_flow(flow, drawing, marks=shown, lit=lit, is_styled=False)
    safe = mark_safe(svg)  # noqa: S308 - every text in it was escaped by draw_flow
    is_wide, is_near = drawing.width > NARROW, NARROW < drawing.width <= NEAR
    return FlowPicture(flow.name, safe, lines, anchor, is_wide, is_near)


def _line(node: Node, mark: StepMark, anchor: str) -> StepLine:
    limit = None
    if node.limit:
        limit = zh("{amount} {unit}", amount=node.limit.amount, unit=node.limit.unit.label)
    state = Badge(_TONES[mark.state], mark.state.label) if mark.state else None
    return StepLine(anchor, node.title, node.post, limit, state, mark)


def _mark(line: StepLine) -> Mark:
    mark, state = line.mark, line.state
    gravest = min((risk.grade for risk in mark.risks), default=3)
    numbers = "、".join(str(risk.number) for risk in mark.risks[:_MOST_NUMBERS])
    numbers += "+" if len(mark.risks) > _MOST_NUMBERS else ""
    is_deviating = mark.is_wrong or mark.state is StepState.DEVIATING
    level = StepState.DEVIATING if mark.is_wrong else mark.state
    return Mark(
        level.value if level else "none",
        numbers or ("!" if is_deviating else ""),
        _spoken(line),
        f"{state.shape} {say(state.label)}" if state else "",
        _GRADES[gravest] if numbers else "major",
        f"#{line.anchor}",
    )


def _spoken(line: StepLine) -> str:
    """Return a step in one breath: name, post, state, risks."""
    said = [line.name, line.post, say(line.state.label) if line.state else ""]
    said += [say(zh("风险 {n}", n=risk.number)) for risk in line.mark.risks]
    said.append(say(line.mark.note))
    return say(listing(one for one in said if one))
