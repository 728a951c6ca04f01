"""The throw-away PostgreSQL: its roles, its durability, its end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import postgres_cluster
import psycopg
import pytest
from postgres_cluster import APP, OWNER, SUPERUSER, ClusterError, throw_away
from postgres_programs import binaries

SCRIPT = Path(postgres_cluster.__file__)
MISSING = ""
try:
    binaries()
except ClusterError as error:
    MISSING = str(error)

needs_postgres = pytest.mark.skipif(bool(MISSING), reason=MISSING)
needs_proc = pytest.mark.skipif(
    not Path("/proc/sysvipc/shm").exists(), reason="processes and shared memory are read from /proc"
)


@pytest.fixture(scope="module")
def cluster():
    with throw_away() as running:
        yield running


def ask(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()


def tell(url, *statements):
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def settings(cluster):
    names = ("fsync", "full_page_writes", "synchronous_commit")
    return {ask(cluster.url(), f"SHOW {name}")[0][0] for name in names}


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def shared_memory():
    lines = Path("/proc/sysvipc/shm").read_text("ascii").splitlines()
    return {line.split()[1] for line in lines[1:]}


def script(*words, environment=None):
    return subprocess.run(
        [sys.executable, SCRIPT, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | (environment or {}),
    )


@needs_postgres
def test_both_roles_connect_and_neither_rules(cluster):
    rights = "SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
    who = " FROM pg_roles WHERE rolname = current_user"
    assert ask(cluster.url(OWNER), rights + who) == [(False, True, False, False, False)]
    assert ask(cluster.url(APP), rights + who) == [(False, False, False, False, False)]


@needs_postgres
def test_only_the_owner_makes_tables_and_databases(cluster):
    tell(cluster.url(OWNER), "CREATE TABLE made (id int)", "DROP TABLE made")
    tell(cluster.url(OWNER), "CREATE DATABASE another", "DROP DATABASE another")
    for statement in ("CREATE TABLE made (id int)", "CREATE DATABASE another", "CREATE SCHEMA own"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            tell(cluster.url(APP), statement)


@needs_postgres
def test_the_application_reads_what_it_was_given_and_nothing_else(cluster):
    tell(cluster.url(OWNER), "CREATE TABLE given (id int)", "CREATE TABLE kept (id int)")
    tell(cluster.url(OWNER), f"GRANT SELECT ON given TO {APP}")
    assert ask(cluster.url(APP), "SELECT * FROM given") == []
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(cluster.url(APP), "SELECT * FROM kept")


@needs_postgres
def test_tests_do_not_wait_for_the_disk(cluster):
    assert settings(cluster) == {"off"}


@needs_postgres
def test_no_program_can_reach_it_over_the_network(cluster):
    assert ask(cluster.url(), "SHOW listen_addresses") == [("",)]


@needs_postgres
def test_a_durable_one_keeps_what_was_committed_through_crashes():
    with throw_away(durable=True) as cluster:
        assert settings(cluster) == {"on"}
        tell(cluster.url(OWNER), "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (1)")
        cluster.stop("immediate")
        assert not cluster.is_running()
        cluster.start()
        tell(cluster.url(OWNER), "INSERT INTO kept VALUES (2)")
        with psycopg.connect(cluster.url(OWNER)) as pending:
            pending.execute("INSERT INTO kept VALUES (3)")
            cluster.kill()
            with pytest.raises(psycopg.OperationalError):
                pending.commit()
        assert not cluster.is_running()
        cluster.start()
        assert ask(cluster.url(OWNER), "SELECT id FROM kept ORDER BY id") == [(1,), (2,)]
        assert "automatic recovery" in (cluster.folder / "log").read_text("utf-8")


@needs_postgres
@needs_proc
def test_nothing_is_left_after_ctrl_c():
    seen = []

    def interrupted():
        with throw_away() as cluster:
            seen.append((cluster.folder, cluster.processes()))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    [(folder, processes)] = seen
    assert len(processes) > 4
    assert not any(is_alive(pid) for pid in processes)
    assert not folder.exists()


@needs_postgres
@needs_proc
def test_nothing_is_left_of_a_killed_one():
    with throw_away() as cluster:
        lock = (cluster.data / "postmaster.pid").read_text("utf-8").splitlines()
        segment = lock[6].split()[1]
        cluster.kill()
        assert segment in shared_memory()
    assert segment not in shared_memory()
    assert not cluster.folder.exists()


@needs_postgres
def test_over_tcp_a_password_is_asked_for():
    with throw_away(tcp=True, settings={"work_mem": "5MB"}) as cluster:
        assert ask(cluster.url(), "SELECT current_user") == [(APP,)]
        assert ask(cluster.url(), "SHOW work_mem") == [("5MB",)]
        for role in (SUPERUSER, OWNER, APP):
            with pytest.raises(psycopg.OperationalError, match="password"):
                ask(cluster.url(role).replace(cluster.password, "guess"), "SELECT 1")


@needs_postgres
def test_a_server_that_cannot_start_says_why():
    with (
        pytest.raises(ClusterError, match="no_such_setting"),
        throw_away(settings={"no_such_setting": "1"}),
    ):
        pytest.fail("it started")


def test_without_postgresql_it_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("postgres_programs._FOLDERS", ())
    with pytest.raises(ClusterError, match="apt-get install postgresql"):
        binaries()


def test_an_old_postgresql_does_not_count(monkeypatch, tmp_path):
    for name in ("initdb", "postgres"):
        program = tmp_path / name
        program.write_text(
            "#!/bin/sh\necho 'postgres (PostgreSQL) 14.9 (Debian 14.9-1)'\n", "utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setattr("postgres_programs._FOLDERS", ())
    with pytest.raises(ClusterError, match="15"):
        binaries()
    program.write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n", "utf-8")
    assert binaries() == tmp_path


@needs_postgres
def test_a_command_is_led_there_and_its_status_comes_back():
    code = (
        "import os, sys, psycopg;"
        "assert not [n for n in os.environ if n.startswith('PG')];"
        "roles = [psycopg.connect(os.environ[n]).info.user"
        " for n in ('GUIJU_DATABASE', 'GUIJU_OWNER_DATABASE')];"
        "print(roles, os.environ['GUIJU_DATABASE']); sys.exit(7)"
    )
    done = script("run", "--", sys.executable, "-c", code, environment={"PGPORT": "1"})
    assert done.stdout.startswith(f"['{APP}', '{OWNER}']"), done.stderr
    assert done.returncode == 7
    folder = Path(done.stdout.partition("host=")[2].partition("&")[0])
    assert folder.is_absolute()
    assert not folder.exists()


def test_a_command_that_is_not_there_is_named():
    done = script("run", "--", "no-such-command")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no-such-command" in done.stderr
    assert "Traceback" not in done.stderr


@needs_postgres
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_command_then_the_cluster(number):
    code = "import os; print(os.environ['GUIJU_DATABASE'], flush=True); input()"
    with subprocess.Popen(
        [sys.executable, SCRIPT, "run", "--", sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as running:
        folder = Path(running.stdout.readline().partition("host=")[2].partition("&")[0])
        assert folder.is_dir()
        # As a terminal does, to the whole group; SIGTERM comes to the first process alone.
        (os.killpg if number == signal.SIGINT else os.kill)(running.pid, number)
        assert running.wait(60) == 128 + number
    assert not folder.exists()


@needs_postgres
def test_a_lasting_one_starts_again_with_what_it_held():
    with tempfile.TemporaryDirectory(prefix="guiju-pg-") as folder:
        first = script("start", folder)
        try:
            assert first.returncode == 0, first.stderr
            addresses = dict(line.split("=", 1) for line in first.stdout.splitlines())
            owner = addresses["GUIJU_OWNER_DATABASE"]
            tell(owner, "CREATE TABLE kept (id int)")
            assert ask(owner, "SHOW fsync") == [("on",)]
            assert script("start", folder).stdout == first.stdout
            assert script("stop", folder).returncode == 0
            with pytest.raises(psycopg.OperationalError):
                ask(owner, "SELECT 1")
            assert script("start", folder).stdout == first.stdout
            assert ask(owner, "SELECT * FROM kept") == []
        finally:
            script("stop", folder)
        assert script("stop", folder).returncode == 0


@needs_postgres
@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the folder to another account")
def test_a_folder_that_the_server_cannot_reach_is_refused(tmp_path):
    tmp_path.chmod(0o700)
    done = script("start", str(tmp_path / "closed"))
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / "closed") in done.stderr


@needs_postgres
def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "letter").write_text("mine", "utf-8")
    done = script("start", str(tmp_path))
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]
