"""One key per person, outside the database: destroying it makes all that it sealed unreadable.

A key is a file of 32 random bytes; an erased person leaves a tombstone, so that no key is
ever made for that person again (engine.md, section 4, "Personal data").
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guiju.base.signing_keys import sync_folder
from guiju.core.errors import Denied
from guiju.core.sentence import zh

KEY_SIZE = 32
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


class KeyStore:
    """The folder with the keys; several processes may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def key(self, person: str) -> bytes | None:
        """Return the person's key, or None when there is none (any more).

        Zeroes are what a crash in the middle of an erasure leaves.
        """
        try:
            key = self._path(person).read_bytes()
        except FileNotFoundError:
            return None
        return key if len(key) == KEY_SIZE and any(key) else None

    def make_key(self, person: str) -> bytes:
        """Return the person's key; make it, durably, when it does not exist yet.

        Raises:
            Denied: RECORD-20 when the person's data was erased.
        """
        found = self.key(person)
        if found is not None:
            return found
        if self.is_erased(person):
            raise Denied(
                "RECORD-20",
                zh(
                    "「{person}」的个人信息已依法删除，不能再为其留存。请核对是否用错了编号。",
                    person=person,
                ),
            )
        path = self._path(person)
        _make_folders(path.parent, self.folder)
        beside = path.with_name(f".guiju-{secrets.token_hex(8)}")
        _write(beside, secrets.token_bytes(KEY_SIZE))
        try:
            with suppress(FileExistsError):  # another process was quicker: its key counts
                os.link(beside, path)
        finally:
            beside.unlink()
        sync_folder(path.parent)
        return path.read_bytes()

    def erase(self, person: str) -> None:
        """Destroy the person's key for good; calling it again changes nothing."""
        path = self._path(person)
        tombstone = path.with_suffix(".erased")
        _make_folders(path.parent, self.folder)
        if not tombstone.exists():
            with suppress(FileExistsError):
                _write(tombstone, b"")
        with suppress(FileNotFoundError):
            with path.open("r+b") as stream:
                stream.write(bytes(KEY_SIZE))
                stream.flush()
                os.fsync(stream.fileno())
            path.unlink()
        sync_folder(path.parent)

    def is_erased(self, person: str) -> bool:
        """Tell whether the person's key was destroyed."""
        return self._path(person).with_suffix(".erased").exists()

    def files(self) -> Iterator[Path]:
        """Yield every key and tombstone, for the key store's own backup."""
        for path in sorted(self.folder.glob("??/*")):
            if path.suffix in {".key", ".erased"}:
                yield path

    def _path(self, person: str) -> Path:
        name = hashlib.sha256(person.encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.key"


def _make_folders(folder: Path, root: Path) -> None:
    """Make both folders for their owner alone; ``parents`` would give the upper one to all."""
    if not folder.is_dir():
        root.parent.mkdir(parents=True, exist_ok=True)
        root.mkdir(mode=0o700, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(root)


def _write(path: Path, data: bytes) -> None:
    with os.fdopen(os.open(path, _NEW, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
