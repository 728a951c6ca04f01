"""Every fault on both databases, as the tables of docs/benchmarks.md: ``make faults``.

Takes about three hours on a quiet machine with two cores; ``--share 0.05`` does a twentieth
of the rounds, in about a quarter of an hour. A fault that the product does not survive is told
below the tables, and makes the status 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
BOTH = ("sqlite", "postgresql")
SKIPPED = 77

SURVIVED = (
    ("kill_writers", 200, BOTH),
    ("kill_server", 200, BOTH),
    ("stop_postgres", 20, ("postgresql",)),
    ("full_disk", 10, BOTH),
    ("rivals", 3, BOTH),
)
"""Scripts whose rows tell what was acknowledged and what became of it; rounds; databases."""

FOUND = (
    ("flip_bytes", 10_000, BOTH),
    ("flip_export", 2_000, ("sqlite",)),
    ("rewrite", 20, BOTH),
)
"""Scripts whose rows tell how much of what was done to the record was found."""


def main() -> int:
    """Run all of them; return 1 if one of them found a fault of the product."""
    parser = argparse.ArgumentParser(description="All faults.")
    parser.add_argument("--share", type=float, default=1.0)
    share = parser.parse_args().share
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    print(f"\n{os.cpu_count()} cores; Python {platform.python_version()}; load {load}\n")
    print("| fault | database | rounds | acknowledged | missing | doubled | half done |"
          " entries | s |")  # fmt: skip
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|", flush=True)
    faults = [_run(name, rounds, share, where) for name, rounds, on in SURVIVED for where in on]
    print("\n| what was done | database | times | found | nothing struck | s |")
    print("|---|---|--:|--:|--:|--:|", flush=True)
    faults += [_run(name, rounds, share, where) for name, rounds, on in FOUND for where in on]
    told = [text for text in faults if text]
    for text in told:
        print(f"\n{text}")
    return 1 if told else 0


def _run(name: str, rounds: int, share: float, database: str) -> str:
    """Run one script, its rows going where ours go; return the faults that it tells."""
    words = ("--rounds", str(max(1, round(rounds * share))), "--database", database)
    script = HERE / f"{name}.py"
    done = subprocess.run(
        [sys.executable, str(script), *words], stderr=subprocess.PIPE, check=False
    )
    if done.returncode in {0, SKIPPED}:
        return ""
    return f"{name} on {database}:\n{done.stderr.decode('utf-8', 'replace')}"


if __name__ == "__main__":
    sys.exit(main())
