"""What the application's account may do on PostgreSQL: grant just that, and find what is more.

GB/T 22239-2019, 8.1.4 asks for the least rights that a task needs; engine.md, section 4:
the application has SELECT and INSERT on the record, never the right to change its triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.base.record.models import KEPT, Outbox
from guiju.core.sentence import Sentence, zh

_READ = "SELECT"
_ADD = "SELECT, INSERT"
_QUEUE = "SELECT, INSERT, DELETE"
_ALL = "SELECT, INSERT, UPDATE, DELETE"

_RIGHTS = {
    **{model._meta.db_table: _ADD for model in KEPT},
    Outbox._meta.db_table: _QUEUE,
    "django_migrations": _READ,
}
"""Rights on single tables; every other table may be read and written."""

_TABLES = """
SELECT c.relname FROM pg_class c
WHERE c.relkind IN ('r', 'p') AND c.relowner = current_user::regrole
AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"""

_SEQUENCES = """
SELECT s.relname, t.relname FROM pg_class s
LEFT JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass
  AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
LEFT JOIN pg_class t ON t.oid = d.refobjid
WHERE s.relkind = 'S' AND s.relowner = current_user::regrole
AND s.relnamespace = current_schema()::regnamespace ORDER BY 1"""

_STANDING = """
SELECT current_schema(), current_database(),
  pg_has_role(n.nspowner, 'MEMBER'), pg_has_role(d.datdba, 'MEMBER')
FROM pg_namespace n, pg_database d
WHERE n.nspname = current_schema() AND d.datname = current_database()"""


class _Standing(NamedTuple):
    """Where the owner stands, and what of it is the owner's."""

    schema: str
    database: str
    owns_schema: bool
    owns_database: bool


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """As the owner, give the account ``role`` what the application needs and take all else.

    Nothing is done on SQLite, which knows no accounts, or when the owner is the role itself.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [role])
        if cursor.fetchone()[0]:
            return
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        cursor.execute(_SEQUENCES)
        sequences = dict(cursor.fetchall())
        cursor.execute(_STANDING)
        standing = _Standing(*cursor.fetchone())
        for statement in (
            *_on_surroundings(role, standing),
            *_on_tables(role, tables),
            *_on_sequences(role, sequences),
        ):
            cursor.execute(statement)


def _on_surroundings(role: str, standing: _Standing) -> Iterator[str]:
    """Close schema and database as far as they are the owner's; ``faults`` tells the rest."""
    name, place = _quoted(role), _quoted(standing.schema)
    database = _quoted(standing.database)
    if standing.owns_schema:
        yield f"REVOKE ALL ON SCHEMA {place} FROM PUBLIC, {name}"
        yield f"GRANT USAGE ON SCHEMA {place} TO {name}"
    if standing.owns_database:
        # A temporary table could stand before one of the record's in its triggers' eyes.
        yield f"REVOKE ALL ON DATABASE {database} FROM PUBLIC, {name}"
        yield f"GRANT CONNECT ON DATABASE {database} TO {name}"
    for kind in ("TABLES", "SEQUENCES"):
        for where in ("", f" IN SCHEMA {place}"):
            yield f"ALTER DEFAULT PRIVILEGES{where} REVOKE ALL ON {kind} FROM PUBLIC, {name}"


def _on_tables(role: str, tables: list[str]) -> Iterator[str]:
    for table in tables:
        yield f"REVOKE ALL ON TABLE {_quoted(table)} FROM PUBLIC, {_quoted(role)}"
        rights = _RIGHTS.get(table, _ALL)
        yield f"GRANT {rights} ON TABLE {_quoted(table)} TO {_quoted(role)}"


def _on_sequences(role: str, sequences: dict[str, str | None]) -> Iterator[str]:
    """Let sequences be read, as pg_dump does; identity columns, as the record's, need no more."""
    for sequence, table in sequences.items():
        yield f"REVOKE ALL ON SEQUENCE {_quoted(sequence)} FROM PUBLIC, {_quoted(role)}"
        rights = "SELECT" if table in _RIGHTS else "USAGE, SELECT"
        yield f"GRANT {rights} ON SEQUENCE {_quoted(sequence)} TO {_quoted(role)}"


def _quoted(name: str) -> str:
    from psycopg.sql import Identifier  # noqa: PLC0415 - loaded only where it is PostgreSQL

    return Identifier(name).as_string(None)


_FAULTS = {
    "SELECT rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = current_user": zh(
        "程序的数据库账号可以新建账号或复制整库，能借此绕过限制。"
        "请执行 ALTER ROLE … NOCREATEROLE NOREPLICATION。"
    ),
    """
SELECT EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
    AND c.relkind IN ('r', 'p', 'S') AND pg_has_role(c.relowner, 'MEMBER'))
  OR EXISTS (SELECT 1 FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace
    AND pg_has_role(p.proowner, 'MEMBER'))
  OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database()
    AND pg_has_role(d.datdba, 'MEMBER'))""": zh(
        "程序的数据库账号是表或库的所有者，能停用触发器。"
        "请把所有权交给另一个账号，写在 GUIJU_OWNER_DATABASE，再运行 guiju migrate。"
    ),
    """
SELECT bool_or(has_table_privilege(c.oid, 'UPDATE, TRUNCATE, REFERENCES, TRIGGER')
    OR has_any_column_privilege(c.oid, 'UPDATE')
    OR c.relname <> 'record_outbox' AND has_table_privilege(c.oid, 'DELETE'))
FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace
  AND c.relkind IN ('r', 'p') AND c.relname = ANY (%s)""": zh(
        "程序的数据库账号可以改动或删除记录。请以所有者账号运行 guiju migrate 收回。"
    ),
    """
SELECT has_schema_privilege(current_schema(), 'CREATE')
  OR has_database_privilege(current_database(), 'CREATE, TEMP')""": zh(
        "程序的数据库账号可以建表，能用同名的表遮住记录。请以所有者账号运行 guiju migrate 收回。"
    ),
    """
SELECT has_parameter_privilege('session_replication_role', 'SET')
  OR pg_has_role('pg_execute_server_program', 'MEMBER')
  OR pg_has_role('pg_write_server_files', 'MEMBER')""": zh(
        "程序的数据库账号可以绕过触发器，或改写数据库服务器上的文件。请由数据库管理员收回。"
    ),
}
"""Questions that the database must answer with no, and what to say when it does not."""


def faults(connection: BaseDatabaseWrapper) -> list[Sentence]:
    """Return what the account of this connection could do to the record but must not.

    Empty on SQLite, where whoever may write the file may do anything: only triggers and
    witnesses stand there.
    """
    if connection.vendor != "postgresql":
        return []
    kept: list[str] = list(_RIGHTS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            return [zh("程序的数据库账号是超级用户，可以绕过一切限制。请换用普通账号。")]
        found = []
        for question, sentence in _FAULTS.items():
            cursor.execute(question, [kept] if "%s" in question else [])
            if cursor.fetchone()[0]:
                found.append(sentence)
    return found
