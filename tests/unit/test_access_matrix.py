"""Every address, asked by every role inside and outside of its scope, answers as the table says."""

from __future__ import annotations

import re
import uuid

import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from guiju.base.access import places
from guiju.base.access.matrix import holders, routes
from guiju.base.access.models import Account
from guiju.base.access.policies import WHOLE_INSTALLATION
from guiju.base.record import scopes, wall
from guiju.core.access import ROLES, SECOND_FACTOR
from guiju.core.terms import Permission, Role
from readers import make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

ANYBODY = {Permission.PUBLIC, Permission.OWN_ACCOUNT, Permission.DECLARE_OWN}
UNIT = "unit:school"
EXAMPLES = dict.fromkeys(("uuid", "uuidstr"), str(uuid.UUID(int=7))) | {
    "slug": "none",
    "str": "none",
    "int": "7",
    "path": "x",
}
"""What stands in an address in place of a converter; none of it names anything."""


def opened(route):
    """Return an address of a route, with something that is not there where it takes something."""
    text = re.sub(r"<(\w+):\w+>", lambda found: EXAMPLES[found[1]], route.pattern)
    return re.sub(r"<\w+>", "none", text)


def addresses():
    return {opened(route): route for route in routes()}


def plain(response):
    """The page without what differs from request to request: its address and the token."""
    text = response.content.decode()
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", text)
    return re.sub(r'(name="next" value=)"[^"]*"', r"\1", text)


def is_led_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith("/account/sign-in/")


def missing_in(browser):
    """What a browser is told of an address that there is not: on pages, and in the API."""
    return {plain(browser.get("/nothing/")), plain(browser.get("/api/v1/nothing"))}


def is_stopped(response, missing):
    """Whether access says no: the same answer as for what does not exist."""
    return response.status_code == 404 and plain(response) in missing


@pytest.fixture
def units(monkeypatch):
    monkeypatch.setattr(places, "_ONE", [{UNIT: "1/14/203/"}.get])
    monkeypatch.setattr(places, "_MANY", [])
    monkeypatch.setattr(scopes, "_SOURCES", [lambda _scope: [UNIT]])


@pytest.fixture
def reached(monkeypatch):
    """Stand before every view: what access lets through is answered with 204."""
    from django.http import HttpResponse  # noqa: PLC0415 - beside its use

    from guiju.base.access.middleware import AccessMiddleware  # noqa: PLC0415 - as above

    real = AccessMiddleware.process_view

    def process_view(self, request, view, args, named):
        answer = real(self, request, view, args, named)
        return HttpResponse(status=204) if answer is None else answer

    monkeypatch.setattr(AccessMiddleware, "process_view", process_view)


@pytest.fixture
def known_once(monkeypatch):
    """Find out once who asks: the same browser asks for every address."""
    from guiju.base.access import middleware  # noqa: PLC0415 - as above

    real, found = middleware._standing, []

    def standing(request, now):
        found[:] = found or [real(request, now)]
        return found[0]

    monkeypatch.setattr(middleware, "_standing", standing)


def may(role, permission, *, everywhere):
    """The table, said once more."""
    if permission in ANYBODY:
        return True
    return permission in ROLES[role] and (everywhere or permission not in WHOLE_INSTALLATION)


@pytest.mark.one_database
@pytest.mark.parametrize("unit", ["", UNIT], ids=["everywhere", "in_a_unit"])
@pytest.mark.parametrize("role", list(Role))
def test_every_address_opens_to_whom_the_table_says(reached, units, known_once, role, unit):
    browser = sign_in(make_account(role, unit=unit))
    missing = missing_in(browser)
    for address, route in addresses().items():
        for method, permission in (
            ("GET", route.needs.reading), ("HEAD", route.needs.reading),
            ("POST", route.needs.changing), ("DELETE", route.needs.changing),
        ):  # fmt: skip
            response = browser.generic(method, address)
            if may(role, permission, everywhere=not unit):
                assert response.status_code == 204, (method, address)
            elif method == "HEAD":
                assert response.status_code == 404, (method, address)
            else:
                assert is_stopped(response, missing), (method, address)


@pytest.mark.one_database
@pytest.mark.parametrize("role", sorted(SECOND_FACTOR))
def test_a_secured_role_opens_nothing_by_password_alone(reached, known_once, role):
    browser = sign_in(make_account(role), second_factor=False)
    missing = missing_in(browser)
    for address, route in addresses().items():
        response = browser.get(address)
        if route.needs.reading in ANYBODY:
            assert response.status_code == 204, address
        else:
            assert is_stopped(response, missing), address


@pytest.mark.parametrize("reason", ["never signed in", "expired", "disabled", "forged cookie"])
def test_strangers_see_what_is_public_and_nothing_else(reached, reason):
    browser = Client()
    if reason == "forged cookie":
        browser.cookies["guiju_session"] = "x" * 32
    elif reason != "never signed in":
        account = make_account(*Role)
        browser = sign_in(account)
        change = {"is_active": False} if reason == "disabled" else {"expires_at": timezone.now()}
        with wall.opened():
            Account.objects.filter(pk=account.pk).update(**change)
    for address, route in addresses().items():
        for method in ("GET", "POST"):
            response = browser.generic(method, address)
            if route.needs.of(method) is Permission.PUBLIC:
                assert response.status_code == 204, (method, address)
            elif route.needs.is_data:
                assert response.status_code == 401, (method, address)
            else:
                assert is_led_to_sign_in(response), (method, address)


@pytest.mark.parametrize("role", list(Role))
def test_what_names_nothing_is_missing_like_what_is_forbidden(units, known_once, role):
    """The views themselves, too: a page that is not there is the page that may not be seen."""
    browser = sign_in(make_account(role))
    browser.raise_request_exception = False
    missing = missing_in(browser)
    for address, route in addresses().items():
        response = browser.get(address)
        assert response.status_code in {200, 302, 400, 403, 404, 405}, address
        if not may(role, route.needs.reading, everywhere=True):
            assert is_stopped(response, missing), address


def test_the_walk_has_seen_every_view():
    assert len(addresses()) >= 40
    seen = {route.needs.reading for route in routes()}
    assert {Permission.RECORD_READ, Permission.FILES_READ, Permission.ACCOUNT_READ} <= seen
    assert get_resolver().url_patterns
    assert holders(Permission.RECORD_READ) == (Role.SUPERVISOR, Role.AUDIT_ADMIN)
