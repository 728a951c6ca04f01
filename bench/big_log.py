"""A large log of the shape of traffic fines: 150,000 cases, about 560,000 events.

Written into the folder given as argument, as XES.gz, CSV and Parquet, with its flow as
BPMN and PNML. The same arguments give the same files.
"""

from __future__ import annotations

import sys
from array import array
from pathlib import Path
from random import Random

from guiju.core.check.log import EventLog
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Edge, Flow, Node
from guiju.core.terms import NodeKind
from guiju.exchange.flow_files import FlowFile, write_flow
from guiju.exchange.log_files import write_log

CASES = 150_000
STEPS = (
    "开具罚单",
    "寄送罚单",
    "登记送达",
    "加处罚款",
    "移送催收",
    "缴纳罚款",
    "提出申诉",
    "申诉裁定",
)
PEOPLE = ("", *(f"民警{number:02d}" for number in range(1, 61)))
_YEAR = 1_735_689_600_000_000
_HOUR = 3_600_000_000


def fine_flow() -> Flow:
    """Create, then either pay at once or be served, fined more, and pay, appeal or be collected."""
    names = dict(enumerate(STEPS))
    tasks = tuple(Node(f"t{i}", NodeKind.TASK, name) for i, name in names.items())
    gates = tuple(
        Node(id_, kind)
        for id_, kind in (
            ("start", NodeKind.START),
            ("pay?", NodeKind.EXCLUSIVE),
            ("served", NodeKind.EXCLUSIVE),
            ("after", NodeKind.EXCLUSIVE),
            ("done", NodeKind.EXCLUSIVE),
            ("end", NodeKind.END),
        )
    )
    ways = (
        ("start", "t0"), ("t0", "pay?"), ("pay?", "done"), ("pay?", "t1"), ("t1", "t2"),
        ("t2", "served"), ("served", "t3"), ("served", "t5"), ("t3", "after"), ("after", "t4"),
        ("after", "t5"), ("after", "t6"), ("t6", "t7"), ("t7", "done"), ("t4", "done"),
        ("t5", "done"), ("done", "end"),
    )  # fmt: skip
    edges = tuple(Edge(f"e{i}", source, target) for i, (source, target) in enumerate(ways))
    return Flow("fines", "交通罚单", (*gates, *tasks), edges)


_TRACES = (
    ((0,), 0.16), ((0, 5), 0.14), ((0, 1, 2, 3, 4), 0.36), ((0, 1, 2, 3, 5), 0.12),
    ((0, 1, 2, 5), 0.1), ((0, 1, 2, 3, 6, 7), 0.04), ((0, 1), 0.08),
)  # fmt: skip


def big_log(cases: int = CASES) -> EventLog:
    """Return the log; a tenth of the cases is spoilt at random."""
    random = Random(7)
    codes, performers, times = array("I"), array("I"), array("q")
    starts = array("Q", [0])
    traces, weights = zip(*_TRACES, strict=True)
    for number, trace in enumerate(random.choices(traces, weights, k=cases)):
        steps = list(trace)
        if random.random() < 0.1:
            steps.insert(random.randrange(len(steps) + 1), random.randrange(len(STEPS)))
        time = _YEAR + number * 60_000_000
        for code in steps:
            codes.append(code)
            performers.append(random.randrange(1, len(PEOPLE)))
            times.append(time)
            time += random.randrange(1, 1000) * _HOUR
        starts.append(len(codes))
    names = [f"A{number}" for number in range(cases)]
    return EventLog(names, starts, STEPS, codes, PEOPLE, performers, times)


def main(folder: Path) -> None:
    """Write the log and its flow into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    flow = fine_flow()
    file = FlowFile(compile_flow(flow), flow)
    for ending in ("bpmn", "pnml"):
        write_flow(folder / f"big.{ending}", file)
    log = big_log()
    for ending in ("xes.gz", "csv", "parquet"):
        write_log(folder / f"big.{ending}", log)
    print(f"{len(log.cases):,} cases, {len(log.codes):,} events in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
