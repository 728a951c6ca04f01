"""From a flow to its net (engine.md, section 1).

Every sequence flow becomes a place, every node one or a few transitions. A plain
merge needs no transition: its edges share a place. A scope (the flow itself, a
subprocess, a called flow) runs from one mask to another, so that scopes nest.
"""

from __future__ import annotations

from guiju.core.errors import Invalid
from guiju.core.flow.activity import Activity, add_activity
from guiju.core.flow.asides import Asides
from guiju.core.flow.blocks import Surroundings, match_inclusive
from guiju.core.flow.draft import Draft
from guiju.core.flow.inclusive import add_inclusive_join, add_inclusive_split
from guiju.core.flow.model import Flow, Node
from guiju.core.flow.net import Net
from guiju.core.flow.passage import Passage
from guiju.core.flow.places import edge_places
from guiju.core.flow.tidy import tidy, within_call
from guiju.core.sentence import listing, zh
from guiju.core.terms import NodeKind

_ACTIVITIES = (NodeKind.TASK, NodeKind.CALL, NodeKind.SUBPROCESS)
_EVENTS = (NodeKind.TIMER, NodeKind.MESSAGE)


def compile_flow(flow: Flow) -> Net:
    """Return the net that runs, proves and judges ``flow``.

    Raises:
        Invalid: FLOW-01 no start, FLOW-02 several starts, FLOW-03 no end, FLOW-04 a link or
            boundary event without its partner, FLOW-05 an inclusive join without its split,
            FLOW-06 a call that leads back to itself, FLOW-07 parallel repetition of a subprocess.
    """
    draft = Draft()
    begin, finish = draft.place("开始"), draft.place("结束")
    _Scope(draft, flow, "", (flow.id,)).build(Passage(begin, finish))
    return draft.freeze(begin, finish)


class _Scope:
    """The nodes directly inside one flow or subprocess."""

    def __init__(self, draft: Draft, flow: Flow, inside: str, calls: tuple[str, ...]) -> None:
        self.draft, self.flow, self.calls = draft, flow, calls
        self.nodes, self.edges = tidy(flow, inside)
        titles = {node.id: node.title for node in flow.nodes}
        self.name = titles.get(inside, flow.name or flow.id)
        self.around = Surroundings(self.nodes, self.edges)
        self.by_id = {node.id: node for node in self.nodes}
        self.blocks = match_inclusive(self.nodes, self.around)
        self.opened = {block.split: block for block in self.blocks.values()}
        for node in self.nodes:
            draft.titles[node.id] = node.title

    def build(self, passage: Passage) -> None:
        """Add this scope's places and transitions to the draft."""
        self._check_ends()
        self._check_hosts()
        first = len(self.draft.places)
        self.asides = Asides(self.draft, self.nodes, self.around)
        self.place_of = edge_places(self.draft, self.nodes, self.around, self.blocks)
        for node in self.nodes:
            self._add(node, passage)
        self._add_terminations(passage, self.draft.since(first))

    def _check_ends(self) -> None:
        starts = [n for n in self.nodes if n.kind is NodeKind.START]
        if not starts:
            raise Invalid(
                "FLOW-01",
                zh("流程「{flow}」没有开始。请加一个开始事件，连到第一个步骤。", flow=self.name),
            )
        if len(starts) > 1:
            raise Invalid(
                "FLOW-02",
                zh(
                    "流程「{flow}」有 {count} 个开始（{ids}），不知从哪里走起。"
                    "请只留一个开始，再用排他网关分出不同的走法。",
                    flow=self.name,
                    count=len(starts),
                    ids=listing(n.id for n in starts),
                ),
            )
        if not any(n.kind in (NodeKind.END, NodeKind.TERMINATE) for n in self.nodes):
            raise Invalid(
                "FLOW-03",
                zh("流程「{flow}」没有结束。请在最后一步之后加一个结束事件。", flow=self.name),
            )

    def _check_hosts(self) -> None:
        hosts = {n.id for n in self.nodes if n.kind in _ACTIVITIES}
        for node in self.nodes:
            if node.kind is NodeKind.BOUNDARY_TIMER and node.attached_to not in hosts:
                raise Invalid(
                    "FLOW-04",
                    zh(
                        "边界定时「{title}」（{id}）没有依附在同一层的步骤或子流程上。"
                        "请把它放到所限时的步骤的边框上。",
                        title=node.title,
                        id=node.id,
                    ),
                )

    def _in(self, node: Node) -> int:
        """Return the one place that a token on its way into ``node`` marks."""
        edges = self.around.incoming[node.id]
        return self.place_of[edges[0].id] if edges else self.draft.place(f"→{node.title}")

    def _out(self, node: Node) -> int:
        """Return the places marked when ``node`` is done; a dead end where nothing follows."""
        mask = 0
        for edge in self.around.outgoing[node.id]:
            mask |= self.place_of[edge.id]
        return mask or self.draft.place(f"{node.title}→")

    def _add(self, node: Node, passage: Passage) -> None:
        if node.kind in _ACTIVITIES:
            self._add_activity(node)
        elif node.kind in _EVENTS:
            self.draft.wait(node.id, self._in(node), self._out(node), label=node.activity)
        elif node.kind is NodeKind.START:
            out = self._out(node) | self.asides.idle
            self.draft.move(node.id, passage.begin, out, label=node.activity)
        elif node.kind is NodeKind.END:
            self._add_end(node, passage)
        elif node.kind is NodeKind.LINK_THROW:
            self.draft.move(node.id, self._in(node), self._out(self._catch_of(node)))
        elif node.kind is NodeKind.PARALLEL:
            self._add_parallel(node)
        elif node.kind is NodeKind.EXCLUSIVE:
            self._add_exclusive(node)
        elif node.kind is NodeKind.INCLUSIVE:
            self._add_inclusive(node)

    def _add_activity(self, node: Node) -> None:
        boundaries = tuple(
            (event, self._out(event), self.asides.idle_of(event.id))
            for event in self.nodes
            if event.kind is NodeKind.BOUNDARY_TIMER and event.attached_to == node.id
        )
        activity = Activity(node, self._in(node), self._out(node), boundaries)
        add_activity(self.draft, activity, self._body(node))

    def _body(self, node: Node) -> _Scope | None:
        """Return the scope that runs inside ``node``, or None for a single step."""
        if node.kind is NodeKind.SUBPROCESS:
            return _Scope(self.draft, self.flow, node.id, self.calls)
        called = next((f for f in self.flow.called if f.id == node.calls), None)
        if node.kind is not NodeKind.CALL or called is None:
            return None
        if called.id in self.calls:
            raise Invalid(
                "FLOW-06",
                zh(
                    "步骤「{title}」调用的流程「{called}」又绕回自己，永远走不完。请改掉其中一处调用。",
                    title=node.title,
                    called=called.name or called.id,
                ),
            )
        return _Scope(self.draft, within_call(called, node.id), "", (*self.calls, called.id))

    def _add_end(self, node: Node, passage: Passage) -> None:
        if node.id in self.asides.ends:
            idle = self.asides.idle_of(node.id)
            self.draft.move(node.id, self._in(node), idle, label=node.activity)
        else:
            self.draft.move(
                node.id,
                self._in(node) | passage.take | self.asides.idle,
                passage.put,
                clear=passage.clear,
                label=node.activity,
            )

    def _add_terminations(self, passage: Passage, inner: int) -> None:
        for node in self.nodes:
            if node.kind is NodeKind.TERMINATE:
                self.draft.move(
                    node.id,
                    self._in(node) | passage.take,
                    passage.put,
                    clear=(inner | passage.clear) & ~passage.put,
                    label=node.activity,
                )

    def _catch_of(self, throw: Node) -> Node:
        for node in self.nodes:
            if node.kind is NodeKind.LINK_CATCH and node.link == throw.link:
                return node
        raise Invalid(
            "FLOW-04",
            zh(
                "连接事件「{title}」（{id}）没有同名的接收端。请加上名为「{link}」的接收连接事件。",
                title=throw.title,
                id=throw.id,
                link=throw.link,
            ),
        )

    def _add_parallel(self, node: Node) -> None:
        take = 0
        for edge in self.around.incoming[node.id]:
            take |= self.place_of[edge.id]
        self.draft.move(node.id, take or self._in(node), self._out(node))

    def _add_exclusive(self, node: Node) -> None:
        if len(self.around.outgoing[node.id]) == 1 and self.around.incoming[node.id]:
            return  # a plain merge: its edges share one place
        place = self._in(node)
        for edge in self.around.outgoing[node.id]:
            self.draft.move(node.id, place, self.place_of[edge.id], edge=edge.id)

    def _add_inclusive(self, node: Node) -> None:
        block = self.blocks.get(node.id)
        if block is not None:
            exclusive = self.by_id[block.split].kind is NodeKind.EXCLUSIVE
            arrivals = [self.place_of[last[0]] for _, last in block.branches]
            add_inclusive_join(self.draft, node, arrivals, self._out(node), exclusive=exclusive)
            return
        closes = self.opened.get(node.id)
        arrival = {} if closes is None else {first: last[0] for first, last in closes.branches}
        add_inclusive_split(
            self.draft,
            node,
            self._in(node),
            [
                (self.place_of[e.id], self.place_of[arrival[e.id]] if arrival else 0, e.id)
                for e in self.around.outgoing[node.id]
            ],
        )
