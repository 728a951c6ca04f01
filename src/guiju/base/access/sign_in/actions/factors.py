"""Enrolling and removing the second factor."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.http import HttpRequest

from guiju.base.access.models import Account
from guiju.base.access.sign_in import events, library, refusals
from guiju.base.access.sign_in.actions.entering import SECOND_FACTOR_FLAG
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.library import Authenticator
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording


def enrol_app(
    request: HttpRequest, account: Account, *, secret: str, code: str, at: datetime
) -> list[str]:
    """Take an authenticator app into use, once it shows the right code.

    Returns:
        Recovery codes when these are the account's first, else nothing.

    Raises:
        Conflict: ACCESS-76 when there is one already.
        Denied: ACCESS-64 for a wrong code.
    """
    plain = library.plain_code(code)
    step = library.matching_step(secret, plain, at=at, after=-1)
    if step is None:
        raise refusals.wrong_code()
    data = {"secret": library.seal(secret), library.LAST_STEP: step}
    return _enrolled(request, account, Factor.APP, data, at)


def enrol_key(
    request: HttpRequest, account: Account, *, name: str, credential: str, at: datetime
) -> list[str]:
    """Take a security key into use.

    Args:
        request: the browser's, whose session knows what was asked.
        account: whose key it is.
        name: as its owner calls it, up to 40 characters.
        credential: what the browser answered, as JSON.
        at: when.

    Returns:
        Recovery codes when these are the account's first, else nothing.

    Raises:
        Denied: ACCESS-73 when the answer does not hold.
    """
    found = library.new_key(credential)
    if found is None:
        raise refusals.wrong_key()
    data = {"name": name.strip()[:40], "credential": found}
    return _enrolled(request, account, Factor.KEY, data, at)


def _enrolled(
    request: HttpRequest, account: Account, factor: Factor, data: Mapping[str, object], at: datetime
) -> list[str]:
    draft = events.ENROLLED(object=account.reference, factor=factor.value)
    with recording(draft, by=Actor(account.person), at=at) as passage:
        kinds = {one.type for one in library.held_authenticators(account)}
        if factor is Factor.APP and factor.value in kinds:
            raise refusals.enrolled_already()
        Authenticator.objects.create(
            user=account, type=factor.value, data=dict(data), created_at=at, last_used_at=at
        )
        codes = []
        if Factor.RECOVERY.value not in kinds:
            passage.add(events.CODES_MADE(object=account.reference))
            codes = library.make_codes(account)
    request.session[SECOND_FACTOR_FLAG] = True
    return codes


def remove_factor(account: Account, *, identity: int, is_needed: bool, at: datetime) -> None:
    """Take an authenticator app or a security key out of use.

    Args:
        account: whose it is.
        identity: which one; one that is not theirs changes nothing.
        is_needed: whether the account's roles must have a second factor.
        at: when.

    Raises:
        Denied: ACCESS-74 for the last one of who must have one.
    """
    second = [one for one in library.authenticators(account) if one.type in library.SECOND]
    going = next((one for one in second if one.pk == identity), None)
    if going is None:
        return
    if is_needed and len(second) == 1:
        raise refusals.last_factor()
    draft = events.REMOVED(object=account.reference, factor=going.type)
    with recording(draft, by=Actor(account.person), at=at):
        mine = Authenticator.objects.filter(user_id=account.pk)
        mine.filter(pk=going.pk).delete()
        if not mine.filter(type__in=library.SECOND).exists():
            mine.delete()


def renew_codes(account: Account, *, at: datetime) -> list[str]:
    """Make new recovery codes; the old ones are worthless. Return them, to be shown once."""
    draft = events.CODES_MADE(object=account.reference)
    with recording(draft, by=Actor(account.person), at=at):
        Authenticator.objects.filter(user_id=account.pk, type=Factor.RECOVERY.value).delete()
        return library.make_codes(account)


def reset_factors(account: Account, *, by: Actor, at: datetime) -> None:
    """Take everything out of use that an account shows besides its password.

    For who lost phone and codes; their next sign-in leads to enrolling anew. The security
    administrator does it, who has made sure who asks.
    """
    with recording(events.RESET(object=account.reference), by=by, at=at):
        Authenticator.objects.filter(user_id=account.pk).delete()
