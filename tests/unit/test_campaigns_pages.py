"""Pages of a campaign: what each reader sees and may do, and the forms that come of it."""

import io
import uuid
import zipfile

import openpyxl
import pytest
from django.utils import timezone

from api_story import is_problem, program
from finding import BARE, House, answered, proposed, taken
from guiju.base.org.models import Person
from guiju.base.record.actor import Actor
from guiju.core.lists.lint.gate import RISKY
from guiju.core.lists.model import ItemKind, step_key
from guiju.core.lists.words import RiskState
from guiju.core.lists.words_campaigns import Gate
from guiju.core.terms import Role
from guiju.define.campaigns.models import Ask, Campaign, Proposal
from guiju.define.lists.reads.items import item_with
from readers import make_account, sign_in
from recorded import NOON
from small_edition import LICENCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day on which the county's people hold their posts."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def house():
    return House()


@pytest.fixture
def campaign(house):
    return house.begin()


def at(campaign, *more):
    return "/campaigns/" + "/".join([campaign.reference.partition(":")[2], *map(str, more)]) + "/"


def member(house, post="审批股长", role=Role.STAFF):
    person = next(who for who, held in house.leaders.values() if held.name == post)
    unit = house.owner.reference
    return sign_in(make_account(role, person=person.reference, unit=unit))


def actor(house, post="审批股长"):
    who, held = next((who, held) for who, held in house.leaders.values() if held.name == post)
    return Actor(who.reference, post=held.reference)


def keeper(house):
    return sign_in(make_account(Role.LIST_KEEPER, unit=house.owner.reference))


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def done(client, address, **sent):
    """Fill a form, read what it asks, confirm; return the question."""
    sent |= {"key": str(uuid.uuid4())}
    question = client.post(address, sent)
    assert question.status_code == 200, question.content.decode()
    answer = client.post(address, sent | {"confirmed": "yes"})
    assert answer.status_code == 302, answer.content.decode()
    return question.content.decode()


def test_s0_14_a_keeper_begins_a_campaign_from_the_edition(house):
    client = keeper(house)
    edition = house.edition.reference.partition(":")[2]
    assert "开始风险排查" in shown(client, f"/lists/{edition}/")
    begin = f"/campaigns/editions/{edition}/begin/"
    assert "相互帮" in shown(client, begin)
    posts = [house.leaders["O-01"][1].reference, house.leaders["O-02"][1].reference]
    said = done(client, begin, name="年度排查", days=5, channels=["self", "mutual"], posts=posts)
    assert "2 个岗位" in said
    assert "不设指标" in said
    made = Campaign.objects.get()
    assert (made.channels, Ask.objects.count()) == (["self", "mutual"], 2)
    assert "年度排查" in shown(client, f"/campaigns/editions/{edition}/")
    refused = client.post(begin, {"name": "", "days": 0})
    assert refused.status_code == 400


def test_who_has_not_answered_is_always_visible_and_urged(house, campaign):
    client = keeper(house)
    page = shown(client, at(campaign))
    assert "没有答复的 5 人" in page
    ask = Ask.objects.get(campaign=campaign, post_name="审批股长")
    done(client, at(campaign, "urge", ask.number), note="请尽快")
    staff = member(house)
    assert "没有答复的 5 人" in shown(staff, at(campaign))
    assert staff.get(at(campaign, "urge", ask.number)).status_code == 404
    answered(campaign, ask.person, "逐项核对过，没有发现")
    assert "没有答复的 4 人" in shown(client, at(campaign))
    assert client.get(at(campaign, "urge", ask.number)).status_code == 404


def test_s0_15_a_clerk_proposes_for_their_post_and_hears_at_once_what_is_alike(house, campaign):
    client = member(house)
    assert "风险排查" in shown(client, "/campaigns/mine/")
    page = shown(client, at(campaign, "answer"))
    assert f"propose/?power={LICENCE}" in page
    assert "河道采砂许可" in page
    form = shown(client, at(campaign, "propose") + f"?power={LICENCE}")
    assert 'value="L1|2" selected' in form
    sent = {
        "power": LICENCE, "spot": "L1|2", "channel": "self", "post": "审批股长", "layer": "post",
        "dimensions": ["duties"], "text": "审查时放宽条件收受好处", "manifestation": "",
        "probability": "2", "harm": "3", "grade": "1",
    }  # fmt: skip
    assert "相似" not in done(client, at(campaign, "propose"), **sent)
    assert "与已有的一条提议相同" in done(client, at(campaign, "propose"), **sent)
    assert "看不出具体风险" in done(client, at(campaign, "propose"), **sent | {"text": "待完善"})
    assert Proposal.objects.filter(person=actor(house).person, role="审批股长").count() == 3
    assert "我提出的 3 条" in shown(client, at(campaign, "answer"))
    wrong = client.post(at(campaign, "propose"), sent | {"channel": "leader"})
    assert wrong.status_code == 400
    ask = Ask.objects.get(campaign=campaign, post_name="审批股长")
    assert "您提出了 3 个风险" in done(client, at(campaign, "answer", ask.number), reason="")
    other = member(house, "窗口")
    assert other.get(at(campaign, "answer", ask.number)).status_code == 404


def test_no_risk_found_needs_a_reason_on_the_page(house, campaign):
    client = member(house, "窗口")
    ask = Ask.objects.get(campaign=campaign, post_name="窗口")
    sent = {"reason": "", "key": str(uuid.uuid4()), "confirmed": "yes"}
    refused = client.post(at(campaign, "answer", ask.number), sent)
    assert refused.status_code == 400
    assert "CAMPAIGN-16" in refused.content.decode()
    done(client, at(campaign, "answer", ask.number), reason="逐步核对受理，当场出回执")


def test_the_board_shows_posts_not_names_and_is_the_keepers(house, campaign):
    one = proposed(campaign, actor(house))
    other = proposed(
        campaign, actor(house, "局长"), role="局长", text="审查时放宽条件，为不符合条件的人办事"
    )
    client, staff = keeper(house), member(house)
    page = shown(client, at(campaign, "board"))
    assert "2 条相似" in page
    assert "审批股长" in page
    assert "人员LO-01" not in page
    assert staff.get(at(campaign, "board")).status_code == 404
    proposer = Person.objects.get(reference=actor(house).person).name
    history = shown(client, at(campaign)).partition('id="history"')[2]
    assert "开始「风险排查」" in history
    assert proposer not in history
    keys = [one.reference.partition(":")[2], other.reference.partition(":")[2]]
    form = shown(client, at(campaign, "merge") + "?" + "&".join(f"proposal={k}" for k in keys))
    assert "归并 2 条提议" in form
    text = "审查时放宽条件"
    done(client, at(campaign, "merge"), proposals=" ".join(keys), onto="", text=text)
    risk = item_with(campaign.edition, ItemKind.RISK, "FX-001")
    assert (risk.text, risk.found_by) == (text, "审批股长、局长")
    third = proposed(campaign, actor(house), text="与采砂无关的事").reference.partition(":")[2]
    done(client, at(campaign, "reject"), proposals=third, reason="不属本项权力")
    assert "不属本项权力" in shown(staff, at(campaign, "answer"))
    assert "没有待归并的提议" in shown(client, at(campaign, "board"))


def to_the_gate(house, campaign):
    for flow in BARE.flows:
        for node in (one for one in flow.steps if one.step in RISKY):
            where = {"power": flow.power, "flow": flow.code, "step": step_key(node)}
            text = f"{flow.name}{node.name}时放宽第{step_key(node)}步条件"
            taken(campaign, proposed(campaign, actor(house), text=text, **where))
    answered(campaign, actor(house).person)


def test_s3_16_the_gate_is_confirmed_point_by_point_then_risks_are_graded(house, campaign):
    client = keeper(house)
    assert "检查没有放过" in shown(client, at(campaign, "gates"))
    assert "暂不能定级" in shown(client, at(campaign, "grading"))
    to_the_gate(house, campaign)
    for gate in Gate:
        words = {"verdict": "yes", "reason": "逐项看过"}
        done(client, at(campaign, "gates", gate.value), **words)
    assert "四关都过了" in shown(client, at(campaign, "gates"))
    assert client.get(at(campaign, "gates", "none")).status_code == 404
    grade = at(campaign, "grading", "FX-001")
    told = done(client, grade, answers=["1-scope"], probability="1", harm="1", grade="", reason="")
    assert "不一致，用较严的" in told
    risk = item_with(campaign.edition, ItemKind.RISK, "FX-001")
    assert (risk.grade, risk.state) == (1, RiskState.GRADED)
    sent = {"answers": ["1-scope"], "grade": "3", "reason": "", "confirmed": "yes"}
    refused = client.post(grade, sent | {"key": str(uuid.uuid4())})
    assert "CAMPAIGN-27" in refused.content.decode()
    assert member(house).get(grade).status_code == 404


def file(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content


def test_s4_14_s4_23_s4_27_s4_28_s4_29_the_forms_are_made_from_the_data(house, campaign):
    to_the_gate(house, campaign)
    client = keeper(house)
    page = shown(client, at(campaign, "forms"))
    for name in ("部门权力清单", "个人岗位风险点自查表", "部门岗位风险点自查表"):
        assert name in page
    for number in range(2, 7):
        docx = zipfile.ZipFile(io.BytesIO(file(client, at(campaign, "forms", number, "docx"))))
        text = docx.read("word/document.xml").decode()
        assert 'w:orient="landscape"' in text
        book = openpyxl.load_workbook(
            io.BytesIO(file(client, at(campaign, "forms", number, "xlsx")))
        )
        rows = list(book.active.iter_rows(values_only=True))
        assert rows[2][0] == "序号"
        assert all(str(cell) in text for cell in rows[2] if cell)
    own = io.BytesIO(file(client, at(campaign, "forms", 3, "xlsx") + "?post=审批股长"))
    said = [cell for row in openpyxl.load_workbook(own).active.iter_rows(values_only=True)
            for cell in row if cell]  # fmt: skip
    assert any("采砂许可审查时放宽" in cell for cell in said)
    assert any(cell.startswith("本人签字：审批股长") and "2026" in cell for cell in said)
    assert client.get(at(campaign, "forms", 7, "docx")).status_code == 404
    assert client.get(at(campaign, "forms", 3, "pdf")).status_code == 404


def test_a_stranger_to_the_unit_finds_nothing(house, campaign):
    town = sign_in(make_account(Role.LIST_KEEPER, unit=house.town.reference))
    for more in ((), ("board",), ("gates",), ("grading",), ("forms",), ("answer",), ("propose",)):
        assert town.get(at(campaign, *more)).status_code == 404


def test_pages_cost_the_same_however_much_was_proposed(
    house, campaign, django_assert_max_num_queries
):
    for number in range(12):
        proposed(campaign, actor(house), text=f"第{number}种放宽审查条件的做法")
    client = keeper(house)
    for page in ((), ("board",), ("gates",), ("grading",), ("forms",), ("answer",)):
        client.get(at(campaign, *page))
        with django_assert_max_num_queries(24):
            client.get(at(campaign, *page))
    with django_assert_max_num_queries(16):
        client.get("/campaigns/")


def test_programs_propose_answer_and_read_as_pages_do(house, campaign):
    person = actor(house).person
    clerk = program(account=make_account(Role.STAFF, person=person, unit=house.owner.reference))
    (row,) = clerk.get("/campaigns")["rows"]
    assert (row["asked"], row["answered"], row["state"]) == (5, 0, "open")
    base = f"/campaigns/{campaign.reference.partition(':')[2]}"
    told = clerk.get(base)
    ask = next(one for one in told["waiting"] if one["person"] == person)
    refused = clerk.ask("POST", f"{base}/asks/{ask['number']}/answer", {"reason": ""})
    is_problem(refused, 400, "CAMPAIGN-16")
    sent = {
        "power": LICENCE, "flow": "L1", "step": "2", "post": "审批股长", "channel": "self",
        "layer": "post", "dimensions": ["duties"], "text": "审查时放宽条件收受好处", "harm": 3,
    }  # fmt: skip
    assert clerk.post(f"{base}/proposals", sent)["reference"].startswith("proposal:")
    leading = clerk.ask("POST", f"{base}/proposals", sent | {"channel": "leader"})
    is_problem(leading, 400, "CAMPAIGN-14")
    (mine,) = clerk.get(f"{base}/proposals")
    assert (mine["state"], mine["text"], mine["risk"]) == ("open", sent["text"], "")
    assert clerk.ask("POST", f"{base}/asks/{ask['number']}/answer", {}).status_code == 200
    assert clerk.get(base)["answered"] == 1
    stranger = program(Role.STAFF, unit=house.town.reference)
    is_problem(stranger.ask("GET", base), 404, "API-01")
    is_problem(stranger.ask("POST", f"{base}/proposals", sent), 404, "API-01")
