"""A small organisation for tests: a county with a bureau and a township, posts and people."""

from datetime import date

import pytest

from guiju.base.org.actions import appointments, people, posts, units
from guiju.base.org.actions.appointments import Terms
from guiju.base.record.actor import Actor
from guiju.core.organisation.rows import PersonRow, PostRow, UnitRow
from guiju.core.organisation.words import Function, LeaderLevel, Profile, UnitKind
from recorded import NOON

KEEPER = Actor("person:keeper", unit="unit:1")
BEGUN = date(2015, 1, 1)
TODAY = date(2026, 11, 25)
ACT = {"by": KEEPER, "at": NOON}


def refusal(kind, call, /, *args, **words):
    """Call it, and return the code with which it is refused."""
    with pytest.raises(kind) as caught:
        call(*args, **words)
    return caught.value.code


def found_unit(code, parent="", **changes):
    facts = {
        "code": code,
        "name": f"单位{code}",
        "parent": parent,
        "kind": UnitKind.DEPARTMENT,
        "profile": None if parent else Profile.COUNTY,
        "founded": BEGUN,
    }
    return units.found_unit(row=UnitRow(**(facts | changes)), **ACT)


def found_post(code, unit, **changes):
    facts = {
        "code": code,
        "unit": unit,
        "name": f"岗位{code}",
        "level": LeaderLevel.STAFF,
        "founded": BEGUN,
    }
    return posts.found_post(row=PostRow(**(facts | changes)), **ACT)


def enter_person(code, unit, **changes):
    facts = {"code": code, "name": f"人员{code}"}
    return people.enter_person(row=PersonRow(**(facts | changes)), home=unit.reference, **ACT)


def appoint(person, post, start=BEGUN, end=None, relatives=(), **terms):
    return appointments.appoint(
        person=person.reference,
        post=post.reference,
        terms=Terms(start, end, **terms),
        relatives=relatives,
        **ACT,
    )


class County:
    """Three levels: county, bureau and township, offices; the usual posts; six people."""

    def __init__(self):
        self.county = found_unit("X", kind=UnitKind.REGION)
        self.bureau = found_unit("J", "X")
        self.town = found_unit("Z", "X", kind=UnitKind.TOWNSHIP)
        self.office = found_unit("J1", "J", kind=UnitKind.OFFICE)
        self.head = found_post(
            "J-01",
            "J",
            level=LeaderLevel.HEAD,
            is_key=True,
            most_years=5,
            barred=(Function.FINANCE, Function.PERSONNEL),
        )
        self.deputy = found_post(
            "J-02",
            "J",
            level=LeaderLevel.DEPUTY,
            functions=(Function.FINANCE, Function.PROCUREMENT),
        )
        self.cashier = found_post("J1-01", "J1", is_key=True, most_years=3)
        self.book_keeper = found_post("J1-02", "J1", incompatible=("J1-01",))
        self.chief = found_post("J1-03", "J1", level=LeaderLevel.MIDDLE)
        self.mayor = found_post("Z-01", "Z", level=LeaderLevel.HEAD)
        self.people = [enter_person(f"P{number}", self.bureau) for number in range(1, 7)]
