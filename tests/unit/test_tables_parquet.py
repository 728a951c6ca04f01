"""Parquet: the column types that are read, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from guiju.core.check.log import NO_TIME, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.tables import ColumnMapping, parquet, read_parquet

ALL = Wanted(people=True, times=True)
COLUMNS = {
    "案件编号": ["1", "2", "1"],
    "步骤": ["收件", "收件", "办结"],
    "办理时间": [datetime(2024, 1, 5, hour, tzinfo=UTC) for hour in (1, 2, 3)],
    "办理人": ["张三", None, "张三"],
}
FIVE_JANUARY = 1_704_412_800_000_000
HOUR = 3_600_000_000


@pytest.fixture
def read(tmp_path):
    def read(columns, wanted=ALL, *, options=None, **kept):
        path = tmp_path / "日志*.parquet"
        pl.DataFrame(columns).write_parquet(path, **(options or {}))
        return read_parquet(path, wanted, **kept)

    return read


def test_cases_events_people_and_times_are_read(read):
    table = read(COLUMNS)
    log = table.log
    assert log.cases == ["1", "2"]
    assert list(log.starts) == [0, 2, 3]
    assert [log.activities[code] for code in log.codes] == ["收件", "办结", "收件"]
    assert [log.people[who] for who in log.performers] == ["张三", "张三", ""]
    assert list(log.times) == [FIVE_JANUARY + HOUR * hour for hour in (1, 3, 2)]
    assert table.mapping == ColumnMapping(*COLUMNS)
    assert table.remarks == ()


def test_people_and_times_are_read_only_when_wanted(read):
    log = read(COLUMNS, Wanted()).log
    assert (log.people, len(log.performers), len(log.times)) == ((), 0, 0)


@pytest.mark.parametrize(
    ("role", "column"),
    [
        ("案件编号", pl.Series([1, 2, 1])),
        ("案件编号", pl.Series([1, 2, 1], dtype=pl.UInt8)),
        ("步骤", pl.Series(COLUMNS["步骤"], dtype=pl.Categorical)),
        ("步骤", pl.Series(COLUMNS["步骤"], dtype=pl.Enum(["办结", "收件"]))),
        ("步骤", pl.Series([name.encode() for name in COLUMNS["步骤"]])),
        ("办理时间", pl.Series(["2024-01-05T01:00Z", "2024/1/5 10:00", "2024-01-05 11:00:00"])),
        ("办理时间", pl.Series(COLUMNS["办理时间"]).dt.convert_time_zone("Asia/Shanghai")),
        ("办理时间", pl.Series(COLUMNS["办理时间"]).dt.cast_time_unit("ns")),
        ("办理时间", pl.Series([datetime(2024, 1, 5, hour) for hour in (9, 10, 11)])),  # noqa: DTZ001 - a zoneless column
    ],
)
def test_other_types_give_the_same_log(read, role, column):
    assert read(COLUMNS | {role: column}).log == read(COLUMNS).log


def test_zoneless_times_and_days_are_china_time_and_said_so(read):
    table = read(COLUMNS | {"办理时间": [date(2024, 1, 5), date(2024, 1, 5), None]})
    assert list(table.log.times) == [FIVE_JANUARY - 8 * HOUR, NO_TIME, FIVE_JANUARY - 8 * HOUR]
    assert "北京时间" in str(table.remarks[0])
    assert "1 处空白" in str(table.remarks[1])


@pytest.mark.parametrize(
    "options",
    [
        *({"compression": kind} for kind in ("uncompressed", "snappy", "gzip", "lz4", "brotli")),
        {"row_group_size": 7, "data_page_size": 64},
        {"statistics": "full"},
    ],
)
def test_many_groups_pages_and_compressions_are_read(read, options):
    count = 500
    columns = {
        "案件编号": [f"件{event % 50}" for event in range(count)],
        "步骤": [f"步骤{event % 7}" for event in range(count)],
        "附件": [["甲"] * (event % 3) for event in range(count)],
    }
    log = read(columns, Wanted(), options=options).log
    assert log.cases == [f"件{case}" for case in range(50)]
    first = [log.activities[code] for code in log.codes[:10]]
    assert first == [f"步骤{event % 7}" for event in range(0, count, 50)]


@pytest.mark.parametrize(
    ("columns", "code", "words"),
    [
        ({name: [] for name in COLUMNS}, "PARQUET-03", "没有数据"),
        (
            COLUMNS | {"案件编号": [1.0, 2.0, 1.0]},
            "PARQUET-04",
            "「案件编号」列的数据类型是 Float64",
        ),
        (COLUMNS | {"步骤": [[1], [2], [3]]}, "PARQUET-04", "「步骤」列"),
        (COLUMNS | {"办理时间": [1, 2, 3]}, "PARQUET-04", "「办理时间」列"),
        (COLUMNS | {"案件编号": ["1", None, "1"]}, "TABLE-03", "第 2 行的「案件编号」列"),
        (COLUMNS | {"步骤": [None, None, None]}, "TABLE-03", "第 1 行的「步骤」列"),
        (COLUMNS | {"步骤": ["a", "b", " "]}, "TABLE-03", "第 3 行的「步骤」列"),
        (COLUMNS | {"办理时间": ["2024-01-05", "1/2/2024", ""]}, "TABLE-05", "第 2 行"),
        ({"甲": [1], "乙": [2]}, "TABLE-01", "「甲」、「乙」"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(read, columns, code, words):
    with pytest.raises(Invalid) as refusal:
        read(columns)
    assert refusal.value.code == code
    assert words in str(refusal.value.sentence)


def test_named_columns_are_taken(read):
    table = read({"a": ["1"], "b": ["x"]}, mapping=ColumnMapping("a", "b", None, None))
    assert table.log.activities == ("x",)


def test_too_many_rows_are_refused(read, monkeypatch):
    monkeypatch.setattr(parquet, "MOST_ROWS", 2)
    with pytest.raises(Invalid, match="3 行") as refusal:
        read(COLUMNS)
    assert refusal.value.code == "PARQUET-02"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[:4],
        lambda data: data[:4] * 2,
        lambda data: data[:-9],
        lambda data: data[9:],
        lambda data: b"a,b\n1,2\n" + data[:0],
        lambda data: data.replace(b"\x06\x15", b"\x7e\x15"),
        lambda data: data[: len(data) // 2] + bytes(64) + data[len(data) // 2 + 64 :],
    ],
)
def test_a_broken_file_is_refused_and_nothing_printed(tmp_path, capfd, spoil):
    path = tmp_path / "broken.parquet"
    pl.DataFrame(COLUMNS).write_parquet(path)
    spoiled = spoil(path.read_bytes())
    assert spoiled != path.read_bytes()
    path.write_bytes(spoiled)
    with pytest.raises(Invalid) as refusal:
        read_parquet(path, ALL)
    assert refusal.value.code == "PARQUET-01"
    assert capfd.readouterr() == ("", "")


def test_a_missing_file_is_a_refusal(tmp_path):
    with pytest.raises(Invalid, match="找不到"):
        read_parquet(tmp_path / "无.parquet", ALL)
