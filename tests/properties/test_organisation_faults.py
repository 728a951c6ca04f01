"""Faults against a reference that compares everybody with everybody."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.organisation.books import merged
from guiju.core.organisation.changes import changes
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.faults import faults
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    KnownBody,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    LeaderLevel,
    Profile,
    UnitKind,
)
from guiju.core.organisation.words_duties import StatutoryDuty

C = Column
U, G, P, A, D = Sheet
GOOD_IDS = ["11010519491231002X", "440524198001010013"]
IDS = ["", "", *GOOD_IDS, "110105194912310021", "12", "110105194902300025"]
CREDITS = ["", "", "91350100M000100Y43", "91350100M000100Y40", "X"]

CODES = st.sampled_from("abcd")
DAYS = st.none() | st.integers(0, 6).map(lambda n: date(2020, 1, 1) + timedelta(n))
ENDS = st.just(None) | DAYS
FUNCTIONS = st.lists(
    st.sampled_from([Function.FINANCE, Function.WORKS]), unique=True, max_size=2
).map(tuple)
UNITS = st.builds(
    UnitRow,
    code=CODES | st.just(""),
    name=st.sampled_from(["甲", "甲", ""]),
    parent=st.sampled_from(["", "", *"abcde"]),
    kind=st.sampled_from([UnitKind.SCHOOL, UnitKind.SCHOOL, None]),
    credit_code=st.sampled_from(CREDITS),
    area_code=st.sampled_from(["", "320412", "3204"]),
    profile=st.sampled_from([None, Profile.COUNTY]),
    founded=ENDS,
    abolished=ENDS,
)
POSTS = st.builds(
    PostRow,
    code=CODES,
    unit=st.sampled_from("abcde"),
    name=st.just("岗"),
    level=st.sampled_from([None, LeaderLevel.HEAD, LeaderLevel.STAFF]),
    functions=FUNCTIONS,
    barred=FUNCTIONS,
    incompatible=st.lists(st.sampled_from("abcde"), unique=True, max_size=2).map(tuple),
    founded=ENDS,
    abolished=ENDS,
)
PERSONS = st.builds(
    PersonRow,
    code=CODES,
    name=st.just("张"),
    id_number=st.sampled_from(IDS),
    phone=st.sampled_from(["", "13800138000", "1"]),
)
APPOINTMENTS = st.builds(
    AppointmentRow,
    person=st.sampled_from("aabe"),
    post=st.sampled_from("abcde"),
    kind=st.none() | st.sampled_from(AppointmentKind),
    start=DAYS,
    end=ENDS,
)
DUTIES = st.builds(
    DutyRow,
    kind=st.sampled_from([None, StatutoryDuty.AUDIT, StatutoryDuty.AUDIT, StatutoryDuty.PETITIONS]),
    area=st.sampled_from(["", *"aabe"]),
    carrier=st.sampled_from(["", *"abe"]),
    body=st.sampled_from(["", "", "组", "会"]),
    start=DAYS,
    end=ENDS,
)
BODIES = st.lists(
    st.builds(
        KnownBody,
        st.sampled_from("ab"),
        st.sampled_from(["组", "会"]),
        st.none() | st.just(date(2020, 1, 2)),
        st.none() | st.just(date(2020, 1, 4)),
    ),
    max_size=3,
).map(tuple)


def numbered(rows):
    return tuple(type(row)(**{**values(row), "row": n}) for n, row in enumerate(rows, 2))


def values(row):
    return {name: getattr(row, name) for name in row.__dataclass_fields__ if name != "sheet"}


def organisations(*, most):
    return st.builds(
        lambda *sheets: Organisation(*map(numbered, sheets)),
        st.lists(UNITS, max_size=most),
        st.lists(POSTS, max_size=most),
        st.lists(PERSONS, max_size=most),
        st.lists(APPOINTMENTS, max_size=most * 2),
        st.lists(DUTIES, max_size=most),
    )


def on_record(org):
    """The record has no row numbers, and no two rows with one key."""
    return merged(
        Organisation(
            *(
                tuple(type(row)(**{**values(row), "row": 0}) for row in org.rows(sheet))
                for sheet in Sheet
            )
        ),
        Organisation(),
    )


def id_sums_to_one(number):
    digits = [10 if digit == "X" else int(digit) for digit in number]
    return sum(digit * 2 ** (17 - place) for place, digit in enumerate(digits)) % 11 == 1


def born(number):
    try:
        return bool(date(int(number[6:10]), int(number[10:12]), int(number[12:14])))
    except ValueError:
        return False


class Reference:
    """The same answers as ``faults``, in quadratic time and without sharing code with it."""

    def __init__(self, new, known):
        self.new, self.found, self.bodies = new, [], known.bodies
        self.books = {
            sheet: [*self.firsts(new.rows(sheet)), *self.rest(new.rows(sheet), known.rows(sheet))]
            for sheet in Sheet
        }

    @staticmethod
    def usable(row):
        return all(row.key if isinstance(row.key, tuple) else [row.key])

    def firsts(self, rows):
        seen = []
        for row in rows:
            if self.usable(row) and row.key not in [one.key for one in seen]:
                seen.append(row)
        return seen

    @staticmethod
    def rest(new, known):
        return [row for row in known if row.key not in [one.key for one in new]]

    def ours(self, row):
        return row.row > 0

    def say(self, code, sheet, row, column):
        self.found.append((code, sheet, row.row, column))

    def by(self, sheet, code):
        return next((row for row in self.books[sheet] if row.code == code), None)

    def judged(self):
        self.units()
        self.posts()
        self.people()
        self.doubles()
        self.lost()
        self.circles()
        self.lives()
        self.pairs()
        self.duties()
        return Counter(self.found)

    def units(self):
        for unit in self.new.units:
            for column, value in ((C.UNIT_CODE, unit.code), (C.NAME, unit.name)):
                if not value:
                    self.say("ORG-30", U, unit, column)
            if unit.kind is None:
                self.say("ORG-30", U, unit, C.UNIT_KIND)
            if unit.credit_code not in {"", "91350100M000100Y43"}:
                self.say("ORG-37", U, unit, C.CREDIT_CODE)
            if unit.area_code == "3204":
                self.say("ORG-39", U, unit, C.AREA_CODE)
            self.order(unit)

    def order(self, row):
        if row.founded and row.abolished and row.abolished <= row.founded:
            self.say("ORG-43", row.sheet, row, C.ABOLISHED)

    def posts(self):
        for post in self.new.posts:
            if post.code in post.incompatible:
                self.say("ORG-50", G, post, C.INCOMPATIBLE)
            if set(post.functions) & set(post.barred):
                self.say("ORG-51", G, post, C.BARRED)
            self.order(post)

    def people(self):
        for person in self.new.persons:
            number = person.id_number
            if number and not (len(number) == 18 and born(number) and id_sums_to_one(number)):
                self.say("ORG-40", P, person, C.ID_NUMBER)
            if person.phone == "1":
                self.say("ORG-42", P, person, C.PHONE)
        for row in self.new.appointments:
            if row.start is None:
                self.say("ORG-30", A, row, C.START)
            elif row.end and row.end <= row.start:
                self.say("ORG-43", A, row, C.END)

    def doubles(self):
        keys = {
            U: C.UNIT_CODE,
            G: C.POST_CODE,
            P: C.PERSON_CODE,
            A: C.PERSON_CODE,
            D: C.STATUTORY_DUTY,
        }
        for sheet, column in keys.items():
            rows = self.new.rows(sheet)
            for place, row in enumerate(rows):
                if self.usable(row) and any(one.key == row.key for one in rows[:place]):
                    self.say("ORG-32", sheet, row, column)
        people = [one for one in self.books[P] if not self.ours(one)]
        for person in self.new.persons:
            same = [one for one in people if one.id_number and one.id_number == person.id_number]
            if same and same[0].code != person.code:
                self.say("ORG-41", P, person, C.ID_NUMBER)
            people.append(person)

    def lost(self):
        for unit in self.new.units:
            if unit.parent and not self.by(U, unit.parent):
                self.say("ORG-33", U, unit, C.PARENT)
        for post in self.new.posts:
            if not self.by(U, post.unit):
                self.say("ORG-33", G, post, C.UNIT)
            if not all(self.by(G, code) for code in post.incompatible):
                self.say("ORG-33", G, post, C.INCOMPATIBLE)
        for row in self.new.appointments:
            if not self.by(P, row.person):
                self.say("ORG-33", A, row, C.PERSON_CODE)
            if not self.by(G, row.post):
                self.say("ORG-33", A, row, C.POST_CODE)

    def duties(self):
        needed = (
            ("kind", C.STATUTORY_DUTY), ("area", C.AREA), ("carrier", C.CARRIER), ("start", C.START)
        )  # fmt: skip
        for row in self.new.duties:
            for name, column in needed:
                if not getattr(row, name):
                    self.say("ORG-30", D, row, column)
            if row.start and row.end and row.end <= row.start:
                self.say("ORG-43", D, row, C.END)
            for code, column in ((row.area, C.AREA), (row.carrier, C.CARRIER)):
                if code and not self.by(U, code):
                    self.say("ORG-33", D, row, column)
        carried = self.books[D]
        for row in filter(self.ours, carried):
            self.carrier(row)
            same = [o for o in carried if o is not row and (o.kind, o.area) == (row.kind, row.area)]
            if any(self.meets(row, other) for other in same):
                self.say("ORG-95", D, row, C.START)

    def carrier(self, row):
        def is_there(one):
            first, last = self.life(one)
            return first <= row.start < last

        for code, column in ((row.area, C.AREA), (row.carrier, C.CARRIER)):
            unit = self.by(U, code)
            if unit and not is_there(unit):
                self.say("ORG-96", D, row, column)
        if row.body and self.by(U, row.carrier):
            found = [o for o in self.bodies if (o.host, o.name) == (row.carrier, row.body)]
            if not any(map(is_there, found)):
                self.say("ORG-96" if found else "ORG-97", D, row, C.CARRYING_BODY)

    def circles(self):
        circles = set()
        for unit in self.books[U]:
            if self.ours(unit) and not unit.parent and not unit.profile:
                self.say("ORG-36", U, unit, C.PROFILE)
            way, at = [unit], self.by(U, unit.parent)
            while at and at not in way:
                way.append(at)
                at = self.by(U, at.parent)
            if at is unit and any(map(self.ours, way)):
                circles.add(min(one.row for one in way if self.ours(one)))
        self.found += [("ORG-34", U, row, C.PARENT) for row in circles]

    @staticmethod
    def life(row):
        start, end = row.founded or date.min, row.abolished or date.max
        return (start, end) if start < end else (date.min, date.max)

    def blame(self, code, *places):
        for sheet, row, column in places:
            if row and self.ours(row):
                self.say(code, sheet, row, column)
                return

    def lives(self):
        for unit in self.books[U]:
            above = self.by(U, unit.parent)
            if above and (unit.abolished or date.max) > self.life(above)[1]:
                self.blame("ORG-44", (U, unit, C.ABOLISHED), (U, above, C.ABOLISHED))
        for post in self.books[G]:
            unit = self.by(U, post.unit)
            if not unit:
                continue
            first, last = self.life(unit)
            early = post.founded is not None and post.founded < first
            if early or (post.abolished or date.max) > last:
                column = C.FOUNDED if early else C.ABOLISHED
                self.blame("ORG-45", (G, post, column), (U, unit, column))
        for row in self.books[A]:
            post = self.by(G, row.post)
            if not post or (row.end and row.end <= row.start):
                continue
            unit = self.by(U, post.unit)
            around = [self.life(one) for one in (post, unit) if one]
            early = any(row.start < first for first, _ in around)
            if early or any((row.end or date.max) > last for _, last in around):
                column = C.FOUNDED if early else C.ABOLISHED
                self.blame(
                    "ORG-46",
                    (A, row, C.START if early else C.END),
                    (G, post, column),
                    (U, unit, column),
                )

    def meets(self, one, other, start="start", end="end"):
        def period(row):
            return getattr(row, start) or date.min, getattr(row, end) or date.max

        (a, b), (c, d) = period(one), period(other)
        earlier = (c, other.row) < (a, one.row)
        return a < b and c < d and a < d and c < b and (earlier or not self.ours(other))

    def pairs(self):
        for unit in filter(self.ours, self.books[U]):
            if unit.credit_code and any(
                other.credit_code == unit.credit_code
                and other is not unit
                and self.meets(unit, other, "founded", "abolished")
                for other in self.books[U]
            ):
                self.say("ORG-38", U, unit, C.CREDIT_CODE)
        held = [row for row in self.books[A] if row.kind is not None]
        for row in filter(self.ours, held):
            met = [other for other in held if other is not row and self.meets(row, other)]
            if any(self.two_heads(row, other) for other in met):
                self.say("ORG-47", A, row, C.POST_CODE)
            elif any(
                other.post == row.post and self.stands_in(other) == self.stands_in(row)
                for other in met
            ):
                self.say("ORG-48", A, row, C.POST_CODE)
            same = [other for other in met if other.person == row.person]
            if any(self.incompatible(row.post, other.post) for other in same):
                self.say("ORG-49", A, row, C.POST_CODE)
            if any(
                self.bars(row.post, other.post) or self.bars(other.post, row.post) for other in same
            ):
                self.say("ORG-51", A, row, C.POST_CODE)

    @staticmethod
    def stands_in(row):
        return row.kind in {AppointmentKind.ACTING, AppointmentKind.PRESIDING}

    def two_heads(self, one, other):
        posts = [self.by(G, row.post) for row in (one, other)]
        return (
            all(posts)
            and posts[0].unit == posts[1].unit
            and all(post.level is LeaderLevel.HEAD for post in posts)
            and not self.stands_in(one)
            and not self.stands_in(other)
            and one.person != other.person
        )

    def incompatible(self, one, other):
        said = [(self.by(G, one), other), (self.by(G, other), one)]
        return one != other and any(post and code in post.incompatible for post, code in said)

    def bars(self, one, other):
        post, charge = self.by(G, one), self.by(G, other)
        if not post or not charge:
            return False
        barred = set(post.barred) - set(post.functions)
        return bool(barred & (set(charge.functions) - set(charge.barred)))


@settings(max_examples=400, deadline=None)
@given(
    organisations(most=4), st.just(Organisation()) | organisations(most=3).map(on_record), BODIES
)
def test_faults_are_those_of_the_reference(new, known, bodies):
    known = replace(known, bodies=bodies)
    told = faults(new, known)
    assert (
        Counter((one.code, one.sheet, one.row, one.column) for one in told)
        == Reference(new, known).judged()
    )


@settings(max_examples=100, deadline=None)
@given(organisations(most=4), organisations(most=3).map(on_record))
def test_once_taken_in_there_is_nothing_more_to_change(new, known):
    after = merged(new, known)
    assert not changes(after, merged(new, Organisation()))
    assert not changes(after, after)
    assert merged(new, after) == after
    made = changes(known, merged(new, Organisation()))
    assert {change.row.key for change in made.rows} <= {
        row.key for sheet in Sheet for row in new.rows(sheet)
    }
