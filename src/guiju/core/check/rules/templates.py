"""Rules on the order of steps: a template with the names of its steps filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.core.check.rules.monitor import FIRST, OTHER, SECOND, Monitor, compiled
from guiju.core.check.rules.rule import Doubt, Finding, Rule
from guiju.core.check.rules.view import View
from guiju.core.check.rules.words import numbers
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Standing, Template

_FORBIDDEN = zh("不得有「{first}」，却出现了")
_UNANSWERED = zh("「{first}」之后应有「{second}」，到最后一条记录仍没有")
_UNPREPARED = zh("「{second}」之前应先有「{first}」，却没有")

_VIOLATED = {
    Template.ABSENCE: zh("「{first}」最多可有 {most} 次，实有更多"),
    Template.EXACTLY: zh("「{first}」应恰好有 {times} 次，实有更多"),
    Template.INIT: zh("第一步应为「{first}」，却不是"),
    Template.PRECEDENCE: _UNPREPARED,
    Template.SUCCESSION: _UNPREPARED,
    Template.ALTERNATE_RESPONSE: zh("再次「{first}」之前应先有「{second}」，却没有"),
    Template.ALTERNATE_PRECEDENCE: zh("每次「{second}」之前都应另有一次「{first}」，却没有"),
    Template.ALTERNATE_SUCCESSION: zh("「{first}」与「{second}」应交替出现，却没有"),
    Template.CHAIN_RESPONSE: zh("「{first}」之后应紧接「{second}」，却不是"),
    Template.CHAIN_PRECEDENCE: zh("「{second}」应紧接在「{first}」之后，却不是"),
    Template.CHAIN_SUCCESSION: zh("「{first}」与「{second}」应前后紧接，却没有"),
    Template.NOT_COEXISTENCE: zh("「{first}」与「{second}」不得出现在同一事项中，却都有"),
    Template.NOT_SUCCESSION: zh("「{first}」之后不得再有「{second}」，却出现了"),
    Template.NOT_CHAIN_SUCCESSION: zh("「{first}」之后不得紧接「{second}」，却紧接着"),
}

_PENDING = {
    Template.EXISTENCE: zh("「{first}」应至少有 {times} 次，到最后一条记录仍不足"),
    Template.EXACTLY: zh("「{first}」应恰好有 {times} 次，到最后一条记录仍不足"),
    Template.INIT: zh("第一步应为「{first}」，事项却没有记录"),
    Template.LAST: zh("最后一步应为「{first}」，却不是"),
    Template.RESPONSE: _UNANSWERED,
    Template.SUCCESSION: _UNANSWERED,
    Template.ALTERNATE_RESPONSE: _UNANSWERED,
    Template.ALTERNATE_SUCCESSION: _UNANSWERED,
    Template.CHAIN_RESPONSE: _UNANSWERED,
    Template.CHAIN_SUCCESSION: _UNANSWERED,
    Template.RESPONDED_EXISTENCE: zh("有「{first}」就应有「{second}」，到最后一条记录仍没有"),
    Template.COEXISTENCE: zh("「{first}」与「{second}」应都有或都没有，到最后一条记录仍缺其一"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Rule):
    """Steps come in the order, or as often, as ``template`` says.

    Judged over the whole trace: what is still pending at the last event counts as broken.

    Attributes:
        first: the template's A.
        second: its B, another step; empty where it takes one step.
        times: for the templates that count.
    """

    template: Template
    first: str
    second: str = ""
    times: int = 1

    @property
    def steps_named(self) -> tuple[str, ...]:
        return (self.first, self.second) if self.second else (self.first,)

    @property
    def monitor(self) -> Monitor:
        """The automaton to run over ``symbol`` of each event while a matter runs."""
        return compiled(self.template, self.times)

    def symbol(self, activity: str) -> int:
        """Return what the monitor sees of ``activity``."""
        if activity == self.first:
            return FIRST
        return SECOND if self.second and activity == self.second else OTHER

    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        symbols = [self.symbol(activity) for activity in view.log.activities]
        for codes, cases in view.variants:
            verdict, events = self.monitor.run(symbols[code] for code in codes)
            if verdict is not Standing.SATISFIED:
                for case in cases:
                    yield Finding(self, case, events, view)

    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        verdict, _ = self.monitor.run(map(self.symbol, view.trace(case)))
        what = Sentence(self._template_of(verdict).template, self._values())
        return zh("{what}（第 {at} 条记录）", what=what, at=numbers(events)) if events else what

    def _template_of(self, verdict: Standing) -> Sentence:
        if verdict is Standing.PENDING:
            return _PENDING[self.template]
        if self.template is Template.ABSENCE and self.times == 1:
            return _FORBIDDEN
        return _VIOLATED[self.template]

    def _values(self) -> tuple[tuple[str, str | int], ...]:
        return (
            ("first", self.first),
            ("second", self.second),
            ("times", self.times),
            ("most", self.times - 1),
        )
