"""Small builders that tests share: the command line, the sample, logs and flows by hand."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch
from xml.sax.saxutils import escape, quoteattr

from guiju.config.cli import main
from guiju.demo.sample import write_sample

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


@dataclass(frozen=True, slots=True)
class Result:
    """What a command left: its exit status and its words."""

    status: int
    out: str
    err: str


def guiju(*arguments: str | Path, cwd: Path) -> Result:
    """Run the command in this process: quick, and the same code that a shell starts."""
    out, err = io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGTERM)
    argv = ["guiju", *map(str, arguments)]
    status: object = 0
    with chdir(cwd), patch.dict(os.environ), patch.object(sys, "argv", argv):
        os.environ.pop("GUIJU_LANG", None)
        try:
            with redirect_stdout(out), redirect_stderr(err):
                main()
        except SystemExit as end:
            status = end.code
        finally:
            signal.signal(signal.SIGTERM, before)
    assert isinstance(status, int)
    return Result(status, out.getvalue(), err.getvalue())


def started(
    *arguments: str | Path, cwd: Path, code: str | None = None, **options
) -> subprocess.Popen[str]:
    """Start the command as a shell would, or Python ``code`` in its stead."""
    command = ["-c", code] if code else ["-m", "guiju", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
        **pipes,
    )


def process(*arguments: str | Path, cwd: Path) -> Result:
    """Run the command in a process of its own, to its end."""
    running = started(*arguments, cwd=cwd)
    out, err = running.communicate(timeout=60)
    return Result(running.returncode, out, err)


def sample(folder: Path, *, cases: int = 60, log_format: str = "xes") -> Path:
    """Make the sample in ``folder``; return its log."""
    folder.mkdir(exist_ok=True)
    return write_sample(folder, cases=cases, log_format=log_format)[-1]


def xes(traces: Iterable[Sequence[str]]) -> str:
    """Return a log of cases c1, c2 … with these activities, without people and times."""
    cases = "".join(
        f'<trace><string key="concept:name" value="c{number}"/>'
        + "".join(
            f'<event><string key="concept:name" value={quoteattr(activity)}/></event>\n'
            for activity in trace
        )
        + "</trace>\n"
        for number, trace in enumerate(traces, start=1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1.0">\n{cases}</log>\n'


def bpmn(nodes: str, ways: Iterable[tuple[str, str]]) -> str:
    """Return a BPMN file of the process ``p`` with these elements and sequence flows."""
    flows = "\n".join(
        f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(ways, start=1)
    )
    return (
        f'<definitions xmlns="{BPMN}"><process id="p">\n{nodes}\n{flows}\n</process></definitions>'
    )


def straight(*activities: str) -> str:
    """Return a BPMN file of one step after the other."""
    steps = "\n".join(
        f'<task id="t{number}" name="{escape(name)}"/>'
        for number, name in enumerate(activities, start=1)
    )
    ids = ["s", *(f"t{number}" for number in range(1, len(activities) + 1)), "e"]
    return bpmn(
        f'<startEvent id="s"/>\n{steps}\n<endEvent id="e"/>',
        pairwise(ids),
    )


TRACES = re.compile(r"Traceback|Error\b|Exception|error:|\bNone\b|0x[0-9a-f]{4}")
"""What only a program's insides would say."""


def refused(*arguments: str | Path, cwd: Path) -> str:
    """Run a command that must refuse: status 2, one Chinese sentence, no file touched."""
    before = {path: path.read_bytes() for path in cwd.rglob("*") if path.is_file()}
    outputs = ()
    if arguments[0] == "check":
        (cwd / "old.json").write_bytes(b"old")
        before[cwd / "old.json"] = b"old"
        outputs = ("--json", "old.json", "--html", "new.html", "--xes", "new.xes.gz")
    result = guiju(*arguments, *outputs, cwd=cwd)
    assert result.status == 2, result
    assert result.err.count("不能继续：") == 1, result.err
    sentence = result.err[result.err.index("不能继续：") :]
    assert sentence.count("\n") == 1, sentence
    assert re.search(r"。(?:）)? \[[A-Z]+-\d\d\]\n$", sentence), sentence
    assert not TRACES.search(sentence), sentence
    assert len(sentence) < 800, sentence
    assert {path: path.read_bytes() for path in cwd.rglob("*") if path.is_file()} == before
    (cwd / "old.json").unlink(missing_ok=True)
    return sentence
