"""Which profile a code names, and which holds in a unit on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from guiju.base.org.reads.within import numbers_in
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_words import VersionState
from guiju.define.profiles.contents import profile_in
from guiju.define.profiles.models import OwnProfile, Version
from guiju.exchange.profile_files import BUILT_IN, built_in

_HELD = 64
"""Versions in force that are kept read: they never change."""


def profile_with(code: str) -> Profile | None:
    """Return a profile that comes with Guiju, or a version in force; None for neither."""
    return built_in(code) if code in BUILT_IN else held(code)


def held(code: str) -> Profile | None:
    """Return the version in force with a code; None for none. A query the first time."""
    try:
        return _version(code)
    except Version.DoesNotExist:
        return None


@lru_cache(maxsize=_HELD)
def _version(code: str) -> Profile:
    return profile_in(Version.objects.get(code=code, state=VersionState.IN_FORCE.value))


def base_of(code: str) -> str:
    """Return the code of the profile that comes with Guiju of which one was copied."""
    return code.partition("-")[0]


def in_force(path: str, code: str, on: date) -> str:
    """Return what takes the place of a profile in a unit on a day: the nearest unit's own.

    Of a unit's own the version that began last holds; one query.

    Args:
        path: the unit's place.
        code: of a profile that comes with Guiju; another is returned as it is.
        on: the day.
    """
    if code not in BUILT_IN:
        return code
    versions = Version.objects.filter(
        state=VersionState.IN_FORCE.value,
        valid_from__lte=on,
        profile__base=code,
        profile__unit__in=numbers_in(path),
    ).select_related("profile__unit")
    running = [one for one in versions if one.profile.ended is None or one.profile.ended > on]
    nearest = max(
        running,
        key=lambda one: (len(one.profile.unit.path), one.valid_from, one.number),
        default=None,
    )
    return nearest.code if nearest else code


def successor(path: str, code: str, on: date) -> str:
    """Return what an edition that began under a code would be judged by if it began on a day."""
    return in_force(path, base_of(code), on) if base_of(code) in BUILT_IN else code


def latest_in_force(profile: OwnProfile) -> Version | None:
    """Return the version of a profile that came, or is to come, into force last."""
    return (
        profile.versions.filter(state=VersionState.IN_FORCE.value).order_by("-valid_from").first()
    )
