"""Chromium as the journeys start it: quietly, offline, in Chinese."""

import shutil
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--lang=zh-CN",
)

_SIGN_IN = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from guiju.core.terms import Role
from readers import make_account, sign_in
browser = sign_in(make_account(*map(Role.of, sys.argv[1:])))
print(browser.session.session_key)
"""


def cookie(installation, base, *roles):
    """Return the cookie of somebody with these roles who has signed in to an installation."""
    done = installation.in_django(_SIGN_IN, *(role.value for role in roles))
    assert done.status == 0, done
    return {"name": "guiju_session", "value": done.out.strip(), "url": base}
