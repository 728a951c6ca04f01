"""Which provider is trusted, as the environment says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider of OpenID Connect.

    Attributes:
        issuer: its address, exactly as its tokens write it.
        client: what it calls this installation.
        secret: by which this installation shows itself; empty for a public client.
        name: what stands on the button.
        claim: which claim of the ID token holds the login name.
        strong_acr: values of ``acr`` that stand for a second factor; normally none.
        strong_amr: values of ``amr`` that do.
    """

    issuer: str
    client: str
    secret: str = field(repr=False)
    name: str | Sentence
    claim: str = "preferred_username"
    strong_acr: frozenset[str] = frozenset()
    strong_amr: frozenset[str] = frozenset()

    def is_strong(self, claims: Mapping[str, object]) -> bool:
        """Tell whether the provider says that more than a password was shown, and may say so."""
        methods = claims.get("amr")
        said = {one for one in methods if isinstance(one, str)} if isinstance(methods, list) else ()
        return claims.get("acr") in self.strong_acr or bool(self.strong_amr & frozenset(said))
