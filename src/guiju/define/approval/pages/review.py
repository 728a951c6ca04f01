"""The review of an edition: its chain, what it changes, the checks, what is said about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.inbox.people import names_of
from guiju.base.record import typed
from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Tab
from guiju.base.ui.reader import standing
from guiju.core.lists.lint import CHECKS, Report
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Alteration, EditionState, ItemKind, Severity
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.approval import texts
from guiju.define.approval.finding import plan_of
from guiju.define.approval.models import Review, SignOff
from guiju.define.approval.pages import row
from guiju.define.approval.pages.offered import offers
from guiju.define.approval.pages.remarking import RemarkForm
from guiju.define.approval.reads.cleanups import reviewed
from guiju.define.approval.reads.groups import Changes, Group, changes_of
from guiju.define.approval.reads.objections import objections_to
from guiju.define.approval.reads.passages import Passage, passage_of
from guiju.define.approval.reads.remarks import Place, Remark, remarks_of
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, full_name, head, reached
from guiju.define.lists.pages.wording import ItemShown, item_shown
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.checks import report_of
from guiju.define.views.pages.frame import grade_badge

PART = 12
"""Powers whose changes are shown at once."""

_MOST_FINDINGS = 12
_MOST_ITEMS = 40
"""Items of one power that are shown; the others stand in the tables."""


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A power's changes.

    Attributes:
        more: how many items are left out.
        held: what belongs to a power that is new or gone, which is unfolded when asked for.
    """

    group: Group
    badge: Badge | None
    items: tuple[tuple[ItemShown, tuple[Remark, ...]], ...]
    more: int
    remarks: tuple[Remark, ...]
    held: Listing | None = None

    @property
    def is_open(self) -> bool:
        """Whether something is said inside."""
        return any(said for _, said in self.items)


@dataclass(frozen=True, slots=True)
class SignShown:
    """A signature in the list of them; ``is_lapsed`` since the edition went back."""

    step: str
    who: str
    opinion: str | Sentence
    at: datetime
    is_return: bool
    is_lapsed: bool
    filing: str
    filed_on: date | None


@needs(Permission.LISTS_READ)
@require_safe
def review(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the review."""
    found, on = reached(request, identity), timezone.localdate()
    passages = [passage_of(one) for one in _reviews(found)]
    current = passages[0] if passages and found.state != EditionState.DRAFT.value else None
    changes, remarks = changes_of(found), remarks_of(found)
    raised = objections_to(found)
    names = _names(passages, remarks, {one.answered_by for one in raised})
    remarks = {
        place: tuple(replace(one, who=names.get(one.person, "")) for one in told)
        for place, told in remarks.items()
    }
    shown = head(request, found, "approval:review") | {
        "summary": summary_of(changes),
        "current": current.review if current else None,
        "submitter": names.get(current.review.submitter, "") if current else "",
        "old": full_name(changes.old) if changes.old else None,
        "dots": _dots(found, current, names, on),
        "offers": offers(request, found, current, on),
        "whole": remarks.get(("", ""), ()),
        "remark_at": address("approval:remark", found),
        "checks_at": address("lists:checks", found),
        "form": RemarkForm(),
        "signs": [one for passage in passages for one in _signs(passage, names)],
        "returned": _returned(passages, names) if found.state == EditionState.DRAFT.value else None,
        "items_at": address("lists:items", found),
        "objections": [
            (
                one,
                names.get(one.answered_by, ""),
                page_of("approval:answer", one.reference),
                page_of("approval:contact", one.reference),
            )
            for one in raised
        ],
        "may_answer": standing(request).may(Permission.LISTS_EDIT, found.unit.path),
        "cleanup": [one for one in reviewed(found) if one.decision],
        **checks_shown(report_of(found, on)),
        **_part(request, found, changes, remarks),
    }
    return render(request, "approval/review.html", shown)


def _reviews(edition: Edition) -> list[Review]:
    return list(Review.objects.filter(edition=edition).order_by("-ordinal"))


def _dots(
    edition: Edition, current: Passage | None, names: Mapping[str, str], on: date
) -> list[row.Dot]:
    if current is not None:
        return row.passed(current, edition, names)
    plan = plan_of(edition, on) if edition.state == EditionState.DRAFT.value else None
    return row.planned(plan) if plan else []


def summary_of(changes: Changes) -> Sentence:
    """Return how much an edition changes."""
    counts = {one: changes.count(one) for one in Alteration}
    changed = counts[Alteration.CHANGED] + counts[Alteration.RENUMBERED]
    return zh(
        "权力新增 {added}、变更 {changed}、删除 {removed}，共 {items} 处改动",
        added=counts[Alteration.ADDED],
        changed=changed,
        removed=counts[Alteration.REMOVED],
        items=len(changes.difference.items),
    )


def _part(
    request: HttpRequest,
    edition: Edition,
    changes: Changes,
    remarks: Mapping[Place, tuple[Remark, ...]],
) -> dict[str, object]:
    """Return the groups of one part, and the ways to the others."""
    count = max(1, -(-len(changes.groups) // PART))
    asked = request.GET.get("part", "")
    part = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    part = min(max(part, 1), count)
    groups = changes.groups[(part - 1) * PART : part * PART]
    profile, here = profile_of(edition), address("approval:review", edition)
    shown = [group_shown(one, profile, remarks) for one in groups]
    return {
        "groups": shown,
        "part": part,
        "parts": [Tab(str(n), f"{here}?part={n}", n == part) for n in _near(part, count)]
        if count > 1
        else [],
        "part_count": count,
    }


def _near(part: int, count: int) -> list[int]:
    return sorted({1, count, *range(max(1, part - 3), min(count, part + 3) + 1)})


def group_shown(
    group: Group, profile: Profile, remarks: Mapping[Place, tuple[Remark, ...]]
) -> GroupShown:
    """Return a power's changes in words, each with what is remarked on it."""
    items = [item_shown(one, profile) for one in group.changes[:_MOST_ITEMS]]
    own = (ItemKind.POWER.value, group.power)
    return GroupShown(
        group,
        grade_badge(profile, group.grade) if group.grade else None,
        tuple(
            (one, remarks.get((one.kind.value, one.code), ()))
            if (one.kind.value, one.code) != own
            else (one, ())
            for one in items
        ),
        len(group.changes) - len(items),
        remarks.get(own, ()) if group.power else (),
        _held(group),
    )


def _held(group: Group) -> Listing | None:
    """Return how many items of each table a power brings or takes along."""
    if group.alteration not in (Alteration.ADDED, Alteration.REMOVED) or len(group.changes) < 2:
        return None
    return listing(
        zh("{table} {count}", table=kind.label, count=group.counts[kind])
        for kind in ItemKind
        if group.counts.get(kind)
    )


def checks_shown(report: Report) -> dict[str, object]:
    """Return what stands beside the changes: what was found, and how many checks passed."""
    blocking = set(report.blocking)
    told = [one for one in report.findings if one.severity is not Severity.HINT]
    found = {one.code for one in told}
    return {
        "findings": [(one, _badge_of(one in blocking, bool(one.accepted))) for one in told][
            :_MOST_FINDINGS
        ],
        "finding_count": len(told),
        "blocking": len(report.blocking),
        "passed": len(CHECKS) - len(found.union(report.unlooked)),
        "unlooked": [one for one in CHECKS if one.code in report.unlooked],
        "check_count": len(CHECKS),
    }


def _badge_of(is_blocking: bool, is_accepted: bool) -> Badge:  # noqa: FBT001 - two answers
    if is_accepted:
        return Badge("warn", zh("说明"))
    return Badge("bad", zh("须改")) if is_blocking else Badge("calm", zh("提示"))


def _signs(passage: Passage, names: Mapping[str, str]) -> list[SignShown]:
    places = {one.number: one.place for one in passage.seats}
    is_lapsed = bool(passage.progress.lapsed)

    def show(one: SignOff) -> SignShown:
        return SignShown(
            passage.chain.steps[places[one.seat_id]].name,
            names.get(one.person, ""),
            typed.opened(one.person, texts.OPINION, one.opinion),
            one.at,
            one.is_return,
            is_lapsed and not one.is_return,
            one.filing,
            one.filed_on,
        )

    return [show(one) for one in reversed(passage.signs)]


def _returned(passages: list[Passage], names: Mapping[str, str]) -> SignShown | None:
    """Return why a draft was last returned; None where it was not."""
    return next(
        (one for each in passages[:1] for one in _signs(each, names) if one.is_return), None
    )


def _names(
    passages: list[Passage], remarks: Mapping[Place, tuple[Remark, ...]], others: set[str]
) -> dict[str, str]:
    people = others | {one.person for told in remarks.values() for one in told}
    for passage in passages:
        people |= {passage.review.submitter}
        people |= {one.person for one in passage.seats}
        people |= {one.person for one in passage.signs}
    people.discard("")
    return names_of(people, at=timezone.now())
