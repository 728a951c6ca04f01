"""Every kind of fault, told in a sentence that names the step, the way there and the remedy."""

from __future__ import annotations

import pytest

from engine.brute import Exhaustive
from engine.hand import drawn, task, timer, with_subprocess
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.model import Node, Repeat
from guiju.core.flow.soundness import prove
from guiju.core.terms import FaultKind, NodeKind


def faults(flow):
    net = compile_flow(flow)
    return [(fault.kind, str(explain_fault(net, fault))) for fault in prove(net).faults]


def is_sound(flow) -> bool:
    net = compile_flow(flow)
    return prove(net).is_sound and Exhaustive(net).is_sound


def test_overfull_two_branches_run_into_one_step():
    assert faults(drawn("s>A1>甲>丙>e", "A1>乙>丙")) == [
        (
            FaultKind.OVERFULL,
            (
                "「结束」会被走到两次：甲 → 丙 → 乙 → 丙。"
                "请在它之前用并行网关汇合各分支，或改为只走其中一支。"
            ),
        )
    ]
    assert is_sound(drawn("s>A1>甲>A2>丙>e", "A1>乙>A2"))


def test_overfull_two_branches_end_apart():
    [(kind, sentence)] = faults(drawn("s>A1>甲>e1", "A1>乙>e2"))
    assert kind is FaultKind.OVERFULL
    assert "甲 → 乙" in sentence


def test_stuck_where_a_join_waits_for_a_branch_that_was_not_taken():
    found = dict(faults(drawn("s>X1>甲>A1>丙>e", "X1>乙>A1")))
    assert found[FaultKind.STUCK] == (
        "走到「并行网关」就停住了：甲，之后 「并行网关」 在等另一支，而那一支不会再来。"
        "请核对前面的分支与汇合是否成对。"
    )
    assert is_sound(drawn("s>X1>甲>X2>丙>e", "X1>乙>X2"))


def test_stuck_behind_a_step_that_leads_nowhere():
    found = faults(drawn("s>X1>甲>e", "X1>乙"))
    assert found == [
        (FaultKind.STUCK, "「乙」之后没有下一步：乙。请把它连到下一步或结束。"),
    ]


def test_stuck_names_the_loose_step_even_when_another_branch_has_ended():
    assert faults(drawn("s>A1>甲>e", "A1>乙")) == [
        (FaultKind.STUCK, "「乙」之后没有下一步：甲 → 乙。请把它连到下一步或结束。"),
    ]


def test_leftover_the_end_is_reached_while_a_branch_waits():
    found = dict(faults(drawn("s>A1>甲>e", "A1>乙>A2", "X0>丙>A2>丁>e")))
    sentence = found[FaultKind.LEFTOVER]
    assert sentence.startswith("已经到了结束，")
    assert "「并行网关」 却还没有办：" in sentence
    assert sentence.endswith("请在结束之前汇合所有分支。")
    assert is_sound(drawn("s>A1>甲>A2>e", "A1>乙>A2"))


def test_endless_a_circle_without_a_way_out():
    found = dict(faults(drawn("s>X1>甲>e", "X1>X2>乙>丙>X2")))
    assert set(found) == {FaultKind.ENDLESS}
    assert found[FaultKind.ENDLESS] == (
        "过了「乙」就只能来回绕，到不了结束：乙。请给这一圈加一条通往结束的路。"
    )
    assert is_sound(drawn("s>X1>甲>e", "X1>X2>乙>X3>X2", "X3>e"))


def test_dead_every_step_that_no_run_passes_is_named():
    assert faults(drawn("s>甲>e", "X1>乙>e", "X1>丙>e")) == [
        (
            FaultKind.DEAD,
            f"「{step}」永远轮不到：没有一种走法会经过它。请把它接到流程里，或者删去。",
        )
        for step in ("排他网关", "乙", "丙")
    ]


def test_a_step_on_a_live_circle_is_not_called_dead_because_of_a_dead_way_in():
    net = compile_flow(drawn("s>X1>甲>乙>X1", "X1>e", "X2>丙>X1", "X2>乙"))
    dead = {fault.node for fault in prove(net).faults if fault.kind is FaultKind.DEAD}
    assert dead == {"X2", "丙"} == Exhaustive(net).dead


def test_a_flow_without_any_task_is_sound():
    assert is_sound(drawn("s>e"))
    assert is_sound(drawn("s>k"))


def test_a_reminder_in_a_loop_is_sound_and_does_not_overtake_itself():
    remind = timer("催办", "甲", interrupting=False)
    looped = ("s>X1>甲>X2>e", "X2>X1")
    assert is_sound(drawn(*looped, "催办>e9", special=(remind,)))
    assert is_sound(drawn(*looped, "催办>发短信>e9", special=(remind,)))


def test_reminders_of_reminders_are_sound():
    special = (
        timer("催办", "甲", interrupting=False),
        timer("再催", "发短信", interrupting=False),
    )
    assert is_sound(drawn("s>甲>e", "催办>发短信>e8", "再催>打电话>e9", special=special))


def test_an_aside_that_joins_the_main_course_is_overfull():
    remind = timer("催办", "甲", interrupting=False)
    [(kind, _)] = faults(drawn("s>甲>乙>e", "催办>乙", special=(remind,)))
    assert kind is FaultKind.OVERFULL


@pytest.mark.parametrize("tasks", [1, 3])
def test_twelve_parallel_branches_are_proven_without_searching_their_product(tasks):
    steps = [">".join(f"步{n}之{k}" for k in range(tasks)) for n in range(12)]
    net = compile_flow(drawn("s>A1", *(f"A1>{branch}>A2" for branch in steps), "A2>e"))
    proof = prove(net)
    assert proof.is_sound
    assert proof.markings <= 10


def test_twelve_branches_with_deadlines_are_proven_without_searching_their_product():
    branches = [f"A1>步{n}>X{n}>A2" for n in range(12)]
    late = [f"时{n}>代办{n}>X{n}" for n in range(12)]
    special = tuple(timer(f"时{n}", f"步{n}") for n in range(12))
    proof = prove(compile_flow(drawn("s>A1", *branches, *late, "A2>e", special=special)))
    assert proof.is_sound
    assert proof.markings <= 10


def test_an_inclusive_choice_of_twelve_is_proven_without_searching_its_product():
    branches = [f"O1>步{n}>O2" for n in range(12)]
    proof = prove(compile_flow(drawn("s>O1", *branches, "O2>e")))
    assert proof.is_sound
    assert proof.markings < 100


def test_a_subprocess_waits_for_its_reminder_branch_before_it_ends():
    remind = timer("催办", "甲", interrupting=False)
    body = drawn("s1>甲>e1", "催办>发短信>e2", special=(remind,))
    outer = drawn("s>子>丙>e", special=(task("子", repeat=Repeat(sequential=True, times=2)),))
    flow = with_subprocess(outer, "子", body)
    assert is_sound(flow)


def test_terminating_a_subprocess_disarms_the_timers_on_its_border():
    remind = timer("催办", "子", interrupting=False)
    body = drawn("s1>X1>甲>e1", "X1>乙>k1")
    flow = drawn("s>子>丙>e", "催办>发短信>e2", special=(task("子"), remind))
    assert is_sound(with_subprocess(flow, "子", body))


def test_a_called_flow_is_proven_with_its_caller():
    call = Node("调", NodeKind.CALL, name="调", calls="main")
    broken = drawn("s>A1>甲>e1", "A1>乙>e2")
    sound = drawn("s>甲>e")
    outer = drawn("s>调>e", special=(call,))
    for body, expected in ((broken, False), (sound, True)):
        called = type(outer)("一", "流程一", body.nodes, body.edges)
        node = Node("调", NodeKind.CALL, name="调", calls="一")
        assert is_sound(drawn("s>调>e", special=(node,), called=(called,))) is expected
