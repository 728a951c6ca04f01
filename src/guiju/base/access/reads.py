"""What pages know of accounts and of who holds which role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from guiju.base.access import places
from guiju.base.access.grants import holding
from guiju.base.access.models import Account, AdministratorMerge, RoleGrant
from guiju.base.access.policies import UNUSED, AccountState
from guiju.base.access.sign_in.library import SECOND, Authenticator
from guiju.base.ui.sources import Rows
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Role

_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account in the list.

    Attributes:
        identity: by which addresses name it.
        roles: what its person may be now, each once.
        has_second_factor: whether more than a password is asked for.
    """

    identity: str
    login_name: str
    display_name: str
    state: AccountState
    last_used_at: datetime | None
    roles: tuple[Role, ...]
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class GrantShown:
    """A role that somebody holds, will hold or held.

    Attributes:
        identity: by which addresses name it.
        name: of its person, as their account says; their reference without one.
        account: by which addresses name that; empty without one.
        place: the unit's name; empty for everywhere.
        is_over: whether it was taken back or its last day has passed.
    """

    pk: int
    identity: str
    name: str
    account: str
    role: Role | None
    place: str
    start: date
    end: date | None
    granted_by: str
    revoked_at: datetime | None
    is_over: bool


def account(identity: UUID) -> Account | None:
    """Return the account that an address names."""
    return Account.objects.filter(reference=f"account:{identity}").first()


def account_of(person: str) -> Account | None:
    """Return the account of a person."""
    return Account.objects.filter(person=person).first()


def grant(identity: UUID) -> RoleGrant | None:
    """Return the granted role that an address names."""
    return RoleGrant.objects.filter(reference=f"grant:{identity}").first()


def accounts(*, search: str, state: str, at: datetime) -> Rows[AccountRow]:
    """Return the accounts, for a list; a page takes three queries.

    Args:
        search: the beginning of a login name or a name; empty for all.
        state: the code of an ``AccountState``; empty for all.
        at: when.
    """
    found = Account.objects.all()
    if search:
        found = found.filter(
            Q(login_name__startswith=search.lower()) | Q(display_name__startswith=search)
        )
    if state:
        found = found.filter(_in_state(AccountState.of(state), at))
    return Rows(found, lambda rows: _account_rows(rows, at))


def _in_state(state: AccountState, at: datetime) -> Q:
    """Say in SQL what ``policies.Life.state`` says."""
    limit = at - UNUSED
    is_over = Q(expires_at__isnull=False, expires_at__lte=at)
    is_touched = Q(created_at__gt=limit) | Q(enabled_at__gt=limit) | Q(last_used_at__gt=limit)
    return {
        AccountState.DISABLED: Q(is_active=False),
        AccountState.EXPIRED: Q(is_active=True) & is_over,
        AccountState.UNUSED: Q(is_active=True) & ~is_over & ~is_touched,
        AccountState.OPEN: Q(is_active=True) & ~is_over & is_touched,
    }[state]


def _account_rows(rows: Sequence[Account], at: datetime) -> list[AccountRow]:
    held: dict[str, set[Role]] = {}
    theirs = holding(timezone.localdate(at)).filter(person__in=[row.person for row in rows])
    for person, code in theirs.values_list("person", "role"):
        if code in _ROLES:
            held.setdefault(person, set()).add(_ROLES[code])
    shown = Authenticator.objects.filter(user_id__in=[row.pk for row in rows], type__in=SECOND)
    secured = set(shown.values_list("user_id", flat=True))
    return [
        AccountRow(
            identity=row.reference.partition(":")[2],
            login_name=row.login_name,
            display_name=row.display_name,
            state=row.state(at),
            last_used_at=row.last_used_at,
            roles=tuple(sorted(held.get(row.person, ()), key=list(Role).index)),
            has_second_factor=row.pk in secured,
        )
        for row in rows
    ]


def grants_of(person: str, *, on: date) -> tuple[GrantShown, ...]:
    """Return every role that a person holds, will hold or held, the newest first."""
    return shown_grants(RoleGrant.objects.filter(person=person).order_by("-pk"), on=on)


def grants_held(*, role: str, on: date) -> Rows[GrantShown]:
    """Return the roles that anybody holds on a day, for a list."""
    found = holding(on)
    if role:
        found = found.filter(role=role)
    return Rows(found, lambda rows: shown_grants(rows, on=on))


def shown_grants(
    rows: QuerySet[RoleGrant] | Sequence[RoleGrant], *, on: date
) -> tuple[GrantShown, ...]:
    """Return grants as pages show them; two queries besides theirs."""
    found = list(rows)
    known = _names(row.person for row in found)
    units = places.names(row.unit for row in found)
    return tuple(
        GrantShown(
            pk=row.pk,
            identity=row.reference.partition(":")[2],
            name=known.get(row.person, (row.person, ""))[0],
            account=known.get(row.person, ("", ""))[1],
            role=_ROLES.get(row.role),
            place=units.get(row.unit, ""),
            start=row.start_date,
            end=row.end_date,
            granted_by=row.granted_by,
            revoked_at=row.revoked_at,
            is_over=row.revoked_at is not None or (row.end_date is not None and row.end_date < on),
        )
        for row in found
    )


def _names(persons: Iterable[str]) -> dict[str, tuple[str, str]]:
    rows = Account.objects.filter(person__in=set(persons))
    return {
        person: (name, reference.partition(":")[2])
        for person, name, reference in rows.values_list("person", "display_name", "reference")
    }


@dataclass(frozen=True, slots=True)
class Merged:
    """Two administrators that one person may be, with the reason."""

    first: Role
    second: Role
    reason: str
    since: datetime


def merged() -> Merged | None:
    """Return the merge of two administrators that holds, if any."""
    row = AdministratorMerge.objects.filter(ended_at=None).first()
    if row is None:
        return None
    return Merged(Role.of(row.first), Role.of(row.second), row.reason, row.made_at)


def remarks() -> tuple[Sentence, ...]:
    """Return what the page of the system's health must say of roles as long as it is so."""
    found = merged()
    if found is None:
        return ()
    return (
        zh(
            "「{first}」与「{second}」准许由一人兼任，三员没有完全分设。登记的理由：{reason}",
            first=found.first.label,
            second=found.second.label,
            reason=found.reason,
        ),
    )


@dataclass(frozen=True, slots=True)
class Unused:
    """How many accounts let nobody in any more, because unused or over; of how many open ones."""

    unused: int
    expired: int
    open: int


def unused_accounts(*, at: datetime) -> Unused:
    """Return how many accounts are unused, over or open; one query."""
    counted = {
        name: Count("pk", filter=_in_state(state, at))
        for name, state in (
            ("unused", AccountState.UNUSED),
            ("expired", AccountState.EXPIRED),
            ("open", AccountState.OPEN),
        )
    }
    return Unused(**Account.objects.aggregate(**counted))
