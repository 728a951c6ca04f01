"""The units as a tree: nobody above himself, not too deep, and every top with its profile.

Several tops are allowed: one installation may serve a county, a bureau that a city leads
directly, and schools. What a forgotten superior looks like, a top without a profile, is not.
"""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.organisation.books import Books
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.rows import Fault, UnitRow
from guiju.core.sentence import Sentence, zh

MOST_LEVELS = 12
_SHOWN = 6
_WALKING, _IN_CIRCLE = -1, -2

_NO_PROFILE = zh("没有上级的单位必须写明配置（县、局或校）。如果它有上级，请填写上级单位编号。")
_TOO_DEEP = zh("单位层级超过 {most} 层。请核对上级单位编号。", most=MOST_LEVELS)


def tree_faults(books: Books) -> Iterator[Fault]:
    """Yield circles of superiors, units too far down, and tops without a profile."""
    levels: dict[str, int] = {}
    for code in books.units:
        circle = _climb(code, books.units, levels)
        if circle:
            yield from _circle(circle, books)
    for code, unit in books.units.items():
        if not books.tells(unit):
            continue
        if not unit.parent and not unit.profile:
            yield _fault(unit, Column.PROFILE, "ORG-36", _NO_PROFILE)
        if levels[code] > MOST_LEVELS:
            yield _fault(unit, Column.PARENT, "ORG-35", _TOO_DEEP)


def _climb(code: str, units: dict[str, UnitRow], levels: dict[str, int]) -> list[str]:
    """Give ``code`` and all above it their levels; return the circle that is found on the way."""
    way: list[str] = []
    while code in units and code not in levels:
        levels[code] = _WALKING
        way.append(code)
        code = units[code].parent
    level = levels.get(code, 0)
    circle = way[way.index(code) :] if level == _WALKING else []
    for below in reversed(way):
        level = level + 1 if level >= 0 else _IN_CIRCLE
        levels[below] = level
    return circle


def _circle(circle: list[str], books: Books) -> Iterator[Fault]:
    """Name the circle once, at its first row in the workbook."""
    ours = [code for code in circle if books.tells(books.units[code])]
    if not ours:
        return
    first = min(ours, key=lambda code: (books.units[code].row, code))
    turn = circle.index(first)
    codes = [*circle[turn:], *circle[:turn], first]
    if len(codes) > _SHOWN:
        codes = [*codes[: _SHOWN - 1], "…", first]
    shown = " → ".join(code[:40] for code in codes)
    yield _fault(
        books.units[first],
        Column.PARENT,
        "ORG-34",
        zh("上级绕成了圈：{codes}。请改正其中一个上级单位编号。", codes=shown),
    )


def _fault(unit: UnitRow, column: Column, code: str, sentence: Sentence) -> Fault:
    return Fault(Sheet.UNITS, unit.row, column, code, sentence)
