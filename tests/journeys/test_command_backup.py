"""``guiju backup``, ``restore`` and ``doctor``: real processes, databases and witnesses."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from guiju.base.witness.folder import create_witness
from guiju.core.ledger.keys import parse_key
from installation import ON_POSTGRES, code_of, installed, wait_until
from witnessing import Server as WitnessServer
from witnessing import served

pytestmark = pytest.mark.database

TYPES = """
import sys
from datetime import UTC, datetime
from guiju.base.record import vault
from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.erasure import erase_person
from guiju.base.record.event_types import EventType, Personal, register
from guiju.base.record.models import Event
from guiju.core.sentence import zh

def kind(name, *fields, personal=()):
    return register(EventType(name, zh("x"), dict.fromkeys(fields, zh("x")), frozenset(personal)))

HALF = kind("tests.half.written", "half")
MET = kind("tests.person.met_once", "name", personal=["name"])

def now():
    return datetime.now(UTC)
"""
WRITE = (
    TYPES
    + """
from itertools import count
most = int(sys.argv[2])
for number in count() if not most else range(most):
    name = f"pair:{sys.argv[1]}.{number}"
    with recording(HALF(object=name, half=1), by=SYSTEM, at=now()) as passage:
        passage.add(HALF(object=name, half=2))
    print(number, flush=True)
"""
)
HALVES = (
    "SELECT object, count(*) FROM record_event WHERE kind = 'tests.half.written' GROUP BY object"
)


def write(installation, count, name="w"):
    assert installation.in_django(WRITE, name, str(count)).status == 0


def backed_up(installation, name, *, keys=None):
    file = installation.folder / name
    more = ("--keys", str(installation.folder / keys)) if keys else ()
    done = installation.run("backup", str(file), *more)
    assert done.status == 0, done
    return str(file)


def seal(installation):
    """Let a worker do all that waits, and sign it."""
    with installation.working():
        wait_until(lambda: is_signed(installation))


def is_signed(installation):
    signed = installation.one("SELECT max(size) FROM record_checkpoint WHERE suite = 'sha256'")
    return not installation.one("SELECT count(*) FROM record_outbox") and signed == size(
        installation
    )


def size(installation):
    return installation.one("SELECT count(*) FROM record_leaf")


def is_bare(installation):
    tables = (
        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        " UNION ALL SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    )
    if ON_POSTGRES and installation.ask(tables) != [(0,), (0,)]:
        return False
    return not installation.data.exists()


def refusal(bare, *arguments, **changes):
    """Return the code of a refused restoration, which leaves nothing behind."""
    done = bare.run("restore", *map(str, arguments), **changes)
    code = code_of(done)
    assert is_bare(bare), list(bare.data.rglob("*"))
    return code


KEEP = """
import io
from datetime import UTC, datetime
from guiju.base.evidence.actions import receive_file
from guiju.base.record.actor import SYSTEM
scan = io.BytesIO("甲,乙\\n1,2\\n".encode())
receive_file(scan, declared_name="x.csv", about="", by=SYSTEM, at=datetime.now(UTC))
"""


def scans(installation):
    files = (installation.data / "evidence").rglob("*")
    return {path.name: path.read_bytes() for path in files if len(path.name) == 64}


@pytest.fixture(scope="module")
def kept_once(tmp_path_factory, founded):
    """An installation with a file of evidence, its backup and its keys, that is only copied."""
    with installed(tmp_path_factory.mktemp("kept"), template=founded) as made:
        write(made, 3)
        assert made.in_django(KEEP).status == 0
        seal(made)
        backed_up(made, "b.tar", keys="k.tar")
        yield made


@pytest.fixture
def kept(tmp_path, kept_once):
    """A backup of an installation with a file of evidence and its keys, and the installation."""
    with installed(tmp_path / "kept", template=kept_once) as made:
        for name in ("b.tar", "k.tar"):
            shutil.copy(kept_once.folder / name, made.folder)
        made.backup, made.keys = (str(made.folder / name) for name in ("b.tar", "k.tar"))
        yield made


def test_a_backup_under_load_is_whole_and_stops_nobody(installation, bare):
    writers = [installation.start(str(n), "0", code=_django(WRITE)) for n in range(4)]
    try:
        assert [writer.stdout.readline() for writer in writers] == ["0\n"] * 4
        with installation.working():
            before = len(installation.ask(HALVES))
            file = backed_up(installation, "b.tar", keys="k.tar")
            after = len(installation.ask(HALVES))
    finally:
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.communicate()
    done = bare.run(
        *("restore", file, "--keys", str(installation.folder / "k.tar"), "--unwitnessed")
    )
    assert done.status == 0, done
    assert "全部核对无误" in done.out
    halves = bare.ask(HALVES)
    assert before <= len(halves) <= after
    assert before < after
    assert {count for _, count in halves} == {2}
    seal(bare)
    sound = bare.run("doctor")
    assert sound.status == 0, sound.out
    assert "逐条核对无误" in sound.out


def _django(code):
    return "from guiju.config.cli.ground import stand_on_ground; stand_on_ground()\n" + code


def test_a_restored_record_goes_on(kept, bare):
    bare.is_cold = True
    done = bare.run("restore", kept.backup, "--keys", kept.keys, "--unwitnessed")
    assert done.status == 0, done
    assert "无人能发现" in done.err
    at = bare.one("SELECT at FROM record_event WHERE kind = 'record.backup.restored'")
    assert at
    write(bare, 1, "after")
    seal(bare)
    assert bare.run("doctor").status == 0
    assert size(bare) == size(kept) + 3
    assert scans(bare) == scans(kept)
    assert len(scans(bare)) > 0
    for path in (bare.data, *bare.data.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
    again = bare.run("restore", kept.backup, "--keys", kept.keys, "--unwitnessed")
    assert code_of(again) == "BACKUP-09"


@pytest.fixture
def watched(installation, tmp_path):
    """An installation whose record a real witness cosigns."""
    made = create_witness(tmp_path / "w", "audit.example/w1")
    key = parse_key(json.loads(installation.in_django(OWN_KEY).out))
    made.store.trust(key, origin=key.name, at=1_700_000_000)
    with served(tmp_path / "w") as server:
        installation.witness = server
        installation.witness_folder = tmp_path / "w"
        installation.witness_key = str(made.key)
        trust(installation)
        witnessed(installation)
        yield installation


OWN_KEY = """
import json
from guiju.base.record.signing import log_key
print(json.dumps(str(log_key().key)))
"""


def trust(installation, *, of=None):
    of = of or installation
    done = installation.run("record", "trust", of.witness_key, "--url", of.witness.url)
    assert done.status == 0, done


def witnessed(installation):
    """Wait until the witness has cosigned everything, its own first cosignature included."""
    with installation.working():
        wait_until(
            lambda: (
                is_signed(installation)
                and installation.one("SELECT max(size) FROM record_cosignature")
                == size(installation)
            )
        )


def test_an_older_backup_is_refused_by_what_a_witness_saw(watched, bare):
    keys = str(watched.folder / "k.tar")
    old = backed_up(watched, "old.tar", keys="k.tar")
    held = size(watched)
    write(watched, 5)
    witnessed(watched)
    new = backed_up(watched, "new.tar")
    seen = size(watched)

    refused = bare.run("restore", old, "--keys", keys)
    assert code_of(refused) == "BACKUP-14"
    assert f"见证过 {seen} 条，这里只有 {held} 条，少了 {seen - held} 条" in refused.err
    assert is_bare(bare)
    assert refusal(bare, old, "--keys", keys, "--unwitnessed") == "BACKUP-14"

    done = bare.run("restore", new, "--keys", keys)
    assert done.status == 0, done
    assert f"「audit.example/w1」见证过 {seen} 条" in done.out


def test_a_record_older_than_a_witness_knows_does_not_start(watched, bare):
    old = backed_up(watched, "old.tar", keys="k.tar")
    write(watched, 5)
    witnessed(watched)
    watched.witness.kill()
    keys = str(watched.folder / "k.tar")
    done = bare.run("restore", old, "--keys", keys, "--unwitnessed")
    assert done.status == 0, done
    back = WitnessServer(watched.witness_folder, watched.witness.port)
    try:
        assert code_of(bare.run("serve")) == "BACKUP-14"
        assert code_of(bare.run("worker")) == "BACKUP-14"
        witnessed(watched)
    finally:
        back.kill()


def test_an_older_backup_may_go_on_under_a_new_name_only(watched, bare):
    old = backed_up(watched, "old.tar", keys="k.tar")
    held = size(watched)
    write(watched, 5)
    witnessed(watched)
    lost = size(watched) - held
    named = ("--origin", "tests.example/record-2")
    same = ("--origin", "tests.example/record")
    assert refusal(bare, old, "--keys", watched.folder / "k.tar", *same) == "BACKUP-17"
    done = bare.run("restore", old, "--keys", str(watched.folder / "k.tar"), *named)
    assert done.status == 0, done
    assert f"少 {lost} 条" in done.err
    key = parse_key(json.loads(bare.in_django(OWN_KEY).out))
    assert key.name == "tests.example/record-2"
    seal(bare)
    text = bare.one("SELECT note FROM record_checkpoint ORDER BY size DESC, id DESC LIMIT 1")
    assert bytes(text).startswith(b"tests.example/record-2\n")
    opened = "SELECT count(*) FROM record_event WHERE kind = 'record.log.opened'"
    assert bare.one(opened) == 2
    done = bare.run("doctor")
    assert done.status == 0, done.out


def test_another_record_of_the_same_key_is_refused(watched, founded, tmp_path, bare):
    with installed(tmp_path / "fork", template=founded) as fork:
        write(fork, 1, "fork")
        trust(fork, of=watched)
        write(fork, 20, "fork")
        seal_alone(fork)
        file = backed_up(fork, "fork.tar", keys="k.tar")
        keys = fork.folder / "k.tar"
        assert size(fork) > size(watched)
        assert refusal(bare, file, "--keys", keys) == "BACKUP-15"
        named = ("--origin", "tests.example/other")
        assert refusal(bare, file, "--keys", keys, *named) == "BACKUP-15"


def seal_alone(installation):
    """Seal and sign without asking any witness, who would find the fork at once."""
    done = installation.in_django(
        "from datetime import UTC, datetime; from guiju.base.record import clockwork\n"
        "while clockwork.tick(at=datetime.now(UTC)): pass"
    )
    assert done.status == 0, done


def test_a_checkpoint_on_file_stands_for_a_witness(kept, bare, tmp_path):
    assert kept.run("record", "export", str(tmp_path / "early")).status == 0
    write(kept, 1)
    seal(kept)
    file = backed_up(kept, "b2.tar")
    assert kept.run("record", "export", str(tmp_path / "same")).status == 0
    write(kept, 1)
    seal(kept)
    assert kept.run("record", "export", str(tmp_path / "late")).status == 0
    with_keys = (file, "--keys", kept.keys, "--checkpoint")
    assert refusal(bare, *with_keys, tmp_path / "early" / "checkpoint") == "BACKUP-21"
    assert refusal(bare, *with_keys, tmp_path / "late" / "checkpoint") == "BACKUP-14"
    assert refusal(bare, *with_keys, tmp_path / "late" / "log.vkey").startswith("LEDGER-")
    done = bare.run("restore", *with_keys, str(tmp_path / "same" / "checkpoint"))
    assert done.status == 0, done


LIMITED = f"""
import resource
most = {20_000 if ON_POSTGRES else 100_000}
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
from guiju.config.cli import main
main()
"""
"""The command, on a disk that takes no larger file."""


def test_what_stands_against_a_restoration_is_told_and_nothing_stays(kept, bare, tmp_path):
    assert refusal(bare, kept.backup) == "BACKUP-12"
    assert refusal(bare, kept.backup, "--keys", kept.keys) == "BACKUP-16"
    assert refusal(bare, kept.backup, "--keys", kept.backup) == "BACKUP-05"
    assert refusal(bare, kept.keys) == "BACKUP-05"
    assert refusal(bare, tmp_path / "none.tar") == "FILE-01"
    assert refusal(bare, kept.backup, "--keys", tmp_path / "none.tar") == "FILE-01"
    broken = tmp_path / "broken.tar"
    data = bytearray(Path(kept.backup).read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    assert refusal(bare, broken, "--keys", kept.keys, "--unwitnessed") == "BACKUP-05"
    words = ("restore", kept.backup, "--keys", kept.keys, "--unwitnessed")
    assert code_of(bare.run(*words, code=LIMITED)) == "BACKUP-10"
    assert is_bare(bare)


def test_a_full_disk_leaves_no_backup(kept, tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    words = ("backup", str(target / "b.tar"), "--keys", str(target / "k.tar"))
    assert code_of(kept.run(*words, code=LIMITED)) in {"FILE-02", "BACKUP-03"}
    assert list(target.iterdir()) == []


def test_nothing_is_backed_up_before_it_is_set_up(bare, tmp_path):
    assert code_of(bare.run("backup", str(tmp_path / "b.tar"))) == "START-02"
    assert not (tmp_path / "b.tar").exists()


def test_keys_that_lie_there_are_not_replaced(kept, bare):
    own = bare.data / "keys"
    own.mkdir(parents=True, mode=0o700)
    shutil.copy(kept.data / "keys" / "log.key", own)
    before = (own / "log.key").stat().st_ino
    done = bare.run("restore", kept.backup, "--unwitnessed")
    assert done.status == 0, done
    assert (own / "log.key").stat().st_ino == before


def test_keys_of_another_record_are_refused(kept, bare):
    made = bare.in_django(
        "from pathlib import Path; from guiju.base.signing_keys import create_signing_key\n"
        "from guiju.base.record import places; from guiju.core.ledger.keys import KeyKind\n"
        "places.log_key().parent.mkdir(parents=True, mode=0o700)\n"
        "create_signing_key(places.log_key(), name='other.example', kind=KeyKind.ED25519)"
    )
    assert made.status == 0, made
    key = (bare.data / "keys" / "log.key").read_bytes()
    for more, code in (((), "BACKUP-11"), (("--keys", kept.keys), "BACKUP-19")):
        done = bare.run("restore", kept.backup, *more, "--unwitnessed")
        assert code_of(done) == code
        assert [path.name for path in bare.data.rglob("*")] == ["keys", "log.key"]
    assert (bare.data / "keys" / "log.key").read_bytes() == key


CANARY = "金丝雀欧阳锋42"
MEET = (
    TYPES
    + f"""
draft = MET(object="x", name=Personal("person:7", {CANARY!r}))
with recording(draft, by=SYSTEM, at=now()) as passage:
    passage.add(MET(object="x", name=Personal("person:8", "此人仍在")))
"""
)
READ = (
    TYPES
    + """
import json
keys = Event.objects.filter(kind=MET.kind).values_list("key", flat=True)
print(json.dumps(sorted(v["name"] for v in vault.open_values(keys).values())))
"""
)


def readable(installation):
    done = installation.in_django(READ)
    assert done.status == 0, done
    return json.loads(done.out)


def holding(folders, *texts):
    """Return the files in which one of the texts stands, in any of the usual forms."""
    forms = [form for text in texts for form in (text.encode(), text.encode("utf-16-le"))]
    forms += [json.dumps(text).strip('"').encode() for text in texts]
    # Not by rglob, which ends at a folder that another test's database leaves meanwhile.
    walked = [(root, names) for folder in folders for root, _, names in os.walk(folder)]
    paths = [Path(root) / name for root, names in walked for name in names]
    files = [path for path in paths if path.is_file()]
    assert len(files) > 5
    return [path for path in files if any(form in content(path) for form in forms)]


def content(path):
    """Return what a file holds; nothing when it is gone, as files of other tests' databases are."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def places_of(installation):
    """Return every folder in which something of this installation is kept."""
    if not ON_POSTGRES:
        return [installation.folder]
    host = parse_qs(urlsplit(os.environ["GUIJU_DATABASE"]).query)["host"][0]
    return [installation.folder, Path(host) / "data"]


def test_an_erased_person_stays_erased_whatever_comes_back(installation, bare, tmp_path):
    installation.is_cold = True
    assert installation.in_django(MEET).status == 0
    seal(installation)
    backed_up(installation, "before.tar", keys="keys-before.tar")
    assert readable(installation) == sorted([CANARY, "此人仍在"])
    erase = ("record", "erase", "person:7", "--authority", "个人信息保护法第四十七条")
    assert installation.run(*erase, "--reason", "目的已实现", "--yes").status == 0
    seal(installation)
    after = backed_up(installation, "after.tar", keys="keys-after.tar")
    assert installation.run("record", "export", str(installation.folder / "export")).status == 0
    assert holding(places_of(installation), CANARY) == []
    assert readable(installation) == ["此人仍在"]

    # The key store of before the erasure, which still has the key, beside the log of after.
    old_keys = str(installation.folder / "keys-before.tar")
    done = bare.run("restore", after, "--keys", old_keys, "--unwitnessed")
    assert done.status == 0, done
    assert readable(bare) == ["此人仍在"]
    kept = {path.suffix for path in (bare.data / "keys" / "people").rglob("*") if path.is_file()}
    assert kept == {".key", ".erased"}
    assert holding(places_of(bare), CANARY) == []
    seal(bare)
    assert bare.run("doctor").status == 0


def test_a_log_from_before_an_erasure_is_not_read_with_todays_keys(installation, bare):
    assert installation.in_django(MEET).status == 0
    seal(installation)
    before = backed_up(installation, "before.tar", keys="keys-before.tar")
    erase = ("record", "erase", "person:7", "--authority", "个人信息保护法第四十七条")
    assert installation.run(*erase, "--reason", "目的已实现", "--yes").status == 0
    backed_up(installation, "after.tar", keys="keys-after.tar")
    today = str(installation.folder / "keys-after.tar")
    done = bare.run("restore", before, "--keys", today, "--unwitnessed")
    assert done.status == 0, done
    assert readable(bare) == ["此人仍在"]
    told = bare.run("doctor").out
    assert "「person:7」的密钥不在了，记录里却没有删除其个人信息的决定" in told


def test_doctor_is_well_and_names_what_is_not(kept):
    assert kept.run("migrate").status == 0  # a copy of a database has none of its own rights
    well = kept.run("doctor")
    assert well.status == 0, well.out
    assert re.search(r"记录：共 \d+ 条，逐条核对无误。", well.out)
    if ON_POSTGRES:
        kept.tell("DROP TRIGGER record_leaf_dense ON record_leaf")
    else:
        kept.tell("DROP TRIGGER record_leaf_dense")
    lost = next(iter(scans(kept)))
    (kept.data / "evidence" / lost[:2] / lost[2:4] / lost).unlink()
    evidence = kept.data / "evidence" / "aa" / "bb" / ("aabb" + "0" * 60)
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"not what its name says")
    ill = kept.run("doctor")
    assert ill.status == 1
    assert "[AUDIT-01]" in ill.out
    assert "[AUDIT-50]" in ill.out
    assert "[EVIDENCE-16]" in ill.out
    assert "发现 3 处问题" in ill.out
    assert "Traceback" not in ill.out + ill.err


@pytest.mark.skipif(ON_POSTGRES, reason="its catalogue is not one file's first page")
def test_doctor_says_that_the_catalogue_of_the_database_is_damaged(kept):
    assert kept.run("doctor").status == 0
    file = kept.data / "guiju.sqlite3"
    kept.tell("PRAGMA wal_checkpoint(TRUNCATE)")
    pages = bytearray(file.read_bytes())
    at = pages.index(b'CREATE TABLE "record_')
    pages[at + 2] = 0xA0
    file.write_bytes(pages)
    ill = kept.run("doctor")
    assert ill.status == 1
    assert "[START-13]" in ill.out
    assert "guiju restore" in ill.out
    assert "Traceback" not in ill.out + ill.err
    pages[at + 2] = ord("E")
    file.write_bytes(pages)
    assert kept.run("doctor").status == 0
