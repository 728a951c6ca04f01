"""The long lists of units, posts, people and bodies, read a page at a time for any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, When

from guiju.base.org.models import Appointment, Body, BodyMember, Person, Post, Unit
from guiju.base.org.reads.holders import Holder, holders_of, holding, standing_in
from guiju.base.org.reads.on_day import is_held, is_held_each
from guiju.base.org.reads.open_to import open_people
from guiju.base.org.reads.people import DelegationShown, delegations
from guiju.base.org.reads.within import formerly, living, running, within
from guiju.base.ui.sources import Rows
from guiju.core.access import Scope
from guiju.core.organisation.words import LeaderLevel, PartyStanding, UnitKind
from guiju.core.organisation.words_bodies import BodyKind, SupervisionChannel

FEW_UNITS = 50
"""Up to so many units with a typed part of a name, things are looked for in each of them."""


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list; posts and vacancies are its own on the day."""

    reference: str
    code: str
    name: str
    kind: UnitKind
    parent: str
    is_key: bool
    founded: date | None
    abolished: date | None
    posts: int
    vacant: int


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in the list, with who holds it on the day and who stands in.

    Attributes:
        open_people: those of them whose page the reader may open.
    """

    reference: str
    code: str
    name: str
    unit: str
    unit_name: str
    level: LeaderLevel | None
    is_key: bool
    years: int | None
    holders: tuple[Holder, ...]
    open_people: frozenset[str]

    @property
    def own(self) -> tuple[Holder, ...]:
        """Who holds it."""
        return holding(self.holders)

    @property
    def standing_in(self) -> tuple[Holder, ...]:
        """Who stands in."""
        return standing_in(self.holders)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in the list, with the posts held on the day; an erased one has no name."""

    reference: str
    code: str
    name: str
    rank: str
    standing: PartyStanding | None
    home: str
    home_name: str
    left: date | None
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body in the list; ``unlinked`` counts member units without a liaison (S2-78)."""

    reference: str
    name: str
    kind: BodyKind
    channel: SupervisionChannel | None
    host: str
    office: str
    superior: str
    members: int
    unlinked: int


def units(scope: Scope, conditions: Mapping[str, str], *, on: date) -> Rows[UnitLine]:
    """Return units; a page costs three queries.

    Args:
        scope: where the reader may look.
        conditions: ``search`` name, former name or code, ``kind``, ``key`` (yes), ``state``
            (current or abolished).
        on: the day for which posts and the state count.
    """
    rows = Unit.objects.filter(within(scope, "path")).select_related("parent")
    if text := conditions.get("search", ""):
        rows = rows.filter(
            Q(name__contains=text)
            | Q(short_name__contains=text)
            | Q(code__begins=text)
            | formerly(text)
        )
    if kind := conditions.get("kind", ""):
        rows = rows.filter(kind=kind)
    if conditions.get("key"):
        rows = rows.filter(is_key=True)
    if state := conditions.get("state", ""):
        rows = rows.filter(living(on) if state == "current" else Q(abolished_date__lte=on))

    def make(found: Sequence[Unit]) -> Sequence[UnitLine]:
        posts = Post.objects.filter(living(on), unit__in=[one.pk for one in found]).order_by()
        held = posts.filter(is_held(on))
        all_of, held_of = (
            dict(some.values("unit").annotate(count=Count("pk")).values_list("unit", "count"))
            for some in (posts, held)
        )
        return [_unit(one, all_of.get(one.pk, 0), held_of.get(one.pk, 0)) for one in found]

    return Rows(rows, make)


def posts(
    scope: Scope, people_scope: Scope, conditions: Mapping[str, str], *, on: date
) -> Rows[PostLine]:
    """Return the posts that exist on a day; a page costs three queries.

    Args:
        scope: where the reader may look.
        people_scope: where they may look at people.
        conditions: ``search`` name or code, ``unit`` number or name, ``level``, ``key`` (yes),
            ``state`` (held or vacant).
        on: the day.
    """
    rows = Post.objects.filter(within(scope, "unit__path"), living(on)).select_related("unit")
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(name__contains=text) | Q(code__begins=text))
    if unit := conditions.get("unit", ""):
        rows = rows.filter(in_unit(unit, "unit"))
    if level := conditions.get("level", ""):
        rows = rows.filter(leader_level=level)
    if conditions.get("key"):
        rows = rows.filter(is_key=True)
    if state := conditions.get("state", ""):
        rows = rows.filter(is_held_each(on) if state == "held" else ~is_held_each(on))

    def make(found: Sequence[Post]) -> Sequence[PostLine]:
        held = holders_of([one.reference for one in found], on)
        named = {one.person for holders in held.values() for one in holders}
        seen = open_people(named, people_scope)
        return [_post(one, held.get(one.reference, ()), seen) for one in found]

    return Rows(rows, make)


def people(scope: Scope, conditions: Mapping[str, str], *, on: date) -> Rows[PersonLine]:
    """Return people; a page costs two queries.

    Args:
        scope: where the reader may look.
        conditions: ``search`` how the name begins or the number, ``unit`` number or name,
            ``state`` (serving or left).
        on: the day for which posts and the state count.
    """
    rows = Person.objects.filter(within(scope, "home__path")).select_related("home")
    if text := conditions.get("search", ""):
        rows = rows.filter(Q(name__begins=text) | Q(code=text))
    if unit := conditions.get("unit", ""):
        rows = rows.filter(in_unit(unit, "home"))
    serving = Q(left_date=None) | Q(left_date__gt=on)
    if state := conditions.get("state", ""):
        rows = rows.filter(serving if state == "serving" else ~serving)

    shown = ("number", "reference", "code", "name", "rank", "party_standing", "left_date")
    rows = rows.only(*shown, "home__reference", "home__name")  # of a hundred thousand, no more

    def make(found: Sequence[Person]) -> Sequence[PersonLine]:
        held = Appointment.objects.filter(running(on), person__in=[one.pk for one in found])
        posts: dict[int, list[str]] = {}
        for person, post in held.order_by("number").values_list("person", "post__name"):
            posts.setdefault(person, []).append(post)
        return [_person(one, tuple(posts.get(one.pk, ()))) for one in found]

    return Rows(rows, make)


def bodies(scope: Scope, conditions: Mapping[str, str], *, on: date) -> Rows[BodyLine]:
    """Return the bodies that exist on a day; a page costs three queries.

    Args:
        scope: where the reader may look.
        conditions: ``search`` name, ``kind``, ``channel``.
        on: the day.
    """
    rows = Body.objects.filter(within(scope, "host__path"), living(on))
    if text := conditions.get("search", ""):
        rows = rows.filter(name__contains=text)
    if kind := conditions.get("kind", ""):
        rows = rows.filter(kind=kind)
    if channel := conditions.get("channel", ""):
        rows = rows.filter(channel=channel)

    def make(found: Sequence[Body]) -> Sequence[BodyLine]:
        members = BodyMember.objects.filter(running(on), body__in=[one.pk for one in found])
        linked = members.filter(body=OuterRef("body"), unit=OuterRef("unit"), role="liaison")
        wanting = members.filter(~Exists(linked), role__in=("lead_unit", "member_unit"))
        all_of, wanting_of = (
            dict(some.order_by().values("body").annotate(n=Count("pk")).values_list("body", "n"))
            for some in (members, wanting)
        )
        return [_body(one, all_of.get(one.pk, 0), wanting_of.get(one.pk, 0)) for one in found]

    return Rows(rows.select_related("host", "office", "superior"), make)


def in_unit(text: str, relation: str) -> Q:
    """Return the condition that something lies in a unit that is typed; one query.

    Its number means that unit and all below it, anything else is a part of its name. A few
    units are named one by one, so that their rows are found and not all looked through.
    """
    units = Unit.objects.filter(Q(code=text) | Q(name__contains=text))
    first = Case(When(code=text, then=0), default=1)
    found = list(units.order_by(first).values_list("code", "path", "pk")[: FEW_UNITS + 1])
    if found and found[0][0] == text:
        return Q(**{f"{relation}__path__begins": found[0][1]})
    if len(found) > FEW_UNITS:
        return Q(**{f"{relation}__name__contains": text})
    return Q(**{f"{relation}__in": [pk for _, _, pk in found]})


def delegations_of(post: str) -> tuple[DelegationShown, ...]:
    """Return the delegations of a post, the latest first; one query."""
    return delegations(Q(post__reference=post))


def key_units(scope: Scope, *, on: date) -> tuple[tuple[str, str], ...]:
    """Return the key units, reference and name, by code (S1-05); one query."""
    rows = Unit.objects.filter(within(scope, "path"), living(on), is_key=True)
    return tuple(rows.order_by("code").values_list(F("reference"), F("name")))


def key_post_counts(scope: Scope, *, on: date) -> tuple[int, int]:
    """Return how many key posts are vacant, and for how many no longest tenure is set; one query.

    S0-07, S0-09.
    """
    counts = (
        _key_posts(scope, on)
        .annotate(held=is_held(on))
        .aggregate(
            vacant=Count("pk", filter=Q(held=False)),
            unlimited=Count("pk", filter=Q(longest_tenure_years=None)),
        )
    )
    return counts["vacant"], counts["unlimited"]


def key_posts_without_limit(scope: Scope, *, on: date, most: int) -> tuple[tuple[str, str], ...]:
    """Return key posts for which no longest tenure is set, by code; one query."""
    rows = _key_posts(scope, on).filter(longest_tenure_years=None).select_related("unit")
    return tuple(
        (one.reference, f"{one.unit.name} · {one.name}") for one in rows.order_by("code")[:most]
    )


def _key_posts(scope: Scope, on: date) -> QuerySet[Post]:
    return Post.objects.filter(within(scope, "unit__path"), living(on), is_key=True).order_by()


def _unit(one: Unit, posts: int, held: int) -> UnitLine:
    return UnitLine(
        one.reference,
        one.code,
        one.name,
        UnitKind.of(one.kind),
        one.parent.name if one.parent else "",
        one.is_key,
        one.founded_date,
        one.abolished_date,
        posts,
        posts - held,
    )


def _post(one: Post, held: tuple[Holder, ...], seen: frozenset[str]) -> PostLine:
    return PostLine(
        one.reference,
        one.code,
        one.name,
        one.unit.reference,
        one.unit.name,
        LeaderLevel.of(one.leader_level) if one.leader_level else None,
        one.is_key,
        one.longest_tenure_years,
        held,
        seen,
    )


def _person(one: Person, posts: tuple[str, ...]) -> PersonLine:
    return PersonLine(
        one.reference,
        one.code,
        one.name,
        one.rank,
        PartyStanding.of(one.party_standing) if one.party_standing else None,
        one.home.reference if one.home else "",
        one.home.name if one.home else "",
        one.left_date,
        posts,
    )


def _body(one: Body, members: int, unlinked: int) -> BodyLine:
    return BodyLine(
        one.reference,
        one.name,
        BodyKind.of(one.kind),
        SupervisionChannel.of(one.channel) if one.channel else None,
        one.host.name,
        one.office.name if one.office else "",
        one.superior.name if one.superior else "",
        members,
        unlinked,
    )
