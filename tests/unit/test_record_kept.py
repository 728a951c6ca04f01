"""What was recorded stays: every known way to change or remove it is tried, and fails."""

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.base.record import sequencer, triggers, triggers_postgresql, triggers_sqlite, wall
from guiju.base.record.models import KEPT, Event, Leaf, Outbox
from recorded import record_some

pytestmark = pytest.mark.django_db
TABLES = [model._meta.db_table for model in KEPT]
postgres_only = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="PostgreSQL's own statement"
)
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")


@pytest.fixture
def sealed(data_folder):
    record_some(300)
    assert sequencer.seal_waiting() == 300
    record_some(2)


def refused(statement):
    """Run a statement past the wall, as another client would, and demand that it fails."""
    with (
        pytest.raises(DatabaseError) as caught,
        wall.opened(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    return str(caught.value)


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_changed_or_removed_by_raw_sql(sealed, table):
    filled = fill(table)
    first = connection.introspection.get_primary_key_columns(connection.cursor(), table)[0]
    assert "only added" in refused(f'UPDATE {table} SET "{first}" = "{first}"')
    assert "only added" in refused(f"DELETE FROM {table}")
    assert count(table) == filled


def fill(table):
    """See to it that there is a row that could be harmed."""
    if not count(table):
        with wall.opened(), connection.cursor() as cursor:
            cursor.execute(SAMPLE[table])
    return count(table)


SAMPLE = {
    "record_checkpoint": (
        "INSERT INTO record_checkpoint (suite, size, root, note, at)"
        " VALUES ('sha256', 1, '1', '1', '2026-11-25 00:00:00')"
    ),
    "record_cosignature": (
        "INSERT INTO record_cosignature (checkpoint_id, witness, size, line, at)"
        " VALUES (1, 'w', 1, 'x', '2026-11-25 00:00:00')"
    ),
    "record_sealed": (
        "INSERT INTO record_sealed (event_key, path, person, box)"
        " VALUES ('00000000000000000000000000000000', 'name', 'person:1', '1')"
    ),
}


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(kind="x"),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.first().delete(),
        lambda: Event.objects.first().save(),
        lambda: Leaf.objects.filter(seq=3).update(sha256=b"0" * 32),
        lambda: Leaf.objects.filter(seq=299).delete(),
        lambda: Event.objects.bulk_update([named("x")], ["kind"]),
    ],
    ids=["update", "delete all", "delete one", "save", "leaf", "last leaf", "bulk update"],
)
def test_the_orm_can_do_no_more(sealed, change):
    with pytest.raises(wall.Bypassed), transaction.atomic():
        change()
    with pytest.raises(DatabaseError), wall.opened(), transaction.atomic():
        change()
    assert Event.objects.filter(kind="record.quorum.set").count() == 302
    assert Leaf.objects.count() == 300


def named(kind):
    event = Event.objects.first()
    event.kind = kind
    return event


def test_an_upsert_changes_nothing(sealed):
    event = Event.objects.first()
    with pytest.raises(DatabaseError), wall.opened(), transaction.atomic():
        Event.objects.bulk_create(
            [event], update_conflicts=True, unique_fields=["id"], update_fields=["kind"]
        )


@sqlite_only
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO record_event SELECT * FROM record_event LIMIT 1",
        "REPLACE INTO record_event SELECT id + 9999, key, kind, version, at, actor, post, unit, "
        "object, matter, request, entry FROM record_event LIMIT 1",
        "INSERT OR REPLACE INTO record_leaf SELECT * FROM record_leaf WHERE seq = 3",
        "INSERT OR REPLACE INTO record_leaf SELECT 300, event_id, sha256, sm3 FROM record_leaf"
        " WHERE seq = 3",
        "INSERT OR REPLACE INTO record_node SELECT * FROM record_node",
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_replace_replaces_nothing(sealed, statement, recursive):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
    try:
        assert any(why in refused(statement) for why in ("there already", "a gap in the ledger"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")
    assert Event.objects.count() == 302
    assert Leaf.objects.count() == 300


@postgres_only
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(sealed, table):
    assert "only added" in refused(f"TRUNCATE {table} CASCADE")


@postgres_only
def test_another_replication_role_helps_nobody(sealed):
    """Only a superuser may set it; the triggers fire all the same, being ENABLE ALWAYS."""
    assert "permission denied" in refused("SET session_replication_role = replica")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT tgenabled::text FROM pg_trigger WHERE tgname LIKE 'record_%'"
        )
        assert cursor.fetchall() == [("A",)]


@pytest.mark.parametrize("number", [-1, 299, 301, 5000])
def test_the_ledger_has_no_gaps(sealed, number):
    pk = Event.objects.order_by("-id").first().pk
    with pytest.raises(DatabaseError), wall.opened(), transaction.atomic():
        Leaf.objects.bulk_create([Leaf(seq=number, event_id=pk, sha256=b"0", sm3=b"0")])
    assert Leaf.objects.count() == 300
    with wall.opened():
        Leaf.objects.bulk_create([Leaf(seq=300, event_id=pk, sha256=b"0", sm3=b"0")])
    assert Leaf.objects.count() == 301


def test_what_is_not_sealed_cannot_leave_the_outbox(sealed):
    assert Outbox.objects.count() == 2
    assert "not sealed yet" in refused("DELETE FROM record_outbox")
    assert Outbox.objects.count() == 2


def test_every_trigger_stands_after_migrating(db):
    assert triggers.missing(connection) == []


OURS = triggers_postgresql if connection.vendor == "postgresql" else triggers_sqlite


@pytest.mark.parametrize("name", sorted(OURS.statements()))
def test_a_dropped_trigger_is_missed(db, name):
    table = triggers_postgresql.table_of(OURS.statements()[name])
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert triggers.missing(connection) == [name]


@postgres_only
@pytest.mark.parametrize("state", ["DISABLE TRIGGER", "ENABLE REPLICA TRIGGER", "ENABLE TRIGGER"])
def test_a_weakened_trigger_is_missed(db, state):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE record_event {state} record_event_no_change")
    assert triggers.missing(connection) == ["record_event_no_change"]


@postgres_only
def test_a_hollow_trigger_function_is_missed(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$"
        )
    assert triggers.missing(connection) == ["record_refuse"]
