"""``guiju lists``: from the spreadsheet an office has to an edition, without a server."""

from __future__ import annotations

import re

import openpyxl
import pytest

from factories import guiju, process, refused, started
from guiju.core.lists.words import ItemKind
from guiju.exchange.lists.files import read_edition
from listed import with_part, workbook

OWN = [
    ["某局权责清单（共2项）"],
    ["序号", "权力名称", "权力类型", "行使主体", "实施依据", "事项大类"],
    [1, "取水许可", "许可", "某局", "《中华人民共和国水法》第四十八条", "水"],
    [2, "占河处罚", "行政处罚", "某局", "《中华人民共和国防洪法》第五十五条", "水"],
]


@pytest.fixture
def office(tmp_path):
    (tmp_path / "own.xlsx").write_bytes(workbook(OWN, title="权责"))
    return tmp_path


def test_the_template_is_filled_in_by_hand_and_imported(tmp_path):
    made = guiju("lists", "template", "template.xlsx", "--profile", "county", cwd=tmp_path)
    assert (made.status, made.out, made.err) == (0, "已写出 template.xlsx\n", "")
    book = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert [str(kind.label) for kind in ItemKind if str(kind.label) not in book.sheetnames] == []
    sheet = book["权力"]
    heads = {cell.value: cell.column for cell in sheet[2]}
    assert all(cell.comment for cell in sheet[2])
    assert len(sheet.data_validations.dataValidation) > 5
    sheet.cell(3, heads["编码*"]).value = "A1"
    sheet.cell(3, heads["权力名称"]).value = "取水许可"
    sheet.cell(3, heads["权力类型"]).value = "行政许可"
    sheet.cell(3, heads["法定时限"]).value = "20个工作日"
    book.save(tmp_path / "filled.xlsx")
    result = guiju("lists", "import", "filled.xlsx", "-o", "e.json", cwd=tmp_path)
    assert (result.status, result.err) == (0, "")
    assert "每一格都看懂了" in result.out
    (power,) = read_edition(tmp_path / "e.json").powers
    assert (power.code, power.kind) == ("A1", "licence")
    assert read_edition(tmp_path / "e.json").profile == "county"


def test_an_own_table_is_imported_with_its_doubts_told(office):
    result = guiju(
        "lists", "import", "own.xlsx", "--profile", "county", "-o", "edition.xlsx", cwd=office
    )
    assert (result.status, result.err) == (1, "")
    assert "权责清单（把握 83%）" in result.out
    assert (
        "own.xlsx 权责 F2 等 3 格 没看懂：「事项大类」。不知道「事项大类」这一列是什么。"
        in result.out
    )
    assert "读出：权力 2、依据 2。" in result.out
    edition = read_edition(office / "edition.xlsx")
    assert [power.name for power in edition.powers] == ["取水许可", "占河处罚"]
    assert [basis.article for basis in edition.bases] == ["第四十八条", "第五十五条"]
    assert [stated.count for stated in edition.stated] == [2]


def test_what_a_person_says_of_a_column_is_learned(office):
    first = guiju("lists", "import", "own.xlsx", "--mapping", "map.toml", cwd=office)
    assert first.status == 1
    text = (office / "map.toml").read_text("utf-8")
    assert '"事项大类" = ""' in text
    (office / "map.toml").write_text(
        text.replace('"事项大类" = ""', '"事项大类" = "power.remark"'), "utf-8"
    )
    second = guiju(
        "lists", "import", "own.xlsx", "--mapping", "map.toml", "-o", "e.json", cwd=office
    )
    assert second.status == 0, second.out
    assert [power.remark for power in read_edition(office / "e.json").powers] == ["水", "水"]
    assert '"事项大类" = "power.remark"' in (office / "map.toml").read_text("utf-8")


def test_every_cell_is_listed_on_demand(office):
    result = guiju("lists", "import", "own.xlsx", "--all", cwd=office)
    assert "F3 没看懂" in result.out
    assert "F4 没看懂" in result.out


def test_totals_are_compared(office):
    (office / "risks.csv").write_text("廉政风险点:3个\n序号,风险点,风险等级\n1,甲,一级\n", "utf-8")
    result = guiju("lists", "import", "risks.csv", cwd=office)
    assert result.status == 1
    assert "总数不符：risks.csv：文件写着「廉政风险点:3个」，实际有 1。" in result.out


def test_export_and_diff_agree(office):
    guiju("lists", "import", "own.xlsx", "-o", "a.xlsx", cwd=office)
    assert guiju("lists", "export", "a.xlsx", "-o", "a.json", cwd=office).status == 0
    same = guiju("lists", "diff", "a.xlsx", "a.json", cwd=office)
    assert (same.status, same.out) == (0, "两版相同。\n")
    text = (office / "a.json").read_text("utf-8").replace("取水许可", "取水许可证核发")
    (office / "b.json").write_text(text, "utf-8")
    other = guiju("lists", "diff", "a.xlsx", "b.json", cwd=office)
    assert other.status == 1
    assert "变更 权力" in other.out
    assert "共 1 项：变更 1。" in other.out


def test_a_table_is_exported_as_csv_and_read_again(office):
    guiju("lists", "import", "own.xlsx", "-o", "a.json", cwd=office)
    assert guiju("lists", "export", "a.json", "-o", "a.csv", cwd=office).status == 0
    assert (office / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert guiju("lists", "import", "a.csv", "-o", "b.json", cwd=office).status == 0
    assert read_edition(office / "b.json").powers == read_edition(office / "a.json").powers


def test_lint_tells_what_is_missing(office):
    guiju("lists", "import", "own.xlsx", "--profile", "county", "-o", "a.json", cwd=office)
    result = guiju("lists", "lint", "a.json", cwd=office)
    assert result.status == 1
    assert re.search(r"错误 GJ1\d\d 权力 ", result.out)
    assert re.search(r"共 \d+ 处：错误 \d+、警告 \d+、提示 \d+。\n$", result.out)


def test_lint_wants_the_profile_that_an_edition_names(tmp_path):
    text = '{"format": "guiju.lists/1", "profile": "own", "powers": [{"code": "A1"}]}'
    (tmp_path / "e.json").write_text(text, "utf-8")
    assert "[LISTS-16]" in refused("lists", "lint", "e.json", cwd=tmp_path)
    assert guiju("lists", "lint", "e.json", "--profile", "school", cwd=tmp_path).status == 1


def test_english_is_spoken(office):
    result = guiju("lists", "import", "own.xlsx", "--lang", "en", cwd=office)
    assert result.status == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("import", "absent.xlsx"), "FILE-01"),
        (("import", "macro.xlsx"), "LISTS-01"),
        (("import", "empty.csv"), "LISTS-05"),
        (("import", "text.txt", "-o", "x.json"), "LISTS-15"),
        (("import", "own.xlsx", "-o", "x.doc"), "LISTS-12"),
        (("import", "own.xlsx", "-o", "own.xlsx"), "FILE-04"),
        (("import", "own.xlsx", "-o", "absent/x.json"), "FILE-03"),
        (("import", "own.xlsx", "--mapping", "bad.toml"), "LISTS-13"),
        (("import", "own.xlsx", "--mapping", "odd.toml"), "LISTS-13"),
        (("template", "x.csv"), "LISTS-14"),
        (("lint", "own.xlsx"), "LISTS-10"),
        (("lint", "broken.json"), "LISTS-07"),
        (("lint", "other.json"), "LISTS-07"),
        (("diff", "own.xlsx", "own.xlsx"), "LISTS-10"),
        (("export", "empty.csv", "-o", "x.json"), "LISTS-10"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_bad_input_is_one_sentence_and_writes_nothing(office, arguments, code):
    (office / "macro.xlsx").write_bytes(with_part(workbook(OWN), "xl/vbaProject.bin", b"x"))
    (office / "empty.csv").write_bytes(b"")
    (office / "text.txt").write_text("只有一句话。\n", "utf-8")
    (office / "bad.toml").write_text("[power", "utf-8")
    (office / "odd.toml").write_text('[power]\n"甲" = "power.absent"\n', "utf-8")
    (office / "broken.json").write_text("{", "utf-8")
    (office / "other.json").write_text(
        '{"format": "guiju.lists/1", "powers": [{"code": 1}]}', "utf-8"
    )
    assert f"[{code}]" in refused("lists", *arguments, cwd=office)


def test_a_workbook_with_a_cell_that_cannot_be_read_is_not_judged(tmp_path):
    guiju("lists", "template", "t.xlsx", cwd=tmp_path)
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book["权力"].cell(3, 1).value = "A1"
    book["权力"].cell(3, 4).value = "对天"
    book.save(tmp_path / "t.xlsx")
    assert "[LISTS-11]" in refused("lists", "lint", "t.xlsx", cwd=tmp_path)


def test_django_is_not_loaded(office):
    code = (
        "import sys; sys.argv[1:] = ['lists', 'import', 'own.xlsx']\n"
        "from guiju.config.cli import main\n"
        "try: main()\n"
        "finally: assert not {'django', 'polars', 'chinese_calendar'} & set(sys.modules)"
    )
    running = started(cwd=office, code=code)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 1, err


def test_help_names_every_command(tmp_path):
    result = process("lists", "--help", cwd=tmp_path)
    assert result.status == 0
    assert all(name in result.out for name in ("template", "import", "lint", "diff", "export"))
