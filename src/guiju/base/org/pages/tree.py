"""The organisation as a tree, as it is or was on a day."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiju.base.org.pages.ways import Day, read_day, tabs
from guiju.base.org.reads.on_day import UnitOnDay, units_on
from guiju.base.org.reads.within import numbers_in
from guiju.base.ui.badges import Badge
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Branch
from guiju.base.ui.reader import may, scope_of
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

MOST_DRAWN = 400
"""So many units at most are drawn, whole levels from the top; each unit's page goes on."""


@dataclass(slots=True)
class _Sum:
    """What hangs below a unit, itself included."""

    units: int = 0
    posts: int = 0
    vacant: int = 0

    def add(self, other: _Sum) -> None:
        self.units += other.units
        self.posts += other.posts
        self.vacant += other.vacant


@dataclass(slots=True)
class _Drawing:
    """A tree that is being drawn: units by the number of the one above them."""

    day: Day
    below: dict[int, list[UnitOnDay]] = field(default_factory=dict)
    levels: int = 0

    def branch(self, unit: UnitOnDay, level: int) -> tuple[Branch, _Sum]:
        """Return a unit with all below it; deeper levels are counted and not drawn."""
        if level == self.levels:
            return self._leaf(unit, level, self.total(unit))
        total = _Sum(1, unit.posts, unit.vacant)
        drawn = []
        for one in self.below.get(unit.number, ()):
            branch, counted = self.branch(one, level + 1)
            total.add(counted)
            drawn.append(branch)
        return self._leaf(unit, level, total, tuple(drawn))

    def total(self, unit: UnitOnDay) -> _Sum:
        """Return what hangs below a unit, itself included."""
        total, waiting = _Sum(), [unit]
        while waiting:
            one = waiting.pop()
            total.add(_Sum(1, one.posts, one.vacant))
            waiting += self.below.get(one.number, ())
        return total

    def _leaf(
        self, unit: UnitOnDay, level: int, total: _Sum, below: tuple[Branch, ...] = ()
    ) -> tuple[Branch, _Sum]:
        shown = Branch(
            unit.name,
            page_of("org:unit", unit.reference) + self.day.query,
            _note(total),
            Badge("warn", zh("{count} 个空缺", count=total.vacant)) if total.vacant else None,
            below=below,
            is_open=level < 2,
        )
        return shown, total


@needs(Permission.ORG_READ)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Show the tree; every unit leads to its page on the same day."""
    day = read_day(request)
    units = units_on(scope_of(request, Permission.ORG_READ), on=day.on)
    branches, total = draw(units, day)
    shown = {
        "day": day,
        "branches": branches,
        "units": total.units,
        "posts": total.posts,
        "vacant": total.vacant,
        "tabs": tabs(request, "org:tree"),
        "may_import": may(request, Permission.ORG_IMPORT),
        "may_export": may(request, Permission.ORG_EXPORT),
    }
    return render(request, "org/tree.html", shown)


def draw(units: tuple[UnitOnDay, ...], day: Day) -> tuple[tuple[Branch, ...], _Sum]:
    """Return units as a tree, and their sum."""
    known = {unit.number for unit in units}
    drawing = _Drawing(day)
    for unit in units:
        drawing.below.setdefault(above(unit, known), []).append(unit)
    drawing.levels = _levels(drawing.below)
    total, branches = _Sum(), []
    for unit in drawing.below.get(0, ()):
        branch, counted = drawing.branch(unit, 0)
        total.add(counted)
        branches.append(branch)
    return tuple(branches), total


def _levels(below: dict[int, list[UnitOnDay]]) -> int:
    """Return how many levels below the top fit into what is drawn at most; at least one."""
    level, depth, count = below.get(0, []), 0, 0
    while level:
        count += len(level)
        if count > MOST_DRAWN and depth > 1:
            return depth - 1
        level = [one for unit in level for one in below.get(unit.number, ())]
        depth += 1
    return depth


def above(unit: UnitOnDay, known: set[int]) -> int:
    """Return below what a unit is drawn: its parent then, else the nearest that was there."""
    if unit.parent in known:
        return unit.parent
    line = numbers_in(unit.path)[:-1]
    return next((number for number in reversed(line) if number in known), 0)


def _note(total: _Sum) -> Sentence:
    if total.units == 1:
        return zh("{posts} 个岗位", posts=total.posts)
    return zh("{units} 个单位，{posts} 个岗位", units=total.units, posts=total.posts)
