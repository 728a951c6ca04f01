"""Letting findings of the checks stay, with a reason, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.lint import Finding
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import Severity
from guiju.core.sentence import zh
from guiju.define.lists import find
from guiju.define.lists.events import FINDING_ACCEPTED, FINDING_REOPENED
from guiju.define.lists.models import REASON, Accepted, Edition

MOST_AT_ONCE = 200


def accept_findings(
    *, edition: str, findings: Sequence[Finding], reason: str, by: Actor, at: datetime
) -> None:
    """Let warnings of one check stay in a draft, for one reason.

    Args:
        edition: the draft's reference.
        findings: of one check; a reason that stood before is replaced.
        reason: why they may stay; it must say something.
        by: who gives it.
        at: when.

    Raises:
        Invalid: EDITION-01; EDITION-15 for no finding or several checks; EDITION-16 for an
            error, which has to be mended; EDITION-17 for no reason.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    check = _one_check(findings)
    if any(one.severity is Severity.ERROR for one in findings):
        raise Invalid("EDITION-16", zh("「错误」必须改正，不能以说明代替。请改正后再检查。"))
    reason = reason.strip()
    if not says_something(reason) or len(reason) > REASON:
        raise Invalid(
            "EDITION-17",
            zh("请具体写明为什么可以保留，最多 {most} 个字；只写套话不算说明。", most=REASON),
        )
    marks = [one.mark for one in findings]
    told: dict[str, Any] = {
        "check": check,
        "count": len(marks),
        "marks": " ".join(marks),
        "reason": reason,
    }
    draft = FINDING_ACCEPTED(object=edition, revision=found.revision + 1, **told)
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, None, at)
        held.save(update_fields=find.COUNTED)
        Accepted.objects.filter(edition=held, mark__in=marks).delete()
        Accepted.objects.bulk_create(_accepted(held, one, reason) for one in findings)


def _accepted(edition: Edition, one: Finding, reason: str) -> Accepted:
    kind = one.kind.value if one.kind else ""
    told = {"mark": one.mark, "check_code": one.code, "kind": kind, "item": one.item}
    return Accepted(edition=edition, reason=reason, **told)


def reopen_findings(*, edition: str, findings: Sequence[Finding], by: Actor, at: datetime) -> None:
    """Take back the reasons for which warnings of one check might stay.

    Raises:
        Invalid: EDITION-01, EDITION-15.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = find.edition_at(edition)
    find.require_draft(found)
    marks = [one.mark for one in findings if one.accepted]
    draft = FINDING_REOPENED(
        object=edition,
        check=_one_check([one for one in findings if one.accepted]),
        count=len(marks),
        marks=" ".join(marks),
        revision=found.revision + 1,
    )
    with recording(draft, by=by, at=at):
        held = find.hold_draft(found, None, at)
        held.save(update_fields=find.COUNTED)
        Accepted.objects.filter(edition=held, mark__in=marks).delete()


def _one_check(findings: Sequence[Finding]) -> str:
    codes = {one.code for one in findings}
    if len(codes) != 1 or len(findings) > MOST_AT_ONCE:
        raise Invalid(
            "EDITION-15",
            zh(
                "请选同一项检查查出的问题，一次最多 {most} 处；它们可能刚被改正，请刷新页面。",
                most=MOST_AT_ONCE,
            ),
        )
    return codes.pop()
