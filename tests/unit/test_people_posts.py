"""From posts and their holders to who may do each step."""

from __future__ import annotations

from itertools import pairwise

import pytest

from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node, Signing
from guiju.core.flow.people import Duty, least_people
from guiju.core.flow.people.posts import Holding, staffing_by_post, staffing_for
from guiju.core.terms import NodeKind, SigningMode, TaskKind


def task(name: str, post: str = "", **more) -> Node:
    return Node(id=name, kind=NodeKind.TASK, name=name, post=post, **more)


def flow(*nodes: Node, called: tuple[Flow, ...] = ()) -> Flow:
    every = (Node("开始", NodeKind.START), *nodes, Node("结束", NodeKind.END))
    edges = tuple(Edge(f"e{at}", a.id, b.id) for at, (a, b) in enumerate(pairwise(every)))
    return Flow("f", "流程", every, edges, called)


ROSTER = {
    "窗口": Holding(frozenset("甲乙")),
    "科长": Holding(frozenset("丙"), frozenset("甲")),
    "评委": Holding(frozenset("丁戊己"), frozenset("乙")),
}


def test_each_post_is_one_person_when_nobody_is_named():
    power = flow(task("受理", "窗口"), task("初审", "窗口"), task("决定", "局长"))
    result = least_people(compile_flow(power), staffing_by_post(power))
    assert (result.number, set(result.people)) == (2, {"窗口", "局长"})


def test_a_post_that_signs_jointly_has_as_many_made_up_people_as_must_sign():
    power = flow(task("评审", "评委", signing=Signing(SigningMode.VOTE, 3)))
    duty = staffing_by_post(power).duties["评审"]
    assert duty == Duty(frozenset({"评委", "评委（2）", "评委（3）"}), 3)
    assert least_people(compile_flow(power), staffing_by_post(power)).number == 3


def test_a_flow_without_posts_may_be_done_by_anyone():
    power = flow(task("受理"), task("决定"))
    assert least_people(compile_flow(power), staffing_by_post(power)).number == 1


@pytest.mark.parametrize(
    ("signing", "required"),
    [
        (None, 1),
        (Signing(SigningMode.SINGLE, 2), 1),
        (Signing(SigningMode.ANY), 1),
        (Signing(SigningMode.ANY, 2), 2),
        (Signing(SigningMode.ALL), 3),
        (Signing(SigningMode.SEQUENCE), 3),
        (Signing(SigningMode.VOTE, 2), 2),
    ],
)
def test_holders_and_deputies_may_sign_and_the_rule_says_how_many(signing, required):
    staffing, remarks = staffing_for(flow(task("评审", "评委", signing=signing)), ROSTER)
    assert staffing.duties["评审"] == Duty(frozenset("乙丁戊己"), required)
    assert len(remarks) == 2


@pytest.mark.parametrize(
    ("node", "manned"),
    [
        (task("步骤"), True),
        (task("步骤", "窗口", task=TaskKind.USER), True),
        (task("步骤", "窗口", task=TaskKind.SERVICE), False),
        (task("步骤", "窗口", task=TaskKind.RULE), False),
        (task("步骤", task=TaskKind.SEND), False),
        (task("步骤", "窗口", task=TaskKind.SEND), True),
        (task("步骤", task=TaskKind.RECEIVE), False),
        (Node("步骤", NodeKind.TIMER, name="步骤", recorded=True), False),
        (Node("步骤", NodeKind.CALL, name="步骤"), True),
    ],
)
def test_who_needs_a_person(node, manned):
    power = flow(node)
    staffing, _ = staffing_for(power, ROSTER)
    assert ("步骤" in staffing.duties) == manned
    assert ("步骤" in staffing.unmanned) == (not manned)
    assert least_people(compile_flow(power), staffing).number == int(manned)


def test_steps_of_one_name_and_of_called_flows_are_joined():
    inner = flow(task("审核", "科长"))
    inner = Flow("inner", "内", inner.nodes, inner.edges)
    call = Node("c", NodeKind.CALL, name="调用", calls="inner")
    power = flow(task("审核", "窗口"), call, called=(inner,))
    staffing, _ = staffing_for(power, ROSTER)
    assert staffing.duties["审核"].people == frozenset("甲乙丙")
    assert least_people(compile_flow(power), staffing).number == 1


def test_what_does_not_fit_together_is_remarked_upon():
    power = flow(task("受理", "窗口"), task("登记"), task("决定", "局长"))
    staffing, remarks = staffing_for(power, ROSTER)
    assert staffing.duties["决定"].people == frozenset()
    assert staffing.duties["登记"].people == frozenset("甲乙丙丁戊己")
    assert [str(remark) for remark in remarks] == [
        "步骤「登记」没有写明岗位，按任何人都可办计算。",
        "岗位「局长」没有人员，它的步骤「决定」无人可办。",
        "流程中没有岗位「科长」，它的人员不参与计算。",
        "流程中没有岗位「评委」，它的人员不参与计算。",
    ]
