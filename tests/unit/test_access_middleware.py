"""What stands before every page: the sign-in, the same no for all the rest, sessions that end."""

import json
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from guiju.base.access import grants, posts
from guiju.base.access.actions.accounts import disable_account, enable_account
from guiju.base.access.actions.tokens import issue_token, revoke_token
from guiju.base.access.models import Account
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM, actor_of
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.terms import Permission, Role
from readers import QUERIES, make_account, reader, sign_in

pytestmark = pytest.mark.django_db


@needs(Permission.RECORD_READ)
def who(request):
    """Say who asks."""
    actor = actor_of(request)
    return HttpResponse(f"{actor.person} {actor.post} {actor.unit}")


@needs(Permission.PUBLIC)
def greeting(request):
    return HttpResponse(standing(request).person or "stranger")


def forgotten(_request):
    return HttpResponse("nobody marked me")


urlpatterns = [
    path("who/", who),
    path("greeting/", greeting),
    path("forgotten/", forgotten),
    path("api/who", who),
    path("", include("guiju.config.urls")),
]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = __name__


def body(response):
    """The page, less the address it was asked under and the form's one-time token."""
    text = response.content.decode()
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return re.sub(r'name="next" value="[^"]*"', "", text)


def test_a_stranger_is_led_to_the_sign_in_and_on_from_there(client):
    response = client.get("/record/?kind=a.b.c")
    assert response.status_code == 302
    assert response["Location"] == "/account/sign-in/?next=%2Frecord%2F%3Fkind%3Da.b.c"
    response = client.post("/files/")
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/")


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client):
    response = client.get("/record/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Redirect"]) == (200, "/account/sign-in/")
    assert response.content == b""


@pytest.mark.parametrize("address", ["/record/state/checkpoint", "/api/who"])
def test_who_asks_for_data_is_told_what_is_missing(client, address):
    response = client.get(address)
    assert response.status_code == 401
    assert response["Content-Type"] == "application/problem+json"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert json.loads(response.content)["type"] == "urn:guiju:ACCESS-50"


def test_what_is_public_needs_no_sign_in(client):
    assert body(client.get("/greeting/")) == "stranger"


@pytest.mark.parametrize("roles", [(), tuple(Role)])
def test_a_view_without_a_mark_is_shown_to_nobody(roles):
    assert Client().get("/forgotten/").status_code == 404
    assert reader(*roles).get("/forgotten/").status_code == 404


def test_forbidden_and_missing_are_the_same_answer():
    browser = reader(Role.STAFF)
    missing = browser.get("/nothing/at/all/")
    assert missing.status_code == 404
    for address in ("/record/", "/files/", "/access/", "/forgotten/", "/who/"):
        for response in (browser.get(address), browser.post(address), browser.put(address)):
            assert response.status_code == 404
            assert body(response) == body(missing)
            assert set(response.headers) == set(missing.headers)


def test_a_form_without_its_token_does_not_tell_what_there_is():
    strict = sign_in(make_account(Role.STAFF), client=Client(enforce_csrf_checks=True))
    assert strict.post("/files/").status_code == strict.post("/nothing/").status_code == 404
    allowed = sign_in(make_account(Role.SUPERVISOR), client=Client(enforce_csrf_checks=True))
    assert allowed.post("/files/").status_code == 403


def test_a_permission_to_send_is_another_one_than_to_open():
    page = needs(Permission.FILES_READ, changing=Permission.FILES_ADD)(lambda _request: None)
    assert page.guiju_needs.of("GET") is page.guiju_needs.of("HEAD") is Permission.FILES_READ
    assert page.guiju_needs.of("POST") is page.guiju_needs.of("PURGE") is Permission.FILES_ADD


def test_who_acts_is_known_with_post_and_unit(monkeypatch):
    account = make_account(Role.AUDIT_ADMIN)
    browser = sign_in(account)
    assert body(browser.get("/who/")).split() == [account.person]
    monkeypatch.setattr(posts, "_SOURCES", [lambda _person, _on: ("post:1", "unit:2")])
    assert body(browser.get("/who/")).split() == [account.person, "post:1", "unit:2"]


def test_secured_roles_give_nothing_before_the_second_factor():
    account = make_account(Role.AUDIT_ADMIN, Role.STAFF)
    browser = sign_in(account, second_factor=False)
    assert browser.get("/who/").status_code == 404
    assert browser.get("/help/").status_code == 200
    assert browser.get("/account/").status_code == 200
    assert sign_in(account).get("/who/").status_code == 200


def test_a_password_that_must_be_changed_comes_first():
    browser = reader(Role.AUDIT_ADMIN, Role.STAFF, must_change_password=True)
    assert browser.get("/help/").status_code == browser.get("/who/").status_code == 404
    assert browser.get("/account/password/").status_code == 200


def test_an_account_without_roles_has_its_own_pages_only():
    browser = reader()
    assert browser.get("/account/").status_code == 200
    assert browser.get("/help/").status_code == 404
    assert browser.get("/")["Location"] == "/account/"


@pytest.mark.parametrize(
    "change",
    [
        {"is_active": False},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"created_at": timezone.now() - timedelta(days=91)},
    ],
    ids=["disabled", "expired", "unused"],
)
def test_whoever_is_shut_out_is_out_with_the_next_click(change):
    account = make_account(Role.AUDIT_ADMIN)
    browser = sign_in(account)
    assert browser.get("/who/").status_code == 200
    with wall.opened():
        Account.objects.filter(pk=account.pk).update(**change)
    assert browser.get("/who/").status_code == 302
    assert body(browser.get("/greeting/")) == "stranger"
    with wall.opened():
        Account.objects.filter(pk=account.pk).update(
            is_active=True, expires_at=None, created_at=timezone.now()
        )
    assert browser.get("/who/").status_code == 302


def test_a_session_of_before_an_account_was_shut_is_worthless_for_good(data_folder):
    account, other = make_account(Role.AUDIT_ADMIN), make_account(Role.SECURITY_ADMIN)
    browser = sign_in(account)
    now = timezone.now()
    disable_account(account=account, reason="停", by=SYSTEM, at=now)
    enable_account(account=account, reason="开", by=SYSTEM, at=now)
    assert browser.get("/who/").status_code == 302
    assert sign_in(other).get("/access/").status_code == 200


@pytest.mark.parametrize(
    ("mark", "back", "status"),
    [
        ("guiju_seen", timedelta(minutes=29), 200),
        ("guiju_seen", timedelta(minutes=31), 302),
        ("guiju_began", timedelta(hours=11, minutes=59), 200),
        ("guiju_began", timedelta(hours=12, minutes=1), 302),
    ],
)
def test_a_session_ends_when_left_alone_and_after_twelve_hours(mark, back, status):
    browser = reader(Role.AUDIT_ADMIN)
    assert browser.get("/who/").status_code == 200
    session = browser.session
    session[mark] = (timezone.now() - back).timestamp()
    session.save()
    assert browser.get("/who/").status_code == status
    assert browser.get("/who/").status_code == status


def test_access_takes_five_queries_and_writes_the_session_once_a_minute(
    django_assert_max_num_queries, django_assert_num_queries
):
    account = make_account(Role.STAFF, Role.SUPERVISOR, unit="unit:school")
    browser = sign_in(account)
    browser.get("/greeting/")
    with django_assert_max_num_queries(QUERIES):
        assert body(browser.get("/greeting/")) == account.person
    with django_assert_num_queries(0):
        Client().get("/greeting/")
        Client().get("/who/")


def token_of(account, *permissions):
    now = timezone.now()
    return issue_token(
        account=account, name="程序", permissions=permissions, by=SYSTEM, at=now,
        expires_at=now + timedelta(days=1),
        standing=grants.standing(account.person, timezone.localdate(now)),
    )  # fmt: skip


def shown(secret):
    return {"Authorization": f"Bearer {secret}"}


def test_a_program_shows_its_token_to_the_api_alone(client, data_folder):
    account = make_account(Role.AUDIT_ADMIN)
    row, secret = token_of(account, Permission.RECORD_READ)
    assert client.get("/api/who", headers=shown(secret)).content.decode().split() == [
        account.person
    ]
    assert client.get("/who/", headers=shown(secret)).status_code == 302
    for wrong in ("", "guiju_x", secret[:-1], secret + "x", "x" * 10_000):
        assert client.get("/api/who", headers=shown(wrong)).status_code == 401
    revoke_token(token=row, by=SYSTEM, at=timezone.now())
    assert client.get("/api/who", headers=shown(secret)).status_code == 401


def test_a_token_without_the_permission_finds_nothing(client, data_folder):
    _, secret = token_of(make_account(Role.AUDIT_ADMIN), Permission.MATRIX_READ)
    assert client.get("/api/who", headers=shown(secret)).status_code == 404


def test_a_wrong_token_is_not_mended_by_a_session(data_folder):
    browser = reader(Role.AUDIT_ADMIN)
    assert browser.get("/api/who").status_code == 200
    assert browser.get("/api/who", headers=shown("guiju_x")).status_code == 401
