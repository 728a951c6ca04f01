"""The fast road: whole traces of the usual shape, split by two expressions at C speed.

Usual are traces as the common tools write them: attributes without children,
``key`` before ``value``, double quotes, nothing between the tags but white space,
and only the five named character references. The expressions describe that shape
completely, so a chunk is either read exactly as the strict road reads it, or
declined as a whole and left to the strict road. The fast road itself refuses nothing.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from guiju.core.check.log import NO_TIME
from guiju.exchange.xes.columns import Columns, Names
from guiju.exchange.xes.instants import Instants
from guiju.exchange.xes.keys import ATTRIBUTES, LONGEST_NAME, NAME, RESOURCE, TIMESTAMP

_PATIENCE = 3
_MOST_CODES = 100_000
# Sets of what is allowed, because they match quicker than sets of what is not:
# a value is without quotes, "<" and control characters, a key also without "&".
_VALUE = rb"[ !#-;=-\xff]*+"
_KEY = rb"[ !#-%'-;=-\xff]*+"
_BLANK = rb"[\t\n\r ]*+"
_OPENING = rb'<(?:%s) key="' % "|".join(ATTRIBUTES).encode()
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES).encode())
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())
_EVENT_MARK = b"\0"


def _attributes(keys: Sequence[str]) -> bytes:
    """Return the expression of a run of attributes; group ``i`` is the value of ``keys[i - 1]``.

    A key of these that comes twice does not match, neither as itself nor as any other.
    """
    own = [rb'%s"(?(%d)(?!)) value="(%s)' % (k.encode(), i, _VALUE) for i, k in enumerate(keys, 1)]
    others = rb'(?!(?:%s)")%s" value="%s' % ("|".join(keys).encode(), _KEY, _VALUE)
    return rb'(?:%s(?:%s)" ?/>%s)*' % (_OPENING, b"|".join([*own, others]), _BLANK)


_TRACE = re.compile(
    rb"<trace>%s%s(%s*)</trace>%s" % (_BLANK, _attributes([NAME]), _EVENT_MARK, _BLANK)
)


class _Unusual(ValueError):  # noqa: N818 - it declines, it is no fault
    """What only the strict road can read, or refuse."""


class _Codes(dict[bytes | None, int]):
    """Codes of names, by the bytes that stand for them in the file.

    Raises:
        _Unusual: for a name that is missing or very long.
    """

    def __init__(self, names: Names) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, raw: bytes | None) -> int:
        if not raw:
            raise _Unusual
        if len(self) > min(len(self._names), _MOST_CODES):  # one name may have many spellings
            self.clear()
        self[raw] = code = self._names[_text(raw)]
        return code


class FastReader:
    """Fills columns from chunks of whole traces, where their shape is the usual one."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        keys = columns.wanted_keys
        self._event = re.compile(rb"<event>%s%s</event>%s" % (_BLANK, _attributes(keys), _BLANK))
        self._places = {key: place for place, key in enumerate(keys, 1)}
        self._activities = _Codes(columns.activities)
        self._people = _Codes(columns.people)
        self._instant = Instants()
        self._declined = 0

    def take(self, chunk: bytes) -> bool:
        """Add the traces of ``chunk`` to the columns, or leave them untouched and return False.

        After a few chunks of another shape in a row it does not look any more.
        """
        if self._declined == _PATIENCE:
            return False
        try:
            self._take(chunk)
        except ValueError:
            self._declined += 1
            return False
        self._declined = 0
        return True

    def _take(self, chunk: bytes) -> None:
        if not _is_plain(chunk):
            raise _Unusual
        step = len(self._places) + 1
        parts = self._event.split(chunk.lstrip(b"\t\n\r "))
        names, people, times = (
            parts[self._places[key] :: step] if key in self._places else []
            for key in (NAME, RESOURCE, TIMESTAMP)
        )
        gaps = _TRACE.split(_EVENT_MARK.join(parts[::step]))
        sizes = [len(marks) for marks in gaps[2::3]]
        if any(gaps[::3]) or sum(sizes) != len(names):
            raise _Unusual
        cases = [_text(raw) if raw else "" for raw in gaps[1::3]]
        codes = array("I", map(self._activities.__getitem__, names))
        performers = array("I", [self._people[raw] if raw else 0 for raw in people])
        instants = [NO_TIME if raw is None else self._instant(raw) for raw in times]
        self._columns.codes.extend(codes)
        self._columns.performers.extend(performers)
        self._columns.times.extend(instants)
        self._columns.add_cases(cases, sizes)


def _is_plain(chunk: bytes) -> bool:
    """Whether ``chunk`` is UTF-8, its characters allowed, and its references the named ones."""
    if b"&" in chunk and len(_ENTITY.findall(chunk)) != chunk.count(b"&"):
        return False
    if chunk.isascii():
        return True
    try:
        chunk.decode()
    except UnicodeDecodeError:
        return False
    return not any(mark in chunk for mark in _NO_CHARACTERS)


def _text(raw: bytes) -> str:
    if len(raw) > LONGEST_NAME:
        raise _Unusual
    text = raw.decode()
    if "&" in text:
        for entity, character in _ENTITIES.items():
            text = text.replace(entity, character)
    return text
