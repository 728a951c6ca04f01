"""Real logs: the cost of every variant, and moves that explain it, from BPMN and from PNML."""

from __future__ import annotations

import csv
import functools
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
        rows = csv.reader(stream)
        next(rows)
        for traces, cost, *activities in rows:
            yield int(traces), int(cost), activities
