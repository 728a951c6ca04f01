"""Judging a whole log by a set of rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import nsmallest
from itertools import islice

from guiju.core.calendar import CHINA, Notice, WorkingCalendar
from guiju.core.check.log import EventLog, Wanted
from guiju.core.check.rules.findings import Remark, RuleReport
from guiju.core.check.rules.limits import TimeLimit
from guiju.core.check.rules.rule import Finding, Rule
from guiju.core.check.rules.view import View
from guiju.core.sentence import Sentence, listing, quoted, zh
from guiju.core.terms import LimitUnit


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules of one file, and how local time is told there.

    Attributes:
        rules: in file order, with unique codes.
        offset: minutes by which local time is ahead of UTC.
        notice: holidays that the rule file adds to the calendar.
        not_people: names in the log that stand for no person, such as 「系统」; a step under such
            a name counts as one without a name.
    """

    rules: tuple[Rule, ...] = ()
    offset: int = CHINA
    notice: Notice = Notice()  # noqa: RUF009 - frozen, so one serves all
    not_people: frozenset[str] = frozenset()

    @property
    def wanted(self) -> Wanted:
        """The columns that a reader must fill for these rules."""
        each = [rule.wanted for rule in self.rules]
        return Wanted(any(one.people for one in each), any(one.times for one in each))

    @property
    def needs_calendar(self) -> bool:
        """Whether holidays matter to any of the rules."""
        return any(
            isinstance(rule, TimeLimit) and rule.limit.unit is not LimitUnit.HOURS
            for rule in self.rules
        )


def judge_rules(
    log: EventLog, rules: RuleSet, calendar: WorkingCalendar | None = None
) -> RuleReport:
    """Judge every matter of ``log`` by every rule.

    ``log`` must hold the columns ``rules.wanted``; what is missing is remarked upon, never
    passed. Without a ``calendar`` weekends alone count.
    """
    if not rules.rules:
        return RuleReport(remarks=(Remark("", zh("规则文件里没有一条规则，没有可核对的。")),))
    amended = (calendar or WorkingCalendar()).amended(rules.notice)
    view = View.of(log, calendar=amended, offset=rules.offset, not_people=rules.not_people)
    findings: list[Finding] = []
    remarks: list[Remark] = []
    for rule in rules.rules:
        found, doubts = _judge(rule, view)
        findings += found
        remarks += _remarks(rule, doubts, view)
    return RuleReport(tuple(findings), tuple(remarks))


def _judge(rule: Rule, view: View) -> tuple[list[Finding], dict[Sentence, set[int]]]:
    found: list[Finding] = []
    doubts: dict[Sentence, set[int]] = {}
    for outcome in rule.judge(view):
        if isinstance(outcome, Finding):
            found.append(outcome)
        else:
            doubts.setdefault(outcome.why, set()).add(outcome.case_index)
    found.sort(key=lambda finding: (finding.case_index, finding.events))
    return found, doubts


def _remarks(rule: Rule, doubts: dict[Sentence, set[int]], view: View) -> Iterator[Remark]:
    for why, cases in doubts.items():
        examples = listing(view.log.cases[case] for case in nsmallest(3, cases))
        message = zh(
            "规则「{rule}」有 {count} 件事项{why}（例如 {examples}）。",
            rule=rule.name,
            count=len(cases),
            why=why,
            examples=examples,
        )
        yield Remark(rule.code, message, len(cases))


def check_names(rules: RuleSet, known: Collection[str]) -> tuple[Remark, ...]:
    """Remark on each step that a rule names and ``known`` (flow and log together) does not.

    Such a rule can never be broken there, or never be kept: a slip of the pen must be seen.
    """
    # Comparing is slow: enough for what people write, bounded for what a hostile log holds.
    candidates = list(islice((name for name in known if len(name) <= 60), 1_000))
    remarks: list[Remark] = []
    for rule in rules.rules:
        for step in dict.fromkeys(rule.steps_named):
            if step not in known:
                near = get_close_matches(step[:60], candidates, 3, 0.4) if len(remarks) < 20 else []
                remarks.append(Remark(rule.code, _unknown(rule, step, near)))
    return tuple(remarks)


def _unknown(rule: Rule, step: str, near: list[str]) -> Sentence:
    if not near:
        return zh(
            "规则「{rule}」里的步骤「{step}」在流程和日志里都没有。请核对名称。",
            rule=rule.name,
            step=step,
        )
    return zh(
        "规则「{rule}」里的步骤「{step}」在流程和日志里都没有。是不是{near}？请核对名称。",
        rule=rule.name,
        step=step,
        near=quoted(near),
    )
