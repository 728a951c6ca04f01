"""Upgrading the database as its owner, and what the application's account may do afterwards."""

from __future__ import annotations

import os
from contextlib import closing

import psycopg
import pytest

from installation import ON_POSTGRES, code_of

pytestmark = pytest.mark.database
only_postgres = pytest.mark.skipif(not ON_POSTGRES, reason="SQLite knows no accounts")

APP = "guiju_app"
FORGET = "DELETE FROM django_migrations WHERE app = 'record' AND name = '0002_triggers'"
TRIGGERS = (
    "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    " AND tgname LIKE 'record%'"
    if ON_POSTGRES
    else "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'record%'"
)
KEPT = ("event", "leaf", "node", "checkpoint", "cosignature", "sealed")
ADDED = {"SELECT", "INSERT"}
WRITTEN = ADDED | {"UPDATE", "DELETE"}


def drop_triggers(installation):
    for name, table in installation.ask(TRIGGERS):
        installation.tell(f"DROP TRIGGER {name}" + (f" ON {table}" if ON_POSTGRES else ""))


def require_starts(installation):
    with installation.serving("--no-worker") as server:
        assert server.get()[0] in {200, 302}
    with installation.working():
        pass


def require_does_not_start(installation, code):
    for command in ("serve", "worker"):
        assert code_of(installation.run(command)) == code


def test_each_step_is_told_and_a_second_run_finds_nothing_to_do(bare):
    bare.is_cold = True
    bare.data.mkdir(mode=0o700)
    first = bare.run("migrate")
    assert (first.status, first.err) == (0, "")
    assert "已完成 record.0001_initial\n" in first.out
    assert first.out.index("record.0001_initial") < first.out.index("record.0002_triggers")
    second = bare.run("migrate")
    assert second.status == 0
    assert "已完成" not in second.out
    assert "已是最新" in second.out
    assert bare.run("init").status == 0


def test_without_a_data_directory_nothing_is_done(bare):
    assert code_of(bare.run("migrate")) == "START-02"
    assert not bare.data.exists()


def test_a_due_upgrade_keeps_everything_from_starting_until_it_is_done(installation):
    installation.tell(FORGET)
    drop_triggers(installation)
    require_does_not_start(installation, "START-03")
    done = installation.run("migrate")
    assert done.status == 0
    assert "record.0002_triggers" in done.out
    require_starts(installation)


def test_a_failed_upgrade_keeps_everything_from_starting_until_it_is_mended(installation):
    installation.tell(FORGET)  # its triggers stand: making them again fails
    failed = installation.run("migrate")
    assert code_of(failed) == "START-05"
    assert "record.0002_triggers" in failed.err
    assert "already exists" in failed.err
    require_does_not_start(installation, "START-04")
    assert code_of(installation.run("migrate")) == "START-05"
    drop_triggers(installation)
    require_does_not_start(installation, "START-04")
    assert installation.run("migrate").status == 0
    assert not (installation.data / "migration_failed").exists()
    require_starts(installation)


def test_a_failed_founding_is_gone_on_with_after_mending(bare):
    bare.data.mkdir(mode=0o700)
    bare.tell("CREATE TABLE record_witness (id int)")
    assert code_of(bare.run("init")) == "START-05"
    assert not (bare.data / "keys" / "log.key").exists()
    bare.tell("DROP TABLE record_witness")
    assert bare.run("init").status == 0
    require_starts(bare)


def test_a_database_newer_than_the_program_is_refused(installation):
    newer = "'record', '9999_from_the_future'"
    now = "CURRENT_TIMESTAMP"
    installation.tell(f"INSERT INTO django_migrations (app, name, applied) VALUES ({newer}, {now})")
    require_does_not_start(installation, "START-06")
    installation.tell("DELETE FROM django_migrations WHERE name = '9999_from_the_future'")
    require_starts(installation)


def as_app(installation, statement):
    with psycopg.connect(installation.variables["GUIJU_DATABASE"]) as connection:
        assert connection.info.user == APP
        return connection.execute(statement)


def require_exact_rights(installation):
    rights = {}
    for table, right in installation.ask(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        f" WHERE grantee IN ('{APP}', 'PUBLIC') AND table_schema = 'public'"
    ):
        rights.setdefault(table, set()).add(right)
    tables = {
        table
        for (table,) in installation.ask(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
    }
    expected = dict.fromkeys(tables, WRITTEN) | {f"record_{name}": ADDED for name in KEPT}
    expected |= {"record_outbox": ADDED | {"DELETE"}, "django_migrations": {"SELECT"}}
    assert rights == expected
    assert len(tables) > 9
    usable = installation.ask(
        "SELECT object_name FROM information_schema.role_usage_grants"
        f" WHERE grantee IN ('{APP}', 'PUBLIC') AND object_type = 'SEQUENCE'"
    )
    assert [name for (name,) in usable if name.startswith("record_")] == []


@only_postgres
def test_rights_are_exactly_these(installation):
    assert installation.run("migrate").status == 0
    require_exact_rights(installation)


@only_postgres
def test_what_was_granted_beyond_is_taken_back(installation):
    assert installation.run("migrate").status == 0
    installation.tell(
        f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {APP}",
        f"GRANT UPDATE (kind) ON record_event TO {APP}",
        f"GRANT ALL ON SCHEMA public TO {APP}",
        "GRANT ALL ON record_leaf TO PUBLIC",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {APP}",
    )
    assert len(faults(installation)) == 2
    assert installation.run("migrate").status == 0
    assert faults(installation) == []
    installation.tell("CREATE TABLE made_later (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_app(installation, "SELECT * FROM made_later")
    installation.tell("DROP TABLE made_later")
    require_exact_rights(installation)


FORBIDDEN = (
    "TRUNCATE record_outbox",
    "TRUNCATE record_quorum",
    *(f"TRUNCATE record_{name}" for name in KEPT),
    *(f"DELETE FROM record_{name}" for name in KEPT),
    "UPDATE record_event SET kind = 'x'",
    "UPDATE record_leaf SET seq = seq",
    "UPDATE record_outbox SET event_id = event_id",
    "DELETE FROM django_migrations",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '1', now())",
    "ALTER TABLE record_event ADD COLUMN more int",
    "ALTER TABLE record_event DISABLE TRIGGER ALL",
    "ALTER TABLE record_event DISABLE TRIGGER record_event_no_change",
    "ALTER TABLE record_event OWNER TO guiju_app",
    "DROP TABLE record_event",
    "DROP TRIGGER record_event_no_change ON record_event",
    "DROP FUNCTION record_refuse() CASCADE",
    "CREATE OR REPLACE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " 'BEGIN RETURN NEW; END'",
    "CREATE TRIGGER mine BEFORE INSERT ON record_event FOR EACH ROW"
    " EXECUTE FUNCTION record_refuse()",
    "CREATE TABLE own (id int)",
    "CREATE TEMP TABLE record_leaf (seq bigint)",
    "CREATE SCHEMA own",
    "CREATE RULE gone AS ON INSERT TO record_event DO INSTEAD NOTHING",
    "SET session_replication_role = replica",
    "SELECT setval('record_event_id_seq', 1)",
    "SET ROLE guiju_owner",
    "COPY record_event TO PROGRAM 'cat'",
)
ALLOWED = (
    "SELECT * FROM record_event",
    "INSERT INTO record_quorum VALUES (1, 0)",
    "UPDATE record_quorum SET count = 1",
    "DELETE FROM record_quorum",
    "INSERT INTO record_outbox VALUES (9, '')",
    "DELETE FROM record_outbox WHERE event_id = 0",
    "INSERT INTO record_node VALUES ('sha256', 1, 0, '')",
)


@only_postgres
def test_the_application_may_add_to_the_record_and_write_its_other_tables(installation):
    assert installation.run("migrate").status == 0
    for statement in ALLOWED:
        as_app(installation, statement)


@only_postgres
def test_the_application_may_not_change_the_record_nor_what_guards_it(installation):
    assert installation.run("migrate").status == 0
    passed = []
    for statement in FORBIDDEN:
        with psycopg.connect(installation.variables["GUIJU_DATABASE"]) as connection:
            try:
                connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege as refused:
                assert "rows are only added" not in str(refused), statement  # noqa: PT017 - which of two
            else:
                connection.rollback()
                passed.append(statement)
    assert passed == []


@only_postgres
def test_the_application_gives_itself_nothing(installation):
    assert installation.run("migrate").status == 0
    with psycopg.connect(installation.variables["GUIJU_DATABASE"]) as connection:
        connection.execute(f"GRANT ALL ON record_event TO {APP}")  # a warning, no right
    require_exact_rights(installation)


def faults(installation, **changes):
    done = installation.in_django(
        "from django.db import connection\n"
        "from guiju.base.record import roles\n"
        "for one in roles.faults(connection): print(one)",
        **changes,
    )
    assert done.status == 0, done
    return done.out.splitlines()


def test_no_fault_is_found_after_migrating(installation):
    assert installation.run("migrate").status == 0
    assert faults(installation) == []


@only_postgres
def test_the_owner_in_the_application_s_place_is_found_out(installation):
    owner = installation.variables["GUIJU_OWNER_DATABASE"]
    found = faults(installation, GUIJU_DATABASE=owner)
    assert [one for one in found if "所有者" in one]
    assert [one for one in found if "改动或删除" in one]


@only_postgres
def test_every_way_around_the_rights_is_found(installation):
    assert installation.run("migrate").status == 0
    role = f"way_{os.getpid()}_{installation.folder.parent.name}"[:60]
    superuser = installation.variables["GUIJU_OWNER_DATABASE"].replace("guiju_owner", "postgres")
    app = installation.variables["GUIJU_DATABASE"].replace(APP, role)
    ways = {
        f"ALTER ROLE {role} SUPERUSER": "超级用户",
        f"ALTER ROLE {role} NOSUPERUSER CREATEROLE": "新建账号",
        f"ALTER ROLE {role} NOCREATEROLE; GRANT guiju_owner TO {role}": "所有者",
        f"REVOKE guiju_owner FROM {role}; GRANT pg_write_all_data TO {role}": "改动或删除",
        f"REVOKE pg_write_all_data FROM {role}; GRANT pg_write_server_files TO {role}": "绕过",
        f"REVOKE pg_write_server_files FROM {role};"
        f"GRANT SET ON PARAMETER session_replication_role TO {role}": "绕过",
        f"REVOKE SET ON PARAMETER session_replication_role FROM {role};"
        f"GRANT CREATE ON SCHEMA public TO {role}": "建表",
    }
    with closing(psycopg.connect(superuser, autocommit=True)) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN IN ROLE {APP}")
        try:
            assert faults(installation, GUIJU_DATABASE=app) == []
            for change, word in ways.items():
                connection.execute(change)
                found = faults(installation, GUIJU_DATABASE=app)
                assert [one for one in found if word in one], (change, found)
            connection.execute(f"REVOKE CREATE ON SCHEMA public FROM {role}")
            assert faults(installation, GUIJU_DATABASE=app) == []
        finally:
            connection.execute(f"DROP OWNED BY {role}")
            connection.execute(f"DROP ROLE {role}")
