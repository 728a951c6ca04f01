"""Running a matter: whatever is commanded, it stays where the flow can be."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.brute import Exhaustive, TooManyError
from engine.weaving import blocks, flow_of
from guiju.core.errors import Denied
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.run import Choose, Do, Jump, Jumped, Return, Runner, evolve

CALM = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def prepared(block):
    net = compile_flow(flow_of(block))
    try:
        return net, Exhaustive(net, 1000)
    except TooManyError:
        assume(False)
        raise


def commands(draw, net, reachable):
    nodes = sorted({t.node for t in net.transitions})
    node = draw(st.sampled_from(nodes))
    edges = sorted({t.edge for t in net.transitions if t.node == node and t.edge}) or ["无"]
    kind = draw(st.integers(0, 5))
    if kind == 0:
        return Choose(node, draw(st.frozensets(st.sampled_from(edges))))
    if kind == 1:
        return Return(node)
    if kind == 2:
        return Jump(draw(st.sampled_from(sorted(reachable)) | st.integers(0, 2**9)))
    return Do(node)


@CALM
@given(blocks(), st.data())
def test_s0_21_whatever_is_commanded_the_matter_stays_reachable_and_can_still_end(block, data):
    net, truth = prepared(block)
    runner = Runner(net, truth.graph)
    state, events = runner.start, []
    for _ in range(12):
        due = runner.due(state)
        busy = [n for n in due if data.draw(st.booleans())] if due else []
        command = Do(busy[0]) if busy else commands(data.draw, net, truth.graph)
        try:
            event = runner.step(state, command)
        except Denied as refusal:
            check_refusal(runner, state, command, refusal, truth)
            continue
        check_event(runner, state, command, event, truth)
        state = evolve(state, event)
        events.append(event)
        assert state.marking in truth.good
    again = runner.start
    for event in events:
        again = evolve(again, event)
    assert again == state


def check_refusal(runner, state, command, refusal, truth):
    assert "{" not in str(refusal.sentence)
    if isinstance(command, Do):
        assert refusal.code == ("RUN-02" if command.node in runner.due(state) else refusal.code)
        assert refusal.code in ("RUN-01", "RUN-02")
    elif isinstance(command, Return):
        assert refusal.code == "RUN-03"
        assert command.node not in {done for _, done in state.history}
    elif isinstance(command, Jump):
        assert refusal.code == "RUN-05"
        undecided = runner.silent.undecided & command.marking
        assert command.marking not in truth.graph or undecided
    else:
        assert refusal.code == "RUN-04"


def check_event(runner, state, command, event, truth):
    if isinstance(event, Jumped):
        assert event.marking in truth.graph
        if isinstance(command, Return):
            assert event.marking in {marking for marking, _ in state.history}
        return
    moves = [runner.net.transitions[i] for i in event.fired]
    marking = state.marking
    for index in event.fired:
        assert index in runner.net.enabled(marking)
        marking = runner.net.fire(marking, index)
    assert marking == event.marking
    if isinstance(command, Do):
        assert command.node in runner.due(state)
        assert moves.pop().node == command.node
    else:
        assert {t.edge for t in moves if t.node == command.node} - {""} == command.edges
    assert not any(t.label or t.waits for t in moves)


@CALM
@given(blocks(asides=True), st.randoms(use_true_random=False))
def test_every_run_of_the_net_can_be_run_as_a_matter(block, random):
    net, _ = prepared(block)
    path = random_run(net, random)
    assume(path is not None)
    runner = Runner(net)
    state = runner.start
    for command in commands_of(net, path):
        state = evolve(state, runner.step(state, command))
    assert runner.silent.ends(state.marking)


def random_run(net, random):
    """Return transitions from the start to the end, about at random."""
    marking, path = net.initial, []
    while marking != net.final:
        index = random.choice(list(net.enabled(marking)))
        path.append(index)
        marking = net.fire(marking, index)
        if len(path) > 150:
            return None
    return path


def commands_of(net, path):
    """Return the commands that bring about ``path``: each choice as a whole, each step."""
    moves = [net.transitions[i] for i in path]
    marking, asked = net.initial, set()
    for place, move in enumerate(moves):
        gateway = any(t.edge for t in net.transitions if t.node == move.node)
        if gateway and move.node not in asked:
            yield Choose(move.node, frozenset(opened(net, marking, path[place:], move.node)))
            asked.add(move.node)
        elif not gateway and (move.label or move.waits):
            yield Do(move.node)
        marking = net.fire(marking, path[place])
        if gateway and not may_go_on(net, marking, move.node):
            asked.discard(move.node)
        if move.clear:
            asked = {node for node in asked if may_go_on(net, marking, node)}


def may_go_on(net, marking, node) -> bool:
    return any(net.transitions[i].node == node for i in net.enabled(marking))


def opened(net, marking, path, node):
    """Return the edges that one visit to the gateway ``node`` opens along ``path``."""
    for index in path:
        move = net.transitions[index]
        marking = net.fire(marking, index)
        if move.node == node and move.edge:
            yield move.edge
        if not may_go_on(net, marking, node):
            return


@CALM
@given(blocks(), st.data())
def test_a_matter_that_is_not_over_always_has_a_step_due_or_a_choice_open(block, data):
    net, truth = prepared(block)
    runner = Runner(net, truth.graph)
    jump = Jump(data.draw(st.sampled_from(sorted(truth.graph))))
    assume(is_open(runner, runner.start, jump))
    state = evolve(runner.start, runner.step(runner.start, jump))
    marking = state.marking
    if runner.is_over(state):
        assert not runner.due(state)
        assert runner.silent.ends(marking)
    elif not runner.due(state):
        edges = {(t.node, t.edge) for t in net.transitions if t.edge}
        assert any(is_open(runner, state, Choose(n, frozenset({e}))) for n, e in edges)


def is_open(runner, state, command) -> bool:
    try:
        runner.step(state, command)
    except Denied:
        return False
    return True
