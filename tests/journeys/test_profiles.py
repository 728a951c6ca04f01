"""A supervisor copies the county's profile, changes it, puts it in force; new lists use it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browsing import CHROMIUM
from offices import browsing, examine, serving

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = """
import json
from guiju.core.terms import Role
from drafted import drafted
from organised import County
from readers import make_account, sign_in
county = County()
old = drafted(county.office)
def enter(role, unit):
    made = make_account(role, unit=unit.reference, display_name="张测试")
    return sign_in(made).session.session_key
known = {"watch": enter(Role.SUPERVISOR, county.county)}
known["keeper"] = enter(Role.LIST_KEEPER, county.bureau)
known["unit"] = county.bureau.name
known["old"] = old.reference.partition(":")[2]
print(json.dumps(known))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("profiles"), founded, _MADE) as made:
        yield made


@pytest.fixture
def browse(office):
    with browsing(office) as enter:
        yield enter


def act(page, button):
    """Send the form, return what it asks, and confirm."""
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("？")
    told = page.get_by_role("main").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status").first).to_be_visible()
    return told


def copy(watch, office):
    """Copy the county's profile from the list."""
    assert watch.goto(f"{office.base}/profiles/").status == 200
    expect(watch.get_by_role("link", name="县", exact=True)).to_be_visible()
    examine(watch, "profiles-list")
    watch.get_by_role("link", name="县", exact=True).click()
    expect(watch.get_by_role("heading", name="审批链")).to_be_visible()
    examine(watch, "profiles-built-in")
    watch.get_by_role("link", name="复制一套").click()
    watch.get_by_label("单位", exact=True).fill(office.known["unit"])
    watch.get_by_label("名称").fill("教育系统")
    assert "内容从「县」复制" in act(watch, "复制")


def change(watch):
    """Call a grade otherwise, change a chain's steps, one of them wrongly at first."""
    watch.get_by_role("link", name="改「风险等级」").click()
    watch.get_by_label("第 1 等的名称").fill("红级")
    told = act(watch, "改草稿")
    assert "由“一级" in told
    assert "改为“红级" in told
    examine(watch, "profiles-draft")

    watch.get_by_role("link", name="改：部门清单 · 第 1 步").first.click()
    watch.get_by_label("名称").fill("司法局合法性审核")
    watch.get_by_label("几个工作日办完").fill("7")
    examine(watch, "profiles-step")
    assert "限 7 个工作日" in act(watch, "改草稿")
    watch.get_by_role("link", name="改：部门清单 · 第 2 步").click()
    watch.get_by_label("做什么").select_option("审核")
    assert "没有审定或批准的一步" in act(watch, "改草稿")
    expect(watch.get_by_text("还有 1 处要改，改好才能启用")).to_be_visible()
    examine(watch, "profiles-faults")
    watch.get_by_role("link", name="改：部门清单 · 第 2 步").click()
    watch.get_by_label("做什么").select_option("批准")
    act(watch, "改草稿")
    expect(watch.get_by_text("检查没有查出问题，可以启用。")).to_be_visible()


def enforce(watch):
    """Put the draft in force, compare it, look at what happened."""
    watch.get_by_role("link", name="启用", exact=True).click()
    told = act(watch, "启用")
    assert "有 1 版清单已经开始" in told
    expect(watch.get_by_text("现行").first).to_be_visible()
    examine(watch, "profiles-in-force")
    watch.get_by_role("link", name="比较", exact=True).click()
    expect(watch.get_by_role("heading", name=re.compile("处不同"))).to_be_visible()
    examine(watch, "profiles-compare")
    watch.get_by_role("link", name="经过", exact=True).click()
    expect(watch.get_by_text("启用配置「教育系统」第 1 版")).to_be_visible()


def begin(keeper, office):
    """Begin lists of the unit, and look at their profile."""
    assert keeper.goto(f"{office.base}/lists/begin/").status == 200
    keeper.get_by_label("单位", exact=True).fill(office.known["unit"])
    keeper.get_by_label("名称").fill("教育局清单")
    act(keeper, "开始编制")
    keeper.get_by_role("link", name="配置", exact=True).click()
    expect(keeper.get_by_text("这版清单按「教育系统」编制、检查和审批。")).to_be_visible()
    expect(keeper.get_by_text("司法局合法性审核").first).to_be_visible()
    examine(keeper, "profiles-of-edition")


def take_up(keeper, office):
    """Let a draft that began before take the new profile up."""
    assert keeper.goto(f"{office.base}/profiles/editions/{office.known['old']}/").status == 200
    expect(keeper.get_by_text("现在新编的清单改用「教育系统」")).to_be_visible()
    keeper.get_by_role("link", name="改用新版配置").click()
    assert "红级" in act(keeper, "改用新版配置")
    expect(keeper.get_by_text("这版清单按「教育系统」编制、检查和审批。")).to_be_visible()


def test_k4_a_copied_profile_is_changed_put_in_force_and_used(office, browse):
    watch = browse("watch")
    copy(watch, office)
    change(watch)
    enforce(watch)
    keeper = browse("keeper")
    begin(keeper, office)
    take_up(keeper, office)
