"""The working days of China, from the chinesecalendar package."""

from __future__ import annotations

from functools import cache

from guiju.core.calendar import Notice, WorkingCalendar


@cache
def china() -> WorkingCalendar:
    """Return the calendar of all years that the package knows (2004 to 2026 in its 1.11)."""
    # Loading takes a while and most runs count no working days.
    from chinese_calendar import constants  # noqa: PLC0415 - as said above

    off, worked = frozenset(constants.holidays), frozenset(constants.workdays)
    years = frozenset(range(min(off).year, max(off).year + 1))
    return WorkingCalendar().amended(Notice(years, off, worked))
