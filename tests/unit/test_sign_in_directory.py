"""Having passwords checked by a directory: a real OpenLDAP server, over a real network."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from directory_house import (
    BASE,
    LDAP_PASSWORD,
    READER,
    READER_PASSWORD,
    SLAPD,
    directory_house,
    make_certificates,
)
from guiju.base.access.models import Account
from guiju.base.access.sign_in.directory.asking import (
    DirectorySilent,
    identify,
    require_answer,
)
from guiju.base.access.sign_in.directory.place import Directory
from guiju.base.access.sign_in.models import LinkedIdentity
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.terms import Role
from installation import free_port
from signing_in import CHEAP, PASSWORD, WRONG, an_account, app_code

SIGN_IN, SECOND, FACTORS = (
    "/account/sign-in/", "/account/sign-in/second/", "/account/second-factor/"
)  # fmt: skip
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(SLAPD is None, reason="slapd (OpenLDAP) is not installed"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with directory_house(tmp_path_factory.mktemp("directory")) as running:
        yield running


@pytest.fixture
def plain(house):
    return Directory(house.plain, BASE, "uid", READER, READER_PASSWORD, is_plain=True)


@pytest.fixture
def office(plain, data_folder, settings):
    """An installation that asks the directory; ``zhang.san`` has no password of his own."""
    settings.PASSWORD_HASHERS = CHEAP
    settings.SIGN_IN_DIRECTORY = plain
    account = an_account()
    account.set_unusable_password()
    with wall.opened():
        account.save()
    return account


def who(directory, name="zhang.san", password=LDAP_PASSWORD):
    found = identify(directory, login_name=name, password=password)
    return found and found.login_name


def secured(house, url, authorities=True):
    trusted = house.authorities if authorities else ""
    return Directory(url, BASE, "uid", READER, READER_PASSWORD, authorities=trusted)


def test_the_right_password_tells_who_it_is_and_a_wrong_one_nobody(plain):
    assert who(plain) == "zhang.san"
    assert who(plain, password=WRONG) is None
    assert who(plain, name="li.si") is None
    first, second = (
        identify(plain, login_name=name, password=LDAP_PASSWORD)
        for name in ("zhang.san", "wang.wu")
    )
    assert first.subject != second.subject
    assert re.fullmatch(r"[0-9a-f-]{32,}", first.subject)


def test_an_empty_password_fits_nobody_though_the_directory_says_yes_to_it(plain):
    import ldap3  # noqa: PLC0415 - the extra ldap

    dn = f"cn=Zhang San,{BASE}"
    raw = ldap3.Connection(ldap3.Server(plain.url, get_info=ldap3.NONE))
    raw.open()
    request = ldap3.operation.bind.bind_operation(3, ldap3.SIMPLE, dn, "x")
    request["authentication"]["simple"] = ""
    answer = raw.get_response(raw.send("bindRequest", request, None))
    raw.unbind()
    said = answer[1] if isinstance(answer, tuple) else raw.result
    assert said["result"] == 0, "this server does not show what is to be guarded against"
    assert who(plain, password="") is None


@pytest.mark.parametrize(
    "name", ["*", "zhang*", "zhang.san)(uid=*", "zhang.san\\00", "\x00", "a(b"]
)
def test_a_name_is_never_a_filter(plain, name):
    assert who(plain, name=name) is None


def test_a_name_with_the_signs_of_filters_is_found_as_it_is(plain):
    assert who(plain, name="a*b(c)\\\\d") == "a*b(c)\\\\d"


def test_a_name_counts_only_as_it_is_written(plain):
    """The directory ignores spaces in names; an account is opened for one name."""
    assert who(plain, name="wang.five") == "wang.five"
    assert who(plain, name="zhang.san ") is None
    assert who(plain, name="ｚhang.san") is None


def test_a_name_of_several_fits_nobody(plain):
    assert who(plain, name="twin") is None


@pytest.mark.parametrize("way", ["plain", "secure"])
def test_starttls_and_ldaps_work_with_a_trusted_certificate(house, way):
    assert who(secured(house, getattr(house, way))) == "zhang.san"
    assert who(secured(house, getattr(house, way)), password=WRONG) is None


@pytest.mark.parametrize("way", ["plain", "secure"])
def test_a_certificate_that_nobody_vouches_for_is_refused(house, way):
    with pytest.raises(DirectorySilent, match="证书"):
        who(secured(house, getattr(house, way), authorities=False))


@pytest.mark.parametrize("way", ["plain", "secure"])
def test_a_certificate_of_another_host_is_refused(house, way):
    url = getattr(house, way).replace("127.0.0.1", "localhost")
    with pytest.raises(DirectorySilent, match="证书"):
        who(secured(house, url))


def test_an_authority_that_signed_nothing_here_is_not_enough(house, tmp_path):
    make_certificates(tmp_path)
    directory = replace(secured(house, house.secure), authorities=str(tmp_path / "ca.pem"))
    with pytest.raises(DirectorySilent, match="证书"):
        who(directory)


def test_doctor_sees_whether_people_can_be_looked_for(plain):
    require_answer(plain)
    for change in ({"password": WRONG}, {"base": "ou=nobody,dc=county"}, {"user": ""}):
        with pytest.raises(DirectorySilent, match="它答复"):
            require_answer(replace(plain, **change))
    with pytest.raises(DirectorySilent, match="连接不上"):
        require_answer(replace(plain, url=f"ldap://127.0.0.1:{free_port()}"))


def test_a_server_that_speaks_something_else_is_no_directory(plain):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def babble():
            taken, _ = listening.accept()
            with taken:
                taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=babble)
        thread.start()
        with pytest.raises(DirectorySilent):
            require_answer(replace(plain, url=f"ldap://127.0.0.1:{listening.getsockname()[1]}"))
        thread.join()


# On the sign-in page


def enter(client, password=LDAP_PASSWORD, name="zhang.san"):
    return client.post(SIGN_IN, {"login_name": name, "password": password})


def code_of(response):
    found = re.search(r"(ACCESS|SIGNIN)-\d\d", response.content.decode())
    return found and found[0]


def is_in(client):
    return client.get("/account/").status_code == 200


def kinds():
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def test_who_has_an_account_comes_in_by_the_directorys_password(client, office):
    assert enter(client)["Location"] == "/"
    assert is_in(client)
    assert kinds()[-2:] == ["access.identity.linked", "access.session.signed_in"]
    enter(Client())
    assert kinds()[-2:] == ["access.session.signed_in"] * 2


def test_no_account_is_made_and_the_event_names_nobody(client, office):
    response = enter(client, name="wang.wu")
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-01")
    assert Account.objects.count() == 1
    assert kinds()[-1] == "access.identity.unknown"
    assert Event.objects.latest("pk").object == ""


def test_wrong_passwords_lock_as_ever(client, office):
    assert [code_of(enter(client, WRONG)) for _ in range(5)] == ["ACCESS-60"] * 4 + ["ACCESS-61"]
    assert code_of(enter(client)) == "ACCESS-61"
    assert not is_in(client)


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}]
)
def test_an_account_that_lets_nobody_in_does_not_by_the_directory(client, office, change):
    with wall.opened():
        Account.objects.update(**change)
    assert code_of(enter(client)) == "ACCESS-62"
    assert not LinkedIdentity.objects.exists()
    assert not is_in(client)


def test_the_second_factor_is_asked_for_after_the_directory(client, office):
    from signing_in import give  # noqa: PLC0415

    give(office, Role.SECURITY_ADMIN)
    assert enter(client)["Location"] == FACTORS
    page = client.get(f"{FACTORS}app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]
    assert client.post(f"{FACTORS}app/", {"code": app_code(secret)}).status_code == 200
    again = Client()
    assert enter(again)["Location"] == SECOND
    assert again.post(SECOND, {"code": app_code(secret, steps=1)}).status_code == 302
    assert again.get("/access/").status_code == 200


def test_ones_own_pages_take_the_directorys_password_too(client, office):
    enter(client)
    page = client.get(f"{FACTORS}app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]{39})</code>", page)[1]
    client.post(f"{FACTORS}app/", {"code": app_code(secret)})
    assert code_of(client.post(f"{FACTORS}codes/", {"password": WRONG})) == "ACCESS-71"
    assert client.post(f"{FACTORS}codes/", {"password": LDAP_PASSWORD}).status_code == 200


def test_while_the_directory_is_down_local_passwords_work_and_the_rest_is_told_so(
    client, office, settings
):
    settings.SIGN_IN_DIRECTORY = Directory(f"ldap://127.0.0.1:{free_port()}", BASE, is_plain=True)
    an_account("local.admin")
    response = enter(client)
    assert (response.status_code, code_of(response)) == (403, "SIGNIN-06")
    assert enter(client, PASSWORD, "local.admin").status_code == 302
    assert is_in(client)


def test_an_outage_locks_out_nobody_of_the_directory_but_whoever_guesses_at_ours(
    client, office, settings
):
    settings.SIGN_IN_DIRECTORY = Directory(f"ldap://127.0.0.1:{free_port()}", BASE, is_plain=True)
    an_account("local.admin")
    assert {code_of(enter(client)) for _ in range(7)} == {"SIGNIN-06"}
    told = [code_of(enter(client, WRONG, "local.admin")) for _ in range(5)]
    assert told == ["SIGNIN-06"] * 4 + ["ACCESS-61"]
    assert code_of(enter(client, PASSWORD, "local.admin")) == "ACCESS-61"


def test_no_directory_is_asked_where_a_local_password_fits(client, office, monkeypatch):
    an_account("local.admin")
    monkeypatch.setattr(
        "guiju.base.access.sign_in.directory.asking.identify", lambda *_args, **_more: 1 / 0
    )
    assert enter(client, PASSWORD, "local.admin").status_code == 302
