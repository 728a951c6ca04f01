from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.exchange.bpmn import flow_of_net


def net(*moves: Transition, places: int = 4) -> Net:
    names = tuple("abcdefgh"[:places])
    return Net(names, moves, 1, 1 << (places - 1), {m.node: m.label for m in moves})


def arrows(made: Net) -> list[str]:
    flow = flow_of_net(made)
    titles = {node.id: node.name or node.id for node in flow.nodes}
    return [f"{titles[edge.source]}>{titles[edge.target]}" for edge in flow.edges]


def test_a_sequence_needs_no_gateway():
    made = net(Transition(1, 2, label="甲"), Transition(2, 4), Transition(4, 8, label="乙"))
    assert sorted(arrows(made)) == sorted(["start_1>甲", "甲>乙", "乙>end_1"])


def test_a_choice_is_one_exclusive_gateway_on_each_side():
    made = net(
        Transition(1, 2, label="甲"), Transition(1, 2, label="乙"), Transition(1, 2), places=2
    )
    assert sorted(arrows(made)) == sorted(
        [
            "start_1>exclusive_1",
            "exclusive_1>甲",
            "exclusive_1>乙",
            "exclusive_1>exclusive_2",
            "甲>exclusive_2",
            "乙>exclusive_2",
            "exclusive_2>end_1",
        ]
    )


def test_parallel_branches_split_after_a_step_and_join_before_the_next():
    made = net(
        Transition(1, 6, label="甲"),
        Transition(2, 8, label="乙"),
        Transition(4, 16, label="丙"),
        Transition(24, 32, label="丁"),
        places=6,
    )
    assert sorted(arrows(made)) == sorted(
        [
            "start_1>甲",
            "甲>parallel_1",
            "parallel_1>乙",
            "parallel_1>丙",
            "乙>parallel_2",
            "丙>parallel_2",
            "parallel_2>丁",
            "丁>end_1",
        ]
    )


def test_silent_moves_that_change_nothing_leave_no_trace():
    made = net(Transition(1, 1), Transition(1, 2, label="甲"), places=2)
    assert sorted(arrows(made)) == ["start_1>甲", "甲>end_1"]


def test_a_loop_left_through_a_join_chooses_before_it_waits():
    made = net(
        Transition(1, 6),
        Transition(2, 8, label="甲"),
        Transition(8, 2),
        Transition(12, 16, label="合"),
        places=5,
    )
    assert sorted(arrows(made)) == sorted(
        [
            "start_1>parallel_1",
            "parallel_1>exclusive_1",
            "parallel_1>parallel_2",
            "exclusive_1>甲",
            "甲>exclusive_2",
            "exclusive_2>exclusive_1",
            "exclusive_2>parallel_2",
            "parallel_2>合",
            "合>end_1",
        ]
    )


@pytest.mark.parametrize(
    ("code", "moves", "shown"),
    [
        (
            "BPMN-30",
            (
                Transition(3, 8, label="甲"),
                Transition(1, 8, label="乙"),
                Transition(2, 8, label="丙"),
            ),
            "库所「a」和「b」",
        ),
        ("BPMN-31", (Transition(0, 8, label="甲"),), "变迁「甲」"),
        ("BPMN-31", (Transition(1, 0, label="甲"),), "变迁「甲」"),
        ("BPMN-32", (Transition(1, 8, 2, label="甲"),), "变迁「甲」"),
    ],
)
def test_nets_that_no_flow_matches_are_refused_by_place_or_transition(code, moves, shown):
    with pytest.raises(Invalid) as caught:
        flow_of_net(net(*moves))
    assert caught.value.code == code
    assert shown in str(caught.value.sentence)
