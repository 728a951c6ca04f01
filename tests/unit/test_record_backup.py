"""A backup's archive: what is read back, and what is refused before anything is written."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiju.base.record import actions, checkpoints, places, sequencer, tree_store
from guiju.base.record.actor import SYSTEM
from guiju.base.record.backup.archive import Writer, copy_part, parts
from guiju.base.record.backup.keys import open_keys
from guiju.base.record.backup.manifest import KEYS, RECORD, read_contents
from guiju.base.record.backup.take import MEMBERS, take_backup
from guiju.base.record.backup.unpack import own_key, unpack
from guiju.base.record.vault import key_store
from guiju.base.signing_keys import create_signing_key
from guiju.core.errors import Denied, Invalid, Refusal
from guiju.core.ledger.keys import KeyKind
from guiju.exchange.files import silent
from recorded import NOON, record_some

HASH = hashlib.sha256(b"scan").hexdigest()
EVIDENCE = f"evidence/{HASH[:2]}/{HASH[2:4]}/{HASH}"


def archive(*files):
    out = io.BytesIO()
    writer = Writer(out, at=1_800_000_000, told=lambda _count: None)
    for name, data in files:
        writer.add_bytes(name, data)
    writer.end()
    return out


def names(stream):
    return [part.name for part in parts(stream, RECORD)]


@given(
    st.lists(st.binary(max_size=2000), max_size=8),
    st.binary(max_size=3000),
)
def test_what_is_written_is_read_back_and_any_tar_program_reads_it(scans, data):
    hashes = {hashlib.sha256(scan).hexdigest(): scan for scan in scans}
    evidence = sorted((f"evidence/{h[:2]}/{h[2:4]}/{h}", scan) for h, scan in hashes.items())
    files = [("database.sqlite3", data), *evidence, ("manifest.json", b"{}")]
    stream = archive(*files)
    found, told = [], []
    for part in parts(stream, RECORD):
        out = io.BytesIO()
        assert (
            copy_part(stream, part, out, told.append) == hashlib.sha256(out.getvalue()).hexdigest()
        )
        found.append((part.name, out.getvalue()))
    assert found == files
    assert sum(told) == sum(len(data) for _, data in files)
    with tarfile.open(fileobj=io.BytesIO(stream.getvalue())) as other:
        assert [(one.name, other.extractfile(one).read()) for one in other] == files


def evil(**changes):
    """Return an archive with one member that ``Writer`` would not have written."""
    out = io.BytesIO()
    kept = changes.pop("format", tarfile.GNU_FORMAT)
    with tarfile.open(fileobj=out, mode="w", format=kept) as made:
        info = tarfile.TarInfo(changes.pop("name", "database.sqlite3"))
        data = changes.pop("data", b"x" * 100)
        info.size, info.mode, info.mtime = len(data), 0o600, 1_800_000_000
        for name, value in changes.items():
            setattr(info, name, value)
        made.addfile(info, io.BytesIO(data) if info.isreg() else None)
    return out


HOSTILE = {
    "parent": evil(name="../database.sqlite3"),
    "inner parent": evil(name=f"evidence/../{EVIDENCE}"),
    "absolute": evil(name="/etc/passwd"),
    "unknown name": evil(name="run.sh"),
    "no hash": evil(name="evidence/aa/bb/cc"),
    "wrong folder": evil(name=f"evidence/aa/bb/{HASH}"),
    "symbolic link": evil(type=tarfile.SYMTYPE, linkname="/etc/passwd", size=0),
    "hard link": evil(type=tarfile.LNKTYPE, linkname="manifest.json", size=0),
    "device": evil(type=tarfile.CHRTYPE, devmajor=1, devminor=5, size=0),
    "pipe": evil(type=tarfile.FIFOTYPE, size=0),
    "folder": evil(type=tarfile.DIRTYPE, size=0),
    "sparse": evil(type=tarfile.GNUTYPE_SPARSE),
    "old kind": evil(type=tarfile.AREGTYPE),
    "long name": evil(name="database.sqlite3" + "x" * 200),
    "extension": evil(format=tarfile.PAX_FORMAT, pax_headers={"path": "../x"}),
    "other rights": evil(mode=0o4755),
    "other owner": evil(uid=1000, uname="somebody"),
    "nothing": io.BytesIO(),
    "noise": io.BytesIO(bytes(range(256)) * 8),
    "no end": io.BytesIO(archive(("database.sqlite3", b"x")).getvalue()[:-512]),
    "more behind": io.BytesIO(archive(("database.sqlite3", b"x")).getvalue() + bytes(512)),
    "twice": archive(("database.sqlite3", b"x"), ("database.sqlite3", b"y")),
    "wrong order": archive(("manifest.json", b"{}"), ("database.sqlite3", b"x")),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_an_archive_that_was_not_written_here_is_refused(kind):
    with pytest.raises(Invalid) as refusal:
        names(HOSTILE[kind])
    assert refusal.value.code == "BACKUP-05"


def test_a_member_that_claims_more_than_there_is_is_refused():
    data = bytearray(archive(("database.sqlite3", b"x" * 600)).getvalue())
    for size in (10**9, 10**18):
        info = tarfile.TarInfo("database.sqlite3")
        info.size, info.mode, info.mtime = size, 0o600, 1_800_000_000
        data[:512] = info.tobuf(tarfile.GNU_FORMAT)
        with pytest.raises(Invalid):
            names(io.BytesIO(bytes(data)))


def test_bytes_between_the_members_are_refused():
    data = bytearray(archive(("database.sqlite3", b"x" * 600)).getvalue())
    assert names(io.BytesIO(bytes(data))) == ["database.sqlite3"]
    data[512 + 600] = 1
    with pytest.raises(Invalid):
        names(io.BytesIO(bytes(data)))


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"[]",
        b"{",
        b'{"format":1}',
        b"[" * 100_000,
        b'{"format":1e999}',
        pytest.param(None, id="right but for one thing"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(manifest):
    if manifest is None:
        told = {"format": 1, "guiju": "1", "kind": "record", "size": "1", "files": [], "root": 3}
        manifest = json.dumps(told).encode()
    stream = archive(("database.sqlite3", b"x"), ("manifest.json", manifest))
    with pytest.raises(Invalid) as refusal:
        read_contents(stream, RECORD)
    assert refusal.value.code == "BACKUP-05"


def test_a_backup_of_a_later_format_says_so():
    manifest = b'{"format":2,"guiju":"9.0"}'
    stream = archive(("database.sqlite3", b"x"), ("manifest.json", manifest))
    with pytest.raises(Invalid, match=r"9\.0") as refusal:
        read_contents(stream, RECORD)
    assert refusal.value.code == "BACKUP-06"


@pytest.fixture
def filled(record_database):
    """A record of 40 sealed events and one that waits, with one file of evidence."""
    actions.open_log(by=SYSTEM, at=NOON)
    record_some(39)
    while sequencer.seal_waiting():
        pass
    checkpoints.sign_if_due(at=NOON)
    record_some(1)
    key_store().make_key("person:1")
    key_store().make_key("person:2")
    key_store().erase("person:2")
    path = places.data() / EVIDENCE
    path.parent.mkdir(parents=True)
    path.write_bytes(b"scan")
    (path.parent / ".guiju-half").write_bytes(b"left by a crash")
    return places.data()


@pytest.mark.django_db
def test_nothing_is_backed_up_without_a_key(tmp_path, settings):
    settings.DATA = tmp_path / "none"
    with pytest.raises(Invalid):
        take_backup(tmp_path / "b.tar", at=NOON)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_says_what_it_holds_and_keys_are_apart(filled, tmp_path):
    told = take_backup(tmp_path / "b.tar", keys=tmp_path / "k.tar", at=NOON)
    assert told.size == 40
    assert told.head == tree_store.head_at(40)
    assert told.checkpoint.encode() == checkpoints.cosigned_note(checkpoints.latest())
    with (tmp_path / "b.tar").open("rb") as stream:
        assert names(stream) == [
            MEMBERS[connection.vendor],
            EVIDENCE,
            "manifest.json",
            "manifest.signature",
        ]
        contents = read_contents(stream, RECORD)
    assert contents.manifest == told
    assert own_key(contents, None).key.name == told.origin == "tests.example/record"
    with (tmp_path / "k.tar").open("rb") as stream:
        found = open_keys(stream, read_contents(stream, KEYS).manifest)
        assert found.log_key == places.log_key().read_bytes()
        assert [len(data) for _, data in found.people()] in ([0, 32], [32, 0])
    secret = key_store().key("person:1")
    assert secret not in (tmp_path / "b.tar").read_bytes()
    assert secret in (tmp_path / "k.tar").read_bytes()
    for name in ("b.tar", "k.tar"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob(".guiju-*"))


def test_nothing_is_overwritten(filled, tmp_path):
    (tmp_path / "b.tar").write_bytes(b"mine")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name, keys in (("b.tar", None), ("link", None), ("new.tar", "b.tar")):
        with pytest.raises(Invalid) as refusal:
            take_backup(tmp_path / name, keys=keys and tmp_path / keys, at=NOON)
        assert refusal.value.code == "BACKUP-01"
    assert (tmp_path / "b.tar").read_bytes() == b"mine"
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "new.tar").exists()


def test_a_failure_in_the_middle_leaves_nothing(filled, tmp_path, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guiju.base.record.backup.take.add_keys", full)
    folder = tmp_path / "target"
    folder.mkdir()
    with pytest.raises(Invalid, match="磁盘已满") as refusal:
        take_backup(folder / "b.tar", keys=folder / "k.tar", at=NOON)
    assert refusal.value.code == "FILE-02"
    assert list(folder.iterdir()) == []


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_of_a_backup_is_refused(filled, tmp_path, place, bit):
    path = tmp_path / "b.tar"
    if not path.exists():
        take_backup(path, at=NOON)
    data = bytearray(path.read_bytes())
    unpacked(io.BytesIO(bytes(data)), tmp_path)
    data[int(place * len(data))] ^= 1 << bit
    with pytest.raises(Refusal):
        unpacked(io.BytesIO(bytes(data)), tmp_path)


def unpacked(stream, folder):
    """Do what restoring does before it touches the database."""
    target = folder / f"unpacked-{os.urandom(4).hex()}"
    target.mkdir()
    copy = target / "backup.tar"
    copy.write_bytes(stream.getvalue())
    with copy.open("rb") as file:
        contents = read_contents(file, RECORD)
        assert own_key(contents, None)
        unpack(file, contents.manifest, database=target, evidence=target, progress=silent)
    return target


def test_what_is_unpacked_is_what_was_there(filled, tmp_path):
    take_backup(tmp_path / "b.tar", at=NOON)
    target = unpacked(io.BytesIO((tmp_path / "b.tar").read_bytes()), tmp_path)
    assert (target / EVIDENCE).read_bytes() == b"scan"
    copy = target / MEMBERS[connection.vendor]
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as open_:
            assert open_.execute("SELECT count(*) FROM record_event").fetchone() == (41,)
    else:
        assert copy.read_bytes().startswith(b"PGDMP")


def test_a_backup_by_another_key_is_refused(filled, tmp_path):
    take_backup(tmp_path / "b.tar", keys=tmp_path / "k.tar", at=NOON)
    with (tmp_path / "b.tar").open("rb") as stream:
        contents = read_contents(stream, RECORD)
    places.log_key().unlink()
    assert own_key(contents, None) is None
    create_signing_key(places.log_key(), name="tests.example/record", kind=KeyKind.ED25519)
    with pytest.raises(Denied) as refusal:
        own_key(contents, None)
    assert refusal.value.code == "BACKUP-11"


def test_keys_that_are_not_what_the_manifest_says_are_refused(filled, tmp_path):
    take_backup(tmp_path / "b.tar", keys=tmp_path / "k.tar", at=NOON)
    data = bytearray((tmp_path / "k.tar").read_bytes())
    secret = key_store().key("person:1")
    data[data.index(secret)] ^= 1
    stream = io.BytesIO(bytes(data))
    with pytest.raises(Invalid) as refusal:
        open_keys(stream, read_contents(stream, KEYS).manifest)
    assert refusal.value.code == "BACKUP-05"
