"""The folder that a witness lives in: its key, and the database of what it has seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guiju.base.signing_keys import (
    SigningKey,
    create_signing_key,
    load_signing_key,
    sync_folder,
)
from guiju.base.witness.store import Store, create_store
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import Key, KeyKind, parse_key
from guiju.core.ledger.note import check_name
from guiju.core.sentence import zh
from guiju.exchange.files import opened, reason

KEY_FILE = "witness.key"
DATABASE = "witness.db"
_MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness at work: who it is and what it remembers."""

    signing: SigningKey
    store: Store

    @property
    def key(self) -> Key:
        """The public key that logs and verifiers register."""
        return self.signing.key


def create_key(folder: Path, name: str) -> SigningKey:
    """Make a witness's key in ``folder``.

    Raises:
        Invalid: what ``create_signing_key`` raises.
    """
    return create_signing_key(folder / KEY_FILE, name=name, kind=KeyKind.COSIGNATURE)


def load_key(folder: Path) -> SigningKey:
    """Read a witness's key.

    Raises:
        Denied, Invalid: what ``load_signing_key`` raises; WITNESS-05 when there is none, or
            it is not a witness's.
    """
    path = folder / KEY_FILE
    if not path.exists():
        raise _no_witness(folder)
    signing = load_signing_key(path)
    if signing.key.kind is not KeyKind.COSIGNATURE:
        raise _no_witness(folder)
    return signing


def create_witness(folder: Path, name: str) -> Witness:
    """Set up a witness in ``folder``, which is made when it is missing.

    Raises:
        Invalid: LEDGER-34 for a name, WITNESS-01 when a key is there, WITNESS-04 when the
            folder cannot be written.
    """
    check_name(name)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        signing = create_key(folder, name)
        store = create_store(folder / DATABASE, signing.key)
        sync_folder(folder)
    except OSError as error:
        raise Invalid(
            "WITNESS-04",
            zh(
                "写不了文件夹「{folder}」：{why}。请换一个空的、可写的位置。",
                folder=str(folder),
                why=reason(error),
            ),
        ) from None
    return Witness(signing, store)


def open_witness(folder: Path) -> Witness:
    """Return the witness that lives in ``folder``.

    Raises:
        Denied, Invalid: what ``load_key`` raises, and the store's refusals: a witness that
            lost its memory must not go on.
    """
    signing = load_key(folder)
    store = Store(folder / DATABASE)
    store.demand_key(signing.key)
    return Witness(signing, store)


def read_log_key(text_or_path: str) -> Key:
    """Return the public key of a log, given itself or in a file.

    Raises:
        Invalid: LEDGER-35 or LEDGER-11 when it is no key, FILE-01 when it names no file,
            WITNESS-10 when it is a witness's key.
    """
    text = text_or_path.strip()
    if text.count("+") < 2:
        with opened(Path(text_or_path)) as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8", "replace").strip()
    key = parse_key(text)
    if key.kind is not KeyKind.ED25519:
        raise Invalid(
            "WITNESS-10",
            zh(
                "「{name}」是见证方的公钥，不是记录的公钥。请向记录的主管单位索取记录公钥。",
                name=key.name,
            ),
        )
    return key


def _no_witness(folder: Path) -> Invalid:
    return Invalid(
        "WITNESS-05",
        zh(
            "文件夹「{folder}」里没有见证方的密钥。请先用 guiju witness init 建立。",
            folder=str(folder),
        ),
    )
