"""A flow as plain, frozen data, whatever file it was written in.

The canonical written form is BPMN 2.0 XML with ``guiju:`` extension attributes
(design.md, section 3); a step table is what offices have.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from guiju.core.terms import LimitUnit, NodeKind, Phase, SigningMode, StepKind, TaskKind


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a step may take: ``amount`` in ``unit``."""

    amount: int
    unit: LimitUnit


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs a step: ``required`` people, or all who are asked when it is None."""

    mode: SigningMode
    required: int | None = None


@dataclass(frozen=True, slots=True)
class Repeat:
    """Multi-instance: the step is done ``times`` over, or an unknown number (>= 1) when None."""

    sequential: bool
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One element of a flow.

    Attributes:
        id: unique within the file; made up by the reader where the file has none.
        name: what people call it; for a task this is the activity in event logs.
        number: the step's number in a step table, such as ``3`` or ``3.1``.
        post: the post that acts here (a lane's name in BPMN).
        inside: id of the enclosing subprocess, empty at the top.
        attached_to: for a boundary event, the id of the step it watches.
        default: id of the edge taken when no condition holds.
        link: name that pairs a link throw with its catch.
        calls: id of the flow that a call activity runs.
        timer: the timer's text as written (ISO 8601 duration, date or cycle).
        recorded: whether logs hold an event for it; None means tasks yes, all else no.
    """

    id: str
    kind: NodeKind
    name: str = ""
    task: TaskKind = TaskKind.PLAIN
    number: str = ""
    post: str = ""
    phase: Phase | None = None
    step: StepKind | None = None
    limit: Limit | None = None
    signing: Signing | None = None
    repeat: Repeat | None = None
    inside: str = ""
    attached_to: str = ""
    interrupting: bool = True
    default: str = ""
    link: str = ""
    calls: str = ""
    timer: str = ""
    recorded: bool | None = None

    @property
    def title(self) -> str:
        """The name, or the kind's label where the node has none."""
        return self.name or str(self.kind.label)

    @property
    def activity(self) -> str:
        """The activity that logs show when this node is done; empty when it leaves no event."""
        by_default = self.kind in (NodeKind.TASK, NodeKind.CALL)
        return self.title if (by_default if self.recorded is None else self.recorded) else ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A sequence flow from ``source`` to ``target`` (node ids)."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody drew an element, in whole pixels.

    Attributes:
        id: of the node or edge.
        numbers: of a node left, top, width, height; of an edge the points of its line.
    """

    id: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow: nodes and edges in file order; ``called`` holds flows that call activities run.

    ``layout`` says where its elements stand, if somebody drew them: of all nodes, or of none.
    """

    id: str
    name: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    called: tuple[Flow, ...] = field(default=())
    layout: tuple[Place, ...] = ()
