"""What an archive says about itself, as its last file but one: ``manifest.json``."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

from guiju import __version__
from guiju.base.record.backup.archive import damaged, parts, read_part
from guiju.core.errors import Invalid
from guiju.core.ledger.entry import canonical, instant
from guiju.core.ledger.lines import MOST_LEAVES, read_hash
from guiju.core.ledger.tree import TreeHead
from guiju.core.sentence import zh

MANIFEST, SIGNATURE = "manifest.json", "manifest.signature"
FORMAT = 1
_HASH = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")
_MOST_BYTES = {MANIFEST: 2 * 1024**2, SIGNATURE: 1024}

_EVIDENCE = r"evidence/(?P<one>[0-9a-f]{2})/(?P<two>[0-9a-f]{2})/(?P=one)(?P=two)[0-9a-f]{60}"
_PERSON = r"keys/(?P<one>[0-9a-f]{2})/(?P=one)[0-9a-f]{62}\.(?:key|erased)"
RECORD = re.compile(rf"database\.(?:sqlite3|pgdump)|{_EVIDENCE}|manifest\.(?:json|signature)")
"""The names in an archive of the record."""
KEYS = re.compile(rf"{_PERSON}|log\.key|manifest\.json")
"""The names in an archive of keys."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        kind: ``record`` or ``keys``.
        made_at: when it was begun, as entries write instants.
        engine: ``sqlite`` or ``postgresql``; empty for keys.
        origin: the log's name.
        size: how many entries are sealed in it.
        root: the tree's root over them, in base64.
        checkpoint: the newest checkpoint with its cosignatures; empty before the first.
        files: the SHA-256 of each file that stands alone.
        folders: of each folder, how many files it has and the SHA-256 of their ``Roll``.
        guiju: which version made it.
        format: how the archive is laid out.
    """

    kind: str
    made_at: str
    engine: str
    origin: str
    size: int
    root: str
    checkpoint: str
    files: Mapping[str, str]
    folders: Mapping[str, Mapping[str, str | int]]
    guiju: str = __version__
    format: int = FORMAT

    @property
    def head(self) -> TreeHead:
        """Size and root of the tree in the copy."""
        return TreeHead(self.size, read_hash(self.root, line=1))

    def encode(self) -> bytes:
        """Return the file's bytes."""
        return canonical(asdict(self)) + b"\n"


_NONSENSE = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError)
"""What bytes that are no manifest make the reading raise."""


@dataclass(slots=True)
class Roll:
    """The files of a folder, called one by one: their number, and a hash over them all.

    It is the SHA-256 of the lines ``name size sha256``, so that a manifest stays small
    however many files there are.
    """

    count: int = 0
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def call(self, name: str, size: int, sha256: str) -> None:
        """Take the next file."""
        self.count += 1
        self._digest.update(f"{name} {size} {sha256}\n".encode())

    def told(self) -> dict[str, str | int]:
        """Return what the manifest says of the folder."""
        return {"count": self.count, "sha256": self._digest.hexdigest()}


@dataclass(frozen=True, slots=True)
class Contents:
    """An archive whose outside is in order; what its files hold has not been hashed yet.

    Attributes:
        manifest: what it says.
        data: the manifest's bytes, as they were signed.
        signature: the signature line under them, or empty.
        size: bytes in all other files.
    """

    manifest: Manifest
    data: bytes
    signature: bytes
    size: int


def read_contents(stream: BinaryIO, names: re.Pattern[str]) -> Contents:
    """Go through an archive from file to file and read its manifest.

    Raises:
        Invalid: BACKUP-05 for no archive, BACKUP-06 for one of a newer format.
    """
    small: dict[str, bytes] = {}
    size = 0
    for part in parts(stream, names):
        if part.name in _MOST_BYTES:
            small[part.name] = read_part(stream, part, most=_MOST_BYTES[part.name])
        else:
            size += part.size
    if MANIFEST not in small:
        raise damaged()
    data = small[MANIFEST]
    return Contents(_parse(data), data, small.get(SIGNATURE, b""), size)


def made_at(manifest: Manifest) -> datetime:
    """Return when a backup was begun."""
    return datetime.fromisoformat(manifest.made_at)


def _parse(data: bytes) -> Manifest:
    try:
        told = json.loads(data)
        is_newer = int(told["format"]) > FORMAT
        version = str(told["guiju"])
        manifest = None if is_newer else Manifest(**told)
        if manifest is not None and not (manifest.encode() == data and _is_sound(manifest)):
            raise damaged()
    except (*_NONSENSE, Invalid):
        raise damaged() from None
    if manifest is None:
        raise _newer(version)
    return manifest


def _is_sound(manifest: Manifest) -> bool:
    """Tell whether every value is of its kind; what is in them is checked by whoever uses it."""
    texts = ("kind", "made_at", "engine", "origin", "root", "checkpoint", "guiju")
    folders = manifest.folders.values()
    return (
        all(isinstance(getattr(manifest, name), str) for name in texts)
        and 0 <= manifest.size <= MOST_LEAVES
        and _HASH.fullmatch(manifest.root) is not None
        and instant(made_at(manifest).astimezone(UTC)) == manifest.made_at
        and all(isinstance(value, str) for value in manifest.files.values())
        and all(set(folder) == {"count", "sha256"} for folder in folders)
    )


def _newer(version: str) -> Invalid:
    return Invalid(
        "BACKUP-06",
        zh(
            "这份备份由较新的版本（{version}）制作，本机的版本读不了。请安装不低于它的版本。",
            version=ascii(version[:40]),
        ),
    )
