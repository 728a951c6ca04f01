"""Appointing, ending, delegating and taking back: the acts of the pages, for programs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from guiju.base.api.schemas import Body, Done
from guiju.base.org.actions import appointments, delegations
from guiju.base.org.actions.appointments import Terms
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.api.reaching import lent
from guiju.base.org.api.schemas import DelegationOut
from guiju.base.org.models import Appointment, Delegation, Post
from guiju.base.org.pages.appointing import relatives_known
from guiju.base.org.pages.delegating import own_posts, where_colleagues
from guiju.base.org.pages.reaching import reached, today
from guiju.base.org.reads.open_to import open_people
from guiju.base.org.reads.people import own_delegations
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import scope_of, standing
from guiju.core.access import EVERYWHERE, Scope, Standing
from guiju.core.organisation.words import AppointmentKind, Function, ResponsibilityKind
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["appointments"])
_REFERENCE = Field(max_length=120, pattern="^[!-~]*$")
_TEXT = Field(max_length=1000)


class AppointIn(Body):
    """Whom, and on what terms; ``end`` is the first day on which it is over."""

    person: str = _REFERENCE
    start: date
    end: date | None = None
    kind: AppointmentKind = AppointmentKind.REGULAR
    responsibility: ResponsibilityKind | None = None
    document: str = Field("", max_length=1000)


class EndIn(Body):
    """From when it is over, by what document."""

    on: date
    document: str = Field("", max_length=1000)


class LendIn(Body):
    """To whom a post is delegated, and for how long; ``last`` belongs to it."""

    delegate: str = _REFERENCE
    first: date
    last: date
    reason: str = _TEXT
    functions: list[Function] = Field([], max_length=50)


class LendOwnIn(LendIn):
    """The same, of a post of one's own."""

    post: str = _REFERENCE


class LendForIn(LendIn):
    """The same, on behalf of who holds the post."""

    principal: str = _REFERENCE


class RevokeIn(Body):
    """Why."""

    reason: str = _TEXT


class OwnDelegations(Schema):
    """What one has delegated, and what was delegated to one."""

    given: list[DelegationOut]
    taken: list[DelegationOut]


@router.post(
    "/posts/{uuid:identity}/appointments",
    response={201: Done},
    summary=said(zh("任命一个人到这个岗位")),
)
@needs(Permission.APPOINT)
def appoint(request: HttpRequest, identity: UUID, wanted: AppointIn) -> Status[object]:
    """Appoint somebody to a post."""
    post = reached(Post, identity, scope_of(request, Permission.APPOINT))
    person = _known(wanted.person, scope_of(request, Permission.PERSON_READ))
    with once(request):
        row = appointments.appoint(
            person=person,
            post=post.reference,
            terms=Terms(
                wanted.start, wanted.end, wanted.kind, wanted.responsibility, wanted.document
            ),
            relatives=relatives_known(person, _sealed(request)),
            by=actor_of(request),
            at=timezone.now(),
        )
    return Status(201, row)


@router.post("/appointments/{uuid:identity}/end", response=Done, summary=said(zh("结束一项任职")))
@needs(Permission.APPOINT)
def end_appointment(request: HttpRequest, identity: UUID, wanted: EndIn) -> object:
    """End an appointment."""
    row = reached(Appointment, identity, scope_of(request, Permission.APPOINT))
    with once(request):
        appointments.end_appointment(
            appointment=row.reference,
            on=wanted.on,
            document=wanted.document,
            by=actor_of(request),
            at=timezone.now(),
        )
    return row


@router.get("/delegations", response=OwnDelegations, summary=said(zh("本人的委托：给出的和接受的")))
@needs(Permission.DELEGATE_OWN)
def list_own_delegations(request: HttpRequest) -> dict[str, object]:
    """Return what one has delegated, and what was delegated to one, the latest 200 of each."""
    me = standing(request).person
    rows = own_delegations(me)
    everybody = frozenset(who for one in rows for who in (one.principal, one.delegate))
    return {
        "given": lent([one for one in rows if one.principal == me], everybody),
        "taken": lent([one for one in rows if one.delegate == me], everybody),
    }


@router.post("/delegations", response={201: Done}, summary=said(zh("委托他人代办本人的岗位")))
@needs(Permission.DELEGATE_OWN)
def delegate_own(request: HttpRequest, wanted: LendOwnIn) -> Status[object]:
    """Delegate a post of one's own."""
    me = standing(request).person
    scope = where_colleagues(request, own_posts(me, today()))
    return _lend(request, wanted, post=wanted.post, principal=me, scope=scope)


@router.post(
    "/posts/{uuid:identity}/delegations",
    response={201: Done},
    summary=said(zh("替任职人委托代办这个岗位")),
)
@needs(Permission.DELEGATE)
def delegate_for(request: HttpRequest, identity: UUID, wanted: LendForIn) -> Status[object]:
    """Delegate a post on behalf of who holds it."""
    post = reached(Post, identity, scope_of(request, Permission.DELEGATE))
    scope = scope_of(request, Permission.PERSON_READ)
    return _lend(request, wanted, post=post.reference, principal=wanted.principal, scope=scope)


@router.post("/delegations/{uuid:identity}/revoke", response=Done, summary=said(zh("收回一项委托")))
@needs(Permission.DELEGATE_OWN)
def revoke_delegation(request: HttpRequest, identity: UUID, wanted: RevokeIn) -> object:
    """Take a delegation back: one's own, or as who may do so for others."""
    row = reached(Delegation, identity, EVERYWHERE)
    is_own = row.principal.reference == standing(request).person
    if not is_own and not scope_of(request, Permission.DELEGATE).covers(row.post.unit.path):
        raise Http404
    with once(request):
        delegations.revoke_delegation(
            delegation=row.reference,
            reason=wanted.reason,
            by=actor_of(request),
            at=timezone.now(),
        )
    return row


def _lend(
    request: HttpRequest, wanted: LendIn, *, post: str, principal: str, scope: Scope
) -> Status[object]:
    mandate = Mandate(
        post=post,
        principal=principal,
        delegate=_known(wanted.delegate, scope),
        first=wanted.first,
        last=wanted.last,
        reason=wanted.reason,
        functions=tuple(wanted.functions),
    )
    with once(request):
        row = delegations.delegate(mandate=mandate, by=actor_of(request), at=timezone.now())
    return Status(201, row)


def _sealed(request: HttpRequest) -> Scope:
    """Return where the person may know of relatives: less in a token must not weaken a check."""
    reader = standing(request)
    return Standing(reader.person, reader.grants).scope(Permission.SEALED_READ)


def _known(person: str, scope: Scope) -> str:
    """Return somebody in a scope; for others nobody, so that the act finds them missing."""
    return person if person in open_people([person], scope) else ""
