"""The fast road reads what is usual, declines all else, and never alters the answer."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from guiju.core.check.log import Wanted
from guiju.exchange.files import opened, silent
from guiju.exchange.xes import read_xes, reader
from guiju.exchange.xes.columns import Columns
from guiju.exchange.xes.fast import FastReader

LOGS = Path(__file__).parents[2].parent / "shared" / "data" / "logs"
ALL = Wanted(people=True, times=True)
TRACE = b"""
\t<trace>
\t\t<string key="concept:name" value="1"/>
\t\t<float key="cost" value="1.5"/>
\t\t<event>
\t\t\t<string key="org:resource" value="\xe5\xbc\xa0 &amp; &lt;B&gt;"/>
\t\t\t<date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>
\t\t\t<string key="concept:name" value="a > b"/>
\t\t</event>
\t</trace>
"""


def taken(chunk: bytes, wanted: Wanted = ALL) -> bool:
    columns = Columns(wanted)
    accepted = FastReader(columns).take(chunk)
    if not accepted:
        assert not columns.cases
        assert not columns.codes
        assert not columns.times
    return accepted


def test_the_usual_shape_is_taken():
    columns = Columns(ALL)
    assert FastReader(columns).take(TRACE * 2 + b"<trace></trace>")
    log = columns.finished()
    assert log.cases == ("1", "1", "#3")
    assert list(log.starts) == [0, 1, 2, 2]
    assert log.activities == ("a > b",)
    assert log.people == ("", "张 & <B>")
    assert list(log.times) == [0, 0]


@pytest.mark.parametrize(
    ("usual", "as_usual"),
    [
        (b"\t", b""),
        (b"\n", b"\r\n"),
        (b'"/>', b'" />'),
        (b"date", b"string"),
        (b"&amp;", b"&apos;"),
    ],
)
def test_variations_that_are_usual_too(usual, as_usual):
    assert taken(TRACE.replace(usual, as_usual))


@pytest.mark.parametrize(
    ("usual", "unusual"),
    [
        (b'value="1.5"/>', b'value="1.5"></float>'),
        (b'value="1.5"/>', b'value="1.5"><int key="nested" value="1"/></float>'),
        (b"<float", b"<!-- note --><float"),
        (b"<float", b"<other/><float"),
        (b"<float", b"text<float"),
        (b'key="cost" value="1.5"', b'value="1.5" key="cost"'),
        (b'key="cost" value="1.5"', b"key='cost' value='1.5'"),
        (b'key="cost" value="1.5"', b'key="cost"  value="1.5"'),
        (b'key="cost"', b'key="concept:name"'),
        (b'"cost"', b'"c&amp;st"'),
        (b'"1.5"', b'"1\t5"'),
        (b'"1.5"', b'"1\x015"'),
        (b'"1.5"', b'"1<5"'),
        (b'"1.5"', b'"1&5"'),
        (b'"1.5"', b'"1&#53;"'),
        (b'"1.5"', b'"\xff"'),
        (b'"1.5"', b'"\xef\xbf\xbf"'),
        (b"\t</trace>", b'\t<int key="late" value="1"/></trace>'),
        (b"<event>", b'<event xmlns="">'),
        (b"<event>", b"<event/><event>"),
        (b"\t\t<event>", b"\0\t\t<event>"),
        (b"\t<trace>", b"\x0b\t<trace>"),
        (b'<string key="concept:name" value="a > b"/>', b""),
        (b'"a > b"', b'""'),
        (b'"a > b"', b'"%s"' % (b"a" * 10_001)),
        (b'"1970-01-01T00:00:00.000+00:00"', b'"soon"'),
        (b'"1970-01-01T00:00:00.000+00:00"', b'"1970-01-01T00:00:0\xd9\xa1"'),
        (b"</event>", b""),
        (b"<trace>", b"<trace><trace>"),
        (
            b'"cost" value="1.5"',
            b'"cost" value="<event><int key="concept:name" value="x"/></event>"',
        ),
    ],
)
def test_another_shape_is_declined_and_leaves_no_trace(usual, unusual):
    assert usual in TRACE
    assert not taken(TRACE + TRACE.replace(usual, unusual, 1))


def test_after_a_few_unusual_chunks_it_does_not_look_any_more():
    fast = FastReader(Columns(ALL))
    assert [fast.take(chunk) for chunk in [b"?", b"?", TRACE, b"?", b"?", b"?", TRACE]] == [
        *[False, False, True],
        *[False, False, False, False],
    ]


def test_many_spellings_of_one_name_do_not_pile_up():
    columns = Columns(Wanted())
    fast = FastReader(columns)
    for spelling in range(64):
        name = "".join("&gt;" if spelling >> bit & 1 else ">" for bit in range(6))
        assert fast.take(TRACE.replace(b"a > b", name.encode()))
    assert columns.activities == {">>>>>>": 0}
    assert len(fast._activities) <= 2


@pytest.fixture
def shared_logs() -> list[Path]:
    logs = sorted(LOGS.glob("*.xes*"))
    if not logs:
        pytest.skip("shared data absent")
    return logs


@pytest.mark.shared
def test_real_logs_take_the_fast_road_and_both_roads_agree(shared_logs, monkeypatch):
    answers: list[bool] = []
    take = FastReader.take
    monkeypatch.setattr(
        FastReader, "take", lambda self, chunk: answers.append(take(self, chunk)) or answers[-1]
    )
    for path in shared_logs:
        both = read_xes(path, ALL)
        with opened(path) as stream:
            assert both == reader._read_strictly(stream, ALL, silent)
    assert len(answers) > len(shared_logs)
    assert all(answers)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["receipt", "domestic_declarations", "bpic15_1f"])
def test_variants_of_real_logs_are_those_published(name, shared_logs):
    log = read_xes(LOGS / f"{name}.xes.gz", Wanted())
    with (LOGS / f"{name}.costs.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    published = Counter({tuple(json.loads(row[2])): int(row[0]) for row in rows})
    seen = Counter(
        tuple(log.activities[code] for code in log.codes[start:end]) for start, end in log.traces()
    )
    assert seen == published


@pytest.mark.shared
def test_a_real_log_is_the_same_gzipped_or_not(shared_logs, tmp_path):
    path = LOGS / "receipt.xes.gz"
    plain = tmp_path / "receipt"
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    assert read_xes(plain, ALL) == read_xes(path, ALL)
