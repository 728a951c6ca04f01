"""An installation to break: a data directory, a database of its own, and real processes.

Every script of this folder stands on one. Whatever happens, also on Ctrl+C and when the
time allowed is over, its processes are ended and its folders removed.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import psycopg
from postgres_cluster import OWNER, Cluster, throw_away

ORIGIN = "faults.example/record"
PATIENCE = 120.0
"""Seconds after which what should have happened counts as a fault of the product."""

_WELL = (0,)


@dataclass(slots=True)
class Ground:
    """Where an installation lies and how its processes are started.

    Attributes:
        folder: holds the data directory.
        cluster: its PostgreSQL, or None on SQLite.
        database: name of the database in the cluster.
        logs: where what processes print is kept; in ``folder`` if None.
    """

    folder: Path
    cluster: Cluster | None = None
    database: str = "guiju"
    logs: Path | None = None
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    @property
    def file(self) -> Path:
        """The SQLite database."""
        return self.data / "guiju.sqlite3"

    def environment(self) -> dict[str, str]:
        """Return the variables of its processes."""
        kept = {name: text for name, text in os.environ.items() if not name.startswith("GUIJU_")}
        kept |= {"PYTHONUTF8": "1", "GUIJU_DATA": str(self.data)}
        if self.cluster is not None:
            kept["GUIJU_DATABASE"] = self.cluster.url(database=self.database)
            kept["GUIJU_OWNER_DATABASE"] = self.cluster.url(OWNER, self.database)
        return kept

    def stand(self) -> None:
        """Set Django up in this process, on this installation; once in a process."""
        os.environ |= self.environment()
        from guiju.config.cli.ground import stand_on_ground  # noqa: PLC0415 - the variables first

        stand_on_ground()

    def run(self, *words: str, well: Sequence[int] = _WELL) -> tuple[int, str]:
        """Run ``guiju`` to its end; return its status and all that it said.

        Raises:
            RuntimeError: for a status that is not among ``well``, a traceback, or no end.
        """
        try:
            done = subprocess.run(
                [sys.executable, "-m", "guiju", *words],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=PATIENCE * 5,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"guiju {' '.join(words)} did not end") from None
        said = done.stdout.decode("utf-8", "replace")
        if done.returncode not in well or "Traceback" in said:
            raise RuntimeError(f"guiju {' '.join(words)} ended with {done.returncode}:\n{said}")
        return done.returncode, said

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start ``guiju`` and go on; what it says is added to a file named like the command."""
        with self._log(words[0]).open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "guiju", *words],
                cwd=self.folder,
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(started)
        return started

    def said(self, command: str) -> str:
        """Return what processes of this command have said so far."""
        path = self._log(command)
        return path.read_text("utf-8", "replace") if path.exists() else ""

    def _log(self, command: str) -> Path:
        return (self.logs or self.folder) / f"{command}.log"

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """Open the database as its owner does with a program of his own; triggers stand."""
        if self.cluster is None:
            with closing(sqlite3.connect(self.file, timeout=PATIENCE)) as connection:
                connection.isolation_level = None
                yield connection
        else:
            url = self.cluster.url(OWNER, self.database)
            with psycopg.connect(url, autocommit=True) as connection:
                yield connection

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the database answers its owner."""
        with self.opened() as connection:
            return list(connection.execute(query).fetchall())

    def number(self, query: str) -> int:
        """Return the one number that a query answers with."""
        return int(self.ask(query)[0][0])

    def end(self) -> None:
        """End every process that was started here, and those that they have left behind."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        ours = f"GUIJU_DATA={self.data}".encode()
        while left := [pid for pid in _others() if ours in _variables(pid)]:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)


def _others() -> list[int]:
    named = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal()]
    return [pid for pid in named if pid != os.getpid()]


def _variables(pid: int) -> list[bytes]:
    """Return the variables that a process was started with; none of one that has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return []


@contextmanager
def ground(database: str, *, place: Path | None = None) -> Iterator[Ground]:
    """Give a new installation that stands on ``database``, initialised, with a durable server.

    Args:
        database: ``sqlite`` or ``postgresql``.
        place: where its folder is made; the usual place for temporary files if None.
    """
    with ExitStack() as ending:
        made = Path(ending.enter_context(tempfile.TemporaryDirectory("", "guiju-fault-", place)))
        logs = Path(ending.enter_context(tempfile.TemporaryDirectory("", "guiju-fault-")))
        cluster = None
        if database == "postgresql":
            cluster = ending.enter_context(_cluster(place))
        laid = Ground(made, cluster, logs=logs)
        ending.callback(laid.end)
        laid.run("init", "--name", ORIGIN)
        yield laid


@contextmanager
def _cluster(place: Path | None) -> Iterator[Cluster]:
    """Run a durable cluster whose data lie in ``place``."""
    usual, tempfile.tempdir = tempfile.tempdir, place and str(place)
    with throw_away(durable=True) as cluster:
        tempfile.tempdir = usual
        yield cluster


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Wait until ``is_so``.

    Raises:
        RuntimeError: it did not come true within ``PATIENCE``; ``what`` says what should have.
    """
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > deadline:
            raise RuntimeError(f"it never came true: {what}")
        time.sleep(0.05)


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def arguments(about: str, *, rounds: int, seconds: int) -> argparse.Namespace:
    """Return what the command line asks for; end the process when the time is over.

    Args:
        about: what the script does.
        rounds: how often, unless ``--rounds`` says otherwise.
        seconds: how long the script may take with so many rounds; more rounds may take longer.
    """
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--rounds", type=int, default=rounds)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda number, _: sys.exit(128 + number))

    def over(*_: object) -> None:
        sys.exit(f"took longer than {limit:,} s; everything is cleaned up")

    limit = max(600, round(seconds * asked.rounds / rounds))
    signal.signal(signal.SIGALRM, over)
    signal.alarm(limit)
    return asked


def print_row(cells: Sequence[object]) -> None:
    """Print one row of a Markdown table."""
    told = [f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in cells]
    print(f"| {' | '.join(told)} |", flush=True)


def finish(cells: Sequence[object], faults: Sequence[str]) -> None:
    """Print the last row and, on the other channel, every fault; end with status 1 for faults."""
    print_row(cells)
    for fault in faults:
        print(f"FAULT: {fault}", file=sys.stderr)
    sys.exit(1 if faults else 0)
