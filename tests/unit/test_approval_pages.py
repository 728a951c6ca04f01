"""Pages of a review: what each reader sees and may do; the same for programs."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from api_story import is_problem, program
from guiju.core.lists.words import EditionState
from guiju.core.terms import Role
from guiju.define.approval.actions import effect
from guiju.define.approval.models import Comment, Objection, Review, SignOff
from organised import KEEPER
from readers import make_account, sign_in
from recorded import NOON
from reviewing import Chain, draft_of, effective, nothing_found, passed, sign, submitted
from small_edition import LICENCE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def now(monkeypatch):
    """The day on which the county's people hold their posts."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or NOON).date())


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def edition(county):
    return draft_of(county.owner)


def at(edition, *more):
    return "/approval/" + "/".join([edition.reference.partition(":")[2], *more]) + "/"


def browser(county, code, role=Role.LEADER):
    person, _ = county.leaders[code]
    unit = {"S": county.justice, "B": county.staffing, "G": county.government, "W": county.watch}
    return sign_in(make_account(role, person=person.reference, unit=unit[code[0]].reference))


def keeper(county):
    return sign_in(make_account(Role.LIST_KEEPER, unit=county.owner.reference))


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_draft_shows_whom_its_chain_would_ask_and_its_keeper_submits_it(county, edition):
    client = keeper(county)
    page = shown(client, at(edition))
    for words in ("合法性审核", "县政府常务会议批准", "人员LG-01", "送审", "本单位第一版"):
        assert words in page
    sent = client.post(at(edition, "submit"), {"key": str(uuid.uuid4())})
    page = sent.content.decode()
    assert "内容锁定" in page
    assert "人员LS-01" in page
    done = client.post(at(edition, "submit"), {"confirmed": "yes"})
    assert done.status_code == 302
    edition.refresh_from_db()
    assert edition.state == EditionState.IN_REVIEW.value
    assert client.get(at(edition, "submit")).status_code == 404


def test_a_reviewer_outside_the_unit_opens_what_is_put_before_them_and_signs(county, edition):
    client = browser(county, "S-01")
    assert client.get(at(edition)).status_code == 404
    review = submitted(edition)
    page = shown(client, at(edition))
    assert at(edition, "sign") in page
    assert at(edition, "submit") not in page
    assert "水利局清单" in shown(client, "/approval/")
    sent = {"digest": review.digest, "opinion": "同意"}
    question = client.post(at(edition, "sign"), sent).content.decode()
    assert "还在等其他人签" in question
    assert client.post(at(edition, "sign"), sent | {"confirmed": "yes"}).status_code == 302
    assert SignOff.objects.get().person == county.leaders["S-01"][0].reference
    assert client.get(at(edition, "sign")).status_code == 404
    assert "已签" in shown(client, "/approval/")
    town = sign_in(make_account(Role.LEADER, unit=county.town.reference))
    for more in ((), ("sign",), ("send-back",), ("remark",)):
        assert town.get(at(edition, *more)).status_code == 404


def test_a_return_says_what_it_undoes(county, edition):
    review = submitted(edition)
    client = browser(county, "B-01")
    sent = {"digest": review.digest, "reason": "编制不符"}
    assert "签署失效" in client.post(at(edition, "send-back"), sent).content.decode()
    client.post(at(edition, "send-back"), sent | {"confirmed": "yes"})
    page = shown(keeper(county), at(edition))
    assert "编制不符" in page


def test_a_review_is_shown_in_a_known_number_of_queries(
    county, edition, django_assert_max_num_queries
):
    submitted(edition)
    client = browser(county, "S-01")
    client.get(at(edition))
    with django_assert_max_num_queries(40):
        client.get(at(edition))


def test_the_last_signature_says_that_notice_begins(county, edition):
    review = submitted(edition)
    for code in ("S-01", "B-01", "G-01"):
        sign(review, county.actor(code))
    client = browser(county, "W-01")
    sent = {"digest": review.digest, "number": "备1", "filed": "2026-11-25"}
    assert "自动公示" in client.post(at(edition, "sign"), sent).content.decode()
    client.post(at(edition, "sign"), sent | {"confirmed": "yes"})
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLIC_NOTICE.value
    assert "备1" in shown(client, at(edition))


def test_objecting_and_answering_on_pages(county, edition, monkeypatch):
    passed(county, submitted(edition))
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=1))
    monkeypatch.setattr(timezone, "localdate", lambda at=None: (at or timezone.now()).date())
    client = keeper(county)
    sent = {"text": "时限太长", "contact": "13800138000", "confirmed": "yes"}
    other = browser(county, "S-01")
    assert other.post(at(edition, "object"), sent).status_code == 302
    row = Objection.objects.get()
    page = shown(client, at(edition))
    assert "时限太长" in page
    assert "13800138000" not in page
    assert "时限太长" not in shown(other, at(edition))
    answer = f"/approval/objections/{row.reference.partition(':')[2]}/"
    assert other.get(answer + "answer/").status_code == 404
    opened = client.post(answer + "contact/", {"item": "contact", "reason": "告知异议的处理结果"})
    assert "13800138000" in opened.content.decode()
    told = {"verdict": "dismissed", "answer": "有文件依据", "confirmed": "yes"}
    assert client.post(answer + "answer/", told).status_code == 302
    assert client.get(answer + "answer/").status_code == 404


def test_a_remark_is_left_at_a_power_and_shown_there(county, edition):
    submitted(edition)
    client = browser(county, "S-01")
    sent = {"text": "时限够吗", "kind": "power", "code": LICENCE, "key": str(uuid.uuid4())}
    done = client.post(at(edition, "remark"), sent)
    assert done["Location"].endswith(f"#power-{LICENCE}")
    client.post(at(edition, "remark"), sent)
    assert Comment.objects.count() == 1
    assert "时限够吗" in shown(keeper(county), at(edition))
    assert client.post(at(edition, "remark"), {"text": ""}).status_code == 400


def test_a_leader_suspends_and_resumes_and_repeals(county, edition):
    effective(county, edition)
    leader = sign_in(make_account(Role.LEADER, unit=county.owner.reference))
    assert at(edition, "suspend") in shown(leader, at(edition).replace("approval", "lists"))
    assert leader.get(at(edition, "resume")).status_code == 404
    assert keeper(county).get(at(edition, "suspend")).status_code == 404
    sent = {"reason": "上位法修改", "confirmed": "yes"}
    for act in ("suspend", "resume", "repeal"):
        assert leader.post(at(edition, act), sent).status_code == 302
    edition.refresh_from_db()
    assert edition.state == EditionState.REPEALED.value


def test_s2_12_the_clean_up_lists_powers_and_takes_verdicts(county, edition):
    effective(county, edition)
    second = draft_of(county.owner)
    client = keeper(county)
    assert "照旧保留" in shown(client, at(second, "cleanup"))
    where = at(second, "cleanup", LICENCE)
    sent = {"verdict": "cancel", "reason": "文件废止", "confirmed": "yes"}
    assert client.post(where, sent).status_code == 302
    assert "新版里仍在用" in shown(client, at(second, "cleanup"))
    assert client.get(at(edition, "cleanup")).status_code == 404
    assert client.get(at(second, "cleanup", "nothing")).status_code == 404


def test_a_suspended_edition_tells_its_state(county, edition):
    effective(county, edition)
    effect.suspend(edition=edition.reference, reason="核查", by=KEEPER, at=NOON)
    assert "暂停" in shown(keeper(county), at(edition))


def test_programs_list_read_sign_and_return_as_pages_do(county, edition):
    review = submitted(edition)
    person = county.leaders["S-01"][0].reference
    one = program(account=make_account(Role.LEADER, unit=county.justice.reference, person=person))
    (row,) = one.get("/approval/reviews")["rows"]
    assert (row["step"], row["is_open"]) == ("合法性审核", True)
    address = f"/approval/editions/{edition.reference.partition(':')[2]}/review"
    told = one.get(address)
    assert (told["digest"], told["may_sign"], len(told["steps"])) == (review.digest, True, 4)
    wrong = one.ask("POST", address + "/sign", {"digest": "0" * 64})
    is_problem(wrong, 409, "APPROVAL-17")
    done = one.ask("POST", address + "/sign", {"digest": review.digest, "opinion": "同意"})
    assert done.status_code == 200
    again = one.ask("POST", address + "/sign", {"digest": review.digest})
    is_problem(again, 403, "APPROVAL-14")
    stranger = program(Role.LEADER, unit=county.town.reference)
    is_problem(stranger.ask("GET", address), 404, "API-01")
    other = county.leaders["B-01"][0].reference
    two = program(account=make_account(Role.LEADER, unit=county.staffing.reference, person=other))
    sent = {"digest": review.digest, "reason": "编制不符"}
    assert two.ask("POST", address + "/send-back", sent).status_code == 200
    assert Review.objects.get().state == "returned"
