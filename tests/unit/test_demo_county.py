"""The example county: the same every time, without a fault, and with a history worth reading."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from guiju.core.organisation.check_digits import id_birthday, id_check_holds, is_credit_code
from guiju.core.organisation.faults import faults
from guiju.core.organisation.words import AppointmentKind, LeaderLevel, Profile, UnitKind
from guiju.demo.county.rows import CASHIER, NAMED, OVERDUE, VACANT, organisation

TODAY = date(2026, 11, 25)
PRINT = """
import hashlib
from guiju.demo.county.rows import organisation
print(hashlib.sha256(repr(organisation()).encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def county():
    return organisation()


def held_on(county, day):
    """Who is in which post on a day, without those who only stand in."""
    return {
        row.post: row
        for row in county.appointments
        if row.start <= day
        and (row.end is None or day < row.end)
        and row.kind in {AppointmentKind.REGULAR, AppointmentKind.CONCURRENT}
    }


def history(county, post):
    rows = [row for row in county.appointments if row.post == post]
    return sorted(rows, key=lambda row: row.start)


def test_the_checks_of_an_import_find_nothing(county):
    assert [str(fault.told) for fault in faults(county)] == []


def test_every_process_makes_the_same_bytes():
    made = set()
    for seed in ("0", "1"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", PRINT], env=environment, capture_output=True, check=True
        )
        made.add(done.stdout.decode().strip())
    assert made == {hashlib.sha256(repr(organisation()).encode()).hexdigest()}


def test_it_has_the_size_that_was_asked_for(county):
    standing = [unit for unit in county.units if unit.abolished is None]
    assert len(standing) == 34
    assert len(county.units) == 38
    assert len(county.posts) == 150
    assert len(county.persons) == 200
    years = Counter(row.start.year for row in county.appointments)
    assert set(years) == set(range(2016, 2027))
    assert sum(years.values()) > 400


def test_its_tree_reaches_from_the_county_to_villages_in_four_levels(county):
    above = {unit.code: unit.parent for unit in county.units}

    def depth(code):
        return 1 + depth(above[code]) if code else 0

    villages = [unit for unit in county.units if unit.kind is UnitKind.VILLAGE]
    assert [depth(unit.code) for unit in villages] == [4, 4, 4]
    kinds = Counter(unit.kind for unit in county.units)
    assert (kinds[UnitKind.TOWNSHIP], kinds[UnitKind.SCHOOL]) == (3, 3)
    assert {unit.profile for unit in county.units} == {None, *Profile}


def test_exactly_the_told_posts_are_vacant(county):
    gone = {unit.code for unit in county.units if unit.abolished}
    posts = {post.code for post in county.posts if post.unit not in gone}
    assert posts - set(held_on(county, TODAY)) == set(VACANT)


def test_three_people_are_overdue_and_the_cashier_is_next(county):
    longest = {post.code: post.most_years for post in county.posts if post.most_years}
    due = {
        code: row.start.replace(year=row.start.year + longest[code])
        for code, row in held_on(county, TODAY).items()
        if code in longest
    }
    assert sorted(code for code, day in due.items() if day <= TODAY) == list(OVERDUE)
    assert due[CASHIER] == date(2026, 12, 20)
    soon = [code for code, day in due.items() if TODAY < day < date(2027, 3, 1)]
    assert soon == [CASHIER]


def test_people_are_carried_over_when_units_are_made_anew(county):
    ends = {unit.code: unit.abolished for unit in county.units if unit.abolished}
    assert ends == {
        "JCJ": date(2018, 1, 29),
        "FZB": date(2019, 3, 12),
        "GTJ": date(2019, 3, 12),
        "WJW": date(2019, 3, 12),
    }
    for before, after, day in (
        ("JCJ-03", "XJW-06", date(2018, 1, 29)),
        ("FZB-02", "SFJ-03", date(2019, 3, 12)),
        ("GTJ-03", "ZRJ-03", date(2019, 3, 12)),
    ):
        last, first = history(county, before)[-1], history(county, after)[0]
        assert (last.person, last.end) == (first.person, day)
        assert first.start == day


def test_who_holds_two_posts_or_stands_in_is_told_as_such(county):
    kinds = Counter(row.kind for row in county.appointments)
    for kind in (AppointmentKind.ACTING, AppointmentKind.CONCURRENT, AppointmentKind.PRESIDING):
        assert kinds[kind] >= 4
    standing_in = [row for row in county.appointments if row.kind is AppointmentKind.PRESIDING]
    assert [row.post for row in standing_in if row.end is None] == ["XCB-01"]


def test_nobody_works_beyond_retirement_or_begins_as_a_child(county):
    born = {person.code: id_birthday(person.id_number) for person in county.persons}
    for row in county.appointments:
        assert 23 <= (row.start - born[row.person]).days / 365.25 < 60
        assert ((row.end or TODAY) - born[row.person]).days / 365.25 < 60.4


def test_numbers_are_right_and_are_nobodys(county):
    for person in county.persons:
        assert person.id_number.startswith("999999")
        assert id_check_holds(person.id_number)
        assert person.phone == ""
    codes = [unit.credit_code for unit in county.units if unit.credit_code]
    assert len(set(codes)) == len(codes) > 20
    assert all(is_credit_code(code) and code[2:8] == "999999" for code in codes)


def test_names_are_each_given_once_and_the_pictured_people_are_there(county):
    names = {person.code: person.name for person in county.persons}
    assert len(set(names.values())) == 200
    today = held_on(county, TODAY)
    assert {post: names[today[post].person] for post in NAMED} == NAMED


def test_heads_manage_none_of_the_five_themselves(county):
    heads = [post for post in county.posts if post.level is LeaderLevel.HEAD]
    assert len(heads) > 25
    assert all(post.is_key and len(post.barred) == 5 and not post.functions for post in heads)


def test_every_post_has_its_duties_and_every_holder_a_responsibility(county):
    assert all(post.duties for post in county.posts)
    assert all(row.responsibility for row in county.appointments)


def test_documents_are_numbered_in_the_order_of_their_days(county):
    seen = {}
    for row in sorted(county.appointments, key=lambda row: row.start):
        issuer, _, number = row.document.rstrip("号").partition("〕")
        last_day, last_number = seen.get(issuer, (row.start, 1))
        assert int(number) == last_number + (row.start != last_day)
        seen[issuer] = row.start, int(number)
