"""Public keys of logs and witnesses, and what each kind of them signs.

A key is written ``name+hash+base64`` (C2SP signed-note, "Verifier keys", the form of
golang.org/x/mod/sumdb/note). Its id is the hash's first four bytes (signed-note,
"Signatures").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from guiju.core.errors import Invalid
from guiju.core.ledger.lines import read_base64, to_base64
from guiju.core.ledger.note import SignatureLine, SignedNote, check_name
from guiju.core.sentence import zh

Signer = Callable[[bytes], bytes]
"""Signs a message: 64 bytes of Ed25519 (RFC 8032) by a key that it keeps."""

Verifier = Callable[[bytes, bytes, bytes], bool]
"""Tells from (public key, message, signature) whether the Ed25519 signature holds."""

LATEST = 2**63 - 1
"""A cosignature's timestamp must not exceed it (C2SP tlog-cosignature, "Format")."""

_KEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class KeyKind(IntEnum):
    """The signature types that are used here (C2SP signed-note, "Signature types")."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class Key:
    """A named public key.

    Attributes:
        name: as it stands in signature lines.
        kind: what it signs: the text itself, or the text with a time.
        public: 32 bytes of Ed25519.

    Raises:
        Invalid: LEDGER-34 for a name, LEDGER-35 for a length that no key has.
    """

    name: str
    kind: KeyKind
    public: bytes

    def __post_init__(self) -> None:
        check_name(self.name)
        if len(self.public) != 32:
            raise _no_key(self.name)

    @property
    def key_id(self) -> bytes:
        """SHA-256(name ‖ 0x0A ‖ kind ‖ public key), its first four bytes."""
        material = self.name.encode() + b"\n" + bytes((self.kind,)) + self.public
        return hashlib.sha256(material).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes((self.kind,)) + self.public)}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A key that signed a note, and when it says it did (seconds since 1970, cosignatures only)."""

    key: Key
    at: int | None = None


def parse_key(text: str) -> Key:
    """Read a key written ``name+hash+base64``.

    Raises:
        Invalid: LEDGER-35 when it is none, or of another kind, or its hash does not fit.
    """
    match = _KEY.fullmatch(text)
    if not match:
        raise _no_key(text)
    material = read_base64(match[3], line=1)
    if material[0] not in set(KeyKind):
        raise _no_key(text)
    key = Key(match[1], KeyKind(material[0]), material[1:])
    if key.key_id.hex() != match[2]:
        raise _no_key(text)
    return key


def sign_text(text: str, key: Key, sign: Signer) -> SignatureLine:
    """Sign a note's text with a log's key (C2SP signed-note, "Ed25519 signatures")."""
    return SignatureLine(key.name, key.key_id, sign(text.encode()))


def cosign(text: str, key: Key, *, at: int, sign: Signer) -> SignatureLine:
    """Sign a checkpoint's text with a witness's key, at a time in seconds since 1970."""
    stamp = at.to_bytes(8, "big")
    return SignatureLine(key.name, key.key_id, stamp + sign(cosigned_message(text, at)))


def cosigned_message(text: str, at: int) -> bytes:
    """Return what a cosignature signs (C2SP tlog-cosignature, "Ed25519 signed message")."""
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def signed_by(note: SignedNote, keys: Iterable[Key], verify: Verifier) -> tuple[Signed, ...]:
    """Return which of the known keys signed the note; lines of unknown keys are ignored.

    Raises:
        Invalid: LEDGER-36 when the signature of a known key does not hold, LEDGER-37
            when no known key signed (C2SP signed-note, "Signatures").
    """
    known = {(key.name, key.key_id): key for key in keys}
    signed: dict[Key, Signed] = {}
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is not None:
            signed[key] = _verified(note.text, key, line.signature, verify)
    if not signed:
        raise Invalid(
            "LEDGER-37",
            zh("没有一个签名出自已登记的密钥。请核对登记的密钥，或取回原来的文件再试。"),
        )
    return tuple(signed.values())


def _verified(text: str, key: Key, signature: bytes, verify: Verifier) -> Signed:
    at, message = None, text.encode()
    if key.kind is KeyKind.COSIGNATURE:
        at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
        message = cosigned_message(text, at)
    holds = len(signature) == 64 and (at is None or at <= LATEST)
    if not holds or not verify(key.public, message, signature):
        raise Invalid(
            "LEDGER-36",
            zh(
                "「{name}」的签名不成立：正文或签名被改动过。请取回原来的文件，并报告见证方。",
                name=key.name,
            ),
        )
    return Signed(key, at)


def _no_key(text: str) -> Invalid:
    return Invalid(
        "LEDGER-35",
        zh(
            "「{text}」不是可用的公钥（名称+标识+密钥）。请从对方公布处重新完整复制。",
            text=ascii(text[:80]),
        ),
    )
