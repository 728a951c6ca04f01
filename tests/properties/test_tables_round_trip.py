"""Tables written and read again, and rows grouped, against plain Python."""

from __future__ import annotations

import csv
import io
import tempfile
from array import array
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.check.log import NO_TIME, EventLog, Wanted
from guiju.exchange.tables import read_csv, read_parquet, write_csv, write_parquet
from guiju.exchange.tables.names import BLANKS
from guiju.exchange.tables.times import Times, read_times

ALL = Wanted(people=True, times=True)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))

names = (
    st.text(st.sampled_from("a\",;\t\r\n|，'\\ 中😀\u3000\ufeff\x1c0"), min_size=1, max_size=6)
    | st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=9)
).filter(lambda name: name.strip(BLANKS))
instants = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30)).map(  # noqa: DTZ001 - UTC is added below
    lambda at: (at.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
)


@st.composite
def logs(draw):
    cases = draw(st.lists(names, min_size=1, max_size=5, unique=True))
    activities = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    people = ["", *draw(st.lists(names, max_size=3, unique=True))]
    sizes = draw(st.lists(st.integers(1, 4), min_size=len(cases), max_size=len(cases)))
    count = sum(sizes)

    def each(values):
        return draw(st.lists(values, min_size=count, max_size=count))

    return EventLog(
        cases,
        array("I", [sum(sizes[:i]) for i in range(len(sizes) + 1)]),
        tuple(activities),
        array("I", each(st.integers(0, len(activities) - 1))),
        tuple(people),
        array("I", each(st.integers(0, len(people) - 1))),
        array("q", each(instants | st.just(NO_TIME))),
    )


def spelled(log):
    """Return what the log says, whatever numbers stand for it."""
    return [
        (
            case,
            [log.activities[code] for code in log.codes[start:end]],
            [log.people[who] for who in log.performers[start:end]],
            list(log.times[start:end]),
        )
        for case, (start, end) in zip(log.cases, log.traces(), strict=True)
    ]


@given(logs())
@settings(max_examples=50, deadline=None)
def test_csv_says_again_what_was_written(log):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        with path.open("wb") as stream:
            write_csv(stream, log)
        assert spelled(read_csv(path, ALL).log) == spelled(log)


@given(logs())
@settings(max_examples=50, deadline=None)
def test_parquet_says_again_what_was_written(log):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.parquet")
        write_parquet(path, log)
        assert spelled(read_parquet(path, ALL).log) == spelled(log)


@given(st.lists(st.tuples(names, names), min_size=1, max_size=12), st.sampled_from(",;\t|，"))
@settings(max_examples=50, deadline=None)
def test_scattered_rows_are_grouped_as_a_dict_would(rows, separator):
    expected: dict[str, list[str]] = {}
    for case, activity in rows:
        expected.setdefault(case, []).append(activity)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("案件编号", "步骤"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log.csv")
        path.write_bytes(text.getvalue().encode())
        log = read_csv(path, Wanted()).log
    found = [
        (case, [log.activities[code] for code in log.codes[start:end]])
        for case, (start, end) in zip(log.cases, log.traces(), strict=True)
    ]
    assert found == list(expected.items())


NOTATIONS = (
    lambda at: at.strftime("%Y-%m-%d %H:%M:%S"),
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%S"),
    lambda at: f"{at.year}/{at.month}/{at.day} {at.hour}:{at.minute:02}:{at.second:02}",
    lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}时{at.minute}分{at.second}秒",
    lambda at: at.isoformat(),
    lambda at: at.astimezone(timezone(timedelta(hours=-3, minutes=-30))).isoformat(),
    lambda at: at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
)
seconds = st.datetimes(datetime(1000, 1, 3), datetime(9999, 12, 29)).map(  # noqa: DTZ001 - China time is added
    lambda at: at.replace(tzinfo=CHINA, microsecond=0)
)


@given(st.lists(st.tuples(seconds, st.sampled_from(NOTATIONS)), min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_times_in_any_mixture_of_notations_are_the_same_instants(cells):
    read = read_times(pl.Series([write(at) for at, write in cells]))
    assert isinstance(read, Times)
    expected = [(at - EPOCH) // timedelta(microseconds=1) for at, _ in cells]
    assert read.values.to_list() == expected
