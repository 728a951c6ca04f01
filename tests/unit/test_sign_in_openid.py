"""Signing in at a provider of OpenID Connect that really runs, and every lie it could tell."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from guiju.base.access.models import Account
from guiju.base.access.sign_in.actions.identities import forget_identities
from guiju.base.access.sign_in.models import LinkedIdentity
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.terms import Role
from installation import free_port
from openid_house import CLIENT, SECRET, provider_house, visit
from signing_in import CHEAP, PASSWORD, WRONG, an_account, app_code

SIGN_IN, GO = "/account/sign-in/", "/account/sign-in/provider/"
BACK, SECOND, FACTORS = f"{GO}back/", f"{SIGN_IN}second/", "/account/second-factor/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    with provider_house() as running:
        yield running


@pytest.fixture(autouse=True)
def provider(house, data_folder, settings):
    settings.PASSWORD_HASHERS = CHEAP
    settings.SIGN_IN_PROVIDER = Provider(house.issuer, CLIENT, SECRET, "县政务统一认证")
    return settings.SIGN_IN_PROVIDER


@pytest.fixture
def account():
    return an_account()


def answer_of(house, client, onward=""):
    """Go to the provider and return the address that it leads back to."""
    sent = client.get(GO, {"next": onward})
    assert sent.status_code == 302, code_of(sent)
    house.asked = sent["Location"]
    return visit(house.asked)


def come_back(client, address):
    parts = urlsplit(address)
    assert parts.path == BACK
    return client.get(f"{BACK}?{parts.query}")


def sign_in(house, client=None, onward=""):
    client = client or Client()
    return come_back(client, answer_of(house, client, onward)), client


def code_of(response):
    found = re.search(r"(?:ACCESS|SIGNIN)-\d\d", response.content.decode())
    return found and found[0]


def is_in(client):
    return client.get("/account/").status_code == 200


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_who_has_an_account_comes_in_and_goes_where_they_wanted(house, account):
    response, client = sign_in(house, onward="/account/sessions/")
    assert (response.status_code, response["Location"]) == (302, "/account/sessions/")
    assert is_in(client)
    assert kinds()[-2:] == ["access.identity.linked", "access.session.signed_in"]


def test_the_provider_is_told_what_protects_the_way(house, account):
    sign_in(house)
    said = {name: values[0] for name, values in parse_qs(urlsplit(house.asked).query).items()}
    assert said["code_challenge_method"] == "S256"
    assert len({said["state"], said["nonce"], said["code_challenge"]}) == 3
    assert all(len(said[name]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert said["redirect_uri"] == f"http://testserver{BACK}"


def test_a_foreign_page_to_go_on_to_is_not_taken(house, account):
    response, _client = sign_in(house, onward="https://evil.example/")
    assert response["Location"] == "/"


def test_signatures_by_an_elliptic_curve_hold_too(house, account):
    house.how = "ES256"
    assert is_in(sign_in(house)[1])


@pytest.mark.parametrize(
    ("lies", "how"),
    [
        ({"nonce": "another"}, "RS256"),
        ({"nonce": None}, "RS256"),
        ({"aud": "somebody else"}, "RS256"),
        ({"aud": [CLIENT, "somebody else"]}, "RS256"),
        ({"azp": "somebody else"}, "RS256"),
        ({"iss": "https://elsewhere.example"}, "RS256"),
        ({"exp": 1_000_000_000}, "RS256"),
        ({"exp": None}, "RS256"),
        ({"exp": float("inf")}, "RS256"),
        ({"exp": 2**39, "iat": 1_000_000_000}, "RS256"),
        ({"nbf": 2**39}, "RS256"),
        ({"sub": None}, "RS256"),
        ({"sub": 7}, "RS256"),
        ({}, "none"),
        ({}, "HS256"),
        ({}, "stranger"),
    ],
)
def test_a_token_that_does_not_hold_lets_nobody_in(house, account, lies, how):
    house.lies, house.how = lies, how
    response, client = sign_in(house)
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-03")
    assert not is_in(client)
    assert kinds()[-1] == "access.session.failed"
    house.lies, house.how = {}, "RS256"
    assert is_in(sign_in(house)[1])


def test_a_token_for_two_holds_when_it_names_us_as_its_user(house, account):
    house.lies = {"aud": [CLIENT, "somebody else"], "azp": CLIENT}
    assert is_in(sign_in(house)[1])


def test_an_answer_is_good_once(house, account):
    client = Client()
    address = answer_of(house, client)
    assert come_back(client, address).status_code == 302
    client.post("/account/sign-out/")
    again = come_back(client, address)
    assert (again.status_code, code_of(again)) == (403, "SIGNIN-02")
    assert not is_in(client)


def test_a_code_that_was_used_is_refused_though_the_browser_asked_anew(house, account):
    client = Client()
    used = parse_qs(urlsplit(answer_of(house, client)).query)["code"][0]
    house.codes.pop(used)
    asked = parse_qs(urlsplit(answer_of(house, client)).query)
    response = client.get(BACK, {"code": used, "state": asked["state"][0]})
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-03")
    assert not is_in(client)


def test_a_code_of_another_browser_fails_by_its_verifier(house, account):
    thief, victim = Client(), Client()
    stolen = parse_qs(urlsplit(answer_of(house, victim)).query)["code"][0]
    state = parse_qs(urlsplit(answer_of(house, thief)).query)["state"][0]
    assert code_of(thief.get(BACK, {"code": stolen, "state": state})) == "SIGNIN-03"
    assert not is_in(thief)


def test_an_answer_belongs_to_the_browser_that_asked(house, account):
    client, other = Client(), Client()
    address = answer_of(house, client)
    assert code_of(come_back(other, address)) == "SIGNIN-02"
    assert come_back(client, address).status_code == 302


@pytest.mark.parametrize("change", [{"state": "x"}, {"iss": "https://elsewhere.example"}])
def test_an_answer_with_another_state_or_issuer_is_refused(house, account, change):
    client = Client()
    said = {k: v[0] for k, v in parse_qs(urlsplit(answer_of(house, client)).query).items()}
    response = client.get(f"{BACK}?{urlencode(said | change)}")
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-02")
    assert not is_in(client)


def test_an_answer_that_comes_late_is_refused(house, account, monkeypatch):
    client = Client()
    address, later = answer_of(house, client), datetime.now(UTC) + timedelta(minutes=11)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert code_of(come_back(client, address)) == "SIGNIN-02"


def test_turning_back_at_the_provider_is_said_kindly(house, account):
    client = Client()
    state = parse_qs(urlsplit(answer_of(house, client)).query)["state"][0]
    response = client.get(BACK, {"error": "access_denied", "state": state})
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-05")
    assert "县政务统一认证" in response.content.decode()


def test_an_unknown_identity_gets_one_sentence_and_an_event_without_names(house, account):
    house.person = {"sub": "person-8", "preferred_username": "li.si"}
    response, client = sign_in(house)
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-01")
    assert not is_in(client)
    assert Account.objects.count() == 1
    last = Event.objects.latest("pk")
    assert (last.kind, last.object) == ("access.identity.unknown", "")
    said = bytes(last.entry).decode()
    assert not [one for one in ("li.si", "person-8", "zhang") if one in said]


@pytest.mark.parametrize("name", [None, "", 7, ["zhang.san"]])
def test_an_identity_without_a_login_name_fits_no_account(house, account, name):
    house.lies = {"preferred_username": name}
    assert code_of(sign_in(house)[0]) == "SIGNIN-01"


def test_an_identity_is_remembered_by_its_subject_and_not_by_its_name(house, account):
    sign_in(house)
    house.person["preferred_username"] = "zhang.san2"
    assert is_in(sign_in(house)[1])
    assert LinkedIdentity.objects.count() == 1
    assert kinds().count("access.identity.linked") == 1
    assert "person-7" not in str(list(LinkedIdentity.objects.values()))


def test_a_name_that_was_given_anew_opens_nothing_until_the_account_forgets(house, account):
    sign_in(house)
    house.person["sub"] = "person-9"
    assert code_of(sign_in(house)[0]) == "SIGNIN-01"
    forget_identities(account, by=SYSTEM, at=datetime.now(UTC))
    assert is_in(sign_in(house)[1])
    assert "access.identity.unlinked" in kinds()


def test_the_security_administrator_lets_an_account_forget(house, account):
    sign_in(house)
    keeper, boss = Client(), an_account("boss", roles=[Role.SECURITY_ADMIN])
    keeper.force_login(boss)
    session = keeper.session
    session["second_factor"] = True
    session.save()
    page = f"/access/{account.reference.removeprefix('account:')}/"
    assert f"{page}identities/forget/" in keeper.get(page).content.decode()
    assert keeper.get(f"{page}identities/forget/").status_code == 200
    assert LinkedIdentity.objects.count() == 1
    assert keeper.post(f"{page}identities/forget/").status_code == 302
    assert LinkedIdentity.objects.count() == 0
    assert f"{page}identities/forget/" not in keeper.get(page).content.decode()


def test_another_claim_can_hold_the_login_name(house, account, settings, provider):
    settings.SIGN_IN_PROVIDER = Provider(house.issuer, CLIENT, SECRET, "县", claim="employee")
    assert code_of(sign_in(house)[0]) == "SIGNIN-01"
    house.person["employee"] = "zhang.san"
    assert is_in(sign_in(house)[1])


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}]
)
def test_an_account_that_lets_nobody_in_does_not_by_a_provider(house, account, change):
    sign_in(house)
    with wall.opened():
        Account.objects.update(**change)
    response, client = sign_in(house)
    assert (response.status_code, code_of(response)) == (403, "ACCESS-62")
    assert not is_in(client)


def test_a_locked_name_is_locked_for_the_provider_too(house, account):
    for _ in range(5):
        Client().post(SIGN_IN, {"login_name": "zhang.san", "password": WRONG})
    response, client = sign_in(house)
    assert (response.status_code, code_of(response)) == (403, "ACCESS-61")
    assert not is_in(client)


def test_strangers_of_one_address_are_stopped_and_no_account_is_locked(house, account, settings):
    settings.SIGN_IN_FAILURES_OF_ADDRESS = 3
    house.how = "none"
    assert [code_of(sign_in(house)[0]) for _ in range(4)] == ["SIGNIN-03"] * 2 + ["ACCESS-61"] * 2
    house.how = "RS256"
    elsewhere = Client(REMOTE_ADDR="10.9.8.7")
    sign_in(house, elsewhere)
    assert is_in(elsewhere)


def with_app(house):
    """Let the account's owner enrol an app; return its secret."""
    client = Client()
    client.post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    page = client.get(f"{FACTORS}app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]
    assert client.post(f"{FACTORS}app/", {"code": app_code(secret)}).status_code == 200
    return secret


def test_the_second_factor_is_asked_for_after_the_provider(house):
    an_account(roles=[Role.SECURITY_ADMIN])
    secret = with_app(house)
    response, client = sign_in(house)
    assert response["Location"] == SECOND
    assert not is_in(client)
    assert "第一步已经通过" in client.get(SECOND).content.decode()
    assert client.post(SECOND, {"code": app_code(secret, steps=1)}).status_code == 302
    assert client.get("/access/").status_code == 200


def test_who_must_have_one_and_has_none_is_led_to_it(house):
    an_account(roles=[Role.SECURITY_ADMIN])
    response, client = sign_in(house)
    assert response["Location"] == FACTORS
    assert client.get("/access/").status_code == 404


@pytest.mark.parametrize(
    ("strong", "claims", "is_enough"),
    [
        ({}, {"acr": "gold", "amr": ["mfa"]}, False),
        ({"strong_acr": frozenset({"gold"})}, {"acr": "gold"}, True),
        ({"strong_acr": frozenset({"gold"})}, {"acr": "silver"}, False),
        ({"strong_amr": frozenset({"mfa"})}, {"amr": ["pwd", "mfa"]}, True),
        ({"strong_amr": frozenset({"mfa"})}, {"amr": "mfa"}, False),
    ],
)
def test_the_provider_vouches_for_the_second_factor_only_when_told_so(
    house, settings, strong, claims, is_enough
):
    an_account(roles=[Role.SECURITY_ADMIN])
    with_app(house)
    settings.SIGN_IN_PROVIDER = Provider(house.issuer, CLIENT, SECRET, "县", **strong)
    house.person |= claims
    response, client = sign_in(house)
    assert (response["Location"] != SECOND) == is_enough
    assert (client.get("/access/").status_code == 200) == is_enough


def test_an_old_password_does_not_stop_who_does_not_use_it(house):
    account = an_account(at=datetime.now(UTC) - timedelta(days=89))
    with wall.opened():
        account.passwords.update(since=datetime.now(UTC) - timedelta(days=100))
    assert is_in(sign_in(house)[1])
    account.refresh_from_db()
    assert not account.must_change_password
    by_password = Client().post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    assert by_password["Location"] == "/account/password/"


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_tells_nonsense_of_itself_is_not_asked(house, account, told):
    house.told = told
    response = Client().get(GO)
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-04")


def test_a_provider_that_is_down_is_said_so_and_passwords_still_work(house, account, settings):
    settings.SIGN_IN_PROVIDER = Provider(f"http://127.0.0.1:{free_port()}", CLIENT, SECRET, "县")
    response = Client().get(GO)
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-04")
    client = Client()
    client.post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    assert is_in(client)


def test_a_provider_that_breaks_down_on_the_way_is_said_so(house, account):
    client = Client()
    address = answer_of(house, client)
    house.is_broken = True
    assert code_of(come_back(client, address)) == "SIGNIN-04"
    assert kinds()[-1] != "access.session.failed"


def test_the_button_is_there_only_where_a_provider_is(client, house, settings):
    page = client.get(f"{SIGN_IN}?next=/account/").content.decode()
    assert "用「县政务统一认证」登录" in page
    assert f'href="{GO}?next=/account/"' in page
    settings.SIGN_IN_PROVIDER = None
    assert GO not in client.get(SIGN_IN).content.decode()
    assert client.get(GO).status_code == client.get(BACK).status_code == 404


def test_coming_back_costs_a_fixed_number_of_queries(house, account, django_assert_max_num_queries):
    sign_in(house)
    client = Client()
    address = answer_of(house, client)
    with django_assert_max_num_queries(40):
        assert come_back(client, address).status_code == 302
