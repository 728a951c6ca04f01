"""Sending somebody to the provider, and understanding with what they come back.

RFC 6749 with PKCE (RFC 7636), the issuer in the answer (RFC 9207) and a nonce in the token:
an answer is good once, in the browser that asked, and only from the provider that was asked.
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote_plus, urlencode, urlsplit

from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.identity import Identity
from guiju.base.access.sign_in.openid.metadata import Metadata, Silent, ask, metadata, signing_keys
from guiju.base.access.sign_in.openid.provider import Provider
from guiju.base.access.sign_in.openid.tokens import Expected, read_token

PATIENCE = 10 * 60
"""Seconds that somebody may take at the provider."""

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Asked:
    """What this browser asked the provider; its session keeps it until the answer.

    Attributes:
        state: must come back with the answer.
        nonce: must stand in the token.
        verifier: proves to the provider that whoever began also ends.
        back: to where the provider was told to lead back.
        onward: the page of ours that was wanted.
        at: when, in seconds since 1970.
    """

    state: str
    nonce: str
    verifier: str
    back: str
    onward: str
    at: float

    def kept(self) -> dict[str, str | float]:
        """Return it as a session can hold it."""
        return asdict(self)


class Doubtful(Exception):  # noqa: N818 - becomes a refusal
    """What came back does not hold."""


def ask_provider(provider: Provider, *, back: str, onward: str, at: datetime) -> tuple[str, Asked]:
    """Return to where a browser is to be sent, and what its session must remember.

    Raises:
        Silent: when the provider does not answer.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    asked = Asked(state, nonce, verifier, back, onward, at.timestamp())
    challenge = base64.urlsafe_b64encode(sha256(asked.verifier.encode()).digest()).rstrip(b"=")
    said = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    if provider.strong_acr:
        said["acr_values"] = " ".join(sorted(provider.strong_acr))
    address = metadata(provider).authorization
    joint = "&" if urlsplit(address).query else "?"
    return f"{address}{joint}{urlencode(said)}", asked


def is_answer(asked: Asked, answer: Mapping[str, str], provider: Provider, *, at: datetime) -> bool:
    """Tell whether an answer belongs to what this browser asked, in time, and this provider."""
    is_late = not 0 <= at.timestamp() - asked.at <= PATIENCE
    is_ours = hmac.compare_digest(answer.get("state", "").encode(), asked.state.encode())
    return is_ours and not is_late and answer.get("iss", provider.issuer) == provider.issuer


def identify(provider: Provider, asked: Asked, code: str, *, at: datetime) -> Identity:
    """Return who came back with a code.

    Raises:
        Silent: when the provider does not answer.
        Doubtful: when it does not take the code, or its token does not hold.
    """
    found = metadata(provider)
    token = _exchanged(provider, found, asked, code)
    claims = read_token(token, provider, signing_keys(found), Expected(asked.nonce, at))
    if claims is None:
        raise Doubtful
    name = claims.get(provider.claim)
    return Identity(
        Factor.OPENID,
        provider.issuer,
        str(claims["sub"]),
        name.strip().casefold() if isinstance(name, str) else "",
        provider.is_strong(claims),
    )


def _exchanged(provider: Provider, found: Metadata, asked: Asked, code: str) -> str:
    """Return the ID token that a code is good for."""
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": asked.back,
        "code_verifier": asked.verifier,
    }
    headers = {"Content-Type": _FORM}
    if provider.secret and "client_secret_basic" in found.methods:
        pair = f"{quote_plus(provider.client)}:{quote_plus(provider.secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        said["client_id"] = provider.client
        if provider.secret:
            said["client_secret"] = provider.secret
    try:
        answer = ask(found.token, body=urlencode(said).encode(), headers=headers)
    except Silent as silent:
        if 400 <= silent.status < 500:  # the code is unknown, used or another browser's
            raise Doubtful from None
        raise
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise Doubtful
    return token
