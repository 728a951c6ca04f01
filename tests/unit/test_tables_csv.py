"""CSV as offices have it: what is read, what is refused, and where the refusal points."""

from __future__ import annotations

import gzip

import pytest

from guiju.core.check.log import NO_TIME, Wanted
from guiju.core.errors import Invalid
from guiju.exchange.tables import ColumnMapping, read_csv, text

HEADER = "案件编号,步骤,办理时间,办理人\n"
ROWS = "1,收件,2024-01-05 09:03:00,张三\n2,收件,2024-01-05 09:04:00,李四\n1,办结,2024-01-06,张三\n"
ALL = Wanted(people=True, times=True)
NINE_OH_THREE = 1_704_416_580_000_000


@pytest.fixture
def read(tmp_path):
    def read(content, wanted=ALL, **options):
        path = tmp_path / "日志[1].csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_csv(path, wanted, **options)

    return read


@pytest.fixture
def refused(read):
    def refused(content, **options):
        with pytest.raises(Invalid) as refusal:
            read(content, **options)
        return refusal.value.code, str(refusal.value.sentence)

    return refused


def said(table):
    return " ".join(map(str, table.remarks))


def test_cases_stand_in_order_of_first_appearance_and_events_in_file_order(read):
    table = read(HEADER + ROWS)
    log = table.log
    assert log.cases == ["1", "2"]
    assert list(log.starts) == [0, 2, 3]
    assert [log.activities[code] for code in log.codes] == ["收件", "办结", "收件"]
    assert [log.people[who] for who in log.performers] == ["张三", "张三", "李四"]
    assert log.people[0] == ""
    assert log.times[0] == NINE_OH_THREE
    assert table.mapping == ColumnMapping("案件编号", "步骤", "办理时间", "办理人")


def test_people_and_times_are_read_only_when_wanted(read):
    log = read(HEADER + ROWS.replace("2024-01-06", "昨天"), wanted=Wanted()).log
    assert log.people == ()
    assert not log.performers
    assert not log.times
    assert len(log.codes) == 3


@pytest.mark.parametrize(
    "encoded",
    [
        (HEADER + ROWS).encode("utf-8-sig"),
        (HEADER + ROWS).encode("gb18030"),
        (HEADER + ROWS).encode("gbk"),
        (HEADER + ROWS).encode("utf-16"),
        gzip.compress((HEADER + ROWS).encode()),
        gzip.compress((HEADER + ROWS).encode("gbk")),
        (HEADER + ROWS).replace("\n", "\r\n").encode(),
        (HEADER + ROWS).replace("\n", "\r").encode(),
        (HEADER + ROWS).rstrip("\n").encode(),
        (HEADER + ROWS + "\n\n , ,,\n").encode(),
        ("\n某局办件明细,,,\n" + HEADER + ROWS).encode(),
        ("某局办件明细\n制表：某科\n" + HEADER + ROWS).encode(),
        (HEADER.replace("步骤", " 步骤\u3000") + ROWS).encode(),
        (HEADER + ROWS).replace("收件", '"收件"').encode(),
        *((HEADER + ROWS).replace(",", each).encode() for each in ";\t|，"),
    ],
)
def test_every_usual_shape_gives_the_same_log(read, encoded):
    assert read(encoded).log == read(HEADER + ROWS).log


def test_what_was_taken_for_granted_is_said(read):
    assert "GB18030" in said(read((HEADER + ROWS).encode("gbk")))
    assert "2 个空行" in said(read(HEADER + "\n" + ROWS + ",,,\n"))
    assert "第 3 行" in said(read("某局\n某年\n" + HEADER + ROWS))
    assert "北京时间" in said(read(HEADER + ROWS))
    assert "前后带空格" in said(read(HEADER + ROWS.replace("办结", "办结 ")))
    assert "没有办理人" in said(read("案件编号,步骤\n1,a\n"))
    assert "1 处空白" in said(read(HEADER + ROWS.replace("2024-01-06", " ")))
    assert read((HEADER + ROWS).replace("2024-01-06", ""), wanted=Wanted()).remarks == ()


def test_a_blank_time_or_person_is_not_stated(read):
    log = read(HEADER + "1,a,,\n1,b, , \n").log
    assert list(log.times) == [NO_TIME, NO_TIME]
    assert log.people == ("",)
    assert list(log.performers) == [0, 0]


def test_quoted_cells_keep_separators_quotes_and_line_ends(read):
    log = read(HEADER + '1,"a,""b""\r\nc",,\n1,"x\ny",,\n').log
    assert log.activities == ('a,"b"\r\nc', "x\ny")


def test_the_user_may_name_some_columns_and_leave_others(read):
    rows = "编号,甲,乙\n1,a,2024-01-01\n1,b,2024-01-02\n"
    table = read(rows, mapping=ColumnMapping(activity="甲", time=None))
    assert table.mapping == ColumnMapping("编号", "甲", None, None)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_progress_ends_at_the_whole(read, encoding):
    told = []
    read((HEADER + ROWS).encode(encoding), progress=lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("", "CSV-01", "空的"),
        (" \n\n", "CSV-01", "空的"),
        (HEADER, "CSV-02", "没有数据"),
        (HEADER + "\n,,,\n", "CSV-02", "没有数据"),
        (b"PK\x03\x04\0\0\0" * 9, "CSV-03", "Excel"),
        (HEADER + ROWS + "3,a\0,,\n", "CSV-03", "第 1 行"),
        ((HEADER + ROWS).encode() + b"3,\xff,,\n", "CSV-04", "第 5 行"),
        ((HEADER + ROWS).encode("gbk") + b"3,\xff,,\n", "CSV-04", "第 5 行"),
        ((HEADER + ROWS).encode()[:-2], "CSV-04", "第 4 行"),
        ((HEADER + ROWS).encode("utf-16")[:-1], "CSV-04", "UTF-16"),
        ("案件编号\n1\n2\n", "CSV-05", "至少两列"),
        ("a;b,c\n1;2,3\n", "CSV-05", "隔开"),
        ("步骤,案件编号,步骤\na,1,b\n", "CSV-06", "「步骤」"),
        (HEADER + ROWS + "3,a,,,\n", "CSV-07", "第 5 行有 5 列"),
        (HEADER + "\n" + ROWS + "3,a\n", "CSV-07", "第 6 行有 2 列"),
        (HEADER + '1,"a\nb",,\n2,a\n', "CSV-07", "第 4 行有 2 列"),
        (HEADER + ROWS + '3,"a,,\n4,b,,\n', "CSV-08", "第 5 行"),
        (HEADER + ROWS + '3,"a"b,,\n', "CSV-08", "第 5 行"),
        (HEADER + ROWS + '3,"' + "a" * 140_000 + '",,\n', "CSV-08", "过长"),
        (gzip.compress((HEADER + ROWS * 99).encode())[:-9], "CSV-09", "损坏"),
        (gzip.compress(b"")[:6] + b"garbage" * 9, "CSV-09", "损坏"),
        (HEADER + "1,a,," + "x" * 3_000_000, "CSV-11", "太长"),
        ("x" * 100_000, "CSV-11", "第 1 行"),
        (HEADER + ROWS + " ,a,,\n", "TABLE-03", "第 5 行的「案件编号」列"),
        (HEADER + ROWS + '\n3,"",,\n', "TABLE-03", "第 6 行的「步骤」列"),
        (HEADER + ROWS + "3,a,昨天,\n", "TABLE-04", "第 5 行「办理时间」列的「昨天」"),
        (HEADER + ROWS + "3,a,2024-02-30,\n", "TABLE-04", "「2024-02-30」"),
        (HEADER + ROWS + "3,a,45296.5,\n", "TABLE-04", "「45296.5」"),
        (HEADER + ROWS + "3,a,05/01/2024 9:00,\n", "TABLE-05", "分不清日和月"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(refused, content, code, words):
    found, sentence = refused(content)
    assert found == code
    assert words in sentence


def test_a_table_that_is_too_large_is_refused_packed_or_not(refused, monkeypatch):
    content = (HEADER + ROWS * 100).encode()
    monkeypatch.setattr(text, "MOST_BYTES", 1000)
    assert refused(content)[0] == "CSV-10"
    assert refused(gzip.compress(content))[0] == "CSV-10"


def test_no_room_to_unpack_is_a_refusal(refused, monkeypatch, tmp_path):
    monkeypatch.setattr(text.Path, "open", lambda *_: (_ for _ in ()).throw(OSError(28, "满")))
    with pytest.raises(Invalid, match="临时文件夹写不下") as refusal:
        text._write(iter([b""]), tmp_path / "x")
    assert refusal.value.code == "CSV-12"


def test_a_missing_file_is_a_refusal(tmp_path):
    with pytest.raises(Invalid, match="找不到"):
        read_csv(tmp_path / "无.csv", ALL)
