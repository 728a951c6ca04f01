"""The organisation for programs: what its pages show, in the same scope."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from api_story import (
    QUERIES_OF_DETAIL,
    QUERIES_OF_LIST,
    Story,
    identity,
    is_problem,
    program,
)
from guiju.base.access.jobs import clear_answers
from guiju.base.access.models import AnsweredWrite, RoleGrant
from guiju.base.org.models import Appointment, Delegation
from guiju.base.record import wall
from guiju.core.terms import Permission, Role
from organised import enter_person
from readers import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county(data_folder):
    return Story()


LISTS = (
    "/org/units", "/org/posts", "/org/people", "/org/bodies", "/org/rotation", "/org/vacancies",
    "/org/concentration", "/org/keys/posts", "/org/keys/units", "/org/duties", "/org/tree",
    "/org/delegations",
)  # fmt: skip


def things(county):
    unit, post = identity(county.office), identity(county.head)
    return (
        f"/org/units/{unit}", f"/org/units/{unit}/children", f"/org/units/{unit}/responsibility",
        f"/org/posts/{post}", f"/org/posts/{post}/holders", f"/org/posts/{post}/history",
        f"/org/people/{identity(county.people[0])}", f"/org/bodies/{identity(county.body)}",
    )  # fmt: skip


def test_lists_and_things_take_few_queries(county, django_assert_max_num_queries):
    one = program(Role.ORG_KEEPER, unit=county.bureau.reference)
    one.get("/org/units")  # the first use of the day is recorded
    for address in LISTS:
        with django_assert_max_num_queries(QUERIES_OF_LIST):
            one.get(address)
    for address in things(county):
        with django_assert_max_num_queries(QUERIES_OF_DETAIL):
            one.get(address)


def test_a_list_shows_exactly_what_a_detail_opens(county):
    one = program(Role.ORG_KEEPER, unit=county.bureau.reference)
    rows = one.get("/org/units")["rows"]
    assert {row["code"] for row in rows} == {"J", "J1"}
    for row in rows:
        shown = one.get(f"/org/units/{row['reference'].partition(':')[2]}")["unit"]
        assert shown.items() - {("short_name", "")} <= row.items()
    for hidden in (county.county, county.town):
        is_problem(one.ask("GET", f"/org/units/{identity(hidden)}"), 404, "API-01")
    is_problem(one.ask("GET", f"/org/posts/{identity(county.mayor)}"), 404, "API-01")
    assert {row["above"] for row in one.get("/org/tree")} == {"", county.bureau.reference}


def test_missing_and_forbidden_are_the_same_answer(county):
    one = program(Role.STAFF, unit=county.bureau.reference)
    missing = one.ask("GET", "/nothing/at/all")
    same = {missing.content}
    for address in (
        f"/org/units/{identity(county.town)}", f"/org/units/{identity(county.head)}",
        "/org/rotation", "/record/events", "/access/accounts", "/org/units/7",
    ):  # fmt: skip
        response = one.ask("GET", address)
        is_problem(response, 404, "API-01")
        same.add(response.content)
    is_problem(
        one.ask("POST", f"/org/posts/{identity(county.head)}/appointments", {}), 404, "API-01"
    )
    assert len(same) == 1


def test_s0_08_who_held_a_post_and_who_stood_in_on_a_day(county):
    one = program(Role.LEADER)
    post = identity(county.deputy)
    today = one.get(f"/org/posts/{post}/holders")
    assert [(row["how"], row["name"]) for row in today] == [
        ("holder", "人员P2"), ("delegate", "人员P3"),
    ]  # fmt: skip
    assert today[1]["source"] == county.delegation.reference
    assert one.get(f"/org/posts/{post}/holders?on=2014-06-01") == []
    is_problem(one.ask("GET", f"/org/posts/{post}/holders?on=2015-13-01"), 400, "PAGE-03")
    assert [row["appointment"] for row in one.get(f"/org/posts/{post}/history")] == [
        today[0]["source"]
    ]
    who = one.get(f"/org/units/{identity(county.office)}/responsibility")
    assert who["led_by"] == county.bureau.reference
    assert [row["name"] for row in who["first"][0]["holders"]] == ["人员P1"]
    assert [row["name"] for row in who["direct"][0]["holders"]] == ["人员P2", "人员P3"]


def test_people_out_of_the_readers_scope_have_a_name_and_no_reference(county):
    wide = program(Role.LEADER)
    account = make_account(Role.STAFF, unit=county.office.reference)
    narrow = program(account=account)
    post = identity(county.book_keeper)
    (shown,) = wide.get(f"/org/posts/{post}/holders")
    (masked,) = narrow.get(f"/org/posts/{post}/holders")
    assert shown["person"] == county.people[1].reference
    assert masked == shown | {"person": ""}


def test_what_is_sealed_stays_masked(county):
    number = "11010519491231002X"
    person = enter_person("Q1", county.bureau, name="王某", id_number=number, phone="13800000000")
    response = program(Role.ORG_KEEPER).ask("GET", f"/org/people/{identity(person)}")
    assert response.json()["has_id_number"] is response.json()["has_phone"] is True
    assert number not in response.content.decode()
    assert "13800000000" not in response.content.decode()


def test_s0_09_rotation_vacancies_and_concentration(county):
    one = program(Role.SUPERVISOR)
    (due,) = one.get("/org/rotation")["rows"]
    assert (due["name"], due["state"], due["years"]) == ("人员P1", "overdue", 5)
    assert one.get("/org/rotation?state=soon")["rows"] == []
    assert {row["code"] for row in one.get("/org/vacancies")["rows"]} == {"J1-01", "Z-01"}
    (much,) = one.get("/org/concentration")["rows"]
    assert len(much["posts"]) == 2
    assert {row["code"] for row in one.get("/org/keys/posts")["rows"]} == {"J-01", "J1-01"}


def test_the_filters_of_the_page_and_its_refusals(county):
    one = program(Role.LEADER)
    assert [row["code"] for row in one.get("/org/posts?search=J1-0&sort=-code")["rows"]] == [
        "J1-03", "J1-02", "J1-01",
    ]  # fmt: skip
    assert one.get("/org/posts?state=vacant&key=yes")["rows"][0]["code"] == "J1-01"
    for query, code in (
        ("sort=rank", "PAGE-05"), ("kind=x", ""), ("level=x", "PAGE-08"), ("on=x", "PAGE-03"),
        ("after=x", "PAGE-02"), ("after=1&before=1", "PAGE-01"), ("size=0", "API-12"),
        ("size=201", "API-12"), (f"search={'长' * 101}", "PAGE-09"), ("search=%00", "PAGE-09"),
    ):  # fmt: skip
        response = one.ask("GET", f"/org/posts?{query}")
        if code:
            is_problem(response, 400, code)
        else:
            assert response.status_code == 200


def test_a_long_list_is_read_to_its_end_by_key_and_back(county):
    one = program(Role.LEADER)
    seen, address = [], "/org/people?size=4"
    while address:
        response = one.ask("GET", address)
        answer = response.json()
        seen += [row["code"] for row in answer["rows"]]
        links = dict(
            reversed(part.split("; "))
            for part in response.headers.get("Link", "").split(", ")
            if part
        )
        following = links.get('rel="next"')
        assert bool(following) is bool(answer["after"])
        address = following[1:-1].removeprefix("/api/v1") if following else ""
    assert seen == [f"P{number}" for number in range(1, 7)]
    back = one.get(f"/org/people?size=4&before={answer['before']}")
    assert [row["code"] for row in back["rows"]] == ["P1", "P2", "P3", "P4"]


def appointing(county, who, **changes):
    return {"person": who.reference, "start": str(timezone.localdate())} | changes


def test_s0_08_somebody_is_appointed_and_it_is_ended(county):
    one = program(Role.ORG_KEEPER)
    somebody, post = county.people[4], identity(county.cashier)
    made = one.post(f"/org/posts/{post}/appointments", appointing(county, somebody), 201)
    row = Appointment.objects.get(reference=made["reference"])
    assert (row.person_id, row.post_id) == (somebody.pk, county.cashier.pk)
    again = one.ask("POST", f"/org/posts/{post}/appointments", appointing(county, county.people[5]))
    assert is_problem(again, 403, "ORG-13")["title"] == "不能办理"
    where = f"/org/appointments/{identity(row)}/end"
    later = str(timezone.localdate() + timedelta(days=1))
    assert one.post(where, {"on": later})["reference"] == row.reference
    row.refresh_from_db()
    assert str(row.end_date) == later
    is_problem(one.ask("POST", where, {"on": later}), 400, "ORG-71")
    is_problem(
        program(Role.ORG_KEEPER, unit=county.town.reference).ask("POST", where, {"on": later}),
        404, "API-01",
    )  # fmt: skip


def test_a_person_out_of_scope_is_missing_like_nobody(county):
    stranger = enter_person("Z9", county.town)
    one = program(Role.ORG_KEEPER, unit=county.bureau.reference)
    where = f"/org/posts/{identity(county.cashier)}/appointments"
    hidden = one.ask("POST", where, appointing(county, stranger))
    nobody = one.ask("POST", where, {"person": "person:none", "start": "2026-01-01"})
    is_problem(hidden, 400, "ORG-01")
    assert hidden.content == nobody.content
    assert one.ask("POST", where, appointing(county, county.people[4])).status_code == 201


def test_fields_that_are_wrong_are_named_one_by_one(county):
    one = program(Role.ORG_KEEPER)
    where = f"/org/posts/{identity(county.cashier)}/appointments"
    wrong = {"start": "tomorrow", "kind": "x", "document": "长" * 1001, "strange": 1}
    said = is_problem(one.ask("POST", where, wrong), 422, "API-06")
    assert {one["at"]: one["detail"] for one in said["errors"]} == {
        "body.person": "必须填写", "body.start": "应是日期，写成 2026-11-21",
        "body.kind": "不在可选的值里", "body.document": "太长", "body.strange": "没有这一项",
    }  # fmt: skip
    is_problem(one.ask("POST", where, [1]), 422, "API-06")
    response = one.ask("POST", where)
    assert response.status_code in {400, 422}
    assert response["Content-Type"] == "application/problem+json"


def test_the_same_write_sent_again_is_done_once(county):
    one = program(Role.ORG_KEEPER)
    where = f"/org/posts/{identity(county.cashier)}/appointments"
    sent = appointing(county, county.people[4])
    key = {"Idempotency_Key": "order-4711"}
    refused = one.ask("POST", where, sent | {"start": "2014-01-01"}, **key)
    is_problem(refused, 403, "ORG-12")  # a refused one may be sent again, mended
    one.post(where, sent, 201, **key)
    assert Appointment.objects.filter(post=county.cashier).count() == 1
    again = one.ask("POST", where, sent, **key)
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert again.json() == {"reference": Appointment.objects.get(post=county.cashier).reference}
    assert Appointment.objects.filter(post=county.cashier).count() == 1
    is_problem(one.ask("POST", where, sent | {"document": "别的"}, **key), 422, "API-13")
    AnsweredWrite.objects.update(at=timezone.now() - timedelta(days=8))
    is_problem(one.ask("POST", where, sent, **key), 409, "RECORD-05")  # long ago, still not twice
    assert clear_answers.call() == 1
    assert not AnsweredWrite.objects.exists()
    other = program(Role.ORG_KEEPER)
    where = f"/org/posts/{identity(county.mayor)}/appointments"
    other.post(where, appointing(county, county.people[5]), 201, **key)  # another's same word
    is_problem(one.ask("POST", where, sent, Idempotency_Key="x" * 65), 400, "API-11")


def test_an_answer_is_not_given_again_to_whoever_lost_the_right(county):
    account = make_account(Role.ORG_KEEPER)
    one = program(account=account)
    where = f"/org/posts/{identity(county.cashier)}/appointments"
    sent, key = appointing(county, county.people[4]), {"Idempotency_Key": "order-1"}
    one.post(where, sent, 201, **key)
    with wall.opened():
        RoleGrant.objects.filter(person=account.person).update(revoked_at=timezone.now())
    is_problem(one.ask("POST", where, sent, **key), 404, "API-01")


def test_of_what_was_sent_and_answered_nothing_is_kept_that_names_somebody(county):
    one = program(Role.ORG_KEEPER)
    where = f"/org/posts/{identity(county.cashier)}/appointments"
    sent = appointing(county, county.people[4])
    one.post(where, sent, 201, Idempotency_Key="order-2")
    (row,) = AnsweredWrite.objects.values()
    kept = " ".join(map(str, row.values()))
    assert sent["person"] not in kept
    assert set(json.loads(row["answer"])) == {"reference"}
    assert len(row["sent"]) == 64


def test_one_delegates_a_post_of_ones_own_and_takes_it_back(county):
    somebody = county.people[1]
    account = make_account(Role.STAFF, unit=county.bureau.reference, person=somebody.reference)
    one = program(account=account)
    today = timezone.localdate()
    sent = {
        "post": county.deputy.reference, "delegate": county.people[2].reference,
        "first": str(today), "last": str(today + timedelta(days=3)), "reason": "学习",
    }  # fmt: skip
    made = one.post("/org/delegations", sent, 201)["reference"]
    shown = one.get("/org/delegations")
    assert [row["reference"] for row in shown["given"]] == [
        made, county.delegation.reference,
    ]  # fmt: skip
    assert shown["taken"] == []
    where = f"/org/delegations/{made.partition(':')[2]}/revoke"
    is_problem(program(Role.STAFF).ask("POST", where, {"reason": "不要了"}), 404, "API-01")
    one.post(where, {"reason": "提前回来"})
    assert Delegation.objects.get(reference=made).revoked_at is not None
    is_problem(one.ask("POST", where, {"reason": "再来"}), 403, "ORG-73")
    not_mine = one.ask("POST", "/org/delegations", sent | {"post": county.chief.reference})
    assert not_mine.status_code == 403


def test_a_keeper_delegates_for_who_holds_a_post(county):
    one = program(Role.ORG_KEEPER)
    today = timezone.localdate()
    sent = {
        "principal": county.people[2].reference, "delegate": county.people[1].reference,
        "first": str(today), "last": str(today), "reason": "病假",
    }  # fmt: skip
    where = f"/org/posts/{identity(county.chief)}/delegations"
    one.post(where, sent, 201)
    is_problem(one.ask("POST", where, sent | {"last": "2001-01-01"}), 400, "ORG-04")
    is_problem(
        program(permissions={Permission.DELEGATE_OWN}, account=one.account).ask(
            "POST", where, sent
        ),
        404,
        "API-01",
    )


def test_a_day_in_the_past_shows_the_past(county):
    one = program(Role.LEADER)
    unit = one.get(f"/org/units/{identity(county.office)}?on={date(2014, 1, 1)}")
    assert unit["posts"] == []
    assert one.get(f"/org/tree?on={date(2014, 1, 1)}") == []
