"""A span of days that is picked: one that moves along, such as 本月, or two days of one's own.

A moving one stays itself in the address: a link or saved view to 本月 shows next month what
is then this month.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.base.ui import dates
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

DAY = timedelta(days=1)
OWN = "own"
"""The choice of two days of one's own."""

Span = tuple[date, date]


def _month(today: date) -> Span:
    first = today.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAY


def _last_month(today: date) -> Span:
    return _month(today.replace(day=1) - DAY)


def _quarter(today: date) -> Span:
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    return first, _month(first + timedelta(days=62))[1]


def _year(today: date) -> Span:
    return date(today.year, 1, 1), date(today.year, 12, 31)


def _thirty_days(today: date) -> Span:
    return today - timedelta(days=29), today


@dataclass(frozen=True, slots=True)
class Preset:
    """A span that moves along with today; both its days are in it."""

    label: Sentence
    span: Callable[[date], Span]


PRESETS = {
    "month": Preset(zh("本月"), _month),
    "last-month": Preset(zh("上月"), _last_month),
    "quarter": Preset(zh("本季度"), _quarter),
    "year": Preset(zh("本年"), _year),
    "30-days": Preset(zh("近 30 天"), _thirty_days),
}


@dataclass(frozen=True, slots=True)
class Period:
    """What was picked.

    Attributes:
        choice: a name of ``PRESETS``, ``OWN``, or empty for no limit.
        since: the first day as it was typed, for ``OWN``; ``until`` the last one.
    """

    choice: str = ""
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        return bool(self.choice)

    def days(self, today: date) -> tuple[date | None, date | None]:
        """Return the first and the last day; None where there is no limit."""
        if self.choice in PRESETS:
            return PRESETS[self.choice].span(today)
        return _day(self.since), _day(self.until)

    def says(self, today: date) -> Sentence:
        """Return it in words, a moving one with its days."""
        if self.choice in PRESETS:
            first, last = PRESETS[self.choice].span(today)
            return zh(
                "{label}（{first}至{last}）",
                label=PRESETS[self.choice].label,
                first=dates.day(first),
                last=dates.day(last),
            )
        since, until = self.since.replace("T", " "), self.until.replace("T", " ")
        if not until:
            return zh("{day}起", day=since)
        if not since:
            return zh("至{day}", day=until)
        return zh("{first} 至 {last}", first=since, last=until)


def read_period(
    query: Mapping[str, str], *, choice: str, since: str, until: str, label: Sentence
) -> Period:
    """Return what an address picks; days without a choice are days of one's own.

    Args:
        query: the address's parameters.
        choice: name of the one that says which span.
        since: name of the one with the first day.
        until: name of the one with the last day.
        label: how the filter is called.

    Raises:
        Invalid: PAGE-08 for a span that is not offered. The days are for the caller to check.
    """
    wanted = query.get(choice, "").strip()
    if wanted in PRESETS:
        return Period(wanted)
    if wanted not in {"", OWN}:
        raise not_offered(label, wanted)
    first, last = query.get(since, "").strip(), query.get(until, "").strip()
    return Period(OWN, first, last) if first or last else Period()


def not_offered(label: Sentence, text: str) -> Invalid:
    """Return the refusal of a choice that a filter does not offer (PAGE-08)."""
    return Invalid(
        "PAGE-08", zh("筛选「{label}」里没有「{text}」。请重新选择。", label=label, text=text[:40])
    )


def wrong_order(since: str, until: str) -> Invalid:
    """Return the refusal of a beginning after its end (PAGE-04)."""
    return Invalid(
        "PAGE-04",
        zh(
            "起始时间 {since} 晚于截止时间 {until}。请把两个时间对调。",
            since=since,
            until=until,
        ),
    )


@dataclass(frozen=True, slots=True)
class Picker:
    """A period picker in a form: its label, what is picked, how its fields are called."""

    label: Sentence
    picked: Period
    choice: str = "period"
    since: str = "since"
    until: str = "until"

    @property
    def options(self) -> tuple[tuple[str, Sentence, bool], ...]:
        """What can be chosen, and whether it is."""
        named = [("", zh("不限")), *((name, one.label) for name, one in PRESETS.items())]
        return tuple(
            (name, label, name == self.picked.choice)
            for name, label in (*named, (OWN, zh("自定义")))
        )

    @property
    def is_own(self) -> bool:
        """Whether two days of one's own are picked."""
        return self.picked.choice == OWN


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
