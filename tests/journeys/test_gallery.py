"""Every part in every state, in a real browser: quiet, within the screen, open to everyone."""

from __future__ import annotations

import re
import threading
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from guiju.base.ui import palette, reader
from guiju.base.ui.gallery import STATES, exhibits
from guiju.base.ui.reader import Reader
from guiju.core.access import Grant, Standing
from guiju.core.terms import Role

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

SUPERVISOR = Standing("person:3f1c", (Grant(Role.SUPERVISOR, ""),))
IN_COLOUR = ("typical/", "error/", "gallery/")
PAGES = [f"gallery/{one.name}/{state}/" for one in exhibits() for state in STATES]


class SignedIn:
    """Lets everyone in as a supervisor; the gallery asks no database who reads."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.standing = SUPERVISOR
        return self.get_response(request)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


NO_ACCOUNTS = (".base.access.", "django.contrib.", "allauth.")
TOAST = "guiju.base.ui.middleware.ToastMiddleware"


@contextmanager
def serving(port=0):
    """Serve the pages from a thread of this process, to a supervisor and without a database."""
    from django.conf import settings  # noqa: PLC0415 - set up by conftest

    kept = [one for one in settings.MIDDLEWARE if not any(map(one.__contains__, NO_ACCOUNTS))]
    kept += [TOAST] * (TOAST not in kept)
    changed = {"MIDDLEWARE": [*kept, f"{__name__}.SignedIn"], "ALLOWED_HOSTS": ["127.0.0.1"]}
    with (
        override_settings(**changed),
        patch.object(reader, "_READERS", [lambda _: Reader("周晓岚", "财务科经办")]),
        patch.object(reader, "_BODIES", [lambda _: "示例县 · 教育局"]),
        patch.object(palette, "_PROVIDERS", {}),  # areas ask the database
    ):
        application = StaticFilesHandler(WSGIHandler())
        server = make_server("127.0.0.1", port, application, Server, Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def base():
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browse(base, chromium):
    """Opens a page as some reader sees it; fails on any word on the console."""
    opened, said = [], []

    def visit(path, *, status=200, width=1280, until="networkidle", **how):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **how)
        opened.append(context)
        if AXE.exists():
            context.add_init_script(path=AXE)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        assert page.goto(base + path, wait_until=until).status == status
        return page

    yield visit
    for context in opened:
        context.close()
    assert said == []


@pytest.mark.parametrize("name", [one.name for one in exhibits()])
def test_every_state_fits_the_screen_and_is_open_to_everyone(browse, base, name):
    addresses = [f"gallery/{name}/{state}/" for state in STATES]
    check_pages(browse, base, addresses)


def test_so_do_help_search_and_the_hall(browse, base):
    check_pages(browse, base, ["gallery/", "help/", "help/?q=签", "search/?q=记", "search/?q=没有"])


def check_pages(browse, base, addresses):
    page = browse(addresses[0], until="commit")
    for address in addresses:
        assert page.goto(base + address).status == 200
        assert page.locator("h1").count() == 1
        for width, scheme in ((1280, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            # Axe takes its time: in the dark it looks at what differs by colour.
            if AXE.exists() and (scheme == "light" or address.endswith(IN_COLOUR)):
                assert serious(page) == [], address


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
    assert not dialog.is_visible()


def test_searching_works_without_script(browse):
    page = browse("gallery/", java_script_enabled=False)
    page.get_by_role("link", name="搜索 Ctrl K").click()
    page.get_by_label("名称或其中几个字").fill("材料")
    page.get_by_role("button", name="搜索全部").click()
    assert page.locator("main .rows a").all_inner_texts() == ["材料"]


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
    assert told.inner_text() == "已选 1 行"
    page.locator("[data-all]").check()
    assert told.inner_text() == "已选 50 行"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_list_is_filtered_sorted_and_paged_without_script(browse):
    page = browse("gallery/list/many/", java_script_enabled=False)
    names = page.locator("tbody tr td:nth-child(2)")
    first = names.first.inner_text()
    page.get_by_role("link", name="下一页 →").click()
    page.get_by_role("link", name="← 上一页").click()
    assert names.first.inner_text() == first
    page.locator("th a", has_text="姓名").click()
    assert page.locator("th[aria-sort=descending]").inner_text() == "姓名 ↓"
    page.locator(".conditions [name=in]").select_option("财政局")
    page.get_by_role("button", name="筛选").click()
    assert set(page.locator("tbody tr td:nth-child(3)").all_inner_texts()) == {"财政局"}
    assert page.locator("th[aria-sort=descending]").inner_text() == "姓名 ↓"
    page.get_by_label("去掉筛选「单位」").click()
    assert page.locator(".chip").count() == 0
    page.locator(".picks summary").click()
    page.get_by_role("checkbox", name="编号").check()
    page.get_by_role("checkbox", name="岗位").uncheck()
    page.get_by_role("button", name="按所选列显示").click()
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
    assert page.get_by_label("姓名").input_value() == ""
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
    assert not page.get_by_text("出纳岗").is_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert page.get_by_text("总务岗").is_visible()


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
    assert not page.locator(".areas").is_visible()
    page.locator(".folded summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".folded a", has_text="记录").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Escape")
    assert not page.locator(".folded a", has_text="记录").is_visible()
    page.locator(".person summary").click()
    assert page.get_by_role("button", name="退出登录").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("script", [True, False])
def test_a_period_is_picked_with_and_without_script(browse, script):
    page = browse("gallery/list/many/", java_script_enabled=script)
    since = page.locator("[name=from_since]")
    assert not since.is_visible()
    page.get_by_role("combobox", name="任职起").select_option("自定义")
    since.fill("2019-01-01")
    page.locator("[name=from_until]").fill("2019-12-31")
    page.get_by_role("button", name="筛选").click()
    assert page.locator(".chip").inner_text().startswith("任职起：2019-01-01 至 2019-12-31")
    days = page.locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert days
    assert all(one.startswith("2019年") for one in days)
    page.get_by_role("combobox", name="任职起").select_option("本年")
    page.get_by_role("button", name="筛选").click()
    assert page.locator(".chip").inner_text().startswith("任职起：本年（")
    assert "from=year" in page.url


@pytest.mark.parametrize("script", [True, False])
def test_a_step_of_a_flow_leads_to_its_words_and_the_picture_scrolls_or_fits(browse, script):
    page = browse("gallery/flow/many/", width=360, java_script_enabled=script)
    frame, words = page.locator(".flow-frame"), page.locator("#flow-3")
    wide = "one => one.scrollWidth > one.clientWidth"
    assert not words.is_visible()
    page.locator(".flow a").nth(2).focus()
    page.keyboard.press("Enter")
    assert words.is_visible()
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
    assert not page.locator(".keep").is_visible()


def test_a_figure_opens_the_list_behind_it_and_says_its_trend(browse):
    page = browse("gallery/figures/")
    trend = page.get_by_role("img", name="近 6 个月：92、97、88、104、118、121")
    assert trend.is_visible()
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
            assert not part.is_visible()
    assert page.pdf().startswith(b"%PDF")
