"""What a provider tells of itself (OpenID Connect Discovery 1.0), asked anew each time.

It is asked seldom enough, a few times for each sign-in, that nothing has to be kept, and so
nothing can be stale: a key that the provider took back is not trusted a moment longer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from guiju.base.access.sign_in.loopback import is_on_this_machine
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.base.witness.wire import Unreachable, exchange
from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh

TIMEOUT = 5.0
"""Seconds that a provider has for each answer."""

_USUAL = ("client_secret_basic",)
_WELL_KNOWN = "/.well-known/openid-configuration"


class Silent(Exception):  # noqa: N818 - becomes a refusal or a line of ``guiju doctor``
    """The provider did not answer in a usable way.

    Attributes:
        reason: why.
        status: the status of its answer; 0 where there is none.
    """

    def __init__(self, reason: Sentence, status: int = 0) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where a provider does what.

    Attributes:
        authorization: where readers are sent.
        token: where a code is exchanged.
        keys: where the keys of its signatures lie.
        methods: how a client may show itself at ``token``.
    """

    authorization: str
    token: str
    keys: str
    methods: tuple[str, ...]


def metadata(provider: Provider) -> Metadata:
    """Return what the provider tells of itself.

    Raises:
        Silent: when it cannot be asked, or speaks for another issuer.
    """
    found = ask(f"{provider.issuer.rstrip('/')}{_WELL_KNOWN}")
    if found.get("issuer") != provider.issuer:
        raise Silent(zh("它自称的 issuer 与 GUIJU_OIDC_ISSUER 不一样"))
    methods = found.get("token_endpoint_auth_methods_supported")
    return Metadata(
        authorization=_address(provider, found, "authorization_endpoint"),
        token=_address(provider, found, "token_endpoint"),
        keys=_address(provider, found, "jwks_uri"),
        methods=tuple(map(str, methods)) if isinstance(methods, list) else _USUAL,
    )


def signing_keys(found: Metadata) -> list[Mapping[str, Any]]:
    """Return the keys of a provider's signatures, as JSON Web Keys.

    Raises:
        Silent: when they cannot be had.
    """
    keys = ask(found.keys).get("keys")
    return [one for one in keys if isinstance(one, dict)] if isinstance(keys, list) else []


def ask(
    url: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return the JSON object that an address of the provider answers with.

    Raises:
        Silent: for any other answer, and for none.
    """
    said = {"Accept": "application/json", **(headers or {})}
    try:
        reply = exchange(url, body=body, timeout=TIMEOUT, headers=said)
    except Invalid:
        raise Silent(zh("它给出的地址不能用")) from None
    if isinstance(reply, Unreachable):
        raise Silent(reply.reason)
    if reply.status != HTTPStatus.OK:
        raise Silent(zh("它答复的状态是 {status}", status=reply.status), reply.status)
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Silent(zh("它的答复不是 JSON 对象"))
    return found


def _address(provider: Provider, found: Mapping[str, Any], name: str) -> str:
    """Return an address that is as well protected as the issuer's own."""
    url = found.get(name)
    if not isinstance(url, str) or not (url.startswith("https://") or _is_near(provider, url)):
        raise Silent(zh("它没有给出可用的 {name}", name=name))
    return url


def _is_near(provider: Provider, url: str) -> bool:
    """Tell whether an address lies on this machine, as the provider does that is being tried."""
    return is_on_this_machine(provider.issuer) and is_on_this_machine(url)
