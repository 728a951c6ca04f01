"""The files of an export: plain files inside its folder, and nothing that leads elsewhere."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.ledger.tiles import WIDTH, Tile, parse_path
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import reason
from guiju.exchange.record_files.report import Broken, Problem

SM3 = "sm3/"
"""Below which the files of the SM3 tree lie."""

_NAMED = frozenset({"checkpoint", "log.vkey", "witnesses.vkey", f"{SM3}checkpoint"})
_FOLDER = re.compile(
    r"(?:sm3|(?:sm3/)?tile(?:/(?:entries|[0-9]{1,2})(?:/x[0-9]{3})*(?:/[0-9]{3}\.p)?)?)"
)
_NOT_FOLLOWED = {errno.ELOOP, errno.ENXIO, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}


class Folder:
    """Reads files below a folder by their paths, and follows no link on the way."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._real = os.path.realpath(root)
        self._inside = {self._real}

    def has(self, path: str) -> bool:
        """Tell whether there is anything at ``path``."""
        return os.path.lexists(self.root / path)

    def read(self, path: str, most: int) -> bytes:
        """Return the bytes of the file at ``path``.

        Raises:
            Broken: VERIFY-02 when it is missing, VERIFY-03 when it is no plain file or a link
                leads there, VERIFY-04 when it has more than ``most`` bytes.
            Invalid: FILE-01 when the system refuses to read it.
        """
        full = os.path.join(self._real, path)  # noqa: PTH118 - thousands of times
        try:
            data = self._bytes(full, path, most)
        except OSError as error:
            raise _unread(error, path, full) from None
        if len(data) > most:
            sentence = zh(
                "文件 {path} 超过应有的 {most} 字节。请重新取得完整的导出目录。",
                path=path,
                most=most,
            )
            raise Broken(Problem("VERIFY-04", path, sentence))
        return data

    def _bytes(self, full: str, path: str, most: int) -> bytes:
        folder = os.path.dirname(full)  # noqa: PTH120 - as above
        if folder not in self._inside:
            if os.path.realpath(folder) != folder:
                raise _no_plain_file(path)
            self._inside.add(folder)
        # A pipe is opened without waiting for its other end, and then not read.
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as stream:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise _no_plain_file(path)
            return stream.read(min(found.st_size, most) + 1)

    def strays(self, size: int, sm3_size: int | None) -> Iterator[str]:
        """Yield what does not belong to an export of trees of these sizes.

        A folder that could hold nothing of it is yielded itself, with ``/`` behind.
        """
        waiting = [""]
        while waiting:
            below = waiting.pop()
            for name, is_folder in self._items(below):
                path = f"{below}{name}"
                if not is_folder:
                    if not _belongs(path, size, sm3_size):
                        yield path
                elif _FOLDER.fullmatch(path) and len(path) < 64:
                    waiting.append(f"{path}/")
                else:
                    yield f"{path}/"

    def _items(self, below: str) -> Iterator[tuple[str, bool]]:
        """Yield what lies in a folder, and whether it is a folder; nothing if it is closed."""
        with suppress(PermissionError), os.scandir(Path(self._real, below)) as found:
            for item in found:
                yield item.name, item.is_dir(follow_symlinks=False)


def _belongs(path: str, size: int, sm3_size: int | None) -> bool:
    if path in _NAMED:
        return True
    in_sm3 = path.startswith(SM3)
    try:
        tile = parse_path(path.removeprefix(SM3))
    except Invalid:
        return False
    if in_sm3:
        return tile.level is not None and _is_of(tile, sm3_size or 0)
    return _is_of(tile, size)


def _is_of(tile: Tile, size: int) -> bool:
    nodes = size >> 8 * (tile.level or 0)
    return 0 < tile.width == min(WIDTH, nodes - tile.index * WIDTH)


def _unread(error: OSError, path: str, full: str) -> Broken | Invalid:
    if error.errno in _ABSENT:
        sentence = zh("缺少文件 {path}。请重新取得完整的导出目录。", path=path)
        return Broken(Problem("VERIFY-02", path, sentence))
    if error.errno in _NOT_FOLLOWED:
        return _no_plain_file(path)
    why: Sentence = reason(error)
    return Invalid(
        "FILE-01",
        zh("读不了文件「{path}」：{why}。请检查文件和它的权限。", path=full, why=why),
    )


def _no_plain_file(path: str) -> Broken:
    sentence = zh(
        "{path} 不是普通文件，或要经过链接才能到达，没有读取。请重新取得完整的导出目录。",
        path=path,
    )
    return Broken(Problem("VERIFY-03", path, sentence))
