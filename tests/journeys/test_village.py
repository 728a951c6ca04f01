"""S3-02: somebody of a village on a phone: the plain shell, one click to what needs them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed
from signing_in import PASSWORD

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from datetime import UTC, datetime
from guiju.base.access.models import Account, RoleGrant
from guiju.base.inbox import actions
from guiju.base.inbox.asked import Holder, NewTask
from guiju.base.inbox.kinds import ASKED
from guiju.base.record import wall
from guiju.core.flow.model import Limit
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit, Role
from organised import ACT, County, appoint, enter_person, found_post, found_unit
from signing_in import an_account
county = County()
village = found_unit("C", "Z", kind=UnitKind.VILLAGE, name="柳林村")
clerk = found_post("C-01", "C", level=LeaderLevel.HEAD, name="村支书")
found_post("C-02", "C", name="报账员")
person = enter_person("P8", village, name="柳大林")
appoint(person, clerk)
account = an_account("liu.dalin", roles=(Role.STAFF,))
with wall.opened():
    RoleGrant.objects.filter(person=account.person).update(person=person.reference)
    Account.objects.filter(pk=account.pk).update(person=person.reference, display_name="柳大林")
now = datetime.now(UTC)
to = Holder(person.reference, clerk.reference, village.reference, village.path)
task = NewTask(ASKED, zh("报送三季度低保名单"), to, limit=Limit(3, LimitUnit.WORKING_DAYS))
actions.assign_task(task, by=ACT["by"], at=now)
"""


@pytest.fixture(scope="module")
def village(tmp_path_factory, founded):
    with installed(tmp_path_factory.mktemp("village"), template=founded) as made:
        told = made.in_django(_MADE)
        assert told.status == 0, told.err
        with made.serving("--workers", "1") as server:
            yield f"http://127.0.0.1:{server.port}"


def test_s3_02_a_villager_signs_in_and_is_one_click_from_what_needs_them(village):
    said = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = chromium.new_page(viewport={"width": 360, "height": 740})
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))

        def fits():
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert serious(page) == [] if AXE.exists() else True

        page.goto(f"{village}/", wait_until="networkidle")
        page.get_by_role("link", name="登录").click()  # from the portal, where strangers land
        page.get_by_label("登录名").fill("liu.dalin")
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.locator("h1")).to_have_text("柳大林，您好")
        assert page.locator(".large > li").count() == 4
        size = page.evaluate("getComputedStyle(document.body).fontSize")
        assert size == "18px"
        fits()

        page.locator(".large a", has_text="报送三季度低保名单").click()  # one click
        with page.expect_navigation():
            page.get_by_role("button", name="办结").first.click()
        page.goto(f"{village}/", wait_until="networkidle")
        assert "现在没有要办的事" in page.locator(".large > li").first.inner_text()

        page.get_by_role("link", name="我的单位").click()
        expect(page.locator("main")).to_contain_text("报账员")
        fits()
        row = page.locator("nav.tabs").first
        shown = "one => [one.clientHeight, one.querySelector('a').offsetHeight]"
        high, one = row.evaluate(shown)
        assert high < 2 * one  # the tabs stand in one row
        row.locator("a").last.focus()
        assert row.evaluate("one => one.scrollLeft") >= 0

        page.locator(".folded summary").click()
        expect(page.locator(".folded a", has_text="工作台")).to_be_visible()
        assert {"工作台", "组织"} <= set(page.locator(".folded a").all_inner_texts())
        page.keyboard.press("Escape")
        page.goto(f"{village}/org/units/", wait_until="networkidle")
        assert page.locator("thead th").count() == 3
        fits()

        page.locator(".person summary").click()
        page.get_by_role("button", name="改用完整界面").click()
        page.wait_for_load_state("networkidle")
        assert page.locator("thead th").count() == 7
        page.goto(f"{village}/", wait_until="networkidle")
        assert page.url.endswith("/inbox/")
        chromium.close()
    assert [line for line in said if "Autofocus" not in line] == []
