"""Whom a verifier believes: the log's keys, its witnesses, and who said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.ledger.keys import Key, KeyKind, parse_key
from guiju.core.ledger.quorum import Policy
from guiju.core.sentence import zh
from guiju.exchange.files import opened, require_lasting

MOST_BYTES = 100_000
"""How long a file of keys may be."""

_IS_KEY = re.compile(r"[^+]+\+[0-9a-f]{8}\+")


@dataclass(frozen=True, slots=True)
class Trust:
    """What the verifier was told out of band.

    Attributes:
        log_keys: the log's keys; empty to take the export's own word for them.
        witnesses: the witnesses' keys; None to take the export's own word for them.
        quorum: how many of them must have cosigned; None for more than half.
    """

    log_keys: tuple[Key, ...] = ()
    witnesses: tuple[Key, ...] | None = None
    quorum: int | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that a verification goes by.

    Attributes:
        policy: origin, keys and quorum.
        log_keys_own: whether the log's keys came from the files that they are to prove.
        witnesses_own: whether the witnesses' keys did.
    """

    policy: Policy
    log_keys_own: bool
    witnesses_own: bool


def key_or_file(text: str) -> tuple[Key, ...]:
    """Return the log key that ``text`` writes out, or those in the file that it names.

    Raises:
        Invalid: what ``read_keys`` and ``parse_key`` raise.
    """
    if _IS_KEY.match(text):
        return _of_kind((parse_key(text.strip()),), KeyKind.ED25519, "--log-key")
    return read_keys(Path(text), KeyKind.ED25519)


def read_keys(path: Path, kind: KeyKind) -> tuple[Key, ...]:
    """Return the keys in a file that the verifier got elsewhere, one a line.

    White space around, empty lines and lines that begin with ``#`` do not count.

    Raises:
        Invalid: FILE-01 when it cannot be opened; VERIFY-10 without a key, with too much
            text, or with a key of another kind; LEDGER-35 for a line that is no key.
    """
    require_lasting(path)
    with opened(path) as stream:
        data = stream.read(MOST_BYTES + 1)
    return _of_kind(_parse_keys(data, str(path)), kind, str(path))


def read_own_keys(data: bytes, kind: KeyKind, path: str) -> tuple[Key, ...]:
    """Return the keys in a file of the export: written exactly so and no other way.

    Raises:
        Invalid: VERIFY-10 and LEDGER-35 as ``read_keys``, VERIFY-11 for another way of writing.
    """
    keys = _of_kind(_parse_keys(data, path), kind, path)
    text = "".join(f"{key}\n" for key in keys).encode()
    if data not in {text, text[:-1]}:
        raise Invalid(
            "VERIFY-11",
            zh("公钥应每行一个、行尾一个换行，没有别的字符。请重新取得完整的导出目录。"),
        )
    return keys


def policy_of(log_keys: tuple[Key, ...], witnesses: tuple[Key, ...], quorum: int | None) -> Policy:
    """Return the rule by which a checkpoint counts: its log has the name of its key.

    Raises:
        Invalid: VERIFY-12 when more witnesses are demanded than there are keys; LEDGER-53 for
            keys that do not go together.
    """
    demanded = len(witnesses) // 2 + 1 if quorum is None and witnesses else quorum or 0
    if demanded > len(witnesses):
        raise Invalid(
            "VERIFY-12",
            zh(
                "要求 {quorum} 家见证，却只有 {count} 家的公钥。请补上见证方公钥，或降低要求。",
                quorum=demanded,
                count=len(witnesses),
            ),
        )
    return Policy(log_keys[0].name, log_keys, witnesses, demanded)


def _parse_keys(data: bytes, where: str) -> tuple[Key, ...]:
    try:
        text = data.decode("utf-8-sig") if len(data) <= MOST_BYTES else None
    except UnicodeDecodeError:
        text = None
    if text is None:
        raise _no_keys(where)
    lines = map(str.strip, text.split("\n"))
    return tuple(parse_key(line) for line in lines if line and not line.startswith("#"))


def _of_kind(keys: tuple[Key, ...], kind: KeyKind, where: str) -> tuple[Key, ...]:
    is_log = kind is KeyKind.ED25519
    fits = keys and all(key.kind is kind for key in keys) and len(set(keys)) == len(keys)
    if not fits or (is_log and len({key.name for key in keys}) > 1):
        raise _no_keys(where)
    return keys


def _no_keys(where: str) -> Invalid:
    return Invalid(
        "VERIFY-10",
        zh(
            "「{where}」里应是公钥，每行一个，同属一类（记录方或见证方），不重复。"
            "请从对方公布处重新复制。",
            where=where,
        ),
    )
