"""Writing logs as tables."""

from __future__ import annotations

import io
from array import array

import pytest

from guiju.core.check.log import NO_TIME, EventLog
from guiju.core.errors import Invalid
from guiju.exchange.tables import write_csv, write_parquet

LOG = EventLog(
    cases=["甲-1", "甲-2"],
    starts=array("I", [0, 2, 3]),
    activities=("收件", '办"结'),
    codes=array("I", [0, 1, 0]),
    people=("", "张三"),
    performers=array("I", [1, 0, 1]),
    times=array("q", [1_704_416_580_000_000, NO_TIME, 1_704_416_580_000_001]),
)


def written(log):
    stream = io.BytesIO()
    write_csv(stream, log)
    return stream.getvalue().decode()


def test_csv_carries_a_bom_chinese_headers_and_china_time():
    assert written(LOG) == (
        "\ufeff案件编号,步骤,办理时间,办理人\r\n"
        "甲-1,收件,2024-01-05T09:03:00+08:00,张三\r\n"
        '甲-1,"办""结",,\r\n'
        "甲-2,收件,2024-01-05T09:03:00.000001+08:00,张三\r\n"
    )


def test_columns_that_were_not_read_are_not_written():
    log = EventLog(LOG.cases, LOG.starts, LOG.activities, LOG.codes)
    assert written(log).splitlines()[:2] == ["\ufeff案件编号,步骤", "甲-1,收件"]


@pytest.mark.parametrize(
    ("log", "words"),
    [
        (
            EventLog(["1", "2"], array("I", [0, 1, 1]), ("a",), array("I", [0])),
            "案件「2」没有任何步骤",
        ),
        (EventLog([" "], array("I", [0, 1]), ("a",), array("I", [0])), "空白"),
        (EventLog(["1"], array("I", [0, 1]), ("",), array("I", [0])), "空白"),
    ],
)
def test_what_a_table_cannot_show_is_refused_and_nothing_written(tmp_path, log, words):
    stream = io.BytesIO()
    with pytest.raises(Invalid, match=words) as refusal:
        write_csv(stream, log)
    assert refusal.value.code == "TABLE-07"
    assert stream.getvalue() == b""
    with pytest.raises(Invalid, match=words):
        write_parquet(tmp_path / "log.parquet", log)
    assert list(tmp_path.iterdir()) == []
