"""By which profile an edition is judged, and whether a newer one is in force by now."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.forms import data
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_diff import LineChange, differences
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages import frame
from guiju.define.lists.profiles import profile_for, profile_of
from guiju.define.profiles.actions import enforcing
from guiju.define.profiles.pages.changing import MOST_SAID
from guiju.define.profiles.pages.content import parts_of
from guiju.define.profiles.pages.parts.form import SeenForm
from guiju.define.profiles.reads.held import successor
from guiju.define.profiles.reads.profiles import home_of


@needs(Permission.LISTS_READ)
@require_safe
def of_edition_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show the profile of an edition."""
    found = frame.reached(request, identity)
    shown = frame.head(request, found, "profiles:of_edition")
    newer = successor(found.unit.path, found.profile, timezone.localdate())
    shown |= contents(profile_of(found), profile_for(newer) if newer != found.profile else None)
    shown |= {
        "profile_at": page_of_code(found.profile),
        "take_up_at": frame.address("profiles:take_up", found) if shown["may_edit"] else "",
    }
    return render(request, "profiles/of_edition.html", shown)


def contents(told: Profile, newer: Profile | None) -> dict[str, object]:
    """Return what the page shows of a profile, and of the one that is in force by now."""
    return {
        "told": told,
        "newer": newer,
        "changes": differences(told, newer) if newer else (),
        "parts": parts_of(told),
    }


def page_of_code(code: str) -> str:
    """Return the address of what a profile or a version says; empty for one that is gone."""
    home = home_of(code)
    if home is None:
        return reverse("profiles:built_in", args=[code]) if profile_for(code).name else ""
    return reverse(
        "profiles:version", args=[home.profile.reference.partition(":")[2], home.ordinal]
    )


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def take_up_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Judge a draft by what is in force by now."""
    found = frame.reached(request, identity, Permission.LISTS_EDIT)
    code = successor(found.unit.path, found.profile, timezone.localdate())
    if not frame.is_draft(found) or code == found.profile:
        raise Http404
    newer, verb = profile_for(code), zh("改用新版配置")
    act = Act(
        zh("「{name}」改用配置「{profile}」", name=frame.full_name(found), profile=newer.name),
        verb,
        zh("已改用新版配置。请再看一遍检查。"),
        frame.address("profiles:of_edition", found),
        frame.way(found, Crumb(verb)),
    )
    form = SeenForm(data(request), seen=found.revision)

    def says(_filled: Filled) -> Sequence[Sentence]:
        return consequences(found, newer)

    def do(filled: Filled) -> None:
        enforcing.take_up(
            edition=found.reference,
            revision=filled["seen"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


def consequences(edition: Edition, newer: Profile) -> list[Sentence]:
    """Say what is judged otherwise from now on."""
    changes: tuple[LineChange, ...] = differences(profile_of(edition), newer)
    found = [one.sentence for one in changes[:MOST_SAID]]
    if len(changes) > MOST_SAID:
        found.append(zh("另有 {count} 处改动。", count=len(changes) - MOST_SAID))
    return [*found, zh("已填的内容不变；检查、定级和审批从此按新版办。")]
