"""From rows to a flow: the gateways that a table leaves unsaid are made up here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind
from guiju.exchange.steps.regions import (
    Place,
    Region,
    find_regions,
    predecessors,
    reached,
    successors,
)
from guiju.exchange.steps.step import END, Problems, Step

MOST_LEVELS = 100
"""How many parallel splits may end together at one row."""


def unfold(steps: Sequence[Step], name: str) -> Flow:
    """Return the flow that the rows describe; every number that they name must exist.

    Raises:
        Invalid: STEP-13 for rows that nothing leads to, STEP-14 for rows without a way to
            the end, STEP-15 for parallel branches that do not meet, STEP-02 for too many.
    """
    after = successors(steps)
    _check_reach(steps, reached(after, steps[0].number), reached(predecessors(after), END))
    return _Drawing(find_regions(steps, after)).draw(steps, name)


def _check_reach(steps: Sequence[Step], entered: set[Place], leaving: set[Place]) -> None:
    problems = Problems()
    for step in steps:
        if step.number not in entered:
            problems.add(_unentered(step))
        elif step.number not in leaving:
            problems.add(_endless(step))
    problems.settle()


def _unentered(step: Step) -> Invalid:
    return Invalid(
        "STEP-13",
        zh(
            "第 {line} 行：没有哪一步走到第 {number} 步「{name}」。"
            "请在它前一步的「下一步」列写上 {number}。",
            line=step.line,
            number=step.number,
            name=step.name,
        ),
    )


def _endless(step: Step) -> Invalid:
    return Invalid(
        "STEP-14",
        zh(
            "第 {line} 行：从第 {number} 步「{name}」出发，怎样都走不到结束。"
            "请在「下一步」列补上通向「结束」的一条路。",
            line=step.line,
            number=step.number,
            name=step.name,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """A way into a row: the node it comes from, and its condition.

    ``within`` holds the splits that end at this row inside which the way lies, outermost
    first, each with the branch.
    """

    source: str
    condition: str = ""
    within: tuple[tuple[tuple[str, int], int], ...] = ()


class _Drawing:
    """The nodes and edges made so far."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.ending: dict[Place, list[Region]] = {}
        for region in sorted(regions, key=lambda region: -len(region.branch)):
            self.ending.setdefault(region.meeting, []).append(region)
        self.entries: dict[str, list[_Entry]] = {END: []}

    def draw(self, steps: Sequence[Step], name: str) -> Flow:
        """Return the whole flow."""
        self._node("start", NodeKind.START, "开始")
        self.entries |= {step.number: [] for step in steps}
        self.entries[steps[0].number].append(_Entry("start"))
        for step in steps:
            self._leave(step)
        for step in steps:
            self._enter(step.number, "s" + step.number)
        self._node("end", NodeKind.END, "结束")
        self._enter(END, "end")
        return Flow("flow", name, tuple(self.nodes), tuple(self.edges))

    def _leave(self, step: Step) -> None:
        source = "s" + step.number
        self.nodes.append(task_of(step))
        if len(step.ways) > 1:
            choice = self._node(f"x_{step.number}", NodeKind.EXCLUSIVE)
            self._edge(_Entry(source), choice)
            source = choice
        for k, way in enumerate(step.ways):
            if len(way.targets) == 1:
                self._lead(step.number, way.targets[0], _Entry(source, way.condition))
                continue
            split = self._node(f"p_{step.number}_{k + 1}", NodeKind.PARALLEL)
            self._edge(_Entry(source, way.condition), split)
            for target in way.targets:
                self._lead((step.number, k), target, _Entry(split))

    def _lead(self, place: Place, target: str, entry: _Entry) -> None:
        within = tuple(
            (region.split, region.branch[place])
            for region in self.ending.get(target, ())
            if place in region.branch
        )
        if len(within) > MOST_LEVELS:
            raise Invalid("STEP-02", zh("步骤表里并行套并行的层数太多。请拆成几张表。"))
        self.entries[target].append(_Entry(entry.source, entry.condition, within))

    def _enter(self, number: str, target: str) -> None:
        self._edge(self._one(self.entries[number], 0, f"{target}_"), target)

    def _one(self, entries: Sequence[_Entry], level: int, name: str) -> _Entry:
        """Bring entries together: branches of one split by waiting, all others by merging."""
        alternatives = [entry for entry in entries if len(entry.within) == level]
        splits: dict[tuple[str, int], dict[int, list[_Entry]]] = {}
        for entry in entries:
            if len(entry.within) > level:
                split, branch = entry.within[level]
                splits.setdefault(split, {}).setdefault(branch, []).append(entry)
        for branches in splits.values():
            join = self._node(f"j_{name}{len(self.nodes)}", NodeKind.PARALLEL)
            for inside in branches.values():
                self._edge(self._one(inside, level + 1, name), join)
            alternatives.append(_Entry(join))
        if len(alternatives) == 1:
            return alternatives[0]
        merge = self._node(f"m_{name}{len(self.nodes)}", NodeKind.EXCLUSIVE)
        for alternative in alternatives:
            self._edge(alternative, merge)
        return _Entry(merge)

    def _node(self, id_: str, kind: NodeKind, name: str = "") -> str:
        self.nodes.append(Node(id_, kind, name))
        return id_

    def _edge(self, entry: _Entry, target: str) -> None:
        number, said = len(self.edges) + 1, entry.condition
        self.edges.append(Edge(f"f{number}", entry.source, target, name=said, condition=said))


def task_of(step: Step) -> Node:
    """Return the node of a row."""
    return Node(
        "s" + step.number,
        NodeKind.TASK,
        step.name,
        number=step.number,
        post=step.post,
        phase=step.phase,
        step=step.kind,
        limit=step.limit,
        signing=step.signing,
    )
