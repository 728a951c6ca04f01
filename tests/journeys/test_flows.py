"""A keeper writes a flow that never ends, sees where, mends it, saves it; and draws one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, cookie, serious
from guiju.core.terms import Role
from guiju.define.flows.vendored import has_designer
from installation import installed

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

NOTES = ("the server responded with a status of 4", "Autofocus processing was blocked")

_EDITION = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from guiju.define.lists.actions import drafting, importing
from organised import ACT, County
from small_edition import SOUND
unit = County().bureau.reference
found = drafting.begin_edition(unit=unit, title="水利局清单", profile="county", based_on="", **ACT)
importing.import_lists(edition=found.reference, told=SOUND, file="0" * 64, revision=None, **ACT)
print(found.reference.partition(":")[2])
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    folder = tmp_path_factory.mktemp("flows")
    with (
        installed(folder, template=founded) as made,
        made.serving("--no-worker", "--workers", "1") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        done = made.in_django(_EDITION)
        assert done.status == 0, done
        made.edition = done.out.strip()
        yield made


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def keeper(chromium, office):
    """Opens the office for a keeper of lists; fails on any word on the console."""
    said = []
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([cookie(office, office.base, Role.LIST_KEEPER)])
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []


def go(page, office, *path):
    address = "/".join([office.base, "flows", office.edition, *path])
    assert page.goto(f"{address}/", wait_until="networkidle").status == 200


def examine(page):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    if AXE.exists():
        assert serious(page) == []


def pressed(page, button):
    """Press a button of the page; return the status of the answer to what it sends."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state("networkidle")
    return posted.value.status


def cell(page, row, column):
    return page.get_by_label(f"第 {row} 行 {column}", exact=True)


def test_s0_12_a_flow_without_an_end_lights_up_is_mended_and_saved(office, keeper):
    go(keeper, office)
    keeper.get_by_label("编码", exact=True).fill("F-new")
    keeper.get_by_label("流程名称").fill("砂石开采许可流程")
    keeper.get_by_label("流程层面").select_option("unit")
    assert pressed(keeper, "下一步：核对") == 200
    assert pressed(keeper, "新增流程") == 302
    keeper.get_by_label("先写一行").fill("受理→审核→决定")
    assert pressed(keeper, "生成步骤表") == 200
    verdict = keeper.locator("#verdict")
    expect(verdict).to_contain_text("走得通")
    examine(keeper)

    cell(keeper, 4, "下一步").fill("2")
    expect(verdict).to_contain_text("怎样都走不到结束")
    expect(verdict.locator(".line.lit").first).to_be_attached()
    expect(cell(keeper, 4, "下一步")).to_have_attribute("aria-invalid", "true")
    examine(keeper)
    assert pressed(keeper, "保存步骤表") == 400
    assert cell(keeper, 4, "下一步").input_value() == "2"

    cell(keeper, 4, "下一步").fill("结束")
    expect(verdict).to_contain_text("走得通")
    expect(verdict.locator(".lit")).to_have_count(0)
    cell(keeper, 4, "岗位").fill("决定岗")
    cell(keeper, 4, "岗位").press("Control+Enter")
    keeper.keyboard.type("送达")
    cell(keeper, 4, "下一步").fill("")
    expect(verdict).to_contain_text("送达")
    assert pressed(keeper, "保存步骤表") == 302
    expect(keeper.get_by_text("已保存步骤表。")).to_be_visible()
    expect(keeper.locator("svg.flow .step")).to_have_count(4)
    examine(keeper)


def test_rows_of_a_spreadsheet_are_pasted_moved_and_taken_back(office, keeper):
    go(keeper, office, "L1", "edit")
    cell(keeper, 3, "步骤").focus()
    keeper.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "初审\\t甲岗\\n复审\\t乙岗\\n核准\\t丙岗\\n制证\\t丁岗\\n");
          document.activeElement.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }"""
    )
    names = [cell(keeper, row, "步骤").input_value() for row in range(2, 7)]
    assert names == ["受理", "初审", "复审", "核准", "制证"]
    assert cell(keeper, 6, "岗位").input_value() == "丁岗"
    cell(keeper, 3, "步骤").press("Alt+ArrowDown")
    assert cell(keeper, 4, "步骤").input_value() == "初审"
    keeper.keyboard.press("Control+Backspace")
    expect(cell(keeper, 6, "步骤")).to_have_count(0)
    for _ in range(3):
        keeper.keyboard.press("Control+z")
    assert cell(keeper, 3, "步骤").input_value() == "审查"
    cell(keeper, 3, "步骤").press("Enter")
    expect(cell(keeper, 4, "步骤")).to_be_focused()
    with keeper.expect_response(re.compile("/check/$")) as checked:
        cell(keeper, 3, "时限").fill("五天半")
    assert checked.value.status == 200
    expect(keeper.locator("#verdict")).to_contain_text("「时限」列「五天半」看不懂")


@pytest.mark.skipif(not has_designer(), reason="bpmn-js is not installed")
def test_s0_10_a_flow_is_drawn_looked_at_and_saved(office, keeper):
    go(keeper, office, "L1", "design")
    expect(keeper.locator("form[data-designer=ready]")).to_be_visible()
    expect(keeper.locator(".bjs-powered-by")).to_be_visible()
    expect(keeper.get_by_role("button", name="新建步骤")).to_be_visible()
    step = keeper.locator(".djs-shape").filter(has_text="审查").first
    step.dblclick()
    keeper.keyboard.press("Control+a")
    keeper.keyboard.type("现场审查")
    keeper.locator(".canvas").click(position={"x": 300, "y": 20})
    assert pressed(keeper, "核对并保存") == 200
    expect(keeper.get_by_role("heading", name="认出来的", exact=True)).to_be_visible()
    examine(keeper)
    assert pressed(keeper, "保存为这套流程") == 302
    expect(keeper.get_by_text("已保存流程图。")).to_be_visible()
    expect(keeper.locator("svg.flow")).to_contain_text("现场审查")


def test_without_script_the_table_is_a_form(office, chromium):
    context = chromium.new_context(java_script_enabled=False)
    context.add_cookies([cookie(office, office.base, Role.LIST_KEEPER)])
    page = context.new_page()
    page.goto(f"{office.base}/flows/{office.edition}/L2/edit/")
    text = page.get_by_role("textbox", name="步骤表")
    text.fill(text.input_value().replace("决定", "会签决定", 1))
    page.get_by_role("button", name="保存步骤表").click()
    expect(page.get_by_text("已保存步骤表。")).to_be_visible()
    context.close()
