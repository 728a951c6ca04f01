"""One's own account and tokens for programs; accounts and roles for those who may."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from guiju.base.access import own_tokens, reads
from guiju.base.access.actions.accounts import disable_account, enable_account
from guiju.base.access.actions.roles import grant_role, revoke_role
from guiju.base.access.actions.tokens import revoke_token
from guiju.base.access.models import Account
from guiju.base.access.own_tokens import TokenShown
from guiju.base.access.pages.accounts import TABLE as ACCOUNTS
from guiju.base.access.pages.finding import found_account, found_grant
from guiju.base.access.pages.roles import TABLE as ROLES
from guiju.base.access.policies import AccountState
from guiju.base.access.reads import GrantShown
from guiju.base.api.listing import Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.access import Narrowed
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role

router = Router(tags=["access"])
_REASON = Field(max_length=500)


class Allowed(Schema):
    """What is allowed, and in how many parts of the organisation; 0 is everywhere."""

    permission: Permission
    is_everywhere: bool


class OwnAccount(Schema):
    """Who asks, and what they may; for a token what remains of it."""

    person: str
    account: str
    name: str
    login_name: str
    roles: list[Role]
    permissions: list[Allowed]
    token: str
    is_read_only: bool


class TokenOut(Schema):
    """A token; what it is called by, never what it is."""

    reference: str
    name: str
    permissions: list[Permission]
    unit: str
    unit_name: str
    is_read_only: bool
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_day: date | None
    is_good: bool


class AccountRow(Schema):
    """An account in the list."""

    reference: str
    login_name: str
    name: str
    state: AccountState
    last_used_at: datetime | None
    roles: list[Role]
    has_second_factor: bool


class GrantOut(Schema):
    """A role that somebody holds, will hold or held; no place is everywhere."""

    reference: str
    name: str
    account: str
    role: Role | None
    place: str
    start: date
    end: date | None
    granted_by: str
    revoked_at: datetime | None
    is_over: bool


class AccountOut(Schema):
    """An account with the roles of its person."""

    reference: str
    person: str
    login_name: str
    name: str
    state: AccountState
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None
    grants: list[GrantOut]


class GrantIn(Body):
    """Which role, where (empty is everywhere), and from when until when."""

    role: Role
    unit: str = Field("", max_length=120, pattern="^[!-~]*$")
    start: date
    end: date | None = None


class Why(Body):
    """Why it is done."""

    reason: str = _REASON


@router.get("/me", response=OwnAccount, summary=said(zh("我是谁、能做什么")))
@needs(Permission.OWN_ACCOUNT)
def me(request: HttpRequest) -> dict[str, object]:
    """Return who asks, and what they may."""
    reader, account = standing(request), _own(request)
    token = reader if isinstance(reader, Narrowed) else None
    return {
        "person": reader.person,
        "account": account.reference,
        "name": account.display_name,
        "login_name": account.login_name,
        "roles": sorted(reader.roles),
        "permissions": [
            {"permission": one, "is_everywhere": reader.scope(one).covers("")}
            for one in Permission
            if reader.may(one)
        ],
        "token": token.token if token else "",
        "is_read_only": token.is_read_only if token else False,
    }


@router.get("/me/tokens", response=list[TokenOut], summary=said(zh("本人的令牌")))
@needs(Permission.OWN_ACCOUNT)
def list_tokens(request: HttpRequest) -> list[TokenShown]:
    """Return one's own tokens, the newest first; they are made on the page alone."""
    return list(own_tokens.tokens_of(_own(request), at=timezone.now()))


@router.post("/me/tokens/{uuid:identity}/revoke", response=Done, summary=said(zh("作废本人的令牌")))
@needs(Permission.OWN_ACCOUNT)
def revoke_own_token(request: HttpRequest, identity: UUID) -> object:
    """End one of one's own tokens at once; a token may end itself."""
    token = own_tokens.own_token(_own(request), identity)
    if token is None:
        raise Http404
    with once(request):
        revoke_token(token=token, by=actor_of(request), at=timezone.now())
    return token


@router.get(
    "/accounts",
    response=Paged[AccountRow],
    summary=said(zh("账号列表")),
    openapi_extra=asked(ACCOUNTS),
)
@needs(Permission.ACCOUNT_READ)
def list_accounts(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return accounts."""

    def show(row: reads.AccountRow) -> dict[str, object]:
        fields = ("login_name", "state", "last_used_at", "roles", "has_second_factor")
        shown = {name: getattr(row, name) for name in fields}
        return shown | {"reference": f"account:{row.identity}", "name": row.display_name}

    return listed(
        request,
        response,
        table=ACCOUNTS,
        source=lambda state: reads.accounts(
            search=state.filters.get("search", ""),
            state=state.filters.get("state", ""),
            at=timezone.now(),
        ),
        show=show,
    )


@router.get(
    "/accounts/{uuid:identity}", response=AccountOut, summary=said(zh("一个账号和它的角色"))
)
@needs(Permission.ACCOUNT_READ)
def account(request: HttpRequest, identity: UUID) -> dict[str, object]:  # noqa: ARG001 - ninja's
    """Return an account."""
    found, now = found_account(identity), timezone.now()
    fields = ("reference", "person", "login_name", "created_at", "last_used_at", "expires_at")
    return {name: getattr(found, name) for name in fields} | {
        "name": found.display_name,
        "state": found.state(now),
        "grants": [
            _grant(one) for one in reads.grants_of(found.person, on=timezone.localdate(now))
        ],
    }


@router.post("/accounts/{uuid:identity}/disable", response=Done, summary=said(zh("停用账号")))
@needs(Permission.ACCOUNT_EDIT)
def disable(request: HttpRequest, identity: UUID, wanted: Why) -> object:
    """Shut an account."""
    found = found_account(identity)
    with once(request):
        disable_account(
            account=found, reason=wanted.reason, by=actor_of(request), at=timezone.now()
        )
    return found


@router.post("/accounts/{uuid:identity}/enable", response=Done, summary=said(zh("恢复账号")))
@needs(Permission.ACCOUNT_EDIT)
def enable(request: HttpRequest, identity: UUID, wanted: Why) -> object:
    """Let an account in again."""
    found = found_account(identity)
    with once(request):
        enable_account(account=found, reason=wanted.reason, by=actor_of(request), at=timezone.now())
    return found


@router.post("/accounts/{uuid:identity}/grants", response={201: Done}, summary=said(zh("授予角色")))
@needs(Permission.ROLE_GRANT)
def grant(request: HttpRequest, identity: UUID, wanted: GrantIn) -> Status[object]:
    """Grant a role to an account's person."""
    found = found_account(identity)
    with once(request):
        row = grant_role(
            person=found.person,
            role=wanted.role,
            unit=wanted.unit,
            start=wanted.start,
            end=wanted.end,
            by=actor_of(request),
            at=timezone.now(),
        )
    return Status(201, row)


@router.get(
    "/grants",
    response=Paged[GrantOut],
    summary=said(zh("现在谁有哪些角色")),
    openapi_extra=asked(ROLES),
)
@needs(Permission.MATRIX_READ)
def list_grants(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return the roles that anybody holds today."""
    return listed(
        request,
        response,
        table=ROLES,
        source=lambda state: reads.grants_held(
            role=state.filters.get("role", ""), on=timezone.localdate()
        ),
        show=_grant,
    )


@router.post("/grants/{uuid:identity}/revoke", response=Done, summary=said(zh("收回角色")))
@needs(Permission.ROLE_GRANT)
def revoke_grant(request: HttpRequest, identity: UUID, wanted: Why) -> object:
    """Take a role back."""
    found = found_grant(identity)
    with once(request):
        revoke_role(grant=found, reason=wanted.reason, by=actor_of(request), at=timezone.now())
    return found


def _grant(one: GrantShown) -> dict[str, object]:
    fields = ("name", "role", "place", "start", "end", "granted_by", "revoked_at", "is_over")
    return {name: getattr(one, name) for name in fields} | {
        "reference": f"grant:{one.identity}",
        "account": f"account:{one.account}" if one.account else "",
    }


def _own(request: HttpRequest) -> Account:
    found = reads.account_of(standing(request).person)
    if found is None:
        raise Http404
    return found
