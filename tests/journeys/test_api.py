"""A token is made on the page, used by a program over HTTP, revoked, and of no use any more."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, cookie
from guiju.core.terms import Role
from installation import installed

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
ROLES = (Role.SUPERVISOR, Role.STAFF)


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    folder = tmp_path_factory.mktemp("programs")
    with (
        installed(folder, template=founded) as made,
        made.serving("--no-worker", "--workers", "2") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        yield made


@pytest.fixture
def visit(office):
    """Opens addresses as a supervisor who has signed in; fails on any word on the console."""
    said = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900},
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.add_cookies([cookie(office, office.base, *ROLES)])

        def opened(path, status=200):
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            assert page.goto(office.base + path, wait_until="networkidle").status == status
            return page

        yield opened
        chromium.close()
    assert said == []


def ask(office, path, token, body=None, **headers):
    """What a program hears: status, content type and JSON."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        office.base + "/api/v1" + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"} | headers,
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
            return answer.status, answer.headers["Content-Type"], json.load(answer)
    except urllib.error.HTTPError as no:
        return no.code, no.headers["Content-Type"], json.load(no)


def is_clean(page):
    """Nothing that axe finds, at 1280 and at 360 pixels, and no sideways scrolling."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (page.url, wide)
        found = page.context.new_cdp_session(page).send(
            "Runtime.evaluate",
            {
                "expression": AXE.read_text("utf-8")
                + ";axe.run().then(r => JSON.stringify(r.violations.map(v => v.id)))",
                "awaitPromise": True,
                "allowUnsafeEvalBlockedByCSP": True,
            },
        )
        assert json.loads(found["result"]["value"]) == [], page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_token_is_made_used_revoked_and_then_refused(office, visit):
    page = visit("/account/")
    page.get_by_role("link", name="接口令牌").click()
    page.get_by_role("link", name="新建令牌").click()
    is_clean(page)
    page.get_by_label("给哪个程序用").fill("月报程序")
    page.get_by_label("看记录").check()
    page.get_by_label("用自己的工作台").check()
    page.get_by_role("button", name="新建令牌").click()
    token = page.get_by_label("令牌", exact=True).input_value()
    is_clean(page)
    page.get_by_role("button", name="复制令牌").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == token

    status, kind, told = ask(office, "/access/me", token)
    assert (status, told["code"]) == (404, "API-01")
    status, _, events = ask(office, "/record/events", token)
    assert status == 200
    assert "access.token.issued" in {event["kind"] for event in events["rows"]}
    status, kind, told = ask(office, "/inbox/notices/read", token, {"numbers": []})
    assert (status, kind, told["code"]) == (403, "application/problem+json", "API-07")

    page.get_by_role("link", name="已保存，回到令牌").click()
    expect(page.get_by_text("最近使用")).to_be_visible()  # once the page is there
    assert token not in page.content()
    is_clean(page)
    page.get_by_role("link", name="作废").click()
    page.get_by_role("button", name="作废令牌").click()
    expect(page.get_by_text("已作废令牌。")).to_be_visible()
    status, kind, told = ask(office, "/record/events", token)
    assert (status, kind, told["code"]) == (401, "application/problem+json", "ACCESS-50")


def test_what_the_api_does_is_explained_in_our_own_shell(office, visit):
    page = visit("/help/")
    page.get_by_role("link", name="接口说明").click()
    is_clean(page)
    page.get_by_role("link", name="岗位列表").click()
    expect(page.get_by_text("/api/v1/org/posts")).to_be_visible()
    expect(page.get_by_text("rows[].holders[].name")).to_be_visible()
    is_clean(page)
