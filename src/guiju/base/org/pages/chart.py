"""组织架构图: a unit and those below it in boxes, with their heads and vacancies, for paper too."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiju.base.org.pages.tree import above
from guiju.base.org.pages.ways import Day, read_day, said, tabs, way
from guiju.base.org.reads.chart import HeadPost, heads_of
from guiju.base.org.reads.on_day import UnitOnDay, units_on
from guiju.base.ui.box_charts import Box, BoxChart, box_chart
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission

MOST_BOXES = 80
"""Boxes of one chart: five pages of paper; the list of units has the rest."""


@needs(Permission.ORG_READ)
@require_safe
def chart(request: HttpRequest, identity: UUID | None = None) -> HttpResponse:
    """Show a unit with those right below it; the topmost unit where none is named."""
    day = read_day(request)
    units = units_on(scope_of(request, Permission.ORG_READ), on=day.on)
    below: dict[int, list[UnitOnDay]] = {}
    known = {unit.number for unit in units}
    for unit in units:
        below.setdefault(above(unit, known), []).append(unit)
    top = _chosen(units, below, identity)
    offices = below.get(top.number, []) if top else []
    shown: dict[str, object] = {
        "day": day,
        "top": top,
        "chart": draw_chart(top, offices[:MOST_BOXES], below, day) if top else None,
        "others": [
            (one.name, page_of("org:unit_chart", one.reference) + day.query)
            for one in below.get(0, ())
            if one != top
        ],
        "more": max(0, len(offices) - MOST_BOXES),
        "tabs": tabs(request, "org:tree"),
        "way": _way(units, top, known, day),
        "page": page_of("org:unit", top.reference) + day.query if top else "",
    }
    return render(request, "org/chart.html", shown)


def _chosen(
    units: tuple[UnitOnDay, ...], below: dict[int, list[UnitOnDay]], identity: UUID | None
) -> UnitOnDay | None:
    if identity is None:
        return next(iter(below.get(0, ())), None)
    for unit in units:
        if unit.reference == f"unit:{identity}":
            return unit
    raise Http404


def draw_chart(
    top: UnitOnDay, offices: list[UnitOnDay], below: dict[int, list[UnitOnDay]], day: Day
) -> BoxChart:
    """Return the chart; a box with units below it leads to their chart, others to their page."""
    heads = heads_of([top.number, *(one.number for one in offices)], on=day.on)
    boxes = [
        _box(one, heads.get(one.number, ()), len(below.get(one.number, ())), day) for one in offices
    ]
    first = _box(top, heads.get(top.number, ()), len(below.get(top.number, ())), day, is_top=True)
    return box_chart(zh("{unit}的组织架构图", unit=top.name), first, boxes)


def _box(
    unit: UnitOnDay, heads: tuple[HeadPost, ...], count: int, day: Day, *, is_top: bool = False
) -> Box:
    has_chart = count and not is_top
    view = "org:unit_chart" if has_chart else "org:unit"
    numbers = zh("{posts} 个岗位", posts=unit.posts)
    if count:
        numbers = zh("{units} 个下级单位，{posts} 个岗位", units=count, posts=unit.posts)
    return Box(
        unit.name,
        (*(_head(one) for one in heads), numbers),
        page_of(view, unit.reference) + day.query,
        zh("▲ {count} 个空缺", count=unit.vacant) if unit.vacant else "",
    )


def _head(post: HeadPost) -> Sentence:
    if not post.holders:
        return zh("{post}：空缺", post=post.name)
    return zh("{post}：{names}", post=post.name, names=listing(said(one) for one in post.holders))


def _way(
    units: tuple[UnitOnDay, ...], top: UnitOnDay | None, known: set[int], day: Day
) -> tuple[Crumb, ...]:
    """Return the charts above this one."""
    if top is None:
        return way()
    by_number = {unit.number: unit for unit in units}
    line, at = [Crumb(top.name)], above(top, known)
    while at:
        unit = by_number[at]
        line.append(Crumb(unit.name, page_of("org:unit_chart", unit.reference) + day.query))
        at = above(unit, known)
    return (Crumb(zh("组织"), reverse("org:tree")), *line[::-1])
