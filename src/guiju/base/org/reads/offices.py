"""The office of a body (办公室设在…, S2-75): who serves in it, who leads, whom it asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from guiju.base.org.models import Appointment, Body, BodyMember
from guiju.base.org.policies import STANDING_IN
from guiju.base.org.reads.within import living, numbers_in, running
from guiju.core.organisation.words import LeaderLevel
from guiju.core.organisation.words_bodies import MemberRole

_SERVING = (MemberRole.OFFICE_HEAD.value, MemberRole.OFFICE_STAFF.value)
_LEADING = (MemberRole.CHAIR.value, MemberRole.VICE_CHAIR.value)
_MEMBERS = (MemberRole.LEAD_UNIT.value, MemberRole.MEMBER_UNIT.value)


@dataclass(frozen=True, slots=True)
class Office:
    """A body with the unit that keeps its office.

    Attributes:
        host_path: where the body is set up; by it scopes decide.
        office: the unit's reference; empty where the body has none. ``office_path`` its place.
    """

    body: str
    name: str
    host_path: str
    office: str
    office_name: str
    office_path: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """A member unit, and who takes what the office asks of it: its liaison, else its head.

    Attributes:
        person: empty when there is neither.
        is_liaison: whether it is the liaison (S2-78).
    """

    unit: str
    unit_name: str
    path: str
    person: str = ""
    name: str = ""
    post: str = ""
    is_liaison: bool = False


def office_of(body: str, on: date) -> Office | None:
    """Return a body that exists on a day, None for any other; one query."""
    rows = Body.objects.filter(living(on), reference=body).select_related("host", "office")
    row = rows.first()
    return _office(row) if row else None


def is_of_office(person: str, office: Office, on: date) -> bool:
    """Tell whether somebody serves in the office of a body on a day, or chairs it; one query.

    Whoever acts in a post of the office's unit or below it serves, and whoever belongs to the
    body as of its office.
    """
    named = BodyMember.objects.filter(
        running(on),
        body=OuterRef("pk"),
        person__reference=person,
        role__in=_SERVING + _LEADING,
    )
    posted = Appointment.objects.filter(
        running(on), person__reference=person, post__unit__path__startswith=office.office_path
    )
    rows = Body.objects.filter(reference=office.body)
    if office.office_path:
        return rows.filter(Exists(named) | Exists(posted)).exists()
    return rows.filter(Exists(named)).exists()


def offices_served(person: str, on: date) -> tuple[Office, ...]:
    """Return the bodies in whose office somebody serves, or which they chair; two queries."""
    paths = Appointment.objects.filter(running(on), person__reference=person).values_list(
        "post__unit__path", flat=True
    )
    numbers = {number for path in paths for number in numbers_in(path)}
    named = BodyMember.objects.filter(
        running(on), person__reference=person, role__in=_SERVING + _LEADING
    )
    mine = Q(office__in=numbers) | Q(number__in=named.order_by().values("body"))
    rows: QuerySet[Body] = Body.objects.filter(living(on), mine, office__isnull=False)
    return tuple(_office(row) for row in rows.select_related("host", "office").order_by("name"))


def receivers(body: str, on: date) -> tuple[Receiver, ...]:
    """Return the member units of a body with who takes what is asked of each; three queries."""
    rows = BodyMember.objects.filter(running(on), body__reference=body, unit__isnull=False)
    units = {
        row.unit.number: row.unit
        for row in rows.filter(role__in=_MEMBERS).select_related("unit").order_by("unit__code")
        if row.unit is not None
    }
    liaisons = rows.filter(
        Q(person__left_date=None) | Q(person__left_date__gt=on),
        role=MemberRole.LIAISON.value,
        person__erased_at=None,
    ).select_related("person", "post")
    linked = {row.unit_id: row for row in liaisons if row.person is not None}
    heads = _heads(units.keys() - linked.keys(), on)
    found = []
    for number, unit in units.items():
        row, head = linked.get(number), heads.get(number)
        if row is not None and row.person is not None:
            post = row.post.reference if row.post else ""
            who = (row.person.reference, row.person.name, post, True)
        elif head is not None:
            who = (head.person.reference, head.person.name, head.post.reference, False)
        else:
            who = ("", "", "", False)
        found.append(Receiver(unit.reference, unit.name, unit.path, *who))
    return tuple(found)


def _heads(units: Iterable[int | None], on: date) -> dict[int, Appointment]:
    """Return who heads each unit; its own head comes before one who stands in."""
    rows = Appointment.objects.filter(
        running(on),
        post__unit__in=[one for one in units if one is not None],
        post__leader_level=LeaderLevel.HEAD.value,
        person__erased_at=None,
    ).select_related("person", "post")
    acting = {kind.value for kind in STANDING_IN}
    ordered = sorted(rows, key=lambda row: (row.kind not in acting, row.start_date))
    return {row.post.unit_id: row for row in ordered}


def _office(row: Body) -> Office:
    office = row.office
    return Office(
        row.reference,
        row.name,
        row.host.path,
        office.reference if office else "",
        office.name if office else "",
        office.path if office else "",
    )
