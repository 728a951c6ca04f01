"""Opening what strangers send and writing without ever leaving half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

Progress = Callable[[int, int], None]
"""Told now and then how much is done, and how much there is (bytes or items)."""


def silent(_done: int, _total: int) -> None:
    """Report progress to nobody."""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open ``path`` for reading.

    Raises:
        Invalid: FILE-01 when it is missing, a folder, or may not be read.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        raise Invalid("FILE-01", zh("找不到文件「{path}」。请核对路径。", path=str(path))) from None
    except IsADirectoryError:
        raise Invalid(
            "FILE-01", zh("「{path}」是文件夹，不是文件。请指定其中的一个文件。", path=str(path))
        ) from None
    except OSError as error:
        raise Invalid(
            "FILE-01",
            zh("打不开文件「{path}」：{why}。", path=str(path), why=error.strerror or str(error)),
        ) from None
    with stream:
        yield stream


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a new file beside ``path`` and rename it over ``path`` only when all went well.

    Raises:
        Invalid: FILE-02 when the folder is missing or may not be written, or the disk is full.
    """
    beside: str | None = None
    try:
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
        beside = None
    except OSError as error:
        raise Invalid(
            "FILE-02",
            zh(
                "写不了文件「{path}」：{why}。请换一个可写的位置。",
                path=str(path),
                why=error.strerror or str(error),
            ),
        ) from None
    finally:
        if beside is not None:
            Path(beside).unlink(missing_ok=True)
