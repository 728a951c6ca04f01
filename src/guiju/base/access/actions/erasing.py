"""What is left of an account when the personal data of its person is erased."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from guiju.base.access.events import ACCOUNT_CLEARED
from guiju.base.access.models import Account, SavedView
from guiju.base.access.sign_in.models import LinkedIdentity
from guiju.base.record import vault
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.base.record.guards import Seen

_CLEARED = "erased-"


def clear_account(person: str, *, by: Actor, at: datetime) -> None:
    """Shut a person's account and empty what is personal in it; again, it changes nothing.

    Raises:
        Denied: what ``recording`` raises.
    """
    account = Account.objects.filter(person=person).first()
    if account is None or account.login_name.startswith(_CLEARED):
        return
    account.set_unusable_password()
    with recording(ACCOUNT_CLEARED(object=account.reference, person=person), by=by, at=at):
        Account.objects.filter(pk=account.pk).update(
            login_name=f"{_CLEARED}{account.pk}",
            display_name="",
            password=account.password,
            is_active=False,
            session_epoch=F("session_epoch") + 1,
        )
        LinkedIdentity.objects.filter(account=account).delete()
        SavedView.objects.filter(owner=person).delete()


def on_erased(seen: Seen) -> None:
    """Clear the account when the record has erased somebody."""
    clear_account(seen.draft.object, by=seen.actor, at=seen.at)


def clear_erased(*, at: datetime) -> int:
    """Clear accounts of people whose key is gone, after a crash or a restore; return how many."""
    store = vault.key_store()
    kept = Account.objects.exclude(login_name__startswith=_CLEARED)
    gone = [
        person
        for person in kept.values_list("person", flat=True).iterator()
        if store.is_erased(person)
    ]
    for person in gone:
        clear_account(person, by=SYSTEM, at=at)
    return len(gone)
