"""Accounts for tests, and an authenticator app that owes nothing to the library."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import uuid
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.links import issue_link
from guiju.base.access.models import RoleGrant
from guiju.base.access.policies import LinkPurpose
from guiju.base.access.sign_in.actions.passwords import set_password_by_link
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM

PASSWORD = "Lotus-rain-27"  # noqa: S105 - nobody's
WRONG = "Wrong-guess-1"
CHEAP = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def an_account(login_name="zhang.san", *, password=PASSWORD, at=None, roles=()):
    """Return an account whose password was set by a link, as it is done in an office."""
    at = at or datetime.now(UTC) - timedelta(minutes=1)
    account = open_account(
        person=f"person:{uuid.uuid4()}",
        login_name=login_name,
        display_name="张三",
        by=SYSTEM,
        at=at,
    )
    give(account, *roles)
    token = issue_link(account=account, purpose=LinkPurpose.INVITATION, by=SYSTEM, at=at)
    return set_password_by_link(token, new=(password, password), at=at)


def give(account, *roles):
    """Give roles over everything, past the rules that are tested elsewhere."""
    with wall.opened():
        for role in roles:
            RoleGrant.objects.create(
                reference=f"grant:{uuid.uuid4()}",
                person=account.person,
                role=role.value,
                start_date=date(2020, 1, 1),
                granted_by="system",
                granted_at=datetime.now(UTC),
            )


def app_code(secret, at=None, *, steps=0):
    """Return what an authenticator app shows (RFC 6238: HMAC-SHA-1, 30 seconds, 6 digits)."""
    at = at or timezone.now()
    counter = int(at.timestamp()) // 30 + steps
    key = base64.b32decode(secret.replace(" ", ""))
    mac = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = mac[-1] & 15
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"
