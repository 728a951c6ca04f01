"""What was found in a kept file, beside it: a page of it is read at a time.

Everything is encrypted with the key of the file, which stands in its sender's session. The
parts are lists of lines; each is written in pages of a hundred lines, one after the other, and
at the end stands a head that says where they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, TypeVar, cast

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.evidence.kept import Kept, Shelf

Read = TypeVar("Read")

AT_ONCE = 100
TOLD = "told"
_TAIL = 8
_MOST_HEAD = 64 * 2**20

Line = list[Any]
"""As JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was found.

    Attributes:
        head: what is said of the whole, as JSON can hold it.
        counts: how many lines each part has.
        places: of each part where its pages begin, and how long they are.
    """

    head: Any
    counts: Mapping[str, int]
    places: Mapping[str, Sequence[tuple[int, int]]]


def write_told(
    shelf: Shelf, token: str, key: str, head: object, parts: Mapping[str, Iterable[Line]]
) -> None:
    """Write it beside the file."""
    path = shelf.path(token, TOLD)
    path.touch(mode=0o600)
    counts: dict[str, int] = {}
    places: dict[str, list[tuple[int, int]]] = {}
    at = 0
    with path.open("wb") as stream:
        for part, lines in parts.items():
            counts[part], places[part] = 0, []
            for number, page in enumerate(_pages(iter(lines))):
                box = _box(token, key, f"{part}/{number}", page)
                places[part].append((at, len(box)))
                counts[part] += len(page)
                at += stream.write(box)
        box = _box(token, key, "head", [head, counts, places])
        stream.write(box + len(box).to_bytes(_TAIL, "big"))


def read_head(shelf: Shelf, kept: Kept) -> Told:
    """Return what was found, without its lines.

    Raises:
        Invalid: as the shelf says, when it is gone.
    """
    return _opened_told(shelf, kept, lambda told, _stream: told)


def read_lines(shelf: Shelf, kept: Kept, part: str, first: int) -> list[Line]:
    """Return a hundred lines of a part, those among which one stands.

    Raises:
        Invalid: as the shelf says, when it is gone.
    """

    def read(told: Told, stream: IO[bytes]) -> list[Line]:
        number, places = first // AT_ONCE, told.places[part]
        if number >= len(places):
            return []
        place, length = places[number]
        stream.seek(place)
        found = _opened(kept, f"{part}/{number}", stream.read(length))
        return cast("list[Line]", found)

    return _opened_told(shelf, kept, read)


def all_lines(shelf: Shelf, kept: Kept, part: str) -> Iterator[Line]:
    """Yield every line of a part; refuses as ``read_lines`` does."""
    for first in range(0, read_head(shelf, kept).counts[part], AT_ONCE):
        yield from read_lines(shelf, kept, part, first)


def _opened_told(shelf: Shelf, kept: Kept, read: Callable[[Told, IO[bytes]], Read]) -> Read:
    try:
        with shelf.path(kept.token, TOLD).open("rb") as stream:
            end = stream.seek(-_TAIL, 2)
            size = int.from_bytes(stream.read(_TAIL), "big")
            if not 0 < size <= min(end, _MOST_HEAD):
                raise shelf.gone()
            stream.seek(end - size)
            head, counts, places = _opened(kept, "head", stream.read(size))
            return read(Told(head, counts, places), stream)
    except (OSError, CryptoError):
        raise shelf.gone() from None


def _pages(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while page := list(islice(lines, AT_ONCE)):
        yield page


def _box(token: str, key: str, what: str, value: object) -> bytes:
    content = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return bytes(Aead(bytes.fromhex(key)).encrypt(content, f"{token}/{what}".encode()))


def _opened(kept: Kept, what: str, box: bytes) -> Any:  # noqa: ANN401 - as it was written
    aead = Aead(bytes.fromhex(kept.key))
    text = aead.decrypt(box, f"{kept.token}/{what}".encode()).decode("utf-8", "surrogatepass")
    return json.loads(text)
