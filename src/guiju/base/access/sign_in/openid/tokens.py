"""Whether an ID token holds (OpenID Connect Core 1.0, 3.1.3.7): pure, but for PyJWT.

PyJWT checks the signature; which algorithms and keys may be used, and every claim, is
decided here. It is imported when a token is read: the extra ``oidc`` brings it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from guiju.base.access.sign_in.openid.provider import Provider

if TYPE_CHECKING:
    from jwt.types import Options

ALGORITHMS = {
    "RS256": "RSA", "RS384": "RSA", "RS512": "RSA",
    "PS256": "RSA", "PS384": "RSA", "PS512": "RSA",
    "ES256": "EC", "ES384": "EC", "ES512": "EC", "EdDSA": "OKP",
}  # fmt: skip
"""Signatures by a key that only the provider has, and the kind of that key. What both sides
could make (HS256) or anyone (none) is no signature here."""

SKEW = 60
"""Seconds by which the provider's clock may be wrong."""

_UNCHECKED: Options = {
    "verify_exp": False, "verify_nbf": False, "verify_iat": False, "verify_aud": False,
    "verify_iss": False, "verify_sub": False, "verify_jti": False,
}  # fmt: skip
"""PyJWT's own checks read the clock and know no nonce; ours stand in ``read_token``."""

LONGEST_LIFE = 24 * 60 * 60
_LAST_SECOND = 2**40
_MOST_SUBJECT = 255
_MOST_TOKEN = 32_768


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must be about.

    Attributes:
        nonce: what was sent along when signing in began.
        at: the time.
    """

    nonce: str
    at: datetime


def read_token(
    token: str, provider: Provider, keys: Iterable[Mapping[str, Any]], expected: Expected
) -> Mapping[str, Any] | None:
    """Return the claims of an ID token that holds; None for every other.

    Args:
        token: as the provider sent it.
        provider: who must have issued it, and for whom.
        keys: the provider's JSON Web Keys.
        expected: the nonce and the time.
    """
    claims = _signed(token[:_MOST_TOKEN], keys)
    if claims is None:
        return None
    checks = (
        claims.get("iss") == provider.issuer,
        _is_for(claims, provider.client),
        _is_in_time(claims, expected.at.timestamp()),
        _is_same(claims.get("nonce"), expected.nonce),
        0 < len(claims["sub"] if isinstance(claims.get("sub"), str) else "") <= _MOST_SUBJECT,
    )
    return claims if all(checks) else None


def _signed(token: str, keys: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the claims when one of the keys, of the kind that the algorithm wants, signed."""
    import jwt  # noqa: PLC0415 - the extra ``oidc`` brings it

    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        return None
    algorithm = header.get("alg")
    kind = ALGORITHMS.get(algorithm) if isinstance(algorithm, str) else None
    if kind is None or "crit" in header:
        return None
    for key in _fitting(keys, header.get("kid"), kind):
        try:
            public = jwt.PyJWK(dict(key), algorithm)
            claims: dict[str, Any] = jwt.decode(
                token, public, algorithms=[str(algorithm)], options=_UNCHECKED
            )
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            continue
        return claims
    return None


def _fitting(
    keys: Iterable[Mapping[str, Any]], name: object, kind: str
) -> Iterable[Mapping[str, Any]]:
    return [
        key
        for key in keys
        if key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and (name is None or key.get("kid", name) == name)
    ]


def _is_for(claims: Mapping[str, Any], client: str) -> bool:
    """Tell whether a token was made for us, and not for another one who shows it to us."""
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    by = claims.get("azp")
    return client in named and (by == client if by is not None else len(named) == 1)


def _is_in_time(claims: Mapping[str, Any], now: float) -> bool:
    ends, began = _instant(claims.get("exp")), _instant(claims.get("iat"))
    starts = _instant(claims.get("nbf", 0))
    if ends is None or began is None or starts is None:
        return False
    return max(began, starts) - SKEW <= now < ends + SKEW and now - began <= LONGEST_LIFE + SKEW


def _instant(value: object) -> float | None:
    """Return seconds since 1970; None for what is no number, infinity and the like included."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return value if abs(value) < _LAST_SECOND else None


def _is_same(said: object, expected: str) -> bool:
    return (
        isinstance(said, str)
        and bool(expected)
        and hmac.compare_digest(said.encode(), expected.encode())
    )
