"""Cards are corrected, relatives looked for, large lists checked, forms signed, items closed."""

from __future__ import annotations

import io

import openpyxl
import pytest
from playwright.sync_api import expect

from browsing import CHROMIUM
from offices import browsing, examine, serving

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

SCRIPT = """
import json
from datetime import timedelta
from dataclasses import replace
from drafted import drafted
from finding import House
from guiju.base.org.actions.interests import declare_interest
from guiju.core.lists.powers import NegativeItem
from guiju.core.lists.values import Publication
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.terms import Role
from guiju.define.lists.actions.drafting import begin_edition
from guiju.publish.portal.actions.publishing import publish_due
from organised import KEEPER, found_unit
from pytest import MonkeyPatch
from readers import make_account, sign_in
from recorded import NOON
from reviewing import draft_of, effective, nothing_found
from small_edition import LICENCE, SOUND

nothing_found(MonkeyPatch())
house = House(profile="county", told=SOUND)
campaign = house.begin()
held = {post.name: person for person, post in house.leaders.values()}
names = list(dict.fromkeys(one.post for flow in SOUND.flows for one in flow.steps if one.post))
one, other = held[names[0]], held[names[1]]
declare_interest(
    person=one.reference, kind=InterestKind.SPOUSE,
    content={"who": other.name, "person": other.reference}, by=KEEPER, at=NOON,
)
after = effective(house, house.edition)
publish_due(at=after)
items = tuple(
    replace(one, publication=Publication(exemption="涉及国家安全（政府信息公开条例第十四条）",
            approver="person:approver")) if one.code == LICENCE else one
    for one in SOUND.powers
)
later = draft_of(house.owner, replace(SOUND, powers=items, number=2))
effective(house, later, after + timedelta(days=1))
publish_due(at=after + timedelta(days=40))
many = tuple(
    NegativeItem(code=f"FM-{n:05}", post="审批股长", act="x" if n == 7 else f"第{n}类不得办理的事")
    for n in range(5_100)
)
told = replace(SOUND, negatives=many)
large = drafted(house.justice, told, title="司法局清单")
cards = begin_edition(unit=house.staffing.reference, title="编办清单", profile="county",
                      based_on="", by=KEEPER, at=NOON)
def session(role, unit=None):
    person = make_account(role, unit=unit) if unit else make_account(role)
    return sign_in(person).session.session_key
identity = lambda one: one.reference.partition(":")[2]
print(json.dumps({
    "keeper": session(Role.LIST_KEEPER), "supervisor": session(Role.SUPERVISOR),
    "campaign": identity(campaign), "old": identity(house.edition), "now": identity(later),
    "large": identity(large), "cards": identity(cards), "power": LICENCE,
}))
"""
CARDS = (
    ("行使主体", "编办"),
    ("权力名称", "机构编制核定"),
    ("权力类型", "其他权力"),
    ("谁来办", "机构股"),
    ("行使主体", "编办"),
    ("权力名称", "编制使用审核"),
    ("权力类型", "其他权力"),
    ("谁来办", "编制股"),
    ("填表人", "某某"),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("kept"), founded, SCRIPT) as made:
        yield made


def book():
    made = openpyxl.Workbook()
    for row in CARDS:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return {
        "name": "卡片.xlsx",
        "mimeType": "application/vnd.ms-excel",
        "buffer": stream.getvalue(),
    }


def pressed(page, button):
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("button", name=button).first.click()
    assert posted.value.status == 302


def test_c3_cards_of_an_office_are_corrected_and_brought_in(office):
    with browsing(office) as enter:
        page = enter("keeper")
        assert page.goto(f"{office.base}/lists/{office.known['cards']}/import/").status == 200
        page.set_input_files("input[type=file]", files=[book()])
        pressed(page, "上传并识别")
        expect(page.get_by_text("可能是标签").first).to_be_visible()
        examine(page, "import-cards")
        page.get_by_label("「谁来办」当作").select_option(label="承办机构")
        page.get_by_label("到第几行止").fill("8")
        page.get_by_label("每一项从哪个标签开始").select_option(label="行使主体")
        pressed(page, "按改好的重新读取")
        expect(page.get_by_text("机构股").first).to_be_visible()
        pressed(page, "下一步：核对变动")
        page.get_by_role("button", name="导入").first.click()
        page.goto(f"{office.base}/lists/{office.known['cards']}/items/power/")
        expect(page.get_by_text("编制使用审核")).to_be_visible()


def test_relatives_are_looked_for_by_who_may(office):
    known = office.known
    with browsing(office) as enter:
        page = enter("keeper")
        assert page.goto(f"{office.base}/lists/{known['now']}/checks/").status == 200
        expect(page.get_by_text("亲属申报是密封的")).to_be_visible()
        examine(page, "checks-not-looked")
        page = enter("supervisor")
        page.goto(f"{office.base}/lists/{known['now']}/checks/")
        page.get_by_role("link", name="打开申报来查").click()
        examine(page, "relatives-asking")
        page.get_by_label("查阅原因").fill("送审前核对任职回避")
        page.get_by_role("button", name="打开这一项").click()
        expect(page.get_by_text("申报有亲属关系").first).to_be_visible()
        examine(page, "relatives-found")


def test_a_very_large_edition_has_its_findings(office):
    large = f"{office.base}/lists/{office.known['large']}"
    with browsing(office) as enter:
        page = enter("keeper")
        for _ in range(60):
            assert page.goto(f"{large}/items/negative/FM-00007/").status == 200
            if page.get_by_text("正在检查").count() == 0:
                break
            examine(page, "item-checking")
            page.wait_for_timeout(1000)
        expect(page.locator(".findings li").first).to_be_visible()
        examine(page, "item-large")
        page.goto(f"{large}/grid/negative/")
        expect(page.locator("td.told li").first).to_be_visible()
        examine(page, "grid-large")


def test_the_forms_say_who_approved_them(office):
    with browsing(office) as enter:
        page = enter("supervisor")
        assert page.goto(f"{office.base}/campaigns/{office.known['campaign']}/forms/").status == 200
        expect(page.get_by_text("备案号 备〔2026〕7号")).to_be_visible()
        examine(page, "forms-approved")


def test_what_is_exempt_later_is_gone_from_the_older_edition(office):
    known = office.known
    old = f"{office.base}/open/editions/{known['old']}"
    with browsing(office) as enter:
        page = enter("")
        assert page.goto(f"{old}/powers/{known['power']}/").status == 410
        expect(page.get_by_text("这一项已不再公开")).to_be_visible()
        examine(page, "portal-closed")
        assert page.goto(f"{old}/").status == 200
        expect(page.get_by_text("涉及国家安全")).to_be_visible()
        examine(page, "portal-old")
        assert page.goto(f"{old}/proof/").status == 200
        expect(page.get_by_text("guiju verify closed-1.tlog-proof")).to_be_visible()
        examine(page, "portal-proof-closed")
