"""The fast road through a CSV against the careful one, and both against garbage."""

from __future__ import annotations

import gzip
import io
import tempfile
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import Wanted
from guiju.core.errors import Invalid
from guiju.exchange.tables import ColumnMapping, read_csv, read_parquet
from guiju.exchange.tables.separated import _any, _usual

ALL = Wanted(people=True, times=True)
MAPPING = ColumnMapping("案件编号", "步骤", None, "办理人")
HEADER = "案件编号,步骤,办理人\n"

cell = st.sampled_from(
    ["a", "b", " ", "", '"', '""', '"a"', '"a,b"', '"a""b"', '"\n"', "a\rb", "中", "\ufeffa"]
)
line = st.lists(cell, min_size=3, max_size=3) | st.lists(cell, max_size=4)
end = st.sampled_from(["\n", "\n", "\r\n", "\r", "\n\n"])
tables = st.lists(st.tuples(line, end), max_size=6).map(
    lambda lines: HEADER + "".join(",".join(cells) + finish for cells, finish in lines)
)


def read_by(road, path):
    try:
        return road(path, ALL, MAPPING)
    except Invalid as refusal:
        return refusal.code


@given(tables)
@settings(max_examples=200, deadline=None)
def test_where_the_fast_road_gives_a_log_the_careful_one_gives_the_same(text):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        path.write_bytes(text.encode())
        fast = read_by(_usual, path)
        if fast is not None:
            assert fast == read_by(_any, path)


def test_the_fast_road_is_taken_for_the_usual_shapes(tmp_path):
    path = tmp_path / "log.csv"
    for rows in ("1,a,张\n2,b,李", '"1","a",""\r\n"2","b,""c""","李"\r\n'):
        path.write_bytes((HEADER + rows).encode())
        assert _usual(path, ALL, None) is not None


def seed_tables():
    text = "案件编号,步骤,办理时间,办理人\n" + "".join(
        f'{row % 5},"步骤{row % 3}",2024-01-{row + 1:02d} 09:00,张{row % 4}\r\n'
        for row in range(20)
    )
    return [text.encode(), text.encode("gbk"), text.encode("utf-16"), gzip.compress(text.encode())]


def seed_parquets():
    columns = {"案件编号": ["a", "b", "a"], "步骤": ["x", None, "y"], "办理时间": [1, 2, None]}
    frame = pl.DataFrame(columns).cast({"办理时间": pl.Datetime("us", "UTC")}).fill_null("z")
    files = []
    for compression in ("uncompressed", "zstd", "snappy"):
        stream = io.BytesIO()
        frame.write_parquet(stream, compression=compression)
        files.append(stream.getvalue())
    return files


FRAGMENTS = [
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b";",
    b"\t",
    b"\xff\xff\xff\x7f",
]


@st.composite
def mutated(draw, seeds):
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        gone = draw(st.sampled_from([0, 0, 1, 8]))
        data[at : at + gone] = draw(st.sampled_from(FRAGMENTS) | st.binary(max_size=6))
    return bytes(data[: draw(st.none() | st.integers(0, len(data)))])


def log_or_refusal(read, content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(content)
        try:
            log = read(path, ALL).log
        except Invalid as refusal:
            said = refusal.sentence.render().encode()
        else:
            said = log.starts[-1] == len(log.codes) and all(a < b for a, b in log.traces())
    assert said


@given(mutated(seed_tables()) | st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_csv_log_or_a_refusal(content):
    log_or_refusal(read_csv, content)


@given(mutated(seed_parquets()) | st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_a_parquet_log_or_a_refusal(content):
    log_or_refusal(read_parquet, content)
