"""A PostgreSQL cluster of our own, for tests, benches, fault scripts and the demo.

It needs the programs of PostgreSQL 15 or newer, never the system's running cluster, and
no root: started by root, it hands the server to an existing account without rights.

    python tools/postgres_cluster.py run -- COMMAND...   a throw-away cluster around COMMAND
    python tools/postgres_cluster.py start FOLDER        a lasting one; prints its two addresses
    python tools/postgres_cluster.py stop FOLDER

It stands in ``tools`` because tests and ``bench`` both use it: pytest has ``tools`` in its
``pythonpath``, scripts in ``bench`` put ``tools`` on ``sys.path``.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import postgres_programs as programs
import psycopg
from postgres_programs import ClusterError
from psycopg import sql

SUPERUSER, OWNER, APP = "postgres", "guiju_owner", "guiju_app"
DATABASE = "guiju"
PATIENCE = 120
"""Seconds until a start or stop counts as failed; recovery after a crash may take a while."""

_SOCKET_PORT = 5432
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made there, as mkdtemp does
_ROOM = 4 << 30
_HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_DURABLE = dict.fromkeys(_HASTY, "on")
_SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


@dataclass(slots=True)
class Cluster:
    """A cluster in ``folder``, reached through a socket there and, with ``port``, by TCP.

    The account that runs it (and root) may connect as any role; TCP asks for ``password``.

    Attributes:
        folder: holds ``data``, ``log`` and the socket; a short path, since sockets allow
            about 100 bytes.
        durable: whether a commit waits until it is on the disk.
        port: on 127.0.0.1, or None for the socket alone.
        settings: further settings, such as ``{"wal_level": "logical"}``; taken at each start.
        password: of every role, for TCP.
    """

    folder: Path
    durable: bool
    port: int | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    password: str = field(default_factory=secrets.token_hex)
    _server: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.folder / "data"

    def url(self, role: str = APP, database: str = DATABASE) -> str:
        """Return the address of ``database`` for ``role``."""
        if self.port is not None:
            return f"postgresql://{role}:{self.password}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{role}@/{database}?host={quote(str(self.folder))}&port={_SOCKET_PORT}"

    def environment(self) -> dict[str, str]:
        """Return the variables that lead Guiju here."""
        return {"GUIJU_DATABASE": self.url(APP), "GUIJU_OWNER_DATABASE": self.url(OWNER)}

    def is_running(self) -> bool:
        """Return whether a server answers here, whoever started it."""
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def processes(self) -> list[int]:
        """Return the process numbers of the server started here, the postmaster first (Linux)."""
        if self._server is None:
            return []
        return [self._server.pid, *programs.children(self._server.pid)]

    def create(self) -> None:
        """Make the data directory; nothing runs yet.

        Raises:
            ClusterError: initdb is missing or failed, or the folder is out of its reach.
        """
        programs.own(self.folder)
        programs.call(
            "initdb",
            *("--pgdata", str(self.data), "--username", SUPERUSER),
            *("--auth-local=trust", "--auth-host=scram-sha-256"),
            # Sorted by code point on every system, and as SQLite sorts.
            *("--encoding=UTF8", "--no-locale", "--no-instructions"),
            *(() if self.durable else ("--no-sync",)),
            cwd=self.folder,
        )

    def start(self) -> None:
        """Start the server; roles and database are made where they are missing.

        Raises:
            ClusterError: it ended, or was not ready within ``PATIENCE``.
        """
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(  # noqa: S603 - our own words
                [programs.binaries() / "postgres", "-D", self.data, *self._options()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=programs.environment(),
                start_new_session=True,  # Ctrl-C at the terminal is for us; we stop the server
                **programs.account(),
            )
        self._wait_until_ready(self._server)
        self._furnish()

    def stop(self, mode: Literal["fast", "immediate"] = "fast") -> None:
        """Stop the server: with a checkpoint, or at once, leaving recovery to the next start.

        Raises:
            ClusterError: it did not end within ``PATIENCE``; it has been killed then.
        """
        if self._server is None:
            return
        self._server.send_signal(_SIGNALS[mode])
        try:
            self._server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise ClusterError(
                "PostgreSQL 在 {seconds} 秒内没有停下，已强行结束。", seconds=PATIENCE
            ) from None
        self._server = None

    def kill(self) -> None:
        """End every process of the server with SIGKILL, as a crash would.

        What was handed to the operating system stays there: this shows recovery from the
        log, not what a power cut would take.
        """
        if self._server is None:
            return
        self._server.send_signal(signal.SIGSTOP)  # so that none is born after the list is read
        children = programs.children(self._server.pid)
        self._server.kill()
        self._server.wait()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self._server = None

    def _options(self) -> list[str]:
        # On the command line, not in a file: the folder may move between two starts.
        settings = {
            "port": str(self.port or _SOCKET_PORT),
            "listen_addresses": "" if self.port is None else "127.0.0.1",
            "unix_socket_directories": f'"{self.folder}"',
            "unix_socket_permissions": "0700",
            "logging_collector": "off",
            **(_DURABLE if self.durable else _HASTY),
            **self.settings,
        }
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _wait_until_ready(self, server: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if server.poll() is not None:
                self._server = None
                lines = (self.folder / "log").read_text("utf-8", "replace").splitlines()
                raise ClusterError("PostgreSQL 没有启动：\n{said}", said="\n".join(lines[-6:]))
            if _is_ready(self.data / "postmaster.pid", server.pid):
                return
            time.sleep(0.02)
        self.kill()
        raise ClusterError("PostgreSQL 在 {seconds} 秒内没有准备好。", seconds=PATIENCE)

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(
            dbname="postgres",
            user=SUPERUSER,
            host=str(self.folder),
            port=self.port or _SOCKET_PORT,
            autocommit=True,
        )

    def _furnish(self) -> None:
        with self._connect() as connection:
            for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
                if not _has(connection, "pg_roles", "rolname", role):
                    made = sql.SQL("CREATE ROLE {} LOGIN " + rights)
                    connection.execute(made.format(sql.Identifier(role)))
            if not _has(connection, "pg_database", "datname", DATABASE):
                made = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(made.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
            if self.port is not None:
                for role in (SUPERUSER, OWNER, APP):
                    named = sql.SQL("ALTER ROLE {} PASSWORD {}")
                    connection.execute(named.format(sql.Identifier(role), self.password))


@contextlib.contextmanager
def throw_away(
    *, durable: bool = False, tcp: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Cluster]:
    """Run a new cluster; end it and remove its folder afterwards, whatever happened.

    Args:
        durable: whether commits wait for the disk; tests are faster without.
        tcp: whether it also listens on a free port of 127.0.0.1.
        settings: further settings of the server.

    Raises:
        ClusterError: there is no PostgreSQL here, or it did not start.
    """
    folder = Path(tempfile.mkdtemp(prefix="guiju-pg-", dir=_place(durable=durable))).resolve()
    cluster = Cluster(folder, durable, _free_port() if tcp else None, settings or {})
    try:
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        try:
            _end(cluster)
        finally:
            shutil.rmtree(folder)


def start_lasting(folder: Path) -> Cluster:
    """Start the durable cluster in ``folder``, made there first where the folder is empty.

    Raises:
        ClusterError: the folder holds something else, or the server did not start.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    cluster = Cluster(folder.resolve(), durable=True)
    if cluster.is_running():
        return cluster
    if not (cluster.data / "PG_VERSION").exists():
        if any(folder.iterdir()):
            raise ClusterError(
                "「{folder}」里有别的东西。请指定一个空目录或不存在的目录。", folder=folder
            )
        cluster.create()
    cluster.start()
    return cluster


def stop_lasting(folder: Path) -> None:
    """Stop the cluster in ``folder``, whoever started it; nothing happens where none runs.

    Raises:
        ClusterError: it did not stop.
    """
    cluster = Cluster(folder.resolve(), durable=True)
    if cluster.is_running():
        words = ("stop", "-D", str(cluster.data), "-m", "fast", "-t", str(PATIENCE))
        programs.call("pg_ctl", *words, cwd=cluster.folder)


def run(command: Sequence[str]) -> int:
    """Run ``command`` with a throw-away cluster; return its exit status as a shell would.

    Raises:
        ClusterError: there is no such command, or no cluster for it.
    """
    if shutil.which(command[0]) is None:
        raise ClusterError("找不到要运行的命令「{program}」。", program=command[0])
    with throw_away() as cluster:
        # Variables such as PGHOSTADDR would lead the command to another server.
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        child = subprocess.Popen(command, env=kept | cluster.environment())  # noqa: S603
        # Ctrl-C reaches the command by itself; it ends in its own way, then we clean up.
        signal.signal(signal.SIGINT, lambda *_: None)
        for each in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, lambda number, _: child.send_signal(number))
        status = child.wait()
    return status if status >= 0 else 128 - status


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit status."""
    for each in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, lambda number, _: sys.exit(128 + number))
    parser = argparse.ArgumentParser(description="A PostgreSQL cluster of our own.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("run").add_argument("command", nargs="+")
    for verb in ("start", "stop"):
        verbs.add_parser(verb).add_argument("folder", type=Path)
    asked = parser.parse_args(words)
    try:
        if asked.verb == "run":
            return run(asked.command)
        if asked.verb == "stop":
            stop_lasting(asked.folder)
        else:
            for name, value in start_lasting(asked.folder).environment().items():
                print(f"{name}={value}")
    except ClusterError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _end(cluster: Cluster) -> None:
    cluster.stop("immediate")
    # A killed server leaves its lock and shared memory behind; only its next start clears it.
    if (cluster.data / "postmaster.pid").exists():
        cluster.start()
        cluster.stop("immediate")


def _place(*, durable: bool) -> Path | None:
    """Return where a throw-away cluster lies: in memory, if nothing of it need reach a disk.

    A database has 800 files; to make one took half a second of the kernel's time on a disk.
    """
    if durable or not os.access(_MEMORY, os.W_OK):
        return None
    return _MEMORY if shutil.disk_usage(_MEMORY).free >= _ROOM else None


def _is_ready(lock: Path, pid: int) -> bool:
    # Line 1 names the server, for the file may be left from a killed one; line 8 its state.
    try:
        lines = lock.read_text("utf-8").split("\n")
    except OSError:
        return False
    return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _has(connection: psycopg.Connection, table: str, column: str, value: str) -> bool:
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s")
    found = connection.execute(query.format(sql.Identifier(table), sql.Identifier(column)), [value])
    return found.fetchone() is not None


if __name__ == "__main__":
    sys.exit(main())
