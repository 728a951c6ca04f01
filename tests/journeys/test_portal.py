"""A citizen finds a power, checks its edition and objects to another: with and without script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from datetime import UTC, datetime, timedelta
from guiju.base.record import checkpoints, sequencer
from pytest import MonkeyPatch
from guiju.publish.portal.actions.publishing import publish_due
from organised import found_unit
from reviewing import Chain, draft_of, effective, nothing_found, passed, submitted
from small_edition import LICENCE, SOUND, changed
nothing_found(MonkeyPatch())
now = datetime.now(UTC)
county = Chain()
first = draft_of(county.owner)
effective(county, first, now - timedelta(days=90))
publish_due(at=now)
told = changed("powers", LICENCE, boundary="只限洪水期以外", phone="0900-12345")
second = draft_of(county.owner, told, based_on=first.reference)
effective(county, second, now - timedelta(days=45))
other = draft_of(found_unit("P", "G", name="某县教育局"), SOUND, title="教育局清单")
review = submitted(other, now - timedelta(days=1))
passed(county, review, now - timedelta(days=1))
publish_due(at=now)
sequencer.seal_waiting()
checkpoints.sign_if_due(at=now)
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with installed(tmp_path_factory.mktemp("portal") / "one", template=founded) as made:
        done = made.in_django(_MADE)
        assert done.status == 0, done
        with made.serving("--no-worker", "--workers", "1") as server:
            made.base = f"http://127.0.0.1:{server.port}"
            yield made


@pytest.fixture(params=[True, False], ids=["script", "no_script"])
def page(office, request):
    """A stranger's browser; nothing may be said on its console, nothing may fail, no cookie set."""
    said = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, java_script_enabled=request.param
        )
        opened = context.new_page()
        opened.has_script = request.param
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        opened.on("response", lambda one: said.append(one.url) if one.status >= 400 else None)
        yield opened
        assert context.cookies() == []
        browser.close()
    assert said == []


def examine(page):
    """Assert that nothing is wider than a screen, large or small, and axe finds nothing serious."""
    expect(page.locator("h1")).to_have_count(1)
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        box = page.locator("body").bounding_box()
        assert box["width"] <= width
        if page.has_script:
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    if page.has_script and AXE.exists():
        assert serious(page) == []


def test_a_citizen_searches_reads_and_checks(office, page):
    assert page.goto(office.base).status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("每项权力，怎么行使，谁都能查")
    examine(page)
    page.get_by_role("searchbox").fill("河道采砂要什么手续")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("查找")
    examine(page)
    page.get_by_role("link", name="河道采砂许可", exact=True).click()
    expect(page.get_by_text("拨打监督电话 0900-12345。")).to_be_visible()
    expect(page.locator("svg").first).to_be_visible()
    examine(page)
    page.get_by_role("link", name="第 2 版").click()
    expect(page.get_by_text("权力，3 项")).to_be_visible()
    examine(page)
    page.get_by_role("link", name="与上一版相比改了什么").click()
    expect(page.get_by_text("只限洪水期以外")).to_be_visible()
    examine(page)
    page.go_back()
    expect(page.get_by_text("权力，3 项")).to_be_visible()
    page.get_by_role("link", name="核对这一版有没有被改过").click()
    expect(page.get_by_text("自己核对，三步")).to_be_visible()
    examine(page)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="下载证明（ZIP）").click()
    assert Path(downloaded.value.path()).read_bytes().startswith(b"PK")


def test_a_citizen_objects_and_asks_for_the_answer(office, page):
    page.goto(f"{office.base}/open/")
    page.get_by_role("link", name="对「教育局清单」提意见").click()
    expect(page.get_by_label("哪里不对")).to_be_visible()
    examine(page)
    page.get_by_label("哪里不对").fill("招生的条件写得不清楚")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("意见已收到")
    examine(page)
    code = page.locator(".open-code").inner_text()
    page.get_by_role("main").get_by_role("link", name="查答复").click()
    expect(page.get_by_label("查询码")).to_be_visible()
    examine(page)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查答复").click()
    expect(page.get_by_text("招生的条件写得不清楚")).to_be_visible()
    expect(page.get_by_text("还没有答复")).to_be_visible()
    examine(page)


def test_everything_is_there_in_english_and_leads_to_the_sign_in(office, page):
    page.goto(f"{office.base}/open/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Every power and how it is used, for everyone to see"
    )
    examine(page)
    for name in ("Open data", "How to check", "Look up an answer"):
        page.get_by_role("navigation").get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        examine(page)
    page.get_by_role("link", name="Sign in").click()
    expect(page.locator("input[type=password]")).to_be_visible()
    page.context.clear_cookies()


def test_pages_print(office, page):
    page.goto(f"{office.base}/open/search/?q=采砂")
    page.get_by_role("link", name="河道采砂许可", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("河道采砂许可")
    page.emulate_media(media="print")
    expect(page.locator(".open-areas")).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
