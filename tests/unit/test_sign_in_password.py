"""Signing in by password: each refusal beside its success, over HTTP."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from guiju.base.access.actions.accounts import disable_account
from guiju.base.access.models import Account
from guiju.base.access.sign_in.actions import entering
from guiju.base.access.sign_in.actions.leaving import unlock
from guiju.base.access.sign_in.models import Attempts, PasswordUse
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.guards import Finding
from guiju.base.record.models import Event
from guiju.core.errors import Denied
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind, Role
from signing_in import CHEAP, PASSWORD, WRONG, an_account

SIGN_IN = "/account/sign-in/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheap(data_folder, settings):
    settings.PASSWORD_HASHERS = CHEAP


@pytest.fixture
def account():
    return an_account()


def sign_in(client, name="zhang.san", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login_name": name, "password": password, **more})


def is_in(client):
    return client.get("/account/").status_code == 200


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def code_of(response):
    found = re.search(r"ACCESS-\d\d", response.content.decode())
    return found and found[0]


def test_the_right_password_lets_in_and_is_recorded(client, account):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert is_in(client)
    event = Event.objects.get(kind="access.session.signed_in")
    assert (event.actor, event.object) == (account.person, account.reference)
    assert Account.objects.get().last_used_at == event.at


@pytest.mark.parametrize("name", ["ZHANG.SAN", "  zhang.san "])
def test_a_login_name_may_be_typed_in_any_case(client, account, name):
    assert sign_in(client, name).status_code == 302


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("zhang.san", WRONG),
        ("nobody", PASSWORD),
        ("nobody", "x"),
        ("zhang.san", "x" * 300),
    ],
)
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client, account, name, password):
    response = sign_in(client, name, password)
    assert (response.status_code, code_of(response)) == (403, "ACCESS-60")
    assert not is_in(client)
    page = re.sub(r'value="[^"]*"', "", response.content.decode())
    other = re.sub(r'value="[^"]*"', "", sign_in(Client(), "somebody", "else").content.decode())
    assert page == other


def test_a_failure_is_recorded_without_what_was_typed(client, account):
    sign_in(client, "zhang.san", WRONG)
    sign_in(client, "Lotus-rain-27-typed-as-name", "x")
    known, unknown = Event.objects.filter(kind="access.session.failed").order_by("pk")
    assert (known.object, unknown.object) == (account.reference, "")
    for event in (known, unknown):
        assert event.actor == "stranger"
        assert b"zhang.san" not in bytes(event.entry)
        assert b"Lotus" not in bytes(event.entry)


def test_an_unknown_name_costs_as_many_hashes_as_a_known_one(client, account, monkeypatch):
    hashed, plain = [], MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *given: hashed.append(1) or plain(self, *given),
    )
    counts = []
    for name in ("zhang.san", "nobody"):
        sign_in(client, name, WRONG)
        counts.append(len(hashed))
        hashed.clear()
    assert counts == [1, 1]


def test_the_password_hash_is_argon2(account, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert an_account("li.si").password.startswith("argon2$argon2id$")


@pytest.mark.parametrize("given", [{"login_name": "zhang.san"}, {"password": PASSWORD}, {}])
def test_a_missing_field_is_named(client, account, given):
    response = client.post(SIGN_IN, {"key": "x", **given})
    assert response.status_code == 403
    assert "请填写「" in response.content.decode()
    assert not is_in(client)
    assert "access.session.failed" not in kinds()


def test_five_failures_lock_the_name_and_the_sixth_is_not_even_looked_at(client, account):
    answers = [code_of(sign_in(client, password=WRONG)) for _ in range(5)]
    assert answers == ["ACCESS-60"] * 4 + ["ACCESS-61"]
    locked = sign_in(client)
    assert (locked.status_code, code_of(locked)) == (403, "ACCESS-61")
    assert "请 15 分钟后再试" in locked.content.decode()
    assert not is_in(client)
    assert kinds().count("access.session.failed") == 5
    assert kinds().count("access.session.locked") == 1


def test_an_unknown_name_is_locked_just_the_same(client, account):
    answers = [code_of(sign_in(client, "nobody", "x")) for _ in range(6)]
    assert answers == ["ACCESS-60"] * 4 + ["ACCESS-61"] * 2
    assert sign_in(client).status_code == 302


def test_an_address_that_tries_many_names_is_locked_for_all_of_them(client, account):
    answers = [code_of(sign_in(client, f"name{number}", "x")) for number in range(20)]
    assert answers == ["ACCESS-60"] * 19 + ["ACCESS-61"]
    assert code_of(sign_in(client)) == "ACCESS-61"
    assert sign_in(Client(REMOTE_ADDR="10.1.2.3")).status_code == 302


def test_neighbours_in_one_ipv6_network_are_one_address(client, account):
    for number in range(20):
        sign_in(Client(REMOTE_ADDR=f"2001:db8::{number + 1:x}"), f"name{number}", "x")
    assert code_of(sign_in(Client(REMOTE_ADDR="2001:db8::ffff"))) == "ACCESS-61"
    assert sign_in(Client(REMOTE_ADDR="2001:db8:1::1")).status_code == 302


def test_the_lock_ends_by_itself_and_by_the_security_administrator(client, account):
    for _ in range(5):
        sign_in(client, password=WRONG)
    unlock(account, by=SYSTEM, at=datetime.now(UTC))
    assert kinds()[-1] == "access.session.unlocked"
    assert sign_in(client).status_code == 302


def test_success_forgets_the_failures_of_the_name_but_not_those_of_the_address(client, account):
    for _ in range(4):
        sign_in(client, password=WRONG)
    assert sign_in(client).status_code == 302
    assert Attempts.objects.count() == 1
    assert len(Attempts.objects.get().failed_at) == 4


def test_no_name_and_no_address_stands_in_the_table(client, account):
    sign_in(client, "zhang.san", "x")
    subjects = Attempts.objects.values_list("subject", flat=True)
    assert all(re.fullmatch("[0-9a-f]{64}", one) for one in subjects)


def test_a_thousand_guesses_get_nobody_in(account, settings):
    """security.md, section 4, case 14: from a thousand addresses, the right password among them."""
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 10**6
    refused = []
    for number in range(1000):
        request = RequestFactory(REMOTE_ADDR=f"10.0.{number // 250}.{number % 250}").post(SIGN_IN)
        request.session = SessionStore()
        password = f"Guess-{number}-guess" if number < 5 else PASSWORD
        with pytest.raises(Denied) as caught:
            entering.sign_in(
                request,
                login_name="zhang.san",
                password=password,
                onward="/",
                at=datetime.now(UTC),
            )
        refused.append(caught.value.code)
        assert request.session.is_empty()
    assert refused == ["ACCESS-60"] * 4 + ["ACCESS-61"] * 996
    assert kinds().count("access.session.failed") == 5
    assert "access.session.signed_in" not in kinds()


@pytest.mark.parametrize("case", ["disabled", "expired", "unused"])
def test_an_account_that_is_shut_lets_nobody_in(client, case):
    now = datetime.now(UTC)
    account = an_account(at=now - timedelta(days=91 if case == "unused" else 1))
    if case == "disabled":
        disable_account(account=account, reason="调离", by=SYSTEM, at=now)
    if case == "expired":
        with wall.opened():
            Account.objects.update(expires_at=now)
    response = sign_in(client)
    assert (response.status_code, code_of(response)) == (403, "ACCESS-62")
    assert not is_in(client)
    assert code_of(sign_in(client, password=WRONG)) == "ACCESS-60"


def test_an_old_password_must_be_changed_first(client):
    account = an_account(at=datetime.now(UTC) - timedelta(days=89))
    with wall.opened():
        PasswordUse.objects.update(since=datetime.now(UTC) - timedelta(days=90))
    assert sign_in(client)["Location"] == "/account/password/"
    assert Account.objects.get(pk=account.pk).must_change_password


def test_the_session_is_another_one_after_signing_in(client, account):
    """Fixation: what an attacker planted in the browser is worth nothing afterwards."""
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_after_signing_out_the_old_cookie_is_worthless(client, account):
    sign_in(client)
    stolen = client.cookies["guiju_session"].value
    assert is_in(client)
    assert client.post("/account/sign-out/")["Location"] == SIGN_IN
    thief = Client()
    thief.cookies["guiju_session"] = stolen
    assert not is_in(thief)
    assert kinds()[-1] == "access.session.signed_out"
    assert client.post("/account/sign-out/").status_code == 302
    assert kinds().count("access.session.signed_out") == 1


def test_signing_out_needs_a_form(client, account):
    sign_in(client)
    assert client.get("/account/sign-out/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post("/account/sign-out/").status_code == 403
    assert is_in(client)


@pytest.mark.parametrize(
    ("wanted", "leads"),
    [
        ("/account/sessions/", "/account/sessions/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_signing_in_one_comes_to_a_page_of_ours(client, account, wanted, leads):
    assert sign_in(client, next=wanted)["Location"] == leads


def test_a_role_that_needs_a_second_factor_leads_to_enrolling(client):
    an_account(roles=[Role.SECURITY_ADMIN])
    assert sign_in(client)["Location"] == "/account/second-factor/"
    page = client.get("/account/second-factor/").content.decode()
    assert "您的角色必须启用第二重验证" in page


@pytest.mark.parametrize(
    "path",
    ["signup/", "login/", "logout/", "email/", "password/reset/", "password/change/", "inactive/",
     "reauthenticate/", "2fa/", "mfa/", "confirm-email/", "3rdparty/"],
)  # fmt: skip
def test_pages_of_the_library_that_we_do_not_need_are_not_there(client, account, path):
    sign_in(client)
    for prefix in ("/account/", "/accounts/"):
        assert client.get(prefix + path).status_code == 404


def test_failures_are_forgotten_once_nothing_depends_on_them(client, account):
    sign_in(client, "nobody", "x")
    with wall.opened():
        Attempts.objects.update(last_at=datetime.now(UTC) - timedelta(hours=48))
    sign_in(client)
    assert not Attempts.objects.exists()


def test_when_the_door_says_no_nobody_is_signed_in(client, account, monkeypatch):
    def deny(_seen):
        yield Finding(FindingKind.DENY, "T-01", zh("现在不行。"))

    monkeypatch.setattr("guiju.base.record.guards.findings", deny)
    response = sign_in(client)
    assert response.status_code == 403
    assert not is_in(client)
    monkeypatch.undo()
    assert not is_in(client)
    assert sign_in(client).status_code == 302
