"""Lists that are read along indexes say the same as going through every row one by one."""

import random
import uuid
from datetime import date, timedelta

import pytest

from guiju.base.org.models import Appointment, BodyMember, Person, Post
from guiju.base.org.pages import tree
from guiju.base.org.pages.ways import Day
from guiju.base.org.periods import Period, unbroken, years_later
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads import bodies, colleagues, lists, rotation
from guiju.base.org.reads.on_day import units_on
from guiju.base.record import wall
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.organisation.words import AppointmentKind
from guiju.core.organisation.words_bodies import BodyKind, RotationState, SupervisionChannel
from organised import BEGUN, TODAY, County, enter_person, found_post, found_unit
from recorded import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SEEDS = range(6)
DAYS = (TODAY, date(2021, 6, 1), date(2016, 2, 29))
KINDS = [*["regular"] * 4, *(kind.value for kind in AppointmentKind)]


@pytest.fixture
def county(data_folder):
    made = County()
    made.other = found_unit("Y")  # a second unit without one above it
    found_post("Y-01", "Y", is_key=True, most_years=4)
    found_post("Z-02", "Z", is_key=True, most_years=3)
    made.people.append(enter_person("Q1", made.other))
    return made


def scopes(county):
    """Everything, nearly everything, the one and the other, parts, nothing."""
    yield EVERYWHERE
    yield from (scope_of([one.path]) for one in (county.county, county.other, county.bureau))
    yield scope_of([county.county.path, county.other.path])
    yield scope_of([county.office.path, county.town.path])
    yield NOWHERE


def fill(seed):
    """Appoint people at random: gaps, renewals, overlaps, ends to come, terms to come."""
    chosen = random.Random(seed)  # noqa: S311 - rows for a test
    posts, people = list(Post.objects.order_by("pk")), list(Person.objects.order_by("pk"))
    rows = {}
    for post in posts:
        for person in chosen.sample(people, 3):
            start = BEGUN + timedelta(days=chosen.randrange(4_000))
            for _ in range(chosen.choice((1, 1, 2, 3))):
                end = start + timedelta(days=chosen.choice((1, 400, 900, 1_500)))
                rows[person, post, start] = (end, chosen.choice(KINDS))
                start = end + timedelta(days=chosen.choice((-30, 0, 0, 1)))
            if chosen.random() < 0.6:
                rows[person, post, start] = (None, chosen.choice(KINDS))
    with wall.opened():
        Appointment.objects.all().delete()
        Appointment.objects.bulk_create(
            Appointment(
                reference=f"appointment:{uuid.uuid4()}",
                person=person, post=post, start_date=start, end_date=end, kind=kind,
            )
            for (person, post, start), (end, kind) in rows.items()
        )  # fmt: skip


def terms(scope):
    """All terms of posts in a scope."""
    rows = Appointment.objects.select_related("post__unit", "person").order_by("pk")
    return [one for one in rows if scope.covers(one.post.unit.path)]


def holds(term, on):
    return Period(term.start_date, term.end_date).holds(on)


def due_one_by_one(scope, on):
    pairs = {}
    for one in terms(scope):
        if one.post.longest_tenure_years:
            pairs.setdefault((one.post, one.person), []).append(one)
    for (post, person), theirs in pairs.items():
        joined = unbroken(Period(one.start_date, one.end_date) for one in theirs)
        for now in (one for one in joined if one.holds(on)):
            due = years_later(now.start, post.longest_tenure_years)
            if (due - on).days <= rotation.REMIND_DAYS:
                state = RotationState.OVERDUE if on > due else RotationState.SOON
                yield post.reference, person.reference, now.start, due, state


def much_one_by_one(scope, on):
    held = {}
    for one in terms(scope):
        if holds(one, on):
            held.setdefault(one.person.reference, {})[one.post.reference] = one.post
    for person, posts in held.items():
        functions = {code for post in posts.values() for code in post.functions}
        if len(posts) >= 2 or len(functions) >= 3:
            yield person, len(posts), len(functions), sum(post.is_key for post in posts.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_s0_09_tenures_are_the_same_as_one_by_one(county, seed):
    fill(seed)
    seen = 0
    for scope in scopes(county):
        for on in DAYS:
            rows = rotation.rotation_due(scope, on=on)
            found = [(one.post, one.person, one.since, one.due, one.state) for one in rows]
            assert sorted(found) == sorted(due_one_by_one(scope, on))
            assert [one.due for one in rows] == sorted(one.due for one in rows)
            seen += len(found)
    assert seen


@pytest.mark.parametrize("seed", SEEDS)
def test_who_holds_much_is_the_same_as_one_by_one(county, seed):
    fill(seed)
    seen = 0
    for scope in scopes(county):
        for on in DAYS:
            rows = rotation.concentration(scope, on=on)
            found = [
                (one.person, len(one.posts), len(one.functions), one.key_posts) for one in rows
            ]
            assert sorted(found) == sorted(much_one_by_one(scope, on))
            light = rotation.holding_much(scope, on=on)
            assert [(one.person, one.posts, one.functions) for one in light] == [
                one[:3] for one in found
            ]
            assert found == sorted(found, key=lambda one: (-one[1], -one[2], one[0]))
            seen += len(found)
    assert seen


@pytest.mark.parametrize("seed", SEEDS)
def test_s0_08_vacancies_are_the_same_as_one_by_one(county, seed):
    fill(seed)
    for scope in scopes(county):
        for on in DAYS:
            held = {
                one.post.reference
                for one in terms(scope)
                if holds(one, on) and one.kind not in STANDING_IN
            }
            posts = [p for p in Post.objects.select_related("unit") if scope.covers(p.unit.path)]
            vacant = {post.reference for post in posts} - held
            rows = lists.posts(scope, scope, {"state": "vacant"}, on=on).queryset
            assert set(rows.values_list("reference", flat=True)) == vacant
            rows = lists.posts(scope, scope, {"state": "held"}, on=on).queryset
            assert set(rows.values_list("reference", flat=True)) == held
            units = units_on(scope, on=on)
            assert sum(one.posts for one in units) == len(posts)
            assert sum(one.vacant for one in units) == len(vacant)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_stands_in_is_the_same_as_one_by_one(county, seed):
    fill(seed)
    for on in DAYS:
        now = [one for one in terms(EVERYWHERE) if holds(one, on)]
        expected = {
            (own.person.reference, acting.person.reference, own.post.reference)
            for own in now
            for acting in now
            if own.post == acting.post and own.person != acting.person
            if acting.kind in STANDING_IN and own.kind not in STANDING_IN
        }
        for person in Person.objects.values_list("reference", flat=True):
            wanted = sorted(one for one in expected if person in one[:2])
            assert list(colleagues.absences([person], on)) == wanted


@pytest.mark.parametrize("seed", SEEDS)
def test_colleagues_are_the_same_as_one_by_one(county, seed, django_assert_num_queries):
    fill(seed)
    people = list(Person.objects.order_by("pk"))
    erased = people[seed % len(people)]
    with wall.opened():
        Person.objects.filter(pk=erased.pk).update(
            erased_at=NOON, name="", rank="", party_standing="",
            id_number=None, phone=None, id_tag=None,
        )  # fmt: skip
    seen = 0
    for on in DAYS:
        now = [one for one in terms(EVERYWHERE) if holds(one, on)]
        now.sort(key=lambda one: (len(one.post.unit.path), one.post.code, one.pk))
        for person in people:
            own = {one.post.unit_id for one in now if one.person == person}
            expected = [
                (one.person.reference, one.post.reference)
                for one in now
                if one.person not in (person, erased)
                and own & {one.post.unit_id, one.post.unit.parent_id}
            ]
            with django_assert_num_queries(1):
                found = colleagues.colleagues(person.reference, on)
            assert [(one.person, one.post) for one in found] == expected
            seen += len(found)
    assert seen


def test_who_held_a_post_before_is_not_stood_in_for(county):
    past, holder, acting = county.people[:3]
    with wall.opened():
        for person, end, kind in (
            (past, date(2020, 1, 1), "regular"),
            (holder, None, "regular"),
            (acting, None, "acting"),
        ):
            Appointment.objects.create(
                reference=f"appointment:{uuid.uuid4()}", person=person, post=county.head,
                start_date=BEGUN, end_date=end, kind=kind,
            )  # fmt: skip
    expected = ((holder.reference, acting.reference, county.head.reference),)
    assert colleagues.absences([acting.reference], TODAY) == expected
    assert colleagues.absences([past.reference], TODAY) == ()


@pytest.mark.parametrize("few", [0, 1, 50])
@pytest.mark.parametrize("text", ["J", "单位J", "单位J1", "单位", "没有"])
def test_a_unit_that_is_typed_finds_the_same_however_many_match(county, monkeypatch, few, text):
    monkeypatch.setattr(lists, "FEW_UNITS", few)
    posts = Post.objects.select_related("unit")
    if text == "J":  # a number means all below it
        expected = {one for one in posts if one.unit.path.startswith(county.bureau.path)}
    else:
        expected = {one for one in posts if text in one.unit.name}
    assert set(posts.filter(lists.in_unit(text, "unit"))) == expected


def test_s2_78_of_wanting_liaisons_the_first_come_with_the_number_of_all(county):
    assert bodies.some_vacant_liaisons(EVERYWHERE, on=TODAY, most=2) == ((), 0)
    with wall.opened():
        body = bodies.Body.objects.create(
            reference=f"body:{uuid.uuid4()}", name="领导小组", kind="leading_group",
            host=county.county, channel="",
        )  # fmt: skip
        for unit in (county.bureau, county.town, county.office):
            BodyMember.objects.create(
                reference=f"member:{uuid.uuid4()}", body=body, unit=unit, role="member_unit",
                start_date=BEGUN,
            )  # fmt: skip
    every, _ = bodies.some_vacant_liaisons(EVERYWHERE, on=TODAY, most=9)
    assert len(every) == 3
    for scope in scopes(county):
        some, count = bodies.some_vacant_liaisons(scope, on=TODAY, most=2)
        assert (some, count) == (every[:2], 3) if scope.covers(county.county.path) else ((), 0)


def test_the_trees_sums_are_those_of_all_levels_however_few_are_drawn(county, monkeypatch):
    fill(1)
    units, day = units_on(EVERYWHERE, on=TODAY), Day(TODAY, is_today=True)
    whole, total = tree.draw(units, day)
    monkeypatch.setattr(tree, "MOST_DRAWN", 1)
    upper, same = tree.draw(units, day)
    assert same == total
    assert [(one.label, one.note, one.badge) for one in upper] == [
        (one.label, one.note, one.badge) for one in whole
    ]
    assert any(one.below for one in whole[0].below)
    assert not any(one.below for one in upper[0].below)


def test_s2_57_the_first_supervisors_of_each_channel_are_those_of_the_whole_list(county):
    with wall.opened():
        for number in range(5):
            bodies.Body.objects.create(
                reference=f"body:{uuid.uuid4()}", name=f"监督组{number % 3}", kind="supervisor",
                host=(county.county, county.other)[number % 2],
                channel=("peer", "social")[number < 4],
            )  # fmt: skip
    for scope in scopes(county):
        whole = {channel: [] for channel in SupervisionChannel}
        for one in bodies.bodies(scope, on=TODAY, kind=BodyKind.SUPERVISOR):
            whole[one.channel].append(one)
        some = bodies.supervisors_named(scope, on=TODAY, most=2)
        assert some.keys() == whole.keys()
        for channel, found in whole.items():
            assert some[channel] == tuple((one.reference, one.name) for one in found[:2])
