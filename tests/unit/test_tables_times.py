"""Times as offices write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import polars as pl
import pytest

from guiju.core.check.log import NO_TIME
from guiju.exchange.tables.times import Times, Unreadable, read_times

CHINA = timezone(timedelta(hours=8))
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros(*parts, zone=CHINA):
    return (datetime(*parts, tzinfo=zone) - EPOCH) // timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-05", micros(2024, 1, 5)),
        ("2024-1-5 9:3", micros(2024, 1, 5, 9, 3)),
        ("2024/1/5 9:03", micros(2024, 1, 5, 9, 3)),
        ("2024/01/05 09:03:07", micros(2024, 1, 5, 9, 3, 7)),
        ("2024.01.05 09:03", micros(2024, 1, 5, 9, 3)),
        (" 2024-01-05 09:03:00\u3000", micros(2024, 1, 5, 9, 3)),
        ("2024-01-05T09:03:00.25", micros(2024, 1, 5, 9, 3, 0, 250_000)),
        ("2024年1月5日", micros(2024, 1, 5)),
        ("2024年1月5日 9时3分", micros(2024, 1, 5, 9, 3)),
        ("2024年01月05日09时03分07秒", micros(2024, 1, 5, 9, 3, 7)),
        ("2024年1月5日 9:03", micros(2024, 1, 5, 9, 3)),
        ("2024-01-05T09:03:00Z", micros(2024, 1, 5, 9, 3, zone=UTC)),
        ("2024-01-05T09:03:00.123456789+08:00", micros(2024, 1, 5, 9, 3, 0, 123_456)),
        ("2024-01-05 09:03:00+0800", micros(2024, 1, 5, 9, 3)),
        ("2024-01-05T09:03-05:00", micros(2024, 1, 5, 22, 3)),
        ("1949-10-01 15:00", micros(1949, 10, 1, 15)),
    ],
)
def test_a_notation_is_read(text, expected):
    read = read_times(pl.Series([text]))
    assert isinstance(read, Times)
    assert read.values.to_list() == [expected]
    assert read.local == (not text.endswith(("Z", "+08:00", "+0800", "-05:00")))


def test_notations_may_be_mixed_and_cells_blank():
    read = read_times(pl.Series(["2024-01-05", "", "2024/1/5 9:03", " ", "2024-01-05T09:03:00Z"]))
    assert isinstance(read, Times)
    assert read.blank == 2
    assert read.values.to_list() == [
        micros(2024, 1, 5),
        NO_TIME,
        micros(2024, 1, 5, 9, 3),
        NO_TIME,
        micros(2024, 1, 5, 9, 3, zone=UTC),
    ]


@pytest.mark.parametrize(
    ("text", "ambiguous"),
    [
        ("昨天", False),
        ("45296", False),
        ("2024-13-05", False),
        ("2024-02-30", False),
        ("2024-01-05 25:00", False),
        ("2024-1-123:45", False),
        ("24-01-05", True),
        ("-2024-01-05", False),
        ("0024-01-05", False),
        ("12024-01-05", False),
        ("2024-01-05 下午3:00", False),
        ("9999-12-31T23:00-08:00", False),
        ("5/1/2024", True),
        ("05-01-2024 09:00", True),
        ("5.1.24", True),
    ],
)
def test_what_is_no_sure_time_is_reported_with_its_row(text, ambiguous):
    read = read_times(pl.Series(["2024-01-05", "", text, "2024-01-06"]))
    assert read == Unreadable(2, text, ambiguous)


@pytest.mark.parametrize(
    ("column", "expected", "local"),
    [
        (pl.Series([date(2024, 1, 5), None]), micros(2024, 1, 5), True),
        (pl.Series([datetime(2024, 1, 5, 9), None]), micros(2024, 1, 5, 9), True),  # noqa: DTZ001 - a Parquet file may say so
        (
            pl.Series([datetime(2024, 1, 5, 9), None]).cast(pl.Datetime("ns", "UTC")),  # noqa: DTZ001 - as above
            micros(2024, 1, 5, 9, zone=UTC),
            False,
        ),
    ],
)
def test_typed_columns_are_read(column, expected, local):
    read = read_times(column)
    assert isinstance(read, Times)
    assert (read.values.to_list(), read.blank, read.local) == ([expected, NO_TIME], 1, local)


@pytest.mark.parametrize("kind", [pl.Date, pl.Datetime("ms"), pl.Datetime("us", "UTC")])
def test_a_typed_time_beyond_reason_is_no_time(kind):
    beyond = 2**31 - 1 if kind == pl.Date else 2**62
    read = read_times(
        pl.Series([0, beyond]).cast(pl.Int32 if kind == pl.Date else pl.Int64).cast(kind)
    )
    assert isinstance(read, Unreadable)
    assert read.row == 1
