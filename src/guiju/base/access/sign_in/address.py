"""From where a request comes, as far as that can be trusted."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

NOWHERE = "0.0.0.0"  # noqa: S104 - an address that says nothing, for a server on a socket


def address_of(request: HttpRequest) -> str:
    """Return the address behind the proxies that are trusted; what others claim is ignored.

    Each proxy adds at the end of ``X-Forwarded-For`` whom it heard from. A request that
    passed fewer than it should have is known by its connection alone.
    """
    count: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    passed = [one for one in request.headers.get("X-Forwarded-For", "").split(",") if one]
    said = passed[-count] if 0 < count <= len(passed) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(said.strip()))
    except ValueError:
        return NOWHERE
