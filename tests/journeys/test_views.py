"""An official looks up their powers, a supervisor the holes and the risks, in a real browser."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect, sync_playwright

from browsing import AXE, CHROMIUM, QUIET, serious
from installation import installed
from small_edition import LICENCE

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_BEGIN = f"""
import sys
sys.path.insert(0, {str(ROOT / "tests")!r})
from organised import ACT, County, appoint, enter_person, found_post
from readers import make_account, sign_in
from small_edition import SOUND, with_
from guiju.core.lists.model import Power
from guiju.core.terms import Role
from guiju.define.lists.actions import drafting, importing
house = County()
chief = found_post("S-1", "J1", name="审批股长")
person = enter_person("H1", house.bureau, name="李清正")
appoint(person, chief)
found = drafting.begin_edition(
    unit=house.bureau.reference, title="水利局清单", profile="county", based_on="", **ACT
)
told = with_("powers", Power(code="新-1", name="还没有流程的权力"))
importing.import_lists(edition=found.reference, told=told, file="0" * 64, revision=None, **ACT)
where = dict(unit=house.bureau.reference)
print(found.reference.partition(":")[2])
for role, who in ((Role.STAFF, person.reference), (Role.SUPERVISOR, "")):
    print(sign_in(make_account(role, person=who, **where)).session.session_key)
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory, founded):
    folder = tmp_path_factory.mktemp("views")
    with (
        installed(folder, template=founded) as made,
        made.serving("--no-worker", "--workers", "1") as server,
    ):
        made.base = f"http://127.0.0.1:{server.port}"
        begun = made.in_django(_BEGIN)
        assert begun.status == 0, begun.err
        made.edition, made.official, made.supervisor = begun.out.split()
        yield made


@pytest.fixture
def browse(office):
    said = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))

        def as_(session):
            context = chromium.new_context(viewport={"width": 1280, "height": 900})
            context.add_cookies([{"name": "guiju_session", "value": session, "url": office.base}])
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            return page

        yield as_
        chromium.close()
    assert said == []


def go(page, address):
    assert page.goto(address, wait_until="networkidle").status == 200


def examine(page):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if AXE.exists():
            assert serious(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.locator("h1").count() == 1


def taken(page, press):
    with page.expect_download() as started:
        press()
    return io.BytesIO(started.value.path().read_bytes())


def test_s0_13_an_official_finds_their_powers_and_prints_a_sheet(office, browse):
    page = browse(office.official)
    go(page, f"{office.base}/lists/")
    page.locator(".person summary").click()
    page.get_by_role("link", name="我的权力").first.click()
    expect(page.locator("h2").first).to_contain_text("审批股长")
    examine(page)
    page.locator(".tied", has_text="行使权力").get_by_role("link", name="河道采砂许可").click()
    expect(page.locator("h1")).to_have_text("河道采砂许可")
    expect(page.locator(".facts").first).to_contain_text("李清正")
    expect(page.locator("p.note")).to_contain_text("不是现行清单")
    examine(page)
    page.locator(".flow a").nth(1).click()
    expect(page.locator(".flow-words li:target")).to_contain_text("审批股内部串通出具意见")
    assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))) == 1
    link = page.get_by_role("link", name="下载公文格式（DOCX）")
    document = docx.Document(taken(page, link.click))
    assert "河道采砂许可权力标签" in {one.text for one in document.paragraphs}


def test_s3_49_a_supervisor_goes_from_the_map_to_a_hole_and_takes_the_matrix_along(office, browse):
    page = browse(office.supervisor)
    go(page, f"{office.base}/views/risk-map/")
    examine(page)
    page.get_by_role("row", name="单位J").get_by_role("link").nth(1).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("审批股内部串通出具意见")
    examine(page)
    page.get_by_role("link", name="覆盖矩阵").click()
    examine(page)
    page.get_by_role("link", name=re.compile("权力没有流程")).click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("还没有流程的权力")
    book = load_workbook(taken(page, page.get_by_role("link", name="XLSX").click))
    assert [row[1] for row in book.active.iter_rows(values_only=True)] == [
        "权力", "还没有流程的权力",
    ]  # fmt: skip
    for name in ("按岗位", "按流程", "按制度", "风险等级目录"):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator(".tabs a[aria-current]").last).to_have_text(name)
        examine(page)
    document = taken(page, page.get_by_role("link", name="下载公文格式（DOCX）").click)
    assert len(docx.Document(document).tables) == 2


def test_ctrl_k_goes_to_a_power(office, browse):
    page = browse(office.official)
    go(page, f"{office.base}/lists/")
    page.keyboard.press("Control+k")
    page.locator("dialog.palette").wait_for()
    page.keyboard.type("采砂许可")
    page.locator("dialog.palette a", has_text="河道采砂许可").click()
    page.wait_for_url(f"**/views/{office.edition}/power/{LICENCE}/")
