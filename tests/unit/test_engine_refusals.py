"""Each refusal of the engine beside the flow that it should have been."""

from __future__ import annotations

import pytest

from engine.brute import NetGame, Words
from engine.hand import drawn, task, timer, with_subprocess
from guiju.core.errors import Invalid
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node, Repeat
from guiju.core.flow.soundness import prove
from guiju.core.terms import NodeKind


def words(flow: Flow, length: int = 5) -> set[str]:
    return {"".join(word) for word in Words(NetGame(compile_flow(flow))).up_to(length)}


def refused(code: str, flow: Flow) -> str:
    with pytest.raises(Invalid) as caught:
        compile_flow(flow)
    assert caught.value.code == code
    return str(caught.value.sentence)


def test_flow_01_no_start():
    sentence = refused("FLOW-01", drawn("甲>e"))
    assert sentence == "流程「测试流程」没有开始。请加一个开始事件，连到第一个步骤。"
    assert words(drawn("s>甲>e")) == {"甲"}


def test_flow_02_several_starts_are_named():
    sentence = refused("FLOW-02", drawn("s1>甲>e", "s2>甲"))
    assert "有 2 个开始（s1、s2）" in sentence
    assert words(drawn("s1>甲>e")) == {"甲"}


def test_flow_03_no_end_but_a_termination_is_one():
    assert "没有结束" in refused("FLOW-03", drawn("s>甲"))
    assert words(drawn("s>甲>k")) == {"甲"}


def test_flow_01_names_the_subprocess_that_lacks_its_start():
    outer = drawn("s>子>e", special=(task("子"),))
    assert "「子」" in refused("FLOW-01", with_subprocess(outer, "子", drawn("甲>e1")))
    assert words(with_subprocess(outer, "子", drawn("s1>甲>e1"))) == {"甲"}


def test_flow_04_a_link_without_its_other_end():
    throw = Node("去", NodeKind.LINK_THROW, name="转下页", link="一")
    catch = Node("来", NodeKind.LINK_CATCH, link="一")
    sentence = refused("FLOW-04", drawn("s>甲>去", "乙>e", special=(throw,)))
    assert "「转下页」（去）" in sentence
    assert "名为「一」" in sentence
    assert words(drawn("s>甲>去", "来>乙>e", special=(throw, catch))) == {"甲乙"}


@pytest.mark.parametrize("host", ["", "没有的", "X1", "e"])
def test_flow_04_a_timer_on_nothing_that_can_time_out(host):
    chains = ("s>甲>X1>e", "X1>丙>e", "时>乙>e")
    assert "「时」（时）" in refused("FLOW-04", drawn(*chains, special=(timer("时", host),)))
    assert words(drawn(*chains, special=(timer("时", "甲"),))) == {"甲", "甲丙", "乙"}


def test_flow_05_an_inclusive_join_without_its_split():
    sentence = refused("FLOW-05", drawn("s>X1>甲>O2>e", "X1>乙>A1>O2", "A1>丙>e"))
    assert "包容网关" in sentence
    assert "（O2）" in sentence
    assert words(drawn("s>O1>甲>O2>e", "O1>乙>O2")) == {"甲", "乙", "甲乙", "乙甲"}


def test_flow_05_a_join_entered_from_behind_is_no_block():
    assert refused("FLOW-05", drawn("s>O1>甲>O2>X1>e", "X1>O2", "O1>乙>O2"))
    looped = drawn("s>X0>O1>甲>O2>X1>e", "O1>乙>O2", "X1>X0")
    assert {"甲", "乙", "甲乙", "甲甲", "乙甲乙"} <= words(looped, 3)
    assert prove(compile_flow(looped)).is_sound


def test_flow_05_a_branch_with_a_loop_inside_is_still_a_block():
    flow = drawn("s>O1>X1>甲>X2>O2>e", "X2>X1", "O1>乙>O2")
    assert words(flow, 3) == {
        "乙", "甲", "甲甲", "甲甲甲", "甲乙", "乙甲", "甲甲乙", "甲乙甲", "乙甲甲",
    }  # fmt: skip


def test_flow_05_a_jump_into_a_branch_is_no_block():
    refused("FLOW-05", drawn("s>X0>O1>X1>甲>O2>e", "X0>X1", "O1>乙>O2"))


def test_an_inclusive_join_behind_an_exclusive_split_waits_for_one_branch():
    assert words(drawn("s>X1>甲>O2>e", "X1>乙>O2")) == {"甲", "乙"}


def test_an_inclusive_join_behind_a_parallel_split_waits_for_all_branches():
    assert words(drawn("s>A1>甲>O2>e", "A1>乙>O2")) == {"甲乙", "乙甲"}


def test_flow_06_a_call_that_comes_back_to_itself():
    call = Node("调", NodeKind.CALL, name="调", calls="main")
    again = drawn("s>甲>e")
    looped = Flow("一", "流程一", drawn("s>调>e", special=(call,)).nodes, (), (again,))
    main = drawn("s>调>e", special=(call,), called=(looped,))
    assert words(main) == {"调"}  # nothing of that name is held: one plain step
    looped = Flow("main", "流程一", (), ())
    sentence = refused("FLOW-06", drawn("s>调>e", special=(call,), called=(looped,)))
    assert "「调」" in sentence
    assert "「流程一」" in sentence


def test_flow_07_a_subprocess_in_parallel_copies():
    body = drawn("s1>甲>e1")
    side_by_side = task("子", repeat=Repeat(sequential=False, times=2))
    in_turn = task("子", repeat=Repeat(sequential=True, times=2))
    outer = drawn("s>子>e", special=(side_by_side,))
    assert "「子」（子）" in refused("FLOW-07", with_subprocess(outer, "子", body))
    outer = drawn("s>子>e", special=(in_turn,))
    assert words(with_subprocess(outer, "子", body)) == {"甲甲"}
    assert words(drawn("s>子>e", special=(side_by_side,))) == {"子子"}


def test_flow_10_is_said_of_the_search_and_not_of_what_can_be_reduced():
    branches = [f"A1>X{n}>甲{n}>X{n}a>A2" for n in range(9)]
    backs = [f"X{n}a>乙{n}>X{n}" for n in range(9)]
    net = compile_flow(drawn("s>A1", *branches, *backs, "A2>e"))
    assert prove(net, most=100).is_sound
    with pytest.raises(Invalid, match="FLOW-10") as caught:
        determinise(net, most=100)
    assert "超过 100 种" in str(caught.value.sentence)


def test_flow_11_no_trace_reaches_the_end():
    with pytest.raises(Invalid, match="FLOW-11"):
        determinise(compile_flow(drawn("s>X1>甲>A1>e", "X1>乙>A1")))
    assert len(determinise(compile_flow(drawn("s>X1>甲>X2>e", "X1>乙>X2"))).arcs) == 2


def test_made_up_ids_give_way_to_those_of_the_file():
    nodes = (Node("O1·分", NodeKind.TASK, name="丙"), Node("O1", NodeKind.INCLUSIVE))
    flow = drawn("s>X1>O1>甲>X2>e", "X1>丁>O1", "O1>O1·分>X2", special=nodes)
    edges = (*flow.edges[:-1], Edge("O1·", "O1·分", "X2"))
    assert words(Flow(flow.id, flow.name, flow.nodes, edges)) >= {"甲", "丙", "丁甲", "丁丙"}
    chooses = task("O1", default="O1>甲")
    flow = drawn("s>O1>甲>X2>e", "O1>O1·分>X2", special=(nodes[0], chooses))
    edges = (*flow.edges[:-1], Edge("O1·", "O1·分", "X2"))
    assert words(Flow(flow.id, flow.name, flow.nodes, edges)) == {"O1甲", "O1丙"}


def test_two_calls_of_one_flow_and_equal_ids_do_not_mix():
    body = Flow("一", "流程一", drawn("s>甲>e").nodes, drawn("s>甲>e").edges)
    calls = tuple(Node(name, NodeKind.CALL, name=name, calls="一") for name in ("调一", "调二"))
    net = compile_flow(drawn("s>甲>A1>调一>A2>e", "A1>调二>A2", special=calls, called=(body,)))
    assert {t.node for t in net.transitions if t.label} == {"甲", "调一/甲", "调二/甲"}
    assert {"".join(word) for word in Words(NetGame(net)).up_to(4)} == {"甲甲甲"}
