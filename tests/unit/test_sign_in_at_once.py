"""What is tried at the same moment gets no further than what is tried in a row."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client

from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions import entering
from guiju.base.access.sign_in.factors import Factor
from guiju.base.record.models import Event
from guiju.core.errors import Denied
from signing_in import CHEAP, PASSWORD, WRONG, an_account, app_code

SIGN_IN, SECOND = "/account/sign-in/", "/account/sign-in/second/"
APP = "/account/second-factor/app/"
SENT = {"login_name": "zhang.san", "password": PASSWORD}


@pytest.fixture(autouse=True)
def cheap(settings, monkeypatch):
    settings.PASSWORD_HASHERS = CHEAP
    now = datetime.now(UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def at_once(act, things):
    def alone(thing):
        try:
            return act(thing)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(alone, things))


def test_a_code_sent_from_many_browsers_at_once_lets_one_in(record_database):
    an_account()
    client = Client()
    client.post(SIGN_IN, SENT)
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", client.get(APP).content.decode())[1]
    client.post(APP, {"code": app_code(secret)})
    browsers = [Client() for _ in range(4)]
    for browser in browsers:
        browser.post(SIGN_IN, SENT)
    code = app_code(secret, steps=1)
    answers = at_once(lambda one: one.post(SECOND, {"code": code}).status_code, browsers)
    assert sorted(answers) == [302, 403, 403, 403]
    assert Event.objects.filter(kind="access.session.signed_in").count() == 2


def test_failures_at_once_are_all_counted_and_lock(record_database):
    an_account()
    sent = SENT | {"password": WRONG}
    answers = at_once(lambda one: one.post(SIGN_IN, sent).status_code, [Client() for _ in range(6)])
    assert answers == [403] * 6
    assert Client().post(SIGN_IN, SENT).status_code == 403
    assert Event.objects.filter(kind="access.session.locked").exists()


@pytest.mark.django_db
def test_the_right_password_is_too_late_when_five_wrong_ones_were_quicker(
    data_folder, client, monkeypatch
):
    """The hash takes its time; meanwhile others guess. The count is looked at once more."""
    account = an_account()

    def slowly(*_request):
        for _ in range(4):
            entering.count_failure("zhang.san", "10.0.0.1", Factor.PASSWORD, at=datetime.now(UTC))
        with pytest.raises(Denied):
            entering.count_failure("zhang.san", "10.0.0.1", Factor.PASSWORD, at=datetime.now(UTC))
        return account

    monkeypatch.setattr(library, "authenticated", slowly)
    response = client.post(SIGN_IN, SENT)
    assert response.status_code == 403
    assert "ACCESS-61" in response.content.decode()
    assert not Event.objects.filter(kind="access.session.signed_in").exists()
    assert client.get("/account/").status_code == 302
