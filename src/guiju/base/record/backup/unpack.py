"""Unpacking an archive into folders that vanish unless all goes well."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from guiju.base.record import places
from guiju.base.record.backup.archive import Part, Told, copy_part, damaged, parts
from guiju.base.record.backup.manifest import (
    MANIFEST,
    RECORD,
    SIGNATURE,
    Contents,
    Manifest,
    Roll,
)
from guiju.base.signing_keys import SigningKey, load_signing_key, verify
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.keys import signed_by
from guiju.core.ledger.note import SignedNote, parse_signatures
from guiju.core.sentence import zh
from guiju.exchange.files import Progress

_SPARE = 64 * 1024**2
"""Bytes that must stay free on a disk."""


def make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder for this account alone; what is made is removed again by ``undo``."""
    for path in (*reversed(folder.parents), folder):
        if not path.exists():
            path.mkdir(mode=0o700)
            undo.callback(shutil.rmtree, path, ignore_errors=True)


def stage(parent: Path, ending: ExitStack) -> Path:
    """Return a fresh folder in ``parent`` that is gone in the end."""
    folder = Path(tempfile.mkdtemp(prefix=".guiju-", dir=parent))
    ending.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder


def require_space(size: int, *folders: Path) -> None:
    """Refuse to begin what the disk cannot hold (BACKUP-10)."""
    for folder in folders:
        free = shutil.disk_usage(folder).free
        if size + _SPARE > free:
            raise Invalid(
                "BACKUP-10",
                zh(
                    "恢复需要 {size} MB，「{folder}」所在的磁盘只剩 {free} MB。请腾出空间后再试。",
                    size=size // 1024**2 + 1,
                    folder=str(folder.parent),
                    free=free // 1024**2,
                ),
            )


def staged_key(data: bytes, folder: Path) -> SigningKey:
    """Return the log's key out of an archive; it lies in ``folder`` for that moment only.

    Raises:
        Invalid: WITNESS-02 when it is none.
    """
    path = folder / "log.key"
    path.write_bytes(data)
    try:
        path.chmod(0o600)
        return load_signing_key(path)
    finally:
        path.unlink()


def own_key(contents: Contents, brought: SigningKey | None) -> SigningKey | None:
    """Return the log's key, by which the backup must be signed; None when there is none here.

    Raises:
        Denied: BACKUP-19 when another key lies here than is brought, BACKUP-11 when the key
            did not sign this backup.
    """
    path = places.log_key()
    here = load_signing_key(path) if path.exists() else None
    if here and brought and here.key != brought.key:
        raise Denied(
            "BACKUP-19",
            zh(
                "数据目录里已有另一把密钥「{here}」，与密钥备份里的「{brought}」不同，不会覆盖。"
                "请核对是不是恢复错了地方。",
                here=here.key.name,
                brought=brought.key.name,
            ),
        )
    key = here or brought
    if key is not None:
        _require_signed(contents, key)
    return key


def unpack(
    stream: BinaryIO, manifest: Manifest, *, database: Path, evidence: Path, progress: Progress
) -> None:
    """Write the files of the archive into two folders and compare every hash.

    Raises:
        Invalid: BACKUP-05 when one is not what the manifest says.
    """
    roll, files, done = Roll(), {}, 0
    total = os.fstat(stream.fileno()).st_size

    def told(count: int) -> None:
        nonlocal done
        done += count
        progress(min(done, total), total)

    for part in parts(stream, RECORD):
        if part.name in {MANIFEST, SIGNATURE}:
            continue
        is_evidence = part.name.startswith("evidence/")
        place = (evidence if is_evidence else database) / part.name
        sha256 = _unpack_one(stream, part, place, told)
        if not is_evidence:
            files[part.name] = sha256
        elif sha256 == place.name:
            roll.call(part.name, part.size, sha256)
    if manifest.files != files or manifest.folders != {"evidence": roll.told()}:
        raise damaged()


def _unpack_one(stream: BinaryIO, part: Part, place: Path, told: Told) -> str:
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("xb") as out:
        sha256 = copy_part(stream, part, out, told)
        out.flush()
        os.fsync(out.fileno())
    return sha256


def _require_signed(contents: Contents, key: SigningKey) -> None:
    is_ours = key.key.name == contents.manifest.origin
    try:
        lines = parse_signatures(contents.signature.decode())
        signed_by(SignedNote(contents.data.decode(), lines), (key.key,), verify)
    except (Invalid, UnicodeDecodeError):
        is_ours = False
    if not is_ours:
        raise Denied(
            "BACKUP-11",
            zh(
                "备份不是用「{name}」的密钥签的，或清单被改动过，没有恢复。"
                "请换一份备份，或换用与它配套的密钥备份。",
                name=key.key.name,
            ),
        )
