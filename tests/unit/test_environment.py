"""What the environment's variables mean, and which of their values are refused."""

from __future__ import annotations

import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.config.environment import Database, data_folder, read_environment
from guiju.core.errors import Invalid

SECRET = string.ascii_letters
SAFE = {
    "GUIJU_PRODUCTION": "1",
    "GUIJU_SECRET": SECRET,
    "GUIJU_HOSTS": "guiju.example.gov.cn",
    "GUIJU_DATABASE": "postgresql://app@db/guiju",
    "GUIJU_OWNER_DATABASE": "postgresql://owner@db/guiju",
}


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


def read(data, **variables):
    return read_environment({"GUIJU_DATA": str(data), **variables})


def code_of(data, **variables):
    with pytest.raises(Invalid) as refused:
        read(data, **variables)
    return refused.value.code


def test_without_any_variable_it_is_a_trial_on_this_machine(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    found = read_environment({})
    assert found.data == tmp_path / ".local/share/guiju"
    assert found.database == Database("sqlite", str(found.data / "guiju.sqlite3"))
    assert found.owner == found.database
    assert not found.is_production
    assert set(found.hosts) == {"127.0.0.1", "localhost", "[::1]"}
    assert (found.secret, found.scanner) == ("", "")


def test_the_stored_secret_is_taken_unless_another_is_given(data):
    stored, given_, broken = "stored", "given", ""
    (data / "cookie.key").write_text(f"{stored}\n", "ascii")
    assert read(data).secret == stored
    assert read(data, GUIJU_SECRET=given_).secret == given_
    (data / "cookie.key").write_bytes(b"\xff")
    assert read(data).secret == broken


def test_neither_secret_nor_password_is_shown(data):
    word = "hidden"
    found = read(data, GUIJU_SECRET=word, GUIJU_DATABASE=f"postgresql://a:{word}@h/d")
    assert found.database.password == found.secret == word
    assert word not in repr(found)


def test_an_account_without_home_must_name_the_folder(monkeypatch, data):
    def lost(_path):
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.expanduser", lost)
    with pytest.raises(Invalid) as refused:
        data_folder({})
    assert refused.value.code == "CONFIG-08"
    monkeypatch.undo()
    assert data_folder({"GUIJU_DATA": str(data)}) == data


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("sqlite:///var/lib/g%20j.sqlite3", Database("sqlite", "/var/lib/g j.sqlite3")),
        ("postgres:///guiju", Database("postgresql", "guiju")),
        (
            "postgresql://a%40b:p%2Fw@db.example:5433/g?sslmode=require",
            Database(
                "postgresql", "g", "a@b", "p/w", "db.example", "5433", (("sslmode", "require"),)
            ),
        ),
        (
            "postgresql://app@/g?host=%2Frun%2Fpg&port=5432",
            Database("postgresql", "g", "app", "", "/run/pg", "5432"),
        ),
    ],
)
def test_an_address_is_taken_apart(data, url, expected):
    assert read(data, GUIJU_DATABASE=url).database == expected


WORD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=20)


@given(user=WORD, password=WORD, name=WORD)
def test_every_character_survives_its_quoting(tmp_path_factory, user, password, name):
    url = f"postgresql://{quote(user, '')}:{quote(password, '')}@db/{quote(name, '')}"
    found = read(tmp_path_factory.getbasetemp(), GUIJU_DATABASE=url).database
    assert (found.user, found.password, found.name) == (user, password, name)


@given(text=st.text(max_size=60))
def test_any_address_is_read_or_refused(tmp_path_factory, text):
    try:
        found = read(tmp_path_factory.getbasetemp(), GUIJU_DATABASE=text)
    except Invalid as refused:
        assert refused.code == "CONFIG-01"  # noqa: PT017 - either is right
    else:
        assert found.database.name


@pytest.mark.parametrize(
    "url",
    [
        "guiju",
        "sqlite:guiju.sqlite3",
        "sqlite:///",
        "sqlite://host/file",
        "mysql://a@h/guiju",
        "postgresql://a@h/",
        "postgresql://a@h:port/guiju",
        "postgresql://[::1/guiju",
    ],
)
@pytest.mark.parametrize("variable", ["GUIJU_DATABASE", "GUIJU_OWNER_DATABASE"])
def test_an_address_that_is_none_is_refused_and_named(data, variable, url):
    with pytest.raises(Invalid, match=f"{variable} ") as refused:
        read(data, **{variable: url})
    assert refused.value.code == "CONFIG-01"


def test_the_owner_may_have_another_account_but_not_another_database(data):
    app = "postgresql://app@db/guiju"
    found = read(data, GUIJU_DATABASE=app, GUIJU_OWNER_DATABASE="postgresql://owner@db/guiju")
    assert (found.database.user, found.owner.user) == ("app", "owner")
    for other in ("postgresql://owner@db/other", "sqlite:///guiju"):
        assert code_of(data, GUIJU_DATABASE=app, GUIJU_OWNER_DATABASE=other) == "CONFIG-07"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1", True), ("TRUE", True), ("on", True), ("0", False), ("", False), ("No", False)],
)
def test_production_is_said_with_a_word_that_is_known(data, text, expected):
    variables = SAFE if expected else {}
    assert read(data, **{**variables, "GUIJU_PRODUCTION": text}).is_production is expected


@pytest.mark.parametrize("text", ["production", "2", "ja", " "])
def test_an_unknown_word_for_production_is_no_trial(data, text):
    assert code_of(data, GUIJU_PRODUCTION=text) == "CONFIG-06"


def test_hosts_are_split_at_commas(data):
    found = read(data, GUIJU_HOSTS=" a.example , ,b.example")
    assert found.hosts == ("a.example", "b.example")


def test_safe_production_is_accepted(data):
    assert read(data, **SAFE).is_production


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"GUIJU_SECRET": ""}, "CONFIG-02"),
        ({"GUIJU_SECRET": SECRET[:49]}, "CONFIG-02"),
        ({"GUIJU_SECRET": "abc" * 40}, "CONFIG-02"),
        ({"GUIJU_HOSTS": ""}, "CONFIG-03"),
        ({"GUIJU_HOSTS": "*"}, "CONFIG-03"),
        ({"GUIJU_HOSTS": "guiju.example,*"}, "CONFIG-03"),
        ({"GUIJU_OWNER_DATABASE": ""}, "CONFIG-05"),
        ({"GUIJU_OWNER_DATABASE": SAFE["GUIJU_DATABASE"]}, "CONFIG-05"),
    ],
)
def test_each_unsafe_value_is_refused_in_production_and_only_there(data, changes, code):
    assert code_of(data, **{**SAFE, **changes}) == code
    assert not read(data, **{**SAFE, **changes, "GUIJU_PRODUCTION": "0"}).is_production


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701])
def test_a_data_directory_open_to_others_is_refused_in_production(data, mode):
    data.chmod(mode)
    assert code_of(data, **SAFE) == "CONFIG-04"
    assert not read(data, **{**SAFE, "GUIJU_PRODUCTION": "0"}).is_production
    data.chmod(0o700)
    assert read(data, **SAFE).is_production


def test_on_one_desk_production_needs_no_second_account(data):
    alone = {name: text for name, text in SAFE.items() if "DATABASE" not in name}
    assert read(data, **alone).database.is_sqlite


OIDC = {"GUIJU_OIDC_ISSUER": "https://id.example", "GUIJU_OIDC_CLIENT": "guiju"}
LDAP = {"GUIJU_LDAP_URL": "ldaps://directory.example", "GUIJU_LDAP_BASE": "dc=county"}


def test_nobody_signs_in_elsewhere_unless_it_is_said_where(data):
    found = read(data)
    assert (found.provider, found.directory) == (None, None)


def test_a_provider_is_read_with_careful_defaults(data):
    found = read(data, **OIDC, GUIJU_OIDC_SECRET="hush").provider  # noqa: S106 - nobody's
    assert (found.issuer, found.client, str(found.name)) == (
        "https://id.example",
        "guiju",
        "统一身份认证",
    )
    assert found.claim == "preferred_username"
    assert not found.is_strong({"acr": "mfa", "amr": ["mfa"]})
    assert "hush" not in repr(found)


def test_a_provider_vouches_for_the_second_factor_where_it_is_said(data):
    found = read(data, **OIDC, GUIJU_OIDC_SECOND_FACTOR="acr:gold, amr:mfa,amr:hwk").provider
    assert found.is_strong({"acr": "gold"})
    assert found.is_strong({"amr": ["pwd", "hwk"]})
    assert not found.is_strong({"acr": "silver", "amr": ["pwd", 7, None, {}]})


@pytest.mark.parametrize("word", ["gold", "acr", "acr:", "amr:mfa,x:y"])
def test_a_second_factor_that_cannot_be_read_is_refused(data, word):
    assert code_of(data, **OIDC, GUIJU_OIDC_SECOND_FACTOR=word) == "CONFIG-22"


@pytest.mark.parametrize("missing", [*OIDC, *LDAP])
def test_half_of_what_is_needed_is_refused(data, missing):
    half = {name: value for name, value in {**OIDC, **LDAP}.items() if name != missing}
    assert code_of(data, **half) == "CONFIG-20"
    assert code_of(data, **LDAP, GUIJU_LDAP_USER="cn=reader") == "CONFIG-20"


@pytest.mark.parametrize(
    "url",
    ["http://id.example", "id.example", "https://id.example?x=1", "https://a@id.example",
     "ftp://localhost", "https://[", f"https://{'x' * 300}.example"],
)  # fmt: skip
def test_a_provider_at_an_unsafe_address_is_refused(data, url):
    assert code_of(data, **{**OIDC, "GUIJU_OIDC_ISSUER": url}) == "CONFIG-21"
    near = {**OIDC, "GUIJU_OIDC_ISSUER": "http://127.0.0.1:9000"}
    assert read(data, **near).provider.issuer == "http://127.0.0.1:9000"


def test_a_name_that_does_not_fit_on_a_button_is_refused(data):
    assert read(data, **OIDC, GUIJU_OIDC_NAME="县" * 20).provider.name == "县" * 20
    assert code_of(data, **OIDC, GUIJU_OIDC_NAME="县" * 21) == "CONFIG-25"


@pytest.mark.parametrize(
    ("url", "is_plain"),
    [
        ("ldaps://directory.example", False),
        ("ldap://directory.example", False),
        ("ldap://10.0.0.1:389", False),
        ("ldap://127.0.0.1:3389", True),
        ("ldap://localhost", True),
        ("ldaps://localhost", False),
    ],
)
def test_a_directory_is_asked_in_the_clear_on_this_machine_alone(data, url, is_plain):
    found = read(data, **{**LDAP, "GUIJU_LDAP_URL": url}).directory
    assert (found.is_plain, found.attribute, found.user) == (is_plain, "uid", "")


@pytest.mark.parametrize("url", ["http://directory.example", "ldaps://", "ldap://x/dc=county"])
def test_what_is_no_address_of_a_directory_is_refused(data, url):
    assert code_of(data, **{**LDAP, "GUIJU_LDAP_URL": url}) == "CONFIG-23"


@pytest.mark.parametrize(
    "change", [{"GUIJU_LDAP_ATTRIBUTE": "uid)(x"}, {"GUIJU_LDAP_AUTHORITIES": "/nowhere.pem"}]
)
def test_an_attribute_or_a_file_that_cannot_be_used_is_refused(data, change):
    assert code_of(data, **LDAP, **change) == "CONFIG-24"
    good = {"GUIJU_LDAP_ATTRIBUTE": "sAMAccountName", "GUIJU_LDAP_AUTHORITIES": __file__}
    assert read(data, **LDAP, **good).directory.attribute == "sAMAccountName"


@pytest.mark.parametrize("variables", [OIDC, LDAP])
def test_what_is_configured_and_not_installed_is_said_before_anything_starts(
    data, variables, monkeypatch
):
    monkeypatch.setattr("guiju.config.sign_in.find_spec", lambda _name: None)
    assert code_of(data, **variables) == "CONFIG-26"
    assert read(data).provider is None
