"""A clerk brings the office's own table into a draft: sent, corrected, compared, imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed

ROOT = Path(__file__).parents[2]
SHARED = Path(__file__).parents[3] / "shared/data/lists/13a_district_items_part.csv"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.shared,
    pytest.mark.database,
]
NOTES = ("Autofocus processing was blocked",)

_BEGIN = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from organised import ACT, found_unit
from guiju.core.organisation.words import UnitKind
from guiju.core.terms import Role
from guiju.define.lists.actions.drafting import begin_edition
from readers import make_account, sign_in
found_unit("X", kind=UnitKind.REGION)
unit = found_unit("J", "X")
made = begin_edition(
    unit=unit.reference, title="区级清单", profile="county", based_on="", **ACT
)
browser = sign_in(make_account(Role.LIST_KEEPER))
print(made.reference.partition(":")[2], browser.session.session_key)
"""


@pytest.fixture
def office(tmp_path, founded):
    with (
        installed(tmp_path / "lists", template=founded) as made,
        made.serving("--no-worker", "--workers", "1") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        yield made


def examine(page):
    """Assert that nothing is wider than a screen, large or small, and axe finds nothing serious."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("h1").count() == 1
    if AXE.exists():
        assert serious(page) == []


def pressed(page, button):
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("button", name=button).first.click()
    assert posted.value.status == 302


def test_c3_own_table_to_items_in_the_draft(office):
    begun = office.in_django(_BEGIN)
    assert begun.status == 0, begun
    edition, session = begun.out.split()
    said = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([{"name": "guiju_session", "value": session, "url": office.base}])
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(f"{office.base}/lists/{edition}/").status == 200
        page.get_by_role("link", name="导入表格").click()
        expect(page.get_by_role("button", name="上传并识别")).to_be_visible()
        examine(page)
        page.set_input_files("input[type=file]", files=[str(SHARED)])
        pressed(page, "上传并识别")
        expect(page.get_by_text("第 2 步，共 4 步")).to_be_visible()
        examine(page)
        page.get_by_label("「部门代码」当作").select_option(label="备注")
        pressed(page, "按改好的重新读取")
        expect(page.get_by_text("这一列的意思有人确认过。").first).to_be_visible()
        pressed(page, "下一步：核对变动")
        expect(page.get_by_role("heading", name="项变动")).to_be_visible()
        examine(page)
        pressed(page, "导入这")
        expect(page.get_by_text("第 4 步，共 4 步")).to_be_visible()
        examine(page)
        page.get_by_role("link", name="看导入的内容").click()
        expect(page.get_by_text("建设用地规划许可（划拨用地）").first).to_be_visible()
        assert office.one("SELECT count(*) FROM lists_item WHERE kind = 'power'") >= 304
        assert office.one("SELECT count(*) FROM lists_learned_column") == 1
        browser.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []
