"""Making the record's triggers, and finding out whether they still stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.base.record import triggers_postgresql, triggers_sqlite


def make(connection: BaseDatabaseWrapper) -> None:
    """Create every trigger; migrations call it."""
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers and functions that are gone, changed or switched off."""
    if connection.vendor == "postgresql":
        return sorted(_missing_postgresql(connection))
    wanted = triggers_sqlite.statements()
    rows = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = dict(rows)
    return sorted(name for name, statement in wanted.items() if found.get(name) != statement)


def _statements(connection: BaseDatabaseWrapper) -> Iterable[str]:
    if connection.vendor != "postgresql":
        yield from triggers_sqlite.statements().values()
        return
    yield from triggers_postgresql.FUNCTIONS.values()
    for name, statement in triggers_postgresql.statements().items():
        yield statement
        table = triggers_postgresql.table_of(statement)
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def _missing_postgresql(connection: BaseDatabaseWrapper) -> Iterable[str]:
    standing = {
        name: (definition, enabled)
        for name, definition, enabled in _rows(
            connection,
            "SELECT t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname = ANY (current_schemas(false))",
        )
    }
    for name, statement in triggers_postgresql.statements().items():
        definition, enabled = standing.get(name, ("", ""))
        if _plain(definition) != _plain(statement) or enabled != "A":
            yield name
    functions = _rows(
        connection,
        "SELECT p.proname, p.prosrc, p.proconfig FROM pg_proc p JOIN pg_namespace n"
        " ON n.oid = p.pronamespace WHERE n.nspname = ANY (current_schemas(false))",
    )
    found = {name: (source, settings) for name, source, settings in functions}
    for name, statement in triggers_postgresql.FUNCTIONS.items():
        wanted = statement.split("$$")[1], triggers_postgresql.SEARCH_PATH
        if found.get(name) != wanted:
            yield name


def _plain(definition: str) -> str:
    """Return a trigger's definition without what the database spells differently."""
    words = definition.replace("public.", "").replace("DELETE OR UPDATE", "UPDATE OR DELETE")
    return " ".join(words.split())


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
