"""Every operation of the API, asked by every role, in and out of scope, with every token."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from api_story import is_problem, program, task_for
from guiju.base.access import places
from guiju.base.access.actions.tokens import revoke_token
from guiju.base.access.matrix import routes
from guiju.base.access.middleware import AccessMiddleware
from guiju.base.access.models import Account, ApiToken
from guiju.base.access.policies import WHOLE_INSTALLATION
from guiju.base.api import rates
from guiju.base.record import floor, scopes, wall
from guiju.base.record.actor import SYSTEM
from guiju.core.access import ROLES
from guiju.core.errors import Denied, Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Permission, Role
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

UNIT, PART, ELSEWHERE = "unit:school", "unit:class", "unit:farm"
PATHS = {UNIT: "1/14/203/", PART: "1/14/203/9/", ELSEWHERE: "1/15/"}
OWN = {Permission.OWN_ACCOUNT}
PERSONAL = OWN | {
    Permission.INBOX_USE,
    Permission.DELEGATE_OWN,
    Permission.HELP_READ,
    Permission.LISTS_SIGN,
    Permission.RISK_REPORT,
}
WRITING = {"POST", "PUT", "PATCH", "DELETE"}


def operations():
    """Every operation, as method, address and the permission that it needs."""
    for route in routes():
        if route.pattern.startswith("/api/"):
            address = re.sub(r"<uuid\w*:\w+>", str(uuid.UUID(int=7)), route.pattern)
            address = re.sub(r"<(?:int|str|path|slug):\w+>|<\w+>", "7", address)
            for method in route.methods or ("GET",):
                yield method, address, route.needs.of(method)


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setattr(places, "_ONE", [PATHS.get])
    monkeypatch.setattr(places, "_MANY", [])
    monkeypatch.setattr(scopes, "_SOURCES", [lambda _scope: [UNIT]])


@pytest.fixture
def reached(monkeypatch):
    """Stand before every operation: what access lets through is answered with 204."""
    real = AccessMiddleware.process_view

    def process_view(self, request, view, args, named):
        answer = real(self, request, view, args, named)
        return HttpResponse(status=204) if answer is None else answer

    monkeypatch.setattr(AccessMiddleware, "process_view", process_view)


def ask(secret, method, address, **more):
    headers = {"Authorization": f"Bearer {secret}"}
    return Client(enforce_csrf_checks=True).generic(method, address, headers=headers, **more)


def may(role, permission, *, everywhere):
    """The table, said once more: every token may read the API's description."""
    if permission in OWN:
        return True
    return permission in ROLES[role] and (everywhere or permission not in WHOLE_INSTALLATION)


def test_the_walk_has_seen_every_operation():
    found = list(operations())
    assert len(found) >= 50
    assert {method for method, _, _ in found} == {"GET", "POST", "PUT", "DELETE"}
    assert {permission for _, _, permission in found} >= {
        Permission.ORG_READ, Permission.PERSON_READ, Permission.APPOINT, Permission.DELEGATE,
        Permission.DELEGATE_OWN, Permission.ROTATION_READ, Permission.INBOX_USE,
        Permission.HELP_READ, Permission.RECORD_READ, Permission.FILES_READ,
        Permission.FILES_ADD, Permission.ROLE_GRANT,
        Permission.ACCOUNT_READ, Permission.ACCOUNT_EDIT, Permission.OWN_ACCOUNT,
        Permission.MATRIX_READ,
    }  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize("unit", ["", UNIT], ids=["everywhere", "in_a_unit"])
@pytest.mark.parametrize("role", list(Role))
def test_every_operation_opens_to_whose_token_the_table_says(reached, units, role, unit):
    full = program(role, unit=unit)
    reading = program(account=full.account, is_read_only=True)
    missing = ask(full.secret, "GET", "/api/v1/nothing").content
    for method, address, permission in operations():
        answer = ask(full.secret, method, address)
        only_reads = ask(reading.secret, method, address)
        if not may(role, permission, everywhere=not unit):
            for one in (answer, only_reads):
                assert (one.status_code, one.content) == (404, missing), (method, address)
            continue
        assert answer.status_code == 204, (method, address)
        if method in WRITING:
            is_problem(only_reads, 403, "API-07")
        else:
            assert only_reads.status_code == 204, (method, address)


@pytest.mark.one_database
@pytest.mark.parametrize("role", list(Role))
def test_a_token_for_a_unit_opens_less_never_more(reached, units, role):
    inside = program(role, unit=UNIT)
    part, outside = (program(account=inside.account, unit=one).secret for one in (PART, ELSEWHERE))
    for method, address, permission in operations():
        is_open = may(role, permission, everywhere=False)
        assert (ask(part, method, address).status_code == 204) is is_open, (method, address)
        only_own = is_open and permission in PERSONAL
        assert (ask(outside, method, address).status_code == 204) is only_own, (method, address)


@pytest.mark.parametrize(
    "reason", ["none", "foreign", "revoked", "expired", "disabled", "not ours"]
)
def test_whoever_shows_no_good_token_is_told_so_everywhere(reached, units, reason):
    one = program(*Role)
    headers = {"Authorization": f"Bearer {one.secret}"}
    if reason == "none":
        headers = {}
    elif reason == "foreign":
        headers = {"Authorization": "Bearer guiju_" + "x" * 43}
    elif reason == "not ours":
        headers = {"Authorization": "Basic dTpw"}
    elif reason == "revoked":
        revoke_token(token=one.token, by=SYSTEM, at=timezone.now())
    else:
        with wall.opened():
            if reason == "expired":
                ApiToken.objects.filter(pk=one.token.pk).update(expires_at=timezone.now())
            else:
                Account.objects.filter(pk=one.account.pk).update(is_active=False)
    for method, address, _ in operations():
        answer = Client().generic(method, address, headers=headers)
        is_problem(answer, 401, "ACCESS-50")
        assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_may_only_what_was_chosen_for_it(reached, units):
    account = make_account(Role.SUPERVISOR)
    one = program(account=account, permissions={Permission.ORG_READ})
    for method, address, permission in operations():
        is_open = permission in {Permission.ORG_READ, Permission.HELP_READ}
        assert (ask(one.secret, method, address).status_code == 204) is is_open, (method, address)


def test_a_session_opens_the_api_too_and_shows_djangos_token_to_write():
    account = make_account(Role.STAFF)
    browser = sign_in(account, client=Client(enforce_csrf_checks=True))
    assert browser.get("/api/v1/inbox/tasks").json()["rows"] == []
    where = f"/api/v1/inbox/tasks/{task_for(account.person)}/complete"
    sent = {"data": "{}", "content_type": "application/json"}
    is_problem(browser.post(where, **sent), 403, "API-09")
    browser.get("/account/")
    token = browser.cookies["csrftoken"].value
    assert browser.post(where, **sent, headers={"X-CSRFToken": token}).status_code == 200
    is_problem(browser.post(where, **sent, headers={"X-CSRFToken": token}), 409, "INBOX-02")


def test_a_token_cannot_make_tokens():
    assert not [
        one for one in operations() if one[1] == "/api/v1/access/me/tokens" and one[0] != "GET"
    ]


def test_a_token_without_the_own_account_cannot_see_to_it():
    one = program(Role.STAFF, permissions={Permission.ORG_READ})
    is_problem(one.ask("GET", "/access/me"), 404, "API-01")
    own = program(account=one.account)
    assert own.get("/access/me")["token"] == own.token.reference


def test_more_than_the_person_may_is_never_issued():
    account = make_account(Role.STAFF)
    with pytest.raises(Denied) as refusal:
        program(account=account, permissions={Permission.RECORD_READ})
    assert refusal.value.code == "ACCESS-43"
    with pytest.raises(Invalid) as refusal:
        program(account=account, unit="unit:none")
    assert refusal.value.code == "ACCESS-45"


def test_a_token_whose_unit_is_no_more_may_nothing(units, monkeypatch):
    account = make_account(Role.STAFF)
    secret = program(account=account, unit=PART).secret
    assert ask(secret, "GET", "/api/v1/inbox/tasks").status_code == 200
    monkeypatch.setattr(places, "_ONE", [lambda _unit: None])
    assert ask(secret, "GET", "/api/v1/inbox/tasks").status_code == 404


def test_a_program_that_runs_wild_waits(settings, monkeypatch):
    settings.API_PER_MINUTE = 3
    monkeypatch.setattr(rates, "_SEEN", type(rates._SEEN)())
    one, other = program(Role.STAFF), program(Role.STAFF)
    statuses = [one.ask("GET", "/inbox/tasks").status_code for _ in range(4)]
    assert statuses in ([200, 200, 200, 429], [200] * 4)  # a minute may have begun between
    assert other.ask("GET", "/inbox/tasks").status_code == 200


def test_the_rate_counts_by_minute_and_by_whom():
    at = timezone.now().replace(second=10)
    waits = [rates.seconds_to_wait("token:a", at=at, most=2) for _ in range(3)]
    assert waits == [0, 0, 50]
    assert rates.seconds_to_wait("token:b", at=at, most=2) == 0
    assert rates.seconds_to_wait("token:a", at=at + timedelta(minutes=1), most=2) == 0


def test_while_writing_is_halted_reading_goes_on(monkeypatch):
    one = program(Role.STAFF)

    def halted():
        raise Denied("RECORD-10", zh("已停止写入。"))

    monkeypatch.setattr(floor, "require_open", halted)
    assert one.ask("GET", "/inbox/tasks").status_code == 200
    is_problem(one.ask("POST", f"/inbox/tasks/{uuid.uuid4()}/complete", {}), 404, "API-01")


def test_the_api_speaks_the_language_that_is_asked_for():
    one = program(Role.STAFF)
    plain = one.ask("GET", "/nothing")
    english = one.ask("GET", "/nothing", Accept_Language="en-GB,en;q=0.9,zh;q=0.1")
    chinese = one.ask("GET", "/nothing", Accept_Language="fr, zh-CN;q=0.8, en;q=0.2")
    assert plain.content == chinese.content
    assert plain["Content-Language"] == "zh-hans"
    assert english["Content-Language"] == "en"
    assert "Accept-Language" in english["Vary"]


def test_every_no_is_a_problem_whatever_found_it_out():
    one = program(Role.SUPERVISOR)
    wrong_method = one.ask("PUT", "/org/units")
    is_problem(wrong_method, 405, "API-02")
    assert wrong_method["Allow"] == "GET"
    too_large = Client().post(
        "/api/v1/files", headers={"Authorization": f"Bearer {one.secret}"},
        CONTENT_LENGTH=str(10**10), content_type="application/json", data="{}",
    )  # fmt: skip
    is_problem(too_large, 413, "API-04")
    unreadable = ask(
        one.secret, "POST", f"/api/v1/inbox/tasks/{task_for(one.account.person)}/complete",
        data="{", content_type="application/json",
    )  # fmt: skip
    is_problem(unreadable, 400, "API-03")


def test_what_breaks_says_nothing_of_its_insides(monkeypatch):
    one = program(Role.STAFF)

    def broken(*_args, **_more):
        raise ZeroDivisionError("secret insides")

    monkeypatch.setattr("guiju.base.inbox.api.reads.inbox", broken)
    browser = Client(raise_request_exception=False)
    answer = browser.get("/api/v1/inbox/tasks", headers={"Authorization": f"Bearer {one.secret}"})
    is_problem(answer, 500, "API-10")
    assert b"secret" not in answer.content
