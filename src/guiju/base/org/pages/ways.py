"""What the pages of the organisation have in common: their addresses, tabs, and the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.org.reads.holders import Holder
from guiju.base.ui import dates
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import may
from guiju.core.errors import Invalid
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import Permission

NO_NAME = zh("（已清除姓名）")
YES = (("yes", zh("是")),)

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEARS = range(1900, 2200)
_TABS = (
    ("org:tree", zh("组织树"), Permission.ORG_READ, ()),
    ("org:units", zh("单位"), Permission.ORG_READ, ()),
    ("org:posts", zh("岗位"), Permission.ORG_READ, ()),
    ("org:people", zh("人员"), Permission.PERSON_READ, ()),
    ("org:bodies", zh("领导小组等机构"), Permission.ORG_READ, ()),
    (
        "org:rotation",
        zh("轮岗和空缺"),
        Permission.ROTATION_READ,
        ("org:vacancies", "org:concentration"),
    ),
    ("org:keys", zh("重点名单"), Permission.ORG_READ, ()),
    ("org:duties", zh("法定职责"), Permission.ORG_READ, ()),
)


@dataclass(frozen=True, slots=True)
class Day:
    """The day that a page is about.

    Attributes:
        on: that day.
        is_today: whether nobody asked for another one.
    """

    on: date
    is_today: bool

    @property
    def query(self) -> str:
        """What stands at the end of addresses that stay with this day."""
        return "" if self.is_today else f"?on={self.on.isoformat()}"


def read_day(request: HttpRequest) -> Day:
    """Return the day that an address asks for (``?on=2019-05-01``), today without one.

    Raises:
        Invalid: PAGE-03 for what is no day.
    """
    text, today = request.GET.get("on", "").strip(), timezone.localdate()
    if not text:
        return Day(today, is_today=True)
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text).year in _YEARS:
            on = date.fromisoformat(text)
            return Day(on, is_today=on == today)
    except ValueError:
        pass
    raise Invalid(
        "PAGE-03",
        zh(
            "时间「{what}」写的是「{text}」，认不出来。请写成 2026-11-21。",
            what=zh("日期"),
            text=text[:40],
        ),
    )


def not_on(day: Day, founded: date | None, abolished: date | None) -> Sentence | None:
    """Say that something does not exist on the day, None where it does."""
    if founded and day.on < founded:
        return zh("这一天它还没有设立，设立日期是 {day}。", day=dates.day(founded))
    if abolished and day.on >= abolished:
        return zh("它已经撤销，撤销日期是 {day}。", day=dates.day(abolished))
    return None


def tabs(request: HttpRequest, current: str) -> tuple[Tab, ...]:
    """Return the pages of the area that the reader may open."""
    return tuple(
        Tab(label, reverse(view), is_current=current == view or current in others)
        for view, label, permission, others in _TABS
        if may(request, permission)
    )


def way(*steps: Crumb) -> tuple[Crumb, ...]:
    """Return the way to a page of the area."""
    return (Crumb(zh("组织"), reverse("org:tree")), *steps)


def name_of(name: str) -> Sentence | str:
    """Return somebody's name, or words in its place where it was erased."""
    return name or NO_NAME


def said(holder: Holder) -> Sentence | str:
    """Return who acts in a post and how, where that is not simply by holding it."""
    name = name_of(holder.name)
    if holder.how is StandIn.HOLDER:
        return name
    how = holder.kind.label if holder.kind else holder.how.label
    return zh("{name}（{how}）", name=name, how=how)


def row_of(holders: tuple[Holder, ...]) -> Listing | None:
    """Return several of them for one cell of a list, None for nobody."""
    return listing(said(one) for one in holders) if holders else None
