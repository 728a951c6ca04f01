"""Random block-structured flows: nested tuples, and how to draw them as a ``Flow``.

Blocks: ("task", label) ("skip",) ("wait", label) ("link",) ("seq", parts)
("xor" | "and", parts) ("or", parts, number of the default or None) ("loop", body, redo)
("stop", body): perhaps do body and terminate the scope
("hosted", host, guards): host is a step, a subprocess or a call; a guard is
(interrupting, block). Hosts: ("step", label, repeat) ("sub", body, repeat) ("call", body, repeat)
"""

from __future__ import annotations

import functools

from hypothesis import strategies as st

from guiju.core.flow.model import Edge, Flow, Node, Repeat
from guiju.core.terms import NodeKind

LABELS = "abcde"
GATEWAYS = {"xor": NodeKind.EXCLUSIVE, "and": NodeKind.PARALLEL, "or": NodeKind.INCLUSIVE}


class Weaver:
    """Draws blocks into the nodes and edges of one flow file."""

    def __init__(self, called: list[Flow]) -> None:
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.called = called
        self.inside = ""
        self.awaited = 0

    def node(self, kind: NodeKind, **more) -> str:
        name = f"n{len(self.nodes)}"
        self.nodes.append(Node(name, kind, inside=self.inside, **more))
        return name

    def edge(self, source: str, target: str) -> str:
        name = f"e{len(self.edges)}"
        self.edges.append(Edge(name, source, target))
        return name

    def after(self, source: str, kind: NodeKind, **more) -> str:
        node = self.node(kind, **more)
        self.edge(source, node)
        return node

    def scope(self, block, inside: str) -> None:
        outer, self.inside, self.awaited = (self.inside, self.awaited), inside, 0
        last = self.weave(block, self.node(NodeKind.START))
        self.after(last, NodeKind.END)
        self.inside, self.awaited = outer

    def weave(self, block, before: str) -> str:
        """Draw ``block`` behind the node ``before``; return the node at which it ends."""
        return getattr(self, f"_{block[0]}")(before, *block[1:])

    def _task(self, before, label):
        return self.after(before, NodeKind.TASK, name=label)

    def _skip(self, before):
        return before

    def _wait(self, before, label):
        return self.after(before, NodeKind.TIMER, name=label, recorded=bool(label))

    def _link(self, before):
        name = f"L{len(self.nodes)}"
        self.after(before, NodeKind.LINK_THROW, link=name)
        return self.node(NodeKind.LINK_CATCH, link=name)

    def _seq(self, before, parts):
        for part in parts:
            before = self.weave(part, before)
        return before

    def _fork(self, before, parts, kind):
        split = self.after(before, kind)
        lasts, firsts = [], []
        for part in parts:
            first = len(self.edges)
            last = self.weave(part, split)
            if last == split:
                firsts.append(None)
            else:
                firsts.append(self.edges[first].id)
            lasts.append(last)
        join = self.node(kind)
        for number, last in enumerate(lasts):
            name = self.edge(last, join)
            firsts[number] = firsts[number] or name
        return split, join, firsts

    def _xor(self, before, parts):
        return self._fork(before, parts, NodeKind.EXCLUSIVE)[1]

    def _and(self, before, parts):
        return self._fork(before, parts, NodeKind.PARALLEL)[1]

    def _or(self, before, parts, default):
        self.awaited += 1
        split, join, firsts = self._fork(before, parts, NodeKind.INCLUSIVE)
        self.awaited -= 1
        if default is not None:
            at = next(i for i, n in enumerate(self.nodes) if n.id == split)
            kept = self.nodes[at]
            self.nodes[at] = Node(
                kept.id, kept.kind, inside=kept.inside, default=firsts[default % len(firsts)]
            )
        return join

    def _loop(self, before, body, redo):
        merge = self.after(before, NodeKind.EXCLUSIVE)
        split = self.after(self.weave(body, merge), NodeKind.EXCLUSIVE)
        self.edge(self.weave(redo, split), merge)
        return split

    def _stop(self, before, body):
        if self.awaited:  # a branch that an inclusive join awaits must come to it
            return self._xor(before, [body, ("skip",)])
        split = self.after(before, NodeKind.EXCLUSIVE)
        self.after(self.weave(body, split), NodeKind.TERMINATE)
        return split

    def _hosted(self, before, host, guards):
        node = self._host(before, host)
        lasts = [node]
        for interrupting, block in guards:
            event = self.node(NodeKind.BOUNDARY_TIMER, attached_to=node, interrupting=interrupting)
            last = self.weave(block, event)
            if interrupting:
                lasts.append(last)
            else:
                self.after(last, NodeKind.END)
        if len(lasts) == 1:
            return node
        merge = self.node(NodeKind.EXCLUSIVE)
        for last in lasts:
            self.edge(last, merge)
        return merge

    def _host(self, before, host):
        kind, what, repeat = host
        if kind == "step":
            return self.after(before, NodeKind.TASK, name=what, repeat=repeat)
        if kind == "sub":
            node = self.after(before, NodeKind.SUBPROCESS, repeat=repeat)
            self.scope(what, node)
            return node
        other = Weaver(self.called)
        other.scope(what, "")
        name = f"called{len(self.called)}"
        self.called.append(Flow(name, name, tuple(other.nodes), tuple(other.edges)))
        return self.after(before, NodeKind.CALL, calls=name, repeat=repeat)


def flow_of(block) -> Flow:
    """Return the flow from a start through ``block`` to an end."""
    called: list[Flow] = []
    weaver = Weaver(called)
    weaver.scope(block, "")
    every = tuple(called)
    called[:] = [Flow(f.id, f.name, f.nodes, f.edges, every) for f in called]
    return Flow("main", "流程", tuple(weaver.nodes), tuple(weaver.edges), tuple(called))


labels = st.sampled_from(LABELS)
step_repeats = st.builds(Repeat, st.booleans(), st.sampled_from([None, 1, 2, 3, 5, 6]))
scope_repeats = st.builds(Repeat, st.just(True), st.sampled_from([None, 1, 2, 3]))


def _bigger(smaller, *, asides: bool):
    parts = st.lists(smaller, min_size=2, max_size=3)
    guards = st.lists(st.tuples(st.booleans() if asides else st.just(True), smaller), max_size=2)
    return st.one_of(
        st.tuples(st.just("seq"), parts),
        st.tuples(st.just("xor"), parts),
        st.tuples(st.just("and"), parts),
        st.tuples(st.just("or"), parts, st.none() | st.integers(0, 2)),
        st.tuples(st.just("loop"), smaller, smaller),
        st.tuples(st.just("stop"), smaller),
        st.tuples(
            st.just("hosted"),
            st.tuples(st.just("step"), labels, st.none() | step_repeats)
            | st.tuples(st.sampled_from(["sub", "call"]), smaller, st.none() | scope_repeats),
            guards,
        ),
    )


@functools.cache
def blocks(*, asides: bool = True, leaves: int = 6):
    """Return a strategy for blocks; ``asides`` allows timers that do not interrupt."""
    leaf = st.one_of(
        st.tuples(st.just("task"), labels),
        st.tuples(st.just("task"), labels),
        st.just(("skip",)),
        st.just(("link",)),
        st.tuples(st.just("wait"), st.sampled_from(["", "t"])),
    )
    return st.recursive(leaf, lambda s: _bigger(s, asides=asides), max_leaves=leaves)


def has(block, kind: str) -> bool:
    """Tell whether a block of ``kind`` occurs in ``block``."""
    if not isinstance(block, tuple | list):
        return False
    return (bool(block) and block[0] == kind) or any(has(part, kind) for part in block)
