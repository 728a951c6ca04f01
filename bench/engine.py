"""Look-up and exact prefix cost, warm, events per second on one core."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from guiju.core.check.deviation import Judge, Matcher
from guiju.core.check.log import EventLog, Wanted, unpack
from guiju.core.flow.automaton import determinise
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.run import Do, Runner, RunState
from guiju.demo.sample import office_flow, simulate
from guiju.exchange.flow_files import read_flow
from guiju.exchange.log_files import read_log

_ROUNDS = 5


def median_cpu(work: Callable[[], object]) -> float:
    """Return the median CPU seconds of ``work``."""
    spent = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return statistics.median(spent)


def measure_engine(judge: Judge, log: EventLog) -> dict[str, float]:
    """Return the figures of one log."""
    translated = judge.codes(log.activities)
    traces = [[translated[c] for c in unpack(key)] for key in log.variants()]
    events = sum(map(len, traces))
    began = time.process_time()
    for trace in traces:
        judge.cost(trace)
    cold = time.process_time() - began
    matcher = Matcher(judge.automaton)
    repeated = traces * max(1, 200_000 // events)
    count = sum(map(len, repeated))
    return {
        "states": len(judge.automaton.arcs),
        "variants": len(traces),
        "cold_s": cold,
        "look_up_events_per_s": count / median_cpu(lambda: [matcher.fits(t) for t in repeated]),
        "exact_us_per_event": 1e6 * median_cpu(lambda: [judge.cost(t) for t in repeated]) / count,
        "prefix_us_per_event": 1e6 * median_cpu(lambda: follow(judge, repeated)) / count,
    }


def follow(judge: Judge, traces: list[list[int]]) -> None:
    """Judge event by event, as while cases run."""
    for trace in traces:
        state = judge.start
        for code in trace:
            state, _rise = judge.advance(state, code)


def measure_run() -> float:
    """Return steps per CPU second of running matters, one command at a time."""
    runner = Runner(compile_flow(office_flow()))
    path = ["s1", "s2", "s4", "s5", "s6", "s8", "s9", "s10", "s11", "s12"]

    def run() -> None:
        for _ in range(5_000):
            state = runner.start
            for node in path:
                state = RunState(runner.step(state, Do(node)).marking)

    return 50_000 / median_cpu(run)


def logs(shared: Path) -> list[tuple[str, Judge, EventLog]]:
    """Return the sample, and the real logs where they are present."""
    found = [("sample", Judge(determinise(compile_flow(office_flow()))), simulate(5_000))]
    for bpmn in sorted(shared.glob("*.bpmn")):
        log = read_log(bpmn.with_suffix(".xes.gz"), Wanted()).log
        found.append((bpmn.stem, Judge(determinise(read_flow(bpmn).net)), log))
    return found
