"""Reading what an official notice says of days off: a small table, typed in, CSV or XLSX.

One day or range a line: the day, then 休 or 班. ``2027-01-01 休``; ``2027年2月6日至
2027年2月12日,休``. A line that holds no day at the top is the header.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from guiju.base.inbox.holiday_book import book_lines
from guiju.base.inbox.states import DayKind
from guiju.core.calendar import Notice
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.office_text import office_text

MOST_BYTES = 256 * 1024
MOST_DAYS = 1000
"""Three years' worth of days: no notice speaks of more."""

MOST_TITLE = 100
YEARS = range(2000, 2200)

_ZIP = b"PK"
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_MARKS = {
    **dict.fromkeys(("休", "放假", "休息", "off"), DayKind.OFF),
    **dict.fromkeys(("班", "上班", "补班", "work"), DayKind.WORKED),
}
_BETWEEN = re.compile(r"[\s,;:\t]+")
_TO = re.compile(r"\s*(?:至|到|~|—+|–)\s*")


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """A notice as it will be loaded: what it is called, and what it says."""

    title: str
    notice: Notice

    @property
    def sha256(self) -> str:
        """By which the same notice is known again, whatever it is called."""
        plain = [sorted(self.notice.years), *map(_texts, (self.notice.off, self.notice.worked))]
        return hashlib.sha256(json.dumps(plain).encode()).hexdigest()

    @property
    def text(self) -> str:
        """The days, one a line, as they can be read again."""
        marked = [(day, DayKind.OFF) for day in self.notice.off]
        marked += [(day, DayKind.WORKED) for day in self.notice.worked]
        return "\n".join(f"{day.isoformat()} {kind.label}" for day, kind in sorted(marked))


def read_holidays(content: bytes, *, title: str, years: str) -> HolidayTable:
    """Read a notice.

    Args:
        content: text, CSV or XLSX.
        title: how it is called.
        years: the years that it settles, with anything between; empty for a local exception.

    Raises:
        Invalid: CALENDAR-01 for no table, CALENDAR-02 for one too large, CALENDAR-03 for a
            line without day and mark, CALENDAR-04 for a day marked both ways, CALENDAR-05
            without any day, CALENDAR-06 for the years, CALENDAR-07 for the title.
    """
    if len(content) > MOST_BYTES:
        raise _too_large()
    lines = book_lines(content) if content.startswith(_ZIP) else _text_lines(content)
    days = _days(lines)
    notice = Notice(
        _years(years, days),
        frozenset(day for day, kind in days.items() if kind is DayKind.OFF),
        frozenset(day for day, kind in days.items() if kind is DayKind.WORKED),
    )
    return HolidayTable(_title(title), notice)


def _text_lines(content: bytes) -> Iterator[tuple[int, str]]:
    text = office_text(content)
    if text is None:
        raise Invalid(
            "CALENDAR-01",
            zh("这不是能读的表格。请用文本、CSV 或 .xlsx，每行写日期和「休」或「班」。"),
        )
    yield from enumerate(text.splitlines(), 1)


def _days(lines: Iterable[tuple[int, str]]) -> dict[date, DayKind]:
    days: dict[date, DayKind] = {}
    is_top = True
    for number, raw in lines:
        line = unicodedata.normalize("NFKC", raw[:200]).strip(" \t,;\"'")
        if not line or (is_top and not _DAY.search(line)):
            is_top = is_top and not line
            continue
        is_top = False
        for day, kind in _marked(number, line):
            if days.setdefault(day, kind) is not kind:
                raise _fault("CALENDAR-04", number, zh("这一天既写了休又写了班"))
            if len(days) > MOST_DAYS:
                raise _too_large()
    if not days:
        raise Invalid(
            "CALENDAR-05",
            zh("没有写任何一天。请每行写一个日期和「休」或「班」，例如：2027-01-01 休。"),
        )
    return days


def _marked(number: int, line: str) -> Iterator[tuple[date, DayKind]]:
    """Yield the days that a line marks."""
    kind = next((_MARKS[word] for word in _BETWEEN.split(line.lower()) if word in _MARKS), None)
    spans = list(_DAY.finditer(line))
    if kind is None or not 1 <= len(spans) <= 2:
        raise _fault("CALENDAR-03", number, zh("应写一个日期（或起止两个日期）和「休」或「班」"))
    if len(spans) == 2 and not _TO.fullmatch(line[spans[0].end() : spans[1].start()]):
        raise _fault("CALENDAR-03", number, zh("起止两个日期之间应写「至」"))
    first, last = _day(number, spans[0]), _day(number, spans[-1])
    if not 0 <= (last - first).days < MOST_DAYS:
        raise _fault("CALENDAR-03", number, zh("起止日期的先后或间隔不对"))
    for ahead in range((last - first).days + 1):
        yield first + timedelta(days=ahead), kind


def _day(number: int, found: re.Match[str]) -> date:
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        day = date.min
    if day.year not in YEARS:
        raise _fault("CALENDAR-03", number, zh("没有「{day}」这一天", day=found[0]))
    return day


def _years(text: str, days: Iterable[date]) -> frozenset[int]:
    plain = unicodedata.normalize("NFKC", text)
    found = [word for word in re.split(r"[\s,;、年]+", plain) if word]
    years = {int(word) for word in found if re.fullmatch(r"[0-9]{4}", word)}
    spoken_of = {day.year for day in days}
    if len(years) != len(set(found)) or not years <= spoken_of & set(YEARS):
        raise Invalid(
            "CALENDAR-06",
            zh(
                "「{years}」不对：只能填四位年份，而且表里要有这一年的日期。"
                "只是临时调整的，年份留空。",
                years=text[:60],
            ),
        )
    return frozenset(years)


def _title(text: str) -> str:
    title = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not 0 < len(title) <= MOST_TITLE:
        raise Invalid(
            "CALENDAR-07",
            zh("请填写通知的名称或文号，最多 {most} 字。", most=MOST_TITLE),
        )
    return title


def _fault(code: str, number: int, what: Sentence) -> Invalid:
    sentence = zh("第 {number} 行：{what}。请改正后再载入。", number=number, what=what)
    return Invalid(code, sentence)


def _too_large() -> Invalid:
    return Invalid(
        "CALENDAR-02",
        zh("表格太大：最多 {days} 天。请核对是否选错了文件。", days=MOST_DAYS),
    )


def _texts(days: Iterable[date]) -> list[str]:
    return sorted(day.isoformat() for day in days)
