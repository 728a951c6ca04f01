"""A keeper picks two editions, narrows what differs, takes it away, and renumbers an item."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from browsing import CHROMIUM
from offices import browsing, examine, serving

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = """
import json
from dataclasses import replace
from drafted import drafted, in_use
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.model import Power
from guiju.core.lists.words import ReviewVerdict
from guiju.core.terms import Role
from guiju.define.approval.actions.cleaning import judge
from organised import ACT, County, found_unit
from readers import make_account, sign_in
from small_edition import FINE, LICENCE, SOUND, STAFF
county = County()
owner = found_unit("013", "J", name="某县水利局", area_code="511602")
old = in_use(drafted(owner, title="水利局权责清单"))
licence, _, fine = SOUND.powers
tiers = SOUND.standards[0].tiers
told = replace(
    SOUND,
    powers=(
        replace(licence, boundary="河道采砂许可限于本县河道和水库之内", phone="12345"),
        fine,
        Power(code=LICENCE[:-2] + "01", name="小额采砂许可", parent=LICENCE, post="审批股长"),
    ),
    risks=tuple(replace(one, grade=1) for one in SOUND.risks),
    standards=(replace(SOUND.standards[0], tiers=tiers[:2]),),
)
new = drafted(owner, told, title="水利局权责清单")
judge(edition=new.reference, power=STAFF, decision=Decision(
    ReviewVerdict.CANCEL, "示编办〔2026〕7号"), **ACT)
town = drafted(county.town, replace(SOUND, bases=(), title=""), title="镇权责清单")
keeper = make_account(Role.LIST_KEEPER, unit=county.county.reference, display_name="张测试")
print(json.dumps({
    "keeper": sign_in(keeper).session.session_key,
    "new": new.reference.partition(":")[2],
    "old": old.reference.partition(":")[2],
}))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("compare"), founded, _MADE) as made:
        yield made


@pytest.fixture
def browse(office):
    with browsing(office) as enter:
        yield enter


def test_s2_12_two_editions_are_compared_narrowed_and_taken_away(office, browse):
    page, known = browse("keeper"), office.known
    assert page.goto(f"{office.base}/lists/{known['new']}/").status == 200
    page.get_by_role("link", name="对比", exact=True).click()
    page.wait_for_url(f"**/lists/{known['new']}/compare/{known['old']}/")
    expect(page.locator(".sides tbody", has_text="股长任免")).to_contain_text("取消")
    examine(page, "compare")
    row = page.locator(".counts tr", has=page.get_by_role("rowheader", name="风险", exact=True))
    row.get_by_role("link", name="3").click()
    expect(page.locator(".sides tbody")).to_have_count(3)
    assert page.url.endswith("kind=risk&how=changed#changes")
    page.get_by_label("编码或名称").fill("R2")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".sides tbody")).to_have_count(1)
    expect(page.locator(".sides del").first).to_be_visible()
    page.reload()
    expect(page.locator(".sides tbody")).to_have_count(1)
    with page.expect_download() as started:
        page.get_by_role("link", name="XLSX").click()
    book = load_workbook(io.BytesIO(started.value.path().read_bytes()))
    rows = list(book.active.iter_rows(values_only=True))
    assert [one[5] for one in rows] == ["栏目", "风险等级"]
    page.get_by_role("link", name="左右对调").click()
    page.wait_for_url(f"**/lists/{known['old']}/compare/{known['new']}/")
    page.get_by_role("link", name="选别的版本").click()
    page.wait_for_url("**/compare/choose/")
    expect(page.get_by_role("link", name="镇权责清单")).to_be_visible()
    examine(page, "compare-choose")
    page.get_by_role("link", name="镇权责清单").click()
    expect(page.get_by_text("按名称对应")).to_be_visible()
    examine(page, "compare-units")


def test_an_item_is_renumbered_and_back_and_its_sheet_names_its_sub_item(office, browse):
    page, known = browse("keeper"), office.known
    sheet = f"{office.base}/views/{known['new']}/power/5116020130100100/"
    assert page.goto(sheet).status == 200
    expect(page.locator(".part-of")).to_contain_text("小额采砂许可")
    examine(page, "sheet-parts")
    page.get_by_role("link", name="小额采砂许可").click()
    expect(page.locator(".part-of a")).to_have_text("河道采砂许可")
    page.get_by_role("link", name="看全部字段").click()
    page.get_by_role("link", name="换编号").click()
    page.get_by_label("新编码").fill("5116020130100109")
    examine(page, "renumber")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("main")).to_contain_text("换成 5116020130100109")
    examine(page, "renumber-asked")
    page.get_by_role("button", name="换编号").click()
    page.wait_for_url("**/items/power/5116020130100109/")
    page.get_by_role("button", name="撤销").click()
    page.wait_for_url("**/items/power/5116020130100101/")
    expect(page.locator("main")).to_contain_text("已换回原来的编码")
