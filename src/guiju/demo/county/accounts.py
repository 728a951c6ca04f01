"""Accounts of the example: opened, given roles and a second factor, each through the door."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest

from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.founding import found_first_administrator
from guiju.base.access.actions.links import issue_link
from guiju.base.access.actions.roles import grant_role
from guiju.base.access.policies import LinkPurpose
from guiju.base.access.sign_in.actions.factors import enrol_app
from guiju.base.access.sign_in.actions.passwords import set_password_by_link
from guiju.base.record.actor import Actor
from guiju.demo.county.cast import CAST, SECURITY, Part
from guiju.demo.county.roster import Roster
from guiju.demo.county.sign_ins import SignIn, app_code

_BEFORE = timedelta(minutes=5)
"""The first code is shown in the past, so that the one shown now is still good."""


def open_accounts(roster: Roster, sign_ins: tuple[SignIn, ...], *, by: Actor, at: datetime) -> None:
    """Found the first administrator, who then opens the other accounts."""
    lines = {line.login_name: line for line in sign_ins}
    token = found_first_administrator(by=by, at=at)
    if token is None:
        return
    security = _enter(token, lines[SECURITY.login_name], at)
    for part in CAST:
        if part is not SECURITY:
            _open(part, lines[part.login_name], roster, by=Actor(security), at=at)


def _open(part: Part, line: SignIn, roster: Roster, *, by: Actor, at: datetime) -> None:
    holder = roster.holder(part.post)
    account = open_account(
        person=holder.person,
        login_name=part.login_name,
        display_name=holder.name,
        by=by,
        at=at,
    )
    for unit in part.units:
        grant_role(
            person=holder.person,
            role=part.role,
            unit=roster.unit(unit).reference if unit else "",
            start=roster.on,
            by=by,
            at=at,
        )
    _enter(issue_link(account=account, purpose=LinkPurpose.INVITATION, by=by, at=at), line, at)


def _enter(token: str, line: SignIn, at: datetime) -> str:
    """Set the password by a one-time link and enrol the app; return the account's person."""
    account = set_password_by_link(token, new=(line.password, line.password), at=at)
    if line.secret:
        earlier = at - _BEFORE
        enrol_app(
            _nobodys_browser(),
            account,
            secret=line.secret,
            code=app_code(line.secret, earlier.timestamp()),
            at=earlier,
        )
    return account.person


def _nobodys_browser() -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore()
    return request
