"""The sample on disk."""

from __future__ import annotations

from pathlib import Path

from guiju.core.flow.compile import compile_flow
from guiju.demo.sample.office import RULES, STAFF, office_flow
from guiju.demo.sample.simulate import simulate
from guiju.demo.sample.timeless import timeless
from guiju.exchange.files import Progress, replacing, silent
from guiju.exchange.flow_files import FlowFile, write_flow
from guiju.exchange.log_files import write_log

FORMATS = ("xes.gz", "xes", "csv", "parquet", "json")


def write_sample(
    folder: Path,
    *,
    cases: int = 1000,
    seed: int = 1,
    log_format: str = "xes.gz",
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write flow, step table, staff, rules and log into ``folder``; return what was written."""
    flow = office_flow()
    file = FlowFile(compile_flow(flow), flow)
    texts = {
        folder / "rules.toml": RULES.encode(),
        folder / "staff.csv": _staff().encode("utf-8-sig"),
    }
    for path, content in texts.items():
        _write(path, content)
    bpmn, steps, log = (folder / name for name in ("flow.bpmn", "steps.xlsx", f"log.{log_format}"))
    write_flow(bpmn, file)
    write_flow(steps, file)
    _write(steps, timeless(steps.read_bytes()))
    write_log(log, simulate(cases, seed=seed, progress=progress))
    return (*texts, bpmn, steps, log)


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content)


def _staff() -> str:
    rows = [f"{post},{'、'.join(people)}" for post, people in STAFF.items()]
    return "\n".join(["岗位,人员", *rows, ""])
