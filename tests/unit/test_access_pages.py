"""Pages of accounts and roles: what they show, and what is said before anything is done."""

import re
import uuid
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from acting import key_in
from guiju.base.access import persons, places
from guiju.base.access.actions.links import find_link
from guiju.base.access.actions.roles import merge_administrators
from guiju.base.access.models import Account, RoleGrant
from guiju.base.access.policies import AccountState
from guiju.base.access.reads import accounts
from guiju.base.record import wall
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.base.ui.once import once
from guiju.core.terms import Permission, Role
from readers import QUERIES, give, make_account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
SCHOOL = "unit:school"


@pytest.fixture(autouse=True)
def organisation(monkeypatch):
    monkeypatch.setattr(places, "_ONE", [{SCHOOL: "1/14/203/"}.get])
    monkeypatch.setattr(places, "_MANY", [])
    monkeypatch.setattr(places, "_NAMES", [lambda _units: {SCHOOL: "实验小学"}])
    monkeypatch.setattr(places, "_OFFERED", [lambda: [(SCHOOL, "实验小学")]])


@pytest.fixture
def keeper():
    return make_account(Role.SECURITY_ADMIN, login_name="keeper", display_name="安管")


@pytest.fixture
def client(keeper):
    return sign_in(keeper)


@pytest.fixture
def auditor():
    return sign_in(make_account(Role.AUDIT_ADMIN, display_name="审计"))


@pytest.fixture
def account():
    return make_account(Role.STAFF, login_name="zhang.san", display_name="张三")


def page(client, address="", status=200, **query):
    response = client.get(f"/access/{address}", query)
    assert response.status_code == status
    return response.content.decode()


def of(account):
    return account.reference.partition(":")[2]


def told(kind):
    return Event.objects.filter(kind=kind).count()


def test_the_list_says_state_roles_last_use_and_second_factor(client, account):
    shown = page(client)
    for word in ("zhang.san", "张三", "可用", "干部职工", "未启用", f"/access/{of(account)}/"):
        assert word in shown
    assert "zhang.san" in page(client, search="zhang")
    assert "zhang.san" in page(client, search="张")
    assert "zhang.san" not in page(client, search="hang")
    assert "PAGE-08" in page(client, status=400, state="nonsense")


STATES = {
    AccountState.OPEN: {},
    AccountState.DISABLED: {"is_active": False},
    AccountState.EXPIRED: {"expires_at": timezone.now() - timedelta(days=1)},
    AccountState.UNUSED: {"created_at": timezone.now() - timedelta(days=91)},
}


@pytest.mark.parametrize("state", list(AccountState))
def test_the_filter_by_state_says_what_the_state_says(state):
    now = timezone.now()
    made = {one: make_account(**fields) for one, fields in STATES.items()}
    make_account(created_at=now - timedelta(days=400), last_used_at=now)
    make_account(created_at=now - timedelta(days=400), enabled_at=now, is_active=False)
    found = set(accounts(search="", state=state.value, at=now).queryset)
    assert made[state] in found
    assert found == {one for one in Account.objects.all() if one.state(now) is state}


def test_the_list_takes_as_many_queries_with_two_accounts_as_with_sixty(
    client, django_assert_max_num_queries
):
    page(client)
    for _ in range(60):
        make_account(Role.STAFF, Role.LEADER, unit=SCHOOL)
    with django_assert_max_num_queries(QUERIES + 5):
        assert page(client).count("data-row") == 50


def test_an_account_is_opened_and_its_link_shown_once(client):
    assert "开设账号" in page(client, "open/")
    form = {"display_name": "李四", "login_name": "li.si"}
    shown = client.post("/access/open/", form).content.decode()
    token = re.search(r"/account/link/([\w-]+)/", shown)[1]
    found = find_link(token, at=timezone.now()).account
    assert (found.login_name, found.display_name) == ("li.si", "李四")
    assert token not in page(client, f"{of(found)}/")
    again = client.post("/access/open/", form)
    assert again.status_code == 400
    assert "ACCESS-04" in again.content.decode()
    assert Account.objects.filter(login_name="li.si").count() == 1


def test_a_form_that_is_not_filled_in_opens_nothing(client):
    response = client.post("/access/open/", {"login_name": "li.si"})
    assert response.status_code == 400
    assert "请填写「姓名」。" in response.content.decode()
    assert told("access.account.opened") == 0


def test_the_account_page_offers_what_can_be_done(client, auditor, account):
    shown = page(client, f"{of(account)}/")
    for word in ("停用账号", "授予角色", "收回角色", "发新的一次性链接", "整个系统"):
        assert word in shown
    seen = page(auditor, f"{of(account)}/")
    for word in ("停用账号", "授予角色", "收回角色", "发新的一次性链接"):
        assert word not in seen


def test_disabling_states_its_consequences_asks_why_and_can_be_undone(client, account):
    address = f"/access/{of(account)}/disable/"
    assert "此人立刻退出登录，不能再登录。" in client.get(address).content.decode()
    assert client.post(address).status_code == 400
    account.refresh_from_db()
    assert account.is_active
    done = client.post(address, {"reason": "调离"})
    assert (done.status_code, done["Location"]) == (302, f"/access/{of(account)}/")
    assert "已停用" in page(client, f"{of(account)}/")
    twice = client.post(address, {"reason": "调离"})
    assert "ACCESS-07" in twice.content.decode()
    assert client.post(f"/access/{of(account)}/enable/", {"reason": "调回"}).status_code == 302
    account.refresh_from_db()
    assert account.is_active
    assert (told("access.account.disabled"), told("access.account.enabled")) == (1, 1)


def test_a_grant_is_confirmed_after_saying_what_it_allows(client, account):
    address = f"/access/{of(account)}/grant/"
    assert "实验小学" in client.get(address).content.decode()
    form = {"role": "supervisor", "unit": SCHOOL, "start": "2026-01-01", "end": ""}
    asked = client.post(address, form)
    shown = asked.content.decode()
    for word in ("实验小学及其下级", "看记录", "必须有第二重验证", "自2026年1月1日起，到收回为止"):
        assert word in shown
    assert not RoleGrant.objects.filter(role="supervisor").exists()
    done = client.post(address, form | {"confirmed": "yes"})
    assert done.status_code == 302
    grant = RoleGrant.objects.get(role="supervisor")
    assert (grant.person, grant.unit) == (account.person, SCHOOL)
    assert "实验小学" in page(client, f"{of(account)}/")


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"role": "emperor"}, "没有这一项"),
        ({"unit": "unit:nowhere"}, "没有这一项"),
        ({"start": "tomorrow"}, "认不出来"),
        ({"role": "audit_admin", "unit": SCHOOL}, "ACCESS-12"),
        ({"end": "2025-01-01"}, "ACCESS-11"),
        ({"role": "staff"}, "ACCESS-16"),
    ],
)
def test_a_grant_that_makes_no_sense_says_why_in_the_form(client, account, wrong, word):
    form = {"role": "leader", "unit": "", "start": "2026-01-01", "confirmed": "yes"} | wrong
    response = client.post(f"/access/{of(account)}/grant/", form)
    assert response.status_code == 400
    assert word in response.content.decode()
    assert RoleGrant.objects.filter(person=account.person).count() == 1


def test_nobody_grants_to_themselves_by_the_page(client, keeper):
    form = {"role": "supervisor", "unit": "", "start": "2026-01-01", "confirmed": "yes"}
    response = client.post(f"/access/{of(keeper)}/grant/", form)
    assert "ACCESS-14" in response.content.decode()


def test_a_role_is_taken_back_with_a_reason(client, account):
    grant = RoleGrant.objects.get(person=account.person)
    address = f"/access/roles/{grant.reference.partition(':')[2]}/revoke/"
    assert "立刻失效" in client.get(address).content.decode()
    assert client.post(address, {"reason": "轮岗"}).status_code == 302
    grant.refresh_from_db()
    assert grant.revoked_at
    assert "已收回" in page(client, f"{of(account)}/")
    assert "ACCESS-17" in client.post(address, {"reason": "轮岗"}).content.decode()


def test_roles_are_listed_with_their_place(client, account):
    give(account, Role.SUPERVISOR, unit=SCHOOL)
    shown = page(client, "roles/", role="supervisor")
    assert "实验小学" in shown
    assert shown.count("data-row") == 1
    assert page(client, "roles/").count("data-row") == 3


def test_the_matrix_shows_what_the_program_decides_by(auditor):
    shown = page(auditor, "matrix/")
    assert shown.count("<tr>") == len(Permission)
    for word in ("授予、收回角色", "审计管理员", "所授单位及其下级"):
        assert word in shown


def test_two_administrators_are_united_with_a_standing_remark(client, auditor):
    assert "还没有人担任" in page(client, "administrators/")
    form = {"roles": "system_admin+security_admin", "reason": "全单位只有四人"}
    assert client.post("/access/administrators/merge/", form).status_code == 302
    for reader_ in (client, auditor):
        for address in ("administrators/", "roles/"):
            assert "全单位只有四人" in page(reader_, address)
    again = client.post("/access/administrators/merge/", form)
    assert "ACCESS-21" in again.content.decode()
    done = client.post("/access/administrators/separate/", {"reason": "人手够了"})
    assert done.status_code == 302
    assert "全单位只有四人" not in page(client, "administrators/")


@pytest.mark.parametrize("act", ["link", "unlock", "reset", "sessions/end"])
def test_acts_without_a_reason_say_what_will_happen_first(client, account, act):
    address = f"/access/{of(account)}/{act}/"
    assert "办理后：" in client.get(address).content.decode()
    assert client.post(address).status_code in {200, 302}


def test_what_is_not_there_is_not_found(client):
    for address in ("", "disable/", "grant/", "link/", "sessions/end/"):
        page(client, f"{uuid.uuid4()}/{address}", status=404)
    page(client, f"roles/{uuid.uuid4()}/revoke/", status=404)


def test_names_are_never_markup(client, account):
    with wall.opened():
        Account.objects.filter(pk=account.pk).update(display_name="<img src=x>")
    merge_administrators(
        roles=(Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN), reason="<b>少</b>", by=SYSTEM,
        at=timezone.now(),
    )  # fmt: skip
    for address in ("", f"{of(account)}/", f"{of(account)}/grant/", "roles/", "administrators/"):
        shown = page(client, address)
        assert "<img" not in shown
        assert "<b>少" not in shown


ONCE = {
    "open/": {"display_name": "李四", "login_name": "li.si"},
    "{account}/link/": {},
    "{account}/disable/": {"reason": "调走"},
    "{account}/reset/": {},
    "{account}/unlock/": {},
    "{account}/sessions/end/": {},
    "{account}/grant/": {"role": "leader", "unit": "", "start": "2026-01-01", "confirmed": "yes"},
    "roles/{grant}/revoke/": {"reason": "调走"},
    "administrators/merge/": {"roles": "system_admin+audit_admin", "reason": "人少"},
}


@pytest.mark.parametrize("form", ONCE)
def test_a_form_of_accounts_sent_twice_is_one_act(client, account, form):
    grant = RoleGrant.objects.get(person=account.person)
    places_ = {"account": of(account), "grant": grant.reference.partition(":")[2]}
    at = "/access/" + form.format(**places_)
    opened = client.get(at)
    assert opened.status_code == 200
    sent = {"key": key_in(opened), **ONCE[form]}
    first = client.post(at, sent)
    assert first.status_code in {200, 302}
    done = Event.objects.count()
    second = client.post(at, sent)
    assert second.status_code == 302
    assert Event.objects.count() == done


def test_whoever_ends_their_own_session_by_a_form_is_told_no_error(rf):
    request = rf.post("/")
    request.session = SessionStore()
    request.session.save()
    assert once(request, uuid.uuid4(), Session.objects.all().delete)
    assert not Session.objects.exists()


def test_who_is_on_the_register_is_named_by_code_and_everybody_else_by_name(client, monkeypatch):
    known = {"P1": ("person:0190", "周某")}
    monkeypatch.setattr(persons, "_SOURCES", [known.get])
    answer = client.post("/access/open/", {"person": "P1", "login_name": "zhou.mou"})
    assert answer.status_code == 200
    found = Account.objects.get(login_name="zhou.mou")
    assert (found.person, found.display_name) == ("person:0190", "周某")
    again = client.post("/access/open/", {"person": "P1", "login_name": "zhou.mou2"})
    assert "ACCESS-05" in again.content.decode()
    nobody = client.post("/access/open/", {"person": "P9", "login_name": "wu.ren"})
    assert nobody.status_code == 400
    assert "没有编号是「P9」" in nobody.content.decode()
    assert not Account.objects.filter(login_name="wu.ren").exists()
