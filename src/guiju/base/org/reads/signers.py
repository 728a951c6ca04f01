"""Who could sign on a day as what: leaders of a unit, members of a body, carriers of a duty (K4).

Each answer is in tiers: whoever stands in the first is asked before those of the next. A post
counts with its holder, else with who acts in it; whoever was delegated signs in its holder's
place and is not asked beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from guiju.base.org.models import Body, BodyMember, Post, Unit
from guiju.base.org.reads.duties import carrier_of
from guiju.base.org.reads.holders import Holder, holders_of
from guiju.base.org.reads.within import living, numbers_in, running
from guiju.core.organisation.words import LeaderLevel
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, StandIn
from guiju.core.organisation.words_duties import StatutoryDuty


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who could sign: in which post, of which unit, as whose representative.

    Attributes:
        post: empty for a member of a body who belongs to it in no post.
        how: as holder or acting.
        on_behalf: the body or unit for which they sign, where that is not their own unit.
    """

    person: str
    name: str
    post: str
    post_name: str
    unit: str
    unit_name: str
    path: str
    how: StandIn
    on_behalf: str = ""


Tiers = tuple[tuple[Signer, ...], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Who could sign, and what was looked for: the unit or body, so that a vacancy has a name.

    Attributes:
        where: the unit or body; empty where not even that was found.
        at: its reference.
    """

    where: str
    tiers: Tiers = ()
    at: str = ""


def leaders(unit: str, levels: Sequence[LeaderLevel], *, is_above: bool, on: date) -> Found:
    """Return the holders of leading posts at a unit, else at the nearest unit above that has some.

    Args:
        unit: the unit's reference.
        levels: which posts, in tiers.
        is_above: whether its own posts are left out.
        on: the day.

    Three queries.
    """
    line = _line(unit, is_above=is_above)
    rows = Post.objects.filter(
        living(on),
        unit__number__in=line,
        leader_level__in=[one.value for one in levels],
    ).select_related("unit")
    posts = list(rows.order_by("code"))
    nearest = max((len(one.unit.path) for one in posts), default=0)
    posts = [one for one in posts if len(one.unit.path) == nearest]
    if not posts:
        return Found("")
    tiers = [[one for one in posts if one.leader_level == level.value] for level in levels]
    return Found(posts[0].unit.name, _held(tiers, on), posts[0].unit.reference)


def own_leaders(unit: str, *, on: date) -> Found:
    """Return the holders of a unit's own highest posts; three queries."""
    rows = Post.objects.filter(living(on), unit__reference=unit).select_related("unit")
    posts = list(rows.exclude(leader_level=LeaderLevel.STAFF.value).order_by("code"))
    levels = [one for one in LeaderLevel if any(post.leader_level == one.value for post in posts)]
    if not levels:
        return Found("")
    highest = [post for post in posts if post.leader_level == levels[0].value]
    return Found(highest[0].unit.name, _held([highest], on), unit)


def duty_leaders(duty: StatutoryDuty, unit: str, *, on: date) -> Found:
    """Return who leads whoever carries a statutory duty for a unit; five queries."""
    carried = carrier_of(duty, unit, on)
    if carried is None:
        return Found("")
    if carried.carrier.startswith("body:"):
        return _members(Body.objects.filter(reference=carried.carrier), _CHAIRS, on)
    found = leaders(carried.carrier, (LeaderLevel.HEAD, LeaderLevel.DEPUTY), is_above=False, on=on)
    return Found(carried.carrier_name, found.tiers, carried.carrier)


def body_chairs(unit: str, kinds: Sequence[BodyKind], *, is_above: bool, on: date) -> Found:
    """Return who leads the nearest body of these kinds, the first kind first; four queries."""
    return _members(_nearest(unit, kinds, is_above=is_above, on=on), _CHAIRS, on)


def body_office(unit: str, kinds: Sequence[BodyKind], *, is_above: bool, on: date) -> Found:
    """Return who runs the office of the nearest body of these kinds; four queries."""
    return _members(_nearest(unit, kinds, is_above=is_above, on=on), _OFFICE, on)


_CHAIRS = (MemberRole.CHAIR, MemberRole.VICE_CHAIR)
_OFFICE = (MemberRole.OFFICE_HEAD, MemberRole.OFFICE_STAFF)


def _line(unit: str, *, is_above: bool) -> list[int]:
    path = Unit.objects.filter(reference=unit).values_list("path", flat=True).first() or ""
    numbers = numbers_in(path)
    return numbers[:-1] if is_above else numbers


def _nearest(unit: str, kinds: Sequence[BodyKind], *, is_above: bool, on: date) -> Iterable[Body]:
    """Return the nearest body; one at the unit itself where above was asked and there is none."""
    line = _line(unit, is_above=False)
    rows = Body.objects.filter(
        living(on), host__number__in=line, kind__in=[one.value for one in kinds]
    ).select_related("host")
    own = line[-1] if line else 0
    order = [one.value for one in kinds]

    def far(one: Body) -> tuple[bool, int, int, int]:
        is_last = is_above and one.host.number == own
        return (is_last, -len(one.host.path), order.index(one.kind), one.number)

    return sorted(rows, key=far)[:1]


def _members(bodies: Iterable[Body], roles: Sequence[MemberRole], on: date) -> Found:
    body = next(iter(bodies), None)
    if body is None:
        return Found("")
    serving = Q(person__left_date=None) | Q(person__left_date__gt=on)
    rows = BodyMember.objects.filter(
        running(on), serving, body=body, person__isnull=False, role__in=[r.value for r in roles]
    ).select_related("person", "post__unit", "unit", "body__host")
    members = list(rows.order_by("number"))
    tiers = ([one for one in members if one.role == role.value] for role in roles)
    found = tuple(tuple(map(_member, tier)) for tier in tiers if tier)
    return Found(body.name, found, body.reference)


def _member(one: BodyMember) -> Signer:
    assert one.person is not None  # noqa: S101 - asked for by the query
    unit = one.post.unit if one.post else one.unit or one.body.host
    return Signer(
        one.person.reference,
        one.person.name,
        one.post.reference if one.post else "",
        one.post.name if one.post else "",
        unit.reference,
        unit.name,
        unit.path,
        StandIn.HOLDER,
        one.body.name,
    )


def _held(tiers: Sequence[Sequence[Post]], on: date) -> Tiers:
    held = holders_of([post.reference for tier in tiers for post in tier], on)
    found = (tuple(_signers(tier, held)) for tier in tiers)
    return tuple(tier for tier in found if tier)


def _signers(posts: Sequence[Post], held: Mapping[str, Sequence[Holder]]) -> Iterable[Signer]:
    for post in posts:
        there = [one for one in held.get(post.reference, ()) if one.how is not StandIn.DELEGATE]
        if not there:
            continue
        first = there[0]
        yield Signer(
            first.person,
            first.name,
            post.reference,
            post.name,
            post.unit.reference,
            post.unit.name,
            post.unit.path,
            first.how,
        )
