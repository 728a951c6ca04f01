"""PostgreSQL: rows of the record are only ever added, and the ledger has no gaps.

``session_replication_role = replica`` slips past ordinary triggers, so all of these are
ENABLE ALWAYS; TRUNCATE has statement triggers of its own (engine.md, section 4). The
functions name their search path, so that no temporary table stands before one of ours.
"""

from __future__ import annotations

from guiju.base.record.models import KEPT

FUNCTIONS = {
    "record_refuse": """
CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%: rows are only added', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$""",
    "record_demand_dense": """
CREATE OR REPLACE FUNCTION record_demand_dense() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  lowest bigint; highest bigint; added bigint; before bigint;
BEGIN
  SELECT min(seq), max(seq), count(*) INTO lowest, highest, added FROM fresh;
  IF added = 0 THEN RETURN NULL; END IF;
  SELECT max(seq) INTO before FROM record_leaf WHERE seq < lowest;
  IF lowest <> coalesce(before + 1, 0) OR highest - lowest + 1 <> added THEN
    RAISE EXCEPTION 'record_leaf: a gap in the ledger' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$""",
    "record_demand_sealed": """
CREATE OR REPLACE FUNCTION record_demand_sealed() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM gone WHERE NOT EXISTS
      (SELECT 1 FROM record_leaf WHERE record_leaf.event_id = gone.event_id)
  ) THEN
    RAISE EXCEPTION 'record_outbox: the event is not sealed yet' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$""",
}


SEARCH_PATH = ["search_path=public, pg_temp"]
"""What every function must be set to."""


def statements() -> dict[str, str]:
    """Return each trigger's name and the statement that makes it."""
    made: dict[str, str] = {}
    for table in (*(model._meta.db_table for model in KEPT), "record_outbox"):
        row = "UPDATE OR DELETE" if table != "record_outbox" else "UPDATE"
        made[f"{table}_no_change"] = (
            f"CREATE TRIGGER {table}_no_change BEFORE {row} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION record_refuse()"
        )
        made[f"{table}_no_truncate"] = (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION record_refuse()"
        )
    made["record_leaf_dense"] = (
        "CREATE TRIGGER record_leaf_dense AFTER INSERT ON record_leaf "
        "REFERENCING NEW TABLE AS fresh "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_demand_dense()"
    )
    made["record_outbox_sealed_first"] = (
        "CREATE TRIGGER record_outbox_sealed_first AFTER DELETE ON record_outbox "
        "REFERENCING OLD TABLE AS gone "
        "FOR EACH STATEMENT EXECUTE FUNCTION record_demand_sealed()"
    )
    return made


def table_of(statement: str) -> str:
    """Return the table that a trigger's statement is about."""
    return statement.split(" ON ", 1)[1].split(" ", 1)[0]
