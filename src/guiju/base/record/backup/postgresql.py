"""Copying a PostgreSQL database by its own programs, and bringing the copy back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from guiju.base.record.backup.archive import uncopied
from guiju.core.errors import Denied, Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import Progress

_INSTALLED = "usr/lib/postgresql/*/bin"
_PIECE = 1024**2
_DJANGOS = {"pool", "isolation_level", "server_side_binding", "assume_role"}
"""Options of Django's own, which libpq does not know."""

Settings = Mapping[str, object]
"""Django's entry for a database."""


def copy_database(target: Path, snapshot: str, progress: Progress) -> None:
    """Write the database, as ``snapshot`` sees it, to ``target`` in pg_dump's custom format.

    Raises:
        Denied: BACKUP-04 when pg_dump is missing or older than the server.
        Invalid: BACKUP-03 when it does not succeed.
        OSError: when ``target`` cannot be written.
    """
    settings = connection.settings_dict
    command = [
        _program("pg_dump", _asked("SHOW server_version_num") // 10_000),
        "--format=custom",
        f"--snapshot={snapshot}",
        f"--dbname={_address(settings)}",
    ]
    total = _asked("SELECT pg_database_size(current_database())")
    with target.open("xb") as out, tempfile.TemporaryFile() as said:
        running = subprocess.Popen(  # noqa: S603 - our own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(settings),
        )
        with running:  # if we fail, its pipe is closed, and so it ends
            _pour(running, out, total, progress)
        if running.returncode:
            raise _failed("pg_dump", said)


def fill_database(source: Path, settings: Settings) -> None:
    """As the owner, bring an empty database to the state of a copy: all of it, or nothing.

    Rows come before triggers, as pg_restore does by itself.

    Raises:
        Denied: BACKUP-04 when pg_restore is missing or older than the server.
        Invalid: BACKUP-03 when it does not succeed.
    """
    with closing(_connect(settings)) as server:
        version = server.info.server_version // 10_000
    command = [
        _program("pg_restore", version),
        *("--single-transaction", "--exit-on-error"),
        *("--no-owner", "--no-privileges", "--no-comments"),
        f"--dbname={_address(settings)}",
        str(source),
    ]
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(  # noqa: S603 - our own words
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=_environment(settings),
            check=False,
        )
        if done.returncode:
            raise _failed("pg_restore", said)


_OWN = (
    " FROM {table} c JOIN pg_namespace n ON n.oid = c.{column}"
    " WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
    " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
)
_RELATIONS = "SELECT n.nspname, c.relname, c.relkind::text" + _OWN.format(
    table="pg_class", column="relnamespace"
)
_ROUTINES = "SELECT n.nspname, c.proname, c.oid::regprocedure::text" + _OWN.format(
    table="pg_proc", column="pronamespace"
)
_DROPS = {"r": "TABLE", "p": "TABLE", "v": "VIEW", "m": "MATERIALIZED VIEW", "S": "SEQUENCE"}


def is_empty(settings: Settings) -> bool:
    """Tell whether a database holds no table and no function, but those of extensions."""
    with closing(_connect(settings)) as server:
        found = [server.execute(query).fetchone() for query in (_RELATIONS, _ROUTINES)]
    return found == [None, None]


def clear_database(settings: Settings) -> None:
    """As the owner, take away again what was brought into a database that had been empty."""
    with closing(_connect(settings)) as server, server.transaction():
        # A sequence that belongs to a table's column goes with it, and not by itself.
        for schema, name, kind in server.execute(f"{_RELATIONS} ORDER BY c.relkind = 'S'"):
            if kind in _DROPS:
                drop = SQL("DROP " + _DROPS[kind] + " IF EXISTS {} CASCADE")
                server.execute(drop.format(Identifier(schema, name)))
        for _, _, signature in server.execute(_ROUTINES).fetchall():
            server.execute(SQL("DROP ROUTINE IF EXISTS " + signature + " CASCADE"))


def _asked(query: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return int(cursor.fetchone()[0])


def _connect(settings: Settings) -> psycopg.Connection:
    try:
        return psycopg.connect(_address(settings), password=_password(settings))
    except psycopg.OperationalError as error:
        raise Denied(
            "BACKUP-07",
            zh(
                "连不上要恢复到的数据库：{why}。请检查 GUIJU_OWNER_DATABASE。",
                why=_first_line(str(error)),
            ),
        ) from None


def _pour(running: subprocess.Popen[bytes], out: BinaryIO, total: int, progress: Progress) -> None:
    """Take what the program writes ourselves, so that a full disk is our own error."""
    source = running.stdout
    done = 0
    while source is not None and (piece := source.read(_PIECE)):
        out.write(piece)
        done += len(piece)
        progress(min(done, total), total)


def _program(name: str, least: int) -> str:
    """Return the first of PostgreSQL's programs of this name that knows the server's version."""
    in_path = shutil.which(name)
    installed = sorted(Path("/").glob(f"{_INSTALLED}/{name}"), reverse=True)
    for program in (*([in_path] if in_path else []), *map(str, installed)):
        if _version(program) >= least:
            return program
    raise Denied(
        "BACKUP-04",
        zh(
            "找不到 PostgreSQL {least} 或更新版本的 {name}。请安装 PostgreSQL 客户端，"
            "或把它所在的目录加入 PATH。",
            name=name,
            least=least,
        ),
    )


def _version(program: str) -> int:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(rb"\) (\d+)", done.stdout)
    return int(found[1]) if found else 0


def _address(settings: Settings) -> str:
    """Return where and as whom to connect, without the password, which others could see."""
    parts = {
        "dbname": settings["NAME"],
        "user": settings["USER"],
        "host": settings["HOST"],
        "port": settings["PORT"],
    }
    options = settings.get("OPTIONS")
    if isinstance(options, Mapping):
        parts |= {name: value for name, value in options.items() if name not in _DJANGOS}
    return make_conninfo(**{name: str(value) for name, value in parts.items() if value})


def _password(settings: Settings) -> str | None:
    return str(settings["PASSWORD"]) or None


def _environment(settings: Settings) -> dict[str, str]:
    password = _password(settings)
    return {**os.environ, "LC_ALL": "C", **({"PGPASSWORD": password} if password else {})}


def _failed(program: str, said: BinaryIO) -> Invalid:
    said.seek(0)
    why = _first_line(said.read(4096).decode("utf-8", "replace"))
    return uncopied(zh("{program}：{why}", program=program, why=why.removeprefix(f"{program}: ")))


def _first_line(text: str) -> str:
    lines: Iterable[str] = filter(None, map(str.strip, text.splitlines()))
    return next(iter(lines), "—").rstrip(".")[:300]
