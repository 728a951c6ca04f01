"""What keeps a draft from being submitted, each with the way to where it is put right."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from guiju.base.ui.navigation import page_of
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Refusal
from guiju.core.sentence import Sentence, zh
from guiju.define.approval.actions.submitting import Vacant, hindrances
from guiju.define.approval.finding import PlannedStep
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, head


@dataclass(frozen=True, slots=True)
class Hindrance:
    """A reason, and where it is put right; ``is_elsewhere`` by others than who keeps the lists."""

    code: str
    says: Sentence
    label: Sentence
    link: str
    is_elsewhere: bool = False


def hindered_page(request: HttpRequest, edition: Edition) -> HttpResponse | None:
    """Return the page that says why a draft cannot be submitted yet; None where it can."""
    found = [hindrance(edition, one) for one in hindrances(edition, timezone.localdate())]
    if not found:
        return None
    shown = head(request, edition, "approval:review", Crumb(zh("送审"))) | {
        "hindrances": found,
        "needs_others": any(one.is_elsewhere for one in found),
    }
    return render(request, "approval/hindered.html", shown)


def hindrance(edition: Edition, refusal: Refusal) -> Hindrance:
    """Return a refusal with the way to where it is put right."""
    if isinstance(refusal, Vacant):
        label, link = _set_up(edition, refusal.planned)
        return Hindrance(refusal.code, refusal.sentence, label, link, is_elsewhere=True)
    label, link = {
        "APPROVAL-02": (
            zh("去逐处改"),
            f"{address('lists:checks', edition)}?severity=blocking",
        ),
        "APPROVAL-03": (zh("去改内容"), address("lists:items", edition)),
        "APPROVAL-24": (zh("去写明去向"), address("approval:cleanup", edition)),
    }.get(refusal.code, (zh("看这一版"), address("lists:edition", edition)))
    return Hindrance(refusal.code, refusal.sentence, label, link)


def _set_up(edition: Edition, planned: PlannedStep) -> tuple[Sentence, str]:
    """Return where whoever could sign a step is set up."""
    at, step = planned.found.at, planned.step
    if at.startswith("body:"):
        return zh("去添「{name}」的成员", name=planned.found.where), page_of("org:body", at)
    if at:
        return zh("去任命「{name}」的岗位", name=planned.found.where), page_of("org:unit", at)
    if step.bodies:
        return zh("去设立{kind}", kind=step.bodies[0].label), reverse("org:bodies")
    if step.duty:
        return zh("去写明谁承担{duty}", duty=step.duty.label), reverse("org:duties")
    return zh("去设置岗位"), page_of("org:unit", edition.unit.reference)
