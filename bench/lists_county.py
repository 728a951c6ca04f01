"""A large county to measure lists on: units, posts, people, terms, delegations, bodies.

Rows get pasts of their own, so they are written in large transactions inside the wall and not
one act at a time; what happened to them is told by ``record_events``. The same size gives the
same county, references apart.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import Model

from guiju.base.org.models import (
    Appointment,
    Body,
    BodyMember,
    Delegation,
    Person,
    Post,
    Unit,
    UnitVersion,
)
from guiju.base.record import wall
from guiju.base.record.event_types import new_reference
from guiju.demo.county.names import names

Row = TypeVar("Row", bound=Model)

_CHUNK = 5_000
_LEVELS = ("head", "deputy", "deputy", "middle", "middle")
_FUNCTIONS = ("personnel", "finance", "works", "procurement", "approval")
_WHAT = ("办公室", "财务科", "人事科", "审批科", "法规科", "监督科", "工程科", "信息科", "档案室")
_FIRST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Size:
    """How large a county is."""

    people: int

    @property
    def units(self) -> int:
        """How many units, in four levels."""
        return max(120, self.people // 50)

    @property
    def posts(self) -> int:
        """How many posts."""
        return self.people * 3 // 10

    @property
    def terms(self) -> int:
        """How many appointments, past ones among them."""
        return self.people * 3

    @property
    def bodies(self) -> int:
        """How many bodies, each with ten members."""
        return self.people // 50

    @property
    def delegations(self) -> int:
        """How many delegations, a tenth of them in force."""
        return self.people // 20


@dataclass(slots=True)
class County:
    """What has been made so far."""

    size: Size
    on: date
    chosen: random.Random = field(default_factory=lambda: random.Random(7))
    units: list[Unit] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)

    def day(self, first: int, last: int) -> date:
        """Return some day between so many and so many days ago."""
        return self.on - timedelta(days=self.chosen.randrange(last, first))


def make(size: Size, on: date) -> None:
    """Make the county as it is on a day."""
    county = County(size, on)
    _make_units(county)
    county.posts = store(_posts(county))
    county.people = store(_people(county))
    store(_terms(county))
    store(_delegations(county))
    bodies = store(_bodies(county))
    store(_members(county, bodies))


def store(rows: Iterable[Row]) -> list[Row]:
    """Write rows in large transactions; return them with their numbers."""
    kept: list[Row] = []
    waiting = iter(rows)
    while some := list(islice(waiting, _CHUNK)):
        with wall.opened(), transaction.atomic():
            kept += type(some[0])._default_manager.bulk_create(some)  # noqa: SLF001 - Django's way
    return kept


def _make_units(county: County) -> None:
    """Make a county, eighty bureaus and townships, and two levels below them."""
    second = min(80, county.size.units // 4)
    third = county.size.units // 2
    above: list[Unit] = []
    for level, count in enumerate((1, second, third, county.size.units - 1 - second - third)):
        made = store(_unit(county, level, number, above) for number in range(count))
        for one in made:
            one.path = f"{one.parent.path if one.parent else ''}{one.number}/"
        with wall.opened(), transaction.atomic():
            Unit.objects.bulk_update(made, ["path"], batch_size=200)
        county.units += made
        above = made
    store(version for unit in county.units for version in _versions(county, unit))


def _unit(county: County, level: int, number: int, above: list[Unit]) -> Unit:
    parent = above[number % len(above)] if above else None
    bureau = number < len(above) * 9
    name = (
        "示例县",
        f"第{number + 1}{'局' if number % 4 else '镇'}",
        f"{_WHAT[number // max(1, len(above)) % len(_WHAT)]}",
        f"第{number + 1}站",
    )[level]
    return Unit(
        reference=new_reference("unit"),
        code=f"D{level}{number:05d}",
        name=name if level < 2 or parent is None else f"{parent.name}{name}",
        kind=("region", "department" if number % 4 else "township", "office", "institution")[level],
        parent=parent,
        path=f"new/{level}/{number}/",
        profile="" if parent else "county",
        is_key=bureau and county.chosen.random() < 0.05,
        founded_date=_FIRST,
        abolished_date=county.day(4_000, 30) if level == 3 and number % 40 == 7 else None,
    )


def _versions(county: County, unit: Unit) -> Iterator[UnitVersion]:
    """Yield what a unit was called; one in twenty was renamed."""
    since = _FIRST
    if unit.number % 20 == 3:
        since = county.day(5_000, 400)
        yield UnitVersion(
            unit=unit, name=f"原{unit.name}", parent=unit.parent, from_date=_FIRST, to_date=since
        )
    yield UnitVersion(unit=unit, name=unit.name, parent=unit.parent, from_date=since)


def _posts(county: County) -> Iterator[Post]:
    chosen = county.chosen
    for number in range(county.size.posts):
        unit = county.units[number % len(county.units)]
        place = number // len(county.units)
        level = _LEVELS[place] if place < len(_LEVELS) else "staff"
        is_key = chosen.random() < (0.5 if place < 3 else 0.08)
        functions = chosen.sample(_FUNCTIONS, 2) if place < 3 else []
        yield Post(
            reference=new_reference("post"),
            code=f"G{unit.code[1:]}-{place:02d}",
            unit=unit,
            name=f"{('负责人', '副职', '副职', '科长', '科长')[place] if place < 5 else '科员'}",
            is_key=is_key,
            leader_level=level,
            longest_tenure_years=5 if is_key or place == 0 else None,
            functions=functions,
            duties="按规定办理本岗位事项",
            founded_date=_FIRST,
            abolished_date=county.day(4_000, 30) if chosen.random() < 0.02 else None,
        )


def _people(county: County) -> Iterator[Person]:
    for number, (name, _) in zip(range(county.size.people), names(), strict=False):
        has_left = county.chosen.random() < 0.15
        yield Person(
            reference=new_reference("person"),
            code=f"R{number:06d}",
            name=name,
            rank=("一级科员", "四级主任科员", "二级主任科员")[number % 3],
            party_standing="member" if number % 3 else "masses",
            home=county.posts[number % len(county.posts)].unit,
            left_date=county.day(3_000, 1) if has_left else None,
        )


def _terms(county: County) -> Iterator[Appointment]:
    """Yield a running term of most people in the post of their place, and past ones."""
    chosen, posts = county.chosen, county.posts
    most = county.size.terms
    made = 0
    for number, person in enumerate(county.people):
        post = posts[number % len(posts)]
        last = person.left_date or county.on
        # One tenure in ten that has a limit may be near its end or over.
        longest = 1_640 if post.longest_tenure_years and number % 10 else 2_600
        since = last - timedelta(days=chosen.randrange(10, longest))
        shared = post.leader_level != "staff" and number >= len(posts)
        if not shared and chosen.random() < 0.97:
            kind = "acting" if chosen.random() < 0.01 else "regular"
            yield _term(person, post, kind, since, person.left_date)
            made += 1
        if person.left_date is None and chosen.random() < 0.04:
            second = posts[(number * 7 + 11) % len(posts)]
            if second is not post:
                yield _term(person, second, "concurrent", since, None)
                made += 1
        for place in range(3):
            if made >= most:
                return
            until = since
            since = until - timedelta(days=chosen.randrange(100, 1_500))
            earlier = (
                post
                if place == 0 and number % 10 == 3
                else posts[(number + 97 * place + 31) % len(posts)]
            )
            yield _term(person, earlier, "regular", since, until)
            made += 1


def _term(person: Person, post: Post, kind: str, start: date, end: date | None) -> Appointment:
    return Appointment(
        reference=new_reference("appointment"),
        person=person,
        post=post,
        kind=kind,
        responsibility="post",
        start_date=start,
        end_date=end,
        document="示组干〔2020〕1号",
    )


def _delegations(county: County) -> Iterator[Delegation]:
    people, posts = county.people, county.posts
    for number in range(county.size.delegations):
        place = number * 13 % min(len(people), len(posts))
        first = county.day(9, 0) if number % 10 == 0 else county.day(1_500, 60)
        yield Delegation(
            reference=new_reference("delegation"),
            post=posts[place],
            principal=people[place],
            delegate=people[(place + 1) % len(people)],
            start_date=first,
            last_date=first + timedelta(days=20),
            functions=["finance"] if number % 2 else [],
            reason="外出培训期间代办",
        )


def _bodies(county: County) -> Iterator[Body]:
    kinds = ("leading_group", "committee", "joint_conference", "supervisor", "coordination_group")
    for number in range(county.size.bodies):
        kind = kinds[number % len(kinds)]
        host = county.units[number % len(county.units)]
        yield Body(
            reference=new_reference("body"),
            name=f"第{number + 1}{'监督组' if kind == 'supervisor' else '工作领导小组'}",
            kind=kind,
            host=host,
            office=host if number % 3 else None,
            channel="peer" if kind == "supervisor" else "",
            founded_date=county.day(4_000, 30),
        )


def _members(county: County, bodies: list[Body]) -> Iterator[BodyMember]:
    roles = ("chair", "vice_chair", "member", "member", "member", "lead_unit", "member_unit")
    for number, body in enumerate(bodies):
        for place, role in enumerate((*roles, "member_unit", "liaison", "member")):
            unit = county.units[(number + place) % len(county.units)] if "unit" in role else None
            if role == "liaison":
                unit = county.units[(number + 5) % len(county.units)]
            is_person = "unit" not in role
            yield BodyMember(
                reference=new_reference("member"),
                body=body,
                person=county.people[(number * 31 + place) % len(county.people)]
                if is_person
                else None,
                unit=unit,
                role=role,
                start_date=body.founded_date,
                end_date=county.day(29, 1) if place == 9 else None,
            )
