"""By which profile an edition is judged: an area that keeps profiles says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.core.lists.profile import Profile
from guiju.define.lists.models import Edition
from guiju.exchange.profile_files import BUILT_IN, built_in

Source = Callable[[str, str, date], Profile | None]
"""Returns the profile of a unit (its path) with a code on a day."""

_SOURCES: list[Source] = []


def set_profile_source(source: Source) -> None:
    """Let an area say which profile a body uses instead of one that comes with Guiju."""
    _SOURCES[:] = [source]


def profile_for(path: str, code: str, on: date) -> Profile:
    """Return the profile by which lists of a unit are judged on a day.

    A code that nobody knows any more is judged by nothing (``Profile`` asks for nothing).
    """
    for source in _SOURCES:
        if found := source(path, code, on):
            return found
    return built_in(code) if code in BUILT_IN else Profile(code=code)


def profile_of(edition: Edition, on: date | None = None) -> Profile:
    """Return the profile of an edition, as it holds on a day; without one, as last changed."""
    return profile_for(edition.unit.path, edition.profile, on or edition.changed_at.date())
