"""The timeline's filters, from and to the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from guiju.base.record.event_types import check_reference
from guiju.base.record.reads import Filters
from guiju.base.ui.periods import Period, Picker, read_period, wrong_order
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

COLUMNS = {
    "kind": zh("事由"),
    "actor": zh("人员"),
    "unit": zh("单位"),
    "object": zh("对象"),
    "matter": zh("办件"),
}
"""Filters by one value each, and how they are called."""

TIMES = {"since": zh("起"), "until": zh("止")}
"""Filters by time; the named day or minute is included on both sides."""

WHEN = zh("时间")
PERIOD = {"choice": "period", "since": "since", "until": "until"}
"""How the parameters of the period picker are called."""

_TIME = re.compile(r"(?P<year>[0-9]{4})-[0-9]{2}-[0-9]{2}(?P<clock>T[0-9]{2}:[0-9]{2})?", re.ASCII)
_YEARS = range(1900, 2200)


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters that an address asks for.

    Raises:
        Invalid: RECORD-04 for a reference that is none, PAGE-03 for a time that is none,
            PAGE-04 when the times are in the wrong order, PAGE-08 for a span not offered.
    """
    columns = {name: check_reference(query.get(name, "").strip()) for name in COLUMNS}
    times = _of_period(query) or query
    since = _time(times, "since")
    until = _time(times, "until")
    before = until[0] + until[1] if until else None
    if since and before and since[0] >= before:
        raise wrong_order(query["since"], query["until"])
    return Filters(**columns, since=since[0] if since else None, before=before)


def picked(query: Mapping[str, str]) -> Period:
    """Return the span of days that an address picks.

    Raises:
        Invalid: PAGE-08 for one that is not offered.
    """
    return read_period(query, label=WHEN, **PERIOD)


def picker(query: Mapping[str, str]) -> Picker:
    """Return the timeline's period picker."""
    return Picker(WHEN, picked(query), **PERIOD)


def _of_period(query: Mapping[str, str]) -> dict[str, str]:
    """Return the two days of a span that moves along; nothing for days of one's own."""
    found = picked(query)
    if found.since or found.until or not found:
        return {}
    days = found.days(timezone.localdate())
    return {name: day.isoformat() for name, day in zip(TIMES, days, strict=True) if day}


def _time(query: Mapping[str, str], name: str) -> tuple[datetime, timedelta] | None:
    """Return the instant at which a day or minute begins, and how long it lasts."""
    text = query.get(name, "").strip()
    if not text:
        return None
    match = _TIME.fullmatch(text)
    if match is None or int(match["year"]) not in _YEARS:
        raise _no_time(TIMES[name], text)
    try:
        at = timezone.make_aware(datetime.fromisoformat(text))
    except ValueError:
        raise _no_time(TIMES[name], text) from None
    return at, timedelta(minutes=1) if match["clock"] else timedelta(days=1)


def _no_time(what: Sentence, text: str) -> Invalid:
    return Invalid(
        "PAGE-03",
        zh(
            "时间「{what}」写的是「{text}」，认不出来。请写成 2026-11-21 或 2026-11-21T09:12。",
            what=what,
            text=text[:40],
        ),
    )
