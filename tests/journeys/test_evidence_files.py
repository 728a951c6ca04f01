"""A clerk hands in a photo, in a real browser; its event is sealed and verified offline."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import sync_playwright

from browsing import CHROMIUM, QUIET, cookie
from guiju.core.terms import Role
from installation import installed
from pictures import picture

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with installed(tmp_path_factory.mktemp("files")) as made:
        founded = made.run("init", "--name", "tests.example/record")
        key = re.search(r"公钥：(\S+)", founded.out)[1]
        with made.serving("--workers", "1") as server:
            base = f"http://127.0.0.1:{server.port}"
            yield made, base, key, cookie(made, base, Role.SUPERVISOR)


@pytest.fixture
def page(office):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.context.add_cookies([office[3]])
        said = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        yield page
        browser.close()
    assert said == []


def hand_in(page, base, folder, content, name):
    (folder / name).write_bytes(content)
    page.goto(f"{base}/files/")
    page.set_input_files("input[type=file]", folder / name)
    page.click("button.main")


def sealed(page):
    """Reload an event's page until the worker has sealed it and signed for it."""
    for _ in range(60):
        proof = page.query_selector("a[href$='.tlog-proof']")
        if proof:
            return proof
        time.sleep(0.5)
        page.reload()
    pytest.fail("the event was not sealed in half a minute")


def test_a_photo_is_handed_in_sealed_and_verified_offline(office, page, tmp_path):
    made, base, key, _cookie = office
    hand_in(page, base, tmp_path, picture(), "现场照片.jpg")
    page.wait_for_url("**/files/*-*/")
    assert page.inner_text("h1") == "现场照片.jpg"
    assert "Zhang San" in page.inner_text("main")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    with page.expect_download() as started:
        page.click("text=下载去掉信息的副本")
    assert b"Zhang San" not in started.value.path().read_bytes()

    page.click("text=查看收存记录")
    page.click("ol.timeline .says a")
    page.wait_for_url("**/record/event/*/")
    assert "JPEG 图片" in page.inner_text("h1")
    with page.expect_download() as started:
        sealed(page).click()
    proof = tmp_path / started.value.suggested_filename
    started.value.save_as(proof)
    with page.expect_download() as started:
        page.click("a[href$='.json']")
    started.value.save_as(tmp_path / started.value.suggested_filename)
    verified = made.run("verify", str(proof), "--log-key", key, "--quorum", "0")
    assert verified.status == 0, verified


def test_what_is_refused_says_why_and_stays_on_the_page(office, tmp_path):
    _made, base, _key, signed_in = office
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.context.add_cookies([signed_in])
        answers = []
        page.on("response", lambda answer: answers.append(answer.status))
        hand_in(page, base, tmp_path, b"MZ\x90\x00", "现场.jpg")
        page.wait_for_selector("[role=alert]")
        assert 400 in answers
        assert "文件没有收下" in page.inner_text("[role=alert]")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        browser.close()
