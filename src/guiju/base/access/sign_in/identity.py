"""What another house says of who somebody is. It makes no account; it only fits one or not."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from guiju.base.access.sign_in.factors import Factor


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as a provider or a directory knows them.

    Attributes:
        factor: by what they were recognised.
        issuer: whose word it is: the provider's or the directory's address.
        subject: what the issuer calls them for ever, also when their name changes.
        login_name: what they are called here, if an account was opened for them.
        is_strong: whether the issuer's word stands for the second factor too.
    """

    factor: Factor
    issuer: str
    subject: str
    login_name: str
    is_strong: bool = False

    @property
    def fingerprint(self) -> str:
        """SHA-256 of issuer and subject, in hexadecimal: by this the account remembers them."""
        return sha256(f"{self.issuer}\0{self.subject}".encode()).hexdigest()
