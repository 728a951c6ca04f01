"""Erasing a person: the key of what is sealed, and what stands openly in our rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from guiju.base.org import find
from guiju.base.org.events import PERSON_CLEARED
from guiju.base.org.models import Appointment, Delegation, Interest, Person
from guiju.base.record import erasure, vault
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.base.record.guards import Seen


def erase_person(*, person: str, authority: str, reason: str, by: Actor, at: datetime) -> None:
    """Erase what is held about a person, in our rows and in the record, in one transaction.

    Terms of office stay, under the reference alone: who held a post is not forgotten, the name is.

    Args:
        person: the person's reference.
        authority: on what basis, for example an article of 个人信息保护法.
        reason: why; both stand in the open record and name nobody.
        by: who decided.
        at: when.

    Raises:
        Invalid: ORG-01; RECORD-22 without a basis or a reason.
        Denied: what ``recording`` raises.
    """
    find.found(Person, person)
    erase = partial(
        erasure.erase_person, person=person, authority=authority, reason=reason, by=by, at=at
    )
    _clear(person, by=by, at=at, also=erase)


def clear_rows(person: str, *, by: Actor, at: datetime) -> None:
    """Empty what is personal in our rows; calling it again changes nothing."""
    if Person.objects.filter(reference=person, erased_at=None).exists():
        _clear(person, by=by, at=at)


def _clear(
    person: str, *, by: Actor, at: datetime, also: Callable[[], None] = lambda: None
) -> None:
    with recording(PERSON_CLEARED(object=person), by=by, at=at):
        Person.objects.filter(reference=person).update(
            code=person.removeprefix("person:"),
            name="",
            rank="",
            party_standing="",
            id_number=None,
            phone=None,
            id_tag=None,
            erased_at=at,
        )
        Appointment.objects.filter(person__reference=person).update(document="")
        Delegation.objects.filter(principal__reference=person).update(reason="")
        Interest.objects.filter(person__reference=person).update(box=b"")
        also()


def on_erased(seen: Seen) -> None:
    """Clear the rows when the record erased somebody without us."""
    clear_rows(seen.draft.object, by=seen.actor, at=seen.at)


def clear_erased(*, at: datetime) -> int:
    """Clear rows of people whose key is gone, after a crash or a restore; return how many."""
    store = vault.key_store()
    kept = Person.objects.filter(erased_at=None).values_list("reference", flat=True)
    gone = [person for person in kept.iterator() if store.is_erased(person)]
    for person in gone:
        clear_rows(person, by=SYSTEM, at=at)
    return len(gone)
