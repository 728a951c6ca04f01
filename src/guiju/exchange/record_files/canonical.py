"""Whether entries are canonical: exactly the strict answer, at a tenth of its price.

Entries of one kind differ only in their values. So every text that stands as a value
in an object or list is emptied, and every integer that stands as one in an object
becomes 0; what is left, the outline, is checked strictly once and remembered.

Why that is exact. Only texts as ``encode_entry`` writes them, and integers below 10^15,
are taken out. Suppose the outline is canonical. An emptied text left ``""`` behind one
of ``: [ ,`` and before one of ``, ] }``. Did it lie inside another text, then its first
quote would end that text and the second follow directly: no JSON. So it is a value, not
a name, for no colon follows. A 0 stands behind a letter or digit and ``":``; that quote
cannot begin a text (nothing of JSON ends in a letter or digit right before a text) and
is not escaped, so it ends a name, and the 0 is a value. Put back, canonical values make
a canonical entry, since names, order and depth are as before. Where the outline is not
canonical nothing is concluded: the entry itself is checked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from guiju.core.errors import Invalid
from guiju.core.ledger.entry import MOST_BYTES, decode_entry

_PLAIN = rb"[ !#-\[\]-\xff]*+"
_ESCAPE = rb'\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))'
_INSIDE = rb"%s(?:%s%s)*+" % (_PLAIN, _ESCAPE, _PLAIN)
_TEXT = re.compile(rb':"%s"(?=[,}])' % _INSIDE)
_LISTED = re.compile(rb'"(?<=[\[,]")%s"(?=[,\]])' % _INSIDE)
_INTEGER = re.compile(rb'":(?<=[0-9A-Z_a-z]":)-?[1-9][0-9]{0,14}+(?=[,}])')

_MOST_OUTLINES = 4_096
_LONGEST_OUTLINE = 4_096


class CanonicalCheck:
    """Checks entries, and remembers the outlines that it has met."""

    def __init__(self) -> None:
        self._known: set[bytes] = set()

    def first_fault(self, entries: Sequence[bytes]) -> tuple[int, Invalid] | None:
        """Return which of the entries is the first that ``decode_entry`` refuses, and how."""
        outlines = _outlines(entries)
        if outlines and self._known.issuperset(outlines):
            return None
        for at, entry in enumerate(entries):
            if outlines and self._knows(outlines[at]):
                continue
            try:
                decode_entry(entry)
            except Invalid as refusal:
                return at, refusal
        return None

    def _knows(self, outline: bytes) -> bool:
        if outline in self._known:
            return True
        try:
            decode_entry(outline)
        except Invalid:
            return False
        if len(self._known) == _MOST_OUTLINES:
            self._known.clear()
        if len(outline) <= _LONGEST_OUTLINE:
            self._known.add(outline)
        return True


def _outlines(entries: Sequence[bytes]) -> list[bytes]:
    """Return what is left of each entry without its values; nothing where that cannot be told."""
    text = b"\n".join(entries)  # which no canonical entry holds, and no expression takes out
    if max(map(len, entries), default=0) > MOST_BYTES or not _is_utf8(text):
        return []
    text = _TEXT.sub(b':""', text)
    if b'["' in text:
        text = _LISTED.sub(b'""', text)
    outlines = _INTEGER.sub(b'":0', text).split(b"\n")
    return outlines if len(outlines) == len(entries) else []


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True
