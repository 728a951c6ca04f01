"""Who belongs to a body, as what, from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from guiju.base.org import find
from guiju.base.org.actions.appointments import out_of_order
from guiju.base.org.actions.people import require_serving
from guiju.base.org.events import MEMBER_ADDED, MEMBER_ENDED
from guiju.base.org.models import Body, BodyMember, Person, Post, Unit
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words_bodies import MemberRole
from guiju.core.sentence import zh

UNITS_ALONE = frozenset({MemberRole.LEAD_UNIT, MemberRole.MEMBER_UNIT, MemberRole.LIAISON_OFFICE})
"""Roles that a unit has, not a person."""


@dataclass(frozen=True, slots=True)
class Seating:
    """Who belongs to a body: a person, a unit, or a person on behalf of a unit.

    Attributes:
        role: as what.
        person: a reference; empty for a unit.
        unit: a reference; empty for a person on nobody's behalf.
        post: the reference of the post by which the person belongs to it; may be empty.
    """

    role: MemberRole
    person: str = ""
    unit: str = ""
    post: str = ""


def add_member(
    *, body: str, seating: Seating, start: date, end: date | None, by: Actor, at: datetime
) -> BodyMember:
    """Let somebody belong to a body; ``end`` is the first day on which they do no more.

    Raises:
        Invalid: ORG-01, ORG-04 for days out of order, ORG-78 for a role that does not fit.
        Denied: ORG-06 when body or unit is no more, ORG-11, ORG-72, ORG-79 for one who is that
            already, ORG-80 for a second liaison of one unit; what ``recording`` raises.
        Conflict: ORG-08.
    """
    if end is not None and end <= start:
        raise out_of_order()
    _require_fits(seating)
    found = find.found(Body, body)
    person = find.found(Person, seating.person) if seating.person else None
    unit = find.found(Unit, seating.unit) if seating.unit else None
    post = find.found(Post, seating.post) if seating.post else None
    for row in (found, unit, post):
        if row is not None:
            find.require_living(row, start)
    if person is not None:
        require_serving(person, start, end)
    member = BodyMember(
        reference=new_reference("member"),
        body=found,
        person=person,
        unit=unit,
        post=post,
        role=seating.role.value,
        start_date=start,
        end_date=end,
    )
    draft = MEMBER_ADDED(
        object=body,
        name=found.name,
        member=member.reference,
        role=member.role,
        unit=seating.unit,
        post=seating.post,
        start_date=str(start),
        facts={"person": seating.person, "end_date": str(end or "")},
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        _require_new(member)
        member.save(force_insert=True)
    return member


def end_member(*, member: str, on: date, by: Actor, at: datetime) -> None:
    """End a membership: ``on`` is the first day on which it is over.

    Raises:
        Invalid: ORG-01, ORG-04 for a day that is not after its start, ORG-71 when it ends by
            then anyway.
        Denied: what ``recording`` raises.
        Conflict: ORG-08.
    """
    found = find.found(BodyMember, member)
    if on <= found.start_date:
        raise out_of_order()
    if found.end_date is not None and found.end_date <= on:
        raise Invalid(
            "ORG-71",
            zh("此成员到 {day} 就已退出。要提前退出，请填更早的日期。", day=str(found.end_date)),
        )
    draft = MEMBER_ENDED(
        object=found.body.reference,
        name=found.body.name,
        member=member,
        role=found.role,
        end_date=str(on),
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        BodyMember.objects.filter(number=found.number).update(end_date=on)


def _require_fits(seating: Seating) -> None:
    alone = seating.role in UNITS_ALONE
    wrong = not seating.unit or seating.person if alone else not seating.person
    if wrong or (seating.role is MemberRole.LIAISON and not seating.unit):
        raise Invalid(
            "ORG-78",
            zh(
                "「{role}」应是{who}。请改选成员或身份。",
                role=seating.role.label,
                who=zh("单位，不写个人") if alone else zh("个人；联络员还要写明代表哪个单位"),
            ),
        )


def _require_new(member: BodyMember) -> None:
    overlapping = Q(end_date=None) | Q(end_date__gt=member.start_date)
    if member.end_date is not None:
        overlapping &= Q(start_date__lt=member.end_date)
    others = BodyMember.objects.filter(overlapping, body=member.body, role=member.role)
    if others.filter(person=member.person, unit=member.unit).exists():
        raise Denied(
            "ORG-79",
            zh(
                "这段时间里其已是「{body}」的同一身份。请先结束原来的，或改日期。",
                body=member.body.name,
            ),
        )
    if member.role == MemberRole.LIAISON.value and others.filter(unit=member.unit).exists():
        raise Denied(
            "ORG-80",
            zh("每个成员单位只有一名联络员，这段时间里已有一名。请先让原联络员退出。"),
        )
