"""Files kept by their content: ``ab/cd/<sha256>`` under one folder, written once, never changed.

No name that a person typed ever becomes part of a path. What is being written is called
``.guiju-…`` and sits in the root folder; after a crash only such a file is left, and ``sweep``
removes it. Files have the rights 0600 and folders 0700.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from guiju.base.evidence import refusing
from guiju.base.signing_keys import sync_folder
from guiju.core.errors import Conflict, Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import reason

MOST_BYTES = 200 * 1024**2
"""The largest file that is taken in where nobody says otherwise."""

_BLOCK = 1024**2
_HASH = re.compile(r"[0-9a-f]{64}")
_TEMPORARY = ".guiju-"
_LOCK = ".lock"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW


class Readable(Protocol):
    """Whatever gives bytes: a file, an upload, a buffer."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on its way into the store: complete, hashed, not kept yet."""

    path: Path
    sha256: str
    size: int


@contextmanager
def incoming(root: Path, stream: Readable, *, most: int = MOST_BYTES) -> Iterator[Incoming]:
    """Write ``stream`` beside the stored files, hashing on the way; gone on leaving unless kept.

    Args:
        root: the store's folder, made when missing.
        stream: read in blocks of at most 1 MiB until it is empty or too long.
        most: bytes; one more ends the reading.

    Raises:
        Invalid: EVIDENCE-01 too large, EVIDENCE-02 disk full or not writable, EVIDENCE-03
            empty, EVIDENCE-15 the upload broke off.
    """
    with temporary(root) as path:
        with _writing(), os.fdopen(os.open(path, _NEW, 0o600), "wb") as out:
            sha256, size = _pour(stream, out, most)
            out.flush()
            os.fsync(out.fileno())
        yield Incoming(path, sha256, size)


@contextmanager
def temporary(root: Path) -> Iterator[Path]:
    """Name a file that ``keep`` may take; whatever stands there on leaving is removed.

    Raises:
        Invalid: EVIDENCE-02 when ``root`` cannot be made.
    """
    with _writing():
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = root / f"{_TEMPORARY}{secrets.token_hex(16)}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def adopted(path: Path) -> Incoming:
    """Hash a file that somebody else wrote under a ``temporary`` name, and make it lasting.

    Raises:
        Invalid: EVIDENCE-02 when it is no plain file, or cannot be read back or flushed.
    """
    with _writing(), os.fdopen(os.open(path, os.O_RDWR | os.O_NOFOLLOW), "r+b") as stream:
        os.fchmod(stream.fileno(), 0o600)
        os.fsync(stream.fileno())
        return Incoming(path, _digest(stream), stream.tell())


def keep(root: Path, *files: Incoming) -> None:
    """Give all ``files`` their place in the store, or none of them.

    Content that is there already is compared and not written again.

    Raises:
        Invalid: EVIDENCE-02 when the disk does not allow it.
        Conflict: EVIDENCE-17 when what is there under the same hash is damaged.
    """
    made: list[Path] = []
    with _writing(), _alone(root):
        try:
            for file in files:
                path = path_of(root, file.sha256)
                if _is_kept(root, path):
                    continue
                made.append(path)
                _place(file.path, path)
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise


def put_stream(root: Path, stream: Readable, *, most: int = MOST_BYTES) -> Incoming:
    """Store ``stream`` as it is, examined by nobody: for files that the system itself makes.

    Raises:
        Invalid: as ``incoming``.
        Conflict: as ``keep``.
    """
    with incoming(root, stream, most=most) as file:
        keep(root, file)
    return file


def path_of(root: Path, sha256: str) -> Path:
    """Return where content with this hash stands, or would stand.

    Raises:
        Invalid: EVIDENCE-16 when it is not 64 hexadecimal digits in lower case.
    """
    if not _HASH.fullmatch(sha256):
        raise Invalid(
            "EVIDENCE-16", zh("附件的指纹不对：应是 64 位小写十六进制数。请从页面上的链接打开。")
        )
    return root / sha256[:2] / sha256[2:4] / sha256


def open_file(root: Path, sha256: str) -> BinaryIO:
    """Open stored content for reading; the caller closes it.

    Raises:
        Invalid: EVIDENCE-16 when there is none under this hash.
    """
    path = path_of(root, sha256)
    try:
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")
    except OSError as error:
        raise Invalid(
            "EVIDENCE-16",
            zh(
                "附件 {sha256} 取不出来：{why}。请告诉系统管理员，用备份找回。",
                sha256=f"{sha256[:12]}…",
                why=reason(error),
            ),
        ) from None


@contextmanager
def open_stored(root: Path, sha256: str) -> Iterator[BinaryIO]:
    """Open stored content for reading, and close it.

    Raises:
        Invalid: EVIDENCE-16 when there is none under this hash.
    """
    with open_file(root, sha256) as stream:
        yield stream


def verify_stored(root: Path, sha256: str) -> bool:
    """Hash stored content again and tell whether it is still what it was.

    Raises:
        Invalid: EVIDENCE-16 when there is none under this hash.
    """
    with open_stored(root, sha256) as stream:
        return _digest(stream) == sha256


def walk(root: Path) -> Iterator[str]:
    """Yield the hashes of all stored files in order; other files in the folder are passed over."""
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        for path in sorted(folder.iterdir()):
            if _HASH.fullmatch(path.name) and path == path_of(root, path.name):
                yield path.name


def discard(root: Path, sha256: str) -> bool:
    """Remove stored content for good; tell whether it was there.

    The caller sees to it that nobody needs it and that the removal is on record.

    Raises:
        Invalid: EVIDENCE-02 when it cannot be removed, EVIDENCE-16 for what is no hash.
    """
    path = path_of(root, sha256)
    with _writing(), _alone(root):
        if not path.exists():
            return False
        path.unlink()
        sync_folder(path.parent)
    return True


def sweep(root: Path, *, before: float) -> int:
    """Remove what crashes left behind and return how many files that were.

    Args:
        root: the store's folder.
        before: seconds since 1970; younger ones may still be in use and stay.
    """
    removed = 0
    for path in root.glob(f"{_TEMPORARY}*"):
        with suppress(FileNotFoundError):
            if path.lstat().st_mtime < before:
                path.unlink()
                removed += 1
    return removed


def megabytes(count: int) -> str:
    """Return a number of bytes in MB, as people write it."""
    return f"{count / 1024**2:.4g}"


def _pour(stream: Readable, out: BinaryIO, most: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := _read(stream, min(_BLOCK, most + 1 - size)):
        size += len(block)
        if size > most:
            raise Invalid(
                "EVIDENCE-01",
                zh(
                    "文件超过了上限 {most} MB，没有保存。请压缩图片、拆成几个文件，"
                    "或只上传有关的部分。",
                    most=megabytes(most),
                ),
            )
        digest.update(block)
        out.write(block)
    if not size:
        raise Invalid("EVIDENCE-03", zh("文件是空的，没有保存。请核对选的是不是这个文件。"))
    return digest.hexdigest(), size


def _read(stream: Readable, size: int) -> bytes:
    try:
        return stream.read(size)
    except (OSError, EOFError):
        raise Invalid(
            "EVIDENCE-15", zh("上传中断，文件没有收全，也没有保存。请检查网络后重新上传。")
        ) from None


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise refusing.unwritable(error) from None


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Let nobody else place or remove files meanwhile, in this or any other process."""
    handle = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _is_kept(root: Path, path: Path) -> bool:
    if not path.exists():
        return False
    if not verify_stored(root, path.name):
        raise Conflict(
            "EVIDENCE-17",
            zh(
                "系统里已有指纹 {sha256} 的文件，但它已经损坏。"
                "请告诉系统管理员先用备份修复，再重新上传。",
                sha256=f"{path.name[:12]}…",
            ),
        )
    return True


def _place(written: Path, path: Path) -> None:
    for folder in (path.parent.parent, path.parent):
        if not folder.is_dir():
            folder.mkdir(mode=0o700)
            sync_folder(folder.parent)
    written.rename(path)
    sync_folder(path.parent)


def _digest(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := stream.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
