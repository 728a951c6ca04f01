"""An account of somebody whose personal data is erased: shut, without a name, kept as a trace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from guiju.base.access import jobs
from guiju.base.access.actions.accounts import open_account
from guiju.base.access.models import Account
from guiju.base.record import erasure, vault
from guiju.base.record.actor import SYSTEM
from guiju.base.record.models import Event
from guiju.core.terms import Role
from readers import give, sign_in

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
BASIS = {"authority": "个人信息保护法第47条", "reason": "目的已实现"}


@pytest.fixture
def account(record_database):
    """An account, on a database that commits for real."""
    return open_account(
        person="person:1", login_name="ouyang.nana", display_name="欧阳娜娜", by=SYSTEM, at=NOW
    )


def is_empty():
    kept = Account.objects.get()
    assert kept.login_name.startswith("erased-") == (kept.display_name == "")
    return kept.display_name == "" and not kept.is_active and not kept.has_usable_password()


def test_the_record_erases_and_the_account_follows_with_an_event(account):
    give(account, Role.STAFF)
    browser = sign_in(account)
    assert browser.get("/gallery/").status_code == 200
    erasure.erase_person(person="person:1", **BASIS, by=SYSTEM, at=NOW)
    assert is_empty()
    assert Event.objects.filter(kind="access.account.cleared").count() == 1
    assert browser.get("/gallery/").status_code == 302


def test_after_a_crash_by_the_daily_job_and_once(account):
    vault.key_store().erase("person:1")
    assert not is_empty()
    assert jobs.clear_erased_accounts.func() == 1
    assert is_empty()
    assert jobs.clear_erased_accounts.func() == 0
    assert Event.objects.filter(kind="access.account.cleared").count() == 1


def test_others_keep_theirs(account):
    erasure.erase_person(person="person:2", **BASIS, by=SYSTEM, at=NOW)
    assert not is_empty()
    assert jobs.clear_erased_accounts.func() == 0
