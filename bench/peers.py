"""The peers, each in a process of its own: r4pm here, pm4py where GUIJU_PM4PY names a Python.

Started with a log and a PNML norm, prints one JSON line: seconds to read, to align, the
number of deviating traces and the sum of costs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

R4PM = """
import json, sys, time
import r4pm
from r4pm import petri_net
from r4pm.bindings.conformance.case_centric.alignments import align_variants
log, norm = sys.argv[1:]
clock = time.process_time
began = clock()
item = r4pm.import_item("EventLogActivityProjection", log)
read = clock() - began
net = petri_net.import_pnml(norm)
began = clock()
results = align_variants(net, item)
align = clock() - began
cost = sum(r["frequency"] * r["result"].get("Ok", r["result"])["cost"] for r in results)
cases = sum(r["frequency"] for r in results)
print(json.dumps({"read": read, "align": align, "cases": cases, "cost": cost}))
"""

PM4PY = """
import json, sys, time
import pm4py
from pm4py.algo.conformance.alignments.petri_net import algorithm
log, norm = sys.argv[1:]
clock = time.process_time
began = clock()
events = pm4py.read_xes(log)
read = clock() - began
net, initial, final = pm4py.read_pnml(norm)
began = clock()
results = pm4py.conformance_diagnostics_alignments(events, net, initial, final)
align = clock() - began
cost = sum(r["cost"] // 10000 for r in results)
print(json.dumps({"read": read, "align": align, "cases": len(results), "cost": cost}))
"""


def run_peer(python: str, script: str, log: Path, norm: Path, *, limit: int) -> dict[str, float]:
    """Return the peer's figures; empty when it is not installed or takes over ``limit`` seconds."""
    began = time.perf_counter()
    try:
        done = subprocess.run(
            [python, "-c", script, str(log), str(norm)],
            capture_output=True,
            timeout=limit,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        print(f"  (peer did not run: {type(error).__name__})", file=sys.stderr)
        return {}
    return {**json.loads(done.stdout.splitlines()[-1]), "wall": time.perf_counter() - began}
