"""Bringing text files of the usual encodings, compressed or not, to UTF-8."""

from __future__ import annotations

import codecs
import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.files import Progress, opened

MOST_BYTES = 2 * 2**30
"""How large a table may be, unpacked: a guard against gzip bombs."""

BLOCK = 2**20
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WIDE_ENOUGH, _RECENT = 4, 1000
_TRIED = {"utf-16": "UTF-16", "gb18030": "UTF-8、GB18030"}


class _BrokenError(Exception):
    """Bytes that do not fit the encoding: in which line, after how many CJK characters."""

    def __init__(self, line: int, wide: int) -> None:
        super().__init__(line, wide)
        self.line = line
        self.wide = wide


def seems_plain(path: Path) -> bool:
    """Tell from its first bytes whether a file may be text that can be read as it is.

    Raises:
        Invalid: FILE-01; CSV-10 when the file is too large.
    """
    with opened(path) as stream:
        head = stream.read(BLOCK // 16)
    if path.stat().st_size > MOST_BYTES:
        raise _too_large()
    return not head.startswith(_GZIP) and b"\0" not in head


@contextmanager
def as_utf8(path: Path, progress: Progress) -> Iterator[tuple[Path, list[Sentence]]]:
    """Give a file with the same text in UTF-8 (``path`` itself where it is so), and remarks.

    Raises:
        Invalid: CSV-03 for what is no text, CSV-04 for an encoding that cannot be told or
            is broken, CSV-09 for broken gzip, CSV-10 and CSV-11 for files and lines that
            are too large, CSV-12 when there is no room to unpack, FILE-01.
    """
    with tempfile.TemporaryDirectory(prefix="guiju-", ignore_cleanup_errors=True) as folder:
        unpacked = _unpacked(path, Path(folder, "unpacked"))
        encoding = _encoding(unpacked, progress)
        if encoding == "utf-8":
            yield unpacked, []
            return
        recoded = Path(folder, "recoded")
        _recode(unpacked, encoding, recoded, progress)
        yield recoded, [zh("文件按 {encoding} 编码读取。", encoding=encoding.upper())]


def _unpacked(path: Path, target: Path) -> Path:
    with opened(path) as source:
        if source.read(2) != _GZIP:
            return path
        source.seek(0)
        _write(_inflated(source), target)
    return target


def _inflated(source: BinaryIO) -> Iterator[bytes]:
    size = 0
    try:
        with gzip.open(source) as stream:
            while block := stream.read(BLOCK):
                size += len(block)
                if size > MOST_BYTES:
                    raise _too_large()
                yield block
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Invalid(
            "CSV-09", zh("压缩文件已损坏或不完整，解不开。请重新下载或重新压缩后再试。")
        ) from None


def _write(blocks: Iterator[bytes], target: Path) -> None:
    try:
        with target.open("wb") as stream:
            stream.writelines(blocks)
    except OSError as error:
        raise Invalid(
            "CSV-12",
            zh(
                "临时文件夹写不下展开后的文件：{why}。请腾出磁盘空间后再试。",
                why=error.strerror or str(error),
            ),
        ) from None


def _encoding(path: Path, progress: Progress) -> str:
    with opened(path) as stream:
        if stream.read(2) in _UTF16:
            return "utf-16"
    try:
        for _ in _decoded(path, "utf-8", progress):
            pass
    except _BrokenError as broken:
        if broken.wide >= _WIDE_ENOUGH:
            raise _undecodable(broken.line, "UTF-8") from None
        return "gb18030"
    return "utf-8"


def _recode(path: Path, encoding: str, target: Path, progress: Progress) -> None:
    try:
        _write((text.encode() for text in _decoded(path, encoding, progress)), target)
    except _BrokenError as broken:
        raise _undecodable(broken.line, _TRIED[encoding]) from None


def _decoded(path: Path, encoding: str, progress: Progress) -> Iterator[str]:
    """Yield strictly decoded blocks."""
    decoder = codecs.getincrementaldecoder(encoding)()
    size, lines, more, recent = path.stat().st_size, 0, True, ""
    with opened(path) as stream:
        while more:
            block = stream.read(BLOCK)
            more = bool(block)
            try:
                text = decoder.decode(block, final=not more)
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(encoding, "ignore")
                wide = sum(character >= "\u0800" for character in recent + good)
                raise _BrokenError(lines + good.count("\n") + 1, wide) from None
            _check(text, lines + 1)
            lines += text.count("\n")
            recent = text[-_RECENT:]
            yield text
            progress(stream.tell(), size)


def _check(text: str, line: int) -> None:
    if "\0" in text:
        raise Invalid(
            "CSV-03",
            zh(
                "文件不是文本（第 {line} 行之后有二进制内容）。"
                "如果是 Excel 表格，请先另存为「CSV UTF-8」格式。",
                line=line,
            ),
        )
    if len(text) * 4 >= BLOCK and "\n" not in text and "\r" not in text:
        raise line_too_long(line)


def line_too_long(line: int) -> Invalid:
    """Refuse a line that no table of events has."""
    return Invalid(
        "CSV-11",
        zh("第 {line} 行太长，不像表格的一行。请检查换行是否丢失、引号是否成对。", line=line),
    )


def _undecodable(line: int, encoding: str) -> Invalid:
    return Invalid(
        "CSV-04",
        zh(
            "第 {line} 行有 {encoding} 编码读不出的字节。"
            "请在表格软件中打开文件，核对后另存为「CSV UTF-8」格式。",
            line=line,
            encoding=encoding,
        ),
    )


def _too_large() -> Invalid:
    return Invalid(
        "CSV-10",
        zh("表格展开后超过 {most} GB，太大。请按年度拆成几个文件。", most=MOST_BYTES // 2**30),
    )
