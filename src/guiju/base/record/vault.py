"""The vault: personal values of events, each sealed with its salt under its person's key.

What the open record holds of a personal value is a commitment alone (``core.ledger.
commitments``). Value and salt are sealed by XChaCha20-Poly1305 with the event and path
as associated data, so that no box can be moved to another place unnoticed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.record import places
from guiju.base.record.event_types import Personal, check_reference
from guiju.base.record.key_store import KeyStore
from guiju.base.record.models import Sealed
from guiju.core.errors import Invalid
from guiju.core.ledger.commitments import SALT_SIZE, check_commitment, commit
from guiju.core.ledger.entry import canonical
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Committed:
    """What the entry says of a personal value, and the row that keeps the value itself."""

    public: Mapping[str, str]
    row: Sealed


def key_store() -> KeyStore:
    """Return the key store of this installation."""
    return KeyStore(places.people_keys())


def seal(event_key: UUID, path: str, personal: Personal) -> Committed:
    """Commit to a personal value and seal it.

    The person's key is on disk before this returns: a committed event never waits for it.

    Raises:
        Invalid: RECORD-04 for a reference that is none; what ``commit`` raises for the value.
        Denied: RECORD-20 when the person's data was erased.
    """
    person = check_reference(personal.person)
    salt = secrets.token_bytes(SALT_SIZE)
    commitment = commit(path, personal.value, salt=salt)
    plain = salt + canonical(personal.value)
    box = Aead(key_store().make_key(person)).encrypt(plain, _place(event_key, path))
    public = {"person": person, "commitment": to_base64(commitment)}
    row = Sealed(event_key=event_key, path=path, person=person, box=bytes(box))
    return Committed(public, row)


def open_values(
    event_keys: Iterable[UUID], store: KeyStore | None = None
) -> dict[UUID, dict[str, object]]:
    """Return, by event and path, the personal values that can still be read.

    One query. What was erased is left out. Raises Invalid: RECORD-21 for a box that does
    not open under its person's key.
    """
    keys = store or key_store()
    found: dict[UUID, dict[str, object]] = {}
    cached: dict[str, bytes | None] = {}
    for row in Sealed.objects.filter(event_key__in=list(event_keys)):
        if row.person not in cached:
            cached[row.person] = keys.key(row.person)
        key = cached[row.person]
        if key is not None:
            found.setdefault(row.event_key, {})[row.path] = _opened(row, key)[1]
    return found


def check_value(row: Sealed, commitment: bytes, store: KeyStore | None = None) -> bool:
    """Check a sealed value against its commitment; tell False when it was erased.

    Raises:
        Invalid: RECORD-21 when the box does not open, LEDGER-71 when another value is in it.
    """
    key = (store or key_store()).key(row.person)
    if key is None:
        return False
    salt, value = _opened(row, key)
    check_commitment(commitment, row.path, value, salt=salt)
    return True


def _opened(row: Sealed, key: bytes) -> tuple[bytes, object]:
    try:
        plain = Aead(key).decrypt(bytes(row.box), _place(row.event_key, row.path))
        return plain[:SALT_SIZE], json.loads(plain[SALT_SIZE:])
    except (CryptoError, ValueError):
        raise Invalid(
            "RECORD-21",
            zh(
                "事件 {key} 的「{path}」打不开：密文或密钥被改动过。请从备份恢复后核对。",
                key=str(row.event_key),
                path=row.path,
            ),
        ) from None


def _place(event_key: UUID, path: str) -> bytes:
    return canonical(["guiju.vault/1", str(event_key), path])
