import zipfile
from io import BytesIO

import openpyxl
import pytest

from guiju.core.errors import Invalid
from guiju.exchange.steps import read_step_table, regions, table, unfold, workbook

HEADER = "序号,步骤,下一步,条件,时限,签批规则"


@pytest.fixture
def refused(tmp_path):
    def read(*rows, header=HEADER):
        path = tmp_path / "表.csv"
        content = rows[0] if isinstance(rows[0], bytes) else "\n".join((header, *rows)).encode()
        path.write_bytes(content)
        with pytest.raises(Invalid) as caught:
            read_step_table(path)
        return caught.value.code, str(caught.value.sentence)

    return read


@pytest.mark.parametrize(
    ("code", "rows", "words"),
    [
        ("STEP-05", [""], ["没有步骤"]),
        ("STEP-06", ["甲,乙,丙"], ["第 2 行", "「序号」列", "「甲」"]),
        ("STEP-06", ["1,甲", ",乙"], ["第 3 行", "「序号」列"]),
        ("STEP-06", ["1 2,甲"], ["「1 2」"]),
        ("STEP-07", ["1,甲", "①,乙"], ["第 3 行", "「序号」列", "第 2 行"]),
        ("STEP-08", ["1,甲", "2,,结束"], ["第 3 行", "「步骤」列"]),
        ("STEP-09", ["1,甲,,,三周"], ["第 2 行", "「时限」列", "「三周」", "48小时"]),
        ("STEP-09", ["1,甲,,,5"], ["「5」"]),
        ("STEP-09", ["1,甲,,,0日"], ["「0日」"]),
        ("STEP-10", ["1,甲,,,,都签"], ["第 2 行", "「签批规则」列", "「都签」"]),
        ("STEP-10", ["1,甲,,,,单签3人"], ["「单签3人」"]),
        ("STEP-10", ["1,甲,,,,会签0人"], ["「会签0人」"]),
        ("STEP-11", ["1,甲,9"], ["第 2 行", "「下一步」列", "序号「9」"]),
        ("STEP-11", ["1,甲,2和3", "2,乙", "3,丙"], ["「2和3」"]),
        ("STEP-11", ["1,甲,2+2", "2,乙"], ["不能重复"]),
        ("STEP-11", ["1,甲,2+", "2,乙"], ["「2+」"]),
        ("STEP-11", ["1,甲,2+结束", "2,乙"], ["不能有「结束」"]),
        ("STEP-12", ["1,甲,2、结束,好", "2,乙"], ["第 2 行", "「条件」列", "2：……；结束：……"]),
        ("STEP-13", ["1,甲,3", "2,乙", "3,丙"], ["第 3 行", "第 2 步「乙」"]),
        ("STEP-14", ["1,甲,2", "2,乙,1"], ["第 2 行", "走不到结束"]),
        ("STEP-15", ["1,甲,2+3", "2,乙,3", "3,丙"], ["第 2 行", "「下一步」列", "「2+3」"]),
        ("STEP-15", ["1,甲,2+3", "2,乙,4", "3,丙,4、1", "4,丁"], ["「2+3」"]),
        ("STEP-15", ["1,甲,2+3、2", "2,乙,4", "3,丙,4", "4,丁"], ["「2+3」"]),
        (
            "STEP-15",
            ["1,甲,2+3", "2,乙,4、5", "3,丙,5、4", "4,丁,6", "5,戊,6", "6,己"],
            ["「2+3」"],
        ),
        ("STEP-15", ["1,甲,2+3", "2,乙,4", "3,丙,4", "4,丁,2、结束"], ["「2+3」"]),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(refused, code, rows, words):
    found, sentence = refused(*rows)
    assert found == code
    assert [word for word in words if word not in sentence] == []


def test_a_missing_header_lists_what_was_seen_and_wanted(refused):
    code, sentence = refused("1,甲", header="顺序,事项,下一步")
    assert code == "STEP-03"
    assert "「序号」、「步骤」两列" in sentence
    assert "顺序、事项、下一步" in sentence


def test_a_doubled_column_is_refused(refused):
    code, sentence = refused("1,甲,乙", header="序号,步骤,环节")
    assert code == "STEP-04"
    assert "「步骤」和「环节」" in sentence


def test_all_problems_are_told_at_once_but_no_more_than_twenty(refused):
    code, sentence = refused("1,,88,,三周", *[f"{n},甲,99" for n in range(2, 40)])
    assert code == "STEP-11"
    assert len(sentence.split("\n")) == 20
    assert "序号「88」" in sentence.split("\n")[0]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xff\xff", b"a\0b", b"\xd0\xcf\x11\xe0old", b"PK\x03\x04junk", '"序号,步骤'.encode()],
)
def test_what_is_no_table_is_refused(refused, content):
    assert refused(content)[0] == "STEP-01"


def test_an_empty_file_is_refused(refused):
    assert refused(b"")[0] == "STEP-03"


def test_too_many_rows_or_columns_are_refused(refused):
    assert refused(*["1,甲"] * 10_001)[0] == "STEP-02"
    assert refused("1,甲" + "," * 200)[0] == "STEP-02"


def test_too_many_ways_and_too_long_cells_are_refused(refused):
    assert refused("1,甲," + "、".join(["2"] * 1001), "2,乙")[0] == "STEP-02"
    many = "、".join(["1"] * 999) + "、结束"
    assert refused(*(f"{n},甲,{many}" for n in range(1, 52)))[0] == "STEP-02"
    assert refused("1," + "甲" * 32_768)[0] == "STEP-02"


def xlsx(*parts, doctype=b""):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, size in parts:
            archive.writestr(name, doctype + bytes(size))
    return content.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_unpacked(refused):
    code, sentence = refused(xlsx(("xl/a.xml", workbook.MOST_UNPACKED + 1)))
    assert (code, "展开后超过 32 MB" in sentence) == ("STEP-02", True)


def test_entities_are_refused(refused):
    assert refused(xlsx(("a.xml", 0), doctype=b"<!DOCTYPE x>"))[0] == "STEP-01"


def test_parts_without_end_are_refused(refused):
    assert refused(xlsx(*((f"{n}.xml", 0) for n in range(2001))))[0] == "STEP-02"


def workbook_bytes(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_workbook_without_the_header_shows_what_it_has(refused):
    code, sentence = refused(workbook_bytes([["甲", "乙"]]))
    assert (code, "甲、乙" in sentence) == ("STEP-03", True)


def test_a_workbook_with_too_many_columns_is_refused(refused):
    assert refused(workbook_bytes([["序号", "步骤"], [1, "甲", *"x" * 200]]))[0] == "STEP-02"


def test_a_workbook_with_too_many_rows_is_refused(refused, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_READ", 5)
    assert (
        refused(workbook_bytes([["序号", "步骤"], *[[n, "甲"] for n in range(9)]]))[0] == "STEP-02"
    )


def test_splits_in_splits_without_end_are_refused(refused, monkeypatch):
    rows = ["1,甲,2+3", "2,乙,4+5", "3,丙,6", "4,丁,6", "5,戊,6", "6,己"]
    monkeypatch.setattr(unfold, "MOST_LEVELS", 1)
    assert refused(*rows)[0] == "STEP-02"
    monkeypatch.setattr(regions, "MOST_INSIDE", 3)
    assert refused(*rows)[0] == "STEP-02"


def test_the_caps_are_those_of_the_guide():
    assert (table.MOST_ROWS, table.MOST_COLUMNS, table.TOP) == (10_000, 200, 50)
