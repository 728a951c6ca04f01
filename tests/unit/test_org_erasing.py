"""Erasing a person: in our rows too, whoever asks for it; terms of office stay."""

import pytest
from django.db import IntegrityError

from guiju.base.org import jobs
from guiju.base.org.actions import erasing, interests, people
from guiju.base.org.models import Appointment, Interest, Person
from guiju.base.org.reads import people as reads
from guiju.base.org.reads.holders import holders
from guiju.base.record import erasure, vault, wall
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE, NOWHERE
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import PersonRow
from guiju.core.organisation.words_bodies import InterestKind
from organised import ACT, TODAY, appoint, enter_person, found_post, found_unit, refusal

BASIS = {"authority": "个人信息保护法第47条", "reason": "目的已实现"}


@pytest.fixture
def person(record_database):
    """Somebody with a post and a declaration, on a database that commits for real."""
    unit = found_unit("X")
    found = enter_person("P", unit, name="欧阳娜娜", id_number="11010519491231002X")
    appoint(found, found_post("N", "X"), document="关于欧阳娜娜任职的通知")
    interests.declare_interest(
        person=found.reference, kind=InterestKind.SPOUSE, content={"who": "李四"}, **ACT
    )
    return found


def is_empty(person):
    person.refresh_from_db()
    kept = person.name, person.id_number, person.id_tag, Appointment.objects.get().document
    return kept == ("", None, None, "") and not bytes(Interest.objects.get().box)


def test_by_our_own_action_in_one_transaction(person):
    erasing.erase_person(person=person.reference, **BASIS, **ACT)
    assert is_empty(person)
    assert vault.key_store().is_erased(person.reference)
    last = Event.objects.order_by("-id").values_list("kind", "request")[:2]
    assert {kind for kind, _ in last} == {"org.person.cleared", "record.person.erased"}
    assert len({request for _, request in last}) == 1
    assert reads.interests(person.reference, EVERYWHERE) == ()
    assert [one.name for one in holders(Appointment.objects.get().post.reference, TODAY)] == [""]


def test_by_the_record_alone_and_with_an_event(person):
    erasure.erase_person(person=person.reference, **BASIS, **ACT)
    assert is_empty(person)
    assert Event.objects.latest("id").kind == "org.person.cleared"
    assert Event.objects.filter(kind="org.person.cleared").count() == 1


def test_after_a_crash_by_the_daily_job(person):
    vault.key_store().erase(person.reference)
    assert not is_empty(person)
    assert jobs.clear_erased_people.call() == 1
    assert is_empty(person)
    assert jobs.clear_erased_people.call() == 0


def test_without_a_basis_nothing_is_erased(person):
    words = {"person": person.reference, "authority": "", "reason": "x"}
    assert refusal(Invalid, erasing.erase_person, **words, **ACT) == "RECORD-22"
    assert not is_empty(person)
    nobody = {"person": "person:none", **BASIS}
    assert refusal(Invalid, erasing.erase_person, **nobody, **ACT) == "ORG-01"


def test_what_was_erased_is_not_written_again(person):
    erasing.erase_person(person=person.reference, **BASIS, **ACT)
    change = {
        "person": person.reference,
        "row": PersonRow(code="P", name="又来"),
        "home": person.home.reference,
    }
    assert refusal(Denied, people.change_person, **change, **ACT) == "ORG-72"
    declare = {"kind": InterestKind.OTHER, "content": {"who": "甲"}}
    declare["person"] = person.reference
    assert refusal(Denied, interests.declare_interest, **declare, **ACT) == "ORG-72"


def test_the_database_refuses_a_name_on_an_erased_row(person):
    erasing.erase_person(person=person.reference, **BASIS, **ACT)
    with pytest.raises(IntegrityError), wall.opened():
        Person.objects.filter(pk=person.pk).update(name="又来")


def test_a_declaration_opens_for_its_scope_alone_until_withdrawn(person):
    shown = reads.interests(person.reference, EVERYWHERE)
    assert [(one.kind, one.content) for one in shown] == [(InterestKind.SPOUSE, {"who": "李四"})]
    assert reads.interests(person.reference, NOWHERE) == ()
    assert "李四".encode() not in bytes(Event.objects.latest("id").entry)
    withdraw = {"interest": shown[0].reference}
    interests.withdraw_interest(**withdraw, **ACT)
    assert reads.interests(person.reference, EVERYWHERE)[0].withdrawn == TODAY
    assert refusal(Denied, interests.withdraw_interest, **withdraw, **ACT) == "ORG-74"
    declare = {"person": person.reference, "kind": InterestKind.OTHER, "content": {}}
    assert refusal(Invalid, interests.declare_interest, **declare, **ACT) == "ORG-03"
