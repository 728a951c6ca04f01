"""A keeper imports the county, appoints and delegates; the delegate sees what he may, no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, cookie, serious
from guiju.core.organisation.columns import Column
from guiju.core.terms import Role
from guiju.demo.county.rows import organisation
from guiju.exchange.organisation import read_organisation, write_organisation
from installation import installed

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

NOTES = ("the server responded with a status of 4", "Autofocus processing was blocked")
"""What the browser itself notes: a page that says no, and a summary that has the focus already."""

COUNTY = organisation()
APPOINTED = COUNTY.persons[0]
PRINCIPAL, DELEGATE = (
    next(
        person
        for person in COUNTY.persons
        for row in COUNTY.appointments
        if (row.person, row.post, row.end) == (person.code, post, None)
    )
    for post in ("JYJ-02", "JYJ-03")
)

_SIGN_IN_AS = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from guiju.base.org.reads.people import people
from guiju.core.access import EVERYWHERE
from readers import make_account, sign_in
(row,) = people(EVERYWHERE, search=sys.argv[1]).rows
print(sign_in(make_account(person=row.reference, display_name=row.name)).session.session_key)
"""


def faulty():
    """The county with three faults: an ID number, a unit that is not there, days out of order."""
    wrong = "0" if APPOINTED.id_number[-1] != "0" else "1"
    first = replace(APPOINTED, id_number=APPOINTED.id_number[:-1] + wrong)
    unit = replace(COUNTY.posts[-1], unit="没有")
    ended = next(row for row in COUNTY.appointments if row.end)
    turned = replace(ended, end=ended.start - timedelta(days=1))
    return replace(
        COUNTY,
        persons=(first, *COUNTY.persons[1:]),
        posts=(*COUNTY.posts[:-1], unit),
        appointments=tuple(turned if row is ended else row for row in COUNTY.appointments),
    )


def workbook(table):
    target = BytesIO()
    write_organisation(table, target)
    return {"name": "示例县.xlsx", "mimeType": "", "buffer": target.getvalue()}


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    folder = tmp_path_factory.mktemp("county")
    with (
        installed(folder, template=founded) as made,
        made.serving("--no-worker", "--workers", "1") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        yield made


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture
def browse(chromium, office):
    """Opens the office for the holder of a cookie; fails on any word on the console."""
    opened, said = [], []

    def enter(signed_in):
        context = chromium.new_context(viewport={"width": 1280, "height": 900})
        context.add_cookies([signed_in])
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        return page

    yield enter
    for context in opened:
        context.close()
    assert [line for line in said if not any(note in line for note in NOTES)] == []


def examine(page):
    """Assert that nothing is wider than a screen, large or small, and axe finds nothing serious."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("h1").count() == 1
    if AXE.exists():
        assert serious(page) == []


def go(page, office, path):
    assert page.goto(office.base + path, wait_until="networkidle").status == 200


def sent(page, button):
    """Press a button of the page; return the status of the answer to what it sends."""
    with page.expect_response(lambda answer: answer.request.method == "POST") as posted:
        page.get_by_role("main").get_by_role("button", name=button).click()
    page.wait_for_load_state("networkidle")
    return posted.value.status


def upload(page, office, table):
    go(page, office, "/org/import/")
    examine(page)
    page.set_input_files("input[type=file]", files=[workbook(table)])
    assert sent(page, "上传并检查") == 302


def reference(office, kind, code):
    """Return the identity of a post or unit in addresses."""
    return office.one(f"SELECT reference FROM org_{kind} WHERE code = '{code}'").partition(":")[2]


def import_the_county(page, office):
    upload(page, office, faulty())
    expect(page.get_by_role("heading", name="表格里有 3 处问题")).to_be_visible()
    faults = page.get_by_role("listitem").all_inner_texts()
    for column in (Column.ID_NUMBER, Column.UNIT, Column.END):
        assert any(f"行 · {column}" in fault for fault in faults), faults
    examine(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="下载标出问题的表格").click()
    assert read_organisation(started.value.path().read_bytes()).organisation == faulty()

    upload(page, office, COUNTY)
    rows = sum(map(len, (COUNTY.units, COUNTY.posts, COUNTY.persons, COUNTY.appointments)))
    expect(page.get_by_role("heading", name=f"核对 {rows} 处变动")).to_be_visible()
    assert APPOINTED.id_number not in page.content()
    examine(page)
    assert sent(page, "导入这") == 302
    expect(page.get_by_role("heading", name="已导入组织表")).to_be_visible()
    examine(page)

    upload(page, office, COUNTY)
    expect(page.get_by_role("heading", name="没有变动")).to_be_visible()


def fill_and_confirm(page, office, path, verb, **filled):
    """Fill a form in, read what it says will happen, confirm; return what it said."""
    go(page, office, path)
    examine(page)
    for label, value in filled.items():
        page.get_by_label(label, exact=False).first.fill(value)
    assert sent(page, "下一步：核对") == 200
    told = page.get_by_role("main").inner_text()
    examine(page)
    assert sent(page, verb) == 302
    return told


def test_from_an_empty_house_to_a_delegate_who_sees_what_he_may(office, browse):
    keeper = browse(cookie(office, office.base, Role.ORG_KEEPER))
    import_the_county(keeper, office)

    vacant = reference(office, "post", "MZJ-02")
    told = fill_and_confirm(
        keeper,
        office,
        f"/org/posts/{vacant}/appoint/",
        "办理任职",
        人员=APPOINTED.code,
        任免文号="示委干〔2026〕9号",
    )
    assert APPOINTED.name in told
    expect(keeper.get_by_text("已办理任职。")).to_be_visible()
    assert APPOINTED.name in keeper.get_by_role("main").inner_text()

    lent = reference(office, "post", "JYJ-02")
    today = date.today()  # noqa: DTZ011 - as the office's clock has it, to the day
    told = fill_and_confirm(
        keeper,
        office,
        f"/org/posts/{lent}/delegate/",
        "办理委托",
        受托人=f"{DELEGATE.name} {DELEGATE.code}",
        最后一天=str(today + timedelta(days=7)),
        原因="学习",
    )
    assert PRINCIPAL.name in told
    expect(keeper.get_by_text("已办理委托。")).to_be_visible()

    signed_in = office.in_django(_SIGN_IN_AS, DELEGATE.code)
    assert signed_in.status == 0, signed_in.err
    key = {"name": "guiju_session", "value": signed_in.out.strip(), "url": office.base}
    delegate = browse(key)
    go(delegate, office, "/org/")
    seen = delegate.get_by_role("main").inner_text()
    assert "示例县教育局" in seen
    assert "示例县财政局" not in seen
    go(delegate, office, "/org/delegations/")
    assert PRINCIPAL.name in delegate.get_by_role("main").inner_text()
    examine(delegate)
    go(delegate, office, "/inbox/notices/")
    assert "委托您代办" in delegate.get_by_role("main").inner_text()
    for path in (
        f"/org/posts/{vacant}/",
        f"/org/units/{reference(office, 'unit', 'CZJ')}/",
        f"/org/posts/{lent}/appoint/",
        "/org/import/",
        "/record/",
    ):
        assert delegate.request.get(office.base + path).status == 404, path


def test_what_is_refused_stands_beside_its_field_with_all_that_was_typed(office, browse):
    keeper = browse(cookie(office, office.base, Role.ORG_KEEPER))
    held = reference(office, "post", "JYJ-02")
    go(keeper, office, f"/org/posts/{held}/appoint/")
    keeper.get_by_label("人员").first.fill("查无此人")
    keeper.get_by_label("任免文号").fill("示委干〔2026〕10号")
    assert sent(keeper, "下一步：核对") == 400
    assert "没有找到「查无此人」" in keeper.locator("#id_person_error").inner_text()
    assert keeper.get_by_label("任免文号").input_value() == "示委干〔2026〕10号"
    examine(keeper)
    keeper.get_by_label("人员").first.fill(APPOINTED.code)
    assert sent(keeper, "下一步：核对") == 200
    assert sent(keeper, "办理任职") == 400
    assert "ORG-13" in keeper.locator("#id_start_error").inner_text()
    assert keeper.get_by_label("任免文号").input_value() == "示委干〔2026〕10号"
