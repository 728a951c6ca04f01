"""The page of one's own tokens: made with limits, shown once, ended."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from acting import key_in
from api_story import ROOT, Story, program
from guiju.base.access.models import ApiToken
from guiju.core.terms import Role
from readers import make_account, reader, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

NEW = "/account/tokens/new/"


def filled(**changes):
    day = timezone.localdate() + timedelta(days=30)
    return {
        "name": "月报程序", "permissions": ["org.read"], "is_read_only": "on", "unit": "",
        "last_day": day.isoformat(),
    } | changes  # fmt: skip


def send(browser, **changes):
    key = key_in(browser.get(NEW))
    return browser.post(NEW, filled(key=key, **changes)), key


def secret_in(answer):
    return re.search(r'value="(guiju_[\w-]+)"', answer.content.decode())[1]


def status(secret, address, method="get"):
    headers = {"Authorization": f"Bearer {secret}"}
    return getattr(Client(), method)(ROOT + address, headers=headers).status_code


def test_a_token_is_shown_once_and_does_what_was_chosen():
    county = Story()
    browser = reader(Role.LEADER)
    answer, key = send(browser, unit=county.bureau.reference)
    secret = secret_in(answer)
    assert answer["Cache-Control"] == "no-store"
    row = ApiToken.objects.get()
    assert (row.permissions, row.unit, row.is_read_only) == (
        ["org.read"], county.bureau.reference, True,
    )  # fmt: skip
    shown = Client().get(f"{ROOT}/org/units", headers={"Authorization": f"Bearer {secret}"})
    assert {one["code"] for one in shown.json()["rows"]} == {"J", "J1"}
    assert status(secret, "/org/people") == 404
    assert secret not in browser.get("/account/tokens/").content.decode()
    again = browser.post(NEW, filled(key=key, unit=county.bureau.reference))
    assert again.status_code == 302
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"permissions": []}, {"permissions": ["record.read"]}, {"permissions": ["public"]},
        {"name": ""}, {"name": "长" * 61}, {"unit": "unit:none"}, {"last_day": "2001-01-01"},
        {"last_day": (timezone.localdate() + timedelta(days=400)).isoformat()}, {"last_day": ""},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_makes_no_sense_is_not_made(wrong):
    answer, _ = send(reader(Role.LEADER), **wrong)
    assert answer.status_code == 400
    assert 'id="problems"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_only_what_one_may_and_the_api_asks_for_is_offered():
    page = reader(Role.AUDIT_ADMIN).get(NEW).content.decode()
    offered = set(re.findall(r'name="permissions" value="([\w.]+)"', page))
    assert {"record.read", "account.read", "inbox.use"} <= offered
    assert not offered & {"role.grant", "org.read", "health.read", "public"}
    bare = sign_in(make_account(Role.AUDIT_ADMIN), second_factor=False).get(NEW).content.decode()
    assert "record.read" not in bare


def test_one_ends_ones_own_tokens_and_finds_no_others():
    one, other = program(Role.STAFF), program(Role.STAFF)
    browser = sign_in(one.account)
    assert "报表程序" in browser.get("/account/tokens/").content.decode()
    where = f"/account/tokens/{one.token.reference.partition(':')[2]}/end/"
    theirs = f"/account/tokens/{other.token.reference.partition(':')[2]}/end/"
    assert browser.get(theirs).status_code == browser.post(theirs).status_code == 404
    assert browser.post(where, {"key": key_in(browser.get(where))}).status_code == 302
    assert status(one.secret, "/inbox/tasks") == 401
    assert status(other.secret, "/inbox/tasks") == 200
    assert "已作废或到期" in browser.get("/account/tokens/").content.decode()


def test_every_operation_is_explained_in_both_languages():
    browser = reader(Role.STAFF)
    page = browser.get("/help/api/").content.decode()
    names = re.findall(r'href="/help/api/([\w]+)/"', page)
    assert len(names) == len(set(names)) >= 50
    for name in names:
        assert browser.get(f"/help/api/{name}/").status_code == 200
    assert browser.get("/help/api/nothing/").status_code == 404
    shown = browser.get("/help/api/appoint/").content.decode()
    assert "/api/v1/org/posts/{identity}/appointments" in shown
    assert "Idempotency-Key" in shown
    assert reader().get("/help/api/").status_code == 404
