"""SQLite: rows of the record are only ever added, and the ledger has no gaps.

``INSERT OR REPLACE`` deletes without firing DELETE triggers unless ``recursive_triggers``
is on, which another client may not have: so a row that would replace another is refused
on insert (engine.md, section 4, "Triggers").
"""

from __future__ import annotations

from guiju.base.record.models import KEPT

_UNIQUE = {
    "record_event": ("id", "key"),
    "record_leaf": ("seq", "event_id"),
    "record_checkpoint": ("id",),
    "record_cosignature": ("id",),
    "record_sealed": ("id",),
}
"""Columns by which a new row could replace an old one; pairs stand in ``_PAIRS``."""

_PAIRS = {
    "record_node": ("suite", "level", "index"),
    "record_sealed": ("event_key", "path"),
}


def statements() -> dict[str, str]:
    """Return each trigger's name and the statement that makes it."""
    made: dict[str, str] = {}
    for model in KEPT:
        table = model._meta.db_table
        made |= _refuse(table, "UPDATE") | _refuse(table, "DELETE")
        made |= _refuse_replacing(table)
    made |= {
        "record_leaf_dense": (
            "CREATE TRIGGER record_leaf_dense BEFORE INSERT ON record_leaf "
            "WHEN NEW.seq <> (SELECT COALESCE(MAX(seq) + 1, 0) FROM record_leaf) "
            "BEGIN SELECT RAISE(ABORT, 'record_leaf: a gap in the ledger'); END"
        ),
        "record_outbox_sealed_first": (
            "CREATE TRIGGER record_outbox_sealed_first BEFORE DELETE ON record_outbox "
            "WHEN NOT EXISTS (SELECT 1 FROM record_leaf WHERE event_id = OLD.event_id) "
            "BEGIN SELECT RAISE(ABORT, 'record_outbox: the event is not sealed yet'); END"
        ),
    }
    return made | _refuse("record_outbox", "UPDATE")


def _refuse(table: str, verb: str) -> dict[str, str]:
    name = f"{table}_no_{verb.lower()}"
    return {
        name: (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added'); END"
        )
    }


def _refuse_replacing(table: str) -> dict[str, str]:
    """Refuse a new row where an old one stands; a fresh rowid reads as -1 before its insert."""
    keys = [*((column,) for column in _UNIQUE.get(table, ())), _PAIRS.get(table, ())]
    same = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys if key]
    # One search a key: together with OR, SQLite may come to read the whole table for each row.
    taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)  # noqa: S608 - constants only
    name = f"{table}_no_replace"
    return {
        name: (
            f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: the row is there already'); END"
        )
    }
