"""One's own password, sessions and one-time link."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from guiju.base.access.actions.accounts import open_account
from guiju.base.access.actions.links import issue_link
from guiju.base.access.models import Account, OneTimeLink
from guiju.base.access.policies import LinkPurpose
from guiju.base.access.sign_in.models import PasswordUse
from guiju.base.access.sign_in.reads import browser
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.terms import Role
from signing_in import CHEAP, PASSWORD, an_account, give

SIGN_IN, CHANGE, SESSIONS = "/account/sign-in/", "/account/password/", "/account/sessions/"
FRESH = "Willow-wind-38"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cheap(data_folder, settings):
    settings.PASSWORD_HASHERS = CHEAP


@pytest.fixture
def account():
    return an_account()


def browse(password=PASSWORD, **more):
    """Return a browser in which zhang.san has signed in."""
    client = Client(**more)
    sent = client.post(SIGN_IN, {"login_name": "zhang.san", "password": password})
    assert sent.status_code == 302, code_of(sent)
    return client


def code_of(response):
    found = re.search(r"ACCESS-\d\d", response.content.decode())
    return found and found[0]


def is_in(client):
    return client.get("/account/").status_code == 200


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def change(client, *, old=PASSWORD, new=FRESH, again=FRESH):
    return client.post(CHANGE, {"password": old, "new": new, "again": again})


def test_a_new_password_ends_every_other_session(account):
    here, there = browse(), browse()
    assert change(here)["Location"] == "/account/"
    assert is_in(here)
    assert not is_in(there)
    assert kinds()[-1] == "access.password.changed"
    refused = Client().post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    assert code_of(refused) == "ACCESS-60"
    assert is_in(browse(FRESH))


def test_it_is_still_one_of_the_sessions_that_the_list_shows(account):
    here = browse()
    change(here)
    assert here.get(SESSIONS).content.decode().count("正在使用的这一处") == 1


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"old": "Wrong-guess-1"}, "ACCESS-71"),
        ({"again": FRESH + "x"}, "ACCESS-69"),
        ({"new": "Short-1", "again": "Short-1"}, "ACCESS-65"),
        ({"new": "alllowercase1", "again": "alllowercase1"}, "ACCESS-66"),
        ({"new": "X-zhang.san-1", "again": "X-zhang.san-1"}, "ACCESS-67"),
        ({"new": "Password2026!", "again": "Password2026!"}, "ACCESS-68"),
        ({"new": PASSWORD, "again": PASSWORD}, "ACCESS-70"),
    ],
)
def test_a_change_that_will_not_do_changes_nothing(account, given, code):
    here = browse()
    response = change(here, **given)
    assert (response.status_code, code_of(response)) == (403, code)
    assert "access.password.changed" not in kinds()
    assert is_in(browse())


def test_an_earlier_password_is_not_taken_again(account):
    here = browse()
    change(here)
    response = change(here, old=FRESH, new=PASSWORD, again=PASSWORD)
    assert code_of(response) == "ACCESS-70"


def test_guessing_the_password_in_an_open_session_locks_too(account):
    here = browse()
    answers = [code_of(change(here, old="Wrong-guess-1")) for _ in range(5)]
    assert answers == ["ACCESS-71"] * 4 + ["ACCESS-61"]
    assert code_of(change(here)) == "ACCESS-61"


def test_who_must_change_it_sees_nothing_else_before(account):
    give(account, Role.STAFF)
    with wall.opened():
        Account.objects.update(must_change_password=True)
    client = Client()
    sent = client.post(SIGN_IN, {"login_name": "zhang.san", "password": PASSWORD})
    assert sent["Location"] == CHANGE
    assert client.get("/help/").status_code == 404
    assert change(client).status_code == 302
    assert client.get("/help/").status_code == 200


def test_the_list_shows_each_browser_and_one_is_ended_alone(account):
    here = browse(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36")
    there = browse(HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux x86_64) Firefox/120.0")
    page = here.get(SESSIONS).content.decode()
    assert "Windows 上的 Chrome" in page
    assert "Linux 上的 Firefox" in page
    number = re.search(r'name="session" value="(\d+)"', page)[1]
    assert here.post(SESSIONS, {"session": number}).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert kinds()[-1] == "access.session.revoked"


def test_all_others_are_ended_at_once(account):
    here, others = browse(), [browse() for _ in range(3)]
    here.post(SESSIONS, {"session": "others"})
    assert is_in(here)
    assert not any(map(is_in, others))


@pytest.mark.parametrize("number", ["0", "x", "", "-1", "9" * 30])
def test_what_is_no_session_ends_none(account, number):
    here, there = browse(), browse()
    here.post(SESSIONS, {"session": number})
    assert is_in(here)
    assert is_in(there)
    assert "access.session.revoked" not in kinds()


def test_nobody_ends_the_sessions_of_another(account):
    here = browse()
    number = re.findall(r'value="(\d+)"', browse().get(SESSIONS).content.decode())[0]
    an_account("li.si")
    other = Client()
    other.post(SIGN_IN, {"login_name": "li.si", "password": PASSWORD})
    other.post(SESSIONS, {"session": number})
    assert is_in(here)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Windows 上的 Edge"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604", "iPhone 上的 Safari"),
        ("curl/8", "认不出的浏览器"),
        ("", "认不出的浏览器"),
    ],
)
def test_a_browser_is_named_in_a_few_words(agent, said):
    assert str(browser(agent)) == said


@pytest.fixture
def invited():
    now = datetime.now(UTC)
    account = open_account(
        person="person:first", login_name="first.admin", display_name="王五", by=SYSTEM, at=now
    )
    give(account, Role.SECURITY_ADMIN)
    return issue_link(account=account, purpose=LinkPurpose.FOUNDING, by=SYSTEM, at=now)


def test_the_link_sets_the_password_signs_in_and_leads_to_the_second_factor(client, invited):
    address = f"/account/link/{invited}/"
    page = client.get(address).content.decode()
    assert 'value="first.admin"' in page
    sent = client.post(address, {"new": FRESH, "again": FRESH})
    assert sent["Location"] == "/account/second-factor/"
    assert is_in(client)
    assert kinds()[-3:] == [
        "access.password.set",
        "access.link.used",
        "access.session.signed_in",
    ]


@pytest.mark.parametrize("case", ["used", "expired", "unknown"])
def test_a_link_that_is_of_no_use_says_so_kindly(client, invited, case):
    if case == "used":
        Client().post(f"/account/link/{invited}/", {"new": FRESH, "again": FRESH})
    if case == "expired":
        with wall.opened():
            OneTimeLink.objects.update(expires_at=datetime.now(UTC) - timedelta(seconds=1))
    token = "x" * 43 if case == "unknown" else invited
    before = len(kinds())
    for answer in (
        client.get(f"/account/link/{token}/"),
        client.post(f"/account/link/{token}/", {"new": "Other-lake-49", "again": "Other-lake-49"}),
    ):
        assert (answer.status_code, code_of(answer)) == (400, "ACCESS-31")
    assert len(kinds()) == before
    assert not is_in(client)


def test_a_bad_password_leaves_the_link_good(client, invited):
    address = f"/account/link/{invited}/"
    assert code_of(client.post(address, {"new": "short", "again": "short"})) == "ACCESS-65"
    assert not PasswordUse.objects.exists()
    assert client.post(address, {"new": FRESH, "again": FRESH}).status_code == 302


def test_a_link_opened_in_a_browser_of_somebody_else_signs_them_out(client, account, invited):
    here = browse()
    sent = here.post(f"/account/link/{invited}/", {"new": FRESH, "again": FRESH})
    assert sent.status_code == 302
    assert "first.admin" in here.get("/account/").content.decode()


def test_a_password_may_be_taken_again_after_five_others(account):
    here, old = browse(), PASSWORD
    for number in range(5):
        new = f"Other-lake-{number}{number}"
        assert change(here, old=old, new=new, again=new).status_code == 302
        old = new
    assert code_of(change(here, old=old, new="Other-lake-00", again="Other-lake-00")) == "ACCESS-70"
    assert change(here, old=old, new=PASSWORD, again=PASSWORD).status_code == 302
    assert PasswordUse.objects.count() == 5
