"""What a reader wants of a list, from and to the address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from guiju.base.ui.paging import Place, read_place
from guiju.base.ui.periods import OWN, Period, not_offered, read_period, wrong_order
from guiju.base.ui.tables import AnyTable, Filter, Sort
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

FORMATS = ("csv", "xlsx")
MOST_TYPED = 100
"""Characters of a filter."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEARS = range(1900, 2200)
_ENDS = ("since", "until")


@dataclass(frozen=True, slots=True)
class ListState:
    """What is shown of a list.

    Attributes:
        filters: the conditions that are set, by name.
        sort: name of the column that it is sorted by.
        order: by what the rows are sorted.
        is_backwards: from large to small.
        columns: names of the shown columns, in the table's order.
        place: from where it is read on.
        format: ``csv`` or ``xlsx`` for an export, empty for a page.
    """

    filters: Mapping[str, str]
    sort: str
    order: Sort
    is_backwards: bool
    columns: tuple[str, ...]
    place: Place | None = None
    format: str = ""

    def day(self, name: str) -> date | None:
        """Return the day that a filter names; None where it is not set."""
        found = self.filters.get(name)
        return date.fromisoformat(found) if found else None

    def period(self, name: str) -> Period:
        """Return the span of days that a filter picks; an empty one where it is not set."""
        since, until = (self.filters.get(f"{name}_{end}", "") for end in _ENDS)
        return Period(self.filters.get(name, ""), since, until)


def read_state(query: QueryDict, table: AnyTable) -> ListState:
    """Return what an address asks of a list; what it does not know it leaves alone.

    Raises:
        Invalid: PAGE-01 and PAGE-02 for the place, PAGE-03 for a day that is none, PAGE-04 for
            two in the wrong order, PAGE-05 for an order, PAGE-06 for columns, PAGE-07 for a
            format, PAGE-08 for a choice that is not offered, PAGE-09 for a filter that is too
            long.
    """
    name, order, is_backwards = _order(query.get("sort", "") or table.sort, table)
    return ListState(
        filters=_filters(query, table),
        sort=name,
        order=order,
        is_backwards=is_backwards,
        columns=_columns(query, table),
        place=read_place(query, kinds=(order.kind, int)),
        format=_format(query.get("format", "")),
    )


def _order(text: str, table: AnyTable) -> tuple[str, Sort, bool]:
    name = text.removeprefix("-")
    column = table.column(name)
    if column is None or column.sort is None:
        raise Invalid(
            "PAGE-05",
            zh("这张表不能按「{name}」排序。请点表头选择排序。", name=name[:40]),
        )
    return name, column.sort, text.startswith("-")


def _columns(query: QueryDict, table: AnyTable) -> tuple[str, ...]:
    wanted = set(query.getlist("column"))
    known = {column.name for column in table.columns}
    if strange := wanted - known:
        raise Invalid(
            "PAGE-06",
            zh("这张表没有「{name}」这一列。请重新选择要显示的列。", name=min(strange)[:40]),
        )
    return tuple(
        column.name
        for column in table.columns
        if (column.name in wanted if wanted else column.is_shown)
    )


def _format(text: str) -> str:
    if text and text not in FORMATS:
        raise Invalid("PAGE-07", zh("不能导出成「{name}」。请选 XLSX 或 CSV。", name=text[:40]))
    return text


def _filters(query: QueryDict, table: AnyTable) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in table.filters:
        if one.is_period:
            found |= _period(query, one)
        elif value := _filter(query, one):
            found[one.name] = value
    return found


def _period(query: QueryDict, one: Filter) -> dict[str, str]:
    since, until = (f"{one.name}_{end}" for end in _ENDS)
    picked = read_period(query, choice=one.name, since=since, until=until, label=one.label)
    for text in filter(None, (picked.since, picked.until)):
        _check_day(text, one.label)
    if picked.since and picked.until and picked.since > picked.until:
        raise wrong_order(picked.since, picked.until)
    days = {since: picked.since, until: picked.until} if picked.choice == OWN else {}
    found = {one.name: picked.choice, **days}
    return {name: value for name, value in found.items() if value}


def _filter(query: QueryDict, one: Filter) -> str:
    text = query.get(one.name, "").strip()
    if len(text) > MOST_TYPED or "\x00" in text:
        raise Invalid(
            "PAGE-09",
            zh(
                "筛选「{label}」最多 {most} 个字，且不能有控制字符。请写短一些。",
                label=one.label,
                most=MOST_TYPED,
            ),
        )
    if text and one.is_day:
        _check_day(text, one.label)
    if text and one.choices and text not in dict(one.choices):
        raise not_offered(one.label, text)
    return text


def _check_day(text: str, label: Sentence) -> None:
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text).year in _YEARS:
            return
    except ValueError:
        pass
    raise Invalid(
        "PAGE-03",
        zh(
            "时间「{what}」写的是「{text}」，认不出来。请写成 2026-11-21。",
            what=label,
            text=text[:40],
        ),
    )
