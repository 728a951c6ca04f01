"""The whole command, as a user starts it: wall, CPU and memory of one process."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """Medians of several runs: seconds of wall and CPU, peak MB, and what the command said."""

    wall: float
    cpu: float
    peak_mb: float
    seconds: dict[str, float] = field(default_factory=dict)
    total_cost: int | None = None


def measured(command: list[str], *, rounds: int = _ROUNDS) -> tuple[float, float, float]:
    """Return median wall seconds, median CPU seconds and peak MB of ``command``."""
    walls, cpus, peaks = [], [], []
    for _ in range(rounds):
        began = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.perf_counter() - began)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in (0, 1):
            sys.exit(f"{command} ended with {process.returncode}")
        cpus.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(walls), statistics.median(cpus), max(peaks)


def check(log: Path, flow: Path, *, page: bool = False) -> Run:
    """Return the figures of ``guiju check`` with a JSON report, and an HTML ``page`` or not."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        guiju = [sys.executable, "-m", "guiju", "check", str(log), "--flow", str(flow)]
        pages = ["--html", str(report.with_suffix(".html"))] if page else []
        wall, cpu, peak = measured([*guiju, "--json", str(report), *pages])
        found = json.loads(report.read_text("utf-8"))
    return Run(wall, cpu, peak, found["seconds"], found["total_cost"])
