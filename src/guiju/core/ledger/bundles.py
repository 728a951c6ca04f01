"""Entry bundles: up to 256 entries in one file (C2SP tlog-tiles, "Log entries")."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

MOST_BYTES = 65_535
"""How long an entry in a bundle may be: its length stands in two bytes before it."""


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """Return the bundle: each entry after its length as big-endian uint16.

    Raises:
        Invalid: LEDGER-22 for an entry that is longer than its length can say.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > MOST_BYTES:
            raise Invalid(
                "LEDGER-22",
                zh("有一条记录长 {size} 字节，无法导出。请检查记录库。", size=len(entry)),
            )
        parts += (len(entry).to_bytes(2, "big"), entry)
    return b"".join(parts)


def read_bundle(data: bytes, width: int) -> tuple[bytes, ...]:
    """Return the ``width`` entries of a bundle.

    Raises:
        Invalid: LEDGER-23 when there are more or fewer, or the last is cut off.
    """
    ends = [0]
    while ends[-1] < len(data) and len(ends) <= width:
        ends.append(ends[-1] + 2 + int.from_bytes(data[ends[-1] : ends[-1] + 2], "big"))
    if len(ends) != width + 1 or ends[-1] != len(data):
        raise Invalid(
            "LEDGER-23",
            zh(
                "记录文件应恰好装有 {width} 条完整的记录，却多出、缺少或被截断。"
                "请重新取得完整的导出目录。",
                width=width,
            ),
        )
    return tuple(data[start + 2 : end] for start, end in pairwise(ends))
