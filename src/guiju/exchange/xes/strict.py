"""The strict road: any valid XES, on expat through defusedxml, one callback at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from xml.parsers.expat import ExpatError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from guiju.core.check.log import NO_TIME
from guiju.exchange.xes import faults
from guiju.exchange.xes.columns import Columns
from guiju.exchange.xes.instants import Instants
from guiju.exchange.xes.keys import (
    ATTRIBUTES,
    LONGEST_NAME,
    NAME,
    RESOURCE,
    TIMESTAMP,
)

TRACE_END = b"</trace>"
_DEEPEST = 100
_LONGEST_TAG = 1 << 23
_MOST_WORDS = 100_000
_NOWHERE, _OTHER, _ATTRIBUTE = -2, -1, 0
_LOG, _TRACE, _EVENT = 1, 2, 3  # each also the depth at which it stands


class _Roles(dict[str, int]):
    """What elements are, by their name with the namespace."""

    _LOCAL: ClassVar = dict.fromkeys(ATTRIBUTES, _ATTRIBUTE) | {
        "log": _LOG,
        "trace": _TRACE,
        "event": _EVENT,
    }

    def __missing__(self, name: str) -> int:
        self[name] = role = self._LOCAL.get(_local(name), _OTHER)
        return role


class StrictReader:
    """Fills columns from XML that arrives piece by piece.

    An attribute belongs to the trace or event directly around it, never what is nested
    deeper. Elements go by their local name: some tools lose the namespace on the way.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._instant = Instants()
        self._case: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._ordinal = 0
        self._fed = 0
        self._trace_end = -1
        self._plain = True
        self._prefixes: set[str | None] = set()
        # An empty target: only the guards of defusedxml and our own callbacks are wanted.
        self._parser = DefusedXMLParser(target=object(), forbid_dtd=True).parser
        self._parser.DefaultHandlerExpand = None
        self._parser.ordered_attributes = False
        self._parser.XmlDeclHandler = self._declared
        self._parser.StartNamespaceDeclHandler = self._namespace
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._callbacks()

    @property
    def between_traces(self) -> bool:
        """Whether all bytes so far are UTF-8 and end with the end tag of a trace of the log.

        Then what follows, up to the end tag of another trace, can be read on its own.
        """
        return self._plain and self._trace_end == self._fed - len(TRACE_END)

    def feed(self, data: bytes, *, final: bool = False) -> None:
        """Read on.

        Raises:
            Invalid: XES-02 to XES-10, see ``read_xes``.
        """
        self._fed += len(data)
        try:
            self._parser.Parse(data, final)
        except ExpatError as error:
            raise faults.malformed(error) from None
        except DefusedXmlException:
            raise faults.forbidden(self._line) from None
        except (ValueError, LookupError):
            raise faults.unreadable_encoding() from None
        if self._fed - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise faults.endless(self._line, _LONGEST_TAG)
        if len(self._parser.intern) + len(self._prefixes) > _MOST_WORDS:
            raise faults.too_many_words(self._line, _MOST_WORDS)

    @property
    def _line(self) -> int:
        return int(self._parser.CurrentLineNumber)

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self._plain = encoding is None or encoding.lower() == "utf-8"

    def _namespace(self, prefix: str | None, _uri: str) -> None:
        self._prefixes.add(prefix)

    def _callbacks(self) -> tuple[Callable[[str, dict[str, str]], None], Callable[[str], None]]:
        """Return what to do at each start tag and each end tag.

        Closures, because they are called for every tag and twice as quick as methods.
        """
        depth = 0
        at = _NOWHERE  # the innermost of log, trace and event that is open, and its depth
        keys_of = (set[str](), set[str](), {NAME}, set(self._columns.wanted_keys))
        keys = keys_of[at]
        close = (_nothing, _nothing, self._close_trace, self._close_event)
        roles = _Roles()

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth, at, keys
            depth += 1
            role = roles[name]
            if role == _ATTRIBUTE and depth - at == 1:
                if attributes.get("key") in keys:
                    self._attribute(attributes, self._event if at == _EVENT else self._case)
            elif role >= _LOG or depth == 1:
                self._open(name, role, depth, at)
                at = role
                keys = keys_of[at]
            elif depth > _DEEPEST:
                raise faults.too_deep(_local(name), self._line, _DEEPEST)

        def end(_name: str) -> None:
            nonlocal depth, at, keys
            depth -= 1
            if depth < at:
                close[at]()
                at = depth
                keys = keys_of[at]

        return start, end

    def _open(self, name: str, role: int, depth: int, at: int) -> None:
        if depth == 1 and role != _LOG:
            raise faults.other_root(_local(name), self._line)
        if depth != role or (at != role - 1 and role != _LOG):
            raise faults.misplaced(_local(name), self._line)
        if role == _EVENT:
            self._event = {}
            self._ordinal += 1
        else:
            self._case = {}
            self._ordinal = 0

    def _attribute(self, attributes: dict[str, str], own: dict[str, str]) -> None:
        key, value = attributes["key"], attributes.get("value", "")
        if key in own:
            raise faults.doubled(key, self._line)
        if len(value) > LONGEST_NAME:
            raise faults.too_long(key, len(value), self._line, LONGEST_NAME)
        own[key] = value

    def _close_trace(self) -> None:
        self._columns.add_case(self._case.get(NAME, ""))
        self._trace_end = self._parser.CurrentByteIndex

    def _close_event(self) -> None:
        columns, own = self._columns, self._event
        name = own.get(NAME)
        if not name:
            raise faults.nameless(self._case_id, self._ordinal, self._line)
        columns.codes.append(columns.activities[name])
        if columns.wanted.people:
            columns.performers.append(columns.people[own.get(RESOURCE, "")])
        if columns.wanted.times:
            columns.times.append(self._time(own.get(TIMESTAMP)))

    def _time(self, text: str | None) -> int:
        if text is None:
            return NO_TIME
        try:
            return self._instant(text.encode())
        except ValueError:
            raise faults.unreadable_time(text, self._case_id, self._ordinal, self._line) from None

    @property
    def _case_id(self) -> str:
        return self._case.get(NAME) or self._columns.made_up_id()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _nothing() -> None:
    """Do what the end of the log itself asks for."""
