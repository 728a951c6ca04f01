"""XML inside files: only what is well formed and declares nothing; its plain text; small edits."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from guiju.base.evidence import refusing
from guiju.core.sentence import Sentence

_BLOCK = 256 * 1024
_MOST_PIECES = 64  # enough for any name or note
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BREAK = re.compile(r"</(?:\w+:)?(?:p|si|h|tr|TextObject)>|<(?:\w+:)?(?:br|tab|line-break)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_TAG_BYTES = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_VALUE = rb"\s*=\s*(\"[^\"]*\"|'[^']*')"
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")


class _Silent:
    """A parser's target that wants to hear nothing, so that expat runs at its own speed."""

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def parse(data: bytes, target: object, kind: Sentence, *, encoding: str | None = None) -> None:
    """Run ``data`` through a parser that calls ``target``.

    Args:
        data: the document.
        target: has any of ``start``, ``end``, ``data``, and always ``close``.
        kind: what to call the file in refusals.
        encoding: overrules what the document declares.

    Raises:
        Invalid: EVIDENCE-06 not well formed, EVIDENCE-21 it declares a document type.
    """
    parser = DefusedXMLParser(target=target, encoding=encoding, forbid_dtd=True)
    expat: Any = vars(parser)["parser"]
    expat.DefaultHandlerExpand = None  # otherwise Python is called for every single tag
    expat.buffer_text = True
    try:
        for start in range(0, len(data), _BLOCK):
            parser.feed(data[start : start + _BLOCK])
        parser.close()
    except DefusedXmlException:
        raise refusing.entities(kind) from None
    except (ParseError, ValueError, LookupError):
        raise refusing.damaged(kind) from None


def require_plain(data: bytes, kind: Sentence) -> None:
    """Refuse XML that is broken or declares a document type.

    Raises:
        Invalid: EVIDENCE-06 not well formed, EVIDENCE-21 it declares a document type.
    """
    parse(data, _Silent(), kind)


def text_of(data: bytes) -> str:
    """Return the text of XML that was found well formed, paragraphs on lines of their own."""
    text = data.decode("utf-16" if data.startswith(_WIDE) else "utf-8-sig", "replace")
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))


@dataclass(slots=True)
class Elements:
    """A parser's target that keeps every element's attributes and text, up to a number of them."""

    most: int = 20_000
    found: list[tuple[str, dict[str, str], list[str]]] = field(default_factory=list)
    _open: list[list[str]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        pieces: list[str] = []
        self._open.append(pieces)
        if len(self.found) < self.most:
            self.found.append((local(tag), {local(k): v for k, v in attributes.items()}, pieces))

    def end(self, _tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if len(self._open[-1]) < _MOST_PIECES:
            self._open[-1].append(text)

    def close(self) -> None:
        """Nothing is left to do when the document ends."""


def elements(data: bytes, kind: Sentence) -> list[tuple[str, dict[str, str], str]]:
    """Return local name, attributes by local name, and own text of each element, in order.

    Raises:
        Invalid: EVIDENCE-06 not well formed, EVIDENCE-21 it declares a document type.
    """
    target = Elements()
    parse(data, target, kind)
    return [(name, attributes, "".join(pieces)) for name, attributes, pieces in target.found]


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


@dataclass(frozen=True, slots=True)
class Change:
    """What to alter in a document, all by local name.

    Attributes:
        attribute: is given the name of an element, all its attributes, and which of them is
            meant; returns the new value, or None to drop the attribute.
        emptied: elements whose text is to go.
        removed: elements to be cut out with all that is inside.
    """

    attribute: Callable[[str, Mapping[str, str], str], str | None]
    emptied: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


def changed(data: bytes, change: Change, kind: Sentence) -> bytes:
    """Return ``data`` with ``change`` made and every other byte left alone.

    Raises:
        Invalid: EVIDENCE-06 not well formed, EVIDENCE-21 it declares a document type.
    """
    if data.startswith(_WIDE):
        data = _DECLARATION.sub("", data.decode("utf-16", "replace")).encode()
    editor = _Editor(data, change)
    parser = DefusedXMLParser(target=editor, forbid_dtd=True)
    editor.expat = vars(parser)["parser"]
    editor.expat.DefaultHandlerExpand = None
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise refusing.entities(kind) from None
    except (ParseError, ValueError, LookupError):
        raise refusing.damaged(kind) from None
    return editor.result()


class _Editor:
    """Collects which bytes to replace by what, in the order of the document."""

    expat: Any  # pyexpat's parser type has no public name

    def __init__(self, data: bytes, change: Change) -> None:
        self.bytes = data
        self.change = change
        self.edits: list[tuple[int, int, bytes]] = []
        self.removing = 0
        self.text_from: list[int] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name, at = local(tag), self.expat.CurrentByteIndex
        if self.removing or name in self.change.removed:
            self.removing += 1
            self.text_from.append(at)
            return
        self.text_from.append(-1)
        known = {local(key): value for key, value in attributes.items()}
        for key, value in known.items():
            new = self.change.attribute(name, known, key)
            if new != value:
                self._replace_attribute(at, key, new)
        if name in self.change.emptied:
            self.text_from[-1] = self._tag_end(at)

    def end(self, tag: str) -> None:
        start, at = self.text_from.pop(), self.expat.CurrentByteIndex
        if self.removing:
            self.removing -= 1
            if not self.removing:
                self._replace(start, self._tag_end(at), b"")
        elif start >= 0 and local(tag) in self.change.emptied and at > start:
            self._replace(start, at, b"")

    def close(self) -> None:
        """Nothing is left to do when the document ends."""

    def result(self) -> bytes:
        out, done = [], 0
        for start, end, new in sorted(self.edits):
            if start >= done:  # what lies inside a cut is gone already
                out += [self.bytes[done:start], new]
                done = end
        return b"".join([*out, self.bytes[done:]])

    def _replace(self, start: int, end: int, new: bytes) -> None:
        self.edits.append((start, end, new))

    def _tag_end(self, at: int) -> int:
        found = _TAG_BYTES.match(self.bytes, at)
        return found.end() if found else at

    def _replace_attribute(self, at: int, name: str, new: str | None) -> None:
        wanted = re.compile(rb"\s(?:[^\s=<>\"']*:)?" + re.escape(name.encode()) + _VALUE)
        for found in wanted.finditer(self.bytes, at, self._tag_end(at)):
            if new is None:
                self._replace(found.start(), found.end(), b"")
            else:
                self._replace(found.start(1) + 1, found.end(1) - 1, html.escape(new).encode())
