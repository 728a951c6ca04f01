"""From a log to what people read: variants, totals, and deviations in words."""

from __future__ import annotations

from array import array
from collections import Counter

import pytest

from engine.hand import drawn
from guiju.core.check.deviation import Judge
from guiju.core.check.deviations import most_frequent, name_deviations
from guiju.core.check.log import EventLog, unpack
from guiju.core.check.moves import find_moves
from guiju.core.check.verdict import judge_log, tally_steps
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.terms import DeviationKind, MoveKind

FLOW = drawn("s>申请>受理>X1>审核>X2>决定>送达>e", "X1>快审>X2")


def judge_of(flow) -> Judge:
    return Judge(determinise(compile_flow(flow)))


def log_of(*traces: str) -> EventLog:
    rows = [trace.split() for trace in traces]
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    starts, codes = array("Q", [0]), array("I")
    for row in rows:
        codes.extend(names.index(name) for name in row)
        starts.append(len(codes))
    return EventLog([f"案{n}" for n in range(len(rows))], starts, names, codes)


def said(trace: str) -> list[tuple[DeviationKind, str, int | None]]:
    judge = judge_of(FLOW)
    found = name_deviations(find_moves(judge, trace.split()), judge.automaton.activities)
    return [(d.kind, str(d.sentence()), d.event) for d in found]


@pytest.mark.parametrize(
    ("trace", "expected"),
    [
        ("申请 受理 审核 决定 送达", []),
        (
            "申请 受理 审核 送达",
            [(DeviationKind.SKIPPED, "「审核」之后跳过了「决定」", None)],
        ),
        ("受理 快审 决定 送达", [(DeviationKind.SKIPPED, "一开始就跳过了「申请」", None)]),
        (
            "申请 受理 受理 审核 决定 送达",
            [(DeviationKind.REPEATED, "「受理」之后又重复办了「受理」", 2)],
        ),
        (
            "申请 请客 受理 审核 决定 送达",
            [(DeviationKind.UNKNOWN, "「申请」之后出现了流程里没有的「请客」", 1)],
        ),
        (
            "请客 申请 受理 审核 决定 送达",
            [(DeviationKind.UNKNOWN, "一开始就出现了流程里没有的「请客」", 0)],
        ),
        (
            "决定 申请 受理 审核 送达",
            [(DeviationKind.EARLY, "「决定」提前到一开始就办了", 0)],
        ),
        (
            "申请 决定 受理 审核 送达",
            [(DeviationKind.EARLY, "「决定」提前到「申请」之后就办了", 1)],
        ),
        (
            "申请 审核 决定 送达 受理",
            [(DeviationKind.LATE, "「受理」推后到「送达」之后才办", 4)],
        ),
        (
            "申请 受理 快审 审核 决定 送达",
            [(DeviationKind.EXTRA, "「快审」之后不该办「审核」", 3)],
        ),
    ],
)
def test_each_deviation_is_one_plain_sentence_at_its_event(trace, expected):
    assert said(trace) == expected


def test_variants_group_equal_cases_and_the_most_frequent_come_first():
    log = log_of("甲 乙", "甲", "甲 乙", "", "甲", "甲 乙")
    groups = log.variants()
    assert list(groups.values()) == [[0, 2, 5], [1, 4], [3]]
    assert [list(unpack(key)) for key in groups] == [[0, 1], [0], []]
    assert [(log.cases[c], list(log.traces())[c]) for c in (0, 3)] == [
        ("案0", (0, 2)),
        ("案3", (5, 5)),
    ]


def test_the_verdict_adds_up_over_the_log():
    good = "申请 受理 审核 决定 送达"
    log = log_of(good, "申请 受理 决定 送达", good, "", "请客 申请 受理 快审 决定 送达", good)
    told: list[tuple[int, int]] = []
    verdict = judge_log(judge_of(FLOW), log, progress=lambda done, of: told.append((done, of)))
    assert verdict.conforming == 3
    assert verdict.total_cost == 0 * 3 + 1 + 5 + 1
    assert told == [(0, 4)]
    assert [v.cases for v in verdict.deviating()] == [[1], [3], [4]]
    assert sum(len(v.cases) for v in verdict.variants) == len(log.cases)
    tally = tally_steps(verdict)
    assert tally["请客"] == Counter({MoveKind.EXTRA: 1})
    assert tally["送达"] == Counter({MoveKind.SYNC: 5, MoveKind.SKIPPED: 1})
    for variant in verdict.variants:
        kinds = Counter(move.kind for move in verdict.moves(variant))
        assert kinds[MoveKind.EXTRA] + kinds[MoveKind.SKIPPED] == variant.cost
        assert len(verdict.deviations(variant)) == variant.cost


def test_the_verdict_is_the_same_when_the_judge_keeps_forgetting():
    traces = ["申请 受理", "决定", "送达 申请 受理", "请客", "快审 审核 审核", "申请 受理"]
    usual, forgetful = judge_of(FLOW), judge_of(FLOW)
    forgetful._most = 1
    first, second = judge_log(usual, log_of(*traces)), judge_log(forgetful, log_of(*traces))
    assert forgetful.is_full
    assert [v.cost for v in first.variants] == [v.cost for v in second.variants]
    assert [first.moves(v) for v in first.variants] == [second.moves(v) for v in second.variants]


def test_the_most_frequent_deviations_are_counted_whatever_their_events():
    judge = judge_of(FLOW)
    known = judge.automaton.activities
    once, twice, missing = (
        name_deviations(find_moves(judge, trace.split()), known)
        for trace in (
            "申请 请客 受理 审核 决定 送达",
            "申请 请客 受理 快审 决定 送达",
            "受理 快审 决定 送达",
        )
    )
    pairs = [(d, cases) for found, cases in ((once, 2), (twice, 3), (missing, 4)) for d in found]
    assert [(d.kind, cases) for d, cases in most_frequent(pairs)] == [
        (DeviationKind.UNKNOWN, 5),
        (DeviationKind.SKIPPED, 4),
    ]
