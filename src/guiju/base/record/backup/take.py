"""Taking a backup: one moment of the record in one file, while everybody goes on working.

The keys go into an archive of their own, so that the two can be kept apart: without the
keys nothing personal in the other can be read.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.db import DatabaseError, connection

from guiju.base.record import checkpoints, places, tree_store
from guiju.base.record.backup import postgresql, sqlite
from guiju.base.record.backup.archive import Told, Writer, uncopied
from guiju.base.record.backup.keys import add_keys
from guiju.base.record.backup.manifest import MANIFEST, RECORD, SIGNATURE, Manifest, Roll
from guiju.base.record.backup.noted import Backup, note_backup
from guiju.base.record.signing import log_key
from guiju.base.record.snapshot import snapshot
from guiju.base.signing_keys import SigningKey, sync_folder
from guiju.core.errors import Invalid
from guiju.core.ledger.entry import instant
from guiju.core.ledger.keys import sign_text
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import zh
from guiju.exchange.files import Progress, replacing, silent

MEMBERS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
"""What the database is called in an archive, by engine."""


def take_backup(
    path: Path, *, keys: Path | None = None, at: datetime, progress: Progress = silent
) -> Manifest:
    """Write a backup to ``path``, and the keys that belong to it to ``keys``, or neither.

    Both files are for this account alone and are on the disk when this returns.

    Raises:
        Invalid: BACKUP-01 when there is such a file already; BACKUP-02 and BACKUP-03 when the
            copy does not succeed; FILE-02 when it cannot be written; what ``log_key`` raises.
        Denied: BACKUP-04 without PostgreSQL's own programs.
    """
    targets = [path] if keys is None else [path, keys]
    for target in targets:
        _require_free(target)
    key = log_key()
    with _told_in_words(), private_files(), ExitStack() as files:
        outs = [files.enter_context(replacing(target)) for target in targets]
        folder = files.enter_context(_scratch(path.parent))
        # People's keys are made before the events that need them: so they are copied after.
        manifest = _write_record(outs[0], folder, key, at, progress)
        for out in outs[1:]:
            add_keys(out, manifest, at=at)
    for target in targets:
        sync_folder(target.parent)
    note_backup(Backup(at, manifest.size, has_keys=keys is not None))
    return manifest


@contextmanager
def _told_in_words() -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        why = str(error).strip().split("\n")[0][:300]
        raise uncopied(zh("{why}", why=why)) from None


@contextmanager
def private_files() -> Iterator[None]:
    """Let every file that is made inside be for this account alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def _require_free(path: Path) -> None:
    if os.path.lexists(path):
        raise Invalid(
            "BACKUP-01",
            zh("「{path}」已经存在，备份不覆盖任何文件。请换一个文件名。", path=str(path)),
        )


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    """Give a folder beside the archive, on the same disk, that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix=".guiju-", dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_record(
    out: BinaryIO, folder: Path, key: SigningKey, at: datetime, progress: Progress
) -> Manifest:
    engine = connection.vendor
    copy = folder / MEMBERS[engine]
    with snapshot() as name:
        head = tree_store.head_at(tree_store.size())
        newest = checkpoints.latest()
        note = "" if newest is None else checkpoints.cosigned_note(newest).decode()
        if engine == "sqlite":
            sqlite.copy_database(copy, progress)
        else:
            postgresql.copy_database(copy, name, progress)
    evidence = places.data() / "evidence"
    writer = Writer(out, at=int(at.timestamp()), told=_told(copy, evidence, progress))
    with copy.open("rb") as source:
        sha256 = writer.add(copy.name, source, copy.stat().st_size)
    manifest = Manifest(
        kind="record",
        made_at=instant(at),
        engine=engine,
        origin=key.key.name,
        size=head.size,
        root=to_base64(head.root),
        checkpoint=note,
        files={copy.name: sha256},
        folders={"evidence": _add_evidence(writer, evidence).told()},
    )
    data = manifest.encode()
    writer.add_bytes(MANIFEST, data)
    line = sign_text(data.decode(), key.key, key.sign)
    writer.add_bytes(SIGNATURE, str(line).encode())
    writer.end()
    return manifest


def _add_evidence(writer: Writer, folder: Path) -> Roll:
    """Add every stored file; one that was lawfully removed since it was seen is passed over."""
    roll = Roll()
    for path in evidence_files(folder):
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue
        with source:
            size = os.fstat(source.fileno()).st_size
            name = f"evidence/{path.relative_to(folder).as_posix()}"
            roll.call(name, size, writer.add(name, source, size))
    return roll


def evidence_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a store of evidence in order, each named by its SHA-256."""
    for inner in sorted(folder.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        for path in sorted(inner.iterdir()):
            if RECORD.fullmatch(f"evidence/{path.relative_to(folder).as_posix()}"):
                yield path


def _told(copy: Path, evidence: Path, progress: Progress) -> Told:
    """Return a function that adds up bytes for ``progress``."""
    total = copy.stat().st_size + sum(path.stat().st_size for path in evidence_files(evidence))
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, total), total)

    return told
