"""A clerk submits, two review at once, the meeting approves, it is filed, shown, takes effect."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import CHROMIUM
from offices import BEFORE, browsing, examine, serving

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = """
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from guiju.core.terms import Role
from guiju.define.approval.jobs import into_effect
from guiju.demo.lists.approving import Stage, take_through
from organised import appoint, enter_person, found_post
from readers import make_account, sign_in
from reviewing import SUBMITTER, Chain, draft_of
from small_edition import SOUND, changed
county = Chain()
first = draft_of(county.owner)
begun = datetime.now(UTC) - timedelta(days=40)
take_through(first.reference, by=SUBMITTER, at=begun, until=Stage.EFFECTIVE)
told = changed("powers", SOUND.powers[0].code, boundary="河道采砂许可限于本县河道和水库之内")
second = draft_of(county.owner, told, based_on=first.reference)
clerk = enter_person("C1", county.owner)
appoint(clerk, found_post("O-09", "013"))
def enter(role, person, unit):
    made = make_account(role, person=person.reference, unit=unit.reference, display_name="张测试")
    return sign_in(made).session.session_key
units = {"S-01": county.justice, "B-01": county.staffing, "G-01": county.government}
known = {code: enter(Role.LEADER, county.leaders[code][0], unit) for code, unit in units.items()}
known["W-01"] = enter(Role.SUPERVISOR, county.leaders["W-01"][0], county.watch)
known["head"] = enter(Role.LEADER, county.leaders["O-01"][0], county.owner)
known["clerk"] = enter(Role.LIST_KEEPER, clerk, county.owner)
known["edition"] = second.reference.partition(":")[2]
print(json.dumps(known))
"""
_LATER = """
from datetime import UTC, datetime, timedelta
from guiju.define.approval.jobs import into_effect
print(into_effect(at=datetime.now(UTC) + timedelta(days=20)))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("approval"), founded, _MADE) as made:
        yield made


@pytest.fixture
def browse(office):
    with browsing(office) as enter:
        yield enter


def review(page, office):
    assert page.goto(f"{office.base}/approval/{office.known['edition']}/").status == 200


def act(page, link, button, **filled):
    """Open an act from the review, fill its form, read what it asks, and confirm."""
    page.get_by_role("main").get_by_role("link", name=link, exact=True).click()
    for label, text in filled.items():
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("？")
    told = page.get_by_role("main").inner_text()
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    return told


def test_s2_20_a_department_takes_its_lists_through_the_chain(office, browse):
    clerk = browse("clerk")
    review(clerk, office)
    expect(clerk.get_by_text("较「水利局清单 · 第 1 版」")).to_be_visible()
    examine(clerk, "approval-draft")
    assert "内容锁定" in act(clerk, "送审", "送审")
    expect(clerk.get_by_text("（所批即此）")).to_be_visible()
    expect(clerk.get_by_role("link", name="撤回送审")).to_be_visible()

    legal = browse("S-01")
    assert legal.goto(office.base + "/inbox/").status == 200
    legal.get_by_role("link", name="合法性审核：水利局清单").first.click()
    legal.get_by_role("link", name="去办理").or_(
        legal.get_by_role("link", name="打开")
    ).first.click()
    expect(legal.get_by_text("水库之内").first).to_be_visible()
    legal.get_by_text("留言").first.click()
    legal.get_by_role("textbox").first.fill("水库由谁批准，写清楚了吗？")
    legal.get_by_role("button", name="留言").first.click()
    expect(legal.get_by_text("水库由谁批准，写清楚了吗？")).to_be_visible()
    examine(legal, "approval-reviewer")
    told = act(legal, "审核通过", "审核通过", 意见="依据齐全，同意")
    assert "还在等其他人签" in told

    staffing = browse("B-01")
    review(staffing, office)
    assert "县政府常务会议" in act(staffing, "审核通过", "审核通过")
    mayor = browse("G-01")
    assert mayor.goto(office.base + "/approval/").status == 200
    expect(mayor.get_by_text("等您签").first).to_be_visible()
    examine(mayor, "approval-mine")
    review(mayor, office)
    assert "纪检备案" in act(mayor, "批准", "批准", 意见="会议研究同意")
    watch = browse("W-01")
    review(watch, office)
    watch.get_by_role("main").get_by_role("link", name="登记备案").click()
    watch.get_by_label("备案号").fill("示纪备〔2026〕12号")
    examine(watch, "approval-filing")
    review(watch, office)
    told = act(watch, "登记备案", "登记备案", 备案号="示纪备〔2026〕12号")
    assert "自动公示" in told
    expect(watch.get_by_text("示纪备〔2026〕12号").first).to_be_visible()
    examine(watch, "approval-noticed")

    later = office.in_django(BEFORE + _LATER)
    assert later.out.splitlines()[-1] == "1", later
    head = browse("head")
    review(head, office)
    expect(head.locator("h1")).to_contain_text("生效")
    examine(head, "approval-effective")
    assert head.goto(f"{office.base}/lists/{office.known['edition']}/").status == 200
    told = act(head, "暂停", "暂停", 原因="上位法修改，先停用")
    assert "暂停使用" in told
    expect(head.locator("h1")).to_contain_text("暂停")
