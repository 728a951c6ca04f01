"""The organisation as rows of a table: to export, and to see what an import would change."""

from __future__ import annotations

from guiju.base.org import sealing
from guiju.base.org.models import Appointment, Body, Duty, Person, Post, PostConflict, Unit
from guiju.base.org.reads.within import within
from guiju.base.org.told import person_row, post_row, unit_row
from guiju.core.access import Scope
from guiju.core.organisation.rows import (
    AppointmentRow,
    DutyRow,
    KnownBody,
    Organisation,
    PersonRow,
    PostRow,
    UnitRow,
)
from guiju.core.organisation.words import AppointmentKind, ResponsibilityKind
from guiju.core.organisation.words_duties import StatutoryDuty


def organisation(scope: Scope, *, is_open: bool) -> Organisation:
    """Return all units, posts, people and appointments in a scope; five queries.

    Erased people and their terms are left out: nothing is known by which to tell them.

    Args:
        scope: where the reader may look.
        is_open: whether sealed values are shown too; otherwise they are left empty.

    Raises:
        Invalid: RECORD-25 for a box that was tampered with.
    """
    return Organisation(
        _units(scope),
        _posts(scope),
        _people(scope, is_open),
        _terms(scope),
        _duties(scope),
        _bodies(),
    )


def _units(scope: Scope) -> tuple[UnitRow, ...]:
    rows = Unit.objects.filter(within(scope, "path")).select_related("parent").order_by("number")
    return tuple(unit_row(one, one.parent.code if one.parent else "") for one in rows)


def _posts(scope: Scope) -> tuple[PostRow, ...]:
    others: dict[int, list[str]] = {}
    pairs = PostConflict.objects.order_by("other__code")
    for one, other in pairs.values_list("one", "other__code"):
        others.setdefault(one, []).append(other)
    rows = Post.objects.filter(within(scope, "unit__path")).select_related("unit")
    return tuple(
        post_row(one, one.unit.code, tuple(others.get(one.number, ())))
        for one in rows.order_by("number")
    )


def _people(scope: Scope, is_open: bool) -> tuple[PersonRow, ...]:  # noqa: FBT001 - private
    rows = Person.objects.filter(within(scope, "home__path"), erased_at=None).order_by("number")
    return tuple(
        person_row(one, *(sealing.opened(one) if is_open else ("", ""))) for one in rows.iterator()
    )


def _terms(scope: Scope) -> tuple[AppointmentRow, ...]:
    rows = Appointment.objects.filter(within(scope, "post__unit__path"), person__erased_at=None)
    columns = rows.order_by("number").values_list(
        "person__code", "post__code", "kind", "start_date", "end_date", "responsibility", "document"
    )
    return tuple(
        AppointmentRow(
            person=person,
            post=post,
            kind=AppointmentKind.of(kind),
            start=start,
            end=end,
            responsibility=ResponsibilityKind.of(responsibility) if responsibility else None,
            document=document,
        )
        for person, post, kind, start, end, responsibility, document in columns.iterator()
    )


def _duties(scope: Scope) -> tuple[DutyRow, ...]:
    rows = Duty.objects.filter(within(scope, "area__path")).order_by("number")
    return tuple(
        DutyRow(
            kind=StatutoryDuty.of(one.kind),
            area=one.area.code,
            carrier=_carrier(one).code,
            body=one.body.name if one.body else "",
            start=one.start_date,
            end=one.end_date,
            document=one.document,
        )
        for one in rows.select_related("area", "unit", "body__host")
    )


def _carrier(duty: Duty) -> Unit:
    """Return the unit that carries a duty, or that hosts the body that does."""
    carrier = duty.carrier
    return carrier.host if isinstance(carrier, Body) else carrier


def _bodies() -> tuple[KnownBody, ...]:
    rows = Body.objects.order_by("number")
    columns = rows.values_list("host__code", "name", "founded_date", "abolished_date")
    return tuple(KnownBody(*one) for one in columns)
