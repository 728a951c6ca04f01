"""Opening what strangers send and writing without ever leaving half a file."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

Progress = Callable[[int, int], None]
"""Told now and then how much is done, and how much there is (bytes or items)."""


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


_REASONS = {
    errno.EACCES: zh("没有权限"),
    errno.EADDRINUSE: zh("已被别的程序占用"),
    errno.EPERM: zh("没有权限"),
    errno.ENOENT: zh("文件夹不存在"),
    errno.EEXIST: zh("已有同名的文件"),
    errno.ENOTDIR: zh("路径当中有一段不是文件夹"),
    errno.EISDIR: zh("它是文件夹"),
    errno.ENAMETOOLONG: zh("文件名太长"),
    errno.ELOOP: zh("链接绕成了圈"),
    errno.ENOSPC: zh("磁盘已满"),
    errno.EDQUOT: zh("磁盘配额已用完"),
    errno.EFBIG: zh("文件超过了允许的大小"),
    errno.EROFS: zh("磁盘是只读的"),
    errno.EIO: zh("磁盘读写出错"),
}


def reason(error: OSError) -> Sentence:
    """Say in the reader's words why the system refused."""
    known = _REASONS.get(error.errno or 0)
    return known or zh("{why}", why=error.strerror or type(error).__name__)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for reading.

    Raises:
        Invalid: FILE-01 when it is missing, a folder, or may not be read.
    """
    try:
        if path.is_dir():
            raise Invalid(
                "FILE-01",
                zh("「{path}」是文件夹，不是文件。请指定其中的一个文件。", path=str(path)),
            )
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise Invalid("FILE-01", zh("找不到文件「{path}」。请核对路径。", path=str(path))) from None
    except OSError as error:
        raise Invalid(
            "FILE-01",
            zh(
                "读不了文件「{path}」：{why}。请检查文件和它的权限。",
                path=str(path),
                why=reason(error),
            ),
        ) from None


def require_lasting(path: Path) -> None:
    """Refuse a pipe or device before it is waited for: what is read twice must stay the same.

    Raises:
        Invalid: FILE-01, naming ``path``.
    """
    try:
        lasting = path.is_file() or path.is_dir() or not path.exists()
    except OSError:
        return  # whoever opens it will tell
    if not lasting:
        raise Invalid(
            "FILE-01",
            zh("「{path}」不是普通文件，不能反复读取。请先把内容存成文件。", path=str(path)),
        )


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a new file beside ``path`` and rename it over ``path`` only when all went well.

    A link is followed; a device or pipe, which cannot be replaced, is written to as it is.

    Raises:
        Invalid: FILE-02 when the folder is missing or may not be written, or the disk is full.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as stream:
                yield stream
            return
        with _beside(Path(os.path.realpath(path))) as stream:
            yield stream
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Invalid(
            "FILE-02",
            zh(
                "写不了文件「{path}」：{why}。请换一个可写的位置。",
                path=str(path),
                why=reason(error),
            ),
        ) from None


_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    # Named before it exists: whenever a signal strikes, the name is there to remove it by.
    beside = path.with_name(f".guiju-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, _NEW, 0o600), "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.chmod(_mode(path))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _mode(path: Path) -> int:
    """Return the rights of the file that is replaced, or those that the user gives new files."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0o077)
    os.umask(mask)
    return 0o666 & ~mask
