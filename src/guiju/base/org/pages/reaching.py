"""What an address of these pages names, within the reader's scope; all else is not found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from guiju.base.org.models import (
    Appointment,
    Body,
    BodyMember,
    Delegation,
    Duty,
    Interest,
    Person,
    Post,
    Unit,
)
from guiju.base.org.reads.within import within
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission

Reached = TypeVar(
    "Reached", Unit, Post, Person, Appointment, Delegation, Interest, Body, BodyMember, Duty
)

_PLACES: dict[type, tuple[str, str]] = {
    Unit: ("unit", "path"),
    Post: ("post", "unit__path"),
    Person: ("person", "home__path"),
    Appointment: ("appointment", "post__unit__path"),
    Delegation: ("delegation", "post__unit__path"),
    Interest: ("interest", "person__home__path"),
    Body: ("body", "host__path"),
    BodyMember: ("member", "body__host__path"),
    Duty: ("duty", "area__path"),
}
"""How references of each begin, and the column by which it lies in a unit."""

_PAGES = {"unit": "org:unit", "post": "org:post", "person": "org:person", "body": "org:body"}


@dataclass(frozen=True, slots=True)
class Endable:
    """A row of what can be ended: who, as what, and the button; no link where one may not."""

    name: str
    note: Sentence
    verb: Sentence
    link: str


def reached(model: type[Reached], identity: UUID, scope: Scope) -> Reached:
    """Return what has this identity, in one query.

    Raises:
        Http404: when there is none in the scope.
    """
    noun, path = _PLACES[model]
    row = model.objects.filter(within(scope, path), reference=f"{noun}:{identity}").first()
    if row is None:
        raise Http404
    return row


def require_everywhere(request: HttpRequest, permission: Permission) -> None:
    """Let through who may do it in the whole installation.

    Raises:
        Http404: for all others.
    """
    if scope_of(request, permission) != EVERYWHERE:
        raise Http404


def today() -> date:
    """Return which day it is here."""
    return timezone.localdate()


def identity_of(reference: str) -> str:
    """Return what of a reference stands in addresses."""
    return reference.partition(":")[2]


def page_of(row: Unit | Post | Person | Body) -> str:
    """Return the address of its page."""
    return reverse(_PAGES[row.reference.partition(":")[0]], args=[identity_of(row.reference)])


def way(*rows: Unit | Post | Person | Body) -> tuple[Crumb, ...]:
    """Return the crumbs from the organisation down to these."""
    return (
        Crumb(zh("组织"), reverse("org:tree")),
        *(Crumb(row.name, page_of(row)) for row in rows),
    )
