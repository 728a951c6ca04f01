"""Somebody who has signed in, for tests of pages: rows without events, so that counts stay."""

from __future__ import annotations

import uuid
from datetime import date

from django.test import Client
from django.utils import timezone

from guiju.base.access.middleware import SECOND_FACTOR
from guiju.base.access.models import Account, RoleGrant
from guiju.base.record import wall

QUERIES = 5
"""What a signed-in request costs before its page: session, account, roles, units, delegations."""


def make_account(*roles, unit="", person="", **fields):
    """Return an account whose person holds these roles over a unit, or everywhere."""
    name = uuid.uuid4()
    account = Account(
        reference=f"account:{name}",
        person=person or f"person:{name}",
        **{
            "login_name": f"u{name.hex[:12]}",
            "display_name": "张测试",
            "created_at": timezone.now(),
        }
        | fields,
    )
    account.set_unusable_password()
    with wall.opened():
        account.save()
    for role in roles:
        give(account, role, unit=unit)
    return account


def give(account, role, *, unit="", start=date(2000, 1, 1), end=None):
    """Give a role without an event, whatever the rules say."""
    with wall.opened():
        return RoleGrant.objects.create(
            reference=f"grant:{uuid.uuid4()}", person=account.person, role=role.value, unit=unit,
            start_date=start, end_date=end, granted_by="system", granted_at=timezone.now(),
        )  # fmt: skip


def sign_in(account, *, client=None, second_factor=True):
    """Return a browser in which this account has signed in."""
    browser = client or Client()
    browser.force_login(account)
    session = browser.session
    session[SECOND_FACTOR] = second_factor
    session.save()
    return browser


def reader(*roles, unit="", **fields):
    """Return a browser in which somebody with these roles has signed in."""
    return sign_in(make_account(*roles, unit=unit, **fields))
