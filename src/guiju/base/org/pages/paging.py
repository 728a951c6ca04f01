"""Paging through what a workbook says, a hundred lines at a time."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.base.evidence.told import AT_ONCE


def page_of_lines(request: HttpRequest, count: int) -> tuple[int, dict[str, object]]:
    """Return from which line on to show, and the ways to the others."""
    text = request.GET.get("from", "")
    asked = int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
    first = asked // AT_ONCE * AT_ONCE if asked < count else 0
    last = min(first + AT_ONCE, count)
    ways: dict[str, object] = {
        "first": first + 1,
        "last": last,
        "before": max(0, first - AT_ONCE) if first else None,
        "after": last if last < count else None,
    }
    return first, ways
