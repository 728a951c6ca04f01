"""An installation of its own for each test: a data directory, a database, real processes."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

import warm
from factories import Result

PATIENCE = 60
"""Seconds after which what should have happened counts as failed."""

ON_POSTGRES = os.environ.get("GUIJU_DATABASE", "").startswith("postgres")


@dataclass
class Installation:
    """Where it lies and how its processes are started.

    Attributes:
        is_cold: whether Python and the product are loaded for each process, as at a terminal.
    """

    folder: Path
    variables: dict[str, str] = field(default_factory=dict)
    is_cold: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def environment(self, **changes: str | None) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith("GUIJU_")}
        found = kept | {"PYTHONUTF8": "1", "GUIJU_DATA": str(self.data)} | self.variables
        return {name: text for name, text in (found | changes).items() if text is not None}

    def start(
        self, *arguments: str, code: str | None = None, **changes: str | None
    ) -> subprocess.Popen[str]:
        words = ["-c", code, *arguments] if code else ["-m", "guiju", *arguments]
        environment = self.environment(**changes)
        is_warm = not self.is_cold and warm.is_possible(words, environment)
        return (warm.Warm if is_warm else subprocess.Popen)(
            [sys.executable, *words],
            cwd=self.folder,
            env=environment,
            text=True,
            encoding="utf-8",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *arguments: str, code: str | None = None, **changes: str | None) -> Result:
        running = self.start(*arguments, code=code, **changes)
        try:
            out, err = running.communicate(timeout=PATIENCE)
        finally:
            end(running, signal.SIGKILL)
        return Result(running.returncode, out, err)

    def in_django(self, code: str, *arguments: str, **changes: str | None) -> Result:
        """Run Python ``code`` with Django set up, as a process of the product."""
        before = "from guiju.config.cli.ground import stand_on_ground; stand_on_ground()\n"
        return self.run(*arguments, code=before + code, **changes)

    @contextmanager
    def serving(self, *arguments: str, **changes: str | None) -> Iterator[Server]:
        """Start ``guiju serve``, wait until it says that it is ready, and end it."""
        port = free_port()
        process = self.start("serve", "--bind", f"127.0.0.1:{port}", *arguments, **changes)
        try:
            said = process.stdout.readline()
            assert f"http://127.0.0.1:{port}/" in said, (said, process.communicate())
            yield Server(process, port)
        finally:
            end(process)

    @contextmanager
    def working(self, *arguments: str, **changes: str | None) -> Iterator[subprocess.Popen[str]]:
        """Start ``guiju worker``, wait until it has begun, and end it."""
        process = self.start("worker", *arguments, **changes)
        try:
            said = process.stdout.readline()
            assert "已启动" in said, (said, process.communicate())
            yield process
        finally:
            end(process)

    def tell(self, *statements: str) -> None:
        """Change the database as its owner does with a program of his own."""
        if ON_POSTGRES:
            with psycopg.connect(self.variables["GUIJU_OWNER_DATABASE"], autocommit=True) as open_:
                for statement in statements:
                    open_.execute(statement)
            return
        with closing(sqlite3.connect(self.data / "guiju.sqlite3", timeout=PATIENCE)) as open_:
            for statement in statements:
                open_.execute(statement)
            open_.commit()

    def ask(self, query: str) -> list[tuple]:
        """Return what the database answers its owner."""
        if ON_POSTGRES:
            with psycopg.connect(self.variables["GUIJU_OWNER_DATABASE"]) as open_:
                return open_.execute(query).fetchall()
        with closing(sqlite3.connect(self.data / "guiju.sqlite3", timeout=PATIENCE)) as open_:
            return open_.execute(query).fetchall()

    def one(self, query: str) -> object:
        return self.ask(query)[0][0]


@dataclass
class Server:
    """A running ``guiju serve``."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str = "/", **headers: str) -> tuple[int, bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        opener = urllib.request.build_opener(_Here)
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


class _Here(urllib.request.HTTPRedirectHandler):
    """Follows nobody elsewhere."""

    def redirect_request(self, *_: object) -> None:
        return None


@contextmanager
def installed(folder: Path, *, template: Installation | None = None) -> Iterator[Installation]:
    """Give an installation in ``folder`` with a database, copied from ``template`` or empty."""
    folder.mkdir(exist_ok=True)
    made = Installation(folder)
    if template:
        # Whether a worker lives is told of the template alone.
        shutil.copytree(template.data, made.data, ignore=shutil.ignore_patterns("worker.json"))
    if not ON_POSTGRES:
        yield made
        return
    name = f"journey_{uuid.uuid4().hex}"
    owner = os.environ["GUIJU_OWNER_DATABASE"]
    made.variables = {
        variable: _in_database(os.environ[variable], name)
        for variable in ("GUIJU_DATABASE", "GUIJU_OWNER_DATABASE")
    }
    origin = ""
    if template:
        of = urlsplit(template.variables["GUIJU_OWNER_DATABASE"]).path.removeprefix("/")
        origin = f' TEMPLATE "{of}"'
    with psycopg.connect(owner, autocommit=True) as maintaining:
        maintaining.execute(f'CREATE DATABASE "{name}"{origin}')
    try:
        yield made
    finally:
        # Not by force, which the owner may not use on the application's last connections:
        # the server itself waits some seconds until these are gone.
        with psycopg.connect(owner, autocommit=True) as maintaining:
            maintaining.execute(f'DROP DATABASE "{name}"')


def end(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> None:
    """See a process end, and close what was read from it."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(timeout=PATIENCE)
    finally:
        process.kill()
        process.stdout.close()
        process.stderr.close()


def _in_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_so) -> None:
    """Wait until ``is_so()`` is true; fail when it never is."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Tell whether a process lives; one that only waits to be buried does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def descendants(pid: int) -> Sequence[int]:
    """Return the children of a process and theirs (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text("ascii").split()):
            found += [child, *descendants(child)]
    return found


def code_of(result: Result) -> str:
    """Return the code of the one refusal that a command gave, and check its form."""
    assert result.status == 2, result
    assert result.err.count("不能继续：") == 1, result
    assert "Traceback" not in result.err, result
    sentence = result.err[result.err.index("不能继续：") :].rstrip()
    assert "\n" not in sentence, sentence
    assert sentence.endswith("]"), sentence
    return sentence[sentence.rindex("[") + 1 : -1]
