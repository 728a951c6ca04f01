"""Real logs: the cost of every variant, and moves that explain it, from BPMN and from PNML."""

from __future__ import annotations

import csv
import functools
import json
from collections import Counter
from pathlib import Path

import pytest

from engine.brute import NetGame, Words
from guiju.core.check.deviation import Judge, Matcher
from guiju.core.check.moves import find_moves
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.soundness import prove
from guiju.core.terms import MoveKind
from guiju.exchange.bpmn import read_bpmn
from guiju.exchange.pnml import read_pnml

LOGS = Path(__file__).parents[2].parent / "shared" / "data" / "logs"
TOTALS = {
    "receipt": (1434, 713, 2465),
    "domestic_declarations": (10500, 7091, 6213),
    "bpic15_1f": (902, 496, 704),
}
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOGS.is_dir(), reason="shared data absent"),
]
norms = pytest.mark.parametrize("kind", ["bpmn", "pnml"])
names = pytest.mark.parametrize("name", TOTALS)


@functools.cache
def net_of(name: str, kind: str):
    source = (LOGS / f"{name}.{kind}").read_bytes()
    return compile_flow(read_bpmn(source).flow) if kind == "bpmn" else read_pnml(source)


@functools.cache
def judge_of(name: str, kind: str) -> Judge:
    return Judge(determinise(net_of(name, kind)))


def lines(name: str):
    """Yield (traces, cost, activities) for each variant."""
    with (LOGS / f"{name}.costs.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            activities = json.loads(row["activities_json"])
            yield int(row["traces"]), int(row["optimal_deviation_cost"]), activities


@norms
@names
def test_every_variant_costs_what_was_proven_and_the_totals_agree(name, kind):
    judge = judge_of(name, kind)
    matcher = Matcher(judge.automaton)
    cases = conforming = total = 0
    for traces, expected, activities in lines(name):
        codes = judge.codes(activities)
        cost = judge.cost(codes)
        assert cost == expected, activities
        assert matcher.fits(codes) == (cost == 0)
        cases += traces
        conforming += traces * (cost == 0)
        total += traces * cost
    assert (cases, conforming, total) == TOTALS[name]


@norms
@names
def test_every_deviating_variant_is_explained_by_moves_that_replay(name, kind):
    judge = judge_of(name, kind)
    matcher = Matcher(judge.automaton)
    for _, expected, activities in lines(name):
        if judge.is_full:
            judge.forget()
        moves = find_moves(judge, activities)
        kinds = Counter(move.kind for move in moves)
        assert kinds[MoveKind.EXTRA] + kinds[MoveKind.SKIPPED] == expected
        events = [m for m in moves if m.kind is not MoveKind.SKIPPED]
        assert [(m.event, m.activity) for m in events] == list(enumerate(activities))
        walked = [m.activity for m in moves if m.kind is not MoveKind.EXTRA]
        assert matcher.fits(judge.codes(walked))


@norms
@pytest.mark.parametrize("name", ["receipt", "domestic_declarations"])
def test_moves_replay_on_the_net_itself(name, kind):
    judge = judge_of(name, kind)
    words = Words(NetGame(net_of(name, kind)))
    for _, _, activities in list(lines(name))[:8]:
        moves = find_moves(judge, activities)
        assert words.has([m.activity for m in moves if m.kind is not MoveKind.EXTRA])


@names
def test_both_files_of_a_norm_give_one_automaton(name):
    assert judge_of(name, "bpmn").automaton == judge_of(name, "pnml").automaton


@norms
@names
def test_the_norms_are_proven_sound(name, kind):
    assert prove(net_of(name, kind)).is_sound
