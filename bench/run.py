"""All figures of docs/benchmarks.md, printed as Markdown: ``make bench``.

Real logs are read from ``../shared/data/logs`` (or the folder in GUIJU_LOGS) where they are
present; the large log is generated. r4pm comes with ``make bench``; pm4py is run where
GUIJU_PM4PY names the Python of an environment that has it.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import peers
import whole

import engine

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("GUIJU_LOGS", ROOT.parent / "shared" / "data" / "logs"))
PM4PY = os.environ.get("GUIJU_PM4PY", "")
_STAGES = ("read", "compile", "judge", "report")


def main() -> None:
    """Measure and print."""
    print_machine()
    print_engine()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, str(ROOT / "bench" / "big_log.py"), name], check=True)
        logs = [(log, log.with_name(log.name.replace(".xes.gz", ".bpmn"))) for log in real_logs()]
        big = [
            (folder / f"big.{kind}", folder / "big.bpmn") for kind in ("xes.gz", "parquet", "csv")
        ]
        print_whole([*logs, *big])
        print_peers([*(log for log, _ in logs), folder / "big.xes.gz"])


def real_logs() -> list[Path]:
    """Return the real logs that have a norm beside them."""
    return [
        p
        for p in sorted(SHARED.glob("*.xes.gz"))
        if p.with_suffix("").with_suffix(".bpmn").exists()
    ]


def print_machine() -> None:
    """Print what the figures were measured on, and how busy it was."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    print(f"\n{model}, {os.cpu_count()} cores; Python {platform.python_version()}; load {load}\n")


def print_engine() -> None:
    """Print look-up and exact cost."""
    print("| log | variants | states | cold, all variants s | look-up events/s |"
          " exact cost µs/event | prefix cost µs/event |")  # fmt: skip
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, judge, log in engine.logs(SHARED):
        found = engine.measure_engine(judge, log)
        size = f"{found['variants']:,.0f} | {found['states']:,.0f}"
        print(
            f"| {name} | {size} | {found['cold_s']:.3f} |"
            f" {found['look_up_events_per_s']:,.0f} | {found['exact_us_per_event']:.3f} |"
            f" {found['prefix_us_per_event']:.3f} |"
        )
    print(f"\nRunning matters: {engine.measure_run():,.0f} steps per CPU second.\n")


def print_whole(logs: list[tuple[Path, Path]]) -> None:
    """Print whole checks, each a process of its own, with the HTML page and without."""
    print("| log | read s | compile s | judge s | HTML s | CPU s | wall s |"
          " CPU s without HTML | peak MB |")  # fmt: skip
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for log, flow in logs:
        full, bare = whole.check(log, flow, page=True), whole.check(log, flow)
        stages = " | ".join(f"{full.seconds[stage]:.2f}" for stage in _STAGES)
        rest = f"{full.cpu:.2f} | {full.wall:.2f} | {bare.cpu:.2f} | {full.peak_mb:.0f}"
        print(f"| {log.name} | {stages} | {rest} |", flush=True)
    print()


def print_peers(logs: list[Path]) -> None:
    """Print the same logs read and aligned by the peers, and the sums of costs."""
    print("| log | who | read CPU s | judge CPU s | wall s | sum of costs |")
    print("|---|---|--:|--:|--:|--:|")
    for log in logs:
        norm = log.with_name(log.name.replace(".xes.gz", ".pnml"))
        run = whole.check(log, norm)
        judged = run.seconds["compile"] + run.seconds["judge"]
        print(
            f"| {log.name} | guiju (whole process {run.cpu:.2f} CPU s) |"
            f" {run.seconds['read']:.2f} | {judged:.2f} | {run.wall:.2f} | {run.total_cost:,} |"
        )
        for who, python, script in (
            ("r4pm", sys.executable, peers.R4PM),
            ("pm4py", PM4PY, peers.PM4PY),
        ):
            found = peers.run_peer(python, script, log, norm, limit=600) if python else {}
            if found:
                print(
                    f"| {log.name} | {who} | {found['read']:.2f} | {found['align']:.2f} |"
                    f" {found['wall']:.2f} | {found['cost']:,} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
