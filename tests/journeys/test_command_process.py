"""Real processes: interrupted, cut off, out of room."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factories import sample, started

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and pipes of POSIX")


def left(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    sample(folder, cases=4000)
    return folder


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["INT", "TERM"]
)
def test_a_stopped_conversion_leaves_no_file(large, tmp_path, sent, status):
    (tmp_path / "out.xes").write_bytes(b"old")
    running = started("log", "convert", large / "log.xes", "out.xes", cwd=tmp_path)
    deadline = time.monotonic() + 30
    while len(left(tmp_path)) == 1 and running.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.002)
    running.send_signal(sent)
    _out, err = running.communicate(timeout=30)
    assert running.returncode == status, err
    assert "Traceback" not in err
    assert left(tmp_path) == ["out.xes"]
    assert (tmp_path / "out.xes").read_bytes() == b"old"


def test_a_reader_who_leaves_gets_no_traceback(large):
    with started("log", "show", "log.xes", cwd=large) as running:
        assert running.stdout
        running.stdout.close()
        assert running.stderr
        err = running.stderr.read()
    assert running.returncode == 141
    assert err == ""


def test_a_full_terminal_device_is_told(large):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    with Path("/dev/full").open("w") as full:
        running = started("log", "show", "log.xes", cwd=large, stdout=full)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 2, err
    assert "磁盘已满" in err
    assert "Traceback" not in err


def test_results_may_go_to_standard_output(large):
    running = started(
        *("check", "log.xes", "--flow", "flow.bpmn", "--json", "/dev/stdout"), cwd=large
    )
    out, err = running.communicate(timeout=30)
    assert running.returncode == 1, err
    assert '"total_cost"' in out
    assert Path("/dev/stdout").is_symlink()


def test_a_pipe_cannot_be_judged_and_is_not_waited_for(large):
    running = started(
        *("check", "/dev/stdin", "--flow", "flow.bpmn"), cwd=large, stdin=subprocess.PIPE
    )
    _out, err = running.communicate(timeout=30)
    assert running.returncode == 2
    assert "存成文件" in err
