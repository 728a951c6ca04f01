"""What cells say in the many ways in which offices write it, and what they do not say."""

from __future__ import annotations

import datetime as dt

import pytest

from guiju.core.lists.values import Period
from guiju.core.lists.words import AmountUnit, BasisLevel, ItemKind, PeriodUnit
from guiju.exchange.lists.cells import kind_in, read_cell
from guiju.exchange.lists.citations import unpack
from guiju.exchange.lists.fields import field_at
from guiju.exchange.lists.ranges import range_in
from guiju.exchange.lists.several import parted
from guiju.exchange.organisation.cells import Unreadable
from listed import at, read, whys, with_sheet, workbook

GRADE = field_at(ItemKind.RISK, "grade")
KIND = field_at(ItemKind.POWER, "kind")
LIMIT = field_at(ItemKind.POWER, "legal_limit")
FEE = field_at(ItemKind.POWER, "fee.lower")
MAJOR = field_at(ItemKind.POWER, "is_major")
DUE = field_at(ItemKind.CONTROL, "due")
DIMENSIONS = field_at(ItemKind.RISK, "dimensions")


@pytest.mark.parametrize(
    ("grade", "ways"),
    [
        (1, "Ⅰ I i 1 一 高 ★★★ ☆☆☆ 一级 1级 Ⅰ级 I级风险 高风险 一级风险 高级 重大 A级"),
        (2, "Ⅱ II 2 二 中 ★★ 二级 中等 中风险 较大风险"),
        (3, "Ⅲ III 3 三 低 ★ 三级 低风险 一般风险"),
    ],
)
def test_grades_are_understood_in_all_their_ways(grade, ways):
    assert {read_cell(GRADE, way).value for way in ways.split()} == {grade}


@pytest.mark.parametrize("text", ["中高", "待定", "五", "一至二级", "★★★★"])
def test_what_names_no_grade_is_not_made_one(text):
    with pytest.raises(Unreadable, match="LISTS-20"):
        read_cell(GRADE, text)


def test_unusual_grades_are_taken_with_a_doubt():
    assert read_cell(GRADE, "一级").doubt is None
    assert read_cell(GRADE, "A级").doubt is not None


@pytest.mark.parametrize(
    ("code", "ways"),
    [
        ("licence", "行政许可 许可 01"),
        ("penalty", "行政处罚 处罚"),
        ("inspection", "行政检查 监督检查"),
        ("other", "其他 其它权力 其他行政权力"),
    ],
)
def test_kinds_of_power_are_understood(code, ways):
    said = {read_cell(KIND, way).value for way in ways.split()}
    assert code in said
    assert said <= {code, "其它权力"}


def test_another_kind_is_kept_as_it_stands_with_a_doubt_unless_the_profile_has_it():
    assert read_cell(KIND, "行政审批").value == "行政审批"
    assert read_cell(KIND, "行政审批").doubt is not None
    own = read_cell(KIND, "三重一大", kinds={"三重一大": "major"})
    assert (own.value, own.doubt) == ("major", None)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("一、行政许可（共5项）", "licence"),
        ("（二）行政处罚 12项", "penalty"),
        ("行政强制", "coercion"),
        ("三、其他事项", ""),
        ("附件2", ""),
        ("1", ""),
    ],
)
def test_headings_name_a_kind_or_none(heading, kind):
    assert kind_in(heading) == kind


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("20个工作日", 20, PeriodUnit.WORKING_DAYS),
        ("二十工作日内", 20, PeriodUnit.WORKING_DAYS),
        ("３个月", 3, PeriodUnit.MONTHS),
        ("5日", 5, PeriodUnit.DAYS),
        ("两年", 2, PeriodUnit.YEARS),
        ("即办", 0, PeriodUnit.WORKING_DAYS),
        ("每季度一次", 3, PeriodUnit.MONTHS),
        ("每半年", 6, PeriodUnit.MONTHS),
        ("2周", 14, PeriodUnit.DAYS),
    ],
)
def test_limits_are_understood(text, amount, unit):
    assert read_cell(LIMIT, text).value == Period(amount, unit)


@pytest.mark.parametrize("text", ["尽快", "20", "3-5个工作日", "48小时"])
def test_what_is_no_limit_is_refused(text):
    with pytest.raises(Unreadable, match="LISTS-20"):
        read_cell(LIMIT, text)


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [("100", 10_000), ("1,000.5元", 100_050), ("2万元", 2_000_000), ("￥3.25", 325), ("2倍", 200)],
)
def test_money_is_whole_hundredths(text, hundredths):
    assert read_cell(FEE, text).value == hundredths


@pytest.mark.parametrize("text", ["0.001", "面议", "1/2", "-5"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(Unreadable, match="LISTS-20"):
        read_cell(FEE, text)


def test_yes_and_no_and_dates_and_words_are_understood():
    assert [read_cell(MAJOR, text).value for text in ("是", "√", "否", "×")] == [
        True,
        True,
        False,
        False,
    ]
    assert read_cell(DUE, "2026年3月5日").value == dt.date(2026, 3, 5)
    assert [one.value for one in read_cell(DIMENSIONS, "思想道德、外部环境风险").value] == [
        "morals",
        "surroundings",
    ]


@pytest.mark.parametrize(
    ("field", "text"), [(MAJOR, "也许"), (DUE, "2026年3月"), (DIMENSIONS, "其他"), (GRADE, "#REF!")]
)
def test_what_does_not_fit_is_refused(field, text):
    with pytest.raises(Unreadable):
        read_cell(field, text)


def test_nothing_is_none_and_not_a_value():
    assert read_cell(GRADE, "无").value is None
    assert read_cell(LIMIT, "/").value is None


STRUCTURED = (
    "1、法律法规名称:《甲通知》;;依据文号:冀政办〔2013〕41号;条款号:附件2第17项;条款内容:下放。;"
    "2、法律法规名称:《中华人民共和国水法》;依据文号:2016年修正;条款号:第三十九条;条款内容:国家实行;制度。"
)


def test_structured_citations_are_unpacked():
    one, two = unpack(STRUCTURED)
    assert (one.name, one.doc_no, one.article, one.text) == (
        "甲通知",
        "冀政办〔2013〕41号",
        "附件2第17项",
        "下放。",
    )
    assert (two.name, two.article, two.text) == (
        "中华人民共和国水法",
        "第三十九条",
        "国家实行;制度。",
    )
    assert (one.level, two.level) == (None, BasisLevel.LAW)


def test_running_citations_are_unpacked():
    one, two, three = unpack(
        "1.《甲法》（主席令第3号）第十条第二款：内容一。2.《乙条例》第三条；《丙办法》"
    )
    assert (one.name, one.doc_no, one.article, one.text) == (
        "甲法",
        "主席令第3号",
        "第十条第二款",
        "内容一。",
    )
    assert (two.name, two.article, three.name) == ("乙条例", "第三条", "丙办法")
    assert [c.name for c in unpack("依据《甲法》、《乙法》第三条和《丙规定》")] == [
        "甲法",
        "乙法",
        "丙规定",
    ]


def test_a_name_without_marks_is_doubted_and_a_sentence_is_kept_whole():
    (named,) = unpack("印章管理办法(党办[2006]2号)")
    assert (named.name, named.doc_no) == ("印章管理办法", "党办[2006]2号")
    assert named.doubt is not None
    (whole,) = unpack("根据上级安排")
    assert (whole.name, whole.text) == ("", "根据上级安排")
    assert whole.doubt is not None


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("1.甲 2.乙", ("甲", "乙")),
        ("①甲②乙③丙", ("甲", "乙", "丙")),
        ("（一）甲；（二）乙", ("甲；", "乙")),
        ("2.1甲。 2.2乙。", ("甲。", "乙。")),
        ("1、按3.5%计收；2、存档", ("按3.5%计收；", "存档")),
        ("第一条内容。\n第二条内容。", ("第一条内容。", "第二条内容。")),
        ("依据第1.2条办理", ("依据第1.2条办理",)),
        ("这句话被\n断成两行", ("这句话被\n断成两行",)),
        ("2.甲 3.乙", ("2.甲 3.乙",)),
    ],
)
def test_several_in_one_cell_are_parted_only_where_they_count_up(text, parts):
    assert parted(text) == parts


@pytest.mark.parametrize(
    ("text", "unit", "lower", "upper", "is_open"),
    [
        ("处1万元以上3万元以下的罚款", AmountUnit.YUAN, 1_000_000, 3_000_000, False),
        ("处五千元以上不足二万元罚款", AmountUnit.YUAN, 500_000, 2_000_000, True),
        ("处违法所得2-4倍罚款", AmountUnit.TIMES, 200, 400, False),
        ("处5倍罚款", AmountUnit.TIMES, 500, 500, False),
        ("处合同价款5%以下罚款", AmountUnit.PERCENT, None, 500, False),
    ],
)
def test_ranges_in_words_become_bounds(text, unit, lower, upper, is_open):
    found = range_in(text)
    assert found is not None
    assert (found.unit, found.lower, found.upper, found.below_upper) == (
        unit,
        lower,
        upper,
        is_open,
    )


@pytest.mark.parametrize("text", ["警告", "处3倍罚款，并处1000元罚款", "处5倍以上2倍以下罚款"])
def test_no_range_is_made_of_none_or_of_several(text):
    assert range_in(text) is None


def test_formulas_lost_digits_and_dates_are_doubted_in_their_place():
    intake = read(
        workbook(
            [
                ["事项编码", "权力名称", "备注"],
                [12345678901234567890, "甲", "=1+1"],
                [dt.date(2026, 3, 1), "乙", None],
            ]
        )
    )
    assert [(n.column + str(n.line), n.state.value) for n in intake.notes] == [
        ("A2", "doubtful"),
        ("C2", "unread"),
        ("A3", "doubtful"),
    ]
    assert intake.edition.powers[0].remark == ""
    assert "后几位已经丢失" in str(at(intake, "A2").why)
    assert "公式" in str(at(intake, "C2").why)


def test_a_date_in_a_column_of_dates_is_no_doubt():
    intake = read(workbook([["权力名称", "生效日期"], ["甲", dt.date(2026, 3, 1)]]))
    assert intake.notes == ()
    assert intake.edition.powers[0].valid_from == dt.date(2026, 3, 1)


def test_a_cell_that_cannot_be_read_is_listed_and_gives_no_value():
    intake = read("权力名称,法定时限,行使主体\n甲,尽快,某局\n")
    note = at(intake, "B2")
    assert (note.text, note.made, note.state.value) == ("尽快", "", "unread")
    assert intake.edition.powers[0].legal_limit is None


def test_columns_that_look_alike_are_guessed_with_a_doubt_and_others_left():
    intake = read("权力名称,行政主体,法定时限要求,天气\n甲,某局,5日,晴\n")
    assert intake.edition.powers[0].legal_limit == Period(5, PeriodUnit.DAYS)
    assert "可能是这个意思" in str(at(intake, "C1").why)
    assert "不知道「天气」" in str(at(intake, "D2").why)


def test_two_columns_of_one_meaning_leave_the_second():
    intake = read("权力名称,行使主体,单位\n甲,某局,某科\n")
    assert intake.edition.powers[0].subject == "某局"
    assert whys(intake) == ["与「行使主体」列意思相同，只取了前一列。"] * 2


def test_what_a_formula_gave_is_taken_as_it_is_stored_with_a_doubt():
    rows = (
        '<row><c t="str"><v>权力名称</v></c><c t="str"><v>行使主体</v></c></row>'
        '<row><c t="str"><f>B9</f><v>取水许可</v></c><c t="str"><v>某局</v></c></row>'
    )
    intake = read(with_sheet(workbook([]), [rows]))
    assert [power.name for power in intake.edition.powers] == ["取水许可"]
    assert "只取了表格里存着的结果" in str(at(intake, "A2").why)
