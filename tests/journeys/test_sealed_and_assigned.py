"""Opening sealed data for a reason, assigning tasks, the system's state; and nothing is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import CHROMIUM
from installation import ON_POSTGRES
from offices import BEFORE, browsing, examine, serving

ROOT = Path(__file__).parents[2]
NUMBER, PHONE, NAME = "11010519491231002X", "13800138000", "欧阳娜娜"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_MADE = f"""
import json
from guiju.base.org.actions import interests
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.terms import Role
from organised import ACT, County, appoint, enter_person
from readers import make_account, sign_in
county = County()
person = enter_person("P7", county.bureau, name={NAME!r}, id_number={NUMBER!r}, phone={PHONE!r})
appoint(person, county.chief)
appoint(county.people[0], county.cashier)
interests.declare_interest(
    person=person.reference, kind=InterestKind.SPOUSE, content={{"who": "李四"}}, **ACT
)
def enter(role, reference):
    made = make_account(role, person=reference, display_name="张测试")
    return sign_in(made).session.session_key
print(json.dumps({{
    "person": person.reference,
    "keeper": enter(Role.ORG_KEEPER, county.people[1].reference),
    "concerned": enter(Role.STAFF, person.reference),
    "system": enter(Role.SYSTEM_ADMIN, county.people[2].reference),
}}))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    with serving(tmp_path_factory.mktemp("office"), founded, _MADE) as made:
        yield made


@pytest.fixture
def browse(office):
    with browsing(office) as enter:
        yield enter


def go(page, office, path):
    assert page.goto(office.base + path, wait_until="networkidle").status == 200


def press(page, button, status=200):
    with page.expect_response(lambda answer: answer.request.is_navigation_request()) as caught:
        page.get_by_role("main").get_by_role("button", name=button).click()
    assert caught.value.status in {status, 302}
    page.wait_for_load_state("networkidle")
    return caught.value


def test_sealed_values_are_opened_for_a_reason_and_the_person_sees_who_did(office, browse):
    page = browse("keeper")
    identity = office.known["person"].partition(":")[2]
    go(page, office, f"/org/people/{identity}/")
    assert NUMBER not in page.content()
    page.get_by_role("link", name="查阅密封信息").click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("证件号码").check()
    page.get_by_label("查阅原因").fill("看看")
    press(page, "打开这一项", 400)
    assert "SEALED-01" in page.content()
    assert NUMBER not in page.content()
    examine(page, "opening-refused")
    page.get_by_label("查阅原因").fill("核对干部任免审批表")
    answer = press(page, "打开这一项")
    assert NUMBER in page.content()
    assert PHONE not in page.content()
    assert answer.headers["cache-control"] == "no-store"
    examine(page, "opened")
    go(page, office, f"/org/people/{identity}/open/")
    page.get_by_label("申报：配偶").check()
    page.get_by_label("查阅原因").fill("任前核对回避情形")
    press(page, "打开这一项")
    expect(page.get_by_text("李四")).to_be_visible()
    mine = browse("concerned")
    go(mine, office, "/record/own/")
    for words in ("证件号码", "申报事项", "人员P2", "核对干部任免审批表", "任前核对回避情形"):
        assert words in mine.content()
    assert NUMBER not in mine.content()
    examine(mine, "own-readings")


def test_a_task_is_assigned_to_posts_seen_by_them_and_withdrawn(office, browse):
    page = browse("keeper")
    go(page, office, "/inbox/assigned/")
    page.get_by_role("link", name="交办任务").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_label("交给哪些岗位或人员").fill("J1-03\n没有这个岗")
    page.get_by_label("办什么").fill("核对上半年的付款资料")
    page.get_by_label("时限（工作日）").fill("5")
    press(page, "下一步：核对", 400)
    assert "没有找到「没有这个岗」" in page.content()
    page.get_by_label("交给哪些岗位或人员").fill("J1-03\nJ1-01")
    examine(page, "assigning")
    press(page, "下一步：核对")
    for words in ("交给 2 人办理", "时限 5 个工作日", "到期", NAME):
        assert words in page.content()
    examine(page, "assigning-confirm")
    press(page, "交办")
    assert page.get_by_text("核对上半年的付款资料").count() == 2
    examine(page, "assigned")
    mine = browse("concerned")
    go(mine, office, "/inbox/")
    expect(mine.get_by_text("核对上半年的付款资料").first).to_be_visible()
    page.get_by_role("link", name="核对上半年的付款资料").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_text("撤回这件任务").click()
    page.get_by_label("撤回原因").fill("改由别的科室办")
    press(page, "撤回任务")
    go(page, office, "/inbox/assigned/?state=withdrawn")
    assert page.get_by_text("核对上半年的付款资料").count() == 1


def test_the_systems_state_is_told_and_an_audit_is_done_by_the_worker(office, browse):
    page = browse("system")
    go(page, office, "/system/")
    expect(page.get_by_text("本机没有备份的记录")).to_be_visible()
    examine(page, "system")
    press(page, "安排一次核对")
    for _ in range(120):
        if page.get_by_text("逐条核对无误").count() or page.get_by_text("处问题").count():
            break
        page.wait_for_timeout(500)
        page.reload(wait_until="networkidle")
    expect(page.get_by_text("逐条核对无误")).to_be_visible()
    examine(page, "system-audited")
    made = office.folder / "backup.tar"
    assert office.run("backup", str(made), "--keys", str(office.folder / "keys.tar")).status == 0
    page.reload(wait_until="networkidle")
    expect(page.get_by_text("密钥另存了一份")).to_be_visible()


_TOLD = f"""
from datetime import UTC, datetime
from guiju.base.inbox import actions
from guiju.base.inbox.asked import Holder, NewTask
from guiju.core.sentence import zh
from organised import KEEPER, enter_person
from guiju.base.org.models import Unit
import sys
now = datetime.now(UTC)
person = enter_person("P8", Unit.objects.first(), name={NAME!r} + "二")
for to in (person.reference, KEEPER.person):
    says = zh("{{words}}：{{who}}", words="核对申报", who=person.reference)
    if to == person.reference:
        says = zh("{{words}}", words="请" + person.name + "补充材料")
    actions.assign_task(NewTask("inbox.asked", says, Holder(to), due_at=now), by=KEEPER, at=now)
actions.remind_due(at=now)
print(person.reference)
"""
_TABLES = """
SELECT table_name FROM information_schema.tables
WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"""


def traces(office, name):
    """Where the name stands: rows of PostgreSQL, or bytes of the database and its log."""
    if not ON_POSTGRES:
        files = [office.data / f"guiju.sqlite3{end}" for end in ("", "-wal")]
        return [one.name for one in files if one.exists() and name.encode() in one.read_bytes()]
    return [
        table
        for (table,) in office.ask(_TABLES)
        if office.one(f"SELECT count(*) FROM {table} t WHERE row_to_json(t)::text LIKE '%{name}%'")
    ]


def test_erasing_a_person_leaves_no_name_in_tasks_notices_log_and_backup(office):
    name = NAME + "二"
    told = office.in_django(BEFORE + _TOLD)
    assert told.status == 0, told.err
    person = told.out.splitlines()[-1]
    assert traces(office, name)
    erase = ("record", "erase", person, "--authority", "个人信息保护法第四十七条")
    assert office.run(*erase, "--reason", "目的已实现", "--yes").status == 0
    waiting = "from guiju.base.record.erasure import apply_erasures\n" + "apply_erasures()\n" * 3
    assert office.in_django(waiting).status == 0
    assert traces(office, name) == []
    made = office.folder / "after.tar"
    assert office.run("backup", str(made)).status == 0
    assert name.encode() not in made.read_bytes()
