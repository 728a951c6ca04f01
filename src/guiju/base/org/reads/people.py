"""People: lists for a hundred thousand of them, one person with all their terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from guiju.base.org import sealing
from guiju.base.org.models import Appointment, BodyMember, Delegation, Interest, Person
from guiju.base.org.reads.within import listed, within
from guiju.base.record import vault
from guiju.base.ui.paging import SIZE, Page, Place
from guiju.core.access import Scope
from guiju.core.organisation.words import (
    AppointmentKind,
    Function,
    PartyStanding,
    ResponsibilityKind,
)
from guiju.core.organisation.words_bodies import InterestKind, MemberRole

MOST_OWN = 400
"""How many of one's own delegations are shown."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person in lists; an erased one has no name."""

    reference: str
    code: str
    name: str
    rank: str
    standing: PartyStanding | None
    home: str
    home_name: str
    left: date | None
    is_erased: bool


@dataclass(frozen=True, slots=True)
class TermShown:
    """An appointment as a person's page shows it."""

    reference: str
    post: str
    post_name: str
    unit: str
    unit_name: str
    kind: AppointmentKind
    responsibility: ResponsibilityKind | None
    start: date
    end: date | None
    document: str


@dataclass(frozen=True, slots=True)
class DelegationShown:
    """A delegation; ``last`` is its last day, ``revoked`` when it was taken back."""

    reference: str
    post: str
    post_name: str
    principal: str
    principal_name: str
    delegate: str
    delegate_name: str
    first: date
    last: date
    functions: tuple[Function, ...]
    reason: str
    revoked: datetime | None


@dataclass(frozen=True, slots=True)
class MembershipShown:
    """That somebody belongs to a body."""

    reference: str
    body: str
    body_name: str
    role: MemberRole
    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """All that a person's page shows, terms the latest first.

    Attributes:
        has_id_number: whether one is sealed; ``has_phone`` likewise.
        interests: how many declarations stand.
    """

    person: PersonShown
    has_id_number: bool
    has_phone: bool
    terms: tuple[TermShown, ...]
    delegations: tuple[DelegationShown, ...]
    memberships: tuple[MembershipShown, ...]
    interests: int


@dataclass(frozen=True, slots=True)
class InterestShown:
    """A declaration, opened."""

    reference: str
    kind: InterestKind
    content: dict[str, str]
    declared: date
    withdrawn: date | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A declaration that is not opened."""

    reference: str
    kind: InterestKind
    declared: date
    withdrawn: date | None


def people(
    scope: Scope,
    *,
    search: str = "",
    unit: str = "",
    serving: bool = True,
    place: Place | None = None,
    size: int = SIZE,
) -> Page[PersonShown]:
    """Return people by name; one query.

    Args:
        scope: where the reader may look.
        search: how the name begins, or the code.
        unit: a unit's path, to see those who belong to it or below it.
        serving: only those who have not left.
        place: from where to go on.
        size: how many.
    """
    rows = Person.objects.filter(within(scope, "home__path")).select_related("home")
    text = search.strip()
    if text:
        rows = rows.filter(Q(name__begins=text) | Q(code=text))
    if unit:
        rows = rows.filter(home__path__begins=unit)
    if serving:
        rows = rows.filter(left_date=None)
    return listed(rows, "name", place, show=_shown, size=size)


def person_page(reference: str, scope: Scope) -> PersonPage | None:
    """Return a person with all that their page shows, None outside of the scope; five queries."""
    person = _person(reference, scope)
    if person is None:
        return None
    terms = Appointment.objects.filter(person=person).select_related("post__unit")
    members = BodyMember.objects.filter(person=person).select_related("body")
    return PersonPage(
        _shown(person),
        person.id_number is not None,
        person.phone is not None,
        tuple(_term(one) for one in terms.order_by("-start_date", "-number")),
        delegations(Q(principal=person) | Q(delegate=person)),
        tuple(_membership(one) for one in members.order_by("-start_date", "-number")),
        Interest.objects.filter(person=person, withdrawn_date=None).count(),
    )


def person_row(reference: str, scope: Scope) -> PersonShown | None:
    """Return a person alone, None outside of the scope; one query."""
    person = _person(reference, scope)
    return None if person is None else _shown(person)


def _person(reference: str, scope: Scope) -> Person | None:
    rows = Person.objects.filter(within(scope, "home__path"), reference=reference)
    return rows.select_related("home").first()


def delegations(condition: Q) -> tuple[DelegationShown, ...]:
    """Return the delegations for which a condition holds, the latest first; one query."""
    rows = Delegation.objects.filter(condition).select_related("post", "principal", "delegate")
    return tuple(
        DelegationShown(
            one.reference,
            one.post.reference,
            one.post.name,
            one.principal.reference,
            one.principal.name,
            one.delegate.reference,
            one.delegate.name,
            one.start_date,
            one.last_date,
            tuple(map(Function.of, one.functions)),
            one.reason,
            one.revoked_at,
        )
        for one in rows.order_by("-start_date", "-number")
    )


def sealed(reference: str, scope: Scope) -> tuple[str, str] | None:
    """Return a person's ID number and telephone, None outside of the scope.

    Whoever shows them records that they were read.

    Raises:
        Invalid: RECORD-25 for a box that was tampered with.
    """
    person = Person.objects.filter(within(scope, "home__path"), reference=reference).first()
    return None if person is None else sealing.opened(person)


def closed_interests(reference: str, scope: Scope) -> tuple[Closed, ...]:
    """Return what a person declared, unopened, the latest first; one query."""
    rows = Interest.objects.filter(within(scope, "person__home__path"), person__reference=reference)
    return tuple(
        Closed(one.reference, InterestKind.of(one.kind), one.declared_date, one.withdrawn_date)
        for one in rows.order_by("-declared_date", "-number")
    )


def interests(reference: str, scope: Scope) -> tuple[InterestShown, ...]:
    """Return what a person declared, opened, the latest first; one query.

    Whoever shows it records that it was read. What was erased is left out.

    Raises:
        Invalid: RECORD-25 for a box that was tampered with.
    """
    rows = Interest.objects.filter(within(scope, "person__home__path"), person__reference=reference)
    found = []
    for one in rows.order_by("-declared_date", "-number"):
        content = vault.unlock(reference, sealing.INTEREST, bytes(one.box))
        if isinstance(content, dict):
            told = {str(name): str(value) for name, value in content.items() if value}
            kind = InterestKind.of(one.kind)
            found.append(
                InterestShown(one.reference, kind, told, one.declared_date, one.withdrawn_date)
            )
    return tuple(found)


def _shown(person: Person) -> PersonShown:
    home = person.home
    return PersonShown(
        person.reference,
        person.code,
        person.name,
        person.rank,
        PartyStanding.of(person.party_standing) if person.party_standing else None,
        home.reference if home else "",
        home.name if home else "",
        person.left_date,
        person.erased_at is not None,
    )


def _term(one: Appointment) -> TermShown:
    responsibility = one.responsibility
    return TermShown(
        one.reference,
        one.post.reference,
        one.post.name,
        one.post.unit.reference,
        one.post.unit.name,
        AppointmentKind.of(one.kind),
        ResponsibilityKind.of(responsibility) if responsibility else None,
        one.start_date,
        one.end_date,
        one.document,
    )


def _membership(one: BodyMember) -> MembershipShown:
    return MembershipShown(
        one.reference,
        one.body.reference,
        one.body.name,
        MemberRole.of(one.role),
        one.start_date,
        one.end_date,
    )


def own_delegations(person: str) -> tuple[DelegationShown, ...]:
    """Return what somebody delegated and what was delegated to them, the latest; one query."""
    own = Q(principal__reference=person) | Q(delegate__reference=person)
    return delegations(own)[:MOST_OWN]
