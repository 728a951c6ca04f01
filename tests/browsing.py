"""Chromium as the journeys start it: quietly, offline, in Chinese."""

import shutil
from pathlib import Path

# The one that never had a window takes two thirds of the time.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"

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

# What is right stays in the browser: to hand it over takes longer than to find it.
_SERIOUS = """
axe.run({ resultTypes: ["violations"] }).then(({ passes, violations }) => [
  passes.some(one => one.id === "color-contrast"),
  violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => [one.id, one.nodes[0].html]),
])
"""


def serious(page):
    """Return what axe finds that is serious: each rule, and where it is first broken."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    looked_at_colours, found = page.evaluate(_SERIOUS)
    assert looked_at_colours
    return found


def cookie(installation, base, *roles):
    """Return the cookie of somebody with these roles who has signed in to an installation."""
    done = installation.in_django(_SIGN_IN, *(role.value for role in roles))
    assert done.status == 0, done
    return {"name": "guiju_session", "value": done.out.strip(), "url": base}
