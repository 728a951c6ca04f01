"""The record's figures for docs/benchmarks.md, printed as Markdown: ``make bench-record``.

    python bench/record.py --database sqlite --events 1000000

Builds a record of so many events (a million: about 15 minutes), then measures door, sequencer,
proofs, export, verification, audit and pages on it. Medians of 5 unless told otherwise. About
40 minutes a database. Nothing here is asserted by a test.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "faults"))

from ground import Ground, ground  # noqa: E402 - it lies in a folder beside

ROUNDS = 5
WRITING = 5.0
"""Seconds for which writers write in each round."""

PROOFS = 3_000

PARTS = ("door", "proofs", "verification", "pages")
"""What can be measured alone; the record is built for each of them."""


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description="The record's figures.")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", choices=PARTS, action="append", help="several may be named")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    print_machine()
    print("| what | database | figure | unit |")
    print("|---|---|--:|---|", flush=True)
    with ground(asked.database) as laid:
        laid.stand()
        for what, figure, unit in measure(laid, asked.events, asked.only or PARTS):
            print(f"| {what} | {asked.database} | {figure} | {unit} |", flush=True)


def print_machine() -> None:
    """Print what the figures are measured on, and how busy it is."""
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    model = next(names, platform.processor())
    print(f"\n{model}, {os.cpu_count()} cores; Python {platform.python_version()}; load {load}\n")


Row = tuple[str, str, str]


def measure(laid: Ground, events: int, parts: Sequence[str] = PARTS) -> Iterator[Row]:
    """Yield every figure of these parts."""
    if "door" in parts:
        yield from _door(laid)
    yield from _growing(events)
    if "proofs" in parts:
        yield from _proofs()
    if "verification" in parts:
        yield from _verification(laid)
    if "pages" in parts:
        yield from _pages(laid)


def _door(laid: Ground) -> Iterator[Row]:
    """How many acts, each a transaction of its own, get through; and many events at once."""
    from record_door import crowd, one_passage  # noqa: PLC0415 - needs Django set up

    for count in (1, 8):
        rates = [crowd(count, WRITING) for _ in range(ROUNDS)]
        yield f"acts through the door, {count} writers", f"{statistics.median(rates):,.0f}", "1/s"
    worker = laid.start("worker")
    rates = [crowd(8, WRITING) for _ in range(ROUNDS)]
    worker.kill()
    worker.wait()
    yield "the same beside a worker", f"{statistics.median(rates):,.0f}", "1/s"
    rates = [one_passage(2_000) for _ in range(ROUNDS)]
    yield "events through the door, 2,000 an act", f"{statistics.median(rates):,.0f}", "1/s"


def _growing(events: int) -> Iterator[Row]:
    """Build the large record and seal it."""
    from record_events import build  # noqa: PLC0415 - needs Django set up

    from guiju.base.record import checkpoints, sequencer, tree_store  # noqa: PLC0415 - as above

    seconds = _timed(lambda: build(events))
    yield f"building {events:,} events", f"{events / seconds:,.0f}", "1/s"
    rates = []
    while True:
        began = time.perf_counter()
        sealed = sequencer.seal_waiting()
        if not sealed:
            break
        if sealed == sequencer.BATCH:
            rates.append(sealed / (time.perf_counter() - began))
    yield "sequencer, median batch of 5,000", f"{statistics.median(rates):,.0f}", "1/s"
    last = rates[-max(1, len(rates) // 10) :]
    yield "sequencer, the last tenth", f"{statistics.median(last):,.0f}", "1/s"
    at = _now()
    for suite in (tree_store.SHA256, tree_store.SM3_SUITE):
        checkpoints.sign_if_due(at=at, suite=suite)


def _proofs() -> Iterator[Row]:
    """Inclusion and consistency proofs, and the head, each read from the database anew."""
    from guiju.base.record import export, proving, tree_store  # noqa: PLC0415 - needs Django
    from guiju.core.ledger.proofs import prove_consistency, prove_inclusion  # noqa: PLC0415

    size = tree_store.size()
    chosen = random.Random(7)

    def inclusion() -> None:
        index = chosen.randrange(size)
        prove_inclusion(tree_store.nodes(size, around=index), index=index, size=size)

    def consistency() -> None:
        prove_consistency(tree_store.nodes(size), old=chosen.randrange(1, size), size=size)

    def whole() -> None:
        seq = chosen.randrange(size)
        proving.prove(export.entries(seq, seq + 1)[0], seq)

    def head() -> None:
        tree_store.head_at(size)

    for name, do in (
        (f"inclusion proof at {size:,}", inclusion),
        ("consistency proof", consistency),
        ("a .tlog-proof with its checkpoint", whole),
        ("head of the tree", head),
    ):
        yield from _spread(name, [_timed(do) for _ in range(PROOFS)])


def _verification(laid: Ground) -> Iterator[Row]:
    """Export, and verification by processes of their own."""
    export = laid.folder / "export"
    seconds, _ = _process(laid, "-m", "guiju", "record", "export", str(export))
    yield "export, all of it", f"{seconds:.1f}", "CPU s"
    tool = HERE.parent / "tools" / "guiju_verify.py"
    words = ("-m", "guiju", "verify", str(export), "--quorum", "0")
    for name, command in (
        ("guiju verify", words),
        ("tools/guiju_verify.py", (str(tool), *words[3:])),
    ):
        runs = [_process(laid, *command) for _ in range(ROUNDS)]
        yield name, f"{statistics.median(cpu for cpu, _ in runs):.1f}", "CPU s"
        yield f"{name}, memory", f"{max(peak for _, peak in runs):.0f}", "MB"
    shutil.rmtree(export)
    cpu, peak = _process(laid, "-m", "guiju", "doctor")
    yield "guiju doctor", f"{cpu:.1f}", "CPU s"
    yield "guiju doctor, memory", f"{peak:.0f}", "MB"


def _pages(laid: Ground) -> Iterator[Row]:
    """Pages over HTTP, one after the other, and how many queries each takes."""
    from record_pages import addresses, fetched, queries  # noqa: PLC0415 - needs Django set up
    from serving import Served  # noqa: PLC0415 - as above
    from signed_in import cookie, supervisor  # noqa: PLC0415 - as above

    served = Served.start(laid, "--no-worker")
    browser = supervisor()
    session = cookie(browser)
    for name, paths in addresses().items():
        times = [_timed(lambda path=path: fetched(served.port, path, session)) for path in paths]
        yield from _spread(f"page: {name}", times[len(times) // 10 :], tail=95)
        most = max(queries(browser, path) for path in paths[:10])
        yield f"page: {name}, most queries", str(most), ""


def _spread(name: str, times: Sequence[float], *, tail: int = 99) -> Iterator[Row]:
    cuts = statistics.quantiles(times, n=100)
    yield f"{name}, p50", f"{cuts[49] * 1e3:.2f}", "ms"
    yield f"{name}, p{tail}", f"{cuts[tail - 1] * 1e3:.2f}", "ms"


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _process(laid: Ground, *words: str) -> tuple[float, float]:
    """Return CPU seconds and peak MB of a process."""
    started = subprocess.Popen(
        [sys.executable, *words],
        env=laid.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak = 0.0
    # Not from ``wait4``, whose peak counts what this process held when it forked.
    while not os.waitid(os.P_PID, started.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        peak = max(peak, _peak_mb(started.pid))
        time.sleep(0.02)
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode not in (0, 1):
        sys.exit(f"{words} ended with {started.returncode}")
    return usage.ru_utime + usage.ru_stime, peak


def _peak_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _now():  # noqa: ANN202 - datetime
    from datetime import UTC, datetime  # noqa: PLC0415

    return datetime.now(UTC)


if __name__ == "__main__":
    main()
