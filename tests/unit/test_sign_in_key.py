"""Security keys count their signatures: what does not count on may be a copy."""

from __future__ import annotations

import html
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from guiju.base.record.models import Event
from security_key import SecurityKey
from signing_in import CHEAP, PASSWORD, an_account

SIGN_IN, SECOND, ENROL = (
    "/account/sign-in/", "/account/sign-in/second/", "/account/second-factor/key/"
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def account(data_folder, settings):
    settings.PASSWORD_HASHERS = CHEAP
    return an_account()


def options_of(page):
    return json.loads(html.unescape(re.search(r'data-options="([^"]*)"', page)[1]))


def code_of(response):
    found = re.search(r"(ACCESS|SIGNIN)-\d\d", response.content.decode())
    return found and found[0]


def half_way():
    client = Client(HTTP_HOST="localhost")
    client.post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    return client


def enrolled(count=0):
    """Enrol a security key that begins to count somewhere."""
    key, client = SecurityKey(count=count), half_way()
    options = options_of(client.get(ENROL).content.decode())
    answer = client.post(ENROL, {"name": "钥匙串上的", "credential": key.created(options)})
    assert answer.status_code == 200, code_of(answer)
    return key


def show(key, count):
    """Sign in with a key that says this count; return the code of the refusal, None inside."""
    client = half_way()
    key.count = count
    options = options_of(client.get(SECOND).content.decode())
    answer = client.post(SECOND, {"credential": key.shown(options)})
    assert (answer.status_code == 302) == (client.get("/account/").status_code == 200)
    return None if answer.status_code == 302 else code_of(answer)


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_a_key_that_counts_on_lets_in():
    key = enrolled(count=5)
    assert [show(key, count) for count in (6, 7, 100)] == [None] * 3
    assert kinds()[-1] == "access.session.signed_in"


@pytest.mark.parametrize("count", [7, 6, 1, 0])
def test_a_copy_that_does_not_count_on_is_refused_with_an_event(count):
    key = enrolled(count=5)
    assert show(key, 7) is None
    assert show(key, count) == "SIGNIN-07"
    assert kinds()[-1] == "access.factor.cloned"
    assert Authenticator.objects.get(type="webauthn").data["sign_count"] == 7
    assert show(key, 8) is None


def test_the_count_at_enrolling_is_the_first_one():
    key = enrolled(count=5)
    assert show(key, 5) == "SIGNIN-07"


def test_a_key_that_never_counts_is_none_that_went_back():
    key = enrolled()
    assert [show(key, 0) for _ in range(3)] == [None] * 3
    assert show(key, 1) is None
    assert show(key, 1) == "SIGNIN-07"


def test_copies_lock_the_account_in_the_end():
    key = enrolled(count=5)
    assert [show(key, 5) for _ in range(4)] == ["SIGNIN-07"] * 4
    client = half_way()
    options = options_of(client.get(SECOND).content.decode())
    assert code_of(client.post(SECOND, {"credential": key.shown(options)})) == "ACCESS-61"


def test_an_answer_to_another_question_is_refused():
    key = enrolled(count=5)
    client, key.count = half_way(), 6
    old = key.shown(options_of(client.get(SECOND).content.decode()))
    client.get(SECOND)
    assert code_of(client.post(SECOND, {"credential": old})) == "ACCESS-73"
    assert kinds()[-1] == "access.session.failed"
