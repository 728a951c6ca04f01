"""The flow of a power: the flow model of ``core.flow``, and what a list adds to its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from guiju.core.flow.model import Flow, Node
from guiju.core.lists.values import Publication
from guiju.core.lists.words import ItemKind, Layer, Stage
from guiju.core.terms import NodeKind

_STEPS = (NodeKind.TASK, NodeKind.CALL)


def step_key(node: Node) -> str:
    """Return how lists name a step: its number, or its id where it has none."""
    return node.number or node.id


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNote:
    """What a list says about a step beyond its node in the flow.

    Attributes:
        step: the step's key.
        is_key: a key node of the power (S4-04).
        lead_unit, joint_units: who leads and who joins a parallel approval (S1-38).
        refines: key of the step of the flow above that this one carries out (S3-08 to S3-10).
        passes_alone: the step counts as agreed when its time runs out (S0-21).
    """

    step: str
    is_key: bool = False
    lead_unit: str = ""
    joint_units: tuple[str, ...] = ()
    refines: str = ""
    documents: tuple[str, ...] = ()
    may_pause: bool = False
    passes_alone: bool = False
    stage: Stage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerFlow:
    """A flow of a power (S3-25: one power, one set of flows).

    Attributes:
        power: code of the power.
        layer: whose flow it is; those of leaders and posts refine that of the unit.
        parent: code of the flow that this one refines.
        is_active: exactly one flow of each layer and parent is in use.
        graph: the flow itself; None where only its name is known.
        notes: what the list adds to steps, at most one for each.
    """

    item_kind: ClassVar[ItemKind] = ItemKind.FLOW
    code: str
    power: str = ""
    name: str = ""
    layer: Layer = Layer.UNIT
    parent: str = ""
    is_active: bool = True
    graph: Flow | None = None
    notes: tuple[StepNote, ...] = ()
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.name

    @property
    def steps(self) -> tuple[Node, ...]:
        """The tasks of the flow, in the order of the table."""
        return tuple(n for n in self.graph.nodes if n.kind in _STEPS) if self.graph else ()

    @property
    def noted(self) -> Mapping[str, StepNote]:
        """The notes by the step that they are about."""
        return {note.step: note for note in self.notes}
