"""Triggers told once for both databases: which change of which table is refused, and when.

A condition is written as PostgreSQL has it; SQLite, whose older versions do not know
``IS DISTINCT FROM``, reads ``IS NOT`` there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.base.record.triggers import Triggers
from guiju.base.record.triggers_postgresql import FUNCTIONS, SEARCH_PATH

_REFUSE = "record_refuse"


@dataclass(frozen=True, slots=True)
class Rule:
    """A change of a row that the database refuses.

    Attributes:
        name: of the trigger, and of its function on PostgreSQL.
        verb: ``INSERT``, ``UPDATE`` or ``DELETE``.
        table: whose rows.
        when: the condition over ``OLD`` and ``NEW``; where it is true or unknown, it is refused.
        said: what the database answers; without an apostrophe.
    """

    name: str
    verb: str
    table: str
    when: str
    said: str


def refusing(rules: Iterable[Rule], tables: Iterable[str]) -> Triggers:
    """Return the triggers that refuse these changes, and that these tables are emptied."""
    rules = tuple(rules)
    return Triggers(
        {one.name: _sqlite(one) for one in rules},
        {one.name: _postgresql(one) for one in rules}
        | {_emptied(one): _kept(one) for one in tables},
        {_REFUSE: FUNCTIONS[_REFUSE]} | {one.name: _function(one) for one in rules},
    )


def differs(columns: Iterable[str]) -> str:
    """Return the condition that one of these columns changes."""
    return " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)


def taken(table: str, *keys: tuple[str, ...]) -> str:
    """Return the condition that a new row would replace one with the same key.

    SQLite deletes replaced rows without asking a trigger (``triggers_sqlite``).
    """
    same = (" AND ".join(f"{column} = NEW.{column}" for column in key) for key in keys)
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {one})" for one in same)  # noqa: S608 - constants only


def _sqlite(rule: Rule) -> str:
    when = rule.when.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table} "
        f"WHEN ({when}) IS NOT FALSE BEGIN SELECT RAISE(ABORT, '{rule.said}'); END"
    )


def _postgresql(rule: Rule) -> str:
    return (
        f"CREATE TRIGGER {rule.name} BEFORE {rule.verb} ON {rule.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {rule.name}()"
    )


def _function(rule: Rule) -> str:
    path = SEARCH_PATH[0].replace("search_path=", "search_path = ")
    row = "OLD" if rule.verb == "DELETE" else "NEW"
    return f"""
CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql
SET {path} AS $$
BEGIN
  IF ({rule.when}) IS NOT FALSE THEN
    RAISE EXCEPTION '{rule.said}' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN {row};
END $$"""


def _emptied(table: str) -> str:
    return f"{table}_no_truncate"


def _kept(table: str) -> str:
    return (
        f"CREATE TRIGGER {_emptied(table)} BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_REFUSE}()"
    )
