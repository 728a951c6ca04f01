"""The wall: a statement that writes is stopped while the door is shut."""

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from guiju.base.record import wall


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "record_event" ("a") VALUES (1)', "record_event"),
        ("insert or replace into record_event values (1)", "record_event"),
        ("INSERT OR IGNORE INTO record_event VALUES (1)", "record_event"),
        ("REPLACE INTO record_event VALUES (1)", "record_event"),
        ("  UPDATE record_event SET a = 1", "record_event"),
        ("UPDATE OR REPLACE record_event SET a = 1", "record_event"),
        ('UPDATE ONLY "record_event" SET a = 1', "record_event"),
        ('UPDATE "public"."record_event" SET a = 1', "record_event"),
        ("UPDATE public.record_event SET a = 1", "record_event"),
        ("DELETE FROM record_event", "record_event"),
        ("TRUNCATE TABLE record_event", "record_event"),
        ("TRUNCATE record_event, record_leaf", "record_event"),
        ("MERGE INTO record_event USING x ON a", "record_event"),
        ("COPY record_event FROM STDIN", "record_event"),
        ("WITH x AS (SELECT 1) INSERT INTO record_event SELECT * FROM x", "record_event"),
        ("WITH x AS (DELETE FROM record_event RETURNING *) SELECT * FROM x", "record_event"),
        ("SELECT * FROM record_event", None),
        ("SELECT 1 FROM record_event FOR UPDATE", None),
        ("CREATE TABLE record_event (a int)", None),
        ("PRAGMA journal_mode", None),
        ("SAVEPOINT x", None),
        ("", None),
    ],
)
def test_what_a_statement_writes(sql, table):
    assert wall.written_table(sql) == table


@given(st.text())
def test_any_text_is_taken_in(sql):
    wall.written_table(sql)


@pytest.mark.django_db
def test_shut_it_stops_raw_sql_and_open_it_does_not():
    sql = "INSERT INTO record_quorum (id, count) VALUES (1, 1)"
    with (
        pytest.raises(wall.Bypassed, match="record_quorum"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    with wall.opened(), connection.cursor() as cursor:
        cursor.execute(sql)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count FROM record_quorum")
        assert cursor.fetchall() == [(1,)]


@pytest.mark.django_db
def test_many_rows_at_once_are_stopped_too():
    with pytest.raises(wall.Bypassed), transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO record_quorum (id, count) VALUES (%s, %s)", [(1, 1)])


@pytest.mark.django_db
def test_the_queue_of_jobs_is_written_freely():
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_tasks_database_dbtaskresult")


def test_every_exemption_has_its_reason():
    assert all(len(reason) > 20 for reason in wall.exempted().values())


@pytest.mark.django_db
def test_the_wall_stands_around_a_connection_once():
    connection.ensure_connection()
    wall.build(connection=connection)
    assert connection.execute_wrappers.count(wall._guarded) == 1
