"""Random XES documents: both roads agree with a plain reading of the whole tree."""

from __future__ import annotations

import gzip
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from unittest.mock import patch
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.files import opened, silent
from guiju.exchange.xes import read_xes, reader, source
from guiju.exchange.xes.fast import FastReader

KEYS = ['"note"', '"org:role"', '"concept:instance"', "'concept:named'", '"n&amp;m"']
KEYS = KEYS[:3] * 9 + KEYS[3:]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ROWS = tuple[str, list[tuple[str, str, int]]]
wanteds = st.builds(Wanted, people=st.booleans(), times=st.booleans())
seeds = st.integers(0, 2**64).map(Random)
"""Documents are woven from a seed: whole files drawn bit by bit would take too long."""


def a_name(chance: Random, *, unusual: bool) -> str:
    letters = "ab 中é<>&\"'\u2028" + "\t\n\r" * unusual
    text = "".join(chance.choices(letters, k=chance.randint(1, 4)))
    return quoteattr(text) if unusual else f'"{escape(text, {chr(34): "&quot;"})}"'


def a_time(chance: Random) -> str:
    moment = datetime(2, 1, 1) + timedelta(microseconds=chance.randrange(3 * 10**17))  # noqa: DTZ001 - zone follows
    spec = chance.choice(["seconds", "milliseconds", "microseconds"])
    return moment.isoformat(timespec=spec) + chance.choice(["", "Z", "+08:00", "-03:30"])


def an_attribute(chance: Random, *, unusual: bool) -> str:
    tag = chance.choice(["string", "int", "id"])
    pair = [f"key={chance.choice(KEYS)}", f"value={a_name(chance, unusual=unusual)}"]
    if not unusual:
        return f"<{tag} {' '.join(pair)}/>"
    chance.shuffle(pair)
    inner = chance.choice(["", '<string key="concept:name" value="inner"/>'])
    if chance.random() < 0.5:
        return f'<list key="{tag}"><values>{inner}</values></list><!-- <event> -->'
    return f"<{tag} {' '.join(pair)}>{inner}</{tag}>"


def attributes(chance: Random, *, event: bool, unusual: bool) -> str:
    parts = []
    if event or chance.random() < 0.8:
        parts.append(f'<string key="concept:name" value={a_name(chance, unusual=unusual)}/>')
    if event and chance.random() < 0.6:
        parts.append(f'<string key="org:resource" value={a_name(chance, unusual=unusual)}/>')
    if event and chance.random() < 0.6:
        parts.append(f'<date key="time:timestamp" value="{a_time(chance)}"/>')
    parts += [an_attribute(chance, unusual=unusual) for _ in range(chance.randrange(3))]
    chance.shuffle(parts)
    return chance.choice(["", "\n\t", "\r\n  "]).join([*parts, ""])


def a_trace(chance: Random) -> str:
    unusual = chance.random() < 0.15
    events = [attributes(chance, event=True, unusual=unusual) for _ in range(chance.randrange(5))]
    inside = "".join(f"<event>{event}</event>\n" for event in events)
    return f"<trace>{attributes(chance, event=False, unusual=unusual)}{inside}</trace>\n"


def a_document(chance: Random) -> bytes:
    namespace = chance.choice(["", ' xmlns="http://www.xes-standard.org/"'])
    head = chance.choice(["", '<int key="n" value="1"/>', "<!-- <trace></trace> -->"])
    body = "".join(a_trace(chance) for _ in range(chance.randint(1, 12)))
    tail = chance.choice(["", '<int key="n" value="1"/>', "<!-- </log> -->"])
    text = f"<log{namespace}>{head}{body}{tail}</log>"
    encoding = chance.choice(["utf-8"] * 8 + ["utf-16", "utf-8-sig"])
    if encoding == "utf-16":
        text = f'<?xml version="1.0" encoding="utf-16"?>{text}'
    return text.encode(encoding)


def by_tree(document: bytes, wanted: Wanted) -> list[ROWS]:
    """Read the whole tree and take only what is directly inside a trace or an event."""
    cases: list[ROWS] = []
    for number, trace in enumerate(_children(ET.fromstring(document), "trace"), 1):
        rows = []
        for event in _children(trace, "event"):
            said = _said(event)
            at = said.get("time:timestamp") if wanted.times else None
            person = said.get("org:resource", "") if wanted.people else ""
            rows.append((said["concept:name"], person, NO_TIME if at is None else _instant(at)))
        cases.append((_said(trace).get("concept:name") or f"#{number}", rows))
    return cases


def _children(parent: ET.Element, tag: str) -> list[ET.Element]:
    return [child for child in parent if child.tag.rpartition("}")[2] == tag]


def _said(element: ET.Element) -> dict[str, str]:
    return {c.attrib["key"]: c.attrib["value"] for c in element if "value" in c.attrib}


def _instant(text: str) -> int:
    moment = datetime.fromisoformat(text)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - EPOCH) // timedelta(microseconds=1)


def by_columns(log: EventLog) -> list[ROWS]:
    def row(event: int) -> tuple[str, str, int]:
        person = log.people[log.performers[event]] if log.performers else ""
        return log.activities[log.codes[event]], person, log.times[event] if log.times else NO_TIME

    bounds = zip(log.cases, log.traces(), strict=True)
    return [(case, [row(event) for event in range(*span)]) for case, span in bounds]


def outcomes(document: bytes, wanted: Wanted) -> list[EventLog | tuple[str, str]]:
    """What both roads together, and the strict one alone, make of ``document``."""
    found: list[EventLog | tuple[str, str]] = []
    with tempfile.NamedTemporaryFile() as file:
        file.write(document)
        file.flush()
        path = Path(file.name)
        for read in (read_xes, _strictly):
            try:
                found.append(read(path, wanted))
            except Invalid as refusal:
                found.append((refusal.code, str(refusal)))
    return found


def _strictly(path: Path, wanted: Wanted) -> EventLog:
    with opened(path) as stream:
        return reader._read_strictly(stream, wanted, silent)


def in_blocks(size: int, *, patience: int = 99) -> ExitStack:
    """Cut the file into small blocks, so that cuts fall everywhere."""
    stack = ExitStack()
    stack.enter_context(patch.object(source, "BLOCK", size))
    stack.enter_context(patch.object(source, "_GZIP_BLOCK", size))
    stack.enter_context(patch("guiju.exchange.xes.fast._PATIENCE", patience))
    return stack


@given(seeds, wanteds, st.integers(8, 600), st.booleans())
@settings(deadline=None, max_examples=300)
def test_both_roads_read_what_the_tree_says(chance, wanted, size, packed):
    document = a_document(chance)
    with in_blocks(size):
        both, strict = outcomes(gzip.compress(document) if packed else document, wanted)
    assert isinstance(both, EventLog)
    assert both == strict
    assert by_columns(both) == by_tree(document, wanted)


PIECES = [b"<", b">", b'"', b"&", b"/>", b"\0", b"\x01", b"\xff", b"]]>", b"<!--", b"-->", b"&amp;"]
PIECES += [b"<trace>", b"</trace>", b"<event>", b"</event>", b"<log>", b"</log>", b" ", b"\n", b"'"]
PIECES += [
    b'<string key="concept:name" value="x"/>',
    b"<![CDATA[",
    b"&#0;",
    b"&lt;",
    b"\xef\xbf\xbf",
]


def damaged(document: bytes, chance: Random) -> bytes:
    data = bytearray(document)
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(0, len(data))
        end = min(len(data), start + chance.randrange(40))
        match chance.choice(["flip", "cut", "double", "insert", "insert", "end"]):
            case "flip" if start < len(data):
                data[start] ^= 1 << chance.randrange(8)
            case "cut":
                del data[start:end]
            case "double":
                data[start:start] = data[start:end]
            case "insert":
                data[start:start] = chance.choice(PIECES)
            case "end" if chance.random() < 0.2:
                del data[start:]
    return bytes(data)


@given(seeds, wanteds, st.integers(8, 600))
@settings(deadline=None, max_examples=300)
def test_a_damaged_file_gets_one_answer_a_log_or_a_refusal(chance, wanted, size):
    with in_blocks(size):
        both, strict = outcomes(damaged(a_document(chance), chance), wanted)
    assert both == strict


@given(seeds, st.integers(8, 600))
@settings(deadline=None, max_examples=100)
def test_a_damaged_gzip_file_too(chance, size):
    with in_blocks(size):
        both, strict = outcomes(damaged(gzip.compress(a_document(chance)), chance), Wanted())
    assert both == strict


@given(seeds, st.integers(8, 200))
@settings(deadline=None, max_examples=40)
def test_giving_up_on_the_fast_road_changes_nothing(chance, size):
    with in_blocks(size, patience=0):
        both, strict = outcomes(a_document(chance), Wanted())
    assert both == strict


def test_the_documents_here_try_both_roads():
    taken = []
    take = FastReader.take

    def watched(self: FastReader, chunk: bytes) -> bool:
        taken.append(take(self, chunk))
        return taken[-1]

    with patch.object(FastReader, "take", watched), in_blocks(400):
        for seed in range(60):
            outcomes(a_document(Random(seed)), Wanted())  # noqa: S311 - chance, not secrecy
    assert taken.count(True) > 60
    assert taken.count(False) > 20
