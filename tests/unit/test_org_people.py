"""People: entering and correcting, what is sealed, appointments and their refusals, leaving."""

from datetime import date

import pytest

from guiju.base.org import sealing
from guiju.base.org.actions import appointments, people, posts
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Appointment, Person
from guiju.base.org.reads import people as reads
from guiju.base.org.reads.standing import acting_post
from guiju.base.org.reads.within import KEY
from guiju.base.record.models import Event, Sealed
from guiju.base.ui.paging import read_place
from guiju.core.access import EVERYWHERE, NOWHERE, scope_of
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.organisation.rows import PersonRow
from guiju.core.organisation.words import (
    AppointmentKind,
    LeaderLevel,
    PartyStanding,
    ResponsibilityKind,
)
from organised import ACT, BEGUN, County, appoint, enter_person, found_post, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

ID_NUMBER = "11010519491231002X"
OTHER_ID = "440524198001010013"
NEXT = date(2020, 1, 1)


@pytest.fixture
def county(data_folder):
    return County()


@pytest.fixture
def unit(data_folder):
    return found_unit("X")


def test_what_is_sealed_stands_nowhere_openly(unit):
    person = enter_person("P", unit, name="欧阳娜娜", id_number=ID_NUMBER, phone="13800138000")
    event = Event.objects.latest("id")
    assert "欧阳娜娜".encode() not in bytes(event.entry)
    person.refresh_from_db()
    everything = bytes(event.entry) + bytes(person.id_number) + bytes(person.phone)
    assert ID_NUMBER.encode() not in everything
    assert b"13800138000" not in everything
    assert reads.sealed(person.reference, EVERYWHERE) == (ID_NUMBER, "13800138000")
    assert reads.sealed(person.reference, NOWHERE) is None
    assert set(Sealed.objects.values_list("person", flat=True)) == {person.reference}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "ORG-30"),
        ({"id_number": "110105194912310021"}, "ORG-40"),
        ({"phone": "123"}, "ORG-42"),
    ],
)
def test_a_person_that_a_table_could_not_bring_in_is_refused(unit, changes, code):
    assert refusal(Invalid, enter_person, "P", unit, **changes) == code
    assert not Person.objects.exists()


def test_nobody_is_entered_twice(unit):
    enter_person("P1", unit, id_number=ID_NUMBER)
    assert refusal(Conflict, enter_person, "P2", unit, id_number=ID_NUMBER) == "ORG-10"
    assert refusal(Conflict, enter_person, "P1", unit) == "ORG-02"
    enter_person("P2", unit, id_number=OTHER_ID)
    assert Person.objects.count() == 2


def test_a_correction_keeps_what_it_does_not_change(unit):
    person = enter_person("P", unit, id_number=ID_NUMBER)
    row = PersonRow(code="P", name="新名", id_number=ID_NUMBER, standing=PartyStanding.MEMBER)
    change = {"person": person.reference, "row": row, "home": unit.reference}
    people.change_person(**change, **ACT)
    person.refresh_from_db()
    assert (person.name, person.party_standing) == ("新名", "member")
    assert sealing.opened(person) == (ID_NUMBER, "")
    assert refusal(Invalid, people.change_person, **change, **ACT) == "ORG-66"
    other = enter_person("Q", unit, id_number=OTHER_ID)
    clash = {"person": other.reference, "row": row, "home": unit.reference}
    assert refusal(Conflict, people.change_person, **clash, **ACT) == "ORG-10"


def test_s0_08_who_holds_a_post_answers_for_it(county):
    leader = appoint(county.people[0], county.head, document="组干〔2015〕3号")
    clerk = appoint(county.people[1], county.cashier)
    assert leader.responsibility == ResponsibilityKind.LEADER.value
    assert clerk.responsibility == ResponsibilityKind.POST.value
    event = Event.objects.filter(kind="org.appointment.made").first()
    assert event.object == county.people[0].reference
    assert "组干".encode() not in bytes(event.entry)


def test_a_successor_may_begin_on_the_day_on_which_the_term_ends(county):
    appoint(county.people[0], county.head, end=NEXT)
    appoint(county.people[1], county.head, start=NEXT)
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"post": "head", "start": date(2019, 12, 31)}, "ORG-13"),
        ({"post": "leader", "start": date(2019, 12, 31)}, "ORG-14"),
        ({"post": "head", "start": date(2014, 1, 1), "end": date(2014, 2, 1)}, "ORG-12"),
    ],
)
def test_an_appointment_out_of_order_is_refused(county, second, code):
    county.leader = found_post("J-09", "J", level=LeaderLevel.HEAD)
    appoint(county.people[0], county.head, end=NEXT)
    second = dict(second)
    post = getattr(county, second.pop("post"))
    assert refusal(Denied, appoint, county.people[1], post, **second) == code
    assert Appointment.objects.count() == 1


def test_one_person_may_head_a_unit_in_two_posts_and_another_may_act(county):
    secretary = found_post("J-09", "J", level=LeaderLevel.HEAD)
    appoint(county.people[0], county.head)
    appoint(county.people[0], secretary)
    appoint(county.people[1], county.head, kind=AppointmentKind.ACTING)
    again = {"kind": AppointmentKind.PRESIDING}
    assert refusal(Denied, appoint, county.people[2], county.head, **again) == "ORG-13"


def test_a_head_does_not_manage_what_his_post_bars(county):
    appoint(county.people[0], county.head)
    assert refusal(Denied, appoint, county.people[0], county.deputy) == "ORG-16"
    appoint(county.people[1], county.deputy)


def test_relatives_do_not_serve_under_each_other(county):
    appoint(county.people[0], county.head)
    told = {"relatives": [county.people[0].reference]}
    assert refusal(Denied, appoint, county.people[1], county.deputy, **told) == "ORG-17"
    appoint(county.people[1], county.mayor, **told)
    appoint(county.people[2], county.deputy)


def test_dates_out_of_order_are_refused(county):
    days = {"start": NEXT, "end": NEXT}
    assert refusal(Invalid, appoint, county.people[0], county.head, **days) == "ORG-04"
    term = appoint(county.people[0], county.head)
    end = {"appointment": term.reference, "document": ""}
    assert refusal(Invalid, appointments.end_appointment, on=BEGUN, **end, **ACT) == "ORG-04"
    appointments.end_appointment(on=NEXT, **end, **ACT)
    assert refusal(Invalid, appointments.end_appointment, on=NEXT, **end, **ACT) == "ORG-71"
    term.refresh_from_db()
    assert term.end_date == NEXT


def test_who_left_holds_nothing_and_is_given_nothing(county):
    person = county.people[0]
    term = appoint(person, county.head)
    later = appoint(person, county.mayor, start=date(2021, 1, 1))
    leave = {"person": person.reference, "on": NEXT}
    assert refusal(Invalid, people.person_left, **leave, **ACT) == "ORG-68"
    appointments.end_appointment(
        appointment=later.reference, on=date(2021, 6, 1), document="", **ACT
    )
    people.person_left(person=person.reference, on=date(2022, 1, 1), **ACT)
    term.refresh_from_db()
    assert term.end_date == date(2022, 1, 1)
    assert refusal(Denied, appoint, person, county.chief) == "ORG-11"
    assert refusal(Denied, people.person_left, **leave, **ACT) == "ORG-11"
    kinds = set(Event.objects.filter(object=person.reference).values_list("kind", flat=True))
    assert {"org.person.left", "org.appointment.ended"} <= kinds


def test_a_change_that_was_overtaken_is_refused(county, monkeypatch):
    """What was read before the door opened must still be so inside it."""
    term = appoint(county.people[0], county.head)
    stale = Appointment.objects.get(pk=term.pk)
    stale.document = "别人刚写的"
    monkeypatch.setattr(appointments.find, "found", lambda *_: stale)
    end = {"appointment": term.reference, "on": NEXT, "document": ""}
    assert refusal(Conflict, appointments.end_appointment, **end, **ACT) == "ORG-08"


def test_the_page_of_a_person_shows_all_in_six_queries(county, django_assert_num_queries):
    person = county.people[0]
    appoint(person, county.head, end=NEXT)
    appoint(person, county.mayor, start=NEXT)
    with django_assert_num_queries(5):
        page = reads.person_page(person.reference, EVERYWHERE)
    assert [term.post_name for term in page.terms] == ["岗位Z-01", "岗位J-01"]
    assert reads.person_page(person.reference, scope_of([county.town.path])) is None
    assert not page.has_phone


def test_people_are_found_by_the_beginning_of_their_name_or_by_code(unit):
    for code, name in (("1", "王小明"), ("2", "王%明"), ("3", "李小明"), ("4", "王")):
        enter_person(code, unit, name=name)
    found = [one.code for one in reads.people(EVERYWHERE, search="王").rows]
    assert sorted(found) == ["1", "2", "4"]
    assert [one.code for one in reads.people(EVERYWHERE, search="王%").rows] == ["2"]
    assert [one.code for one in reads.people(EVERYWHERE, search="3").rows] == ["3"]
    assert reads.people(EVERYWHERE, search="小").rows == ()


def test_a_list_is_read_to_its_end_and_back_without_repeating_anybody(
    unit, django_assert_num_queries
):
    made = [enter_person(f"{number:02}", unit, name=f"同名{number // 3}") for number in range(11)]
    seen, start = [], None
    while True:
        with django_assert_num_queries(1):
            page = reads.people(EVERYWHERE, place=start, size=4)
        seen += [one.reference for one in page.rows]
        if not page.older:
            break
        start = read_place({"after": page.older}, kinds=KEY)
    assert len(seen) == len(set(seen)) == len(made)
    back = []
    while page.newer:
        page = reads.people(EVERYWHERE, place=read_place({"before": page.newer}, kinds=KEY), size=4)
        back = [one.reference for one in page.rows] + back
    assert back + seen[-3:] == seen


def test_one_acts_in_the_own_post_before_one_stood_in_for(county):
    person = county.people[0]
    assert acting_post(person.reference, BEGUN) == ("", "")
    appoint(person, county.mayor, kind=AppointmentKind.ACTING)
    appoint(person, county.chief, start=NEXT)
    assert acting_post(person.reference, BEGUN) == (county.mayor.reference, county.town.reference)
    assert acting_post(person.reference, NEXT) == (
        county.chief.reference,
        county.office.reference,
    )


def test_a_post_that_is_over_is_given_to_nobody(county):
    posts.abolish_post(post=county.chief.reference, reform=Reform(NEXT), **ACT)
    assert refusal(Denied, appoint, county.people[0], county.chief) == "ORG-12"
    appoint(county.people[0], county.chief, end=NEXT)
