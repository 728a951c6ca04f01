"""A process that is forked from a warm one is what a cold start would have made of it."""

from __future__ import annotations

import os
import signal

import pytest

pytestmark = pytest.mark.database

TOLD = """
import json, os, random, signal, sys, threading
from django.conf import settings
from django.db import connection
from django.template import engines
guiju = sorted(name for name in sys.modules if name.split(".")[0] == "guiju")
handlers = [str(signal.getsignal(one)) for one in (signal.SIGTERM, signal.SIGINT, signal.SIGPIPE)]
streams = [
    (one.encoding, one.errors, one.line_buffering, one.isatty(), one.seekable())
    for one in (sys.stdin, sys.stdout, sys.stderr)
]
print(json.dumps([
    guiju, handlers, streams, sys.argv, sys.path, os.getcwd(), sorted(os.environ.items()),
    str(settings.DATA), settings.SECRET_KEY, str(settings.STATIC_ROOT),
    str(connection.settings_dict["NAME"]), threading.active_count(),
    os.getpgid(0) == os.getsid(0) == os.getpid(), __name__, sorted(os.listdir("/proc/self/fd")),
], indent=1))
"""


def in_both(installation, *arguments, code):
    found = []
    for installation.is_cold in (True, False):
        found.append(installation.run(*arguments, code=code))
    return found


def test_it_has_loaded_and_knows_the_same(installation):
    found = []
    for installation.is_cold in (True, False):
        done = installation.in_django(TOLD, "first", "第二", GUIJU_HOSTS="guiju.example.gov.cn")
        assert (done.status, done.err) == (0, "")
        found.append(done.out)
    assert found[0] == found[1]
    assert '"guiju.base.record.door"' in found[0]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("import sys; sys.exit(3)", 3),
        ("import sys; print('out', end=''); sys.exit('why')", 1),
        ("1 / 0", 1),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", -signal.SIGTERM),
        ("import atexit; atexit.register(print, 'at last')", 0),
        ("import sys; print(sys.stdin.read() == '')", 0),
    ],
)
def test_it_ends_the_same(installation, code, status):
    cold, warm = in_both(installation, code=code)
    assert (cold.status, cold.out) == (warm.status, warm.out)
    assert cold.err.splitlines()[-1:] == warm.err.splitlines()[-1:]
    assert warm.status == status


def test_it_is_a_child_of_whoever_started_it_and_random_like_any_other(installation):
    code = "import os, random; print(os.getppid(), random.random())"
    (parent, one), (_, other) = (installation.run(code=code).out.split() for _ in range(2))
    assert int(parent) == os.getpid()
    assert one != other
