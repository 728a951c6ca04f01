"""An installation that serves people who have signed in already, and their browsers."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed

PICTURES = os.environ.get("GUIJU_TEST_PICTURES", "")
BEFORE = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
"""Lets a script call the helpers of the tests."""


@contextmanager
def serving(folder, founded, script):
    """Serve a copy of an installation in which a script has made what a journey is about.

    The script's last line of output is JSON; it becomes ``known`` of the installation.
    """
    with installed(folder, template=founded) as made:
        assert made.run("migrate").status == 0  # a copy of a database has none of its own rights
        told = made.in_django(BEFORE + script)
        assert told.status == 0, told.err
        made.known = json.loads(told.out.splitlines()[-1])
        with made.serving("--workers", "1") as server:
            made.base = f"http://127.0.0.1:{server.port}"
            yield made


@contextmanager
def browsing(office):
    """Give a page to each of those whose session ``known`` has, or to a stranger (an empty name).

    Nothing may stand on the console. Refusals (4..) are told there by the browser, and are
    asserted where they are met.
    """
    said = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))

        def enter(who):
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            if who:
                entered = {"name": "guiju_session", "value": office.known[who], "url": office.base}
                context.add_cookies([entered])
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            return page

        yield enter
        chromium.close()
    assert [line for line in said if "status of 4" not in line and "Autofocus" not in line] == []


def examine(page, name):
    """Assert that nothing is wider than a screen, large or small, and axe finds nothing serious."""
    page.wait_for_load_state()
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if PICTURES:
            page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("h1").count() == 1
    if AXE.exists():
        assert serious(page) == []
