"""Starting, refusing to start, and ending: the server with its worker, as real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import string
import sys

import pytest

from guiju.config import server as server_module
from guiju.config.server import Companion, check_place
from guiju.core.errors import Denied, Invalid
from installation import (
    ON_POSTGRES,
    PATIENCE,
    code_of,
    descendants,
    free_port,
    is_alive,
    wait_until,
)

pytestmark = pytest.mark.database

SAFE = {
    "GUIJU_PRODUCTION": "1",
    "GUIJU_SECRET": string.ascii_letters,
    "GUIJU_HOSTS": "guiju.example.gov.cn,127.0.0.1",
}
DROP = "DROP TRIGGER record_event_no_change ON record_event"
if not ON_POSTGRES:
    DROP = "DROP TRIGGER record_event_no_update"


def heartbeat(installation):
    try:
        return json.loads((installation.data / "worker.json").read_bytes())
    except FileNotFoundError:
        return None


def require_serves(installation, *arguments, **changes):
    with installation.serving("--no-worker", *arguments, **changes) as server:
        assert server.get()[0] in {200, 301, 302}


def refused(installation, *arguments, **changes):
    return code_of(installation.run("serve", *arguments, **changes))


def test_it_serves_works_and_ends_without_leaving_anything(installation):
    installation.is_cold = True
    with installation.serving() as server:
        assert server.get()[0] in {200, 302}
        wait_until(lambda: heartbeat(installation))
        born = descendants(server.process.pid)
        assert heartbeat(installation)["pid"] in born
        assert heartbeat(installation)["error"] == ""
        assert len(born) == 3
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(PATIENCE) == 0
        assert not any(is_alive(pid) for pid in born)


@pytest.mark.one_database
def test_ctrl_c_ends_it_as_well(installation):
    with installation.serving() as server:
        wait_until(lambda: heartbeat(installation))
        born = descendants(server.process.pid)
        os.killpg(server.process.pid, signal.SIGINT)
        assert server.process.wait(PATIENCE) == 0
        assert not any(is_alive(pid) for pid in born)
        assert "Traceback" not in server.process.stderr.read()


def test_killed_it_leaves_no_orphan(installation):
    with installation.serving() as server:
        wait_until(lambda: heartbeat(installation))
        born = descendants(server.process.pid)
        server.process.kill()
        server.process.wait()
        wait_until(lambda: not any(is_alive(pid) for pid in born))
    require_serves(installation)


def test_without_a_worker_none_is_started(installation):
    with installation.serving("--no-worker", "--workers", "1") as server:
        assert server.get()[0] in {200, 302}
        assert len(descendants(server.process.pid)) == 1
        assert heartbeat(installation) is None


def test_a_worker_that_ends_is_replaced_but_not_in_a_hurry(monkeypatch):
    companion = Companion((sys.executable, "-c", "input()"))
    companion.keep()
    first = companion._process
    companion.keep()
    assert companion._process is first
    first.kill()
    first.wait()
    companion.keep()
    assert companion._process is first
    monkeypatch.setattr(server_module, "_SETTLED", 0.0)
    companion.keep()
    assert companion._process is not first
    companion.ask_to_end()
    companion.wait()
    assert companion._process.returncode is not None


@pytest.mark.one_database
def test_static_files_are_gathered_once(installation):
    require_serves(installation)
    stamp = installation.data / "static.stamp"
    gathered = stamp.stat().st_mtime_ns
    manifest = json.loads((installation.data / "static" / "staticfiles.json").read_bytes())
    with installation.serving("--no-worker") as server:
        assert stamp.stat().st_mtime_ns == gathered
        name = "ui/keys.js"  # in style sheets the addresses of files are written anew
        hashed = manifest["paths"][name]
        status, content = server.get(f"/static/{hashed}")
        assert status == 200
        assert content == (installation.data / "static" / name).read_bytes()
    stamp.write_bytes(b"old")
    require_serves(installation)
    assert stamp.read_bytes() != b"old"


@pytest.mark.one_database
def test_other_machines_are_served_in_production_alone(installation):
    assert refused(installation, "--bind", "0.0.0.0:8460") == "START-01"
    for bind in ("[::]:8460", "192.0.2.1:8460", "db.example:80", "127.0.0.1.example:80"):
        with pytest.raises(Denied) as denied:
            check_place(bind, is_production=False)
        assert denied.value.code == "START-01"
    for host in ("127.0.0.1", "localhost", "127.0.0.2"):
        check_place(f"{host}:{free_port()}", is_production=False)
    check_place(f"0.0.0.0:{free_port()}", is_production=True)


@pytest.mark.one_database
@pytest.mark.parametrize("bind", ["127.0.0.1", ":8460", "127.0.0.1:0", "localhost:port", ""])
def test_an_address_that_is_none_is_refused(bind):
    with pytest.raises(Invalid) as refusal:
        check_place(bind, is_production=True)
    assert refusal.value.code == "WITNESS-18"


@pytest.mark.one_database
def test_a_port_that_is_taken_is_told_and_may_be_had_later(installation):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        assert refused(installation, "--bind", bind) == "WITNESS-19"
    require_serves(installation)


def test_before_the_founding_it_says_what_to_do(bare):
    assert refused(bare) == "START-02"
    assert code_of(bare.run("worker")) == "START-02"
    assert not bare.data.exists()
    assert bare.run("init").status == 0
    require_serves(bare)


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"GUIJU_SECRET": "short"}, "CONFIG-02"),
        ({"GUIJU_HOSTS": None}, "CONFIG-03"),
        ({"GUIJU_HOSTS": "*"}, "CONFIG-03"),
        ({"GUIJU_PRODUCTION": "yes please"}, "CONFIG-06"),
    ],
)
def test_production_with_unsafe_values_is_refused(installation, changes, code):
    for command in ("serve", "worker"):
        assert code_of(installation.run(command, **{**SAFE, **changes})) == code


def test_safe_production_starts_and_demands_encryption(installation):
    with installation.serving("--no-worker", **SAFE) as server:
        assert server.get()[0] == 301
        status, _ = server.get(**{"X-Forwarded-Proto": "https"})
        assert status in {200, 302}
        assert server.get(Host="elsewhere.example")[0] == 400


@pytest.mark.one_database
def test_production_with_an_open_data_directory_is_refused(installation):
    installation.data.chmod(0o755)
    assert refused(installation, **SAFE) == "CONFIG-04"
    installation.data.chmod(0o700)
    require_serves(installation, **SAFE)


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite knows no accounts")
def test_production_with_the_owner_s_account_is_refused(installation):
    owner = installation.variables["GUIJU_OWNER_DATABASE"]
    assert refused(installation, **SAFE, GUIJU_DATABASE=owner) == "CONFIG-05"
    require_serves(installation, **SAFE)


def test_a_halted_record_is_not_served(installation):
    halt = installation.data / "halted"
    halt.write_text("见证方不认可。", "utf-8")
    assert refused(installation) == "RECORD-10"
    assert code_of(installation.run("worker")) == "RECORD-10"
    halt.unlink()
    require_serves(installation)


def test_a_record_that_was_rolled_back_or_rewritten_is_not_served(installation):
    floor = installation.data / "floor.checkpoint"
    kept = floor.read_text("utf-8")
    origin, size, root, *rest = kept.split("\n")
    floor.write_text("\n".join((origin, "9", root, *rest)), "utf-8")
    assert refused(installation) == "RECORD-11"
    floor.write_text("\n".join((origin, size, "A" * 43 + "=", *rest)), "utf-8")
    assert refused(installation) == "RECORD-12"
    floor.write_text(kept, "utf-8")
    require_serves(installation)


def test_a_record_whose_triggers_are_gone_is_not_served(installation):
    name = DROP.split()[2]
    kept = (
        None
        if ON_POSTGRES
        else installation.one(f"SELECT sql FROM sqlite_master WHERE name = '{name}'")
    )
    installation.tell(DROP)
    done = installation.run("serve")
    assert code_of(done) == "START-09"
    assert name in done.err
    if ON_POSTGRES:
        kept = (
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON record_event"
            " FOR EACH ROW EXECUTE FUNCTION record_refuse()"
        )
        installation.tell(kept)
        assert refused(installation) == "START-09"  # it must fire always
        kept = f"ALTER TABLE record_event ENABLE ALWAYS TRIGGER {name}"
    installation.tell(kept)
    require_serves(installation)


def test_another_key_than_the_record_s_is_refused(installation, bare):
    bare.run("init", "--name", "tests.example/record")
    key, other = installation.data / "keys" / "log.key", bare.data / "keys" / "log.key"
    kept = key.read_bytes()
    key.write_bytes(other.read_bytes())
    assert refused(installation) == "START-10"
    key.write_bytes(kept)
    key.chmod(0o644)
    assert refused(installation) == "WITNESS-03"
    key.chmod(0o600)
    require_serves(installation)


def test_a_record_that_went_on_under_another_key_is_served_with_that_one(installation):
    key = installation.data / "keys" / "log.key"
    old = key.read_bytes()
    key.unlink()
    went_on = installation.in_django(
        "from datetime import UTC, datetime\n"
        "from guiju.base.record import actions, places\n"
        "from guiju.base.record.actor import SYSTEM\n"
        "from guiju.base.signing_keys import create_signing_key\n"
        "from guiju.core.ledger.keys import KeyKind\n"
        "create_signing_key(places.log_key(), name='b.example/record', kind=KeyKind.ED25519)\n"
        "actions.open_log(by=SYSTEM, at=datetime.now(UTC))\n"
    )
    assert went_on.status == 0, went_on
    require_serves(installation)
    assert "没有改动" in installation.run("init").out
    key.write_bytes(old)
    assert refused(installation) == "START-10"


def test_without_its_database_it_says_so(installation):
    nowhere = "postgresql://guiju_app@127.0.0.1:1/guiju"
    away = {"GUIJU_DATABASE": nowhere, "GUIJU_OWNER_DATABASE": nowhere}
    assert refused(installation, **away) == "START-07"
    assert code_of(installation.run("worker", **away)) == "START-07"
    require_serves(installation)


@pytest.mark.one_database
def test_heads_that_are_too_large_are_refused(installation):
    with installation.serving("--no-worker") as server:
        assert server.get("/?" + "a" * 4000)[0] in {200, 302}
        assert server.get("/?" + "a" * 5000)[0] in {400, 414}
        assert server.get(**{"X-Long": "a" * 9000})[0] in {400, 431}
        assert server.get(**{f"X-Many-{n}": "a" for n in range(70)})[0] in {400, 431}
        assert server.get()[0] in {200, 302}
