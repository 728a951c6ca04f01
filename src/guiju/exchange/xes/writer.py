"""Writing an XES log (IEEE 1849-2016), event by event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Protocol

from guiju.core.check.log import NO_TIME, EventLog
from guiju.exchange.xes.keys import NAME, RESOURCE, TIMESTAMP

Note = str | int | bool
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LINES_AT_ONCE = 4096
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
\t<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
\t<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
\t<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
\t<extension name="Guiju" prefix="guiju" uri="urn:guiju:xes"/>
\t<global scope="trace">
\t\t<string key="concept:name" value=""/>
\t</global>
\t<global scope="event">
\t\t<string key="concept:name" value=""/>
\t</global>
\t<classifier name="Activity" scope="event" keys="concept:name"/>
"""
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    | {blank: f"&#{ord(blank)};" for blank in "\t\n\r"}
)


class Sink(Protocol):
    """What bytes can be written to: a file, a buffer, a gzip stream."""

    def write(self, data: bytes, /) -> object: ...


def write_xes(
    stream: Sink,
    log: EventLog,
    *,
    case_notes: Callable[[int], Mapping[str, Note]] | None = None,
    event_notes: Callable[[int], Mapping[str, str]] | None = None,
) -> None:
    """Write ``log`` to ``stream`` as XES in UTF-8, in bounded memory.

    Args:
        stream: opened for writing bytes.
        log: people and times are written where the log has these columns.
        case_notes: for the index of a case, what to note on it; keys are written
            under the prefix ``guiju:``.
        event_notes: the same for the index of an event in the columns.

    Characters that XML does not allow are replaced by U+FFFD.
    """
    lines = _lines(log, case_notes or _nothing, event_notes or _nothing)
    while batch := "".join(islice(lines, _LINES_AT_ONCE)):
        stream.write(batch.encode())


def _nothing(_index: int) -> Mapping[str, str]:
    return {}


def _lines(
    log: EventLog,
    case_notes: Callable[[int], Mapping[str, Note]],
    event_notes: Callable[[int], Mapping[str, str]],
) -> Iterator[str]:
    events = _events(log, event_notes)
    yield _HEAD
    for case, (start, end) in enumerate(log.traces()):
        yield f"\t<trace>\n\t\t{_attribute(NAME, log.cases[case])}\n"
        for key, note in case_notes(case).items():
            yield f"\t\t{_attribute(f'guiju:{key}', note)}\n"
        yield from islice(events, end - start)
        yield "\t</trace>\n"
    yield "</log>\n"


def _events(log: EventLog, notes: Callable[[int], Mapping[str, str]]) -> Iterator[str]:
    names = [_attribute(NAME, name) for name in log.activities]
    people = ["", *(_attribute(RESOURCE, person) for person in log.people[1:])]
    for event, code in enumerate(log.codes):
        own = [names[code]]
        if log.performers and (person := people[log.performers[event]]):
            own.append(person)
        if log.times and (instant := log.times[event]) != NO_TIME:
            own.append(f'<date key="{TIMESTAMP}" value="{_iso(instant)}"/>')
        own += [_attribute(f"guiju:{key}", note) for key, note in notes(event).items()]
        yield "\t\t<event>\n\t\t\t" + "\n\t\t\t".join(own) + "\n\t\t</event>\n"


def _attribute(key: str, value: Note) -> str:
    match value:
        case bool():
            tag, text = "boolean", str(value).lower()
        case int():
            tag, text = "int", str(value)
        case _:
            tag, text = "string", _escaped(value)
    return f'<{tag} key="{_escaped(key)}" value="{text}"/>'


def _escaped(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def _iso(instant: int) -> str:
    moment = _EPOCH + timedelta(microseconds=instant)
    return moment.isoformat(timespec="microseconds" if instant % 1000 else "milliseconds")
