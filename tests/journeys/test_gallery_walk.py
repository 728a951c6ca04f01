"""Every part in every state, in a real browser: quiet, within the screen, open to everyone."""

from __future__ import annotations

import pytest

import exhibited
from browsing import AXE, CHROMIUM, serious, thinned
from guiju.base.ui.gallery import STATES, exhibits

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

IN_COLOUR = ("typical/", "error/", "gallery/")


@pytest.fixture(scope="module")
def walk():
    """One reader who goes through all pages, with what is known of their shapes."""
    said, shapes = [], set()
    with exhibited.serving() as base, exhibited.chromium(is_still=True) as chromium:
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        if AXE.exists():
            context.add_init_script(path=AXE)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))

        def go(addresses):
            said.clear()
            page.emulate_media(color_scheme="light")
            for address in addresses:
                assert page.goto(base + address).status == 200
                check_page(page, address, shapes)
            assert said == []

        yield go
        context.close()


@pytest.mark.parametrize("name", [one.name for one in exhibits()])
def test_every_state_fits_the_screen_and_is_open_to_everyone(walk, name):
    walk([f"gallery/{name}/{state}/" for state in STATES])


def test_so_do_help_search_and_the_hall(walk):
    walk(["gallery/", "help/", "help/?q=签", "search/?q=记", "search/?q=没有"])


def check_page(page, address, shapes):
    assert page.locator("h1").count() == 1
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    if not AXE.exists():
        return
    # Axe takes its time: it looks once at each shape, in the dark at what differs by colour.
    shape = thinned(page)
    if ("light", shape) not in shapes:
        assert serious(page) == [], address
    shapes.add(("light", shape))
    if address.endswith(IN_COLOUR) and ("dark", shape) not in shapes:
        page.set_viewport_size({"width": 360, "height": 900})
        page.emulate_media(color_scheme="dark")
        assert serious(page) == [], address
        page.emulate_media(color_scheme="light")
        shapes.add(("dark", shape))
