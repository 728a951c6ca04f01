"""Somebody who has signed in to an installation that is measured or broken."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from django.conf import settings
from django.test import Client

from guiju.core.terms import Role
from readers import make_account, sign_in


def supervisor() -> Client:
    """Return a browser, in this process, of somebody who supervises everything."""
    return sign_in(make_account(Role.SUPERVISOR), client=Client(SERVER_NAME="127.0.0.1"))


def cookie(browser: Client) -> str:
    """Return the header by which a server knows this browser again."""
    return f"{settings.SESSION_COOKIE_NAME}={browser.session.session_key}"
