"""A witness's request or answer as text for paper: in parts, each with its number and check.

A part is one line of capital letters and digits, which a QR code holds densely and which
can be typed:

    GUIJU1/Q/2/3/4F3A9C21/PAYLOAD/1B7D90AA

that is: form, kind (Q request, A answer), number and count, SHA-256 of the whole (its
first eight digits), base32 (RFC 4648, section 6, without padding), SHA-256 of all before.
The checks find slips of hand and scanner; what counts against fraud are the signatures
inside.
"""

from __future__ import annotations

import binascii
import re
from base64 import b32decode, b32encode
from collections.abc import Container
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from guiju.core.errors import Invalid
from guiju.core.sentence import listing, zh

PART_BYTES = 320
"""Most bytes in a part: 512 characters, a code that an ordinary printer and telephone manage."""

MOST_PARTS = 64
"""Into how many parts a request may be split."""

MOST_TEXT = 256 * 1024
"""How long a typed or scanned text may be, in characters."""

_START = "GUIJU1/"
_PART = re.compile(
    r"GUIJU1/([QA])/([0-9]{1,2})/([0-9]{1,2})/([0-9A-F]{8})/([0-9A-Z]+)/([0-9A-F]{8})"
)
_NUMBER = re.compile(r"GUIJU1/[QA]/([0-9]{1,2})/")
_MISREAD = str.maketrans("018", "OIB")
"""Digits that base32 does not have, and the letters that they are mistaken for."""


class Kind(Enum):
    """What the paper carries."""

    REQUEST = "Q"
    ANSWER = "A"


_PLAIN = {Kind.REQUEST: b"old ", Kind.ANSWER: "— ".encode()}
"""How each begins when it is not in parts."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: Kind
    number: int
    count: int
    whole: str
    payload: bytes


def parts_of(data: bytes, kind: Kind) -> tuple[str, ...]:
    """Return ``data`` as parts, each one line.

    Raises:
        Invalid: WITNESS-21 when it is empty or needs too many parts.
    """
    count = -(-len(data) // PART_BYTES)
    if not 0 < count <= MOST_PARTS:
        raise Invalid(
            "WITNESS-21",
            zh(
                "内容要分成 {count} 个二维码，应为 1 至 {most} 个。请改用 U 盘等介质传送文件。",
                count=count,
                most=MOST_PARTS,
            ),
        )
    size = -(-len(data) // count)
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return tuple(
        _sealed(f"{_START}{kind.value}/{number}/{count}/{_check(data)}/{_base32(piece)}")
        for number, piece in enumerate(pieces, start=1)
    )


def read_paper(data: bytes, kind: Kind) -> bytes:
    """Return the request or answer in a file: as it is, or in parts.

    Raises:
        Invalid: what ``read_parts`` raises.
    """
    if data.startswith(_PLAIN[kind]):
        return data
    return read_parts(data.decode("utf-8", "replace"), kind)


def read_parts(text: str, kind: Kind) -> bytes:
    """Return what typed or scanned parts carry, whatever their order, spaces and letter case.

    A part that is there twice may be wrong once.

    Raises:
        Invalid: WITNESS-22 for a text without parts or too long, WITNESS-23 naming wrong
            parts, WITNESS-24 naming missing ones, WITNESS-25 when parts of several papers
            are mixed, WITNESS-26 when they carry the other kind.
    """
    found = _found(text)
    good = [part for raw in found if (part := _part(raw)) is not None]
    if len({(part.kind, part.count, part.whole) for part in good}) > 1:
        raise _mixed()
    if good and good[0].kind is not kind:
        raise Invalid("WITNESS-26", zh("见证申请和见证答复拿反了。请核对材料的标题。"))
    by_number = {part.number: part for part in good}
    count = good[0].count if good else 0
    missing = [number for number in range(1, count + 1) if number not in by_number]
    if missing or not good:
        raise _incomplete(found, by_number.keys(), missing, count)
    data = b"".join(by_number[number].payload for number in range(1, count + 1))
    if _check(data) != good[0].whole:
        raise _mixed()
    return data


def _found(text: str) -> list[str]:
    """Return the raw parts, each from its beginning to the next one's."""
    tight = "".join(text.split()).upper() if len(text) <= MOST_TEXT else ""
    found = [_START + rest for rest in tight.split(_START)[1:]]
    if not found:
        raise Invalid(
            "WITNESS-22",
            zh(
                "文件里没有见证材料（以 {start} 开头的文字），或文件太长。请核对文件。",
                start=_START,
            ),
        )
    return found


def _part(raw: str) -> _Part | None:
    """Return the part if its check holds."""
    match = _PART.match(raw)
    if not match:
        return None
    kind, number, count, whole, typed, check = match.groups()
    payload = typed.translate(_MISREAD)
    sealed = f"{_START}{kind}/{number}/{count}/{whole}/{payload}/{check}"
    if sealed != _sealed(sealed[:-9]) or not 1 <= int(number) <= int(count):
        return None
    try:
        data = b32decode(payload + "=" * (-len(payload) % 8))
    except binascii.Error:
        return None
    return _Part(Kind(kind), int(number), int(count), whole, data)


def _incomplete(found: list[str], right: Container[int], missing: list[int], count: int) -> Invalid:
    """Say which parts are wrong; if none is, which are missing."""
    wrong = []
    for at, raw in enumerate(found, start=1):
        match = _NUMBER.match(raw)
        if match and int(match[1]) not in right:
            wrong.append(zh("第 {number} 部分", number=match[1]))
        elif not match:
            wrong.append(zh("录入的第 {at} 段", at=at))
    if wrong:
        return Invalid(
            "WITNESS-23",
            zh(
                "{wrong}与校验码不符，录入有误。请重新扫描或核对。",
                wrong=listing(wrong, most=10),
            ),
        )
    return Invalid(
        "WITNESS-24",
        zh(
            "共 {count} 部分，还缺第 {missing} 部分。请补录后再试。",
            count=count,
            missing=listing(map(str, missing), most=10),
        ),
    )


def _mixed() -> Invalid:
    return Invalid("WITNESS-25", zh("这些部分不是出自同一份材料。请只录入同一份材料的各个部分。"))


def _sealed(line: str) -> str:
    return f"{line}/{_check(line.encode())}"


def _check(data: bytes) -> str:
    return sha256(data).hexdigest()[:8].upper()


def _base32(data: bytes) -> str:
    return b32encode(data).decode().rstrip("=")
