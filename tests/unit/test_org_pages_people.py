"""People and bodies as pages, and what Ctrl K finds of the organisation."""

from datetime import date

import pytest

from guiju.base.org.actions import bodies, delegations, members, people
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.delegations import Mandate
from guiju.base.org.actions.members import Seating
from guiju.core.organisation.words_bodies import BodyKind, MemberRole, SupervisionChannel
from guiju.core.terms import Role
from organised import ACT, BEGUN, TODAY, County, appoint, enter_person
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LIST, DETAIL = 12, 15
"""Queries that a list and a page of one thing may cost, signing in included."""
NUMBER = "11010519491231002X"


@pytest.fixture
def county(data_folder):
    return County()


def page(client, address="", status=200):
    response = client.get(f"/org/{address}")
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def of(row, more=""):
    nouns = {"person": "people", "body": "bodies", "post": "posts"}
    noun, _, number = row.reference.partition(":")
    return f"{nouns[noun]}/{number}/{more}"


def found(county, name="领导小组", kind=BodyKind.LEADING_GROUP, **changes):
    facts = {"host": county.bureau.reference, "founded": BEGUN} | changes
    return bodies.found_body(facts=BodyFacts(name, kind, **facts), **ACT)


def add(body, role, end=None, **who):
    seat = Seating(role, **{name: row.reference for name, row in who.items()})
    return members.add_member(body=body.reference, seating=seat, start=BEGUN, end=end, **ACT)


def test_s2_01_people_are_found_by_how_their_name_begins_or_by_number(county):
    enter_person("Q1", county.town, name="王某")
    appoint(county.people[0], county.chief)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    html = page(client, "people/")
    assert "共 6 行" in html
    assert "王某" not in html
    assert "岗位J1-03" in html
    assert "共 1 行" in page(client, "people/?search=P3")
    assert "共 6 行" in page(client, "people/?search=人员")
    assert "没有符合条件的行" in page(client, "people/?search=员")
    assert "共 1 行" in page(reader(Role.STAFF), "people/?search=王&unit=Z")


def test_who_has_left_is_told_apart_and_the_list_is_exported_without_what_is_sealed(county):
    enter_person("Q1", county.bureau, name="王某", id_number=NUMBER)
    people.person_left(person=county.people[0].reference, on=date(2021, 1, 1), **ACT)
    client = reader(Role.LEADER)
    assert "共 1 行" in page(client, "people/?state=left")
    assert "共 6 行" in page(client, "people/?state=serving")
    response = client.get("/org/people/?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert "王某" in text
    assert NUMBER not in text


def test_pages_of_people_lead_to_one_another_by_key(county):
    for number in range(60):
        enter_person(f"N{number:02}", county.town)
    client, address, names = reader(Role.STAFF), "/org/people/?unit=Z", []
    while address:
        listed = client.get(address).context["listed"]
        names += [str(line.cells[1].value) for line in listed.lines]
        address = listed.after
    assert names == [f"N{number:02}" for number in range(60)]


def test_a_persons_page_shows_posts_delegations_and_bodies_with_what_is_sealed_masked(county):
    person = enter_person("Q1", county.bureau, name="王某", id_number=NUMBER)
    appoint(person, county.chief, end=date(2019, 1, 1))
    appoint(person, county.deputy, start=date(2019, 1, 1))
    appoint(county.people[2], county.book_keeper)
    appoint(county.people[3], county.chief, start=date(2019, 1, 1))
    mandate = Mandate(
        county.deputy.reference, person.reference, county.people[3].reference,
        TODAY, date(2099, 1, 1), "外出学习",
    )  # fmt: skip
    delegations.delegate(mandate=mandate, **ACT)
    add(found(county), MemberRole.CHAIR, person=person)
    html = page(reader(Role.ORG_KEEPER), of(person))
    now, past = html.split("历任和将任", 1)
    assert "岗位J-02" in now
    assert "岗位J1-03" in past
    assert "人员P4" in past
    assert "整个岗位" in past
    assert "领导小组" in past
    assert "已密封" in past
    assert NUMBER not in html
    assert NUMBER[-4:] not in html
    assert "受托于" in page(reader(Role.STAFF), of(county.people[3]))


def test_an_erased_persons_page_says_so(county):
    from django.utils import timezone  # noqa: PLC0415 - beside its use

    from guiju.base.org.models import Person  # noqa: PLC0415 - as above
    from guiju.base.record import wall  # noqa: PLC0415 - as above

    person = county.people[0]
    with wall.opened():
        Person.objects.filter(pk=person.pk).update(name="", erased_at=timezone.now())
    client = reader(Role.STAFF)
    assert "个人信息已依法清除" in page(client, of(person))
    assert "（已清除姓名）" in page(client, "people/")


def test_a_person_of_another_unit_is_not_found(county):
    other = enter_person("Q1", county.town)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    page(client, of(county.people[0]))
    page(client, of(other), status=404)
    page(reader(Role.SYSTEM_ADMIN), of(other), status=404)


def test_a_persons_record_is_told_to_those_who_may_read_it_there(county):
    person = county.people[0]
    assert "登记人员" in page(reader(Role.SUPERVISOR), of(person, "history/"))
    page(reader(Role.STAFF), of(person, "history/"), status=404)
    page(reader(Role.SUPERVISOR, unit=county.town.reference), of(person, "history/"), status=404)


def test_s0_37_s2_75_s4_12_a_bodys_page_shows_members_and_office(county):
    body = found(county, office=county.office.reference)
    add(body, MemberRole.CHAIR, person=county.people[0], post=county.head)
    add(body, MemberRole.MEMBER, person=county.people[1], end=date(2020, 1, 1))
    html = page(reader(Role.STAFF), of(body))
    assert "办公室设在单位J1" in html
    now, former = html.split("以前和将来的成员", 1)
    assert "人员P1" in now
    assert "岗位J-01" in now
    assert "人员P2" in former
    assert "共 1 行" in page(reader(Role.STAFF), "bodies/")


def test_s2_78_s2_87_member_units_without_a_liaison_are_warned_of(county):
    body = found(county, "联席会议", BodyKind.JOINT_CONFERENCE, host=county.county.reference)
    add(body, MemberRole.MEMBER_UNIT, unit=county.town)
    add(body, MemberRole.MEMBER_UNIT, unit=county.bureau)
    add(body, MemberRole.LIAISON, unit=county.bureau, person=county.people[0])
    client = reader(Role.STAFF)
    listed, html = page(client, "bodies/"), page(client, of(body))
    assert "单位Z还没有确定联络员" in listed
    assert "单位J还没有确定联络员" not in listed
    assert "缺 1 名" in listed
    assert "下列成员单位还没有确定联络员" in html
    add(body, MemberRole.LIAISON, unit=county.town, person=county.people[1])
    assert "还没有确定联络员" not in page(client, "bodies/") + page(client, of(body))


def test_s2_58_supervisors_stand_by_channel_with_the_line_above_them(county):
    above = found(county, "县监督组", BodyKind.SUPERVISOR, channel=SupervisionChannel.PARTY)
    below = found(
        county, "局监督组", BodyKind.SUPERVISOR,
        channel=SupervisionChannel.PARTY, superior=above.reference,
    )  # fmt: skip
    client = reader(Role.STAFF)
    html = page(client, "bodies/")
    assert html.count("还没有登记监督机构") == len(SupervisionChannel) - 1
    assert "共 2 行" in page(client, "bodies/?channel=party")
    assert of(above) in page(client, of(below))
    assert of(below) in page(client, of(above))


def test_a_units_page_names_the_bodies_that_it_has_a_part_in(county):
    body = found(county, office=county.office.reference)
    add(body, MemberRole.MEMBER_UNIT, unit=county.town)
    client = reader(Role.STAFF)
    for unit, says in (
        (county.bureau, "设在本单位"),
        (county.office, "办公室在本单位"),
        (county.town, "成员单位"),
        (county.county, "没有参加领导小组等机构"),
    ):
        assert says in page(client, f"units/{unit.reference.partition(':')[2]}/bodies/")


def test_a_body_of_another_unit_is_not_found(county):
    body = found(county, host=county.town.reference)
    client = reader(Role.LEADER, unit=county.bureau.reference)
    for more in ("", "history/"):
        page(client, of(body, more), status=404)
    assert "还没有领导小组等机构" in page(client, "bodies/")


def test_what_is_found_by_typing_lies_within_the_readers_scope(county):
    enter_person("Q1", county.town, name="单某")

    def found_by(client):
        groups = client.get("/search/", {"q": "单", "as": "json"}).json()["groups"]
        return {hit["label"] for group in groups for hit in group["hits"]}

    assert found_by(reader(Role.STAFF)) >= {"单位X", "单位J", "单位Z", "单某"}
    mine = found_by(reader(Role.LEADER, unit=county.bureau.reference))
    assert mine >= {"单位J", "单位J1"}
    assert not mine & {"单位X", "单位Z", "单某"}
    assert not found_by(reader(Role.SYSTEM_ADMIN)) & {"单位X", "单某"}


def test_lists_and_pages_of_people_and_bodies_cost_few_queries(
    county, django_assert_max_num_queries
):
    appoint(county.people[0], county.chief)
    body = found(county, office=county.office.reference)
    add(body, MemberRole.CHAIR, person=county.people[0])
    add(body, MemberRole.MEMBER_UNIT, unit=county.town)
    client = reader(Role.ORG_KEEPER, Role.SUPERVISOR, unit=county.county.reference)
    for address in ("people/?unit=J&search=人", "bodies/"):
        page(client, address)
        with django_assert_max_num_queries(LIST):
            page(client, address)
    for row in (county.people[0], body):
        for more in ("", "history/"):
            with django_assert_max_num_queries(DETAIL):
                page(client, of(row, more))
