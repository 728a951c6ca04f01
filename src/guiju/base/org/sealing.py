"""What of a person's row is sealed: ID number and telephone, and the tag of the former."""

from __future__ import annotations

from typing import TypedDict

from guiju.base.org.models import Person
from guiju.base.record import vault
from guiju.core.organisation.rows import PersonRow

ID_NUMBER = "org_person.id_number"
PHONE = "org_person.phone"
INTEREST = "org_interest.box"


class SealedColumns(TypedDict):
    """The columns of ``Person`` that are sealed or made from what is."""

    id_number: bytes | None
    phone: bytes | None
    id_tag: str | None


def sealed_columns(person: str, row: PersonRow) -> SealedColumns:
    """Return the sealed columns of a person's row.

    Raises:
        Denied: RECORD-20 when the person's data was erased.
    """
    return {
        "id_number": vault.lock(person, ID_NUMBER, row.id_number) if row.id_number else None,
        "phone": vault.lock(person, PHONE, row.phone) if row.phone else None,
        "id_tag": id_tag(row.id_number) if row.id_number else None,
    }


def id_tag(id_number: str) -> str:
    """Return by what a person is found who has this ID number."""
    return vault.tag("org.id_number", id_number)


def opened(person: Person) -> tuple[str, str]:
    """Return a person's ID number and telephone; empty where there is none (any more).

    Raises:
        Invalid: RECORD-25 for a box that was tampered with.
    """
    return _opened(person, ID_NUMBER, person.id_number), _opened(person, PHONE, person.phone)


def _opened(person: Person, place: str, box: bytes | memoryview | None) -> str:
    if box is None:
        return ""
    value = vault.unlock(person.reference, place, bytes(box))
    return value if isinstance(value, str) else ""
