"""Appointing, ending and delegating by form: asked first, done once, refusals beside the field."""

import uuid

import pytest
from django.utils import timezone

from acting import address, asked, confirmed, key_in
from guiju.base.org.models import Appointment, Delegation
from guiju.base.record.models import Event
from guiju.base.ui.once import once
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import Role
from organised import County, appoint, found_post
from readers import make_account, reader, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county():
    return County()


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def today():
    return timezone.localdate()


def appointed(county, **changes):
    return {"person": "人员P1 P1", "kind": "regular", "start": str(today()), **changes}


def test_the_form_says_what_will_happen_before_anything_does(county, keeper):
    at = address("org:appointing", county.head)
    question = asked(keeper, at, **appointed(county)).content.decode()
    assert "人员P1" in question
    assert "任职「单位J · 岗位J-01」" in question
    assert "承担领导责任" in question
    assert not Appointment.objects.exists()


def test_confirming_appoints_and_goes_back_to_the_post(county, keeper):
    at = address("org:appointing", county.head)
    answer = confirmed(keeper, at, **appointed(county))
    assert answer.status_code == 302
    assert answer["Location"] == address("org:post", county.head)
    assert Appointment.objects.get().person == county.people[0]


def test_the_same_form_sent_twice_appoints_once_and_says_no_error(county, keeper):
    at = address("org:appointing", county.head)
    sent = {"key": key_in(keeper.get(at)), "confirmed": "yes", **appointed(county)}
    answers = [keeper.post(at, sent).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Appointment.objects.count() == 1


def test_a_refused_form_may_be_sent_again_and_keeps_what_was_typed(county, keeper):
    appoint(county.people[1], county.head)
    at = address("org:appointing", county.head)
    sent = {
        "key": key_in(keeper.get(at)),
        "confirmed": "yes",
        **appointed(county, document="示〔1〕"),
    }
    refused = keeper.post(at, sent)
    text = refused.content.decode()
    assert refused.status_code == 400
    assert "ORG-13" in text
    assert 'id="id_start_error"' in text
    assert "示〔1〕" in text
    assert key_in(refused) == sent["key"]
    answer = keeper.post(at, {**sent, "kind": "acting"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("", "请填写"),
        ("无此人", "没有找到「无此人」"),
        ("P99", "没有找到"),
        ("人员 P1", "没有找到"),
    ],
)
def test_who_is_not_found_is_said_beside_the_field(county, keeper, person, why):
    answer = asked(
        keeper, address("org:appointing", county.head), **appointed(county, person=person)
    )
    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert 'id="id_person_error"' in answer.content.decode()


@pytest.mark.parametrize("person", ["P1", "人员P1", " 人员P1  P1 "])
def test_a_person_is_found_by_name_code_or_both(county, keeper, person):
    answer = confirmed(
        keeper, address("org:appointing", county.head), **appointed(county, person=person)
    )
    assert answer.status_code == 302


def test_a_post_outside_of_the_scope_is_not_there(county):
    here = reader(Role.ORG_KEEPER, unit=county.town.reference)
    assert here.get(address("org:appointing", county.mayor)).status_code == 200
    at = address("org:appointing", county.head)
    assert here.get(at).status_code == 404
    assert here.post(at, {"confirmed": "yes", **appointed(county)}).status_code == 404
    assert not Appointment.objects.exists()


def test_somebody_outside_of_the_scope_cannot_be_chosen(county):
    here = reader(Role.ORG_KEEPER, unit=county.town.reference)
    answer = asked(here, address("org:appointing", county.mayor), **appointed(county))
    assert answer.status_code == 400
    assert "没有找到「人员P1 P1」，或不归您管理" in answer.content.decode()


def test_ending_an_appointment_says_what_ends_with_it(county, keeper):
    held = appoint(county.people[0], county.head)
    at = address("org:appointment_ending", held)
    question = asked(keeper, at, on=str(today())).content.decode()
    assert "委托给别人代办的，从同一天起一并失效" in question
    assert confirmed(keeper, at, on=str(today())).status_code == 302
    held.refresh_from_db()
    assert held.end_date == today()


def test_an_end_before_the_beginning_stands_beside_its_day(county, keeper):
    held = appoint(county.people[0], county.head)
    answer = confirmed(keeper, address("org:appointment_ending", held), on="2014-01-01")
    assert answer.status_code == 400
    assert 'id="id_on_error"' in answer.content.decode()
    assert "ORG-04" in answer.content.decode()


def mandate(**changes):
    return {
        "delegate": "P2",
        "first": str(today()),
        "last": str(today()),
        "reason": "出差",
    } | changes


@pytest.fixture
def holder(county):
    """The head of the bureau, signed in as an ordinary member of staff."""
    appoint(county.people[0], county.head)
    appoint(county.people[1], found_post("J-08", "J", level=LeaderLevel.DEPUTY))
    account = make_account(
        Role.STAFF, unit=county.bureau.reference, person=county.people[0].reference
    )
    return sign_in(account)


def test_a_holder_delegates_their_own_post_and_takes_it_back(county, holder):
    at = address("org:delegating")
    filled = mandate(post=county.head.reference)
    question = asked(holder, at, **filled).content.decode()
    assert "人员P2" in question
    assert "期间人员P2能看到「单位J」及其下级的内容" in question
    assert confirmed(holder, at, **filled).status_code == 302
    made = Delegation.objects.get()
    listed = holder.get(address("org:delegations_own")).content.decode()
    assert "人员P2" in listed
    answer = confirmed(holder, address("org:revoking", made), reason="提前回来")
    assert answer["Location"] == address("org:delegations_own")
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_nobody_delegates_a_post_that_is_not_theirs(county, holder):
    other = found_post("J-09", "J", level=LeaderLevel.DEPUTY)
    answer = asked(holder, address("org:delegating"), **mandate(post=other.reference))
    assert answer.status_code == 400
    assert not Delegation.objects.exists()


def test_who_is_too_low_is_refused_beside_the_delegate(county, holder):
    appoint(county.people[2], county.cashier)
    filled = mandate(post=county.head.reference, delegate="P3")
    answer = confirmed(holder, address("org:delegating"), **filled)
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "ORG-62" in text
    assert 'id="id_delegate_error"' in text


def test_who_holds_no_post_is_told_so(county):
    answer = reader(Role.STAFF).get(address("org:delegating"))
    assert answer.status_code == 200
    assert "没有可以委托的岗位" in answer.content.decode()


def test_a_keeper_delegates_for_the_holder_who_is_named_as_principal(county, keeper, holder):
    at = address("org:delegating_for", county.head)
    filled = mandate(principal=county.people[0].reference)
    assert confirmed(keeper, at, **filled).status_code == 302
    assert Delegation.objects.get().principal == county.people[0]
    assert Event.objects.filter(kind="org.delegation.made").count() == 1


def test_a_colleague_cannot_take_back_what_others_delegated(county, holder):
    confirmed(holder, address("org:delegating"), **mandate(post=county.head.reference))
    at = address("org:revoking", Delegation.objects.get())
    stranger = reader(Role.STAFF, unit=county.bureau.reference)
    assert stranger.get(at).status_code == 404
    assert stranger.post(at, {"reason": "x", "confirmed": "yes"}).status_code == 404
    assert reader(Role.ORG_KEEPER, unit=county.town.reference).get(at).status_code == 404
    assert reader(Role.ORG_KEEPER, unit=county.bureau.reference).get(at).status_code == 200


def test_what_can_be_ended_is_listed_with_its_buttons(county, keeper, holder):
    confirmed(holder, address("org:delegating"), **mandate(post=county.head.reference))
    text = keeper.get(address("org:post_current", county.head)).content.decode()
    for row, view in (
        (Appointment.objects.get(post=county.head), "org:appointment_ending"),
        (Delegation.objects.get(), "org:revoking"),
    ):
        assert address(view, row) in text
    empty = keeper.get(address("org:post_current", county.mayor)).content.decode()
    assert "现在没有人任职或代办" in empty


def test_only_functions_of_the_post_are_offered(county, keeper):
    appoint(county.people[0], county.deputy)
    text = keeper.get(address("org:delegating_for", county.deputy)).content.decode()
    assert 'value="finance"' in text
    assert 'value="works"' not in text


def test_a_key_is_noted_with_the_act_itself_not_after_the_answer(county, keeper, rf):
    request = rf.post("/")
    request.session = keeper.session
    key = uuid.uuid4()
    assert once(request, key, lambda: None)
    other = rf.post("/")
    other.session = keeper.session.__class__(keeper.session.session_key)
    assert not once(other, key, pytest.fail)
    assert once(other, uuid.uuid4(), lambda: None)
