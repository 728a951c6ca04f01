"""Chromium as the journeys start it: quietly, offline, in Chinese."""

import shutil
from pathlib import Path

from installation import ON_POSTGRES

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

# What is right stays in the browser: to hand it over takes longer than to find it. Preloading
# is for sound and film, of which there is none.
_SERIOUS = """
axe.run({ resultTypes: ["violations"], preload: false }).then(({ passes, violations }) => [
  passes.some(one => one.id === "color-contrast"),
  violations
    .filter(one => ["serious", "critical"].includes(one.impact))
    .map(one => [one.id, one.nodes[0].html]),
])
"""


# The third row that differs from two others by its words alone shows nothing new, nor does a
# page that differs so from another.
_THINNED = r"""
() => {
  const named = "href|id|name|value|for|title|action|datetime|content|placeholder|points|d|"
    + "aria-label|aria-describedby|aria-labelledby|aria-controls|data-[\\w-]+|hx-[\\w-]+";
  const names = new RegExp(` (${named})="[^"]+"`, "g");
  const bare = (one) => one.outerHTML
    .replace(/>\s+(?=<)/g, ">")
    .replace(/>[^<]+(?=<)/g, ">x")
    .replace(names, ' $1="x"');
  const seen = new Map();
  for (const one of document.querySelectorAll("tr, li, option")) {
    if (!one.isConnected) continue;
    const alike = seen.get(one.parentNode) || new Map();
    seen.set(one.parentNode, alike);
    const shape = bare(one);
    alike.set(shape, (alike.get(shape) || 0) + 1);
    if (alike.get(shape) > 2) one.remove();
  }
  return bare(document.body);
}
"""


def thinned(page):
    """Take rows from a page that only repeat others in other words; return its shape."""
    return page.evaluate(_THINNED)


def serious(page):
    """Return what axe finds that is serious: each rule, and where it is first broken.

    On SQLite: a page looks the same whatever database its words come from.
    """
    if ON_POSTGRES:
        return []
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
