"""Which directory is asked, as the environment says."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory that speaks LDAP (RFC 4511), such as OpenLDAP or Active Directory.

    Attributes:
        url: ``ldaps://host`` or ``ldap://host``; the latter is secured by StartTLS.
        base: below which entry people are looked for.
        attribute: which attribute holds the login name.
        user: as whom people are looked for; empty for nobody in particular.
        password: of that user.
        authorities: a file of certificates to trust; empty for those of the system.
        is_plain: whether nothing is encrypted, which only this machine itself allows.
    """

    url: str
    base: str
    attribute: str = "uid"
    user: str = ""
    password: str = field(default="", repr=False)
    authorities: str = ""
    is_plain: bool = False
