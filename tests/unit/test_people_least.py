"""How few people: cases that a reader can check by hand, and the refusals."""

from __future__ import annotations

import time

import pytest

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, Transition
from guiju.core.flow.people import (
    Duty,
    PeopleResult,
    RuleEffect,
    Separation,
    Staffing,
    explain,
    least_people,
    which_rule_matters,
)
from guiju.core.flow.people.graph import run_graph
from guiju.core.flow.people.problem import build
from guiju.core.flow.people.search import Effort, Search


def line(*steps: str | tuple[str, ...]) -> Net:
    """Return a net of steps in turn; a tuple is a choice ("" passes silently)."""
    moves = [
        Transition(1 << at, 2 << at, label=name)
        for at, names in enumerate(steps)
        for name in ((names,) if isinstance(names, str) else names)
    ]
    places = tuple(f"p{at}" for at in range(len(steps) + 1))
    return Net(places, tuple(moves), initial=1, final=1 << len(steps), titles={})


def staff(**duties: str | tuple[str, int]) -> Staffing:
    return Staffing(
        {
            step: Duty(frozenset(duty))
            if isinstance(duty, str)
            else Duty(frozenset(duty[0]), duty[1])
            for step, duty in duties.items()
        }
    )


def apart(code: str, *steps: str) -> Separation:
    return Separation(code, frozenset(steps))


def said(result: PeopleResult, effects: tuple[RuleEffect, ...] = ()) -> list[str]:
    return [str(sentence) for sentence in explain(result, effects)]


def test_one_person_who_holds_every_post_suffices_and_s0_27_is_recalled():
    result = least_people(line("受理", "决定"), staff(受理="甲乙", 决定="乙丙"))
    assert result == PeopleResult(
        number=1,
        people=("乙",),
        assignment={"受理": ("乙",), "决定": ("乙",)},
        path=("受理", "决定"),
    )
    text = said(result)
    assert text[0] == "最少 1 人即可走完全程：乙（受理、决定）。"
    assert text[1] == "所走路径：受理 → 决定。"
    assert "至少要有两个岗位、两个人同意（S0-27）" in text[2]


def test_a_rule_that_keeps_two_steps_apart_takes_a_second_person():
    case = (
        line("受理", "审核", "决定"),
        staff(受理="甲", 审核="甲", 决定="甲乙"),
        [
            apart("R1", "受理", "决定"),
            apart("R2", "受理", "审核"),
        ],
    )
    impossible = least_people(*case)
    assert impossible.number is None
    (why,) = said(impossible)
    assert why == (
        "现有人员无论怎样组合都走不完流程："
        "按规则 R2，「受理、审核」不能由同一人办理，现有人员分不开。请为这些步骤增配人员。"
    )
    effects = which_rule_matters(*case)
    assert [(effect.code, effect.without.number) for effect in effects] == [("R2", 2)]

    case = case[0], case[1], case[2][:1]
    result, effects = least_people(*case), which_rule_matters(*case)
    assert result.number == 2
    assert result.assignment == {"受理": ("甲",), "审核": ("甲",), "决定": ("乙",)}
    assert result.captured == ("受理", "审核", "决定")
    assert said(result, effects) == [
        "最少 2 人即可走完全程：甲（受理、审核）、乙（决定）。",
        "所走路径：受理 → 审核 → 决定。",
        "其中「受理、审核、决定」除他们之外无人可办。",
        "若取消规则 R1，则 1 人即可走完全程。",
    ]


def test_the_easiest_path_counts_not_the_longest():
    net = line("受理", ("评审", "直接决定"))
    duties = staff(受理="甲", 评审=("乙丙丁", 3), 直接决定="乙")
    result = least_people(net, duties)
    assert (result.number, result.path) == (2, ("受理", "直接决定"))


def test_a_joint_step_takes_as_many_distinct_people_as_must_sign():
    result = least_people(line("受理", "会签"), staff(受理="丁", 会签=("甲乙丙丁", 3)))
    assert result.number == 3
    assert "丁" in result.people
    assert len(result.assignment["会签"]) == 3


def test_two_people_who_can_do_the_same_are_both_kept_where_a_rule_needs_them():
    net, duties = line("受理", "审核"), staff(受理="甲乙", 审核="甲乙")
    assert least_people(net, duties).number == 1
    assert least_people(net, duties, [apart("R1", "受理", "审核")]).number == 2


def test_steps_that_need_no_person_count_as_nobody():
    net = line("自动核验", "")
    result = least_people(net, Staffing({}, frozenset({"自动核验"})))
    assert (result.number, result.people, result.path) == (0, (), ("自动核验",))
    assert said(result)[0] == "有一条路径不需要任何人办理就能走完全程。"
    assert "S0-27" in said(result)[1]


def test_each_of_three_rules_that_together_take_a_third_person_matters():
    net, duties = line("一", "二", "三"), staff(一="甲乙丙", 二="甲乙丙", 三="甲乙丙")
    rules = [apart("R1", "一", "二"), apart("R2", "二", "三"), apart("R3", "一", "三")]
    assert least_people(net, duties, rules).number == 3
    effects = which_rule_matters(net, duties, rules)
    assert [(e.code, e.without.number) for e in effects] == [("R1", 2), ("R2", 2), ("R3", 2)]
    twice = [*rules, apart("R4", "一", "二")]
    assert [e.code for e in which_rule_matters(net, duties, twice)] == ["R2", "R3"]


def test_who_can_do_most_is_not_always_in_the_smallest_team():
    net = line("一", "二", "三", "四", "五", "六")
    duties = staff(一="甲乙", 二="甲丙1", 三="甲丙2", 四="甲丙3", 五="乙丁4", 六="丙戊5")
    assert set(least_people(net, duties).people) == {"乙", "丙"}


def test_joint_steps_may_share_their_signers_when_rules_leave_it_open():
    net = line("会签一", "会签二", "受理", "归档")
    duties = staff(会签一=("甲乙丙丁", 2), 会签二=("甲乙丙丁", 2), 受理="甲乙丙丁", 归档="甲乙丙丁")
    pairs = [("会签一", "受理"), ("会签一", "归档"), ("会签二", "受理"), ("会签二", "归档")]
    rules = [apart(f"R{at}", *pair) for at, pair in enumerate(pairs)]
    assert least_people(net, duties, rules, limit=3).number == 3


def test_more_than_the_limit_is_told_as_at_least():
    steps = "一二三四五"
    case = line(*steps), staff(**dict.fromkeys(steps, "甲乙丙丁戊")), [apart("R1", *steps)]
    result = least_people(*case)
    assert (result.number, result.capped) == (None, True)
    assert said(result) == ["至少需要 5 人才能走完全程。"]
    assert least_people(*case, limit=5).number == 5
    assert [e.without.number for e in which_rule_matters(*case)] == [1]
    assert said(least_people(*case, limit=2)) == ["至少需要 3 人才能走完全程。"]


def test_a_rule_whose_dropping_makes_the_impossible_possible_matters_even_above_the_limit():
    net = line("一", "二", "三", "四")
    duties = staff(一="甲", 二="甲", 三="乙", 四="丙")
    rules = [apart("R1", "一", "二")]
    (effect,) = which_rule_matters(net, duties, rules, limit=2)
    assert effect.without.capped
    result = least_people(net, duties, rules, limit=2)
    assert said(result, (effect,))[1] == "若取消规则 R1，则有足够的人可以走完全程。"


def test_what_makes_a_flow_impossible_is_named():
    nobody = least_people(line("受理", "决定"), staff(受理="甲", 决定=""))
    assert "「决定」是必经步骤，却没有人可办" in said(nobody)[0]
    few = least_people(line("受理", "会签"), staff(受理="甲", 会签=("乙", 3)))
    assert "「会签」是必经步骤，须 3 人签署，只有 1 人可办" in said(few)[0]
    both = least_people(line("受理", ("甲办", "乙办")), staff(受理="甲", 甲办="", 乙办=""))
    assert "每条路径都要经过「" in said(both)[0]
    assert "甲办" in said(both)[0]
    assert "乙办" in said(both)[0]
    assert (
        least_people(line("受理", ("甲办", "乙办")), staff(受理="甲", 甲办="", 乙办="甲")).number
        == 1
    )


@pytest.mark.parametrize(
    ("code", "duties", "rules", "words"),
    [
        ("PEOPLE-01", staff(受理="甲"), [], "没有说明谁可以办「决定」"),
        ("PEOPLE-02", staff(受理="甲", 决定=("乙", 0)), [], "「决定」要求 0 人签署"),
        (
            "PEOPLE-03",
            staff(受理="甲", 决定="乙"),
            [apart("R1", "受理", "决定")] * 2,
            "规则编号「R1」重复",
        ),
        ("PEOPLE-04", staff(受理="甲", 决定="乙"), [apart("R1", "受理")], "「R1」"),
        (
            "PEOPLE-04",
            staff(受理="甲", 决定="乙"),
            [apart("R1", "受理", "批准")],
            "「批准」不在流程中",
        ),
    ],
)
def test_input_that_does_not_fit_the_flow_is_refused(code, duties, rules, words):
    with pytest.raises(Invalid, match=code) as caught:
        least_people(line("受理", "决定"), duties, rules)
    assert words in str(caught.value)


def test_a_net_that_cannot_end_is_refused():
    net = Net(("a", "b", "c"), (Transition(1, 2, label="受理"),), initial=1, final=4, titles={})
    with pytest.raises(Invalid, match="PEOPLE-05"):
        least_people(net, staff(受理="甲"))


def test_a_net_that_puts_two_tokens_into_one_place_is_refused():
    moves = (Transition(1, 2 | 4), Transition(2, 4, label="受理", node="n1"), Transition(4, 8))
    net = Net(("a", "b", "c", "d"), moves, initial=1, final=8, titles={"n1": "受理"})
    with pytest.raises(Invalid, match="PEOPLE-07") as caught:
        least_people(net, staff(受理="甲"))
    assert "走到「受理」" in str(caught.value)


def branches(count: int, length: int) -> Net:
    """Return a net of parallel branches, each of steps in turn with a way round each step."""
    moves, places = [], 2
    heads = tails = 0
    for branch in range(count):
        heads |= 1 << places
        for step in range(length):
            begin, end = 1 << places, 2 << places
            moves += [Transition(begin, end, label=f"{branch}.{step}"), Transition(begin, end)]
            places += 1
        tails |= 1 << places
        places += 1
    moves += [Transition(1, heads), Transition(tails, 2)]
    names = tuple(f"p{at}" for at in range(places))
    return Net(names, tuple(moves), initial=1, final=2, titles={})


def test_twelve_parallel_branches_do_not_multiply():
    net = branches(12, 3)
    begin = time.process_time()
    graph = run_graph(net)
    assert len(graph.moves) < 100
    result = least_people(net, Staffing({name: Duty(frozenset("甲")) for name in net.activities}))
    assert result.number == 0
    assert time.process_time() - begin < 2


def test_too_many_markings_are_refused():
    net = branches(6, 3)
    alarm = Transition(1 << 2, 2, clear=sum(4 << at for at in range(len(net.places) - 2)))
    tangled = Net(net.places, (*net.transitions, alarm), initial=1, final=2, titles={})
    with pytest.raises(Invalid, match="PEOPLE-06") as caught:
        run_graph(tangled, cap=50)
    assert "50" in str(caught.value)
    assert len(run_graph(tangled).moves) > 50


def test_a_search_that_would_take_too_long_is_refused():
    steps = "一二三四五"
    problem = build(
        line(*steps), staff(**dict.fromkeys(steps, "甲乙丙丁戊")), [apart("R1", *steps)]
    )
    with pytest.raises(Invalid, match="PEOPLE-08"):
        Search(problem, Effort(3)).team_of(4)
    assert Search(problem, Effort()).team_of(5)


@pytest.mark.parametrize(("final", "path"), [(0b1000, ("甲", "乙")), (0b1010, ("乙", "甲"))])
def test_the_order_of_a_step_and_an_interruption_is_kept_apart(final, path):
    fills, empties = Transition(0b1, 0b10, label="甲"), Transition(0b100, 0b1000, 0b10, label="乙")
    net = Net(("a", "b", "c", "d"), (fills, empties), initial=0b101, final=final, titles={})
    assert least_people(net, staff(甲="子", 乙="子")).path == path


def test_an_end_that_can_be_left_is_still_reached():
    moves = (Transition(1, 2), Transition(2, 1), Transition(4, 8, label="甲"))
    net = Net(("a", "b", "c", "d"), moves, initial=0b101, final=0b1001, titles={})
    assert least_people(net, staff(甲="子")).path == ("甲",)
