"""The keys' own archive: the log's key, people's keys, and the tombstones of destroyed ones.

Coming back, they never replace what is there, and a tombstone outlives every key.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from guiju.base.record import places
from guiju.base.record.backup.archive import Part, Writer, damaged, parts, read_part
from guiju.base.record.backup.manifest import KEYS, MANIFEST, Manifest, Roll
from guiju.base.record.key_store import KEY_SIZE
from guiju.base.record.vault import key_store
from guiju.base.signing_keys import sync_folder
from guiju.core.ledger.entry import instant
from guiju.core.ledger.tree import sha256
from guiju.exchange.files import opened

LOG_KEY = "log.key"
_MOST_LOG_KEY = 4096
_GONE = bytes(KEY_SIZE)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def add_keys(out: BinaryIO, record: Manifest, *, at: datetime) -> None:
    """Write all keys to ``out``, as an archive that names the backup to which it belongs.

    Raises:
        Invalid: FILE-01 when the log's key cannot be read.
    """
    writer = Writer(out, at=int(at.timestamp()), told=lambda _count: None)
    roll = Roll()
    for name, data in _people():
        roll.call(name, len(data), writer.add_bytes(name, data))
    with opened(places.log_key()) as stream:
        data = stream.read(_MOST_LOG_KEY)
    manifest = replace(
        record,
        kind="keys",
        made_at=instant(at),
        engine="",
        checkpoint="",
        files={LOG_KEY: writer.add_bytes(LOG_KEY, data)},
        folders={"keys": roll.told()},
    )
    writer.add_bytes(MANIFEST, manifest.encode())
    writer.end()


def _people() -> Iterator[tuple[str, bytes]]:
    for path in key_store().files():
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            continue  # destroyed a moment ago
        if path.suffix == ".erased" or (len(data) == KEY_SIZE and data != _GONE):
            yield f"keys/{path.parent.name}/{path.name}", data


@dataclass(frozen=True, slots=True)
class KeyArchive:
    """An archive of keys, verified: every file has the hash that the manifest gives.

    Attributes:
        manifest: what it says.
        log_key: the file of the log's key.
    """

    manifest: Manifest
    log_key: bytes
    _stream: BinaryIO = field(repr=False)

    def people(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name of each person's file, below the key store's folder, and its bytes."""
        for part in parts(self._stream, KEYS):
            if part.name.startswith("keys/"):
                yield part.name.removeprefix("keys/"), _person(self._stream, part)


def open_keys(stream: BinaryIO, manifest: Manifest) -> KeyArchive:
    """Verify an archive of keys by its manifest.

    Raises:
        Invalid: BACKUP-05 when a file is not what the manifest says.
    """
    roll, log_key = Roll(), b""
    for part in parts(stream, KEYS):
        if part.name == LOG_KEY:
            log_key = read_part(stream, part, most=_MOST_LOG_KEY)
        elif part.name.startswith("keys/"):
            data = _person(stream, part)
            roll.call(part.name, len(data), sha256(data).hex())
    files = {LOG_KEY: sha256(log_key).hex()}
    if manifest.kind != "keys" or manifest.files != files:
        raise damaged()
    if manifest.folders != {"keys": roll.told()}:
        raise damaged()
    return KeyArchive(manifest, log_key, stream)


def _person(stream: BinaryIO, part: Part) -> bytes:
    wanted = KEY_SIZE if part.name.endswith(".key") else 0
    if part.size != wanted:
        raise damaged()
    return read_part(stream, part, most=wanted)


@dataclass(slots=True)
class Merge:
    """Brings people's keys back; what it made can be taken away again.

    Attributes:
        made: the files that were not there before.
        buried: keys that are there and that the archive says were destroyed.
    """

    made: list[Path] = field(default_factory=list)
    buried: list[Path] = field(default_factory=list)

    def take(self, archive: KeyArchive) -> None:
        """Write each key and tombstone that is missing; a key never beside a tombstone.

        Raises:
            OSError: when they cannot be written.
        """
        folder = places.people_keys()
        for name, data in archive.people():
            path = folder / name
            tombstone, key = path.with_suffix(".erased"), path.with_suffix(".key")
            if path == tombstone and key.exists():
                self.buried.append(key)
            if not path.exists() and not tombstone.exists():
                self._write(path, data)

    def take_log_key(self, archive: KeyArchive) -> None:
        """Write the log's key unless it is there."""
        if not places.log_key().exists():
            self._write(places.log_key(), archive.log_key)

    def bury(self) -> None:
        """Destroy the keys of which the archive knew that they had been destroyed."""
        for key in self.buried:
            with suppress(FileNotFoundError), key.open("r+b") as stream:
                stream.write(_GONE)
                stream.flush()
                os.fsync(stream.fileno())
            key.unlink(missing_ok=True)
            sync_folder(key.parent)

    def undo(self) -> None:
        """Remove what was made."""
        for path in reversed(self.made):
            path.unlink(missing_ok=True)
            if path != places.log_key():
                with suppress(OSError):
                    path.parent.rmdir()

    def _write(self, path: Path, data: bytes) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.made.append(path)
        with os.fdopen(os.open(path, _NEW, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
