"""Rules on how long may pass from one step to another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.core.calendar import Due, shown
from guiju.core.check.log import NO_TIME, Wanted
from guiju.core.check.rules.rule import UNTIMED, Doubt, Finding, Rule
from guiju.core.check.rules.view import Place, View
from guiju.core.flow.model import Limit
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit, Occurrence

PROVISIONAL = zh("的期限涉及没有节假日安排的年份，暂按周末推算")


_WITHIN = {
    LimitUnit.HOURS: zh(" {amount} 小时"),
    LimitUnit.DAYS: zh(" {amount} 天"),
    LimitUnit.WORKING_DAYS: zh(" {amount} 个工作日"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit(Rule):
    """From ``start`` to the next ``end`` after it no more than ``limit`` passes.

    An ``end`` that never comes is late once the log's last time is past the limit, open before.

    Attributes:
        start, end: two different steps.
        occurrence: of ``start``; each that is counted looks for the next ``end`` after it.
        unless: steps that end the waiting, such as a withdrawal.
    """

    start: str
    end: str
    limit: Limit
    occurrence: Occurrence = Occurrence.EACH
    unless: tuple[str, ...] = ()

    @property
    def steps_named(self) -> tuple[str, ...]:
        return (self.start, self.end, *self.unless)

    @property
    def wanted(self) -> Wanted:
        return Wanted(times=True)

    def judge(self, view: View) -> Iterator[Finding | Doubt]:
        start, end = view.code_of.get(self.start, -1), view.code_of.get(self.end, -1)
        due = view.calendar.deadlines(self.limit, offset=view.offset)
        for places, cases in view.places(self.steps_named):
            spans = self._spans(places, start, end)
            for case in cases if spans else ():
                for began, done in spans:
                    yield from self._late(view, case, began, done, due)

    def _spans(self, places: list[Place], start: int, end: int) -> list[tuple[int, int | None]]:
        """Return each counted start with the end that follows it, if any does."""
        spans: list[tuple[int, int | None]] = []
        following: tuple[int, int] | None = None
        for at, code in reversed(places):
            if code != start:
                following = (at, code)
            elif following is None:
                spans.append((at, None))
            else:
                spans.append((at, following[0] if following[1] == end else -1))
        spans.reverse()
        counted = {
            Occurrence.EACH: spans,
            Occurrence.FIRST: spans[:1],
            Occurrence.LAST: spans[-1:],
        }[self.occurrence]
        return [span for span in counted if span[1] != -1]

    def _late(
        self, view: View, case: int, began: int, done: int | None, due: Callable[[int], Due]
    ) -> Iterator[Finding | Doubt]:
        first = view.log.starts[case]
        since = view.times[first + began]
        until = view.end if done is None else view.times[first + done]
        if NO_TIME in (since, until):
            yield Doubt(case, UNTIMED)
            return
        last = due(since)
        if last.provisional:
            yield Doubt(case, PROVISIONAL)
        if until > last.at:
            yield Finding(self, case, (began,) if done is None else (began, done), view)

    def explain(self, view: View, case: int, events: tuple[int, ...]) -> Sentence:
        since = view.times[view.log.starts[case] + events[0]]
        what = zh(
            "{began}之后应在{within}内办「{end}」，最迟 {last}",
            began=view.deed(case, events[0]),
            within=Sentence(_WITHIN[self.limit.unit].template, (("amount", self.limit.amount),)),
            end=self.end,
            last=self._last(view.calendar.due(since, self.limit, offset=view.offset), view.offset),
        )
        if len(events) == 2:
            return zh("{what}；实际{done}，超期", what=what, done=view.deed(case, events[1]))
        end = shown(view.end, view.offset)
        return zh("{what}；到日志截止时（{end}）仍未办", what=what, end=end)

    def _last(self, last: Due, offset: int) -> Sentence | str:
        when = shown(last.at, offset)
        if self.limit.unit is LimitUnit.HOURS:
            return when
        if last.provisional:
            return zh("{day} 24:00（节假日暂按周末推算）", day=when[:10])
        return zh("{day} 24:00", day=when[:10])
