"""The second factor: enrolling, showing it, replay, recovery codes, taking it away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from guiju.base.access.sign_in import library
from guiju.base.access.sign_in.actions.factors import reset_factors
from guiju.base.access.sign_in.adapters import KEY_NAME
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.base.record.vault import key_store
from guiju.core.terms import Role
from signing_in import CHEAP, PASSWORD, an_account, app_code

SIGN_IN, SECOND = "/account/sign-in/", "/account/sign-in/second/"
FACTORS, APP = "/account/second-factor/", "/account/second-factor/app/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheap(data_folder, settings, monkeypatch):
    """Let hashes cost nothing, and the clock stand still so that no code ends meanwhile."""
    settings.PASSWORD_HASHERS = CHEAP
    now = datetime.now(UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def account():
    return an_account(roles=[Role.SECURITY_ADMIN])


def sign_in(client):
    return client.post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})


def code_of(response):
    found = re.search(r"ACCESS-\d\d", response.content.decode())
    return found and found[0]


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def enrol(client):
    """Enrol an app; return its secret and the recovery codes."""
    page = client.get(APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]
    shown = client.post(APP, {"code": app_code(secret)})
    assert shown.status_code == 200, code_of(shown)
    return secret, re.findall(r"<code>(\d{8})</code>", shown.content.decode())


@pytest.fixture
def enrolled(client, account):
    sign_in(client)
    return enrol(client)


def half_way():
    """Return a browser in which the password was right."""
    client = Client()
    assert sign_in(client)["Location"] == SECOND
    return client


def is_in(client):
    return client.get("/account/").status_code == 200


def test_enrolling_opens_what_the_roles_allow(client, account):
    sign_in(client)
    assert client.get("/access/").status_code == 404
    _secret, codes = enrol(client)
    assert len(set(codes)) == 10
    assert client.get("/access/").status_code == 200
    assert kinds()[-2:] == ["access.factor.enrolled", "access.factor.codes_made"]


def test_a_wrong_code_enrols_nothing(client, account):
    sign_in(client)
    client.get(APP)
    response = client.post(APP, {"code": "000000"})
    assert (response.status_code, code_of(response)) == (403, "ACCESS-64")
    assert not Authenticator.objects.exists()


def test_the_secret_lies_nowhere_in_the_clear(client, account):
    sign_in(client)
    page = client.get(APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1].replace(" ", "")
    assert secret not in str([one.get_decoded() for one in Session.objects.all()])
    client.post(APP, {"code": app_code(secret)})
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert Authenticator.objects.get(type="totp").data["secret"] in kept


def test_the_key_of_the_secrets_is_a_file_for_its_owner_alone(enrolled):
    files = {path.stat().st_mode & 0o777 for path in key_store().files()}
    assert files == {0o600}
    assert key_store().key(KEY_NAME)


def test_without_that_key_nobody_is_let_in_and_the_sentence_says_why(enrolled):
    client = half_way()
    key_store().erase(KEY_NAME)
    response = client.post(SECOND, {"code": app_code(enrolled[0], steps=1)})
    assert (response.status_code, code_of(response)) == (403, "ACCESS-79")
    assert not is_in(client)


def test_password_and_code_let_in(enrolled, account):
    client = half_way()
    assert not is_in(client)
    response = client.post(SECOND, {"code": app_code(enrolled[0], steps=1)})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/access/").status_code == 200
    assert kinds()[-1] == "access.session.signed_in"


def test_a_code_is_taken_with_the_spaces_that_people_type(enrolled):
    client = half_way()
    code = app_code(enrolled[0], steps=1)
    assert client.post(SECOND, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302


@pytest.mark.parametrize("steps", [0, -1, -2, 2])
def test_a_code_that_was_used_or_is_out_of_time_is_refused(enrolled, steps):
    """The step of enrolling counts as used: its code, and every one before it, is a replay."""
    client = half_way()
    response = client.post(SECOND, {"code": app_code(enrolled[0], steps=steps)})
    assert (response.status_code, code_of(response)) == (403, "ACCESS-64")
    assert not is_in(client)


def test_a_code_is_good_for_one_browser_only(enrolled):
    code = app_code(enrolled[0], steps=1)
    first, second = half_way(), half_way()
    assert first.post(SECOND, {"code": code}).status_code == 302
    replayed = second.post(SECOND, {"code": code})
    assert (replayed.status_code, code_of(replayed)) == (403, "ACCESS-64")
    assert is_in(first)
    assert not is_in(second)


@pytest.mark.parametrize("code", ["", "1", "12345678901", "abcdef", "١٢٣٤٥٦", "1" * 20])
def test_what_is_no_code_is_refused(enrolled, code):
    client = half_way()
    assert client.post(SECOND, {"code": code}).status_code == 403
    assert not is_in(client)


def test_five_wrong_codes_lock_the_account_password_and_all(enrolled):
    client = half_way()
    answers = [code_of(client.post(SECOND, {"code": "000000"})) for _ in range(5)]
    assert answers == ["ACCESS-64"] * 4 + ["ACCESS-61"]
    right = client.post(SECOND, {"code": app_code(enrolled[0], steps=1)})
    assert code_of(right) == "ACCESS-61"
    assert code_of(sign_in(Client())) == "ACCESS-61"
    assert not is_in(client)


def test_typing_the_password_again_does_not_give_more_guesses(enrolled):
    answers = []
    for _ in range(5):
        client = Client()
        sign_in(client)
        answers.append(code_of(client.post(SECOND, {"code": "000000"})))
    assert answers[-1] == "ACCESS-61"


def test_the_second_step_without_the_first_is_refused(client, enrolled):
    for visitor in (Client(), client):
        page = visitor.get(SECOND)
        assert (page.status_code, code_of(page)) == (403, "ACCESS-75")
    stranger = Client()
    code = app_code(enrolled[0], steps=1)
    assert code_of(stranger.post(SECOND, {"code": code})) == "ACCESS-75"


def test_the_second_step_comes_too_late_after_five_minutes(enrolled, settings):
    client = half_way()
    settings.ACCOUNT_LOGIN_TIMEOUT = 0
    late = client.post(SECOND, {"code": app_code(enrolled[0], steps=1)})
    assert code_of(late) == "ACCESS-75"
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(enrolled):
    codes = enrolled[1]
    client = half_way()
    assert client.post(SECOND, {"code": codes[3]}).status_code == 302
    assert kinds()[-2:] == ["access.session.signed_in", "access.factor.recovery_used"]
    again = half_way()
    assert code_of(again.post(SECOND, {"code": codes[3]})) == "ACCESS-64"
    assert again.post(SECOND, {"code": codes[4]}).status_code == 302
    assert "还剩 8 个" in again.get(FACTORS).content.decode()


def test_new_recovery_codes_need_the_password_and_end_the_old_ones(client, enrolled):
    address = FACTORS + "codes/"
    assert code_of(client.post(address, {"password": "Wrong-guess-1"})) == "ACCESS-71"
    assert client.post(address, {}).status_code == 403
    shown = client.post(address, {"password": PASSWORD}).content.decode()
    fresh = re.findall(r"<code>(\d{8})</code>", shown)
    assert len(fresh) == 10
    assert not set(fresh) & set(enrolled[1])
    browser = half_way()
    assert code_of(browser.post(SECOND, {"code": enrolled[1][0]})) == "ACCESS-64"
    assert browser.post(SECOND, {"code": fresh[0]}).status_code == 302


def test_codes_are_sent_as_a_file_only_to_who_knows_them(client, enrolled):
    address = FACTORS + "codes.txt"
    sent = client.post(address, {"code": enrolled[1]})
    assert sent.content.decode().split() == enrolled[1]
    assert "attachment" in sent["Content-Disposition"]
    assert client.post(address, {"code": enrolled[1][:9]}).status_code == 302
    assert client.get(address).status_code == 405


def test_the_last_factor_of_who_must_have_one_stays(client, enrolled):
    app = Authenticator.objects.get(type="totp")
    response = client.post(f"{FACTORS}{app.pk}/remove/", {"password": PASSWORD})
    assert (response.status_code, code_of(response)) == (403, "ACCESS-74")
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_who_needs_none_may_take_it_away_with_the_password(client):
    an_account()
    sign_in(client)
    enrol(client)
    app = Authenticator.objects.get(type="totp")
    address = f"{FACTORS}{app.pk}/remove/"
    assert code_of(client.post(address, {"password": "Wrong-guess-1"})) == "ACCESS-71"
    assert client.post(address, {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.exists()
    assert kinds()[-1] == "access.factor.removed"


def test_nobody_takes_away_what_is_not_theirs(client, enrolled):
    an_account("li.si")
    other = Client()
    other.post(SIGN_IN, {"login_name": "li.si", "password": PASSWORD})
    app = Authenticator.objects.get(type="totp")
    other.post(f"{FACTORS}{app.pk}/remove/", {"password": PASSWORD})
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_a_second_app_is_refused(client, enrolled):
    page = client.get(APP).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]
    code = app_code(secret)
    assert client.post(APP, {"code": code}).status_code == 403  # the password is asked for now
    again = client.post(APP, {"code": code, "password": PASSWORD})
    assert code_of(again) == "ACCESS-76"


def test_the_security_administrator_clears_the_factor_of_who_lost_it(enrolled, account):
    reset_factors(account, by=SYSTEM, at=datetime.now(UTC))
    assert kinds()[-1] == "access.factor.reset"
    assert sign_in(Client())["Location"] == FACTORS


def test_security_keys_are_allowed_on_their_pages_alone(client, account):
    sign_in(client)
    with_key = client.get(FACTORS + "key/")["Permissions-Policy"]
    assert "publickey-credentials-create=(self)" in with_key
    assert "publickey-credentials-get=()" in with_key
    assert "publickey-credentials-create=()" in client.get(FACTORS)["Permissions-Policy"]


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", '{"response": 1}', "null", "9" * 20000]
)
def test_a_credential_that_is_none_is_refused(client, account, credential):
    sign_in(client)
    client.get(FACTORS + "key/")
    sent = {"name": "我的钥匙", "credential": credential}
    assert client.post(FACTORS + "key/", sent).status_code == 403
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", '{"id": 1}', '{"id": "AA", "rawId": "AA", "response": {}}']
)
def test_an_answer_that_is_none_is_refused(enrolled, credential):
    client = half_way()
    assert client.post(SECOND, {"credential": credential}).status_code == 403
    assert not is_in(client)


def test_steps_count_once_and_drift_by_one_at_most():
    """Published vector of RFC 6238, appendix B: 59 seconds, SHA-1, last six digits."""
    secret, at = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", datetime.fromtimestamp(59, UTC)
    assert library.matching_step(secret, "287082", at=at, after=-1) == 1
    assert app_code(secret, at) == "287082"
    late = at + timedelta(seconds=30)
    assert library.matching_step(secret, "287082", at=late, after=0) == 1
    assert library.matching_step(secret, "287082", at=late, after=1) is None
    later = at + timedelta(seconds=60)
    assert library.matching_step(secret, "287082", at=later, after=-1) is None
