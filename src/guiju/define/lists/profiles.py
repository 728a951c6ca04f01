"""By which profile an edition is judged: an area that keeps profiles says so.

An edition names the profile, or the version of a body's own, that was in force when it began;
it is judged by that one to its end, whatever comes into force later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.core.lists.profile import Profile
from guiju.define.lists.models import Edition
from guiju.exchange.profile_files import BUILT_IN, built_in

InForce = Callable[[str, str, date], str]
"""Returns what takes the place of the profile with a code in a unit (its path) on a day."""

Held = Callable[[str], Profile | None]
"""Returns the profile of a body's own with a code; None for none."""

_SOURCES: list[tuple[InForce, Held]] = []


def set_profile_source(in_force: InForce, held: Held) -> None:
    """Let an area say which profile a body uses instead of one that comes with Guiju."""
    _SOURCES[:] = [(in_force, held)]


def in_force(path: str, code: str, on: date) -> str:
    """Return the code of the profile by which an edition is judged that begins on a day.

    Args:
        path: of the unit for which it begins.
        code: of the profile that was asked for.
        on: the day.
    """
    for ask, _ in _SOURCES:
        code = ask(path, code, on)
    return code


def profile_for(code: str) -> Profile:
    """Return the profile with a code.

    A code that nobody knows any more is judged by nothing (``Profile`` asks for nothing).
    """
    if code in BUILT_IN:
        return built_in(code)
    for _, held in _SOURCES:
        if found := held(code):
            return found
    return Profile(code=code)


def profile_of(edition: Edition) -> Profile:
    """Return the profile by which an edition is judged."""
    return profile_for(edition.profile)
