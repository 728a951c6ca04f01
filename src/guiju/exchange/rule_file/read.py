"""A whole rule file."""

from __future__ import annotations

from pathlib import Path

from guiju.core.calendar import CHINA, Notice
from guiju.core.check.rules import Rule, RuleSet
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import opened
from guiju.exchange.rule_file.kinds import rule_of
from guiju.exchange.rule_file.table import Table
from guiju.exchange.rule_file.text import MOST_BYTES, parsed

MOST_RULES = 1_000


def read_rules(source: Path | bytes) -> RuleSet:
    """Read a rule file, given by its path or its content.

    Raises:
        Invalid: FILE-01 when it cannot be opened; RULE-01 not UTF-8, RULE-02 not TOML,
            RULE-03 too large, RULE-04 a table where none belongs or the other way round,
            RULE-05 unknown key, RULE-06 unknown word, RULE-07 missing key, RULE-08 wrong type,
            RULE-09 code used twice, RULE-10 number out of range, RULE-11 steps that make no sense.
    """
    if isinstance(source, bytes):
        return _rules(source)
    with opened(source) as stream:
        return _rules(stream.read(MOST_BYTES + 1))


def _rules(content: bytes) -> RuleSet:
    top = Table(zh("规则文件"), parsed(content))
    top.only("offset_minutes", "not_people", "calendar", "rules")
    rules: dict[str, Rule] = {}
    for table in _tables(top):
        rule = rule_of(table)
        if rule.code in rules:
            problem = zh("{where}的编号前面已经用过。请换一个编号。", where=table.where)
            raise Invalid("RULE-09", problem)
        rules[rule.code] = rule
    offset = top.whole("offset_minutes", CHINA, low=-14 * 60, high=14 * 60)
    not_people = frozenset(top.texts("not_people", ()))
    return RuleSet(tuple(rules.values()), offset, _notice(top), not_people)


def _tables(top: Table) -> list[Table]:
    values = top.values.get("rules", [])
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise Invalid("RULE-04", zh("每条规则都要以单独一行 [[rules]] 开头。请对照示例改写。"))
    if len(values) > MOST_RULES:
        raise Invalid("RULE-03", zh("规则超过 {most} 条。请分成几个文件。", most=MOST_RULES))
    return [
        Table(
            zh("第 {number} 条规则（{code}）", number=number, code=str(value.get("code"))[:60])
            if isinstance(value.get("code"), str)
            else zh("第 {number} 条规则", number=number),
            value,
        )
        for number, value in enumerate(values, 1)
    ]


def _notice(top: Table) -> Notice:
    values = top.values.get("calendar", {})
    if not isinstance(values, dict):
        raise Invalid("RULE-04", zh("节假日安排要以单独一行 [calendar] 开头。请对照示例改写。"))
    table = Table(zh("节假日安排 [calendar] "), values)
    table.only("years", "off", "worked")
    off, worked = table.dates("off"), table.dates("worked")
    if both := off & worked:
        day = str(min(both))
        raise table.nonsense(zh("{day} 既写成放假又写成上班。请删去其一。", day=day))
    return Notice(table.years("years"), off, worked)
