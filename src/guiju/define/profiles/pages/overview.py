"""One profile of a body's own: its versions, what may be done, which editions use it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of, standing
from guiju.core.lists.words import EditionState
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import full_name, state_badge
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.pages.frame import address, head, reached, state_of, version_name
from guiju.define.profiles.reads.profiles import draft_in, editions_under

MOST_EDITIONS = 50


@needs(Permission.LISTS_READ)
@require_safe
def profile_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show it."""
    profile = reached(request, identity)
    shown = head(request, profile, "profiles:profile")
    versions: list[Version] = shown["versions"]  # type: ignore[assignment] # head makes it so
    shown |= contents(profile, versions, may_edit=bool(shown["may_edit"]))
    shown |= editions_shown(request, [one.code for one in versions])
    return render(request, "profiles/profile.html", shown)


@needs(Permission.LISTS_READ)
@require_safe
def history_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to it, from the record."""
    shown = head(request, reached(request, identity), "profiles:history")
    return render(request, "profiles/history.html", shown)


def contents(
    profile: OwnProfile, versions: Sequence[Version], *, may_edit: bool
) -> dict[str, object]:
    """Return what the page shows of a profile."""
    on, draft = timezone.localdate(), draft_in(versions)
    is_open = may_edit and profile.ended is None
    return {
        "rows": [
            (
                version_name(one),
                state_of(one, versions, on),
                one,
                address("profiles:version", profile, one.ordinal),
            )
            for one in versions
        ],
        "draft_at": address("profiles:version", profile, draft.ordinal)
        if draft and is_open
        else "",
        "begin_at": address("profiles:begin", profile) if not draft and is_open else "",
        "end_at": address("profiles:end", profile) if not draft and is_open else "",
    }


def editions_shown(request: HttpRequest, codes: Sequence[str]) -> dict[str, object]:
    """Return the editions that are judged by these profiles and that the reader may see."""
    found = editions_under(
        codes,
        scope_of(request, Permission.LISTS_READ),
        standing(request).person,
        MOST_EDITIONS + 1,
    )
    return {
        "editions": [edition_row(one) for one in found[:MOST_EDITIONS]],
        "is_more": len(found) > MOST_EDITIONS,
    }


def edition_row(one: Edition) -> tuple[object, ...]:
    """Return what the page shows of an edition: name, unit, state, address."""
    return (
        full_name(one),
        one.unit.name,
        state_badge(EditionState.of(one.state)),
        page_of("lists:edition", one.reference),
    )
