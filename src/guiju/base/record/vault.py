"""The vault: personal values of events, each sealed with its salt under its person's key.

What the open record holds of a personal value is a commitment alone (``core.ledger.
commitments``). Value and salt are sealed by XChaCha20-Poly1305 with the event and path
as associated data, so that no box can be moved to another place unnoticed.

Rows of areas keep personal values in boxes of the same make (``lock``, ``unlock``), which
destroying the person's key makes unreadable together with the events.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.record import places
from guiju.base.record.event_types import Personal, check_reference
from guiju.base.record.key_store import KEY_SIZE, KeyStore
from guiju.base.record.models import Sealed
from guiju.core.errors import Invalid
from guiju.core.ledger.commitments import SALT_SIZE, check_commitment, commit
from guiju.core.ledger.entry import canonical
from guiju.core.ledger.lines import to_base64
from guiju.core.sentence import zh

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_REMEMBERED: ContextVar[dict[str, bytes] | None] = ContextVar("guiju_keys", default=None)
_TAGS = "system:tags"
"""Under which name the key of ``tag`` lies in the key store; no person is called so."""


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
    box = Aead(_made_key(person)).encrypt(plain, _place(event_key, path))
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


def person_of(event_key: UUID, path: str) -> str | None:
    """Return about whom a personal value of an event is, None where there is none; one query."""
    rows = Sealed.objects.filter(event_key=event_key, path=path)
    return rows.values_list("person", flat=True).first()


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


@contextmanager
def remembering() -> Iterator[None]:
    """Keep keys in memory while one large act seals much: each is read once, and then forgotten."""
    token = _REMEMBERED.set({})
    try:
        yield
    finally:
        _REMEMBERED.reset(token)


def make_keys(people: Iterable[str]) -> None:
    """Make the keys of people who were never heard of before: many, with one wait for the disk.

    Raises:
        FileExistsError: for somebody who has a key already, which is a fault of the program.
    """
    made = _ManyKeys(places.people_keys()).make_keys(people)
    remembered = _REMEMBERED.get()
    if remembered is not None:
        remembered.update(made)


class _ManyKeys(KeyStore):
    """A key store that makes many keys for new people at once."""

    def make_keys(self, people: Iterable[str]) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for person in people:
            path = self._path(check_reference(person))
            key = secrets.token_bytes(KEY_SIZE)
            try:
                handle = os.open(path, _NEW, 0o600)
            except FileNotFoundError:
                path.parent.mkdir(mode=0o700, exist_ok=True)
                handle = os.open(path, _NEW, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(key)
            made[person] = key
        # Without it a committed row could outlive the key that it was sealed under.
        os.sync()
        return made


def _made_key(person: str) -> bytes:
    """Return a person's key, made when there is none; raises as ``KeyStore.make_key``."""
    remembered = _REMEMBERED.get()
    if remembered is None:
        return key_store().make_key(person)
    if person not in remembered:
        remembered[person] = key_store().make_key(person)
    return remembered[person]


def lock(person: str, place: str, value: object) -> bytes:
    """Return a box with a personal value for a row of an area.

    Args:
        person: whose value it is, a reference.
        place: table and column, for example ``org_person.phone``: a box opens there alone.
        value: what is known, as canonical JSON can hold it.

    Raises:
        Invalid: RECORD-04 for a reference that is none; what ``canonical`` raises.
        Denied: RECORD-20 when the person's data was erased.
    """
    key = _made_key(check_reference(person))
    return bytes(Aead(key).encrypt(canonical(value), _column(person, place)))


def unlock(person: str, place: str, box: bytes) -> object | None:
    """Return the value in a box of ``lock``, None when the person's data was erased.

    Raises:
        Invalid: RECORD-25 for a box that does not open there under the person's key.
    """
    key = key_store().key(person)
    if key is None:
        return None
    try:
        value: object = json.loads(Aead(key).decrypt(box, _column(person, place)))
    except (CryptoError, ValueError):
        raise Invalid(
            "RECORD-25",
            zh(
                "「{place}」里密封的个人信息打不开：密文或密钥被改动过。请从备份恢复后核对。",
                place=place,
            ),
        ) from None
    return value


def tag(purpose: str, value: str) -> str:
    """Return a keyed hash of a value: equal for equal values, and useless without our key.

    The key lies beside those of people and is made at first use. HMAC-SHA256 (RFC 2104).
    """
    key = _made_key(_TAGS)
    return hmac.new(key, canonical([purpose, value]), hashlib.sha256).hexdigest()


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


def _column(person: str, place: str) -> bytes:
    return canonical(["guiju.vault.row/1", person, place])


def _place(event_key: UUID, path: str) -> bytes:
    return canonical(["guiju.vault/1", str(event_key), path])
