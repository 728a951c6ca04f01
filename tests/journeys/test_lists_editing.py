"""A keeper edits a draft in the browser: by form, in the grid, with what the checks say beside."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, cookie, serious
from guiju.core.terms import Role
from installation import installed
from small_edition import LICENCE, SOUND

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]
NOTES = ("the server responded with a status of 4", "Autofocus processing was blocked")
"""What the browser itself notes: a form that is refused, a summary that has the focus already."""

_BEGIN = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from organised import ACT, County
from small_edition import SOUND
from guiju.define.lists.actions import drafting, importing
found = drafting.begin_edition(
    unit=County().bureau.reference, title="交通局清单", profile="county", based_on="", **ACT
)
importing.import_lists(edition=found.reference, told=SOUND, file="0" * 64, revision=None, **ACT)
print(found.reference.partition(":")[2])
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    folder = tmp_path_factory.mktemp("editing")
    with (
        installed(folder, template=founded) as made,
        made.serving("--no-worker", "--workers", "1") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        begun = made.in_django(_BEGIN)
        assert begun.status == 0, begun.err
        made.draft = f"{made.base}/lists/{begun.out.strip()}"
        yield made


@pytest.fixture
def page(office):
    said = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=office.base)
        context.add_cookies([cookie(office, office.base, Role.LIST_KEEPER)])
        opened = context.new_page()
        opened.on("console", lambda message: said.append(message.text))
        opened.on("pageerror", lambda error: said.append(str(error)))
        yield opened
        chromium.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []


def go(page, address):
    assert page.goto(address, wait_until="networkidle").status == 200


def examine(page):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("h1").count() == 1
    if AXE.exists():
        assert serious(page) == []


def paste(page, cell, text):
    """Paste into a cell as a spreadsheet's clipboard would."""
    cell.focus()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def test_a_power_is_added_by_form_mended_and_put_back(office, page):
    go(page, f"{office.draft}/items/power/")
    page.get_by_role("link", name="新增权力").click()
    examine(page)
    page.get_by_label("权力名称").fill("占道施工许可")
    page.get_by_label("权力类型").select_option(label="行政许可")
    page.get_by_role("textbox", name="法定时限", exact=True).fill("二十来")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator("#id_legal_limit .error, #id_legal_limit_error").first).to_contain_text(
        "看不出是多长时间"
    )
    expect(page.get_by_label("权力名称")).to_have_value("占道施工许可")
    examine(page)
    page.get_by_role("textbox", name="法定时限", exact=True).fill("20")
    page.get_by_label("法定时限的单位").select_option(label="个工作日")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(page.locator(".toast")).to_contain_text("已新增权力「占道施工许可」")
    expect(page.get_by_text("20 个工作日")).to_be_visible()

    mended = page.locator("dt", has_text="行使边界").locator("+ dd")
    expect(mended.locator(".findings")).to_contain_text("GJ103")
    examine(page)
    page.get_by_role("link", name="修改", exact=True).click()
    page.get_by_label("行使边界").fill("只限本县公路用地范围之内")
    page.get_by_role("button", name="保存", exact=True).last.click()
    expect(mended).to_have_text("只限本县公路用地范围之内")

    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("已删去权力「占道施工许可」")
    expect(page.get_by_role("link", name="占道施工许可")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".toast")).to_contain_text("已放回权力 1 项")
    expect(page.get_by_role("link", name="占道施工许可")).to_be_visible()


def test_rows_are_pasted_moved_through_and_saved_in_the_grid(office, page):
    go(page, f"{office.draft}/grid/risk/")
    examine(page)
    page.get_by_role("button", name="加一行").click()
    first = page.locator('tr[data-code=""] [data-path=text]').first
    block = (
        "审批时故意拖延\t迟迟不出具意见\t业务流程\n"
        "验收走过场\t不到现场\t岗位职责\n"
        "收费不入账\t私设小金库\t很多"
    )
    paste(page, first, block)
    wrong = page.locator("tr[data-state=wrong]")
    expect(wrong).to_have_count(3)
    expect(wrong.nth(2).locator(".told")).to_contain_text("风险类别：「很多」不在允许的词里")
    expect(page.locator('[data-path=dimensions][aria-invalid="true"]')).to_have_count(1)
    page.locator('tr[data-code=""] [data-path=dimensions]').nth(2).fill("制度机制")
    page.get_by_role("button", name="全部保存").click()
    saved = page.locator("tr[data-state=saved]")
    expect(saved).to_have_count(3)
    expect(page.locator("[data-status]")).to_have_text("全部已保存")
    expect(saved.nth(2).locator("th a")).to_have_text(re.compile(r"R\d+"))
    expect(saved.nth(0).locator(".told")).to_contain_text("GJ4")

    cell = page.locator("tr[data-code=R2] [data-path=spot]")
    cell.focus()
    expect(page.locator("#beside")).to_contain_text(SOUND.powers[1].name)
    expect(page.locator("#beside svg")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("易发点")
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-code=R2] [data-path=spot]")).to_be_focused()
    expect(page.locator("tr[data-code=R1]")).to_have_attribute("data-state", "saved")
    page.keyboard.press("Control+d")
    expect(cell).to_have_value("易发点")
    page.keyboard.press("Escape")
    expect(cell).to_have_value("")
    page.keyboard.press("Control+d")
    page.keyboard.press("Tab")
    expect(page.locator("tr[data-code=R2] [data-path=matter]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-code=R2]")).to_have_attribute("data-state", "saved")
    examine(page)
    go(page, f"{office.draft}/items/risk/R2/")
    expect(page.locator("dt", has_text="风险点性质").locator("+ dd")).to_have_text("易发点")


def test_without_script_each_row_leads_to_its_form(office):
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        context = chromium.new_context(java_script_enabled=False)
        context.add_cookies([cookie(office, office.base, Role.LIST_KEEPER)])
        page = context.new_page()
        page.goto(f"{office.draft}/grid/power/")
        expect(page.locator("tr[data-code] [data-path=name]").first).not_to_be_editable()
        page.get_by_role("link", name=LICENCE).click()
        expect(page.get_by_label("权力名称")).to_have_value(SOUND.powers[0].name)
        chromium.close()
