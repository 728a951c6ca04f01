"""Processes of the product that need not load it first: forked from one that has.

Most of what a command costs is loading Django and the areas. A process that has done so, as the
command itself would, forks a child for each start; the child gets its environment, folder, pipes
and session like any other, reads the settings anew, and is a child of the test's own process, so
that it is waited for and killed like one. What starts without this: ``Installation.is_cold``.
"""

from __future__ import annotations

import atexit
import ctypes
import json
import os
import runpy
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import ModuleType

_ON_GROUND = {"init", "serve", "worker", "migrate", "record", "backup", "restore", "doctor", "demo"}
"""Commands that load Django whatever they are asked."""

_LOADS_PAGES = {"init", "serve", "demo"}
"""Commands that also load all pages: to serve them, or to show a link."""

_BECOME_PARENT_OF_ORPHANS = 36
_SIZE = 1 << 20


class Warm(subprocess.Popen):
    """A ``Popen`` whose process is forked instead of started."""

    def _execute_child(self, args, *rest):
        cwd, env, pipes = rest[4], rest[5], rest[9:15]
        asked = {"words": args[1:], "cwd": str(cwd), "env": env}
        self.pid = _source(args[1:], env).fork(asked, (pipes[0], pipes[3], pipes[5]))
        self._child_created = True
        self._close_pipe_fds(*pipes)


def is_possible(words, env):
    """Tell whether a process of these words can be forked: Linux, Django, the same Python."""
    loads = words[0] == "-c" or set(words[2:]) & _ON_GROUND
    return sys.platform == "linux" and bool(loads) and _of_python(env) == _of_python(_environment())


def _of_python(env):
    return {name: text for name, text in env.items() if name.startswith(("PYTHON", "LD_"))}


def _environment():
    return {n: t for n, t in os.environ.items() if not n.startswith("GUIJU_")} | {"PYTHONUTF8": "1"}


class _Source:
    """The process that has loaded the product, as its parent sees it."""

    def __init__(self, is_server, database):
        ctypes.CDLL(None).prctl(_BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
        self.lock = threading.Lock()
        self.line, others = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SIZE)
        with others:
            self.process = subprocess.Popen(
                [sys.executable, __file__, str(others.fileno()), "pages" if is_server else ""],
                pass_fds=[others.fileno()],
                env=_environment() | {"GUIJU_DATABASE": database},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,  # Python's streams remember what they were opened on
                stderr=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the tests, whose end ends it
            )

    def fork(self, asked, pipes):
        with self.lock:
            socket.send_fds(self.line, [json.dumps(asked).encode()], pipes)
            pid = self.line.recv(64)
        assert pid, self.process.communicate()
        return int(pid)

    def end(self):
        self.line.close()  # which it hears
        self.process.communicate(timeout=60)


_SOURCES = {}
_LOCK = threading.Lock()


def _source(words, env):
    is_server = words[:2] == ["-m", "guiju"] and words[2] in _LOADS_PAGES
    # Django asks the kind of database for the longest name of a table.
    is_postgres = env.get("GUIJU_DATABASE", "").startswith("postgres")
    with _LOCK:
        if (is_server, is_postgres) not in _SOURCES:
            database = "postgresql://nobody@127.0.0.1:1/none" if is_postgres else ""
            _SOURCES[is_server, is_postgres] = made = _Source(is_server, database)
            atexit.register(made.end)
    return _SOURCES[is_server, is_postgres]


def _load(*, is_server):
    """Load what every command on the database loads, and for the server what it does besides."""
    os.environ |= {"GUIJU_DATA": "/nonexistent", "GUIJU_SECRET": "never used " * 5}
    import guiju.config.cli  # noqa: F401, PLC0415 - only in this process
    from guiju.config.cli.ground import stand_on_ground  # noqa: PLC0415 - as above

    stand_on_ground()
    if is_server:
        from guiju.config import server  # noqa: PLC0415 - as above

        server._settle()
    assert len(list(Path("/proc/self/task").iterdir())) == 1  # other threads are not forked


def _wait(line):
    """Fork a child for each request; return in the child, with what was asked of it."""
    while True:
        data, given, _, _ = socket.recv_fds(line, _SIZE, 3)
        if not data:
            sys.exit()
        if between := os.fork():
            os.waitpid(between, 0)
            for each in given:
                os.close(each)
            continue
        between = os.getpid()
        if os.fork():
            os._exit(0)
        os.setsid()
        while os.getppid() == between:
            time.sleep(0.0002)
        for place, each in enumerate(given):
            os.dup2(each, place)
            os.close(each)
        line.send(b"%d" % os.getpid())
        line.close()
        return json.loads(data)


def _forget():
    """Let the settings, and what Django made of them, be read anew."""
    from django.conf import settings  # noqa: PLC0415 - loaded
    from django.core.cache import caches  # noqa: PLC0415 - as above
    from django.core.files.storage import storages  # noqa: PLC0415 - as above
    from django.db import connections  # noqa: PLC0415 - as above
    from django.template import engines  # noqa: PLC0415 - as above
    from django.utils.functional import empty  # noqa: PLC0415 - as above
    from django_tasks import task_backends  # noqa: PLC0415 - as above

    assert not [one for one in connections.all(initialized_only=True) if one.connection]
    for handler in (caches, storages, connections, engines, task_backends):
        handler.__dict__.clear()
        handler.__init__()
    settings._wrapped = empty
    del sys.modules["guiju.config.settings"]


def _become(asked):
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["cwd"])
    _forget()
    first, what, *arguments = asked["words"]
    sys.modules["__main__"] = ModuleType("__main__")
    sys.argv[:] = [first if first == "-c" else what, *arguments]
    sys.path[0] = "" if first == "-c" else asked["cwd"]
    if first == "-c":
        exec(compile(what, "<string>", "exec"), vars(sys.modules["__main__"]))  # noqa: S102
    else:
        runpy.run_module(what, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as _line:
        _load(is_server=bool(sys.argv[2]))
        _asked = _wait(_line)
    _become(_asked)
