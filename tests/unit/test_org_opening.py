"""Opening a person's sealed values and declarations: in scope, for a reason, with an event."""

import json

import pytest

from guiju.base.org.actions import interests
from guiju.base.record import vault
from guiju.base.record.models import Event
from guiju.core.organisation.words_bodies import InterestKind
from guiju.core.terms import Role
from organised import ACT, County, enter_person
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NUMBER, PHONE = "11010519491231002X", "13800138000"
REASON = "核对干部任免审批表"


@pytest.fixture
def county():
    return County()


@pytest.fixture
def person(county):
    found = enter_person("Q", county.bureau, name="欧阳娜娜", id_number=NUMBER, phone=PHONE)
    interests.declare_interest(
        person=found.reference,
        kind=InterestKind.SPOUSE,
        content={"who": "李四", "where": "某公司"},
        **ACT,
    )
    return found


def address(person):
    return f"/org/people/{person.reference.partition(':')[2]}/open/"


def send(client, person, item, status=200, **changes):
    response = client.post(address(person), {"item": item, "reason": REASON} | changes)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def opened():
    rows = Event.objects.filter(kind="record.sealed.opened").order_by("id")
    return [json.loads(bytes(row.entry))["data"]["item"] for row in rows]


def test_one_value_is_opened_at_a_time_and_only_on_the_answer(county, person):
    client = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
    asked = client.get(address(person)).content.decode()
    page = client.get(address(person).replace("open/", "")).content.decode()
    assert "查阅密封信息" in page
    for text in (asked, page, client.get("/org/people/?search=Q").content.decode()):
        assert NUMBER not in text
        assert PHONE not in text
        assert "李四" not in text
    number = send(client, person, "id_number")
    assert NUMBER in number
    assert PHONE not in number
    assert PHONE in send(client, person, "phone")
    assert opened() == ["id_number", "phone"]
    for row in Event.objects.filter(kind="record.sealed.opened"):
        assert NUMBER.encode() not in bytes(row.entry)
        assert row.object == person.reference


def test_a_declaration_is_opened_alone(county, person):
    client = reader(Role.SUPERVISOR)
    text = client.get(address(person)).content.decode()
    start = text.index("interest:")
    interest = text[start : text.index('"', start)]
    assert "申报：" in text
    shown = send(client, person, interest)
    assert "李四" in shown
    assert "某公司" in shown
    assert opened() == ["declaration"]
    send(client, person, "interest:none", 400)
    assert opened() == ["declaration"]


def test_without_a_reason_or_a_choice_nothing_is_opened(person):
    client = reader(Role.ORG_KEEPER)
    for item, reason in (("id_number", "看看"), ("", REASON), ("strange", REASON)):
        assert NUMBER not in send(client, person, item, 400, reason=reason)
    assert opened() == []


def test_outside_of_the_scope_or_without_the_permission_there_is_no_such_page(county, person):
    for client in (
        reader(Role.ORG_KEEPER, unit=county.town.reference),
        reader(Role.STAFF),
        reader(Role.LEADER),
        reader(Role.AUDIT_ADMIN),
        reader(Role.SYSTEM_ADMIN),
    ):
        assert client.get(address(person)).status_code == 404
        send(client, person, "id_number", 404)
    assert opened() == []


def test_whoever_may_not_bar_is_not_asked_and_what_they_send_is_left_alone(person):
    keeper = reader(Role.ORG_KEEPER)
    assert "暂不告知" not in keeper.get(address(person)).content.decode()
    send(keeper, person, "phone", basis="监察法", until="2026-12-01")
    entry = json.loads(bytes(Event.objects.get(kind="record.sealed.opened").entry))
    assert entry["data"]["until"] == ""
    assert "暂不告知" in reader(Role.SUPERVISOR).get(address(person)).content.decode()


def test_what_was_erased_is_not_offered(person):
    vault.key_store().erase(person.reference)
    client = reader(Role.ORG_KEEPER)
    assert "RECORD-20" in send(client, person, "id_number", 400)
    assert opened() == []
