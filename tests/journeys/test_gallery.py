"""The parts of the gallery in a real browser: by keyboard, without script, on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

import exhibited
from browsing import AXE, CHROMIUM, serious
from guiju.base.ui.gallery import STATES, exhibits

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

PAGES = [f"gallery/{one.name}/{state}/" for one in exhibits() for state in STATES]


@pytest.fixture(scope="module")
def base():
    with exhibited.serving() as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with exhibited.chromium() as started:
        yield started


@pytest.fixture
def browse(base, chromium):
    """Opens a page as some reader sees it; fails on any word on the console."""
    opened, said = [], []

    def visit(path, *, status=200, width=1280, **how):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **how)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(base + path, wait_until="networkidle").status == status
        return page

    yield visit
    for context in opened:
        context.close()
    assert said == []


def test_every_exhibit_has_every_state_and_the_hall_leads_to_them(browse):
    page = browse("gallery/")
    links = page.locator("main .rows a").evaluate_all("all => all.map(one => one.pathname)")
    assert {f"/{path}" for path in PAGES} <= set(links)
    assert {
        "list", "form", "confirm", "tree", "diff", "timeline", "search", "views", "flow", "chart",
        "period", "figures", "toasts", "access-sign-in", "inbox-workbench", "org-person",
    } <= {one.name for one in exhibits()}  # fmt: skip


def test_what_is_not_in_the_gallery_is_not_found(browse, base):
    page = browse("gallery/")
    for path in ("gallery/none/", "gallery/list/none/"):
        assert page.request.get(base + path).status == 404


def test_nothing_stands_inline_and_a_page_is_light(browse):
    loaded = []
    page = browse("gallery/")
    page.on("response", lambda response: loaded.append((response.url, len(response.body()))))
    page.goto(page.url + "list/many/", wait_until="networkidle")
    assert sum(size for _, size in loaded) < 200_000
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", page.content())


def test_ctrl_k_finds_an_area_and_enter_goes_there(browse):
    page = browse("gallery/")
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog.palette")
    dialog.wait_for()
    page.keyboard.type("材料")
    expect(dialog.locator("a")).to_have_text(["材料"])
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "材料"
    page.keyboard.press("ArrowUp")
    page.keyboard.type("没有的")
    dialog.get_by_text("没有找到。").wait_for()
    assert serious(page) == [] if AXE.exists() else True
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_searching_works_without_script(browse):
    page = browse("gallery/", java_script_enabled=False)
    page.get_by_role("link", name="搜索 Ctrl K").click()
    page.get_by_label("名称或其中几个字").fill("材料")
    page.get_by_role("button", name="搜索全部").click()
    expect(page.locator("main .rows a")).to_have_text(["材料"])


def test_a_question_mark_opens_help_except_while_typing(browse):
    page = browse("gallery/list/")
    page.locator(".conditions [name=q]").press("?")
    assert page.url.endswith("/gallery/list/")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.wait_for_url("**/help/")
    page.get_by_label("查一个词").fill("Exclusive")
    page.get_by_role("button", name="查词").click()
    assert page.locator(".words dt").all_inner_texts() == ["排他网关"]


def test_rows_are_gone_through_and_chosen_by_keyboard(browse):
    page = browse("gallery/list/many/")
    focused = "document.activeElement.closest('tr').rowIndex"
    for key, row in (("j", 1), ("j", 2), ("k", 1), ("k", 1)):
        page.keyboard.press(key)
        assert page.evaluate(focused) == row
    told = page.locator("[data-chosen]")
    page.keyboard.press("x")
    expect(told).to_have_text("已选 1 行")
    page.locator("[data-all]").check()
    expect(told).to_have_text("已选 50 行")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_list_is_filtered_sorted_and_paged_without_script(browse):
    page = browse("gallery/list/many/", java_script_enabled=False)
    names = page.locator("tbody tr td:nth-child(2)")
    first = names.first.inner_text()
    page.get_by_role("link", name="下一页 →").click()
    expect(names.first).not_to_have_text(first)
    page.get_by_role("link", name="← 上一页").click()
    expect(names.first).to_have_text(first)
    page.locator("th a", has_text="姓名").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("姓名 ↓")
    page.locator(".conditions [name=in]").select_option("财政局")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".chip")).to_have_count(1)
    assert set(page.locator("tbody tr td:nth-child(3)").all_inner_texts()) == {"财政局"}
    assert page.locator("th[aria-sort=descending]").inner_text() == "姓名 ↓"
    page.get_by_label("去掉筛选「单位」").click()
    expect(page.locator(".chip")).to_have_count(0)
    page.locator(".picks summary").click()
    page.get_by_role("checkbox", name="编号").check()
    page.get_by_role("checkbox", name="岗位").uncheck()
    page.get_by_role("button", name="按所选列显示").click()
    expect(page.locator("thead th", has_text="编号")).to_have_count(1)
    heads = page.locator("thead th").all_inner_texts()
    assert "编号" in heads
    assert "岗位" not in heads


@pytest.mark.parametrize("script", [True, False])
def test_the_summary_of_errors_has_the_focus_and_leads_to_its_fields(browse, script):
    page = browse("gallery/form/error/", java_script_enabled=script)
    assert page.locator("#problems").evaluate("one => one === document.activeElement")
    page.get_by_role("link", name="请填写「单位」。").click()
    if script:
        assert page.evaluate("document.activeElement.name") == "unit"
    field = page.locator("[name=unit]")
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby")
    assert page.locator(f"#{described}").inner_text().endswith("请填写「单位」。")


def test_a_draft_is_kept_until_another_reader_or_signing_out(browse):
    page = browse("gallery/form/empty/")
    page.get_by_label("姓名").fill("没写完")
    page.get_by_label("主持工作").check()
    page.goto(page.url, wait_until="networkidle")
    assert page.get_by_label("姓名").input_value() == "没写完"
    assert page.get_by_label("主持工作").is_checked()
    page.get_by_role("button", name="不要，从头填").click()
    expect(page.get_by_label("姓名")).to_have_value("")
    page.get_by_label("姓名").fill("再写")
    page.evaluate("sessionStorage.setItem('guiju:reader', 'somebody else')")
    page.goto(page.url, wait_until="networkidle")
    assert page.get_by_label("姓名").input_value() == ""
    page.get_by_label("姓名").fill("最后")
    page.evaluate(
        "document.querySelector('[data-clears-drafts]').dispatchEvent(new Event('submit'))"
    )
    page.goto(page.url, wait_until="networkidle")
    assert page.get_by_label("姓名").input_value() == ""


def test_a_tree_unfolds_by_arrow_keys(browse):
    page = browse("gallery/tree/")
    page.locator(".tree summary").first.focus()
    text = "document.activeElement.innerText.trim()"
    for key, at in (
        ("ArrowDown", "计财科 2 个岗位"),
        ("ArrowRight", "出纳岗"),
        ("ArrowLeft", "计财科 2 个岗位"),
    ):
        page.keyboard.press(key)
        assert page.evaluate(text) == at
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("出纳岗")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("总务岗")).to_be_visible()


def test_light_or_dark_is_chosen_in_the_menu_and_stays(browse):
    page = browse("gallery/", color_scheme="light")
    page.locator(".person summary").click()
    page.get_by_role("button", name="深色").click()
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(16, 22, 30)"
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == "rgb(16, 22, 30)"
    page.locator(".person summary").click()
    page.get_by_role("button", name="随系统").click()
    assert page.evaluate(ground) == "rgb(246, 248, 250)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) == "rgb(16, 22, 30)"


def test_areas_fold_into_a_menu_on_a_phone(browse):
    page = browse("gallery/", width=360)
    expect(page.locator(".areas")).to_be_hidden()
    page.locator(".folded summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".folded a", has_text="记录")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Escape")
    expect(page.locator(".folded a", has_text="记录")).to_be_hidden()
    page.locator(".person summary").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("script", [True, False])
def test_a_period_is_picked_with_and_without_script(browse, script):
    page = browse("gallery/list/many/", java_script_enabled=script)
    since = page.locator("[name=from_since]")
    expect(since).to_be_hidden()
    page.get_by_role("combobox", name="任职起").select_option("自定义")
    since.fill("2019-01-01")
    page.locator("[name=from_until]").fill("2019-12-31")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".chip")).to_have_text(re.compile("任职起：2019-01-01 至 2019-12-31"))
    days = page.locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert days
    assert all(one.startswith("2019年") for one in days)
    page.get_by_role("combobox", name="任职起").select_option("本年")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".chip")).to_have_text(re.compile("任职起：本年（"))
    assert "from=year" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_a_step_of_a_flow_leads_to_its_words_and_the_picture_scrolls_or_fits(browse, script):
    page = browse("gallery/flow/many/", width=360, java_script_enabled=script)
    frame, words = page.locator(".flow-frame"), page.locator("#flow-3")
    wide = "one => one.scrollWidth > one.clientWidth"
    expect(words).to_be_hidden()
    page.locator(".flow a").nth(2).focus()
    page.keyboard.press("Enter")
    expect(words).to_be_visible()
    assert "分管审签" in words.inner_text()
    assert "拆分采购规避公开招标" in words.inner_text()
    if script:
        assert frame.evaluate(wide)
    page.locator("label.fit").click()
    if script:
        assert not frame.evaluate(wide)


def test_a_view_in_the_menu_is_reached_by_keyboard(browse):
    page = browse("gallery/views/")
    page.locator(".views summary").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText.trim()") == "第 1 个视图"
    page.locator(".views summary").press("Enter")
    expect(page.locator(".keep")).to_be_hidden()


def test_a_figure_opens_the_list_behind_it_and_says_its_trend(browse):
    page = browse("gallery/figures/")
    trend = page.get_by_role("img", name="近 6 个月：92、97、88、104、118、121")
    expect(trend).to_be_visible()
    page.locator(".figure a").first.click()
    page.wait_for_url("**/gallery/list/")


@pytest.mark.parametrize(
    "name", ["list/many", "form/long", "tree", "sheet", "diff", "flow", "chart", "org-person"]
)
def test_it_prints_without_what_only_a_screen_needs(browse, name):
    page = browse(f"gallery/{name}/")
    page.emulate_media(media="print")
    for hidden in (".areas", ".own", ".conditions", ".exports", ".bulk", ".pager", ".tabs"):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    assert page.pdf().startswith(b"%PDF")
