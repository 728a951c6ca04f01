"""What happens to everything in a unit that ceases to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from guiju.base.org.actions import tree
from guiju.base.org.actions.duties import carry_duties
from guiju.base.org.actions.tree import Reform
from guiju.base.org.events import (
    APPOINTMENT_ENDED,
    BODY_CHANGED,
    MEMBER_ADDED,
    MEMBER_ENDED,
    PERSON_CHANGED,
    POST_ABOLISHED,
    UNIT_ABOLISHED,
)
from guiju.base.org.models import Appointment, Body, BodyMember, Person, Post, Unit, UnitVersion
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words_bodies import SuccessionKind
from guiju.core.sentence import zh

Targets = Mapping[str, Unit]
"""Into which unit each sub-unit and person goes, by reference; under "" all the others."""


_Rows = TypeVar("_Rows", Unit, Post, Body)


def _living(rows: QuerySet[_Rows], reform: Reform) -> QuerySet[_Rows]:
    return rows.filter(Q(abolished_date=None) | Q(abolished_date__gt=reform.on))


def require_empty(unit: Unit, reform: Reform) -> None:
    """Refuse to dissolve a unit while something is left in it (ORG-07)."""
    units = _living(unit.children.all(), reform).count()
    people = unit.people.filter(left_date=None).count()
    bodies = _living(Body.objects.filter(Q(host=unit) | Q(office=unit)), reform).count()
    if units or people or bodies:
        raise Denied(
            "ORG-07",
            zh(
                "「{unit}」还有下级单位 {units} 个、人员 {people} 名、领导小组等机构 {bodies} 个。"
                "请先把它们划出，或改用合并，由接收单位承接。",
                unit=unit.name,
                units=units,
                people=people,
                bodies=bodies,
            ),
        )


def close(
    unit: Unit,
    reform: Reform,
    kind: SuccessionKind,
    *,
    to: Unit | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Abolish a unit and its posts; appointments to them end, its duties go ``to`` a follower."""
    draft = UNIT_ABOLISHED(
        object=unit.reference,
        name=unit.name,
        kind=kind.value,
        date=str(reform.on),
        document=reform.document,
    )
    with recording(draft, by=by, at=at):
        tree.lock_tree()
        carry_duties(unit, to, reform, by=by, at=at)
        for post in _living(unit.posts.all(), reform):
            end_appointments(post, reform, by=by, at=at)
            abolish(post, reform, by=by, at=at)
        version = UnitVersion.objects.get(unit=unit, to_date=None)
        if version.from_date is not None and reform.on <= version.from_date:
            raise tree.too_early(unit, version.from_date)
        version.to_date = unit.abolished_date = reform.on
        version.save(update_fields=["to_date"])
        Unit.objects.filter(number=unit.number).update(abolished_date=reform.on)


def abolish(post: Post, reform: Reform, *, by: Actor, at: datetime) -> None:
    """Abolish a post that nobody holds from that day on."""
    draft = POST_ABOLISHED(
        object=post.reference, name=post.name, date=str(reform.on), document=reform.document
    )
    with recording(draft, by=by, at=at):
        Post.objects.filter(number=post.number).update(abolished_date=reform.on)


def end_appointments(post: Post, reform: Reform, *, by: Actor, at: datetime) -> None:
    """End whatever appointment to a post would go on beyond a day.

    Raises:
        Invalid: ORG-68 for one that would only begin.
    """
    going_on = Q(end_date=None) | Q(end_date__gt=reform.on)
    for one in Appointment.objects.filter(going_on, post=post).select_related("person"):
        if one.start_date >= reform.on:
            raise Invalid(
                "ORG-68",
                zh(
                    "「{post}」有一项任职从 {day} 才开始。请先撤回这项任职，或改撤销日期。",
                    post=post.name,
                    day=str(one.start_date),
                ),
            )
        draft = APPOINTMENT_ENDED(
            object=one.person.reference,
            appointment=one.reference,
            post=post.reference,
            end_date=str(reform.on),
            document=Personal(one.person.reference, reform.document),
        )
        with recording(draft, by=by, at=at):
            Appointment.objects.filter(number=one.number).update(end_date=reform.on)


def carry_over(old: Unit, targets: Targets, reform: Reform, *, by: Actor, at: datetime) -> None:
    """Move what is in a unit to those that follow it: units, people, bodies, memberships."""
    for below in _living(old.children.all(), reform).select_related("parent"):
        target = targets.get(below.reference, targets[""])
        tree.move_below(below, target, reform, by=by, at=at)
    _carry_people(old, targets, by=by, at=at)
    for body in _living(Body.objects.filter(Q(host=old) | Q(office=old)), reform):
        _carry_body(body, old, targets[""], by=by, at=at)
    ongoing = Q(end_date=None) | Q(end_date__gt=reform.on)
    for member in BodyMember.objects.filter(ongoing, unit=old, start_date__lt=reform.on):
        _carry_member(member, targets[""], reform, by=by, at=at)


def _carry_people(old: Unit, targets: Targets, *, by: Actor, at: datetime) -> None:
    for person in Person.objects.filter(home=old, left_date=None, erased_at=None):
        target = targets.get(person.reference, targets[""])
        draft = PERSON_CHANGED(
            object=person.reference,
            code=person.code,
            before=Personal(person.reference, {"home": old.reference}),
            after=Personal(person.reference, {"home": target.reference}),
        )
        with recording(draft, by=by, at=at):
            Person.objects.filter(number=person.number).update(home=target)


def _carry_body(body: Body, old: Unit, target: Unit, *, by: Actor, at: datetime) -> None:
    places = {"host": body.host_id, "office": body.office_id}
    moved = {name: target for name, number in places.items() if number == old.number}
    draft = BODY_CHANGED(
        object=body.reference,
        name=body.name,
        before=dict.fromkeys(moved, old.reference),
        after=dict.fromkeys(moved, target.reference),
    )
    with recording(draft, by=by, at=at):
        Body.objects.filter(number=body.number).update(**moved)


def _carry_member(
    member: BodyMember, target: Unit, reform: Reform, *, by: Actor, at: datetime
) -> None:
    """End a unit's membership; the follower takes its place, unless it is a member already."""
    body = member.body
    facts = {"object": body.reference, "name": body.name, "role": member.role}
    ended = MEMBER_ENDED(member=member.reference, end_date=str(reform.on), **facts)
    with recording(ended, by=by, at=at):
        BodyMember.objects.filter(number=member.number).update(end_date=reform.on)
    same = {"body": body, "role": member.role, "unit": target, "person": member.person}
    if BodyMember.objects.filter(**same, end_date=None).exists():
        return
    new = BodyMember(
        reference=new_reference("member"),
        post=member.post,
        start_date=reform.on,
        end_date=member.end_date,
        **same,
    )
    added = MEMBER_ADDED(
        member=new.reference,
        unit=target.reference,
        post=member.post.reference if member.post else "",
        start_date=str(reform.on),
        facts={"person": member.person.reference} if member.person else {},
        **facts,
    )
    with recording(added, by=by, at=at):
        new.save(force_insert=True)
