"""Encodings that expat does not know but offices use, turned into UTF-8 on the way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

_DECLARED = re.compile(rb"""(<\?xml[^>]*?\sencoding\s*=\s*["'])([A-Za-z0-9._-]+)""")
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf8": "utf-8",
}


def readable(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield ``blocks`` as expat can read them: GB 18030, its parents and Big5 become UTF-8.

    Raises:
        Invalid: XES-02 when the bytes are not in the encoding that the file declares.
    """
    first = next(blocks, b"")
    declared = _DECLARED.match(first)
    codec = _CODECS.get(declared[2].decode().lower()) if declared else None
    if declared is None or codec is None:
        return chain([first], blocks)
    head = declared[1] + b"UTF-8" + first[declared.end() :]
    return _in_utf8(chain([head], blocks, [b""]), declared[2].decode(), codec)


def _in_utf8(blocks: Iterator[bytes], declared: str, codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)()
    line = 1
    for block in blocks:
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            line += error.object[: error.start].count(b"\n")
            raise Invalid(
                "XES-02",
                zh(
                    "第 {line} 行：有不属于 {encoding} 编码的字节。"
                    "请按文件真实的编码改写第 1 行的声明，或另存为 UTF-8。",
                    line=line,
                    encoding=declared,
                ),
            ) from None
        line += text.count("\n")
        yield text.encode()
