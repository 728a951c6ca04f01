"""What a worker found in a large workbook, kept beside it: a page of it is read at a time.

Everything is encrypted with the key of the workbook, which stands in its sender's session.
The file is pages of a hundred rows, one after the other, then a head that says where they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.org.pages import kept as keeping
from guiju.base.org.pages.kept import Kept

AT_ONCE = 100
_TAIL = 8
_MOST_HEAD = 64 * 2**20

Line = list[Any]
"""A fault or a change, as its page shows it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was found.

    Attributes:
        is_faulty: whether the lines are faults; otherwise they are changes.
        count: how many lines.
        rows: how many rows have a fault.
        remarks: sentences about the workbook.
        counts: per sheet its name, new, changed, ended and unchanged rows.
        places: where each page begins, and how long it is.
    """

    is_faulty: bool
    count: int
    rows: int
    remarks: tuple[str, ...]
    counts: tuple[tuple[str, int, int, int, int], ...]
    places: tuple[tuple[int, int], ...] = ()


def write_told(token: str, key: str, told: Told, lines: Iterable[Line]) -> None:
    """Write it beside the workbook."""
    places, at = [], 0
    path = keeping.told_path(token)
    path.touch(mode=0o600)
    with path.open("wb") as stream:
        for number, page in enumerate(_pages(iter(lines))):
            box = _box(token, key, str(number), page)
            places.append((at, len(box)))
            at += stream.write(box)
        head = [told.is_faulty, told.count, told.rows, told.remarks, told.counts, places]
        box = _box(token, key, "head", head)
        stream.write(box + len(box).to_bytes(_TAIL, "big"))


def read_told(kept: Kept, first: int) -> tuple[Told, Sequence[Line]]:
    """Return what was found, with a hundred lines from one on.

    Raises:
        Invalid: ORG-85 when it is gone.
    """
    try:
        with keeping.told_path(kept.token).open("rb") as stream:
            end = stream.seek(-_TAIL, 2)
            size = int.from_bytes(stream.read(_TAIL), "big")
            if not 0 < size <= min(end, _MOST_HEAD):
                raise keeping.gone()
            stream.seek(end - size)
            told = _head(_opened(kept, "head", stream.read(size)))
            number = first // AT_ONCE
            if number >= len(told.places):
                return told, ()
            place, length = told.places[number]
            stream.seek(place)
            return told, _opened(kept, str(number), stream.read(length))
    except (OSError, CryptoError):
        raise keeping.gone() from None


def _pages(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while page := list(islice(lines, AT_ONCE)):
        yield page


def _head(found: Any) -> Told:  # noqa: ANN401 - as it was written
    is_faulty, count, rows, remarks, counts, places = found
    return Told(
        is_faulty,
        count,
        rows,
        tuple(remarks),
        tuple(map(tuple, counts)),
        tuple(map(tuple, places)),
    )


def _box(token: str, key: str, what: str, value: object) -> bytes:
    content = json.dumps(value, ensure_ascii=False).encode()
    return bytes(Aead(bytes.fromhex(key)).encrypt(content, f"{token}/{what}".encode()))


def _opened(kept: Kept, what: str, box: bytes) -> Any:  # noqa: ANN401 - as it was written
    aead = Aead(bytes.fromhex(kept.key))
    return cast("Any", json.loads(aead.decrypt(box, f"{kept.token}/{what}".encode())))
