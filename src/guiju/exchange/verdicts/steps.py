"""What goes wrong at each step, as marks for the flow's picture."""

from __future__ import annotations

from collections import Counter, defaultdict

from guiju.core.check.verdict import Verdict
from guiju.core.flow.model import Flow
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import DeviationKind
from guiju.exchange.picture import Mark
from guiju.exchange.verdicts.report import Report

_MAJOR = 0.05
"""Share of cases that deviate at a step from which on it is marked as major."""


def step_marks(report: Report, flow: Flow) -> dict[str, Mark]:
    """Return a mark for each step of ``flow`` at which anything happened."""
    troubles = _troubles(report.verdict)
    seen = {report.verdict.log.activities[code] for code in set(report.verdict.log.codes)}
    cases = len(report.verdict.log.cases)
    marks = {}
    for node in flow.nodes:
        trouble = troubles.get(node.activity)
        if trouble:
            marks[node.id] = _mark(report, node.activity, trouble, cases)
        elif node.activity in seen:
            marks[node.id] = Mark("good")
    return marks


def _troubles(verdict: Verdict) -> dict[str, Counter[DeviationKind]]:
    """Return for each activity how many cases deviate there, by kind."""
    troubles: dict[str, Counter[DeviationKind]] = defaultdict(Counter)
    for variant in verdict.deviating():
        for deviation in verdict.deviations(variant):
            troubles[deviation.activity][deviation.kind] += len(variant.cases)
    return troubles


def _mark(report: Report, activity: str, trouble: Counter[DeviationKind], cases: int) -> Mark:
    kind, most = trouble.most_common(1)[0]
    level = "major" if trouble.total() / cases >= _MAJOR else "minor"
    badge = report.say(_BADGES[kind]) + f" {most:,}"
    each = listing(f"{report.say(k.label)} {count:,}" for k, count in trouble.most_common())
    return Mark(level, badge, report.tr("{activity}：{each}", activity=activity, each=each))


_BADGES: dict[DeviationKind, Sentence] = {
    DeviationKind.SKIPPED: zh("跳过"),
    DeviationKind.EXTRA: zh("多办"),
    DeviationKind.REPEATED: zh("重复"),
    DeviationKind.UNKNOWN: zh("多办"),
    DeviationKind.EARLY: zh("提前"),
    DeviationKind.LATE: zh("推后"),
}
