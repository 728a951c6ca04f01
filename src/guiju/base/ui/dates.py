"""Instants as people write them, and how long ago they were."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from guiju.core.sentence import Sentence, day, zh

__all__ = ["ago", "day", "moment"]

_STEPS = (
    (timedelta(minutes=1), timedelta(seconds=1), zh("{count} 秒前")),
    (timedelta(hours=1), timedelta(minutes=1), zh("{count} 分钟前")),
    (timedelta(days=1), timedelta(hours=1), zh("{count} 小时前")),
    (timedelta(days=31), timedelta(days=1), zh("{count} 天前")),
)


def moment(at: datetime) -> Sentence:
    """Return an instant to the minute, in the body's time zone: ``2026年11月21日 09:12``."""
    here = timezone.localtime(at)
    return zh(
        "{year}年{month}月{day}日 {clock}",
        year=here.year,
        month=here.month,
        day=here.day,
        clock=f"{here:%H:%M}",
    )


def ago(at: datetime, now: datetime) -> Sentence | None:
    """Return how long ago something was; None after a month, and for what is still to come."""
    passed = now - at
    if passed < timedelta(0):
        return None
    for below, unit, sentence in _STEPS:
        if passed < below:
            count = passed // unit
            return zh("刚刚") if not count else Sentence(sentence.template, (("count", count),))
    return None
