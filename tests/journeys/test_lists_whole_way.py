"""A bureau's own spreadsheet becomes lists in force that a citizen finds and verifies.

One way through real pages, as four people go it: the clerk who keeps the lists, the head of the
bureau, those who review and file (two of them side by side), and a citizen without an account.
Between signing and the notice, and between the notice and its end, days pass for the product's
own processes; what falls due is done by its worker.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import zipfile
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browsing import CHROMIUM
from factories import guiju
from installation import PATIENCE, installed
from keeping_lists import act, begin, bring_in, checks, confirm, look, mend, open_task, submit
from office_tables import water_bureau
from offices import BEFORE, browsing, examine

ROOT = Path(__file__).parents[2]
LATER = Path(__file__).parents[1] / "later"
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.database,
]

_COUNTY = """
import json
import os
import re
import subprocess
import zipfile
from guiju.core.terms import Role
from organised import appoint, enter_person, found_post
from reviewing import Chain
county = Chain()
clerk = enter_person("C1", county.owner)
appoint(clerk, found_post("O-09", "013", name="综合股干事"))
people = {"clerk": (Role.LIST_KEEPER, clerk, county.owner)}
for code, role, unit in (
    ("O-01", Role.LEADER, county.owner),
    ("S-01", Role.LEADER, county.justice),
    ("B-01", Role.LEADER, county.staffing),
    ("G-01", Role.LEADER, county.government),
    ("W-01", Role.SUPERVISOR, county.watch),
):
    people[code] = (role, county.leaders[code][0], unit)
told = {name: (role.value, one.reference, unit.reference, one.name)
        for name, (role, one, unit) in people.items()}
print(json.dumps(told))
"""
_SIGN_IN = """
import json, sys
from guiju.base.access.models import Account
from guiju.core.terms import Role
from readers import make_account, sign_in
known = {}
for who, (role, person, unit, name) in json.loads(sys.argv[1]).items():
    made = Account.objects.filter(person=person).first() or make_account(
        Role.of(role), person=person, unit=unit, display_name=name)
    known[who] = sign_in(made).session.session_key
print(json.dumps(known))
"""


class Office:
    """An installation of people who sign in, and whose days can pass."""

    def __init__(self, made, people):
        self.made, self.people, self.known, self.base = made, people, {}, ""

    @contextmanager
    def on(self, days):
        """Serve, with the worker, as many days from now; give a page to each who enters."""
        if days:
            path = os.pathsep.join(filter(None, (str(LATER), os.environ.get("PYTHONPATH"))))
            self.made.variables |= {"PYTHONPATH": path, "TESTS_DAYS_LATER": str(days)}
        told = self.made.in_django(BEFORE + _SIGN_IN, json.dumps(self.people))
        assert told.status == 0, told.err
        self.known = json.loads(told.out.splitlines()[-1])
        with self.made.serving("--workers", "1") as server:
            self.base = f"http://127.0.0.1:{server.port}"
            failed = []
            with browsing(self) as enter:
                yield lambda who: watched(enter(who), failed)
            assert failed == []


def watched(page, failed):
    """Return a page each of whose failed answers is noted."""

    def note(answer):
        if answer.status >= HTTPStatus.BAD_REQUEST:
            failed.append((answer.status, answer.url))

    page.on("response", note)
    return page


@pytest.fixture
def office(tmp_path, founded):
    with installed(tmp_path / "whole", template=founded) as made:
        assert made.run("migrate").status == 0  # a copy of a database has none of its own rights
        told = made.in_django(BEFORE + _COUNTY)
        assert told.status == 0, told.err
        yield Office(made, json.loads(told.out.splitlines()[-1]))


def test_s3_02_from_an_own_spreadsheet_to_lists_in_force(office, tmp_path):
    with office.on(0) as enter:
        clerk = enter("clerk")
        begin(clerk, office)
        bring_in(clerk, water_bureau())
        mend(clerk)
        submit(clerk)
        be_returned(enter, clerk, office)
        be_approved(enter, office)
    with office.on(2) as enter:
        code = object_to_it(enter(""), office)
        answer(enter("clerk"), office)
        ask_for_the_answer(enter(""), office, code)
    with office.on(20) as enter:
        find_the_power(enter(""), office)
        verify(download(enter(""), office, tmp_path))
        see_it_in_force(enter("O-01"), office)


def be_returned(enter, clerk, office):
    """One of the two who review side by side returns it; the clerk mends it and submits again."""
    staffing = enter("B-01")
    open_task(staffing, office, "编制审核：水利局权责清单")
    look(staffing, "whole-review", "改了什么")
    act(staffing, "退回", "退回起草", 退回原因="河道采砂许可没有写监督电话由谁接听，请补上承办机构")
    examine(staffing, "whole-returned")

    open_task(clerk, office, "改好再送审：「水利局权责清单」")
    look(clerk, "whole-returned-clerk", "请补上承办机构")
    clerk.get_by_role("link", name=re.compile("^内容")).click()
    clerk.get_by_role("link", name="河道采砂许可").first.click()
    clerk.get_by_role("link", name="修改", exact=True).click()
    clerk.get_by_label("承办机构").fill("行政审批股")
    clerk.get_by_role("button", name="保存", exact=True).last.click()
    expect(clerk.locator(".toast")).to_contain_text("已保存权力")
    checks(clerk)
    submit(clerk)


def be_approved(enter, office):
    """Both who review side by side sign, the county's meeting approves, discipline files it."""
    legal, staffing, mayor, watch = (enter(who) for who in ("S-01", "B-01", "G-01", "W-01"))
    open_task(legal, office, "合法性审核：水利局权责清单")
    assert "还在等其他人签" in act(legal, "审核通过", "审核通过", 意见="依据齐全，同意")
    open_task(staffing, office, "编制审核：水利局权责清单")
    look(staffing, "whole-review-again", "承办机构")
    assert "县政府常务会议" in act(staffing, "审核通过", "审核通过")
    open_task(mayor, office, "县政府常务会议批准：水利局权责清单")
    assert "纪检备案" in act(mayor, "批准", "批准", 意见="会议研究同意")
    open_task(watch, office, "纪检备案：水利局权责清单")
    told = act(watch, "登记备案", "登记备案", 备案号="县纪备〔2026〕12号")
    assert "自动公示" in told
    look(watch, "whole-filed", "县纪备〔2026〕12号")


def come_back_until(citizen, office, wanted):
    """Open the portal until the worker has published what a citizen waits for.

    A page is kept by caches for some minutes, the browser's own among them; to load it again
    asks anew.
    """
    assert citizen.goto(office.base).status == 200
    wait_for(citizen, wanted)


def wait_for(citizen, wanted):
    for _ in range(PATIENCE):
        if wanted.count():
            return
        citizen.wait_for_timeout(500)
        assert citizen.reload().status == 200
    raise AssertionError(wanted)


def object_to_it(citizen, office):
    """A citizen reads the notice on the portal and objects; return the code of the receipt."""
    notice = citizen.get_by_role("link", name="对「水利局权责清单」提意见")
    come_back_until(citizen, office, notice)
    examine(citizen, "whole-portal")
    notice.click()
    citizen.get_by_label("哪里不对").fill("可采区的范围在哪里能查到，清单里没有写")
    examine(citizen, "whole-object")
    citizen.get_by_role("button", name="提交意见").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("意见已收到")
    examine(citizen, "whole-receipt")
    return citizen.locator(".open-code").inner_text()


def answer(clerk, office):
    open_task(clerk, office, "答复对「水利局权责清单」")
    look(clerk, "whole-objection", "可采区的范围在哪里能查到")
    clerk.get_by_role("link", name="答复", exact=True).click()
    clerk.get_by_label("不成立").check()
    clerk.get_by_label("答复", exact=True).fill(
        "可采区以县政府公告的采砂规划为准，规划在县政府网站公布"
    )
    examine(clerk, "whole-answer")
    assert "自动生效" in confirm(clerk, "答复")


def ask_for_the_answer(citizen, office, code):
    assert citizen.goto(office.base + "/open/").status == 200
    citizen.get_by_role("navigation").get_by_role("link", name="查答复").first.click()
    citizen.get_by_label("查询码").fill(code)
    citizen.get_by_role("button", name="查答复").click()
    look(citizen, "whole-answered", "规划在县政府网站公布")


def find_the_power(citizen, office):
    """Once the notice is over, the worker has let the lists take effect and published them."""
    newest = citizen.get_by_role("region", name="最近生效").get_by_role("link")
    come_back_until(citizen, office, newest)
    examine(citizen, "whole-portal-in-force")
    citizen.get_by_role("searchbox").fill("在河里挖沙子要什么手续")
    citizen.get_by_role("button", name="查找").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("查找")
    power = citizen.get_by_role("link", name="河道采砂许可", exact=True)
    wait_for(citizen, power)  # in effect a moment before what searches it is published
    examine(citizen, "whole-search")
    power.click()
    expect(citizen.locator("svg.flow")).to_contain_text("审查")
    expect(citizen.get_by_text("只限本县河道规划的可采区，不含禁采期")).to_be_visible()
    examine(citizen, "whole-power")


def download(citizen, office, folder):
    """Go from the power to the proof of its edition; return the folder with its files."""
    assert citizen.goto(office.base).status == 200
    citizen.get_by_role("region", name="最近生效").get_by_role("link").first.click()
    look(citizen, "whole-open-edition", "权力，3 项")
    bundle = citizen.get_by_role("link", name="下载证明（ZIP）")
    citizen.get_by_role("link", name="核对这一版有没有被改过").click()
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("核对这一版")
    wait_for(citizen, bundle)  # until both events are sealed
    examine(citizen, "whole-proof")
    with citizen.expect_download() as downloaded:
        bundle.click()
    with zipfile.ZipFile(downloaded.value.path()) as archive:
        archive.extractall(folder / "proof")
    return folder / "proof"


def verify(proof):
    """The files are what the record holds, without the network; one changed byte is found."""
    said = {path.name: path.read_bytes() for path in proof.iterdir()}
    assert "不含禁采期" in said["lists.json"].decode()
    assert "吴廉" not in said["lists.json"].decode()
    for name in ("published", "effective"):
        checked = guiju("verify", f"{name}.tlog-proof", "--log-key", "log.vkey", cwd=proof)
        assert (checked.status, "核对无误" in checked.out) == (0, True), checked
    assert sums(proof) == 0
    for name in ("lists.json", "published.json"):
        spoilt = bytearray(said[name])
        spoilt[len(spoilt) // 2] ^= 1
        (proof / name).write_bytes(spoilt)
        assert sums(proof) == 1
        (proof / name).write_bytes(said[name])
    (proof / "published.json").write_bytes(
        said["published.json"].replace(b'"ordinal":1', b'"ordinal":7')
    )
    assert guiju("verify", "published.tlog-proof", cwd=proof).status == 1


def sums(proof):
    """Return the exit status of the citizen's own ``sha256sum``."""
    command = ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"]
    return subprocess.run(command, cwd=proof, capture_output=True, check=False).returncode


def see_it_in_force(head, office):
    """The head of the bureau finds the lists in force, and who signed them."""
    assert head.goto(office.base + "/lists/").status == 200
    head.get_by_role("link", name="水利局权责清单").first.click()
    expect(head.locator("h1")).to_contain_text("生效")
    examine(head, "whole-in-force")
    head.get_by_role("link", name="审核", exact=True).click()
    look(head, "whole-signed", "县纪备〔2026〕12号")
