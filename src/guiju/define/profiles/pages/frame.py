"""What the pages of profiles have in common: who may open one, its way, its tabs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.ui.badges import Badge
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import scope_of, standing
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.pages.frame import way
from guiju.define.profiles.models import OwnProfile, Version
from guiju.define.profiles.reads.profiles import current, is_in_force, profile_for, versions_of
from guiju.exchange.profile_files import BUILT_IN, built_in

LIST = "profiles:profiles"


def reached(
    request: HttpRequest, identity: UUID, permission: Permission = Permission.LISTS_READ
) -> OwnProfile:
    """Return the profile that an address names, with its unit.

    Raises:
        Http404: when there is none, or the reader may not see it, or may not do with it what
            the permission is for.
    """
    found = profile_for(scope_of(request, Permission.LISTS_READ), f"profile:{identity}")
    if found is None:
        raise Http404
    if permission is not Permission.LISTS_READ and not may_edit(request, found):
        raise Http404
    return found


def may_edit(request: HttpRequest, profile: OwnProfile) -> bool:
    """Tell whether the reader may change a profile."""
    return standing(request).may(Permission.PROFILE_EDIT, profile.unit.path)


def known_built_in(code: str) -> str:
    """Return the code of a profile that comes with Guiju.

    Raises:
        Http404: for any other.
    """
    if code not in BUILT_IN:
        raise Http404
    return code


def address(view: str, profile: OwnProfile, *more: object) -> str:
    """Return the address of a page about a profile."""
    return reverse(view, args=[profile.reference.partition(":")[2], *more])


def path_to(profile: OwnProfile, *steps: Crumb) -> tuple[Crumb, ...]:
    """Return the way to a page about a profile."""
    link = address("profiles:profile", profile) if steps else ""
    return (
        *way(None, Crumb(zh("配置"), reverse(LIST))),
        Crumb(profile.name, link),
        *steps,
    )


def state_of(version: Version, versions: Sequence[Version], on: date) -> Badge:
    """Return where a version stands on a day."""
    if not is_in_force(version):
        return Badge("wait", zh("草稿"))
    if version.valid_from > on:
        return Badge("warn", zh("将启用"))
    if current(versions, on) == version:
        return Badge("good", zh("现行"))
    return Badge("calm", zh("已被新版替代"))


def profile_badge(profile: OwnProfile, versions: Sequence[Version], on: date) -> Badge:
    """Return where a profile stands on a day."""
    if profile.ended is not None and profile.ended <= on:
        return Badge("calm", zh("已停用"))
    if current(versions, on) is not None:
        return Badge("good", zh("现行"))
    is_ahead = any(map(is_in_force, versions))
    return Badge("warn", zh("将启用")) if is_ahead else Badge("wait", zh("草稿"))


def version_name(version: Version) -> Sentence:
    """Return what a version is called."""
    return zh("第 {ordinal} 版", ordinal=version.ordinal)


def head(request: HttpRequest, profile: OwnProfile, view: str, *steps: Crumb) -> dict[str, object]:
    """Return what every page about a body's own profile shows; one query."""
    versions, on = versions_of(profile), timezone.localdate()
    return {
        "profile": profile,
        "heading": profile.name,
        "profile_state": profile_badge(profile, versions, on),
        "lead": zh(
            "{unit}及其下级 · 代替「{base}」", unit=profile.unit.name, base=base_name(profile)
        ),
        "way": path_to(profile, *steps),
        "versions": versions,
        "tabs": tabs(profile, versions, view, on),
        "may_edit": may_edit(request, profile),
    }


def tabs(profile: OwnProfile, versions: Sequence[Version], view: str, on: date) -> tuple[Tab, ...]:
    """Return the pages about a profile; the content is that of today, or of the newest version."""
    shown = current(versions, on) or versions[0]
    return (
        Tab(zh("概况"), address("profiles:profile", profile), view == "profiles:profile"),
        Tab(
            zh("内容"),
            address("profiles:version", profile, shown.ordinal),
            view == "profiles:version",
        ),
        Tab(zh("比较"), address("profiles:compare", profile), view == "profiles:compare"),
        Tab(zh("经过"), address("profiles:history", profile), view == "profiles:history"),
    )


def base_name(profile: OwnProfile) -> str:
    """Return what the profile that comes with Guiju is called, of which one takes the place."""
    return built_in(profile.base).name
