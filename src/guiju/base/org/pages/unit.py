"""One unit: where it stands, who answers for it, its posts, its past; on any day."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from guiju.base.org.pages.doing import UNIT, Deed, buttons
from guiju.base.org.pages.rows import PostRow, people_in, post_rows
from guiju.base.org.pages.ways import Day, name_of, not_on, read_day, way
from guiju.base.org.reads import duties
from guiju.base.org.reads.on_day import Above, UnitHead, bodies_of, head_above, unit_head
from guiju.base.org.reads.open_to import open_bodies, open_people, open_units
from guiju.base.org.reads.units import UnitPage, VersionShown, unit_page
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition, Tab
from guiju.base.ui.reader import scope_of
from guiju.core.access import Scope
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


@needs(Permission.ORG_READ)
@require_safe
def unit(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show a unit as it is or was on a day."""
    day = read_day(request)
    found = _found(request, identity, day)
    heads = [post for post in found.posts if post.level is LeaderLevel.HEAD]
    above = None if heads else head_above(found.unit.path, on=day.on)
    named = people_in(found.posts) | ({above.person} if above else set())
    seen = open_people(named, scope_of(request, Permission.PERSON_READ))
    rows = post_rows(found.posts, seen, day)
    shown = _head(request, _head_of(found, day), day, "org:unit") | {
        "versions": found.versions[::-1] if len(found.versions) > 1 else (),
        "buttons": _buttons(request, found) if day.is_today else (),
        "sheet": _sheet(found),
        "posts": rows,
        "vacant": sum(not row.own for row in rows),
        "responsible": _responsible(rows),
        "above": above,
        "above_link": _link_above(above, seen),
        "below": [(one, page_of("org:unit", one.reference) + day.query) for one in found.below],
        "before": [(one, page_of("org:unit", one.reference)) for one in found.before],
        "after": [(one, page_of("org:unit", one.reference)) for one in found.after],
        "posts_link": f"{reverse('org:posts')}?{urlencode({'unit': found.unit.code})}",
        "people_link": f"{reverse('org:people')}?{urlencode({'unit': found.unit.code})}",
    }
    return render(request, "org/unit.html", shown)


@needs(Permission.ORG_READ)
@require_safe
def unit_bodies(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show in which bodies a unit has a part."""
    day = read_day(request)
    head = _found_head(request, identity, day)
    parts = bodies_of(head.reference, on=day.on)
    seen = open_bodies({one.body for one in parts}, scope_of(request, Permission.ORG_READ))
    shown = _head(request, head, day, "org:unit_bodies") | {
        "parts": [
            (one, page_of("org:body", one.body) if one.body in seen else "") for one in parts
        ],
    }
    return render(request, "org/unit_bodies.html", shown)


@needs(Permission.ORG_READ)
@require_safe
def unit_duties(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show which statutory duties a unit carries, and who carries each for it, on a day."""
    day, scope = read_day(request), scope_of(request, Permission.ORG_READ)
    head = _found_head(request, identity, day)
    for_it = duties.carriers_for(head.reference, day.on)
    own = duties.carried_by(head.reference, day.on)
    named = {one.carrier for one in for_it.values() if one} | {one.area for one in own}
    seen = open_units(named, scope) | open_bodies(named, scope)
    shown = _head(request, head, day, "org:unit_duties") | {
        "own": [(one, page_of("org:unit", one.area) if one.area in seen else "") for one in own],
        "for_it": [
            (duty, one, _carrier(one.carrier) if one and one.carrier in seen else "")
            for duty, one in for_it.items()
        ],
    }
    return render(request, "org/unit_duties.html", shown)


def _carrier(reference: str) -> str:
    return page_of("org:body" if reference.startswith("body:") else "org:unit", reference)


@needs(Permission.ORG_READ)
@require_safe
def unit_history(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Show what happened to a unit, from the record."""
    day = read_day(request)
    head = _found_head(request, identity, day)
    shown = _head(request, head, day, "org:unit_history") | {"reference": head.reference}
    return render(request, "org/unit_history.html", shown)


def _found_head(request: HttpRequest, identity: UUID, day: Day) -> UnitHead:
    found = unit_head(f"unit:{identity}", scope_of(request, Permission.ORG_READ), on=day.on)
    if found is None:
        raise Http404
    return found


def _found(request: HttpRequest, identity: UUID, day: Day) -> UnitPage:
    found = unit_page(f"unit:{identity}", scope_of(request, Permission.ORG_READ), on=day.on)
    if found is None:
        raise Http404
    return found


def _head(request: HttpRequest, head: UnitHead, day: Day, view: str) -> dict[str, object]:
    """Return what stands above each page of a unit; units above out of scope have no link."""
    scope = scope_of(request, Permission.ORG_READ)
    line = [
        Crumb(name, page_of("org:unit", one) + day.query if scope.covers(path) else "")
        for name, one, path in head.line
    ]
    views = (
        ("org:unit", zh("概况")),
        ("org:unit_bodies", zh("参加的机构")),
        ("org:unit_duties", zh("法定职责")),
        ("org:unit_history", zh("经过")),
    )
    return {
        "head": head,
        "day": day,
        "absence": not_on(day, head.founded, head.abolished),
        "way": way(*line, Crumb(head.now)),
        "unit_tabs": [
            Tab(label, page_of(name, head.reference) + day.query, name == view)
            for name, label in views
        ],
    }


def _head_of(found: UnitPage, day: Day) -> UnitHead:
    unit, then = found.unit, _version(found, day)
    return UnitHead(
        unit.reference,
        unit.path,
        unit.kind,
        tuple((one.name, one.reference, one.path) for one in found.line),
        then.name if then else unit.name,
        then.parent if then else "",
        unit.name,
        unit.founded,
        unit.abolished,
    )


def _buttons(request: HttpRequest, found: UnitPage) -> list[tuple[Deed, str]]:
    """Return what the reader may do with the unit; its place is at hand, nothing is asked."""

    def opens(references: Iterable[str], scope: Scope) -> frozenset[str]:
        return frozenset(references) if scope.covers(found.unit.path) else frozenset()

    return buttons(request, UNIT, found.unit.reference, opens)


def _version(found: UnitPage, day: Day) -> VersionShown | None:
    for one in found.versions:
        if (one.start is None or one.start <= day.on) and (one.end is None or day.on < one.end):
            return one
    return None


def _sheet(found: UnitPage) -> tuple[Definition, ...]:
    unit = found.unit
    return (
        Definition(zh("单位编号"), unit.code),
        Definition(zh("简称"), unit.short_name),
        Definition(zh("类别"), unit.kind),
        Definition(zh("重点单位"), zh("是") if unit.is_key else zh("否")),
        Definition(zh("适用方案"), found.profile),
        Definition(zh("登录后使用"), found.shell),
        Definition(zh("行政区划代码"), found.area_code),
        Definition(zh("统一社会信用代码"), found.credit_code),
        Definition(zh("设立日期"), unit.founded),
        Definition(zh("撤销日期"), unit.abolished),
    )


def _responsible(rows: tuple[PostRow, ...]) -> list[tuple[Sentence, list[PostRow]]]:
    """Return who answers for the unit, the first before those in direct charge (S0-44, S1-01)."""
    ranks = (
        (LeaderLevel.HEAD, zh("第一责任人")),
        (LeaderLevel.DEPUTY, zh("直接领导责任人")),
    )
    found = [(label, [row for row in rows if row.post.level is level]) for level, label in ranks]
    return [(label, posts) for label, posts in found if posts]


def _link_above(above: Above | None, seen: frozenset[str]) -> dict[str, object] | None:
    if above is None:
        return None
    link = page_of("org:person", above.person) if above.person in seen else ""
    return {"name": name_of(above.name), "link": link}
