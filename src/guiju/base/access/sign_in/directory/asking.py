"""Having a password checked: look for the person, then bind as them with what they typed.

ldap3 is imported when the directory is asked: the extra ``ldap`` brings it.
"""

from __future__ import annotations

import ssl
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType
from typing import TYPE_CHECKING, Any

from guiju.base.access.sign_in.directory.place import Directory
from guiju.base.access.sign_in.factors import Factor
from guiju.base.access.sign_in.identity import Identity
from guiju.core.sentence import Sentence, zh

if TYPE_CHECKING:
    from ldap3 import Connection

TIMEOUT = 5
"""Seconds that the directory has for each answer."""

_FOR_EVER = ("entryUUID", "objectGUID")
"""What directories call somebody for ever: OpenLDAP's attribute and Active Directory's."""


class DirectorySilent(Exception):  # noqa: N818 - becomes a refusal or a line of ``guiju doctor``
    """The directory did not answer in a usable way; why stands in ``reason``."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def identify(directory: Directory, *, login_name: str, password: str) -> Identity | None:
    """Return whose name and password these are, as the directory knows them; None for nobody.

    Args:
        directory: which one.
        login_name: in lower case.
        password: as typed. An empty one fits nobody: a directory takes it for a wish to
            stay unknown and says yes to it (RFC 4513, 5.1.2).

    Raises:
        DirectorySilent: when it cannot be asked.
    """
    if not login_name or not password:
        return None
    with _telling(), _bound(directory, directory.user, directory.password) as searching:
        entry = _entry(searching, directory, login_name)
    if entry is None:
        return None
    subject, name = entry
    with _telling():
        if not _is_password(directory, name, password):
            return None
    return Identity(Factor.DIRECTORY, directory.url, subject, login_name)


def require_answer(directory: Directory) -> None:
    """See that the directory lets us look for people below the base.

    Raises:
        DirectorySilent: when it does not.
    """
    with _telling(), _bound(directory, directory.user, directory.password) as connection:
        connection.search(directory.base, "(objectClass=*)", search_scope=_ldap3().BASE)


def _entry(connection: Connection, directory: Directory, login_name: str) -> tuple[str, str] | None:
    """Return what the directory calls somebody for ever and now; None unless there is one.

    The directory's own idea of equal names is wider than ours (spaces, widths): only an entry
    that says the very name counts.
    """
    ldap3 = _ldap3()
    said = ldap3.utils.conv.escape_filter_chars(login_name)
    with suppress(ldap3.core.exceptions.LDAPSizeLimitExceededResult):
        connection.search(
            directory.base,
            f"({directory.attribute}={said})",
            attributes=[directory.attribute, *_FOR_EVER],
            size_limit=2,
            time_limit=TIMEOUT,
        )
    found = [one for one in connection.response or () if one.get("type") == "searchResEntry"]
    if len(found) != 1 or not found[0]["dn"]:
        return None
    raw: dict[str, list[bytes]] = {k.casefold(): v for k, v in found[0]["raw_attributes"].items()}
    names = raw.get(directory.attribute.casefold(), [])
    if login_name not in {one.decode("utf-8", "replace").casefold() for one in names}:
        return None
    lasting = next((raw[one.casefold()] for one in _FOR_EVER if raw.get(one.casefold())), None)
    dn = str(found[0]["dn"])
    return (lasting[0].hex() if lasting else dn.casefold()), dn


def _is_password(directory: Directory, name: str, password: str) -> bool:
    """Tell whether the directory lets somebody in; what it says of itself is no answer to that."""
    faults = _ldap3().core.exceptions
    try:
        with _bound(directory, name, password):
            return True
    except (faults.LDAPBusyResult, faults.LDAPUnavailableResult):
        raise
    except faults.LDAPOperationResult:
        return False


@contextmanager
def _telling() -> Iterator[None]:
    """Turn every fault of the way or of the directory into one word.

    Raises:
        DirectorySilent: for each of them.
    """
    faults = _ldap3().core.exceptions
    try:
        yield
    except faults.LDAPOperationResult as refused:
        raise DirectorySilent(zh("它答复「{why}」", why=str(refused.description))) from None
    except (faults.LDAPException, OSError) as fault:
        told = repr(fault).lower()
        is_tls = any(word in told for word in ("ssl", "tls", "certificate"))
        why = zh("它的证书不可信，或加密连接不成立") if is_tls else zh("连接不上")
        raise DirectorySilent(why) from None


@contextmanager
def _bound(directory: Directory, user: str, password: str) -> Iterator[Connection]:
    """Stay connected as somebody; raises what ldap3 raises."""
    connection = _connection(directory, user, password)
    try:
        connection.open()
        if not directory.is_plain and not directory.url.startswith("ldaps:"):
            connection.start_tls()
        connection.bind()
        yield connection
    finally:
        with suppress(_ldap3().core.exceptions.LDAPException, OSError):
            connection.unbind()  # it may be gone already
        if connection.socket is not None:
            connection.socket.close()  # ldap3 forgets one that was never connected


def _ldap3() -> ModuleType:
    with warnings.catch_warnings():
        # pyasn1 renamed two tables that ldap3 still calls by their old names.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ldap3  # noqa: PLC0415 - the extra ``ldap`` brings it
        import ldap3.core.exceptions  # noqa: PLC0415 - as above
        import ldap3.utils.conv  # noqa: PLC0415 - as above
    return ldap3


def _connection(directory: Directory, user: str, password: str) -> Connection:
    ldap3: Any = _ldap3()
    server = ldap3.Server(
        directory.url,
        get_info=ldap3.NONE,
        connect_timeout=TIMEOUT,
        tls=None if directory.is_plain else _checked_tls(directory),
        allowed_referral_hosts=[],
    )
    made: Connection = ldap3.Connection(
        server,
        user=user or None,
        password=password or None,
        auto_referrals=False,
        raise_exceptions=True,
        receive_timeout=TIMEOUT,
        check_names=False,
    )
    return made


def _checked_tls(directory: Directory) -> Any:  # noqa: ANN401 - a class that is made when called
    """Return TLS by the standard library's own rules: trusted certificate, right name, 1.2 on."""
    context = ssl.create_default_context(cafile=directory.authorities or None)

    class Checked(_ldap3().Tls):  # type: ignore[misc]  # imported when called
        """ldap3's own check of names rests on a function that Python gave up."""

        def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002 - its signature
            connection.socket = context.wrap_socket(
                connection.socket,
                server_hostname=connection.server.host,
                do_handshake_on_connect=do_handshake,
            )

    return Checked(validate=ssl.CERT_REQUIRED)
