"""What is lit in the picture of a flow that gets stuck, against a walk that knows nothing of it."""

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.nets import wild_flows
from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.soundness import prove
from guiju.core.flow.ways import ahead, edges_along, way_to
from guiju.core.lists.flow_judgement import stuck_at
from guiju.core.terms import FaultKind, NodeKind
from guiju.exchange.steps.sketch import sketch
from guiju.exchange.steps.step import END, Step, Way

CALM = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def walked(pairs, begin):
    """Everything that is reached from ``begin`` by trying every pair until nothing is new."""
    seen = set(begin)
    while more := {target for source, target in pairs if source in seen} - seen:
        seen |= more
    return seen


def pairs_of(flow):
    return [(edge.source, edge.target) for edge in flow.edges]


@CALM
@given(wild_flows(), st.data())
def test_the_way_to_an_element_is_one_and_a_shortest(flow, data):
    node = data.draw(st.sampled_from([node.id for node in flow.nodes]))
    starts = {one.id for one in flow.nodes if one.kind is NodeKind.START}
    way, pairs = way_to(flow, node), set(pairs_of(flow))
    assert bool(way) == (node in walked(pairs, starts))
    if not way:
        return
    assert (way[0] in starts, way[-1]) == (True, node)
    assert set(pairwise(way)) <= pairs
    near, steps = set(starts), 0
    while node not in near:
        near |= {target for source, target in pairs if source in near}
        steps += 1
    assert len(way) == steps + 1
    assert ahead(flow, node) == walked(pairs, {node})


@CALM
@given(wild_flows())
def test_s0_12_every_element_on_the_way_to_a_fault_is_lit(flow):
    try:
        net = compile_flow(flow)
    except Invalid:
        assert len(stuck_at(flow)) == 1
        return
    faults, stuck = prove(net).faults, stuck_at(flow)
    assert len(stuck) == len(faults)
    ids = {edge.id: edge for edge in flow.edges}
    for fault, one in zip(faults, stuck, strict=True):
        assert fault.node in one.nodes
        if fault.kind is FaultKind.DEAD:
            assert one.edges == frozenset()
            continue
        lit = [(ids[edge].source, ids[edge].target) for edge in one.edges]
        assert set(fault.path) <= walked(lit, fault.path[:1]) | {""}


@CALM
@given(wild_flows())
def test_no_line_is_lit_that_nobody_passes(flow):
    for node in flow.nodes:
        way = way_to(flow, node.id)
        for edge in flow.edges:
            if edge.id in edges_along(flow, way):
                assert edge.source in way[: way.index(edge.target)]


numbers = st.sampled_from([*"123456789", END, "12"])
steps = st.lists(
    st.builds(
        Step,
        numbers.filter(lambda one: one != END),
        st.just("步"),
        st.lists(
            st.builds(Way, st.lists(numbers, min_size=1, max_size=3).map(tuple)), max_size=3
        ).map(tuple),
    ),
    max_size=8,
)


@CALM
@given(steps)
def test_whatever_rows_say_can_be_drawn(rows):
    flow = sketch(rows, "草图")
    ids = [node.id for node in flow.nodes]
    assert len(set(ids)) == len(ids)
    assert {end for pair in pairs_of(flow) for end in pair} <= set(ids)
    first = {}
    for row in rows:
        first.setdefault(row.number, row)
    reach = walked(pairs_of(flow), {"start"})
    said = [
        (f"s{row.number}", "end" if target == END else f"s{target}")
        for row in first.values()
        for way in row.ways
        for target in way.targets
        if target in first or target == END
    ]
    begin = {"start"} | ({f"s{rows[0].number}"} if rows else set())
    assert {one for one in reach if one[0] not in "xp"} == walked(said, begin)
