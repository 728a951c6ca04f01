"""In which posts somebody acts on a day: their own, and those in which they stand in (S0-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.base.org.models import Appointment, Delegation
from guiju.base.org.policies import counts_as
from guiju.base.org.reads.holders import in_force
from guiju.base.org.reads.within import running
from guiju.core.organisation.words import AppointmentKind
from guiju.core.organisation.words_bodies import StandIn


@dataclass(frozen=True, slots=True)
class OwnPost:
    """A post in which somebody acts.

    Attributes:
        path: where its unit lies.
        how: as holder, acting, or by delegation.
        until: the last day of a delegation; None otherwise.
    """

    reference: str
    name: str
    code: str
    unit_name: str
    path: str
    how: StandIn
    until: date | None = None


_POST = ("post__reference", "post__name", "post__code", "post__unit__name", "post__unit__path")


def own_posts(person: str, on: date) -> tuple[OwnPost, ...]:
    """Return the posts of a person on a day, each once, their own first; two queries."""
    terms = Appointment.objects.filter(running(on), person__reference=person)
    taken = Delegation.objects.filter(in_force(on), delegate__reference=person)
    found = [
        OwnPost(post, name, code, unit, path, counts_as(AppointmentKind.of(kind)))
        for post, name, code, unit, path, kind in terms.order_by(
            "start_date", "number"
        ).values_list(*_POST, "kind")
    ]
    found.sort(key=lambda one: one.how is not StandIn.HOLDER)
    found += [
        OwnPost(post, name, code, unit, path, StandIn.DELEGATE, until)
        for post, name, code, unit, path, until in taken.order_by("number").values_list(
            *_POST, "last_date"
        )
    ]
    each: dict[str, OwnPost] = {}
    for one in found:
        each.setdefault(one.reference, one)
    return tuple(each.values())
