"""Running the checks, and what stands in the way of an approval."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from guiju.core.lists.facts import Facts
from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.lint.finding import Accepted, Check, Finding, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Edition
from guiju.core.lists.profile import Profile
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ItemKind, Severity

_RANK = {severity: place for place, severity in enumerate(Severity)}
_TABLES = {kind: place for place, kind in enumerate(ItemKind)}


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, the gravest first; accepted warnings stay visible with their reasons.

    Attributes:
        findings: by severity, code, table, item.
        stale: accepted marks that fit nothing any more: mended, or changed since.
        unlooked: codes of checks that could not look; they neither found nothing nor passed.
    """

    findings: tuple[Finding, ...]
    stale: tuple[Accepted, ...] = ()
    unlooked: tuple[str, ...] = ()

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity is severity)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What keeps the edition from being submitted: errors, and warnings without a reason."""
        return tuple(
            finding
            for finding in self.findings
            if finding.severity is Severity.ERROR
            or (finding.severity is Severity.WARNING and not finding.accepted)
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each code was found."""
        return Counter(finding.code for finding in self.findings)


def lint(
    edition: Edition,
    facts: Facts,
    profile: Profile,
    today: date,
    *,
    accepted: Sequence[Accepted] = (),
    checks: Iterable[Check] = CHECKS,
) -> Report:
    """Run all checks over an edition as things stand on ``today``.

    An error cannot be accepted, and a reason that says nothing accepts nothing.
    """
    view, checks = View(edition, facts, profile, today), tuple(checks)
    blind = tuple(one.code for one in checks if one.is_blind and one.is_blind(view))
    found = [_finding(check, remark, profile) for check in checks for remark in check.look(view)]
    if not accepted:
        return Report(tuple(sorted(found, key=_place)), unlooked=blind)
    reasons = {one.mark: one.reason for one in accepted if says_something(one.reason)}
    marks = {finding.mark for finding in found}
    told = tuple(sorted(_accepted(found, reasons), key=_place))
    return Report(told, tuple(one for one in accepted if one.mark not in marks), blind)


def _accepted(found: Iterable[Finding], reasons: Mapping[str, str]) -> Iterator[Finding]:
    for finding in found:
        reason = "" if finding.severity is Severity.ERROR else reasons.get(finding.mark, "")
        yield replace(finding, accepted=reason) if reason else finding


def _finding(check: Check, remark: Remark, profile: Profile) -> Finding:
    """Give a remark its severity: the profile's word for the code counts before all others."""
    severity = profile.severities.get(check.code) or remark.severity or check.severity
    item = remark.item
    return Finding(
        check.code,
        severity,
        item.item_kind if item else None,
        item.code if item else "",
        remark.field,
        remark.step,
        remark.sentence,
        check.source,
        title=item.title if item else "",
    )


def _place(finding: Finding) -> tuple[int, str, int, str, str, str]:
    table = _TABLES[finding.kind] if finding.kind else -1
    return _RANK[finding.severity], finding.code, table, finding.item, finding.field, finding.step
