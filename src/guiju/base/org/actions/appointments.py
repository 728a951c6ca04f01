"""Appointing people to posts, and ending it (S0-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from guiju.base.org import checks, facts, find, policies
from guiju.base.org.actions.people import require_serving
from guiju.base.org.events import APPOINTED, APPOINTMENT_ENDED
from guiju.base.org.models import Appointment, Person, Post
from guiju.base.org.periods import Period
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, Personal, new_reference
from guiju.core.errors import Invalid
from guiju.core.organisation.words import AppointmentKind, LeaderLevel, ResponsibilityKind
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms somebody is appointed.

    Attributes:
        start: the first day.
        end: the first day on which it is over; None without an end.
        kind: in what way the post is held.
        responsibility: what the holder answers for; None follows from the post's level.
        document: by what document.
    """

    start: date
    end: date | None = None
    kind: AppointmentKind = AppointmentKind.REGULAR
    responsibility: ResponsibilityKind | None = None
    document: str = ""


def appoint(
    *,
    person: str,
    post: str,
    terms: Terms,
    by: Actor,
    at: datetime,
    relatives: Iterable[str] = (),
) -> Appointment:
    """Appoint somebody to a post.

    Args:
        person: the reference of who is appointed.
        post: the reference of the post.
        terms: from when, until when, how.
        by: who acts.
        at: when.
        relatives: references of the person's relatives, where whoever acts may know them
            (任职回避).

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 for an end that is not after the start.
        Denied: ORG-11 for somebody who left, ORG-72 who was erased; ORG-12 to ORG-17, see
            ``policies.may_appoint``; what ``recording`` raises.
        Conflict: ORG-02, ORG-08.
    """
    if terms.end is not None and terms.end <= terms.start:
        raise out_of_order()
    somebody, to = find.found(Person, person), find.found(Post, post)
    require_serving(somebody, terms.start, terms.end)
    row = Appointment(
        reference=new_reference("appointment"),
        person=somebody,
        post=to,
        kind=terms.kind.value,
        responsibility=(terms.responsibility or answers_for(to.leader_level)).value,
        start_date=terms.start,
        end_date=terms.end,
        document=checks.text(terms.document, label=zh("文号"), most=100),
    )
    draft = _appointed(row)
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(somebody, to, to.unit)
        _require_allowed(row, relatives)
        row.save(force_insert=True)
    return row


def _appointed(row: Appointment) -> Draft:
    person = row.person.reference
    return APPOINTED(
        object=person,
        appointment=row.reference,
        post=row.post.reference,
        kind=row.kind,
        responsibility=row.responsibility,
        start_date=str(row.start_date),
        end_date=str(row.end_date or ""),
        document=Personal(person, row.document),
    )


def end_appointment(*, appointment: str, on: date, document: str, by: Actor, at: datetime) -> None:
    """End an appointment: ``on`` is the first day on which it is over.

    What the holder delegated ends with it.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 for a day that is not after its start, ORG-71 when it
            ends by then anyway.
        Denied: what ``recording`` raises.
        Conflict: ORG-08.
    """
    found = find.found(Appointment, appointment)
    if on <= found.start_date:
        raise out_of_order()
    if found.end_date is not None and found.end_date <= on:
        raise Invalid(
            "ORG-71",
            zh("这项任职到 {day} 就已结束。要提前结束，请填更早的日期。", day=str(found.end_date)),
        )
    document = checks.text(document, label=zh("文号"), most=100)
    person = found.person.reference
    draft = APPOINTMENT_ENDED(
        object=person,
        appointment=appointment,
        post=found.post.reference,
        end_date=str(on),
        document=Personal(person, document),
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        Appointment.objects.filter(number=found.number).update(end_date=on)


def answers_for(leader_level: str) -> ResponsibilityKind:
    """Return what the holder of a post answers for where nobody says it (S0-08, S0-44)."""
    leads = leader_level in {LeaderLevel.HEAD.value, LeaderLevel.DEPUTY.value}
    return ResponsibilityKind.LEADER if leads else ResponsibilityKind.POST


def out_of_order() -> Invalid:
    """Return the refusal of an end that is not after its beginning (ORG-04)."""
    return Invalid(
        "ORG-04",
        zh("结束日期必须晚于开始日期。结束当天不再算在内，接任的人可以从这一天起任。"),
    )


def _require_allowed(row: Appointment, relatives: Iterable[str]) -> None:
    wish = policies.Holding(
        row.person.reference,
        facts.seat(row.post),
        AppointmentKind.of(row.kind),
        Period(row.start_date, row.end_date),
    )
    related = Appointment.objects.filter(person__reference__in=list(relatives))
    refusal = policies.may_appoint(
        wish,
        own=facts.held_by(row.person),
        beside=facts.beside(row.post),
        conflicts=facts.conflicts_of(row.post),
        relatives=facts.holdings(related),
    )
    if refusal is not None:
        raise refusal
