"""Input that is merely too much: answered or refused in bounded time and memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time

import pytest

from factories import started, straight, xes

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="measures with getrusage")
MB = 1 << 20


WATCH = """
import json, resource, subprocess, sys
status = subprocess.call(sys.argv[2:], stderr=subprocess.STDOUT)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as told:
    json.dump([status, used.ru_utime + used.ru_stime, used.ru_maxrss], told)
"""
"""Stands between: the peak of a child counts what its parent held when it forked, and the
process that runs the tests holds much."""


def measured(*arguments, cwd):
    """Run the command; return status, words, CPU seconds and peak memory in MB."""
    command = [sys.executable, "-m", "guiju", *arguments]
    watcher = [sys.executable, "-c", WATCH, str(cwd / "told.json"), *command]
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(watcher, cwd=cwd, env=env, stdout=subprocess.PIPE, check=True)
    status, seconds, peak = json.loads((cwd / "told.json").read_text())
    unit = 1 if sys.platform == "darwin" else 1024
    return status, done.stdout.decode(), seconds, peak * unit / MB


def one_line(folder, name, head, middle, tail, size):
    with (folder / name).open("wb") as stream:
        stream.write(head)
        block = middle * (MB // len(middle))
        for _ in range(size * MB // len(block)):
            stream.write(block)
        stream.write(tail)


EVENT = '<event><string key="concept:name" value="甲"/></event>'.encode()
TRACE = b'<trace><string key="concept:name" value="c"/>' + EVENT + b"</trace>"


@pytest.mark.parametrize(
    ("head", "middle", "tail"),
    [
        (b"<log>", b"<event>", b""),
        (b'<log x="', b"aaaaaaaa", b'"/>'),
        (b"<log>", b"aaaaaaaa", b"</log>"),
        (b"<log><!--", b"aaaaaaaa", b"--></log>"),
        (b"<log ", b'a="1" ', b"/>"),
    ],
    ids=["nested", "attribute", "text", "comment", "attributes"],
)
def test_100_mb_on_one_line_are_no_log(tmp_path, head, middle, tail):
    (tmp_path / "flow.bpmn").write_text(straight("甲"), "utf-8")
    one_line(tmp_path, "log.xes", head, middle, tail, 100)
    status, words, seconds, peak = measured("check", "log.xes", "--flow", "flow.bpmn", cwd=tmp_path)
    assert status == 2, words
    assert "不能继续" in words
    assert "Traceback" not in words
    assert peak < 400
    assert seconds < 20


def test_a_very_long_case_on_one_line_is_judged(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("甲"), "utf-8")
    one_line(tmp_path, "log.xes", b"<log><trace>", EVENT, b"</trace></log>", 30)
    status, words, seconds, peak = measured("check", "log.xes", "--flow", "flow.bpmn", cwd=tmp_path)
    assert status == 1, words
    assert "Traceback" not in words
    assert peak < 400
    assert seconds < 40


@pytest.mark.parametrize("ending", ["bpmn", "pnml", "csv", "xlsx"])
def test_100_mb_on_one_line_are_no_flow(tmp_path, ending):
    one_line(tmp_path, f"flow.{ending}", b"<definitions>", b"<task/>", b"</definitions>", 100)
    status, words, seconds, peak = measured("flow", "prove", f"flow.{ending}", cwd=tmp_path)
    assert status == 2, words
    assert words.startswith("不能继续")
    assert peak < 400
    assert seconds < 20


def test_a_gzip_bomb_stays_small(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("甲"), "utf-8")
    with gzip.open(tmp_path / "log.xes.gz", "wb", compresslevel=6) as stream:
        stream.write(b"<log>")
        for _ in range(100):
            stream.write(b" " * MB)
    status, words, seconds, peak = measured(
        "check", "log.xes.gz", "--flow", "flow.bpmn", cwd=tmp_path
    )
    assert status == 2, words
    assert peak < 400
    assert seconds < 20


def test_deep_nesting_is_refused(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("甲"), "utf-8")
    (tmp_path / "log.json").write_bytes(b'{"a":' * 100_000)
    status, words, _, _ = measured("check", "log.json", "--flow", "flow.bpmn", cwd=tmp_path)
    assert status == 2, words
    assert "Traceback" not in words


VARIANTS = int(os.environ.get("GUIJU_TEST_VARIANTS", "200000"))


def test_ever_so_many_variants_are_judged(tmp_path):
    """No two cases alike: nothing can be looked up twice."""
    (tmp_path / "flow.bpmn").write_text(straight(*"甲乙丙丁戊己庚辛"), "utf-8")
    steps = "甲乙丙丁戊己庚辛"
    with (tmp_path / "log.csv").open("w", encoding="utf-8") as stream:
        stream.write("案件编号,步骤\n")
        for number in range(VARIANTS):
            digits = f"{number:07o}"
            stream.writelines(f"c{number},{steps[int(digit)]}\n" for digit in digits)
    status, words, seconds, peak = measured("check", "log.csv", "--flow", "flow.bpmn", cwd=tmp_path)
    print(f"{VARIANTS:,} variants: {seconds:.1f} CPU s, {peak:.0f} MB")  # noqa: T201 - the figure
    assert status == 1, words
    assert peak < 1500
    assert f"{VARIANTS:,} 种办法" in words
    assert seconds < 60


def test_an_interrupted_report_leaves_no_file(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("甲", "乙"), "utf-8")
    (tmp_path / "log.xes").write_text(xes([["甲", "乙"]] * 20_000), "utf-8")
    outputs = ("--json", "a.json", "--html", "a.html", "--xes", "a.xes")
    running = started("check", "log.xes", "--flow", "flow.bpmn", *outputs, cwd=tmp_path)
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".guiju-*")) and running.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    running.terminate()
    _, err = running.communicate(timeout=30)
    assert "Traceback" not in err
    assert not list(tmp_path.glob(".guiju-*"))
