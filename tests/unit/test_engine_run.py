"""The commands of a matter, each refusal beside its success."""

from __future__ import annotations

import pytest

from engine.hand import drawn, task, timer, with_subprocess
from guiju.core.errors import Denied
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.markings import explore
from guiju.core.flow.model import Node
from guiju.core.flow.run import Choose, Do, Jump, Return, Runner, evolve
from guiju.core.terms import NodeKind


class Matter:
    """A matter that runs on a flow: commands in, state out."""

    def __init__(self, flow, *, jumps: bool = False) -> None:
        net = compile_flow(flow)
        self.runner = Runner(net, explore(net).numbers if jumps else ())
        self.state = self.runner.start

    def __call__(self, *commands):
        for told in commands:
            command = Do(told) if isinstance(told, str) else told
            self.state = evolve(self.state, self.runner.step(self.state, command))
        return self

    @property
    def due(self) -> set[str]:
        return set(self.runner.due(self.state))

    @property
    def is_over(self) -> bool:
        return self.runner.is_over(self.state)

    def refuses(self, command) -> tuple[str, str]:
        with pytest.raises(Denied) as caught:
            self.runner.step(self.state, command)
        return caught.value.code, str(caught.value.sentence)


def choose(node: str, *targets: str) -> Choose:
    return Choose(node, frozenset(f"{node}>{target}" for target in targets))


def test_run_01_a_step_is_done_when_it_is_due_and_not_before():
    matter = Matter(drawn("s>甲>乙>e"))
    code, sentence = matter.refuses(Do("乙"))
    assert code == "RUN-01"
    assert sentence == "现在还轮不到「乙」。当前可办的步骤：「甲」。"
    assert matter("甲").due == {"乙"}
    assert not matter.is_over
    assert matter("乙").is_over
    assert matter.refuses(Do("甲"))[1].endswith("当前可办的步骤：没有，事项已到结束。")


def test_run_01_where_only_a_choice_is_open_nothing_is_called_finished():
    matter = Matter(drawn("s>O1>甲>O2>丙>e", "O1>乙>O2"))
    assert matter.due == set()
    assert matter.refuses(Do("没有的"))[1].endswith("没有，须先选定走哪几支。")


def test_run_02_an_inclusive_choice_comes_before_its_steps():
    matter = Matter(drawn("s>O1>甲>O2>丙>e", "O1>乙>O2"))
    code, sentence = matter.refuses(Do("甲"))
    assert code == "RUN-02"
    assert "要办「甲」，得先在前面的网关选定走哪几支" in sentence
    assert matter(choose("O1", "甲", "乙")).due == {"甲", "乙"}
    assert matter("乙").due == {"甲"}
    assert matter("甲").due == {"丙"}
    assert Matter(drawn("s>O1>甲>O2>丙>e", "O1>乙>O2"))(choose("O1", "甲"), "甲").due == {"丙"}


def test_run_02_where_a_step_lies_behind_two_different_choices():
    flow = drawn("s>X1>A1>甲>X2>e", "X1>A2>甲", "A1>乙>A3>e", "A2>丙>A3")
    matter = Matter(flow)
    assert matter.refuses(Do("甲"))[0] == "RUN-02"
    assert matter(choose("X1", "A1"), "甲").due == {"乙"}


def test_an_exclusive_choice_is_made_by_doing_a_step_behind_it_or_beforehand():
    flow = drawn("s>X1>甲>X2>e", "X1>乙>X2")
    assert Matter(flow).due == {"甲", "乙"}
    assert Matter(flow)("乙").is_over
    assert Matter(flow)(choose("X1", "甲")).due == {"甲"}


def test_run_03_going_back_needs_something_to_go_back_to():
    matter = Matter(drawn("s>甲>乙>丙>e"))("甲")
    assert matter.refuses(Return("乙"))[0] == "RUN-03"
    assert "还没有办过「乙」" in matter.refuses(Return("乙"))[1]
    matter("乙", Return("甲"))
    assert matter.due == {"甲"}
    assert matter("甲", "乙", "丙").is_over


def test_going_back_goes_to_the_last_time_that_the_step_was_done():
    matter = Matter(drawn("s>A1>X1>甲>X2>A2>e", "X2>X1", "A1>乙>A2"))("甲", "乙", "甲")
    assert matter(Return("甲")).due == {"甲"}
    matter = Matter(drawn("s>A1>X1>甲>X2>A2>e", "X2>X1", "A1>乙>A2"))("甲", "甲")
    assert matter(Return("甲"), choose("X2", "A2")).due == {"乙"}


def test_going_back_inside_parallel_signing_runs_nothing_twice():
    matter = Matter(drawn("s>甲>A1>乙>A2>丁>e", "A1>丙>A2"))("甲", "乙", "丙", Return("乙"))
    assert matter.due == {"乙", "丙"}
    assert matter("丙", "乙", "丁").is_over


def test_run_04_a_choice_that_is_not_open():
    matter = Matter(drawn("s>甲>O1>乙>O2>e", "O1>丙>O2"))
    assert matter("甲").due == set()
    wrong = [
        choose("O1"), choose("O1", "丁"), choose("甲"), choose("s"), choose("没有的", "乙"),
        Choose("甲", frozenset({"甲>O1"})), Choose("O1", frozenset({"O1>乙", "别处"})),
    ]  # fmt: skip
    for command in wrong:
        code, sentence = matter.refuses(command)
        assert code == "RUN-04"
        assert "现在没有这样的选择可做" in sentence
    assert matter(choose("O1", "丙"), "丙").is_over


def test_the_default_branch_is_taken_alone_or_not_at_all():
    split = Node("O1", NodeKind.INCLUSIVE, default="O1>丙")
    flow = drawn("s>O1>甲>O2>e", "O1>乙>O2", "O1>丙>O2", special=(split,))
    assert Matter(flow).refuses(choose("O1", "甲", "丙"))[0] == "RUN-04"
    assert Matter(flow)(choose("O1", "丙")).due == {"丙"}
    assert Matter(flow)(choose("O1", "甲", "乙")).due == {"甲", "乙"}


def test_choosing_among_many_branches_takes_no_time():
    names = [f"步{n}" for n in range(40)]
    matter = Matter(drawn("s>O1", *(f"O1>{name}>O2" for name in names), "O2>e"))
    assert matter(choose("O1", *names)).due == set(names)
    assert matter.refuses(choose("O1", *names))[0] == "RUN-04"


def test_run_05_a_jump_goes_only_where_some_run_could_be():
    flow = drawn("s>A1>甲>A2>丙>e", "A1>乙>A2")
    matter = Matter(flow, jumps=True)
    ahead = Matter(flow)("甲", "乙").state.marking
    code, sentence = matter.refuses(Jump(ahead << 1))
    assert code == "RUN-05"
    assert "跳过去会丢步骤或办重" in sentence
    assert matter(Jump(ahead)).due == {"丙"}
    assert Matter(flow).refuses(Jump(ahead))[0] == "RUN-05"


def test_run_05_a_jump_does_not_land_in_the_midst_of_a_choice():
    flow = drawn("s>O1>甲>O2>e", "O1>乙>O2")
    matter = Matter(flow, jumps=True)
    landed = 0
    for marking in explore(matter.runner.net).numbers:
        if marking & matter.runner.silent.undecided:
            assert matter.refuses(Jump(marking))[0] == "RUN-05"
        else:
            assert Matter(flow, jumps=True)(Jump(marking)).state.marking == marking
            landed += 1
    assert landed > 4


def test_a_timer_strikes_only_when_it_is_commanded():
    flow = drawn("s>甲>X1>e", "时>代办>X1", special=(timer("时", "甲"),))
    matter = Matter(flow)
    assert matter.due == {"甲", "时"}
    assert matter.refuses(Do("代办"))[0] == "RUN-01"
    assert Matter(flow)("时").due == {"代办"}
    assert Matter(flow)("甲").is_over


def test_a_message_is_waited_for():
    note = Node("收", NodeKind.MESSAGE, name="回执")
    matter = Matter(drawn("s>甲>收>乙>e", special=(note,)))("甲")
    assert matter.due == {"收"}
    assert matter.refuses(Do("乙"))[0] == "RUN-01"
    assert matter("收", "乙").is_over


def test_a_step_without_events_in_logs_still_has_to_be_done():
    matter = Matter(drawn("s>甲>乙>e", special=(task("甲", recorded=False),)))
    assert matter.due == {"甲"}
    assert matter("甲", "乙").is_over


def test_while_a_step_may_still_be_repeated_the_matter_is_not_over():
    matter = Matter(drawn("s>X1>甲>X2>e", "X2>X1"))("甲")
    assert matter.due == {"甲"}
    assert not matter.is_over
    assert matter(choose("X2", "e")).is_over


def test_a_subprocess_ends_only_after_its_reminder_has_been_dealt_with():
    remind = timer("催办", "甲", interrupting=False)
    body = drawn("s1>甲>e1", "催办>发短信>e2", special=(remind,))
    flow = with_subprocess(drawn("s>子>乙>e", special=(task("子"),)), "子", body)
    assert Matter(flow)("甲").due == {"乙"}
    matter = Matter(flow)("催办", "甲")
    assert matter.due == {"发短信"}
    assert matter("发短信", "乙").is_over


def test_two_parallel_calls_of_one_flow_are_done_apart():
    body = drawn("s>甲>e")
    calls = tuple(Node(name, NodeKind.CALL, name=name, calls="一") for name in ("调一", "调二"))
    called = type(body)("一", "流程一", body.nodes, body.edges)
    matter = Matter(drawn("s>A1>调一>A2>e", "A1>调二>A2", special=calls, called=(called,)))
    assert matter("调一/甲").due == {"调二/甲"}
    assert matter("调二/甲").is_over
