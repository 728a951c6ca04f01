"""The wall: on this connection nothing is written while the door is shut.

Every statement that Django sends is looked at before it runs; one that would change a
table outside ``door.recording`` stops the program, by ORM or raw SQL alike. It finds
writers that bypass the door while they are being written; what an administrator does
with another client is found by the triggers and by the witness.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_WRITE = re.compile(
    r"""^[\s(]*(?:
      INSERT\s+(?:OR\s+\w+\s+)?INTO | REPLACE\s+INTO | MERGE\s+INTO | COPY
      | UPDATE(?:\s+OR\s+\w+)?(?:\s+ONLY)? | DELETE\s+FROM(?:\s+ONLY)?
      | TRUNCATE(?:\s+TABLE)?(?:\s+ONLY)?
    )\s+["`\[]?(?:public["`]?\.["`]?)?(\w+)""",
    re.IGNORECASE | re.VERBOSE,
)
_INSIDE = re.compile(
    r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|MERGE\s+INTO)\s+[\"`]?(\w+)", re.IGNORECASE
)
_OPEN: ContextVar[int] = ContextVar("guiju_door_open", default=0)

_EXEMPT = {
    "django_migrations": "which migrations ran is told by the schema itself",
    "django_tasks_database_dbtaskresult": "the queue of jobs; what they do goes through the door",
}


class Bypassed(RuntimeError):  # noqa: N818 - says what happened
    """A write that did not go through the door: a fault of the program, not of a user."""


def exempt(table: str, reason: str) -> None:
    """Let a table be written without an event; the reason stands beside it for reviewers."""
    _EXEMPT[table] = reason


def exempted() -> dict[str, str]:
    """Return the exempt tables and why they are."""
    return dict(_EXEMPT)


@contextmanager
def opened() -> Iterator[None]:
    """Let statements through; only the door and the record itself call this."""
    token = _OPEN.set(_OPEN.get() + 1)
    try:
        yield
    finally:
        _OPEN.reset(token)


def is_open() -> bool:
    """Tell whether the door stands open here."""
    return _OPEN.get() > 0


def written_table(sql: str) -> str | None:
    """Return the table that a statement would change, or None when it only reads or defines."""
    match = _WRITE.match(sql)
    if match is None and sql.lstrip()[:4].upper() == "WITH":
        match = _INSIDE.search(sql)
    return match[1].lower() if match else None


def build(*, connection: BaseDatabaseWrapper, **_signal: object) -> None:
    """Put the wall around a new connection."""
    if _guarded not in connection.execute_wrappers:
        connection.execute_wrappers.append(_guarded)


def _guarded(
    execute: Callable[..., Any],
    sql: str,
    params: object,
    many: bool,  # noqa: FBT001 - Django's signature
    context: dict[str, Any],
) -> Any:  # noqa: ANN401 - what the database answers
    if not _OPEN.get():
        table = written_table(sql)
        if table is not None and table not in _EXEMPT and not table.startswith("new__"):
            raise Bypassed(f"{table} is written outside of door.recording: {sql[:200]}")
    return execute(sql, params, many, context)
