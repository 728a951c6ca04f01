"""The record's pages in a real browser, served as they are in an office."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, cookie, serious
from guiju.core.terms import Role
from installation import installed

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

STORY = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from datetime import UTC, datetime, timedelta
import record_story
from recorded import record_some
now = datetime.now(UTC)
for back in (25, 12, 3):
    record_some(20 + back, at=now - timedelta(days=back))
record_story.actions.open_log = lambda **_: None
print(record_story.tell_story(at=now - timedelta(hours=9)).alerted)
"""
PAGES = ("timeline", "filtered", "empty", "event", "state", "missing", "refused")


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    """A founded installation with a story in it, and where its pages are."""
    with installed(tmp_path_factory.mktemp("office"), template=founded) as made:
        told = made.in_django(STORY)
        assert told.status == 0, told.err
        with made.serving("--no-worker", "--workers", "1") as server:
            base = f"http://127.0.0.1:{server.port}"
            yield {
                "cookie": cookie(made, base, Role.AUDIT_ADMIN),
                "timeline": f"{base}/record/",
                "filtered": f"{base}/record/?actor=person:3f1c&object=item:77",
                "empty": f"{base}/record/?kind=record.act.held",
                "event": f"{base}/record/event/{told.out.strip()}/",
                "state": f"{base}/record/state/",
                "missing": f"{base}/nothing/",
                "refused": f"{base}/record/?since=yesterday",
            }


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browse(office, chromium):
    """Opens an address as some reader sees it; fails on any word on the console."""
    opened, said = [], []

    def visit(address, *, status=200, width=1280, **reader):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **reader)
        opened.append(context)
        context.add_cookies([office["cookie"]])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(address, wait_until="networkidle").status == status
        return page

    visit.said = said
    yield visit
    for context in opened:
        context.close()
    # The browser itself notes the status of a page that says no.
    assert [line for line in said if "the server responded with a status of 4" not in line] == []


def status_of(name):
    return {"missing": 404, "refused": 400}.get(name, 200)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen(office, browse, name, width, scheme):
    page = browse(office[name], status=status_of(name), width=width, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(office, browse, name, scheme):
    page = browse(office[name], status=status_of(name), color_scheme=scheme, bypass_csp=True)
    assert serious(page) == []


def test_filtering_replaces_the_list_and_nothing_else(office, browse):
    page = browse(office["timeline"])
    asked = []
    page.on("request", lambda request: asked.append(request.resource_type))
    page.fill("[name=unit]", "unit:finance")
    with page.expect_response(re.compile("unit=unit%3Afinance")):
        page.get_by_role("button", name="筛选事件").click()
    page.wait_for_selector(".chip")
    assert "document" not in asked
    assert page.locator(".chip").inner_text().startswith("单位：unit:finance")
    assert page.locator("#told").inner_text() == f"本页有 {page.locator('.item').count()} 条事件。"
    assert "unit=unit%3Afinance" in page.url
    page.go_back(wait_until="networkidle")
    page.wait_for_url(office["timeline"])
    page.locator(".chip").wait_for(state="detached")


def test_no_script_can_make_markup_of_text(office, browse):
    """Neither before nor after htmx was allowed to insert an answer of ours."""
    page = browse(office["timeline"])
    attack = "() => { try { document.body.innerHTML = '<img src=x>'; return 'in' }"
    attack += " catch (error) { return error.name } }"
    assert page.evaluate(attack) == "TypeError"
    page.fill("[name=unit]", "unit:finance")
    page.get_by_role("button", name="筛选事件").click()
    page.wait_for_selector(".chip")
    assert page.evaluate(attack) == "TypeError"
    assert len(browse.said) == 2
    assert all("TrustedHTML" in line for line in browse.said)
    browse.said.clear()


def test_everything_works_without_javascript(office, browse):
    page = browse(office["timeline"], java_script_enabled=False)
    page.fill("[name=unit]", "unit:finance")
    page.get_by_role("button", name="筛选事件").click()
    assert page.locator(".chip").inner_text().startswith("单位：unit:finance")
    page.get_by_label("去掉筛选「单位」").click()
    page.wait_for_url(office["timeline"])
    page.get_by_role("link", name="更早的 →").click()
    page.wait_for_url("**/record/?older=*")
    page.locator(".item").first.wait_for()
    page.get_by_role("link", name="回到最新").click()
    page.wait_for_url(office["timeline"])
    page.locator(".says a").first.click()
    page.wait_for_url("**/record/event/*/")


def test_filters_unfold_on_a_phone_by_keyboard(office, browse):
    page = browse(office["timeline"], width=360)
    expect(page.locator("[name=unit]")).to_be_hidden()
    page.locator("#fold").focus()
    page.keyboard.press("Space")
    expect(page.locator("[name=unit]")).to_be_visible()


def test_the_keyboard_goes_through_the_page_in_its_order(office, browse):
    page = browse(office["timeline"])
    where = "document.activeElement.name || document.activeElement.textContent.trim()"
    passed = []
    for _ in range(24):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(where))
    assert passed[:2] == ["跳到正文", "规矩"]
    assert passed.index("记录") < passed.index("张测试") < passed.index("存证状态")
    fields = ["kind", "actor", "unit", "object", "matter", "period"]
    assert passed[passed.index("kind") :][:6] == fields
    page.goto(office["timeline"])
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_language_is_switched_on_the_page_one_is_on(office, browse):
    page = browse(office["filtered"])
    page.locator(".person summary").click()
    page.get_by_role("button", name="English").click()
    page.locator("html[lang=en]").wait_for(state="attached")
    assert page.url == office["filtered"]
    page.locator(".person summary").click()
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("记录")


def test_entry_and_proof_are_downloaded_under_one_name(office, browse):
    page = browse(office["event"])
    names = []
    for text in ("下载原文", "下载证明"):
        with page.expect_download() as download:
            page.get_by_role("link", name=text).click()
        names.append(download.value.suggested_filename)
        assert Path(download.value.path()).stat().st_size > 100
    key = office["event"].rstrip("/").rpartition("/")[2]
    assert names == [f"{key}.json", f"{key}.tlog-proof"]


@pytest.mark.parametrize("name", ["timeline", "event", "state"])
def test_it_prints_on_paper_without_what_only_a_screen_needs(office, browse, name):
    page = browse(office[name])
    page.emulate_media(media="print")
    for hidden in (".areas", ".tongue", ".tabs", ".filters", ".pager", ".files"):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light_and_loads_only_from_here(office, browse, name):
    loaded = []
    page = browse(office["missing"], status=404)
    page.on("response", lambda response: loaded.append((response.url, len(response.body()))))
    page.goto(office[name], wait_until="networkidle")
    base = office["timeline"].removesuffix("record/")
    assert all(url.startswith(base) for url, _ in loaded)
    assert sum(size for _, size in loaded) < 200_000
    markup = page.content()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", markup)
