"""GJ204: steps without a time limit, and limits that together leave what the law allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.core.flow.model import Flow, Limit
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.lint.branches import successors
from guiju.core.lists.lint.finding import Remark
from guiju.core.lists.lint.view import View, named
from guiju.core.lists.powers import Power
from guiju.core.lists.values import Period
from guiju.core.lists.words import PeriodUnit, Severity
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit

_PARTS = 120
"""A calendar day in parts of twelve minutes, so that every unit comes out whole."""

_LENGTHS: Mapping[PeriodUnit | LimitUnit, int] = {
    PeriodUnit.DAYS: _PARTS,
    PeriodUnit.WORKING_DAYS: _PARTS * 7 // 5,
    PeriodUnit.MONTHS: _PARTS * 30,
    PeriodUnit.YEARS: _PARTS * 365,
    LimitUnit.DAYS: _PARTS,
    LimitUnit.WORKING_DAYS: _PARTS * 7 // 5,
    LimitUnit.HOURS: _PARTS // 24,
}


def length(period: Period | Limit) -> int:
    """Return how long a period is on average, in parts of twelve minutes of the calendar.

    Enough to compare limits in different units with each other.
    """
    return period.amount * _LENGTHS[period.unit]


def days(period: Period) -> int:
    """Return how many whole calendar days a period comes to on average, rounded up."""
    return -(-length(period) // _PARTS)


def limits(view: View) -> Iterator[Remark]:
    """GJ204: see above."""
    for flow in view.flows:
        for node in view.steps_of[flow.code]:
            if node.limit is None:
                yield Remark(
                    flow,
                    "graph",
                    zh("步骤「{step}」没有时限。请写明几天或几个工作日办完。", step=named(node)),
                    step=step_key(node),
                )
    for power in view.powers:
        yield from _of_power(view, power)


def _of_power(view: View, power: Power) -> Iterator[Remark]:
    own, law = power.legal_limit, view.profile.legal_limits.get(power.kind)
    if own and law and length(own) > length(law.period):
        yield Remark(
            power,
            "legal_limit",
            zh(
                "法定时限写的是{own}，超过 {source} 规定的{most}。请改正，或写明延长的依据。",
                own=told(own),
                source=law.source,
                most=told(law.period),
            ),
            severity=Severity.ERROR,
        )
    most = own or (law.period if law else None)
    if most is None:
        return
    if power.promised_limit and length(power.promised_limit) > length(most):
        yield Remark(
            power,
            "promised_limit",
            zh(
                "承诺时限{promised}比法定时限{most}还长。请缩短承诺。",
                promised=told(power.promised_limit),
                most=told(most),
            ),
            severity=Severity.ERROR,
        )
    for flow in view.flows_of.get(power.code, ()):
        yield from _of_flow(flow, most)


def _of_flow(flow: PowerFlow, most: Period) -> Iterator[Remark]:
    longest = longest_way(flow.graph) if flow.graph else 0
    if longest > length(most):
        yield Remark(
            flow,
            "graph",
            zh(
                "各步时限按最长的一路加起来约 {sum} 天，超过法定时限{most}。请缩短其中几步。",
                sum=f"{longest / _PARTS:.4g}",
                most=told(most),
            ),
            severity=Severity.ERROR,
        )


def told(period: Period) -> Sentence:
    """Return a period in words."""
    return zh("{amount}{unit}", amount=period.amount, unit=period.unit.label)


def longest_way(graph: Flow) -> int:
    """Return the length of the slowest way; ways back (补正, 退回) are walked once."""
    after = successors(graph)
    takes = {node.id: length(node.limit) if node.limit else 0 for node in graph.nodes}
    longest: dict[str, int] = {}
    open_: set[str] = set()
    waiting = [(node.id, False) for node in reversed(graph.nodes)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            open_.discard(node)
            ahead = (longest.get(one, 0) for one in after.get(node, ()))
            longest[node] = takes.get(node, 0) + max(ahead, default=0)
        elif node not in longest and node not in open_:
            open_.add(node)
            waiting.append((node, True))
            waiting.extend((one, False) for one in after.get(node, ()))
    return max(longest.values(), default=0)
