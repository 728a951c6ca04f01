"""Numbers and hashes as they stand in the lines of notes, proofs and requests.

Decimals carry no leading zeroes (C2SP tlog-checkpoint, "Note text"); base64 is the
standard one (RFC 4648, section 4), and only its canonical form (section 3.5), so
that two different texts never mean the same.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

HASH_SIZE = 32
"""Bytes in a hash: SHA-256 and SM3 are equally long."""

MOST_LEAVES = 2**63 - 1
"""The largest size and index that is read, so that every reader can hold it."""

_FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def is_text(text: str) -> bool:
    """Tell whether a note may hold ``text``: UTF-8 without control characters but newlines."""
    return not _FORBIDDEN.search(text)


def read_decimal(text: str, *, line: int) -> int:
    """Return the number that ``text`` writes.

    Raises:
        Invalid: LEDGER-10 when it is no plain decimal below 2^63.
    """
    if not _DECIMAL.fullmatch(text) or (number := int(text)) > MOST_LEAVES:
        raise Invalid(
            "LEDGER-10",
            zh(
                "第 {line} 行应是不带前导零的十进制数，却写着「{text}」。请取回原来的文件再试。",
                line=line,
                text=text[:40],
            ),
        )
    return number


def to_base64(data: bytes) -> str:
    """Return the standard base64 of ``data``."""
    return b64encode(data).decode("ascii")


def read_base64(text: str, *, line: int) -> bytes:
    """Return the bytes that ``text`` writes in canonical base64.

    Raises:
        Invalid: LEDGER-11 otherwise.
    """
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or to_base64(data) != text:
        raise Invalid(
            "LEDGER-11",
            zh(
                "第 {line} 行的编码（Base64）不规范：「{text}」。请取回原来的文件再试。",
                line=line,
                text=text[:40],
            ),
        )
    return data


def read_hash(text: str, *, line: int) -> bytes:
    """Return the hash that ``text`` writes in base64.

    Raises:
        Invalid: LEDGER-11 for other than base64, LEDGER-12 for another length.
    """
    data = read_base64(text, line=line)
    if len(data) != HASH_SIZE:
        raise Invalid(
            "LEDGER-12",
            zh(
                "第 {line} 行的摘要应有 {wanted} 字节，实有 {length} 字节。请取回原来的文件再试。",
                line=line,
                wanted=HASH_SIZE,
                length=len(data),
            ),
        )
    return data
