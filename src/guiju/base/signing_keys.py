"""Named Ed25519 signing keys, each in a file of its own: a log's key and a witness's.

The file holds one line, ``PRIVATE+KEY+name+hash+base64``, the form of
golang.org/x/mod/sumdb/note, so that a key can move to and from other programs. It is
readable by its owner alone.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from guiju.core.errors import Denied, Invalid, Refusal
from guiju.core.ledger.keys import Key, KeyKind, Signer, Verifier
from guiju.core.ledger.lines import read_base64, to_base64
from guiju.core.sentence import zh
from guiju.exchange.files import opened, reason
from guiju.exchange.record_files.suites import verify_ed25519

_LINE = re.compile(r"PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)\n?")
_MOST_BYTES = 4096
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key that can sign; the secret itself stays inside ``sign``.

    Attributes:
        key: the public half, as others register it.
        sign: signs a message with 64 bytes of Ed25519.
    """

    key: Key
    sign: Signer = field(repr=False)


verify: Verifier = verify_ed25519
"""Tells whether an Ed25519 signature holds (RFC 8032); ``core.ledger``'s Verifier."""


def create_signing_key(path: Path, *, name: str, kind: KeyKind) -> SigningKey:
    """Make a new key and write it to ``path``, whole or not at all, never over a file.

    Raises:
        Invalid: LEDGER-34 for a name; WITNESS-01 when there is a file already; WITNESS-04
            when it cannot be written.
    """
    seed = secrets.token_bytes(32)
    made = _signing_key(name, kind, seed)
    material = to_base64(bytes((kind,)) + seed)
    line = f"PRIVATE+KEY+{name}+{made.key.key_id.hex()}+{material}\n"
    try:
        _write_new(path, line.encode())
    except FileExistsError:
        raise Invalid(
            "WITNESS-01",
            zh("「{path}」已经存在，不能覆盖。请换一个文件夹。", path=str(path)),
        ) from None
    except OSError as error:
        raise Invalid(
            "WITNESS-04",
            zh(
                "写不了密钥文件「{path}」：{why}。请换一个可写的位置。",
                path=str(path),
                why=reason(error),
            ),
        ) from None
    return made


def load_signing_key(path: Path) -> SigningKey:
    """Read the key at ``path``.

    Raises:
        Denied: WITNESS-03 when others than the owner may read the file.
        Invalid: FILE-01 when it cannot be opened, WITNESS-02 when it holds no key.
    """
    with opened(path) as stream:
        if os.fstat(stream.fileno()).st_mode & 0o077:
            raise Denied(
                "WITNESS-03",
                zh(
                    "密钥文件「{path}」别人也能读。请用 chmod 600 收回权限；若已外泄，请换新密钥。",
                    path=str(path),
                ),
            )
        data = stream.read(_MOST_BYTES + 1)
    try:
        return _parsed(data)
    except (Refusal, UnicodeDecodeError, ValueError):
        raise Invalid(
            "WITNESS-02",
            zh("「{path}」不是密钥文件，或已经损坏。请取回备份的密钥文件。", path=str(path)),
        ) from None


def _parsed(data: bytes) -> SigningKey:
    match = _LINE.fullmatch(data.decode())
    if not match:
        raise ValueError
    material = read_base64(match[3], line=1)
    found = _signing_key(match[1], KeyKind(material[0]), material[1:])
    if found.key.key_id.hex() != match[2]:
        raise ValueError
    return found


def _signing_key(name: str, kind: KeyKind, seed: bytes) -> SigningKey:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(Key(name, kind, private.public_key().public_bytes_raw()), private.sign)


def _write_new(path: Path, data: bytes) -> None:
    """Write beside, then link: a link never replaces, and shows the file only when it is whole."""
    beside = path.with_name(f".guiju-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(beside, _NEW, 0o600), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        path.hardlink_to(beside)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` last through a power failure."""
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)
