"""Accounts: opened with a name of their own, shut, let in again, ended when nobody uses them."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from guiju.base.access.actions.accounts import (
    disable_account,
    enable_account,
    expire_unused,
    open_account,
)
from guiju.base.access.actions.founding import LOGIN_NAME, found_first_administrator
from guiju.base.access.actions.links import find_link, issue_link, use_link
from guiju.base.access.actions.tokens import (
    find_token,
    issue_token,
    note_token_use,
    revoke_token,
)
from guiju.base.access.grants import standing
from guiju.base.access.models import Account, ApiToken, OneTimeLink
from guiju.base.access.policies import AccountState, LinkPurpose
from guiju.base.access.tokens import narrowed
from guiju.base.record import reads, wall
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.models import Event
from guiju.base.record.reads import Filters
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.terms import Permission, Role
from readers import make_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
BY = Actor("person:chief")


def opened(login_name="li.wenjing", *, person="", at=NOW, **fields):
    return open_account(
        person=person or f"person:{uuid.uuid4()}", login_name=login_name, display_name="李文静",
        by=BY, at=at, **fields,
    )  # fmt: skip


def told(kind):
    return [str(one.sentence) for one in reads.timeline(Filters(kind=kind)).rows]


def code(refusal):
    return refusal.value.code


def test_an_account_is_opened_without_a_password_and_its_names_are_sealed():
    account = opened()
    assert account.reference.startswith("account:")
    assert not account.has_usable_password()
    assert account.state(NOW) is AccountState.OPEN
    assert told("access.account.opened") == ["开设账号：（已密封），登录名 （已密封）"]
    entry = bytes(Event.objects.get(kind="access.account.opened").entry)
    assert "李文静".encode() not in entry
    assert b"li.wenjing" not in entry


@pytest.mark.parametrize(
    "name", ["", "ab", "Admin", "1abc", "a b c", "a" * 33, "名字", "abc\n", "a-b\x00"]
)
def test_a_login_name_that_is_none_is_refused(name):
    with pytest.raises(Invalid) as refusal:
        opened(name)
    assert code(refusal) == "ACCESS-01"
    assert not Account.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "长" * 61, "a\nb", "\x00"])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(Invalid) as refusal:
        open_account(person="person:1", login_name="abc", display_name=name, by=BY, at=NOW)
    assert code(refusal) == "ACCESS-02"


def test_an_end_that_is_over_is_refused_and_one_to_come_ends_the_account():
    with pytest.raises(Invalid) as refusal:
        opened(expires_at=NOW)
    assert code(refusal) == "ACCESS-03"
    account = opened(expires_at=NOW + timedelta(days=7))
    assert account.state(NOW + timedelta(days=6)) is AccountState.OPEN
    assert account.state(NOW + timedelta(days=7)) is AccountState.EXPIRED


def test_names_and_persons_have_one_account_each():
    first = opened()
    with pytest.raises(Conflict) as refusal:
        opened()
    assert code(refusal) == "ACCESS-04"
    with pytest.raises(Conflict) as refusal:
        opened("li.other", person=first.person)
    assert code(refusal) == "ACCESS-05"
    assert opened("li.other").pk != first.pk


def test_nobody_writes_an_account_past_the_door():
    account = opened()
    with pytest.raises(wall.Bypassed):
        account.save()


def test_a_disabled_account_is_shut_at_once_and_enabled_again():
    account = opened()
    epoch = account.get_session_auth_hash()
    disable_account(account=account, reason=" 调离 ", by=BY, at=NOW)
    assert account.state(NOW) is AccountState.DISABLED
    assert account.get_session_auth_hash() != epoch
    assert told("access.account.disabled") == ["停用账号，原因：（已密封）"]
    with pytest.raises(Conflict) as refusal:
        disable_account(account=account, reason="再停", by=BY, at=NOW)
    assert code(refusal) == "ACCESS-07"
    enable_account(account=account, reason="调回", by=BY, at=NOW)
    assert account.state(NOW) is AccountState.OPEN
    with pytest.raises(Conflict) as refusal:
        enable_account(account=account, reason="再开", by=BY, at=NOW)
    assert code(refusal) == "ACCESS-08"
    assert len(told("access.account.disabled")) == 1


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_shutting_and_letting_in_ask_for_a_reason(reason):
    account = opened()
    for act in (disable_account, enable_account):
        with pytest.raises(Invalid) as refusal:
            act(account=account, reason=reason, by=BY, at=NOW)
        assert code(refusal) == "ACCESS-06"


def test_the_last_security_administrator_stays():
    account = make_account(Role.SECURITY_ADMIN, created_at=NOW)
    with pytest.raises(Denied) as refusal:
        disable_account(account=account, reason="调离", by=BY, at=NOW)
    assert code(refusal) == "ACCESS-18"
    make_account(Role.SECURITY_ADMIN, created_at=NOW)
    disable_account(account=account, reason="调离", by=BY, at=NOW)
    assert account.state(NOW) is AccountState.DISABLED


def test_accounts_that_nobody_used_for_ninety_days_expire_with_an_event():
    later = NOW + timedelta(days=90)
    opened("never.used")
    used = opened("was.used", at=NOW - timedelta(days=300))
    with wall.opened():
        Account.objects.filter(pk=used.pk).update(last_used_at=NOW + timedelta(days=1))
    assert expire_unused(by=SYSTEM, at=later - timedelta(seconds=1)) == 0
    assert Account.objects.get(login_name="never.used").state(later) is AccountState.UNUSED
    assert expire_unused(by=SYSTEM, at=later) == 1
    assert expire_unused(by=SYSTEM, at=later) == 0
    gone = Account.objects.get(login_name="never.used")
    assert gone.state(later) is AccountState.EXPIRED
    used.refresh_from_db()
    assert used.state(later) is AccountState.OPEN
    assert len(told("access.account.expired")) == 1
    enable_account(account=gone, reason="回来了", by=BY, at=later)
    assert gone.state(later + timedelta(days=89)) is AccountState.OPEN
    assert expire_unused(by=SYSTEM, at=later + timedelta(days=90)) == 1 + 1  # the used one too


def test_a_link_works_once_and_not_for_long():
    account = opened()
    token = issue_link(account=account, purpose=LinkPurpose.INVITATION, by=BY, at=NOW)
    assert token not in str(OneTimeLink.objects.values_list())
    assert find_link(token, at=NOW).account == account
    assert find_link(token, at=NOW + timedelta(hours=72)) is None
    assert use_link(token, at=NOW) == account
    with pytest.raises(Invalid) as refusal:
        use_link(token, at=NOW)
    assert code(refusal) == "ACCESS-31"
    assert len(told("access.link.used")) == 1


def test_only_the_newest_link_works_and_none_of_a_shut_account():
    account = opened()
    old = issue_link(account=account, purpose=LinkPurpose.INVITATION, by=BY, at=NOW)
    new = issue_link(account=account, purpose=LinkPurpose.RECOVERY, by=BY, at=NOW)
    for dead in (old, "", "x" * 5000, "\x00"):
        assert find_link(dead, at=NOW) is None
    assert find_link(new, at=NOW)
    disable_account(account=account, reason="停", by=BY, at=NOW)
    assert find_link(new, at=NOW) is None
    with pytest.raises(Denied) as refusal:
        issue_link(account=account, purpose=LinkPurpose.RECOVERY, by=BY, at=NOW)
    assert code(refusal) == "ACCESS-30"


def token_of(account, *permissions, days=30, name="报表程序"):
    return issue_token(
        account=account, name=name, permissions=permissions, by=BY, at=NOW,
        expires_at=NOW + timedelta(days=days), standing=standing(account.person, NOW.date()),
    )  # fmt: skip


def test_a_token_may_less_than_its_person_never_more():
    account = make_account(Role.AUDIT_ADMIN, created_at=NOW)
    row, secret = token_of(account, Permission.RECORD_READ)
    assert find_token(secret, at=NOW) == row
    assert secret not in str(ApiToken.objects.values_list())
    whole = standing(account.person, NOW.date())
    assert whole.may(Permission.ACCOUNT_READ)
    some = narrowed(whole, row)
    assert some.may(Permission.RECORD_READ, "1/2/")
    assert not some.may(Permission.ACCOUNT_READ)
    with pytest.raises(Denied) as refusal:
        token_of(account, Permission.RECORD_READ, Permission.ORG_EDIT)
    assert code(refusal) == "ACCESS-43"
    assert "改单位和岗位" in str(refusal.value)


def test_a_token_loses_what_its_person_loses():
    account = make_account(Role.AUDIT_ADMIN, created_at=NOW)
    row, _ = token_of(account, Permission.RECORD_READ)
    assert not narrowed(standing(account.person, datetime(1999, 1, 1, tzinfo=UTC).date()), row).may(
        Permission.RECORD_READ
    )


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [({"name": " "}, "ACCESS-40"), ({"name": "长" * 61}, "ACCESS-40"), ({"days": 0}, "ACCESS-42"),
     ({"days": 367}, "ACCESS-42")],
)  # fmt: skip
def test_a_token_that_makes_no_sense_is_refused(wrong, expected):
    account = make_account(Role.AUDIT_ADMIN, created_at=NOW)
    with pytest.raises(Invalid) as refusal:
        token_of(account, Permission.RECORD_READ, **wrong)
    assert code(refusal) == expected
    with pytest.raises(Invalid) as refusal:
        token_of(account)
    assert code(refusal) == "ACCESS-41"


def test_a_token_ends_by_date_by_revoking_and_with_its_account():
    account = make_account(Role.AUDIT_ADMIN, created_at=NOW)
    row, secret = token_of(account, Permission.RECORD_READ)
    assert find_token(secret, at=NOW + timedelta(days=30)) is None
    revoke_token(token=row, by=BY, at=NOW)
    assert find_token(secret, at=NOW) is None
    with pytest.raises(Conflict) as refusal:
        revoke_token(token=row, by=BY, at=NOW)
    assert code(refusal) == "ACCESS-44"
    _, other = token_of(account, Permission.RECORD_READ)
    disable_account(account=account, reason="停", by=BY, at=NOW)
    assert find_token(other, at=NOW) is None


def test_the_use_of_a_token_is_recorded_once_a_day():
    account = make_account(Role.AUDIT_ADMIN, created_at=NOW)
    _, secret = token_of(account, Permission.RECORD_READ)
    for hours in (0, 1, 24):
        note_token_use(find_token(secret, at=NOW), at=NOW + timedelta(hours=hours))
    assert len(told("access.token.used")) == 2


def test_the_first_administrator_gets_links_until_they_can_sign_in():
    first = found_first_administrator(by=SYSTEM, at=NOW)
    account = find_link(first, at=NOW).account
    assert (account.login_name, Account.objects.count()) == (LOGIN_NAME, 1)
    assert standing(account.person, NOW.date()).roles == {Role.SECURITY_ADMIN}
    assert found_first_administrator(by=SYSTEM, at=NOW) is None
    second = found_first_administrator(by=SYSTEM, at=NOW, anew=True)
    assert find_link(first, at=NOW) is None
    assert find_link(second, at=NOW).account == account
    assert found_first_administrator(by=SYSTEM, at=NOW + timedelta(hours=25))
    with wall.opened():
        Account.objects.update(password="x")  # noqa: S106 - usable is all that counts
    assert found_first_administrator(by=SYSTEM, at=NOW, anew=True) is None
    assert Account.objects.count() == 1


def test_when_every_security_administrator_has_expired_the_server_lets_one_in_again():
    account = make_account(Role.SECURITY_ADMIN, created_at=NOW)
    make_account(created_at=NOW)
    later = NOW + timedelta(days=100)
    token = found_first_administrator(by=SYSTEM, at=later)
    assert find_link(token, at=later).account == account
    assert told("access.account.enabled") == ["恢复账号，原因：（已密封）"]


def test_a_first_administrator_who_was_shut_out_is_let_in_again():
    first = found_first_administrator(by=SYSTEM, at=NOW)
    use_link(first, at=NOW)
    account = Account.objects.get()
    with wall.opened():
        Account.objects.update(is_active=False)
    token = found_first_administrator(by=SYSTEM, at=NOW)
    assert find_link(token, at=NOW).account == account
    assert Account.objects.count() == 1
