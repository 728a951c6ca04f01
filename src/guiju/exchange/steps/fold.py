"""From a flow to rows: gateways are folded back into the notation of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import NodeKind
from guiju.exchange.steps import notation
from guiju.exchange.steps.step import END, MOST_LEADS, Step, Way
from guiju.exchange.steps.unfold import unfold

_SAYABLE = (
    NodeKind.START,
    NodeKind.END,
    NodeKind.TASK,
    NodeKind.EXCLUSIVE,
    NodeKind.PARALLEL,
)
_OTHERWISE = "其他情况"


def fold(flow: Flow) -> list[Step]:
    """Return the rows that describe ``flow``, the first step first.

    Raises:
        Invalid: STEP-16 naming an element that a table cannot express, STEP-17 when the
            table would describe another flow.
    """
    for node in flow.nodes:
        _check(node)
    folding = _Folding(flow)
    steps = folding.steps()
    if any(node.kind is NodeKind.PARALLEL or len(folding.out[node.id]) > 1 for node in flow.nodes):
        _check_same(flow, folding.numbers, steps)
    return steps


def _check(node: Node) -> None:
    task = node.kind is NodeKind.TASK
    unusual = node.recorded is False if task else node.recorded is True
    if node.kind not in _SAYABLE or node.repeat or node.inside or unusual:
        raise _cannot(node, zh("步骤表只写得下普通步骤、选一条走和同时办"))
    if task and not node.name.strip():
        raise _cannot(node, zh("步骤没有名称"))


def _cannot(node: Node, why: Sentence) -> Invalid:
    return Invalid(
        "STEP-16",
        zh(
            "「{title}」（{kind}，{id}）写不进步骤表：{why}。请改存为 .bpmn 文件。",
            title=node.title,
            kind=node.kind.label,
            id=node.id,
            why=why,
        ),
    )


class _Folding:
    """The flow seen from its steps."""

    def __init__(self, flow: Flow) -> None:
        self.nodes = {node.id: node for node in flow.nodes}
        self.out: dict[str, list[Edge]] = {node.id: [] for node in flow.nodes}
        self.entering = dict.fromkeys(self.nodes, 0)
        for edge in flow.edges:
            self.out[edge.source].append(edge)
            self.entering[edge.target] += 1
        self.tasks = self._ordered([node for node in flow.nodes if node.kind is NodeKind.TASK])
        self.numbers = _numbers(self.tasks)

    def steps(self) -> list[Step]:
        """Return one row for each task."""
        return [
            Step(
                self.numbers[task.id],
                task.name,
                self._on(task, joined=False, seen=()),
                task.step,
                task.phase,
                task.post,
                task.limit,
                task.signing,
                line,
            )
            for line, task in enumerate(self.tasks, 2)
        ]

    def _ordered(self, tasks: list[Node]) -> list[Node]:
        """Put the step first that the flow begins with."""
        starts = [node for node in self.nodes.values() if node.kind is NodeKind.START]
        if len(starts) != 1:
            raise Invalid(
                "STEP-16",
                zh(
                    "流程有 {count} 个开始，步骤表要恰好一个。请改存为 .bpmn 文件。",
                    count=len(starts),
                ),
            )
        node = starts[0]
        for _ in self.nodes:
            if node.kind is NodeKind.TASK:
                return [node, *(task for task in tasks if task is not node)]
            if len(self.out[node.id]) != 1:
                break
            node = self.nodes[self.out[node.id][0].target]
        raise _cannot(node, zh("步骤表只能从一个步骤开始"))

    def _on(self, node: Node, *, joined: bool, seen: tuple[str, ...]) -> tuple[Way, ...]:
        """Return the ways on from ``node`` through gateways to steps."""
        edges = self.out[node.id]
        if not edges or node.id in seen:
            raise _cannot(node, zh("从这里走不到下一个步骤或结束"))
        if len(edges) > 1 and joined:
            raise _cannot(node, zh("几支汇合之后须先有一个步骤，再分开"))
        seen = (*seen, node.id)
        found = [self._along(edge, joined=joined, seen=seen) for edge in edges]
        if len(edges) == 1:
            return found[0]
        if node.kind is NodeKind.TASK and any(edge.condition for edge in edges):
            raise _cannot(node, zh("有条件的几条去路须画一个网关"))
        if node.kind is not NodeKind.EXCLUSIVE:
            return (self._parallel(node, found),)
        ways = tuple(
            _under(way, self._said(node, edge), node)
            for edge, ways in zip(edges, found, strict=True)
            for way in ways
        )
        if len(ways) > MOST_LEADS:
            raise _cannot(node, zh("去路太多"))
        return ways

    def _along(self, edge: Edge, *, joined: bool, seen: tuple[str, ...]) -> tuple[Way, ...]:
        target = self.nodes[edge.target]
        said = edge.condition or edge.name
        alone = len(self.out[edge.source]) == 1
        if target.kind is NodeKind.END:
            ways: tuple[Way, ...] = (Way((END,)),)
        elif target.kind is NodeKind.TASK:
            ways = (Way((self.numbers[target.id],)),)
        else:
            waits = target.kind is NodeKind.PARALLEL and self.entering[target.id] > 1
            ways = self._on(target, joined=joined or waits, seen=seen)
        return tuple(_under(way, said, target) for way in ways) if alone and said else ways

    def _said(self, node: Node, edge: Edge) -> str:
        otherwise = _OTHERWISE if node.default == edge.id else ""
        return edge.condition or edge.name or otherwise

    def _parallel(self, node: Node, found: Sequence[tuple[Way, ...]]) -> Way:
        if any(len(ways) > 1 or ways[0].condition or END in ways[0].targets for ways in found):
            raise _cannot(node, zh("同时办的每一支都须从一个步骤开始"))
        return Way(tuple(target for ways in found for target in ways[0].targets))


def _under(way: Way, condition: str, node: Node) -> Way:
    """Add a condition to a way; two in a row have no place in the table."""
    if condition and way.condition and condition != way.condition:
        raise _cannot(node, zh("接连两个条件之间没有步骤"))
    return Way(way.targets, condition or way.condition)


def _numbers(tasks: Iterable[Node]) -> Mapping[str, str]:
    """Return the number of each task; all are numbered anew unless each has a good one."""
    given = {task.id: task.number for task in tasks}
    good = all(
        notation.is_number(number) and notation.number(number) == number
        for number in given.values()
    )
    if good and len(set(given.values())) == len(given):
        return given
    return {id_: str(place) for place, id_ in enumerate(given, 1)}


def _check_same(flow: Flow, numbers: Mapping[str, str], steps: Sequence[Step]) -> None:
    """Prove that the rows give the same traces; steps go by number, as names may repeat."""
    try:
        again = unfold(steps, flow.name)
        same = replace(again, id=flow.id) == flow or (
            _traces(flow, numbers) == _traces(again, {f"s{n}": n for n in numbers.values()})
        )
    except Invalid as refusal:
        raise Invalid(
            "STEP-17",
            zh("这个流程写不成步骤表：{why}也可以改存为 .bpmn 文件。", why=refusal.sentence),
        ) from None
    if not same:
        raise Invalid(
            "STEP-17",
            zh("这个流程里同时办的几支，步骤表说不清在哪里汇合。请改存为 .bpmn 文件。"),
        )


def _traces(flow: Flow, numbers: Mapping[str, str]) -> object:
    nodes = (replace(node, name=numbers.get(node.id, node.name)) for node in flow.nodes)
    return determinise(compile_flow(replace(flow, nodes=tuple(nodes))))
