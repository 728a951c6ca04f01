"""Entering people, correcting what is known of them, and letting them go."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q

from guiju.base.org import checks, find
from guiju.base.org.actions import tree
from guiju.base.org.events import (
    APPOINTMENT_ENDED,
    MEMBER_ENDED,
    PERSON_CHANGED,
    PERSON_ENTERED,
    PERSON_LEFT,
)
from guiju.base.org.models import Appointment, BodyMember, Person, Unit
from guiju.base.org.sealing import opened, sealed_columns
from guiju.base.org.told import difference, person_columns, person_row, said
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.rows import Organisation, PersonRow
from guiju.core.sentence import zh


def enter_person(*, row: PersonRow, home: str, by: Actor, at: datetime) -> Person:
    """Enter a person; ID number and telephone are sealed under their own key.

    Args:
        row: what is known of them.
        home: the reference of the unit that they belong to.
        by: who acts.
        at: when.

    Raises:
        Invalid: ORG-01; ORG-25 to ORG-42 for a row that is not in order, as in a table.
        Denied: ORG-06 when the unit is no more; what ``recording`` raises.
        Conflict: ORG-10 for an ID number that is entered already, ORG-02 for a code.
    """
    checks.require_in_order(Organisation(persons=(row,)), Organisation())
    unit = find.found(Unit, home)
    find.require_living(unit, find.local_day(at))
    reference = new_reference("person")
    sealed = sealed_columns(reference, row)
    _require_new(sealed["id_tag"], but="")
    columns = person_columns(row)
    person = Person(reference=reference, home=unit, **columns, **sealed)
    draft = PERSON_ENTERED(
        object=reference,
        code=row.code,
        home=home,
        name=Personal(reference, row.name),
        facts=Personal(reference, said({**columns, **known(row)})),
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        person.save(force_insert=True)
    return person


def change_person(*, person: str, row: PersonRow, home: str, by: Actor, at: datetime) -> None:
    """Correct what is known of a person.

    Raises:
        Invalid: ORG-01, ORG-66 when nothing changes; ORG-25 to ORG-42 as in a table.
        Denied: ORG-06 when the unit is no more, ORG-72 for one whose data were erased; what
            ``recording`` raises.
        Conflict: ORG-10, ORG-02, ORG-08.
    """
    checks.require_in_order(Organisation(persons=(row,)), Organisation())
    found = find.found(Person, person)
    require_kept(found)
    unit = find.found(Unit, home)
    kept = opened(found)
    before = {**person_columns(person_row(found, *kept)), **known(person_row(found, *kept))}
    before["home"] = found.home.reference if found.home else ""
    after = {**person_columns(row), **known(row), "home": home}
    if before == after and kept == (row.id_number, row.phone):
        raise tree.nothing_changes()
    if before["home"] != home:
        find.require_living(unit, find.local_day(at))
    sealed = sealed_columns(person, row)
    _require_new(sealed["id_tag"], but=person)
    was, now = difference(before, after)
    draft = PERSON_CHANGED(
        object=person, code=found.code, before=Personal(person, was), after=Personal(person, now)
    )
    with checks.unless_taken(), recording(draft, by=by, at=at):
        find.hold(found)
        Person.objects.filter(number=found.number).update(
            home=unit, **person_columns(row), **sealed
        )


def person_left(*, person: str, on: date, by: Actor, at: datetime) -> None:
    """Let a person go: from that day they serve no more; appointments and memberships end.

    Raises:
        Invalid: ORG-01, ORG-68 for what would only begin then.
        Denied: ORG-11 for one who left already; what ``recording`` raises.
        Conflict: ORG-08.
    """
    found = find.found(Person, person)
    require_serving(found, on)
    draft = PERSON_LEFT(object=person, code=found.code, date=str(on))
    going_on = Q(end_date=None) | Q(end_date__gt=on)
    with recording(draft, by=by, at=at) as passage:
        find.hold(found)
        held = Appointment.objects.filter(going_on, person=found).select_related("post")
        members = BodyMember.objects.filter(going_on, person=found).select_related("body")
        if any(
            day >= on
            for day in [*(one.start_date for one in held), *(m.start_date for m in members)]
        ):
            raise Invalid(
                "ORG-68",
                zh(
                    "此人在 {day} 或以后还有任职或成员身份才开始。请先撤回，再办离任。", day=str(on)
                ),
            )
        for one in held:
            passage.add(
                APPOINTMENT_ENDED(
                    object=person,
                    appointment=one.reference,
                    post=one.post.reference,
                    end_date=str(on),
                    document=Personal(person, ""),
                )
            )
        for member in members:
            passage.add(
                MEMBER_ENDED(
                    object=member.body.reference,
                    name=member.body.name,
                    member=member.reference,
                    role=member.role,
                    end_date=str(on),
                )
            )
        Appointment.objects.filter(going_on, person=found).update(end_date=on)
        BodyMember.objects.filter(going_on, person=found).update(end_date=on)
        Person.objects.filter(number=found.number).update(left_date=on)


def require_kept(person: Person) -> None:
    """Refuse to work on what was erased (ORG-72)."""
    if person.erased_at is not None:
        raise Denied("ORG-72", zh("此人的个人信息已依法删除，不能再改。请核对是否选错了人。"))


def require_serving(person: Person, on: date, until: date | None = None) -> None:
    """Refuse what would go on after somebody left (ORG-11) or was erased (ORG-72)."""
    require_kept(person)
    left = person.left_date
    if left is not None and (on >= left or until is None or until > left):
        raise Denied(
            "ORG-11",
            zh(
                "{code} 号人员已于 {day} 离任。请改日期，或另选他人。",
                code=person.code,
                day=str(left),
            ),
        )


def known(row: PersonRow) -> dict[str, object]:
    """Return what the record says of sealed columns: how they end, not what they are."""
    return {"id_number": _masked(row.id_number), "phone": _masked(row.phone)}


def _masked(value: str) -> str:
    return f"****{value[-4:]}" if value else ""


def _require_new(id_tag: object, *, but: str) -> None:
    other = Person.objects.filter(id_tag=id_tag).exclude(reference=but).first() if id_tag else None
    if other is not None:
        raise Conflict(
            "ORG-10",
            zh(
                "这个身份证号已登记在 {code} 号人员名下。同一个人只登记一次；请核对号码，"
                "或直接为该人员办理任职。",
                code=other.code,
            ),
        )
