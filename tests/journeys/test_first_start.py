"""From an empty folder to a delegate who proves offline what was done for him: one story."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from guiju.core.organisation.columns import Column
from guiju.demo.county.rows import organisation
from guiju.exchange.organisation import read_organisation, write_organisation
from installation import installed
from signing_in import PASSWORD, app_code

ROOT = Path(__file__).parents[2]
VERIFY = ROOT / "tools" / "guiju_verify.py"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

NOTES = ("the server responded with a status of 4", "Autofocus processing was blocked")
"""What the browser itself notes: a page that says no, and a summary that has the focus already."""

COUNTY = organisation()
APPOINTED = COUNTY.persons[0]


def holder_of(post):
    return next(
        person
        for person in COUNTY.persons
        for row in COUNTY.appointments
        if (row.person, row.post, row.end) == (person.code, post, None)
    )


PRINCIPAL, DELEGATE = holder_of("JYJ-02"), holder_of("JYJ-03")


def faulty():
    """The county with a second head of one unit, a wrong check digit, and days out of order."""
    wrong = "0" if APPOINTED.id_number[-1] != "0" else "1"
    first = replace(APPOINTED, id_number=APPOINTED.id_number[:-1] + wrong)
    heads = next(row for row in COUNTY.appointments if row.post == "JYJ-01" and not row.end)
    free = next(
        person.code
        for person in COUNTY.persons[1:]
        if all(row.end for row in COUNTY.appointments if row.person == person.code)
    )
    second = replace(heads, person=free, start=date(2026, 6, 1))
    ended = next(row for row in COUNTY.appointments if row.end)
    turned = replace(ended, end=ended.start - timedelta(days=1))
    return replace(
        COUNTY,
        persons=(first, *COUNTY.persons[1:]),
        appointments=(
            *(turned if row is ended else row for row in COUNTY.appointments),
            second,
        ),
    )


@pytest.fixture
def empty(tmp_path):
    with installed(tmp_path / "office") as made:
        yield made


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def desk(chromium):
    """Gives somebody a browser of their own; fails on any word on a console."""
    opened, said = [], []

    def sit_down():
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN", bypass_csp=False
        )
        opened.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield sit_down
    for context in opened:
        context.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []


class Somebody:
    """A person at a desk: goes to pages, presses buttons, and looks at each page they come to."""

    def __init__(self, page, base):
        self.page, self.base = page, base

    @property
    def main(self):
        return self.page.get_by_role("main")

    def go(self, path, *, status=200):
        answer = self.page.goto(self.base + path, wait_until="networkidle")
        assert answer.status == status, (path, answer.status)
        return self.looked()

    def looked(self):
        """Return what the page says, which fits on a phone and in which axe finds nothing."""
        for width in (360, 1280):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width
        assert self.page.locator("h1").count() == 1
        if AXE.exists():
            assert serious(self.page) == []
        return self.main.inner_text()

    def follow(self, name):
        self.main.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state("networkidle")
        return self.looked()

    def fill(self, **filled):
        for label, value in filled.items():
            self.page.get_by_label(label, exact=False).first.fill(value)

    def press(self, button, *, status=302):
        with self.page.expect_response(lambda got: got.request.method == "POST") as posted:
            self.main.get_by_role("button", name=button).click()
        self.page.wait_for_load_state("networkidle")
        assert posted.value.status == status, self.main.inner_text()
        return self.looked()

    def download(self, name):
        with self.page.expect_download() as started:
            self.main.get_by_role("link", name=name).first.click()
        return started.value


def come_in(somebody, link):
    """Choose a password by a one-time link."""
    assert "设置密码" in somebody.go(link[link.index("/account") :])
    somebody.fill(新密码=PASSWORD, 再填一次新密码=PASSWORD)
    return somebody.press("设置密码并登录")


def enrol(somebody):
    """Take the app into use, as the page that follows the password asks; return its secret."""
    assert "您的角色必须启用第二重验证" in somebody.main.inner_text()
    somebody.follow("启用动态口令")
    secret = somebody.page.locator("code").inner_text()
    somebody.fill(手机上的=app_code(secret))
    assert "恢复码" in somebody.press("启用动态口令", status=200)
    somebody.follow("已保存，继续")
    return secret


def open_account(security, login, *, name="", code=""):
    """Open an account as the security administrator; return its one-time link."""
    security.go("/access/")
    security.follow("开设账号")
    security.fill(人员编号=code, 姓名=name, 登录名=login)
    security.press("开设账号", status=200)
    link = security.page.locator("#address").input_value()
    security.follow("已交给本人，去账号页")
    return link


def grant(security, role, unit="整个系统"):
    """Grant a role on the account's page that is open."""
    security.follow("授予角色")
    security.page.get_by_label("角色").first.select_option(label=role)
    security.page.get_by_label("范围").select_option(label=unit)
    assert role in security.press("下一步", status=200)
    assert role in security.press("授予角色")


def upload(keeper, table):
    keeper.go("/org/import/")
    target = BytesIO()
    write_organisation(table, target)
    keeper.page.set_input_files(
        "input[type=file]",
        files=[{"name": "示例县.xlsx", "mimeType": "", "buffer": target.getvalue()}],
    )
    return keeper.press("上传并检查")


def fill_and_confirm(keeper, path, verb, **filled):
    keeper.go(path)
    keeper.fill(**filled)
    told = keeper.press("下一步：核对", status=200)
    keeper.press(verb)
    return told


def identity(office, kind, code):
    return office.one(f"SELECT reference FROM org_{kind} WHERE code = '{code}'").partition(":")[2]


def rows_of(sheet, table):
    """Return in which row of its sheet each row of a table stands; the first is row 2 or later."""
    target = BytesIO()
    write_organisation(table, target)
    return [one.row for one in getattr(read_organisation(target.getvalue()).organisation, sheet)]


def test_from_an_empty_folder_to_a_proof_that_holds_offline(empty, desk, tmp_path):
    begun = empty.run("init", "--name", "tests.example/record")
    assert begun.status == 0, begun
    (link,) = re.findall(r"http\S+/account/link/\S+/", begun.out)
    (log_key,) = re.findall(r"tests\.example/record\+\S+", begun.out)
    with empty.serving("--workers", "1") as server:
        base = f"http://127.0.0.1:{server.port}"
        security, keeper, delegate = (Somebody(desk(), base) for _ in range(3))

        come_in(security, link)
        enrol(security)
        for login, name, role in (
            ("system.admin", "系统员", "系统管理员"),
            ("audit.admin", "审计员", "审计管理员"),
        ):
            other = Somebody(desk(), base)
            invitation = open_account(security, login, name=name)
            grant(security, role)
            come_in(other, invitation)
            enrol(other)
        three = security.go("/access/administrators/")
        for name in ("首任安全管理员", "系统员", "审计员"):
            assert name in three
        invitation = open_account(security, "org.keeper", name="组织员")
        grant(security, "组织人事管理员")
        come_in(keeper, invitation)
        enrol(keeper)

        import_with_faults_first(keeper, empty)
        vacant, lent = (identity(empty, "post", code) for code in ("MZJ-02", "JYJ-02"))
        told = fill_and_confirm(
            keeper,
            f"/org/posts/{vacant}/appoint/",
            "办理任职",
            人员=APPOINTED.code,
            任免文号="示委干〔2026〕9号",
        )
        assert APPOINTED.name in told
        today = date.today()  # noqa: DTZ011 - as the office's clock has it, to the day
        told = fill_and_confirm(
            keeper,
            f"/org/posts/{lent}/delegate/",
            "办理委托",
            受托人=f"{DELEGATE.name} {DELEGATE.code}",
            最后一天=str(today + timedelta(days=7)),
            原因="学习",
        )
        assert PRINCIPAL.name in told

        invitation = open_account(security, "the.delegate", code=DELEGATE.code)
        assert DELEGATE.name in security.main.inner_text()
        grant(security, "干部职工", "示例县教育局")
        come_in(delegate, invitation)
        enrol(delegate)
        sees_only_what_he_may(delegate, empty, vacant, lent)
        verifies_offline(delegate, log_key, tmp_path)
        signs_out_for_good(delegate, desk())


def import_with_faults_first(keeper, office):
    """Every fault is named with its row, nothing is written; mended, it is shown, then done."""
    table = faulty()
    told = upload(keeper, table)
    assert "表格里有 3 处问题" in told
    people, terms = rows_of("persons", table), rows_of("appointments", table)
    turned = next(
        row
        for row, one in zip(terms, table.appointments, strict=True)
        if one.end and one.end < one.start
    )
    for row, column in (
        (people[0], Column.ID_NUMBER),
        (turned, Column.END),
        (terms[-1], Column.POST_CODE),
    ):
        assert re.search(rf"第 {row} 行 · {column}", told), (row, str(column), told)
    assert keeper.main.get_by_role("button", name="导入").count() == 0
    assert office.one("SELECT count(*) FROM org_unit") == 0
    back = keeper.download("下载标出问题的表格").path().read_bytes()
    assert read_organisation(back).organisation == table

    rows = sum(map(len, (COUNTY.units, COUNTY.posts, COUNTY.persons, COUNTY.appointments)))
    assert f"核对 {rows} 处变动" in upload(keeper, COUNTY)
    assert APPOINTED.id_number not in keeper.page.content()
    assert office.one("SELECT count(*) FROM org_unit") == 0
    assert "已导入组织表" in keeper.press("导入这")
    assert office.one("SELECT count(*) FROM org_unit") == len(COUNTY.units)


def sees_only_what_he_may(delegate, office, vacant, lent):
    """The list shows his subtree alone; what lies outside answers as what is not there."""
    listed = delegate.go("/org/units/")
    assert "示例县教育局" in listed
    assert "示例县财政局" not in listed
    elsewhere = identity(office, "unit", "CZJ")
    nowhere = "00000000-0000-4000-8000-000000000000"
    missing = answer(delegate, f"/org/units/{nowhere}/")
    assert missing[0] == 404
    for path in (
        f"/org/units/{elsewhere}/",
        f"/org/posts/{vacant}/",
        f"/org/posts/{lent}/appoint/",
        f"/org/delegations/{nowhere}/",
        "/org/import/",
        "/record/",
        "/access/",
    ):
        status, page = answer(delegate, path)
        assert (path, status, set(page) ^ set(missing[1])) == (path, 404, set())


def answer(somebody, path):
    """Return status and page of an answer, but for what is new in each."""
    got = somebody.page.request.get(somebody.base + path)
    fresh = r'name="(csrfmiddlewaretoken|next)" value="[^"]*"'
    return got.status, re.sub(fresh, "", got.text()).splitlines()


def verifies_offline(delegate, log_key, folder):
    """The delegate finds the trace of the delegation, and its proof holds without the product."""
    assert "委托您代办" in delegate.go("/inbox/notices/")
    delegate.go("/org/delegations/")
    told = delegate.follow("经过和证明")
    for word in ("把岗位", DELEGATE.name, PRINCIPAL.name, "学习"):
        assert word in told
    for _ in range(120):
        if delegate.main.get_by_role("link", name="下载证明").count():
            break
        delegate.page.wait_for_timeout(500)
        delegate.page.reload(wait_until="networkidle")
    told = delegate.looked()
    assert re.search(r"第 [\d,]+ 号", told), told
    names = []
    for link in ("下载原文", "下载证明"):
        started = delegate.download(link)
        started.save_as(folder / started.suggested_filename)
        names.append(started.suggested_filename)
    entry, proof = names
    check = [sys.executable, "-I", str(VERIFY), proof, "--entry", entry, "--log-key", log_key]
    done = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    (folder / entry).write_bytes(
        (folder / entry).read_bytes().replace(b"delegation", b"Delegation")
    )
    forged = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert forged.returncode == 1, forged


def signs_out_for_good(delegate, thief):
    """Whoever copied the cookie before gets in no more."""
    loot = delegate.page.context.cookies()
    delegate.go("/account/")
    assert "已退出登录" in delegate.press("退出登录")
    thief.context.add_cookies(loot)
    thief.goto(f"{delegate.base}/org/", wait_until="networkidle")
    assert "/account/sign-in/" in thief.url
    assert "登录名" in thief.get_by_role("main").inner_text()
