"""What keeps an edition as it was submitted, whoever writes and however.

Items are changed only while their edition is a draft; of an edition that is none, only where it
stands and from when to when it holds; and from one state it comes only into the next ones
(``core.lists.states``). That rows are replaced is refused on insert: SQLite deletes them then
without asking a trigger (``base.record.triggers_sqlite``).
"""

from __future__ import annotations

from guiju.base.record.triggers import Triggers
from guiju.base.record.triggers_postgresql import SEARCH_PATH
from guiju.core.lists.states import NEXT
from guiju.core.lists.words import EditionState

_DRAFT = f"'{EditionState.DRAFT.value}'"
_FROZEN = ("unit_id", "ordinal", "profile", "title", "based_on_id", "revision", "digest", "stated")
"""Columns of an edition that stay; when it becomes a draft again its digest goes."""

_MOVES = ", ".join(
    f"('{before.value}', '{after.value}')" for before in NEXT for after in sorted(NEXT[before])
)
_SAID = "lists_item: the edition is no draft, so its items stay as they are"
_EDITION_SAID = "lists_edition: it is no draft, so what it says stays"
_MOVE_SAID = "lists_edition: this state does not follow that one"


def _frozen_sqlite(table: str) -> dict[str, tuple[str, str, str, str]]:
    """Return the triggers by which the rows of an edition that is no draft stay."""
    made = {}
    for verb, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        is_frozen = " OR ".join(
            f"(SELECT state FROM lists_edition WHERE number = {row}.edition_id) IS NOT {_DRAFT}"  # noqa: S608 - constants only
            for row in rows
        )
        if verb == "INSERT":
            is_frozen += f" OR EXISTS (SELECT 1 FROM {table} WHERE number = NEW.number)"  # noqa: S608 - as above
        made[f"{table}_frozen_{verb.lower()}"] = (verb, table, is_frozen, _SAID)
    return made


def _statements_sqlite(made: dict[str, tuple[str, str, str, str]]) -> dict[str, str]:
    return {
        name: (
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
        )
        for name, (verb, table, when, said) in made.items()
    }


def _sqlite() -> dict[str, str]:
    """Return the triggers of SQLite."""
    made = _frozen_sqlite("lists_item")
    changed = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in _FROZEN)
    goes_on = f"NEW.state IS NOT {_DRAFT}"
    made |= {
        "lists_edition_frozen": (
            "UPDATE",
            "lists_edition",
            f"OLD.state IS NOT {_DRAFT} AND {goes_on} AND ({changed})",
            _EDITION_SAID,
        ),
        "lists_edition_moves": (
            "UPDATE",
            "lists_edition",
            f"OLD.state IS NOT NEW.state AND (OLD.state, NEW.state) NOT IN (VALUES {_MOVES})",
            _MOVE_SAID,
        ),
        "lists_edition_kept": (
            "DELETE",
            "lists_edition",
            f"OLD.state IS NOT {_DRAFT}",
            _EDITION_SAID,
        ),
        "lists_edition_not_replaced": (
            "INSERT",
            "lists_edition",
            "EXISTS (SELECT 1 FROM lists_edition WHERE number = NEW.number"
            " OR reference = NEW.reference)",
            _EDITION_SAID,
        ),
    }
    return _statements_sqlite(made)


def _function(name: str, body: str) -> str:
    path = SEARCH_PATH[0].replace("search_path=", "search_path = ")
    return (
        f"\nCREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql\n"
        f"SET {path} AS $$\n{body}\n$$"
    )


def _refuse(said: str) -> str:
    return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'insufficient_privilege';"


_OLD_IS_DRAFT = f"(SELECT state FROM lists_edition WHERE number = OLD.edition_id) = {_DRAFT}"  # noqa: S608 - constants only
_NEW_IS_DRAFT = f"(SELECT state FROM lists_edition WHERE number = NEW.edition_id) = {_DRAFT}"  # noqa: S608 - as above
_CHANGED = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in _FROZEN)

_FUNCTIONS = {
    "lists_freeze_item": _function(
        "lists_freeze_item",
        f"""BEGIN
  IF TG_OP <> 'INSERT' AND ({_OLD_IS_DRAFT}) IS NOT TRUE THEN {_refuse(_SAID)} END IF;
  IF TG_OP <> 'DELETE' AND ({_NEW_IS_DRAFT}) IS NOT TRUE THEN {_refuse(_SAID)} END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END""",
    ),
    "lists_freeze_edition": _function(
        "lists_freeze_edition",
        f"""BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state <> {_DRAFT} THEN {_refuse(_EDITION_SAID)} END IF;
    RETURN OLD;
  END IF;
  IF OLD.state <> {_DRAFT} AND NEW.state <> {_DRAFT} AND ({_CHANGED}) THEN
    {_refuse(_EDITION_SAID)}
  END IF;
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (VALUES {_MOVES}) THEN
    {_refuse(_MOVE_SAID)}
  END IF;
  RETURN NEW;
END""",
    ),
    "lists_refuse": _function("lists_refuse", f"BEGIN {_refuse(_EDITION_SAID)} END"),
}


def _row(name: str, verbs: str, table: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {verbs} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
    )


def _frozen_postgresql(table: str) -> dict[str, str]:
    """Return the trigger by which the rows of an edition that is no draft stay."""
    name = f"{table}_frozen"
    return {name: _row(name, "INSERT OR UPDATE OR DELETE", table, "lists_freeze_item")}


def _no_truncate(table: str) -> dict[str, str]:
    return {
        f"{table}_no_truncate": (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION lists_refuse()"
        )
    }


def _postgresql() -> dict[str, str]:
    """Return the triggers of PostgreSQL."""
    edition = _row(
        "lists_edition_frozen", "UPDATE OR DELETE", "lists_edition", "lists_freeze_edition"
    )
    return {
        **_frozen_postgresql("lists_item"),
        "lists_edition_frozen": edition,
        **_no_truncate("lists_item"),
        **_no_truncate("lists_edition"),
    }


TRIGGERS = Triggers(_sqlite(), _postgresql(), _FUNCTIONS)
"""What the migration makes and ``guiju doctor`` looks for."""

ACCEPTED = Triggers(
    _statements_sqlite(_frozen_sqlite("lists_accepted")),
    {**_frozen_postgresql("lists_accepted"), **_no_truncate("lists_accepted")},
    {},
)
"""The same for the findings that were accepted with a reason."""
