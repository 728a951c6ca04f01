"""How each kind of rule is read from its table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

from guiju.core.check.rules import FourEyes, MinPeople, Order, Performers, Rule, TimeLimit
from guiju.core.check.rules.monitor import COUNTED, UNARY
from guiju.core.flow.model import Limit
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit, Occurrence, RuleKind, Template
from guiju.exchange.rule_file.table import Table


class _Head(TypedDict):
    code: str
    name: str
    source: str


def rule_of(table: Table) -> Rule:
    """Return the rule that ``table`` describes; raises RULE-05 to RULE-11 as ``read_rules``."""
    words: list[RuleKind | Template] = [*RuleKind, *Template]
    kind = table.term("kind", words)
    keys, build = _KINDS[kind] if isinstance(kind, RuleKind) else _order(kind)
    table.only("code", "kind", "name", "source", *keys)
    head = _Head(code=table.text("code"), name=table.text("name"), source=table.text("source", ""))
    return build(head, table)


_Build = Callable[[_Head, Table], Rule]


def _four_eyes(head: _Head, table: Table) -> Rule:
    steps = table.texts("steps")
    if len(steps) < 2:
        raise table.nonsense(zh("「steps」至少要写两个不同的步骤。"))
    return FourEyes(**head, steps=steps)


def _min_people(head: _Head, table: Table) -> Rule:
    return MinPeople(
        **head,
        required=table.whole("required", low=1, high=1_000),
        steps=table.texts("steps", ()),
        before=table.text("before", ""),
    )


def _performers(head: _Head, table: Table) -> Rule:
    people, prefixes = table.texts("people", ()), table.texts("prefixes", ())
    if not people and not prefixes:
        raise table.nonsense(zh("「people」和「prefixes」至少要写一个，否则谁都不能办。"))
    return Performers(**head, steps=table.texts("steps"), people=people, prefixes=prefixes)


def _limit(head: _Head, table: Table) -> Rule:
    start, end, unless = table.text("from"), table.text("to"), table.texts("unless", ())
    if len({start, end, *unless}) < 2 + len(unless):
        raise table.nonsense(zh("「from」「to」和「unless」里的步骤不能相同。"))
    amount = table.whole("within", low=0, high=100_000)
    return TimeLimit(
        **head,
        start=start,
        end=end,
        limit=Limit(amount, table.term("unit", list(LimitUnit))),
        occurrence=table.term("occurrence", list(Occurrence), Occurrence.EACH),
        unless=unless,
    )


_KINDS: dict[RuleKind, tuple[tuple[str, ...], _Build]] = {
    RuleKind.FOUR_EYES: (("steps",), _four_eyes),
    RuleKind.MIN_PEOPLE: (("required", "steps", "before"), _min_people),
    RuleKind.PERFORMERS: (("steps", "people", "prefixes"), _performers),
    RuleKind.LIMIT: (("from", "to", "within", "unit", "occurrence", "unless"), _limit),
}


def _order(template: Template) -> tuple[tuple[str, ...], _Build]:
    def one(head: _Head, table: Table) -> Rule:
        times = table.whole("times", 1, low=1, high=1_000)
        return Order(**head, template=template, first=table.text("step"), times=times)

    def two(head: _Head, table: Table) -> Rule:
        first, second = table.text("first"), table.text("second")
        if first == second:
            raise table.nonsense(zh("「first」和「second」要写两个不同的步骤。"))
        return Order(**head, template=template, first=first, second=second)

    if template in UNARY:
        return (("step", "times") if template in COUNTED else ("step",)), one
    return ("first", "second"), two
