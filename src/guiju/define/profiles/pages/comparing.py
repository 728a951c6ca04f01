"""Two versions of a profile side by side: what differs, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.ui.badges import Badge
from guiju.base.ui.needs import needs
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_diff import LineChange, differences
from guiju.core.lists.words import Alteration
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.pages.frame import base_name, head, reached, version_name
from guiju.exchange.profile_files import built_in

_TONES = {Alteration.ADDED: "good", Alteration.CHANGED: "warn", Alteration.REMOVED: "bad"}


@needs(Permission.LISTS_READ)
@require_safe
def compare_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what differs between two versions, or between one and what came with Guiju."""
    profile = reached(request, identity)
    shown = head(request, profile, "profiles:compare")
    versions: list[Version] = shown["versions"]  # type: ignore[assignment] # head makes it so
    choices = choices_of(profile, versions)
    known = dict(choices)
    newest = versions[0]
    after = _chosen(request.GET.get("after"), known, newest.code)
    origin = newest.origin if newest.origin in known else profile.base
    before = _chosen(request.GET.get("before"), known, origin)
    shown |= contents(said_in(before, versions), said_in(after, versions))
    shown |= {"choices": choices, "before": before, "after": after}
    return render(request, "profiles/compare.html", shown)


def choices_of(profile: OwnProfile, versions: Sequence[Version]) -> list[tuple[str, Sentence]]:
    """Return what may be compared: its versions, the newest first, and what came with Guiju."""
    own = [(one.code, version_name(one)) for one in versions]
    return [*own, (profile.base, zh("系统自带「{name}」", name=base_name(profile)))]


def said_in(code: str, versions: Sequence[Version]) -> Profile:
    """Return what one of them says; one query for a version."""
    own = next((one for one in versions if one.code == code), None)
    return profile_in(own) if own is not None else built_in(code)


def contents(before: Profile, after: Profile) -> dict[str, object]:
    """Return what the page shows of two profiles."""
    changes = differences(before, after)
    return {"changes": [(_badge(one), one, str(one.before), str(one.after)) for one in changes]}


def _badge(change: LineChange) -> Badge:
    return Badge(_TONES[change.kind], change.kind.label)


def _chosen(code: str | None, known: dict[str, Sentence], usual: str) -> str:
    return code if code in known else usual
