"""What keeps a version in force as it is, whoever writes and however.

A version is changed or removed only while it is a draft, and then becomes one in force at most.
Of a profile that has a version in force only its name and its end change. That rows are replaced
is refused on insert: SQLite deletes them then without asking a trigger.
"""

from __future__ import annotations

from guiju.base.record.triggers import Triggers
from guiju.base.record.triggers_postgresql import SEARCH_PATH
from guiju.core.lists.profile_words import VersionState

_DRAFT = f"'{VersionState.DRAFT.value}'"
_SAID = "profiles_version: it is in force, so it stays as it is"
_PROFILE_SAID = "profiles_profile: whose it is and what it stands for stays"
_FIXED = ("number", "reference", "unit_id", "base", "code")
_IN_USE = (
    "EXISTS (SELECT 1 FROM profiles_version"  # noqa: S608 - constants only
    f" WHERE profile_id = OLD.number AND state <> {_DRAFT})"
)


def _sqlite_trigger(name: str, verb: str, table: str, when: str, said: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {when} "
        f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
    )


def _in_the_way(other: str) -> str:
    """Return whether a version in force stands where the new row would, and would go for it."""
    return (
        f"EXISTS (SELECT 1 FROM profiles_version WHERE state <> {_DRAFT}{other}"  # noqa: S608 - constants only
        " AND (number = NEW.number OR code = NEW.code OR (profile_id = NEW.profile_id"
        " AND (ordinal = NEW.ordinal"
        f" OR (NEW.state <> {_DRAFT} AND valid_from = NEW.valid_from)))))"
    )


def _sqlite() -> dict[str, str]:
    changed = " OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in _FIXED)
    made = {
        "profiles_version_frozen": (
            "UPDATE",
            "profiles_version",
            f"OLD.state <> {_DRAFT} OR {_in_the_way(' AND number <> OLD.number')}",
        ),
        "profiles_version_kept": ("DELETE", "profiles_version", f"OLD.state <> {_DRAFT}"),
        "profiles_version_not_replaced": ("INSERT", "profiles_version", _in_the_way("")),
        "profiles_profile_fixed": ("UPDATE", "profiles_profile", f"({changed}) AND {_IN_USE}"),
        "profiles_profile_kept": ("DELETE", "profiles_profile", _IN_USE),
        "profiles_profile_not_replaced": (
            "INSERT",
            "profiles_profile",
            "EXISTS (SELECT 1 FROM profiles_profile WHERE number = NEW.number"
            " OR reference = NEW.reference OR code = NEW.code)",
        ),
    }
    return {
        name: _sqlite_trigger(
            name, verb, table, when, _SAID if table == "profiles_version" else _PROFILE_SAID
        )
        for name, (verb, table, when) in made.items()
    }


def _refuse(said: str) -> str:
    return f"RAISE EXCEPTION '{said}' USING ERRCODE = 'insufficient_privilege';"


def _function(name: str, body: str) -> str:
    path = SEARCH_PATH[0].replace("search_path=", "search_path = ")
    return (
        f"\nCREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql\n"
        f"SET {path} AS $$\n{body}\n$$"
    )


_CHANGED = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in _FIXED)
_FUNCTIONS = {
    "profiles_freeze_version": _function(
        "profiles_freeze_version",
        f"""BEGIN
  IF OLD.state <> {_DRAFT} THEN {_refuse(_SAID)} END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END""",
    ),
    "profiles_fix_profile": _function(
        "profiles_fix_profile",
        f"""BEGIN
  IF TG_OP = 'DELETE' THEN
    IF {_IN_USE} THEN {_refuse(_PROFILE_SAID)} END IF;
    RETURN OLD;
  END IF;
  IF ({_CHANGED}) AND {_IN_USE} THEN {_refuse(_PROFILE_SAID)} END IF;
  RETURN NEW;
END""",
    ),
    "profiles_refuse": _function("profiles_refuse", f"BEGIN {_refuse(_SAID)} END"),
}


def _postgresql() -> dict[str, str]:
    made = {
        "profiles_version_frozen": ("profiles_version", "profiles_freeze_version"),
        "profiles_profile_fixed": ("profiles_profile", "profiles_fix_profile"),
    }
    rows = {
        name: f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function}()"
        for name, (table, function) in made.items()
    }
    whole = {
        f"{table}_no_truncate": f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION profiles_refuse()"
        for table in ("profiles_version", "profiles_profile")
    }
    return {**rows, **whole}


TRIGGERS = Triggers(_sqlite(), _postgresql(), _FUNCTIONS)
"""What the migration makes and ``guiju doctor`` looks for."""
