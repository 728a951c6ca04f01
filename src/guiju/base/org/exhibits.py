"""The screens of the organisation in the gallery, with made-up contents.

A screen that is forbidden does not exist for its reader; what is shown in that state is how
it looks to somebody who may open it and nothing that it leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.org.pages.rows import PostRow, Who
from guiju.base.org.pages.ways import Day, not_on, way
from guiju.base.org.reads.bodies import BodyShown, MemberShown
from guiju.base.org.reads.holders import Holder
from guiju.base.org.reads.on_day import UnitHead
from guiju.base.org.reads.people import PersonShown, TermShown
from guiju.base.org.reads.posts import PostShown
from guiju.base.ui.badges import Badge
from guiju.base.ui.gallery import Exhibit, add_exhibit
from guiju.base.ui.gallery.people import LONG_NAME, LONG_UNIT, holders
from guiju.base.ui.gallery.people import Holder as Somebody
from guiju.base.ui.parts import Branch, Clock, Crumb, Definition, Tab
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, StandIn
from guiju.core.sentence import zh

Shown = Mapping[str, object]

TODAY = date(2026, 11, 25)
COUNTS = {"empty": 0, "typical": 5, "long": 4, "many": 200, "error": 3, "forbidden": 5}
LEVELS = (LeaderLevel.HEAD, LeaderLevel.DEPUTY, LeaderLevel.MIDDLE, LeaderLevel.STAFF)


def _somebody(state: str) -> list[Somebody]:
    return list(holders(COUNTS[state], is_long=state == "long"))


def _link(state: str) -> str:
    return "" if state == "forbidden" else reverse("ui:gallery")


def _unit_name(state: str) -> str:
    return LONG_UNIT if state == "long" else "教育局"


def _day(state: str) -> Day:
    """In the state of an error, the day lies before everything."""
    return Day(date(1999, 1, 1), is_today=False) if state == "error" else Day(TODAY, is_today=True)


def _tabs() -> tuple[Tab, ...]:
    here = reverse("ui:gallery")
    return (Tab(zh("概况"), here, is_current=True), Tab(zh("经过"), here))


def _post(one: Somebody, state: str, held: tuple[Holder, ...] = ()) -> PostShown:
    return PostShown(
        f"post:{one.number}",
        f"JYJ-{one.number:02}",
        LONG_UNIT if state == "long" else one.post,
        "unit:1",
        _unit_name(state),
        LEVELS[min(one.number - 1, 3)],
        one.number % 2 == 0,
        5,
        (Function.FINANCE, Function.WORKS) if one.number == 2 else (),
        (),
        None,
        None,
        1,
        held,
    )


def _who(one: Somebody, state: str) -> Who:
    return Who(one.name, _link(state), "", one.since, None, "")


def _rows(state: str) -> list[PostRow]:
    return [
        PostRow(
            _post(one, state),
            reverse("ui:gallery"),
            () if one.is_due else (_who(one, state),),
            (Who(one.name, _link(state), StandIn.DELEGATE.label, one.since, None, ""),)
            if one.is_due
            else (),
        )
        for one in _somebody(state)
    ]


def _tree(_request: HttpRequest, state: str) -> Shown:
    count, link = COUNTS[state], reverse("ui:gallery")
    below = tuple(
        Branch(
            one.name if state == "many" else _unit_name(state) + str(one.number),
            link,
            zh("{posts} 个岗位", posts=one.matters),
            Badge("warn", zh("{count} 个空缺", count=1)) if one.is_due else None,
        )
        for one in _somebody(state)
    )
    top = Branch(
        "示例县", link, zh("{units} 个单位，{posts} 个岗位", units=count + 1, posts=count * 4),
        below=below, is_open=True,
    )  # fmt: skip
    return {
        "day": _day(state),
        "branches": [top] if count else [],
        "units": count + 1,
        "posts": count * 4,
        "vacant": 1,
        "tabs": _tabs(),
    }


def _unit(_request: HttpRequest, state: str) -> Shown:
    day, rows, name = _day(state), _rows(state), _unit_name(state)
    founded = date(2001, 3, 1)
    head = UnitHead("unit:1", "1/", UnitKind.DEPARTMENT, (), name, "示例县", name, founded, None)
    ranks = ((zh("第一责任人"), rows[:1]), (zh("直接领导责任人"), rows[1:2]))
    return {
        "head": head,
        "day": day,
        "absence": not_on(day, founded, None),
        "way": way(Crumb(name)),
        "unit_tabs": _tabs(),
        "posts": rows,
        "vacant": sum(not row.own for row in rows),
        "responsible": [(label, found) for label, found in ranks if found],
        "sheet": (
            Definition(zh("单位编号"), "JYJ"),
            Definition(zh("类别"), UnitKind.DEPARTMENT),
            Definition(zh("设立日期"), founded),
        ),
        "posts_link": reverse("ui:gallery"),
        "people_link": reverse("ui:gallery"),
    }


def _one_post(_request: HttpRequest, state: str) -> Shown:
    people, day = _somebody(state), _day(state)
    first = people[0] if people else next(iter(holders(1)))
    post = _post(first, state)
    founded = date(2001, 3, 1)
    terms = [
        {
            "name": one.name,
            "link": _link(state),
            "kind": AppointmentKind.REGULAR,
            "start": TODAY - timedelta(days=900 * n + 800),
            "end": TODAY - timedelta(days=900 * n - 100) if n else None,
            "document": "示委干〔2024〕1号",
            "is_running": not n,
        }
        for n, one in enumerate(people[:30])
    ]
    clock = Clock(zh("距最长任期还有 {count} 天", count=25), 98, "near")
    return {
        "post": post,
        "day": day,
        "absence": not_on(day, founded, None),
        "way": way(Crumb(post.unit_name), Crumb(post.name)),
        "post_tabs": _tabs(),
        "row": PostRow(post, "", tuple(_who(one, state) for one in people[:1]), ()),
        "sheet": (Definition(zh("岗位编号"), post.code), Definition(zh("层级"), post.level)),
        "tenures": [(one.name, clock) for one in people[:1]],
        "terms": terms,
        "incompatible": [(one.post, _link(state), "") for one in people[1:2]],
    }


def _person(_request: HttpRequest, state: str) -> Shown:
    people = _somebody(state)
    name = LONG_NAME if state == "long" else "周晓岚"
    shown = PersonShown(
        "person:1", "R200", "" if state == "error" else name, "", None, "", _unit_name(state),
        None, is_erased=state == "error",
    )  # fmt: skip
    terms = [
        (
            TermShown(
                "appointment:1", "post:1", one.post, "unit:1", one.unit,
                AppointmentKind.REGULAR, None, one.since, None, "示委干〔2024〕1号",
            ),
            _link(state),
        )
        for one in people
    ]  # fmt: skip
    masked = zh("•••••• 已密封")
    return {
        "person": shown,
        "name": shown.name or zh("（已清除姓名）"),
        "way": way(Crumb(name)),
        "person_tabs": [],
        "sheet": (Definition(zh("人员编号"), shown.code),),
        "sealed": (Definition(zh("证件号码"), masked),),
        "now": terms[:1],
        "rest": terms[1:],
    }


def _body(_request: HttpRequest, state: str) -> Shown:
    name = LONG_UNIT if state == "long" else "权力运行大监督工作格局联席会议"
    body = BodyShown(
        "body:1", name, BodyKind.JOINT_CONFERENCE, None, "unit:1", "示例县", "", "", "", "",
        date(2019, 5, 20), None,
    )  # fmt: skip
    roles = tuple(MemberRole)
    members = [
        (
            MemberShown(
                "member:1", roles[min(one.number - 1, 2)], "person:1", one.name, "", "",
                one.post, one.since, None,
            ),
            one.name,
            _link(state),
            "",
        )
        for one in _somebody(state)
    ]  # fmt: skip
    return {
        "body": body,
        "way": way(Crumb(name)),
        "body_tabs": _tabs(),
        "absence": zh("它已经撤销，撤销日期是 {day}。", day="2026-11-01")
        if state == "error"
        else None,
        "sheet": (Definition(zh("类别"), body.kind), Definition(zh("设在"), body.host_name)),
        "members": members,
    }


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    for name, label, show in (
        ("tree", zh("组织树"), _tree),
        ("unit", zh("单位"), _unit),
        ("post", zh("岗位"), _one_post),
        ("person", zh("人员"), _person),
        ("body", zh("领导小组等机构"), _body),
    ):
        add_exhibit(Exhibit(f"org-{name}", label, f"org/{name}.html", show, is_screen=True))
