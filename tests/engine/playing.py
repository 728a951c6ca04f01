"""The token game on a flow itself, as BPMN 2.0 (13.2 to 13.5) tells it: slow and plain.

A state is a sorted tuple of tokens. A token lies on a sequence flow ("at", scope, edge),
opens a scope ("begin", scope), or is an activity that runs
("run", scope, node, rounds left, timers still armed); a scope is the tuple of node ids
of the running activities around it. Rounds left: -1 none of an open number is done yet,
0 at least one is. Knows nothing of places, nets or blocks.
"""

from __future__ import annotations

from guiju.core.flow.model import Flow, Node
from guiju.core.terms import NodeKind

ACTIVITIES = (NodeKind.TASK, NodeKind.CALL, NodeKind.SUBPROCESS)

EVENTS = (
    NodeKind.TIMER,
    NodeKind.MESSAGE,
    NodeKind.LINK_THROW,
    NodeKind.END,
    NodeKind.TERMINATE,
)


class UnsafeError(Exception):
    """Two tokens lie in one place."""


class Game:
    """The moves of one flow."""

    def __init__(self, flow: Flow) -> None:
        self.flows = {f.id: f for f in flow.called}
        self.flow = flow
        self.start = (("begin", ()),)
        self.known: dict[tuple, list] = {}

    def is_final(self, state) -> bool:
        return state == ()

    def moves(self, state):
        """Return (label, next state) pairs; a silent move's label is empty."""
        found = self.known.get(state)
        if found is None:
            found = self.known[state] = list(self._moves(state))
        return found

    def _scope(self, scope):
        """Return the flow in which ``scope`` lies and the subprocess id inside it."""
        flow, inside = self.flow, ""
        for name in scope:
            node = node_in(flow, inside, name)
            if node.kind is NodeKind.CALL:
                flow, inside = self.flows[node.calls], ""
            else:
                inside = name
        return flow, inside

    def _moves(self, state):
        for token in state:
            if token[0] == "begin":
                yield from self._begin(state, token)
            elif token[0] == "run":
                yield from self._run(state, token)
            else:
                yield from self._arrive(state, token)

    def _begin(self, state, token):
        flow, inside = self._scope(token[1])
        start = next(n for n in flow.nodes if n.kind is NodeKind.START and n.inside == inside)
        yield "", self._put(state, [token], token[1], flow, start)

    def _put(self, state, gone, scope, flow, node):
        edges = [e for e in flow.edges if e.source == node.id]
        return change(state, gone, [("at", scope, e.id) for e in edges])

    def _arrive(self, state, token):
        _, scope, name = token
        flow, inside = self._scope(scope)
        edge = next(e for e in flow.edges if e.id == name)
        node = node_in(flow, inside, edge.target)
        out = [e for e in flow.edges if e.source == node.id]
        if node.kind in ACTIVITIES:
            yield "", change(state, [token], self._opened(flow, scope, node))
        elif node.kind in EVENTS:
            yield self._event(state, token, flow, node)
        elif node.kind is NodeKind.EXCLUSIVE:
            for e in out:
                yield "", change(state, [token], [("at", scope, e.id)])
        elif node.kind is NodeKind.PARALLEL:
            needed = [("at", scope, e.id) for e in flow.edges if e.target == node.id]
            if token == needed[0] and all(t in state for t in needed):
                yield "", self._put(state, needed, scope, flow, node)
        elif node.kind is NodeKind.INCLUSIVE:
            yield from self._inclusive(state, scope, flow, node, token)

    def _event(self, state, token, flow, node: Node):
        scope = token[1]
        if node.kind is NodeKind.END:
            return "", change(state, [token], [])
        if node.kind is NodeKind.TERMINATE:
            return "", tuple(t for t in state if t[1][: len(scope)] != scope)
        if node.kind is NodeKind.LINK_THROW:
            node = next(n for n in flow.nodes if n.link == node.link and n.id != node.id)
            return "", self._put(state, [token], scope, flow, node)
        return node.activity, self._put(state, [token], scope, flow, node)

    def _inclusive(self, state, scope, flow, node: Node, token):
        come = [
            ("at", scope, e.id)
            for e in flow.edges
            if e.target == node.id and ("at", scope, e.id) in state
        ]
        if token != come[0] or not self._all_came(state, scope, flow, node):
            return
        out = [e.id for e in flow.edges if e.source == node.id]
        if len(out) == 1:
            yield "", change(state, come, [("at", scope, out[0])])
            return
        optional = [e for e in out if e != node.default]
        for chosen in range(1, 1 << len(optional)):
            taken = [e for i, e in enumerate(optional) if chosen >> i & 1]
            yield "", change(state, come, [("at", scope, e) for e in taken])
        if node.default in out:
            yield "", change(state, come, [("at", scope, node.default)])

    def _all_came(self, state, scope, flow, node: Node) -> bool:
        """BPMN 2.0, 13.4.3: no token elsewhere can still come to an empty way in."""
        full = [e.id for e in flow.edges if e.target == node.id and ("at", scope, e.id) in state]
        empty = [e.id for e in flow.edges if e.target == node.id and e.id not in full]
        for token in state:
            if token[1] != scope or (token[0] == "at" and token[2] in full):
                continue
            reach = _edges_ahead(flow, token, node.id)
            if reach & set(empty) and not reach & set(full):
                return False
        return True

    def _opened(self, flow, scope, node: Node):
        times = node.repeat.times if node.repeat else 1
        armed = tuple(n.id for n in flow.nodes if n.attached_to == node.id and not n.interrupting)
        run = ("run", scope, node.id, -1 if times is None else times, armed)
        return [run, *self._body(scope, node)]

    def _body(self, scope, node: Node):
        return [("begin", (*scope, node.id))] if self._is_scope(node) else []

    def _is_scope(self, node: Node) -> bool:
        return node.kind is NodeKind.SUBPROCESS or node.calls in self.flows

    def _run(self, state, token):
        _, scope, name, left, _ = token
        flow, inside = self._scope(scope)
        node = node_in(flow, inside, name)
        within = (*scope, name)
        busy = any(t[1][: len(within)] == within for t in state)
        idle = not self._is_scope(node)
        if idle and left:
            yield node.activity, self._round_done(state, token, flow, node)
        elif idle:
            yield node.activity, state
        elif not busy and left:
            yield "", self._round_done(state, token, flow, node)
        elif not busy:
            yield "", change(state, [], [("begin", within)])
        if left == 0 and not busy:
            yield "", self._put(state, [token], scope, flow, node)
        yield from self._timers(state, token, flow, within)

    def _round_done(self, state, token, flow, node: Node):
        _, scope, name, left, armed = token
        if left == 1:
            return self._put(state, [token], scope, flow, node)
        if left == -1:
            return change(state, [token], [("run", scope, name, 0, armed)])
        after = ("run", scope, name, left - 1, armed)
        return change(state, [token], [after, *self._body(scope, node)])

    def _timers(self, state, token, flow, within):
        _, scope, name, left, armed = token
        for event in flow.nodes:
            if event.attached_to != name or event.kind is not NodeKind.BOUNDARY_TIMER:
                continue
            if event.interrupting:
                gone = [token, *(t for t in state if t[1][: len(within)] == within)]
                yield event.activity, self._put(state, gone, scope, flow, event)
            elif event.id in armed:
                rest = tuple(a for a in armed if a != event.id)
                kept = change(state, [token], [("run", scope, name, left, rest)])
                yield event.activity, self._put(kept, [], scope, flow, event)


def node_in(flow: Flow, inside: str, name: str) -> Node:
    return next(n for n in flow.nodes if n.id == name and n.inside == inside)


def change(state, gone, come):
    """Return the state without ``gone`` and with ``come``."""
    after = [t for t in state if t not in gone]
    after.extend(come)
    if len({t[:3] for t in after}) < len(after):
        raise UnsafeError
    return tuple(sorted(after, key=repr))


def _edges_ahead(flow: Flow, token, stop: str) -> set[str]:
    """Return the sequence flows that a token can still come to without passing ``stop``."""
    at = next(e for e in flow.edges if e.id == token[2]) if token[0] == "at" else None
    found = {at.id} if at else set()
    waiting = [at.target] if at else [token[2]]
    passed: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name == stop or name in passed:
            continue
        passed.add(name)
        found |= {e.id for e in flow.edges if e.source == name}
        waiting += [e.target for e in flow.edges if e.source == name]
        waiting += [n.id for n in flow.nodes if n.attached_to == name]
        link = next((n.link for n in flow.nodes if n.id == name), "")
        waiting += [n.id for n in flow.nodes if link and n.link == link]
    return found
