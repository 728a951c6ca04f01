"""Signing in with a real browser: password, app, security key, and what gets nobody in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed
from signing_in import PASSWORD, WRONG, app_code

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

PEOPLE = ("app", "key", "out", "code", "locked", "plain", "widths", "words", "script")
NOTES = ("the server responded with a status of 4", "Autofocus processing was blocked")
"""What the browser itself notes: a page that says no, and a summary that has the focus already."""

STORY = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from datetime import UTC, datetime, timedelta
from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.links import issue_link
from guiju.base.access.policies import LinkPurpose
from guiju.base.record.actor import SYSTEM
from guiju.core.terms import Role
from signing_in import an_account, give
now = datetime.now(UTC)
for name in {PEOPLE!r}:
    an_account(f"{{name}}.admin", roles=[Role.SECURITY_ADMIN])
an_account("stolen.cookie")
an_account("long.away", at=now - timedelta(days=91))
first = open_account(
    person="person:first", login_name="first.admin", display_name="王五", by=SYSTEM, at=now
)
give(first, Role.SYSTEM_ADMIN)
print(issue_link(account=first, purpose=LinkPurpose.FOUNDING, by=SYSTEM, at=now))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    """A founded installation with accounts, where its pages are, and a one-time link's token."""
    with installed(tmp_path_factory.mktemp("doors"), template=founded) as made:
        told = made.in_django(STORY)
        assert told.status == 0, told.err
        with made.serving("--no-worker", "--workers", "2") as server:
            made.base = f"http://localhost:{server.port}"  # security keys know no bare addresses
            made.token = told.out.strip().splitlines()[-1]
            yield made


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browse(chromium, office):
    """Opens an address of the office in a fresh browser; fails on any word on the console."""
    opened, said = [], []

    def visit(path="/account/sign-in/", *, status=200, **reader):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, **reader})
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(office.base + path, wait_until="networkidle").status == status
        return page

    yield visit
    for context in opened:
        context.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []


def enter(page, name, password=PASSWORD):
    """Fill the form in and send it; return the status of the page that answers."""
    page.get_by_label("登录名").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    return sent(page, "登录")


def sent(page, button):
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("networkidle")
    return posted.value.status


def enrol(page, name):
    """Sign in for the first time and enrol an app; return its secret and recovery codes."""
    assert enter(page, name) == 302
    expect(page.get_by_text("您的角色必须启用第二重验证")).to_be_visible()
    page.get_by_role("link", name="启用动态口令").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("手机上的 6 位数字").fill(app_code(secret))
    assert sent(page, "启用动态口令") == 200
    return secret, page.locator(".codes code").all_inner_texts()


def leave(page, office):
    page.goto(f"{office.base}/account/", wait_until="networkidle")
    assert sent(page, "退出登录") == 302
    expect(page.get_by_text("已退出登录")).to_be_visible()


def examine(page):
    """Assert that axe finds nothing serious and that nothing is wider than the screen."""
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("h1").count() == 1
    if AXE.exists():
        assert serious(page) == []


def test_from_the_password_over_the_app_to_a_page_and_out_again(office, browse):
    page = browse("/access/")
    assert page.url.endswith("/account/sign-in/?next=%2Faccess%2F")
    secret, codes = enrol(page, "app.admin")
    assert len(codes) == 10
    assert page.goto(f"{office.base}/access/").status == 200
    leave(page, office)
    assert enter(page, "app.admin") == 302
    code = app_code(secret, steps=1)
    page.get_by_label("验证码").fill(code)
    assert sent(page, "验证并登录") == 302
    assert page.goto(f"{office.base}/access/").status == 200

    other = browse()
    enter(other, "app.admin")
    other.get_by_label("验证码").fill(code)
    assert sent(other, "验证并登录") == 403
    expect(other.get_by_text("验证码不对，或者已经用过").first).to_be_visible()
    assert other.goto(f"{office.base}/access/").url.endswith("?next=%2Faccess%2F")


def test_a_security_key_is_added_and_lets_in(office, browse):
    page = browse()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    device = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    assert enter(page, "key.admin") == 302
    page.get_by_role("link", name="添加安全密钥").click()
    page.get_by_label("密钥的叫法").fill("钥匙串上的")
    assert sent(page, "添加安全密钥") == 200
    assert page.locator(".codes code").count() == 10
    made = tools.send("WebAuthn.getCredentials", device)["credentials"]
    assert [one["rpId"] for one in made] == ["localhost"]
    leave(page, office)
    assert enter(page, "key.admin") == 302
    assert sent(page, "使用安全密钥") == 302
    assert page.goto(f"{office.base}/access/").status == 200


def test_a_key_that_does_not_answer_is_told_kindly(office, browse):
    page = browse()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    assert enter(page, "out.admin") == 302
    page.get_by_role("link", name="添加安全密钥").click()
    page.get_by_label("密钥的叫法").fill("不在手边的")
    tools.send("WebAuthn.addVirtualAuthenticator", {
        "options": {"protocol": "u2f", "transport": "usb", "isUserVerified": False,
                    "automaticPresenceSimulation": False}})  # fmt: skip
    page.evaluate("() => { navigator.credentials.create = async () => { throw 1 } }")
    page.get_by_role("button", name="添加安全密钥").click()
    page.get_by_text("浏览器没有得到密钥的回答").wait_for()
    assert page.get_by_role("button", name="添加安全密钥").is_enabled()


def test_a_recovery_code_replaces_the_app_and_codes_are_downloaded(office, browse):
    page = browse()
    _secret, codes = enrol(page, "code.admin")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载恢复码").click()
    assert Path(download.value.path()).read_text("utf-8").split() == codes
    page.get_by_role("link", name="已保存，继续").click()
    page.wait_for_load_state("networkidle")
    other = browse()
    enter(other, "code.admin")
    other.get_by_label("验证码").fill(codes[0])
    assert sent(other, "验证并登录") == 302
    assert other.goto(f"{office.base}/account/").status == 200
    assert "恢复码还剩 9 个" in other.get_by_role("main").inner_text()


def test_a_cookie_that_was_stolen_is_worthless_after_signing_out(office, browse):
    page = browse()
    assert enter(page, "stolen.cookie") == 302
    loot = page.context.cookies()
    assert {one["httpOnly"] for one in loot if one["name"] == "guiju_session"} == {True}
    thief = browse()
    thief.context.add_cookies(loot)
    thief.goto(f"{office.base}/account/")
    assert thief.url == f"{office.base}/account/"
    leave(page, office)
    thief.goto(f"{office.base}/account/")
    assert thief.url.endswith("/account/sign-in/?next=%2Faccount%2F")


def test_five_wrong_passwords_lock_and_the_right_one_no_longer_helps(office, browse):
    page = browse()
    assert [enter(page, "locked.admin", WRONG) for _ in range(5)] == [403] * 5
    assert enter(page, "locked.admin") == 403
    expect(page.get_by_text("请 15 分钟后再试").first).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "problems"
    examine(page)


def test_an_account_that_nobody_used_for_ninety_days_lets_nobody_in(office, browse):
    page = browse()
    assert enter(page, "long.away") == 403
    expect(page.get_by_text("很久没有使用").first).to_be_visible()


def test_the_first_administrator_comes_in_by_the_link_and_nobody_by_it_again(office, browse):
    page = browse(f"/account/link/{office.token}/")
    examine(page)
    page.get_by_label("新密码", exact=True).fill(PASSWORD)
    page.get_by_label("再填一次新密码").fill(PASSWORD)
    assert sent(page, "设置密码并登录") == 302
    expect(page.get_by_text("您的角色必须启用第二重验证")).to_be_visible()
    again = browse(f"/account/link/{office.token}/", status=400)
    expect(again.get_by_text("这个链接已经用过")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_is_for_everyone(office, browse, width, scheme):
    page = browse(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    examine(page)
    name = "widths.admin" if width == 360 else "words.admin"
    secret, _codes = enrol(page, name)
    examine(page)
    for path in ("", "password/", "sessions/", "second-factor/", "second-factor/app/",
                 "second-factor/key/"):  # fmt: skip
        assert page.goto(f"{office.base}/account/{path}", wait_until="networkidle").status == 200
        examine(page)
    leave(page, office)
    enter(page, name)
    examine(page)
    assert secret


def test_signing_in_works_without_a_script(office, browse):
    page = browse(java_script_enabled=False)
    secret, _codes = enrol(page, "script.admin")
    page.goto(f"{office.base}/account/second-factor/key/")
    expect(page.get_by_text("要靠浏览器的脚本")).to_be_visible()
    leave(page, office)
    enter(page, "script.admin")
    page.get_by_label("验证码").fill(app_code(secret, steps=1))
    assert sent(page, "验证并登录") == 302


def test_nothing_stands_inside_the_markup_that_the_policy_forbids(office, browse):
    page = browse()
    assert enter(page, "plain.admin") == 302
    for path in ("", "second-factor/", "second-factor/app/", "second-factor/key/"):
        page.goto(f"{office.base}/account/{path}", wait_until="networkidle")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page.content())
