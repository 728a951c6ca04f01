"""Triggers that keep rows as they are: making them, and finding out whether they still stand.

The record's own, and those by which areas freeze what was approved, are looked after alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from guiju.base.record import triggers_postgresql, triggers_sqlite


@dataclass(frozen=True, slots=True)
class Triggers:
    """What an area has the database refuse, in the words of each database.

    Attributes:
        sqlite, postgresql: the statement that makes each trigger, by its name.
        functions: what the triggers of PostgreSQL call, by name.
    """

    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]
    functions: Mapping[str, str]


RECORD = Triggers(
    triggers_sqlite.statements(), triggers_postgresql.statements(), triggers_postgresql.FUNCTIONS
)
_KNOWN = {"record": RECORD}


def look_after(area: str, triggers: Triggers) -> None:
    """Let ``missing`` know an area's triggers; its app calls this when it starts."""
    _KNOWN[area] = triggers


def make(connection: BaseDatabaseWrapper, triggers: Triggers = RECORD) -> None:
    """Create every trigger; migrations call it."""
    with connection.cursor() as cursor:
        for statement in _statements(connection, triggers):
            cursor.execute(statement)


def make_anew(connection: BaseDatabaseWrapper, triggers: Triggers) -> None:
    """Create triggers again whose condition has changed; migrations call it."""
    with connection.cursor() as cursor:
        for name, place in _places(connection, triggers):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")
    make(connection, triggers)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers and functions that are gone, changed or switched off."""
    known = _KNOWN.values()
    if connection.vendor == "postgresql":
        wanted = dict(chain.from_iterable(one.postgresql.items() for one in known))
        functions = dict(chain.from_iterable(one.functions.items() for one in known))
        return sorted(_missing_postgresql(connection, wanted, functions))
    wanted = dict(chain.from_iterable(one.sqlite.items() for one in known))
    rows = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    found = dict(rows)
    return sorted(name for name, statement in wanted.items() if found.get(name) != statement)


def _places(connection: BaseDatabaseWrapper, triggers: Triggers) -> Iterable[tuple[str, str]]:
    """Give the name of each trigger, and what a statement says of where it is."""
    if connection.vendor != "postgresql":
        return ((name, "") for name in triggers.sqlite)
    tables = triggers.postgresql.items()
    return ((name, f" ON {triggers_postgresql.table_of(text)}") for name, text in tables)


def _statements(connection: BaseDatabaseWrapper, triggers: Triggers) -> Iterable[str]:
    if connection.vendor != "postgresql":
        yield from triggers.sqlite.values()
        return
    yield from triggers.functions.values()
    for name, statement in triggers.postgresql.items():
        yield statement
        table = triggers_postgresql.table_of(statement)
        yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def _missing_postgresql(
    connection: BaseDatabaseWrapper, wanted: Mapping[str, str], functions: Mapping[str, str]
) -> Iterable[str]:
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
    for name, statement in wanted.items():
        definition, enabled = standing.get(name, ("", ""))
        if _plain(definition) != _plain(statement) or enabled != "A":
            yield name
    made = _rows(
        connection,
        "SELECT p.proname, p.prosrc, p.proconfig FROM pg_proc p JOIN pg_namespace n"
        " ON n.oid = p.pronamespace WHERE n.nspname = ANY (current_schemas(false))",
    )
    found = {name: (source, settings) for name, source, settings in made}
    for name, statement in functions.items():
        meant = statement.split("$$")[1], triggers_postgresql.SEARCH_PATH
        if found.get(name) != meant:
            yield name


def _plain(definition: str) -> str:
    """Return a trigger's definition without what the database spells differently."""
    words = definition.replace("public.", "").replace("DELETE OR UPDATE", "UPDATE OR DELETE")
    return " ".join(words.split())


def _rows(connection: BaseDatabaseWrapper, query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())
