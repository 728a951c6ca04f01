"""Setting Guiju up: whole, or going on where it was interrupted, and never twice."""

from __future__ import annotations

import fcntl
import json
import re
import stat

import pytest

from guiju.base.signing_keys import verify
from guiju.core.ledger.checkpoint import open_checkpoint
from guiju.core.ledger.keys import parse_key
from installation import code_of, free_port
from ledger_reference import rfc9162

pytestmark = pytest.mark.database

KILLED_AFTER = {
    "the secret": "guiju.config.cli.init.make_secret",
    "the database": "guiju.config.schema.migrate",
    "the key": "guiju.config.founding.create_signing_key",
    "the first event": "guiju.config.founding.open_log",
    "sealing": "guiju.base.record.sequencer.seal_waiting",
    "signing": "guiju.base.record.checkpoints.sign_if_due",
}
KILL = """
import importlib, os, signal, sys
from guiju.config.cli import main
from guiju.config.cli.ground import stand_on_ground
module, name = sys.argv.pop(1).rsplit(".", 1)
if module != "guiju.config.cli.init":
    from guiju.config import home
    from pathlib import Path
    home.make_home(Path(os.environ["GUIJU_DATA"])); home.make_secret(Path(os.environ["GUIJU_DATA"]))
    stand_on_ground()
place = importlib.import_module(module)
real = getattr(place, name)
def once(*args, **kwargs):
    real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(place, name, once)
sys.argv = ["guiju", "init", "--name", "tests.example/record"]
main()
"""


def counts(installation):
    tables = ("record_event", "record_leaf", "record_checkpoint", "record_outbox")
    return {table: installation.one(f"SELECT count(*) FROM {table}") for table in tables}


def contents(installation):
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in installation.data.rglob("*")
        if path.is_file() and "sqlite3" not in path.name and path.name != "setup.lock"
    }


def require_founded(installation):
    """One event that opens the log, sealed, under one checkpoint signed by the key shown.

    Three more wait to be sealed: the first administrator's account, role and link.
    """
    made = {"record_event": 4, "record_leaf": 1, "record_checkpoint": 1, "record_outbox": 3}
    assert counts(installation) == made
    entry = bytes(installation.one("SELECT entry FROM record_event ORDER BY id LIMIT 1"))
    opened = json.loads(entry)
    assert opened["kind"] == "record.log.opened"
    key = parse_key(opened["data"]["vkey"])
    note = bytes(installation.one("SELECT note FROM record_checkpoint"))
    checkpoint, _ = open_checkpoint(note, origin=key.name, keys=(key,), verify=verify)
    assert checkpoint.head.size == 1
    assert checkpoint.head.root == rfc9162.mth([entry])
    assert (installation.data / "floor.checkpoint").read_bytes() == note
    return key


def test_everything_is_made_and_told(bare):
    bare.is_cold = True
    done = bare.run("init", "--name", "xian.example/record")
    assert (done.status, done.err) == (0, "")
    key = require_founded(bare)
    assert key.name == "xian.example/record"
    assert str(key) in done.out
    for word in ("guiju serve", "见证方", "备份"):
        assert word in done.out.partition("接下来：")[2]


def links(done):
    return re.findall(r"http\S+/account/link/\S+/", done.out)


def test_the_first_administrator_gets_in_by_a_link_that_is_shown_once(bare):
    (link,) = links(bare.run("init"))
    assert link.startswith("http://127.0.0.1:8460/account/link/")
    token = link.rstrip("/").rpartition("/")[2]
    kept = [bytes(str(bare.ask(f"SELECT * FROM {table}")), "utf-8")
            for table in ("access_link", "access_account", "record_event")]  # fmt: skip
    assert not [one for one in kept if token.encode() in one]
    assert links(bare.run("init")) == []
    (other,) = links(bare.run("init", "--new-link"))
    assert other != link
    with bare.serving("--no-worker", "--workers", "1") as server:
        status, page = server.get(other[other.index("/account") :])
        assert (status, "设置密码" in page.decode()) == (200, True)
        assert "设置密码" not in server.get(link[link.index("/account") :])[1].decode()


def test_without_any_account_a_founded_record_gets_its_first_administrator(installation):
    installation.tell("DELETE FROM access_link", "DELETE FROM access_account")
    assert len(links(installation.run("init"))) == 1
    assert installation.one("SELECT count(*) FROM access_account") == 1
    assert "没有改动" in installation.run("init").out


def test_only_this_account_may_read_it(bare):
    bare.run("init")
    paths = [bare.data, *bare.data.rglob("*")]
    assert len(paths) > 4
    assert {path: oct(path.stat().st_mode) for path in paths if path.stat().st_mode & 0o077} == {}
    assert stat.S_IMODE((bare.data / "keys" / "log.key").stat().st_mode) == 0o600


def test_without_a_name_one_is_taken_from_the_machine_and_this_is_told(bare):
    done = bare.run("init")
    assert require_founded(bare).name.endswith("/record")
    assert "--name" in done.out
    assert "--name" not in bare.run("init").out


def test_a_second_run_changes_nothing_and_says_so(installation):
    before, rows = contents(installation), counts(installation)
    for name in ((), ("--name", "tests.example/record")):
        done = installation.run("init", *name)
        assert (done.status, done.err) == (0, "")
        assert "没有改动" in done.out
        assert contents(installation) == before
        assert counts(installation) == rows


def test_another_name_later_is_refused(installation):
    before = contents(installation)
    assert code_of(installation.run("init", "--name", "other.example/record")) == "START-11"
    assert contents(installation) == before


@pytest.mark.parametrize("name", ["two words", "a+b"])
def test_a_name_that_is_none_makes_nothing(bare, name):
    assert code_of(bare.run("init", "--name", name)) == "LEDGER-34"
    assert not bare.data.exists()


@pytest.mark.parametrize("killed", KILLED_AFTER)
def test_killed_at_any_step_it_goes_on(bare, killed):
    assert bare.run(KILLED_AFTER[killed], code=KILL).status == -9
    done = bare.run("init", "--name", "tests.example/record")
    assert (done.status, done.err) == (0, ""), done
    require_founded(bare)
    assert [p.name for p in bare.data.rglob(".guiju-*")] == []
    assert "没有改动" in bare.run("init").out


def test_two_at_once_are_one_after_the_other(bare):
    bare.data.mkdir(mode=0o700)
    with (bare.data / "setup.lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert code_of(bare.run("init")) == "START-08"
        assert code_of(bare.run("migrate")) == "START-08"
    assert bare.run("init").status == 0
    require_founded(bare)


def test_a_lost_key_is_not_replaced_by_a_new_one(installation):
    key = installation.data / "keys" / "log.key"
    kept = key.read_bytes()
    key.unlink()
    assert code_of(installation.run("init")) == "START-10"
    assert not key.exists()
    key.write_bytes(kept)
    key.chmod(0o600)
    assert "没有改动" in installation.run("init").out


def test_a_folder_that_cannot_be_made_is_named(bare):
    (bare.folder / "file").write_text("x", "utf-8")
    place = str(bare.folder / "file" / "data")
    done = bare.run("init", GUIJU_DATA=place)
    assert code_of(done) == "START-12"
    assert place in done.err
    assert bare.run("init").status == 0


def test_without_a_database_it_says_what_to_look_at_and_goes_on_later(bare):
    nowhere = f"postgresql://guiju_app@127.0.0.1:{free_port()}/guiju"
    away = {"GUIJU_DATABASE": nowhere, "GUIJU_OWNER_DATABASE": nowhere}
    assert code_of(bare.run("init", **away)) == "START-07"
    assert not (bare.data / "keys" / "log.key").exists()
    assert bare.run("init").status == 0
    require_founded(bare)


def test_in_production_it_makes_the_secret_that_production_demands(bare):
    production = {"GUIJU_PRODUCTION": "1"}
    assert code_of(bare.run("init", **production)) == "CONFIG-03"
    done = bare.run("init", **production, GUIJU_HOSTS="guiju.example.gov.cn")
    assert (done.status, done.err) == (0, "")
    require_founded(bare)
    assert len((bare.data / "cookie.key").read_text("ascii")) >= 50


def test_a_secret_from_outside_is_not_stored(bare):
    assert bare.run("init", GUIJU_SECRET="from outside " * 5).status == 0
    assert not (bare.data / "cookie.key").exists()


def test_it_speaks_english_too(bare):
    done = bare.run("init", "--lang", "en")
    assert done.status == 0
    assert not re.search(r"[\u4e00-\u9fff]", done.out)
