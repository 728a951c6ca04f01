"""Small changes to an XML file that leave every other byte alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, count

from guiju.exchange.bpmn.render import Lines, Naming
from guiju.exchange.bpmn.vocabulary import GUIJU, PREFIXES, SCHEMA
from guiju.exchange.xml_tree import Document, Element, escaped

_TAG = re.compile(rb"""<([^\s/>]+)((?:[^"'>]|"[^"]*"|'[^']*')*?)(\s*/?>)""")
_ATTRIBUTE = re.compile(rb"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_LINE_START = re.compile(rb"\r?\n[ \t]*\Z")
_MARGIN = 400

Span = tuple[int, int, bytes]
"""From where to where, and what comes instead."""


class Patch:
    """Collects changes to ``document`` and applies them all at once.

    What is inside a removed element goes with it, whatever else was asked of it.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._data = document.data
        self._attributes: defaultdict[Element, dict[tuple[str, str], str | None]]
        self._attributes = defaultdict(dict)
        self._names: dict[Element, str] = {}
        self._inside: defaultdict[Element, list[Lines]] = defaultdict(list)
        self._texts: dict[Element, bytes] = {}
        self._spans: list[Span] = []
        self._declared: dict[str, str] = {}
        self._used = {prefix for e in document.root.walk() for prefix in e.prefixes}

    def set(self, element: Element, name: str, value: str | None, *, space: str = "") -> None:
        """Give ``element`` an attribute; None takes it away."""
        self._attributes[element][space, name] = value

    def rename(self, element: Element, name: str) -> None:
        """Give ``element`` another local name; its prefix stays."""
        self._names[element] = name

    def remove(self, element: Element) -> None:
        """Remove ``element`` and the line break before it."""
        start = element.start - len(self._margin(element.start))
        self._spans.append((start, self._end(element), b""))

    def set_text(self, element: Element, text: str) -> None:
        """Put ``text`` in place of all that is inside ``element``."""
        self._texts[element] = escaped(text).encode()

    def append(self, parent: Element, lines: Lines) -> None:
        """Put new lines at the end of ``parent``."""
        self._inside[parent].append(lines)

    def insert_after(self, sibling: Element, lines: Lines) -> None:
        """Put new lines behind ``sibling``."""
        at = self._end(sibling)
        self._spans.append((at, at, _set_off(lines, self._margin(sibling.start))))

    def insert_before(self, sibling: Element, lines: Lines) -> None:
        """Put new lines before ``sibling``."""
        margin = self._margin(sibling.start)
        at = sibling.start - len(margin)
        self._spans.append((at, at, _set_off(lines, margin)))

    def naming(self, element: Element) -> Naming:
        """Return how names are written in ``element``, declaring prefixes as needed."""

        def name(local: str, space: str) -> str:
            prefix = self._prefix(element, space, bare=space not in (GUIJU, SCHEMA))
            return f"{prefix}:{local}" if prefix else local

        return name

    def result(self) -> bytes:
        """Return the changed file in its own encoding."""
        root = self._document.root
        touched = dict.fromkeys((*self._attributes, *self._names, *self._inside, *self._texts))
        touched.pop(root, None)
        # The root comes last: what is done elsewhere may still declare prefixes on it.
        spans = [*self._spans, *(span for e in (*touched, root) for span in self._retagged(e))]
        pieces, done = [], 0
        for start, end, new in sorted(spans, key=lambda s: (s[0], s[1] > s[0], -s[1])):
            if start >= done:
                pieces += [self._data[done:start], new]
                done = end
        return self._document.encoded(b"".join((*pieces, self._data[done:])))

    def _retagged(self, element: Element) -> Iterator[Span]:
        """Yield the new start tag, end tag and inner part of ``element``."""
        tag = self._tag(element)
        name = tag[1]
        if element in self._names:
            prefix, colon, _ = name.rpartition(b":")
            name = prefix + colon + self._names[element].encode()
        start = b"<" + name + self._new_attributes(element, tag[2])
        if tag[3].endswith(b"/>"):
            inner = self._new_inside(element)
            end = b">" + inner + b"</" + name + b">" if inner else tag[3]
            yield tag.start(), tag.end(), start + end
            return
        yield tag.start(), tag.end(), start + tag[3]
        if element in self._names:
            yield element.close + 2, element.close + 2 + len(tag[1]), name
        if element in self._texts:
            yield tag.end(), element.close, self._texts[element]
        elif element in self._inside:
            margin = self._margin(element.close)
            at = element.close - len(margin)
            inner = self._new_inside(element)
            yield at, at, inner.removesuffix(margin)

    def _new_inside(self, element: Element) -> bytes:
        """Return what is added inside ``element``, up to the margin of its end tag."""
        if element in self._texts:
            return self._texts[element]
        lines = [line for lines in self._inside[element] for line in lines]
        margin = self._margin(element.start)
        if element.children:
            deeper = self._margin(element.children[0].start)
        else:
            deeper = margin and margin + (b"\t" if b"\t" in margin else b"  ")
        return _set_off(lines, deeper) + (margin if deeper else b"") if lines else b""

    def _new_attributes(self, element: Element, written: bytes) -> bytes:
        changes = dict(self._attributes[element])
        pieces = []
        for found in _ATTRIBUTE.finditer(written):
            prefix, _, local = found[1].decode().rpartition(":")
            key = (self._space(element, prefix) if prefix else "", local)
            if key not in changes:
                pieces.append(found[0])
            elif (value := changes.pop(key)) is not None:
                pieces.append(_attribute(found[1].decode(), value))
        for (space, local), value in changes.items():
            if value is not None:
                prefix = self._prefix(element, space, bare=False) + ":" if space else ""
                pieces.append(_attribute(prefix + local, value))
        if element is self._document.root:
            pieces += [_attribute(f"xmlns:{p}", space) for space, p in self._declared.items()]
        return b"".join(pieces)

    def _prefix(self, element: Element, space: str, *, bare: bool) -> str:
        """Return a prefix of ``space`` at ``element``, declared on the root if need be."""
        hidden: set[str] = set()
        above: Element | None = element
        while above is not None:
            for prefix, uri in above.prefixes.items():
                if uri == space and prefix not in hidden and (bare or prefix):
                    return prefix
            hidden |= above.prefixes.keys()
            above = above.parent
        if space not in self._declared:
            stem = PREFIXES[space]
            numbered = chain([stem], (f"{stem}{number}" for number in count(2)))
            self._declared[space] = next(p for p in numbered if p not in self._used)
            self._used.add(self._declared[space])
        return self._declared[space]

    def _space(self, element: Element, prefix: str) -> str:
        above: Element | None = element
        while above is not None:
            if prefix in above.prefixes:
                return above.prefixes[prefix]
            above = above.parent
        return prefix  # xml and xmlns need no declaration

    def _tag(self, element: Element) -> re.Match[bytes]:
        tag = _TAG.match(self._data, element.start)
        assert tag is not None  # noqa: S101 - the parser has read a tag at this very place
        return tag

    def _end(self, element: Element) -> int:
        if self._tag(element)[3].endswith(b"/>"):
            return self._tag(element).end()
        return self._data.index(b">", element.close) + 1

    def _margin(self, at: int) -> bytes:
        """Return the line break and indentation before ``at``; empty within a line."""
        found = _LINE_START.search(self._data, max(0, at - _MARGIN), at)
        return found[0] if found else b""


def _attribute(name: str, value: str) -> bytes:
    return f' {name}="{escaped(value, quoted=True)}"'.encode()


def _set_off(lines: Lines, margin: bytes) -> bytes:
    """Return ``lines``, each on a line of its own behind ``margin``."""
    if margin:
        return b"".join(margin + line.encode() for line in lines)
    return "".join(line.lstrip(" ") for line in lines).encode()
