"""S2-13: anybody objects during the notice, without signing in; nobody floods, nothing is lost."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client

from guiju.define.approval.actions import noticing
from guiju.define.approval.models import Objection
from guiju.publish.portal.models import Sender, SendingHour
from guiju.publish.portal.pages import answers, objecting
from guiju.publish.portal.slowing import Slowing, forget_past
from organised import KEEPER
from publishing import NEXT_DAY, address, noticed, published, text_of
from recorded import NOON
from reviewing import Chain, nothing_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """It is the first day of the notice, and nobody has sent anything."""
    for module in (objecting, answers):
        monkeypatch.setattr(module.timezone, "now", lambda: NEXT_DAY)


@pytest.fixture
def county(monkeypatch):
    nothing_found(monkeypatch)
    return Chain()


@pytest.fixture
def issue(county):
    return noticed(county)


def send(issue, client=None, status=200, headers=None, **said):
    form = {"text": "时限比邻县长一倍", "name": "", "contact": "", "key": str(uuid.uuid4())} | said
    response = (client or Client(enforce_csrf_checks=True)).post(
        address(issue, "object", ""), form, headers=headers or {}
    )
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def code_in(text):
    found = re.search(r"open-code\W+code>(\w{12})<", text)
    assert found, text.partition("<main")[2]
    return found[1]


def ask(code, status=200, headers=None):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/open/answers/", {"code": code}, headers=headers or {})
    assert response.status_code == status
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_s2_13_the_board_shows_what_is_in_notice_and_how_to_object(issue):
    text = text_of("/open/")
    assert f"{address(issue, 'object', '')}" in text
    page = text_of(address(issue, ""))
    assert "这一版正在公示，还没有生效" in page
    form = Client().get(address(issue, "object", ""))
    assert "no-store" in form["Cache-Control"]
    assert not form.cookies


def test_s2_13_an_objection_is_taken_and_its_answer_is_found_by_its_code(issue):
    code = code_in(send(issue, name="李四", contact="13800138000"))
    row = Objection.objects.get()
    assert row.code == code
    assert b"13800138000" not in bytes(row.contact)
    assert "还没有答复" in ask(code.lower())
    noticing.answer(
        objection=row.reference, is_upheld=False, said="依法定时限", by=KEEPER, at=NEXT_DAY
    )
    told = ask(f" {code[:4]}-{code[4:8]} {code[8:]} ")
    for word in ("时限比邻县长一倍", "依法定时限"):
        assert word in told
    assert KEEPER.person not in told
    assert "13800138000" not in told


def test_nobody_has_to_say_who_they_are(issue):
    send(issue)
    row = Objection.objects.get()
    assert (row.contact, row.person) == (None, "")


def test_a_form_that_is_sent_twice_is_one_objection_with_the_same_code(issue):
    key = str(uuid.uuid4())
    codes = {code_in(send(issue, key=key)) for _ in range(2)}
    assert len(codes) == 1
    assert Objection.objects.count() == 1


def test_the_key_of_the_event_does_not_give_the_code_away(issue):
    from guiju.base.record.models import Event  # noqa: PLC0415 - beside its use

    first = code_in(send(issue))
    shown = Event.objects.get(kind="approval.edition.objected").key
    other = code_in(send(issue, key=str(shown)))
    assert other != first


@pytest.mark.parametrize(
    "said",
    [{"text": ""}, {"text": "字" * 2001}, {"text": "坏\x00字"}, {"text": "坏\x07字"},
     {"contact": "字" * 121}, {"name": "字" * 61}, {"name": "两\x07行"}],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused_and_nothing_typed_is_lost(issue, said):
    text = send(issue, status=400, **({"text": "写了很久的意见"} | said))
    assert "还没有提交，请改正下面的问题" in text
    if "text" not in said:
        assert "写了很久的意见" in text
    assert not Objection.objects.exists()


def test_hostile_text_is_shown_as_text(issue):
    told = "<script>alert(1)</script>{{ 7*7 }}"
    text = ask(code_in(send(issue, text=told)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text
    assert "<script" not in text


def test_whoever_sends_too_much_has_to_wait_and_keeps_what_they_wrote(issue):
    for _ in range(objecting.SLOWING.most):
        send(issue)
    text = send(issue, status=400, text="第七件")
    assert "PORTAL-03" in text
    assert "第七件" in text
    assert Objection.objects.count() == objecting.SLOWING.most


def test_codes_cannot_be_tried_out(issue):
    assert "PORTAL-05" in ask("AAAAAAAAAAAA", 400)
    for _ in range(answers.SLOWING.most):
        last = ask("BBBBBBBBBBBB", 400)
    assert "PORTAL-04" in last


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_other_sites_send_nothing_in_a_readers_name(issue, headers):
    assert "PORTAL-02" in send(issue, status=400, headers=headers)
    assert "PORTAL-02" in ask("AAAAAAAAAAAA", 400, headers)
    assert not Objection.objects.exists()
    send(issue, headers={"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"})


def test_outside_of_the_notice_there_is_no_form(county, monkeypatch):
    issue = noticed(county)
    last = issue.notice_to
    for days in (0, 60):
        at = NOON if not days else NOON + timedelta(days=(last - NOON.date()).days + 1)
        monkeypatch.setattr(objecting.timezone, "now", lambda at=at: at)
        response = Client().get(address(issue, "object", ""))
        assert response.status_code == 404


def test_what_is_in_effect_takes_no_objections(county):
    issue = published(county)[0]
    assert Client().post(address(issue, "object", ""), {"text": "x"}).status_code == 404
    assert not Objection.objects.exists()


def test_an_edition_sent_back_by_an_objection_leaves_the_portal(issue):
    send(issue)
    row = Objection.objects.get()
    noticing.answer(objection=row.reference, is_upheld=True, said="改", by=KEEPER, at=NEXT_DAY)
    assert "这一版在公示中退回修改" in text_of(address(issue, ""), 410)
    assert "某县水利局" not in text_of("/open/")


def test_addresses_are_counted_for_an_hour_and_not_kept():
    slowing = Slowing("objection", 2)
    waits = [slowing.seconds_to_wait("192.0.2.1", at=NOON) > 0 for _ in range(3)]
    assert waits == [False, False, True]
    assert not slowing.seconds_to_wait("192.0.2.2", at=NOON)
    kept = [*Sender.objects.values_list(), *SendingHour.objects.values_list()]
    assert "192.0.2" not in repr(kept)
    later = NOON + timedelta(hours=1)
    assert not slowing.seconds_to_wait("192.0.2.1", at=later)
    assert SendingHour.objects.count() == Sender.objects.count() == 1
    assert forget_past(later) == 0
    assert forget_past(later + timedelta(hours=1)) == 1
    assert not Sender.objects.exists()


def test_each_thing_is_counted_for_itself_and_an_ipv6_house_is_one_address():
    one, other = Slowing("objection", 1), Slowing("answer", 1)
    assert not one.seconds_to_wait("2001:db8::1", at=NOON)
    assert not other.seconds_to_wait("2001:db8::1", at=NOON)
    assert one.seconds_to_wait("2001:db8::2", at=NOON)
    assert not one.seconds_to_wait("2001:db8:1::1", at=NOON)


def test_a_flood_writes_nothing(django_assert_num_queries):
    slowing = Slowing("objection", 1)
    slowing.seconds_to_wait("192.0.2.1", at=NOON)
    with django_assert_num_queries(2):
        assert slowing.seconds_to_wait("192.0.2.1", at=NOON) == 3600
    assert Sender.objects.get().count == 1


def test_processes_of_the_server_count_together(record_database):
    def send(_number):
        try:
            return Slowing("objection", 6).seconds_to_wait("192.0.2.1", at=NOON) == 0
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(send, range(24)))
    assert sum(allowed) == 6
