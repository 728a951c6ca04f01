"""Bodies with their members, liaisons that are wanting, supervisors and who leads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from guiju.base.org.models import Body, BodyMember
from guiju.base.org.reads.within import living, running, within
from guiju.core.access import Scope
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SupervisionChannel

_ROLES = {role.value: place for place, role in enumerate(MemberRole)}


@dataclass(frozen=True, slots=True)
class BodyShown:
    """A body in lists."""

    reference: str
    name: str
    kind: BodyKind
    channel: SupervisionChannel | None
    host: str
    host_name: str
    office: str
    office_name: str
    superior: str
    superior_name: str
    founded: date | None
    abolished: date | None


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member; a person without a unit, a unit without a person, or a person on behalf of one."""

    reference: str
    role: MemberRole
    person: str
    person_name: str
    unit: str
    unit_name: str
    post_name: str
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class BodyPage:
    """All that a body's page shows.

    Attributes:
        members: who belongs to it on the day, the chair first.
        former: who did before, or will.
        unlinked: member units without a liaison (S2-78).
        line: the bodies above it, the nearest first (S2-58).
        led: the bodies that it leads.
    """

    body: BodyShown
    members: tuple[MemberShown, ...]
    former: tuple[MemberShown, ...]
    unlinked: tuple[MemberShown, ...]
    line: tuple[BodyShown, ...]
    led: tuple[BodyShown, ...]


@dataclass(frozen=True, slots=True)
class VacantLiaison:
    """A member unit of a body that has named no liaison (S2-78)."""

    body: str
    body_name: str
    unit: str
    unit_name: str


def bodies(scope: Scope, *, on: date, kind: BodyKind | None = None) -> tuple[BodyShown, ...]:
    """Return the bodies that exist on a day, by kind and name; one query."""
    rows = Body.objects.filter(within(scope, "host__path"), living(on))
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    shown = rows.select_related("host", "office", "superior").order_by("kind", "name", "number")
    return tuple(_shown(one) for one in shown)


def supervisors_named(
    scope: Scope, *, on: date, most: int
) -> dict[SupervisionChannel, tuple[tuple[str, str], ...]]:
    """Return the first supervisors of all eight channels, reference and name; one query.

    S2-57, S2-58.
    """
    rows = Body.objects.filter(
        within(scope, "host__path"), living(on), kind=BodyKind.SUPERVISOR.value
    )
    found: dict[str, list[tuple[str, str]]] = {one.value: [] for one in SupervisionChannel}
    columns = rows.order_by("name", "number").values_list("channel", "reference", "name")
    for channel, reference, name in columns:
        if len(found[channel]) < most:
            found[channel].append((reference, name))
    return {channel: tuple(found[channel.value]) for channel in SupervisionChannel}


def superior_line(reference: str) -> tuple[BodyShown, ...]:
    """Return the bodies above one, the nearest first; a query for each."""
    rows = Body.objects.select_related("host", "office", "superior")
    body = rows.filter(reference=reference).first()
    line: list[BodyShown] = []
    while body is not None and body.superior_id is not None and len(line) < 12:
        body = rows.filter(number=body.superior_id).first()
        if body is not None:
            line.append(_shown(body))
    return tuple(line)


def body_page(reference: str, scope: Scope, *, on: date) -> BodyPage | None:
    """Return a body with all that its page shows, None outside of the scope.

    Three queries, and one more for each body above it and one to find the first.
    """
    rows = Body.objects.select_related("host", "office", "superior")
    body = rows.filter(within(scope, "host__path"), reference=reference).first()
    if body is None:
        return None
    all_members = BodyMember.objects.filter(body=body).select_related("person", "unit", "post")
    listed = [(one, _is_running(one, on)) for one in all_members.order_by("start_date", "number")]
    now = sorted((_member(one) for one, runs in listed if runs), key=_by_role)
    linked = {one.unit for one in now if one.role is MemberRole.LIAISON}
    return BodyPage(
        _shown(body),
        tuple(now),
        tuple(_member(one) for one, runs in listed if not runs),
        tuple(one for one in now if one.role in _MEMBER_UNITS and one.unit not in linked),
        superior_line(reference) if body.superior_id else (),
        tuple(_shown(one) for one in rows.filter(living(on), superior=body).order_by("name")),
    )


def some_vacant_liaisons(
    scope: Scope, *, on: date, most: int
) -> tuple[tuple[VacantLiaison, ...], int]:
    """Return the first member units without a liaison, and how many there are (S2-78); one query.

    Of all bodies; a liaison who left names nobody.
    """
    counted = _wanting(scope, on).annotate(in_all=Window(Count("*")))
    rows = list(counted.values_list(*_SAID, "in_all")[:most])
    return tuple(VacantLiaison(*one[:-1]) for one in rows), rows[0][-1] if rows else 0


def _wanting(scope: Scope, on: date) -> QuerySet[BodyMember]:
    serving = Q(person__left_date=None) | Q(person__left_date__gt=on)
    liaison = BodyMember.objects.filter(
        running(on),
        serving,
        body=OuterRef("body"),
        unit=OuterRef("unit"),
        role=MemberRole.LIAISON.value,
    )
    rows = BodyMember.objects.filter(
        running(on),
        living(on, "body__"),
        ~Exists(liaison),
        within(scope, "body__host__path"),
        unit__isnull=False,
        role__in=[role.value for role in _MEMBER_UNITS],
    )
    return rows.order_by("body__name", "unit__code")


_SAID = ("body__reference", "body__name", "unit__reference", "unit__name")
_MEMBER_UNITS = (MemberRole.LEAD_UNIT, MemberRole.MEMBER_UNIT)


def _is_running(one: BodyMember, on: date) -> bool:
    return one.start_date <= on and (one.end_date is None or on < one.end_date)


def _by_role(one: MemberShown) -> tuple[int, date, str]:
    return _ROLES[one.role.value], one.start, one.reference


def _shown(body: Body) -> BodyShown:
    return BodyShown(
        body.reference,
        body.name,
        BodyKind.of(body.kind),
        SupervisionChannel.of(body.channel) if body.channel else None,
        body.host.reference,
        body.host.name,
        body.office.reference if body.office else "",
        body.office.name if body.office else "",
        body.superior.reference if body.superior else "",
        body.superior.name if body.superior else "",
        body.founded_date,
        body.abolished_date,
    )


def _member(one: BodyMember) -> MemberShown:
    return MemberShown(
        one.reference,
        MemberRole.of(one.role),
        one.person.reference if one.person else "",
        one.person.name if one.person else "",
        one.unit.reference if one.unit else "",
        one.unit.name if one.unit else "",
        one.post.name if one.post else "",
        one.start_date,
        one.end_date,
    )
