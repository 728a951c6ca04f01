"""ISO 8601 text to microseconds, quick because days, minutes and seconds repeat."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from guiju.exchange.xes.keys import LONGEST_NAME

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MOST_PARTS = 100_000

# The years 0001 and 9999 stay out: there an offset may lead beyond what a datetime holds.
_USUAL = re.compile(
    r"(?!0001|9999)[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:"
    r"[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def microseconds(text: str) -> int:
    """Return the microseconds since 1970-01-01T00:00Z; a time without an offset is UTC.

    Raises:
        ValueError: when it is not an ISO 8601 time between the years 1 and 9999 in UTC.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        return (moment.astimezone(UTC) - _EPOCH) // _MICROSECOND
    except OverflowError:
        raise ValueError(text) from None


class Instants:
    """The same for UTF-8 text, remembering the parts of the usual shape."""

    def __init__(self) -> None:
        self._days: dict[bytes, int] = {}
        self._minutes: dict[bytes, int] = {}
        self._seconds: dict[bytes, int] = {}

    def __call__(self, raw: bytes) -> int:
        try:
            return self._days[raw[:11]] + self._minutes[raw[11:17]] + self._seconds[raw[17:]]
        except KeyError:
            return self._learn(raw)

    def _learn(self, raw: bytes) -> int:
        if len(raw) > LONGEST_NAME:
            raise ValueError(len(raw))
        text = raw.decode()
        instant = microseconds(text)
        if _USUAL.fullmatch(text):
            if len(self._days) + len(self._seconds) > _MOST_PARTS:
                self._days.clear()
                self._seconds.clear()
            day = self._days[raw[:11]] = microseconds(text[:10])
            minute = (int(text[11:13]) * 60 + int(text[14:16])) * 60_000_000
            self._minutes[raw[11:17]] = minute
            self._seconds[raw[17:]] = instant - day - minute
        return instant
