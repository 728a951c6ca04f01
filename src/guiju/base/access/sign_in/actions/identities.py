"""Fitting somebody whom another house knows to an account that was opened here."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from guiju.base.access.models import Account
from guiju.base.access.sign_in import events, refusals
from guiju.base.access.sign_in.actions.failing import count_failure, count_stranger
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.identity import Identity
from guiju.base.access.sign_in.models import LinkedIdentity
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording


def find_account(identity: Identity, *, address: str, at: datetime) -> Account:
    """Return the account of an identity: the one that remembers it, or one of its login name.

    A login name fits only an account that remembers nobody else of the same issuer: names
    are given anew when people leave, identities are not.

    Raises:
        Denied: SIGNIN-01 when there is none, which is recorded; ACCESS-61 when that locked.
    """
    links = LinkedIdentity.objects.select_related("account")
    link = links.filter(fingerprint=identity.fingerprint).first()
    if link is not None:
        return link.account
    account = Account.objects.filter(login_name=identity.login_name).first()
    if account is None or links.filter(account=account, issuer=identity.issuer).exists():
        count_stranger(address, identity.factor, is_known=True, at=at)
        raise refusals.no_account()
    return account


def is_of(identity: Identity, account: Account) -> bool:
    """Tell whether an account remembers this identity."""
    return account.identities.filter(fingerprint=identity.fingerprint).exists()


def link(account: Account, identity: Identity, *, at: datetime) -> None:
    """Have an account remember an identity, at its first sign-in; again, it changes nothing.

    Raises:
        Denied: SIGNIN-01 when somebody else was remembered at the same moment.
    """
    known = LinkedIdentity.objects.filter(account=account, fingerprint=identity.fingerprint)
    if known.exists():
        return
    draft = events.LINKED(object=account.reference, factor=identity.factor.value)
    try:
        with transaction.atomic(), recording(draft, by=Actor(account.person), at=at):
            LinkedIdentity.objects.create(
                account=account,
                issuer=identity.issuer,
                fingerprint=identity.fingerprint,
                linked_at=at,
            )
    except IntegrityError:
        if not known.exists():
            raise refusals.no_account() from None


def forget_identities(account: Account, *, by: Actor, at: datetime) -> None:
    """Let an account be found by its login name again, for who got a new identity elsewhere."""
    links = LinkedIdentity.objects.filter(account=account)
    count = links.count()
    if count:
        with recording(events.UNLINKED(object=account.reference, count=count), by=by, at=at):
            links.delete()


def ask_directory(login_name: str, password: str, *, address: str, at: datetime) -> Identity | None:
    """Return whose name and password these are in the directory; None also where there is none.

    Raises:
        Denied: SIGNIN-06 when it does not answer; ACCESS-61. Who could still be guessing at
            a password of ours is counted; who has none is not locked out by the outage.
    """
    if settings.SIGN_IN_DIRECTORY is None:
        return None
    from guiju.base.access.sign_in.directory import asking  # noqa: PLC0415 - only where there is one

    try:
        return asking.identify(settings.SIGN_IN_DIRECTORY, login_name=login_name, password=password)
    except asking.DirectorySilent:
        account = Account.objects.filter(login_name=login_name).first()
        if account is None or account.has_usable_password():
            count_failure(login_name, address, Factor.PASSWORD, at=at)
        raise refusals.directory_silent() from None
