"""Who is locked out: the same for names that exist and names that do not.

The counts lie in the database, which all processes share; the library's own limits lie in
a cache that each process has for itself (docs/decisions/0015-sign-in.md).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from datetime import UTC, datetime
from math import ceil

from django.conf import settings
from django.utils.crypto import salted_hmac

from guiju.base.access.sign_in.models import Attempts
from guiju.base.access.sign_in.policies import Failures
from guiju.core.errors import Denied
from guiju.core.sentence import zh

_IPV6_NETWORK = 64


def subjects(login_name: str, address: str) -> dict[str, int]:
    """Return what is counted for an attempt, hashed, and how many failures lock each."""
    return {
        name_subject(login_name): settings.SIGN_IN_FAILURES,
        **subjects_of_address(address),
    }


def subjects_of_address(address: str) -> dict[str, int]:
    """Return what is counted for an attempt by which no account of ours is meant."""
    return {_hashed(f"address:{network_of(address)}"): settings.SIGN_IN_FAILURES_OF_ADDRESS}


def name_subject(login_name: str) -> str:
    """Return under what the failures of a login name are counted."""
    return _hashed(f"name:{login_name.casefold()}")


def network_of(address: str) -> str:
    """Return an address, or the network of an IPv6 address: one machine has all of it."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    return str(ipaddress.ip_network((known, _IPV6_NETWORK), strict=False))


def _hashed(text: str) -> str:
    return salted_hmac("guiju.sign_in.lockout", text, algorithm="sha256").hexdigest()


def failures(row: Attempts) -> Failures:
    """Return what a row says."""
    instants = tuple(datetime.fromtimestamp(one, UTC) for one in row.failed_at)
    return Failures(instants, row.strikes, row.locked_until)


def put(row: Attempts, counted: Failures, at: datetime) -> Attempts:
    """Make a row say this after a failure at an instant; return it, unsaved."""
    row.last_at = at
    row.failed_at = [one.timestamp() for one in counted.at]
    row.strikes, row.locked_until = counted.strikes, counted.locked_until
    return row


def require_open(rows: Iterable[Attempts], at: datetime) -> None:
    """Refuse an attempt while its name or its address is locked.

    Raises:
        Denied: ACCESS-61, saying for how long.
    """
    left = max((failures(row).left(at).total_seconds() for row in rows), default=0)
    if left > 0:
        raise Denied(
            "ACCESS-61",
            zh(
                "连续多次没有登录成功，暂停登录。请 {minutes} 分钟后再试；"
                "着急时，请联系安全管理员解除。",
                minutes=ceil(left / 60),
            ),
        )


def known(login_name: str, address: str) -> list[Attempts]:
    """Return the rows that speak of an attempt."""
    return list(Attempts.objects.filter(subject__in=subjects(login_name, address)))


def held(subjects_of_attempt: Iterable[str]) -> list[Attempts]:
    """Return the rows of an attempt, held until the transaction ends, always in one order."""
    rows = Attempts.objects.select_for_update().filter(subject__in=list(subjects_of_attempt))
    return list(rows.order_by("subject"))


def is_locked(login_name: str, at: datetime) -> bool:
    """Tell whether a login name is locked at an instant."""
    row = Attempts.objects.filter(subject=name_subject(login_name)).first()
    return row is not None and bool(failures(row).left(at))
