from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guiju.core.calendar import CHINA, Notice
from guiju.core.check.rules import FourEyes, MinPeople, Order, Performers, RuleSet, TimeLimit
from guiju.core.check.rules.monitor import UNARY
from guiju.core.errors import Invalid
from guiju.core.flow.model import Limit
from guiju.core.terms import LimitUnit, Occurrence, RuleKind, Template
from guiju.exchange.rule_file import example_rules, read_rules

HEAD = '[[rules]]\ncode = "R1"\nname = "甲规则"\n'


def rule(body: str) -> str:
    return HEAD + body


def refused(text: str | bytes) -> tuple[str, str]:
    with pytest.raises(Invalid) as refusal:
        read_rules(text if isinstance(text, bytes) else text.encode())
    return refusal.value.code, str(refusal.value.sentence)


def test_the_example_is_readable_and_shows_every_kind() -> None:
    rules = read_rules(example_rules().encode())
    kinds = {FourEyes, MinPeople, Performers, TimeLimit, Order}
    assert {type(one) for one in rules.rules} == kinds
    assert rules.offset == CHINA
    assert rules.notice == Notice()
    for word in (*RuleKind, *Template):
        assert word in example_rules() or str(word.label) in example_rules()


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "规则.toml"
    path.write_text(example_rules(), encoding="utf-8")
    assert read_rules(path) == read_rules(example_rules().encode())


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="找不到文件"):
        read_rules(tmp_path / "无.toml")


@pytest.mark.parametrize("text", ["", "\ufeff# 空\r\n", "rules = []"])
def test_an_empty_file_holds_no_rules(text: str) -> None:
    assert read_rules(text.encode()) == RuleSet()


def test_each_key_arrives_where_it_belongs() -> None:
    text = """
    offset_minutes = -60
    not_people = ["系统"]
    calendar = { years = [2031], off = [2031-10-01], worked = [2031-10-05] }
    [[rules]]
    code = "R1"
    kind = "limit"
    name = "限期"
    source = "许可法42"
    from = "受理"
    to = "决定"
    within = 20
    unit = "工作日"
    occurrence = "last"
    unless = ["撤回"]
    [[rules]]
    code = "R2"
    kind = "min_people"
    name = "两人"
    required = 2
    steps = ["审核"]
    before = "办结"
    [[rules]]
    code = "R3"
    kind = "限定办理人"
    name = "限定"
    steps = ["付款"]
    prefixes = ["财务科-"]
    """
    expected = RuleSet(
        rules=(
            TimeLimit(
                code="R1",
                name="限期",
                source="许可法42",
                start="受理",
                end="决定",
                limit=Limit(20, LimitUnit.WORKING_DAYS),
                occurrence=Occurrence.LAST,
                unless=("撤回",),
            ),
            MinPeople(code="R2", name="两人", required=2, steps=("审核",), before="办结"),
            Performers(code="R3", name="限定", steps=("付款",), prefixes=("财务科-",)),
        ),
        offset=-60,
        notice=Notice(
            frozenset({2031}), frozenset({date(2031, 10, 1)}), frozenset({date(2031, 10, 5)})
        ),
        not_people=frozenset({"系统"}),
    )
    assert read_rules(text.encode()) == expected


@pytest.mark.parametrize("template", Template)
def test_a_template_may_be_named_by_code_or_label(template: Template) -> None:
    one = template in UNARY
    steps = 'step = "甲"' if one else 'first = "甲"\nsecond = "乙"'
    expected = Order(
        code="R1", name="甲规则", template=template, first="甲", second="" if one else "乙"
    )
    for word in (template, template.label):
        read = read_rules(rule(f'kind = "{word}"\n{steps}').encode())
        assert read.rules == (expected,)


def test_as_many_rules_as_promised_are_read() -> None:
    text = "".join(rule(FOUR).replace("R1", f"R{number}") for number in range(1_000))
    assert len(read_rules(text.encode()).rules) == 1_000


def test_no_two_words_for_kinds_are_alike() -> None:
    words = [*RuleKind, *Template]
    assert len({str(word.label) for word in words} | set(words)) == 2 * len(words)


FOUR = 'kind = "four_eyes"\nsteps = ["甲", "乙"]\n'
LIMIT = 'kind = "limit"\nfrom = "甲"\nto = "乙"\nunit = "days"\n'


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("名称".encode("gbk"), "RULE-01", "第 1 行不是 UTF-8 编码"),
        (b"# a\n# b\n\xff", "RULE-01", "第 3 行不是 UTF-8 编码"),
        ('a = 1\nb = "x\n', "RULE-02", '第 2 行写法有误：「b = "x」'),
        ("a = 1\na = 2\n", "RULE-02", "第 2 行写法有误：「a = 2」"),
        ("a = 2024-13-45", "RULE-02", "第 1 行写法有误"),
        ("a = " + "[" * 50_000, "RULE-02", "括号套得太深"),
        ("a = " + "9" * 5_000, "RULE-02", "数字太长"),
        (b"#" * 1_000_001, "RULE-03", "超过 1000000 字节"),
        ("\n" + "a." * 100_000 + "a = 1", "RULE-03", "第 2 行的点号太多"),
        (HEAD * 1_001, "RULE-03", "规则超过 1000 条"),
        ("rules = 1", "RULE-04", "每条规则都要以单独一行 [[rules]] 开头"),
        ("rules = [1]", "RULE-04", "[[rules]]"),
        ('[rules]\ncode = "R1"', "RULE-04", "[[rules]]"),
        ("calendar = 1", "RULE-04", "[calendar]"),
        ("rule = []", "RULE-05", "规则文件里的键「rule」不认识。是不是「rules」？"),
        (
            rule(FOUR + "step = 1"),
            "RULE-05",
            "第 1 条规则（R1）里的键「step」不认识。是不是「steps」？",
        ),
        (rule('kind = "首步"\nstep = "甲"\ntimes = 2'), "RULE-05", "「times」不认识"),
        ("[calendar]\nholidays = []", "RULE-05", "可以写：years、off、worked。"),
        (rule('kind = "four_eye"'), "RULE-06", "没有这种写法。是不是「four_eyes」？"),
        (rule('kind = "其后有"'), "RULE-06", "是不是「其后必有」？"),
        (rule(LIMIT.replace("days", "周") + "within = 1"), "RULE-06", "可以写：小时、天、工作日"),
        (rule(""), "RULE-07", "第 1 条规则（R1）缺少「kind」"),
        ("[[rules]]\n" + FOUR, "RULE-07", "第 1 条规则缺少「code」"),
        (rule(LIMIT), "RULE-07", "缺少「within」"),
        (rule('kind = "four_eyes"'), "RULE-07", "缺少「steps」"),
        (rule('kind = "four_eyes"\nsteps = "甲、乙"'), "RULE-08", '如 ["审核", "审批"]'),
        (rule('kind = "four_eyes"\nsteps = ["甲", 1]'), "RULE-08", "一列不空的文字"),
        (rule('kind = "four_eyes"\nsteps = ["甲", ""]'), "RULE-08", "一列不空的文字"),
        (rule('kind = "performers"\nsteps = []\npeople = ["丙"]'), "RULE-08", "「steps」"),
        (rule("kind = 1"), "RULE-08", "「kind」应是一段文字"),
        (rule(FOUR).replace("甲规则", ""), "RULE-08", "「name」应是一段文字"),
        (rule(FOUR).replace("甲规则", "长" * 201), "RULE-08", "不超过 200 字"),
        (rule(LIMIT + "within = 1.5"), "RULE-08", "「within」应是一个整数"),
        (rule(LIMIT + "within = true"), "RULE-08", "「within」应是一个整数"),
        ('[calendar]\noff = ["2031-10-01"]', "RULE-08", "一列日期，不加引号"),
        ("[calendar]\noff = [2031-10-01T00:00:00]", "RULE-08", "一列日期，不加引号"),
        ('[calendar]\nyears = ["2031"]', "RULE-08", "一列年份"),
        (rule(FOUR) + rule(FOUR), "RULE-09", "第 2 条规则（R1）的编号前面已经用过"),
        (rule(LIMIT + "within = -1"), "RULE-10", "「within」应在 0 到 100000 之间"),
        (rule('kind = "absence"\nstep = "甲"\ntimes = 0'), "RULE-10", "应在 1 到 1000 之间"),
        (rule('kind = "min_people"\nrequired = 0'), "RULE-10", "「required」应在 1 到"),
        ("offset_minutes = 900", "RULE-10", "「offset_minutes」应在 -840 到 840 之间"),
        (rule('kind = "four_eyes"\nsteps = ["甲", "甲"]'), "RULE-11", "至少要写两个不同的步骤"),
        (rule('kind = "performers"\nsteps = ["甲"]'), "RULE-11", "至少要写一个"),
        (rule(LIMIT.replace("乙", "甲") + "within = 1"), "RULE-11", "里的步骤不能相同"),
        (rule(LIMIT + 'within = 1\nunless = ["乙"]'), "RULE-11", "里的步骤不能相同"),
        (rule('kind = "response"\nfirst = "甲"\nsecond = "甲"'), "RULE-11", "两个不同的步骤"),
        (
            "[calendar]\noff = [2031-10-01]\nworked = [2031-10-01]",
            "RULE-11",
            "2031-10-01 既写成放假又写成上班",
        ),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(
    text: str | bytes, code: str, says: str
) -> None:
    found, sentence = refused(text)
    assert found == code
    assert says in sentence
