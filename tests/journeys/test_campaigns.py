"""A clerk finds a risk, the keeper merges it, the gate is passed, it is graded, a form made."""

from __future__ import annotations

from pathlib import Path

import pytest
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
from datetime import UTC, datetime
from finding import BARE, House, proposed, taken
from guiju.base.record.actor import Actor
from guiju.core.lists.lint.gate import RISKY
from guiju.core.lists.model import step_key
from guiju.core.lists.words import Channel
from guiju.core.terms import Role
from readers import make_account, sign_in
house, now = House(), datetime.now(UTC)
campaign = house.begin(at=now)
who, post = next((w, p) for w, p in house.leaders.values() if p.name == "审批股长")
head, head_post = next((w, p) for w, p in house.leaders.values() if p.name == "局长")
by = Actor(head.reference, post=head_post.reference)
for flow in BARE.flows[1:]:
    for node in (one for one in flow.steps if one.step in RISKY):
        where = {"power": flow.power, "flow": flow.code, "step": step_key(node)}
        text = f"{flow.name}{node.name}时放宽第{step_key(node)}步条件"
        made = proposed(campaign, by, now, text=text, channel=Channel.MUTUAL, **where)
        taken(campaign, made, at=now)
def enter(role, person=""):
    made = make_account(role, person=person, unit=house.owner.reference, display_name="张测试")
    return sign_in(made).session.session_key
known = {
    "clerk": enter(Role.STAFF, who.reference),
    "keeper": enter(Role.LIST_KEEPER),
    "campaign": campaign.reference.partition(":")[2],
}
print(json.dumps(known))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("campaigns"), founded, _MADE) as made:
        yield made


@pytest.fixture
def browse(office):
    with browsing(office) as enter:
        yield enter


def opened(page, office, *more):
    address = "/".join([office.base, "campaigns", office.known["campaign"], *more]) + "/"
    assert page.goto(address).status == 200


def confirmed(page, verb):
    """Go on to what the form asks, read it, and confirm."""
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("？")
    told = page.get_by_role("main").inner_text()
    page.get_by_role("button", name=verb, exact=True).click()
    expect(page.get_by_role("status")).to_be_visible()
    return told


def test_s0_14_s0_15_s3_16_s4_18_from_a_task_to_a_graded_risk_on_the_form(office, browse):
    clerk = browse("clerk")
    opened(clerk, office, "answer")
    examine(clerk, "campaigns-answer")
    clerk.get_by_role("listitem").filter(has_text="河道采砂许可").get_by_role(
        "link", name="提出风险"
    ).click()
    clerk.get_by_label("岗位职责").check()
    clerk.get_by_label("风险点", exact=True).fill("审查时放宽采砂范围，收受好处")
    clerk.get_by_label("表现形式").fill("现场核查与图纸不符仍予通过")
    clerk.get_by_label("发生几率").select_option("2")
    clerk.get_by_label("危害程度").select_option("3")
    examine(clerk, "campaigns-propose")
    assert "编制员归并" in confirmed(clerk, "提出风险")
    clerk.get_by_role("link", name="完成排查").click()
    confirmed(clerk, "完成排查")
    expect(clerk.get_by_role("main")).to_contain_text("已答复")

    keeper = browse("keeper")
    opened(keeper, office)
    examine(keeper, "campaigns-campaign")
    opened(keeper, office, "board")
    examine(keeper, "campaigns-board")
    keeper.get_by_role("checkbox").first.check()
    keeper.get_by_role("button", name="归并勾选的").click()
    confirmed(keeper, "归并")
    for gate in ("complete", "thorough", "exact", "public"):
        opened(keeper, office, "gates", gate)
        keeper.get_by_label("通过", exact=True).check()
        keeper.get_by_label("理由").fill("逐项对照清单和流程看过")
        confirmed(keeper, "确认")
    examine(keeper, "campaigns-gates")
    expect(keeper.get_by_role("main")).to_contain_text("四关都过了")
    opened(keeper, office, "grading")
    examine(keeper, "campaigns-grading")
    keeper.get_by_role("listitem").filter(has_text="放宽采砂范围").get_by_role("link").click()
    examine(keeper, "campaigns-grade")
    keeper.get_by_label("涉及三重一大").check()
    assert "高（一级）" in confirmed(keeper, "定级")
    opened(keeper, office, "forms")
    examine(keeper, "campaigns-forms")
    with keeper.expect_download() as taken:
        keeper.get_by_role("link", name="全部岗位 XLSX").first.click()
    assert taken.value.suggested_filename.endswith(".xlsx")
