"""Letting another act in a post for a while, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from guiju.base.org import checks, facts, find, policies
from guiju.base.org.actions.appointments import out_of_order
from guiju.base.org.actions.people import require_serving
from guiju.base.org.events import DELEGATED, DELEGATION_REVOKED
from guiju.base.org.models import Delegation, Person, Post
from guiju.base.org.periods import DAY, through
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal, new_reference
from guiju.core.errors import Denied
from guiju.core.organisation.words import Function
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Mandate:
    """What is delegated.

    Attributes:
        post: the reference of the post.
        principal: the reference of who delegates.
        delegate: the reference of who stands in.
        first: the first day; ``last`` the last one, which belongs to it.
        reason: why, in the principal's words.
        functions: which of the post's functions; none is the whole post.
    """

    post: str
    principal: str
    delegate: str
    first: date
    last: date
    reason: str
    functions: tuple[Function, ...] = ()


def delegate(*, mandate: Mandate, by: Actor, at: datetime) -> Delegation:
    """Delegate a post, or functions of it, for a period.

    Raises:
        Invalid: ORG-01, ORG-03, ORG-04 for a last day before the first or in the past.
        Denied: ORG-11, ORG-72 when one of both left or was erased; ORG-60 to ORG-65, ORG-15
            and ORG-16, see ``policies.may_delegate``; what ``recording`` raises.
        Conflict: ORG-08.
    """
    if mandate.last < max(mandate.first, find.local_day(at)):
        raise out_of_order()
    post = find.found(Post, mandate.post)
    principal, taker = find.found(Person, mandate.principal), find.found(Person, mandate.delegate)
    for person in (principal, taker):
        require_serving(person, mandate.first, mandate.last + DAY)
    row = Delegation(
        reference=new_reference("delegation"),
        post=post,
        principal=principal,
        delegate=taker,
        start_date=mandate.first,
        last_date=mandate.last,
        functions=sorted({function.value for function in mandate.functions}),
        reason=checks.text(mandate.reason, label=zh("原因"), most=200, required=True),
    )
    draft = DELEGATED(
        object=mandate.principal,
        delegation=row.reference,
        post=mandate.post,
        delegate=mandate.delegate,
        start_date=str(mandate.first),
        last_date=str(mandate.last),
        functions=row.functions,
        reason=Personal(mandate.principal, row.reason),
    )
    with recording(draft, by=by, at=at):
        find.hold(*dict.fromkeys((principal, taker)), post)
        _require_allowed(row)
        row.save(force_insert=True)
    return row


def revoke_delegation(*, delegation: str, reason: str, by: Actor, at: datetime) -> None:
    """Take a delegation back at once.

    Raises:
        Invalid: ORG-01, ORG-03.
        Denied: ORG-73 when it was taken back or ran out; what ``recording`` raises.
        Conflict: ORG-08.
    """
    found = find.found(Delegation, delegation)
    if found.revoked_at is not None or found.last_date < find.local_day(at):
        raise Denied("ORG-73", zh("这项委托已经收回或到期，不必再收回。请刷新页面查看。"))
    reason = checks.text(reason, label=zh("原因"), most=200, required=True)
    draft = DELEGATION_REVOKED(
        object=found.principal.reference,
        delegation=delegation,
        post=found.post.reference,
        delegate=found.delegate.reference,
        reason=Personal(found.principal.reference, reason),
    )
    with recording(draft, by=by, at=at):
        find.hold(found)
        Delegation.objects.filter(number=found.number).update(revoked_at=at, revoked_by=by.person)


def _require_allowed(row: Delegation) -> None:
    wish = policies.Wish(
        facts.seat(row.post),
        row.principal.reference,
        row.delegate.reference,
        through(row.start_date, row.last_date),
        frozenset(map(Function.of, row.functions)),
    )
    refusal = policies.may_delegate(
        wish,
        terms=facts.held_by(row.principal),
        taken=facts.held_by(row.delegate),
        conflicts=facts.conflicts_of(row.post),
    )
    if refusal is not None:
        raise refusal
