"""From the rows of step tables to flows: those of one table and one name are one flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guiju.core.flow.model import Flow
from guiju.core.lists.flows import StepNote, step_key
from guiju.core.lists.model import Edition
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind
from guiju.exchange.lists.draft import Draft
from guiju.exchange.lists.fields import NOTES
from guiju.exchange.lists.raw import Raw
from guiju.exchange.lists.straight import flow_of
from guiju.exchange.lists.teller import Teller
from guiju.exchange.steps.step import Column

_COLUMNS = {
    "step.number": Column.NUMBER,
    "step.name": Column.NAME,
    "step.kind": Column.KIND,
    "step.phase": Column.PHASE,
    "step.post": Column.POST,
    "step.limit": Column.LIMIT,
    "step.next": Column.NEXT,
    "step.condition": Column.CONDITION,
    "step.signing": Column.SIGNING,
}
_STEPS = (NodeKind.TASK, NodeKind.CALL)
_NOT_SOUND = zh("这套流程走不通，各步都没有采用；为什么，写在它第一步的名称处。")


@dataclass(slots=True)
class _Gathered:
    power: str
    name: str
    raws: list[Raw] = field(default_factory=list)


class Flows:
    """Gathers step rows, and makes the flows once a sheet is read."""

    def __init__(self, draft: Draft, teller: Teller) -> None:
        self.draft, self.teller = draft, teller
        self._gathered: dict[tuple[int, str, str], _Gathered] = {}

    def add(self, raw: Raw) -> bool:
        """Keep a row for the flow that it belongs to."""
        if "step.name" not in raw.pieces:
            return False
        power = self.teller.name(raw, "power.name")
        name = self.teller.text(raw, "flow.name") or raw.title
        key = (raw.table, power, name)
        self._gathered.setdefault(key, _Gathered(power, name)).raws.append(raw)
        return True

    def finish(self) -> None:
        """Make a flow of each group; rows that make none are told, their name is kept."""
        for one in self._gathered.values():
            rows = [
                (raw.line, {c: raw.pieces[t].text for t, c in _COLUMNS.items() if t in raw.pieces})
                for raw in one.raws
            ]
            graph = flow_of(rows, one.name or one.power)
            for place, raw in enumerate(one.raws):
                for target in _COLUMNS.keys() & raw.pieces.keys():
                    if isinstance(graph, Flow):
                        self.teller.take(raw, target, raw.pieces[target].text)
                    elif place == 0 and target == "step.name":
                        self.teller.leave(raw, target, zh("这张步骤表走不通：{why}", why=graph))
                    else:
                        self.teller.leave(raw, target, _NOT_SOUND)
            power = self.draft.power_named(one.power)[0] if one.power else ""
            name = one.name or one.power
            self.draft.new(
                ItemKind.FLOW,
                (power, name),
                power=power,
                name=name,
                graph=graph if isinstance(graph, Flow) else None,
                notes=self._notes(one, graph) if isinstance(graph, Flow) else (),
            )

    def _notes(self, one: _Gathered, graph: Flow) -> tuple[StepNote, ...]:
        """Return what the rows say beyond the flow; they stand in the order of its steps."""
        steps = [node for node in graph.nodes if node.kind in _STEPS]
        notes = []
        for raw, node in zip(one.raws, steps, strict=False):
            said: dict[str, Any] = {}
            for wanted in NOTES:
                value = self.teller.value(raw, f"step.{wanted.path}", wanted)
                if value is not None:
                    said[wanted.path] = value
            if said:
                notes.append(StepNote(step=step_key(node), **said))
        return tuple(notes)


def bound(edition: Edition) -> Edition:
    """Return the edition whose risks name the flow and the step that their rows mean.

    A sheet of risks says at which step one stands by the step's name; where exactly one step
    of the flows of its power is called so, that is the one.
    """
    steps: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for flow in edition.flows:
        for node in flow.steps:
            steps[flow.power, node.name].append((flow.code, step_key(node)))
    return replace(edition, risks=tuple(_bound(one, steps) for one in edition.risks))


def _bound(risk: Risk, steps: Mapping[tuple[str, str], list[tuple[str, str]]]) -> Risk:
    found = steps.get((risk.power, risk.step), []) if risk.step and not risk.flow else []
    if len(found) != 1:
        return risk
    ((flow, step),) = found
    return replace(risk, flow=flow, step=step)
