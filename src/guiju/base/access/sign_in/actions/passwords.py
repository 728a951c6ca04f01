"""Changing a password, and setting the first one by a one-time link."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import identify_hasher, make_password, verify_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from guiju.base.access.actions.links import find_link, use_link
from guiju.base.access.models import Account
from guiju.base.access.sign_in import events, library, lockout, policies, refusals
from guiju.base.access.sign_in.actions.failing import count_failure
from guiju.base.access.sign_in.actions.identities import ask_directory, is_of
from guiju.base.access.sign_in.address import address_of
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.library import UserSession
from guiju.base.access.sign_in.models import Attempts, PasswordUse
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.sentence import zh


def require_own_password(
    request: HttpRequest, account: Account, password: str, *, at: datetime
) -> None:
    """Have whoever sits before an open session show that it is theirs.

    Raises:
        Invalid: ACCESS-63 when nothing was typed.
        Denied: ACCESS-71 when it is wrong; it counts as a failure, so ACCESS-61 in the end;
            SIGNIN-06 when it may be the directory's, which does not answer.
    """
    if not password:
        raise refusals.untyped()
    address = address_of(request)
    lockout.require_open(lockout.known(account.login_name, address), at)
    if library.authenticated(request, account.login_name, password) == account:
        return
    identity = ask_directory(account.login_name, password, address=address, at=at)
    if identity is None or not is_of(identity, account):
        count_failure(account.login_name, address, Factor.PASSWORD, at=at)
        raise refusals.wrong_password()


def change_password(
    request: HttpRequest, account: Account, *, old: str, new: tuple[str, str], at: datetime
) -> None:
    """Change one's own password; every other session of the account ends.

    Args:
        request: the browser's, whose session goes on.
        account: whose it is.
        old: the password so far.
        new: the new one, typed twice.
        at: when.

    Raises:
        Invalid: ACCESS-65 to ACCESS-70 for a new password that will not do; ACCESS-63.
        Denied: ACCESS-71 for a wrong old one.
    """
    require_own_password(request, account, old, at=at)
    made = _made(account, new)
    with recording(
        events.PASSWORD_CHANGED(object=account.reference), by=Actor(account.person), at=at
    ):
        account.password, account.must_change_password = made, False
        account.save(update_fields=["password", "must_change_password"])
        PasswordUse.objects.create(account=account, since=at, hash=made)
        PasswordUse.objects.filter(pk__in=_forgotten(account)).delete()
        mine = request.session.session_key or ""
        for other in UserSession.objects.filter(user=account).exclude(session_key=mine):
            other.end()
        update_session_auth_hash(request, account)
        UserSession.objects.filter(session_key=mine).update(session_key=request.session.session_key)


def set_password_by_link(token: str, *, new: tuple[str, str], at: datetime) -> Account:
    """Set the password of an account by its one-time link; all its sessions end.

    Args:
        token: what the link's address ends with.
        new: the password, typed twice.
        at: when.

    Returns:
        The account, whose owner may go on to sign in.

    Raises:
        Invalid: ACCESS-31 for a link that is unknown, used or over; ACCESS-63, ACCESS-65 to
            ACCESS-70, which leave the link good.
    """
    link = find_link(token, at=at)
    made = _made(link.account, new) if link else ""
    account = link.account if link else Account()
    with recording(events.PASSWORD_SET(object=account.reference), by=Actor(account.person), at=at):
        account = use_link(token, at=at)
        account.password, account.must_change_password = made, False
        account.save(update_fields=["password", "must_change_password"])
        PasswordUse.objects.create(account=account, since=at, hash=made)
        Attempts.objects.filter(subject=lockout.name_subject(account.login_name)).delete()
        for session in UserSession.objects.filter(user=account):
            session.end()
    return account


def _made(account: Account, new: tuple[str, str]) -> str:
    """Return the hash of a new password that follows the rules."""
    password, again = new
    if not password or not again:
        raise refusals.untyped()
    if password != again:
        raise Invalid("ACCESS-69", zh("两次填写的新密码不一样。请重新填写两次。"))
    policies.require_good_password(
        password, login_name=account.login_name, least=settings.PASSWORD_LEAST
    )
    _require_uncommon(password)
    used = PasswordUse.objects.filter(account=account).order_by("-since")
    hashes = [account.password, *used.values_list("hash", flat=True)[: settings.PASSWORDS_KEPT]]
    if any(_is(password, one) for one in hashes):
        raise Invalid(
            "ACCESS-70",
            zh("新密码是现在或最近用过的密码。请换一个没有用过的。"),
        )
    return make_password(password)


def _forgotten(account: Account) -> list[int]:
    """Return which earlier passwords are old enough to be taken again."""
    used = PasswordUse.objects.filter(account=account).order_by("-since")
    return list(used.values_list("pk", flat=True)[settings.PASSWORDS_KEPT :])


def _is(password: str, encoded: str) -> bool:
    try:
        identify_hasher(encoded)
    except ValueError:
        return False  # an account without a usable password
    return verify_password(password, encoded)[0]


def _require_uncommon(password: str) -> None:
    """Refuse what everybody takes, also with figures and symbols around it.

    Raises:
        Invalid: ACCESS-68.
    """
    for said in {password, policies.core_of(password)}:
        try:
            CommonPasswordValidator().validate(said)
        except ValidationError:
            raise Invalid(
                "ACCESS-68",
                zh("新密码太常见，很容易被猜中。请换一个与常用词无关的。"),
            ) from None
