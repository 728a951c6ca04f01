"""The example county as rows: the same, byte for byte, whenever it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from random import Random

from guiju.core.organisation.rows import (
    AppointmentRow,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import LeaderLevel, PartyStanding, ResponsibilityKind, UnitKind
from guiju.demo.county.careers import Careers, Post, Script, Spell, Worker
from guiju.demo.county.cast import CAST
from guiju.demo.county.county_organs import COUNTY_ORGANS
from guiju.demo.county.departments import DEPARTMENTS
from guiju.demo.county.names import credit_code, id_number, names
from guiju.demo.county.seats import Field, Unit
from guiju.demo.county.townships import TOWNSHIPS
from guiju.demo.county.turns import turns

UNITS = (*COUNTY_ORGANS, *DEPARTMENTS, *TOWNSHIPS)

_THROW = 994
"""With this throw of the dice there are two hundred people."""

CASHIER = "JYJ-JC-04"
OVERDUE = ("CZJ-07", "XYY-04", "ZRJ-03")
VACANT = ("LXZ-03", "MZJ-02", "XCB-01", "ZJJ-05")

_CASHIER_BEGAN = date(2021, 12, 20)
_SPRING, _SUMMER = date(2026, 3, 11), date(2026, 7, 8)
_SCRIPT = Script(
    kept={
        CASHIER: _CASHIER_BEGAN,
        "XCB-02": date(2025, 7, 9),
        "CZJ-07": date(2020, 11, 11),
        "XYY-04": date(2021, 3, 10),
        "ZRJ-03": date(2019, 3, 12),
    },
    left={"LXZ-03": _SUMMER, "MZJ-02": _SUMMER, "XCB-01": _SUMMER, "ZJJ-05": _SPRING},
    presided={"XCB-01": "XCB-02"},
)

_SMALL_TURNS = {
    date(2021, 1, 20): ("QSZ-CUN-01", "LXZ-CUN-02", "LXZ-CUN-03", "YLX-CUN-01"),
    _CASHIER_BEGAN: (CASHIER,),
}
"""The villages' elections, and the day since when the cashier is in the post."""

_WOMEN = {"赵敏", "周晓岚", "李文静", "何琳", "方晓静", "唐文丽"}
NAMED = {part.post: part.name for part in CAST if part.post} | {
    "JYJ-JC-01": "赵敏",
    "JYJ-JC-02": "陈志远",
    "EX-03": "李文静",
}
"""Today's holders who have an account or appear in the product's pictures."""

_NO_CODE = (UnitKind.REGION, UnitKind.OFFICE, UnitKind.VILLAGE)


def organisation() -> Organisation:
    """Return the whole example county: units, posts, people and ten years of appointments."""
    posts = {post.code: post for post in _posts()}
    careers = Careers(posts, _SCRIPT, Random(_THROW))  # noqa: S311 - an example, not a secret
    spells = careers.run(turns(_SMALL_TURNS))
    order = list(posts)
    spells.sort(key=lambda spell: (spell.start, order.index(spell.post.code), spell.kind))
    people = list(dict.fromkeys(spell.worker for spell in spells))
    codes = {worker: f"R{number:03d}" for number, worker in enumerate(people, start=1)}
    return Organisation(
        tuple(_unit(unit, number) for number, unit in enumerate(UNITS)),
        tuple(_post(post, number) for number, post in enumerate(posts.values())),
        _people(people, codes, spells, careers.held),
        _appointments(spells, codes),
    )


def _posts() -> Iterable[Post]:
    for unit in UNITS:
        for place, seat in enumerate(unit.seats, start=1):
            yield Post(_code(unit, place), unit, seat)


def _code(unit: Unit, place: int) -> str:
    return f"{unit.code}-{place:02d}"


def _unit(unit: Unit, number: int) -> UnitRow:
    return UnitRow(
        row=number + 2,
        code=unit.code,
        name=unit.name,
        short_name=unit.short_name,
        parent=unit.above,
        kind=unit.kind,
        credit_code="" if unit.kind in _NO_CODE else credit_code(number),
        profile=unit.profile,
        founded=unit.founded,
        abolished=unit.abolished,
    )


def _post(post: Post, number: int) -> PostRow:
    seat = post.seat
    return PostRow(
        row=number + 2,
        code=post.code,
        unit=post.unit.code,
        name=seat.name,
        is_key=seat.is_key,
        level=seat.level,
        most_years=seat.most_years,
        functions=seat.functions,
        incompatible=tuple(_code(post.unit, place) for place in seat.apart),
        barred=seat.barred,
        duties=seat.duties,
        founded=post.founded,
        abolished=post.unit.abolished,
    )


def _people(
    people: Sequence[Worker],
    codes: Mapping[Worker, str],
    spells: Iterable[Spell],
    held: Mapping[str, Spell],
) -> tuple[PersonRow, ...]:
    last = {spell.worker: spell.post for spell in spells}
    known = {held[code].worker: (name, name in _WOMEN) for code, name in NAMED.items()}
    made = names()
    rows = []
    for number, worker in enumerate(people):
        name, is_woman = known.get(worker) or next(made)
        rows.append(
            PersonRow(
                row=number + 2,
                code=codes[worker],
                name=name,
                id_number=id_number(worker.born, number, is_woman=is_woman),
                rank=_rank(last[worker]),
                standing=_standing(last[worker], number),
            )
        )
    return tuple(rows)


_RANKS = {
    Field.TOP: ("县处级正职", "县处级副职", "乡科级正职", "一级主任科员"),
    Field.ORGANS: ("乡科级正职", "乡科级副职", "二级主任科员", "一级科员"),
    Field.SCHOOLS: ("中小学高级教师", "中小学高级教师", "中小学一级教师", "中小学二级教师"),
    Field.HOSPITAL: ("主任医师", "副主任医师", "副主任药师", "经济师"),
    Field.VILLAGES: ("", "", "", ""),
}


def _rank(post: Post) -> str:
    return _RANKS[post.unit.field][list(LeaderLevel).index(post.seat.level)]


def _standing(post: Post, number: int) -> PartyStanding:
    if post.seat.level in {LeaderLevel.HEAD, LeaderLevel.DEPUTY} or number % 3:
        return PartyStanding.MEMBER
    others = (PartyStanding.MASSES, PartyStanding.MASSES, PartyStanding.DEMOCRATIC_LEAGUE)
    return others[number // 3 % len(others)]


def _appointments(
    spells: Iterable[Spell], codes: Mapping[Worker, str]
) -> tuple[AppointmentRow, ...]:
    numbers: dict[tuple[str, int], dict[date, int]] = defaultdict(dict)
    rows = []
    for number, spell in enumerate(spells):
        issuer, year = _issuer(spell.post), spell.start.year
        days = numbers[issuer, year]
        issue = days.setdefault(spell.start, len(days) + 1)
        rows.append(
            AppointmentRow(
                row=number + 2,
                person=codes[spell.worker],
                post=spell.post.code,
                kind=spell.kind,
                start=spell.start,
                end=spell.end,
                responsibility=_responsibility(spell.post),
                document=f"{issuer}〔{year}〕{issue}号",
            )
        )
    return tuple(rows)


def _issuer(post: Post) -> str:
    """Return under which heading a post's holders are appointed: the county's, or the unit's."""
    is_leader = post.seat.level in {LeaderLevel.HEAD, LeaderLevel.DEPUTY}
    if not post.unit.word or (is_leader and post.unit.kind is not UnitKind.VILLAGE):
        return "示委干"
    return f"示{post.unit.word}任"


def _responsibility(post: Post) -> ResponsibilityKind:
    is_leader = post.seat.level in {LeaderLevel.HEAD, LeaderLevel.DEPUTY}
    return ResponsibilityKind.LEADER if is_leader else ResponsibilityKind.POST
