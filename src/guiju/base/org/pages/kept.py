"""A workbook between being sent and being confirmed: kept an hour, for its sender alone.

It lies in the data directory under a random name, encrypted with a key that stands only in
the sender's session: the file says nothing without the session, and the session nothing
without the file. Nothing that the browser sends says what is read again.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.record.places import data
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

LIFE = timedelta(hours=1)
_NAME = "org.import"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the session remembers of a workbook.

    Attributes:
        token: how it is called in the address and in the folder.
        key: by which it is opened, in hexadecimal.
        name: of the file, to be shown.
        at: when it was sent, seconds since 1970.
        digest: of the changes that were shown last; empty before that.
    """

    token: str
    key: str
    name: str
    at: float
    digest: str = ""


def keep(request: HttpRequest, content: bytes, name: str, *, at: datetime) -> Kept:
    """Keep a workbook; an earlier one of the same session goes."""
    drop(request)
    sweep(at=at)
    kept = Kept(secrets.token_urlsafe(18), secrets.token_hex(Aead.KEY_SIZE), name, at.timestamp())
    folder = _folder()
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    path = _path(kept.token)
    path.touch(mode=0o600)
    path.write_bytes(Aead(bytes.fromhex(kept.key)).encrypt(content, kept.token.encode()))
    request.session[_NAME] = asdict(kept)
    return kept


def kept_for(request: HttpRequest, token: str, *, at: datetime) -> tuple[Kept, bytes]:
    """Return the workbook that this session sent under that token.

    Raises:
        Invalid: ORG-85 when there is none, or no more.
    """
    kept = known(request, token, at=at)
    return kept, content_of(token, kept.key)


def content_of(token: str, key: str) -> bytes:
    """Return a workbook's content.

    Raises:
        Invalid: ORG-85 when it is gone, or is not what was sent.
    """
    try:
        return Aead(bytes.fromhex(key)).decrypt(_path(token).read_bytes(), token.encode())
    except (FileNotFoundError, CryptoError):
        raise gone() from None


def known(request: HttpRequest, token: str, *, at: datetime) -> Kept:
    """Return what this session remembers of the workbook under that token.

    Raises:
        Invalid: ORG-85 when there is none, or no more.
    """
    told = request.session.get(_NAME)
    kept = Kept(**told) if told else None
    if kept is None or not secrets.compare_digest(kept.token.encode(), token.encode()):
        raise gone()
    if kept.at + LIFE.total_seconds() <= at.timestamp():
        drop(request)
        raise gone()
    return kept


def remember(request: HttpRequest, kept: Kept, digest: str) -> None:
    """Note which changes were shown."""
    request.session[_NAME] = asdict(kept) | {"digest": digest}


def drop(request: HttpRequest) -> None:
    """Forget the session's workbook, if it has one."""
    told = request.session.pop(_NAME, None)
    if told:
        remove(Kept(**told).token)


def remove(token: str) -> None:
    """Remove a workbook, and what was found in it."""
    for path in (_path(token), told_path(token)):
        path.unlink(missing_ok=True)


def told_path(token: str) -> Path:
    """Return where what was found in a workbook is kept."""
    return _folder() / f"{token}.told"


def release(request: HttpRequest) -> None:
    """Forget the session's workbook but leave it to the worker that takes it in."""
    request.session.pop(_NAME, None)


def wrapped(kept: Kept) -> str:
    """Return token and key as they may wait in the queue: closed by the installation's secret."""
    return bytes(Aead(_wrap()).encrypt(f"{kept.token} {kept.key}".encode())).hex()


def unwrapped(text: str) -> tuple[str, str]:
    """Return token and key of what ``wrapped`` closed.

    Raises:
        Invalid: ORG-85 when the secret is another one by now.
    """
    try:
        token, key = Aead(_wrap()).decrypt(bytes.fromhex(text)).decode().split()
    except (CryptoError, ValueError):
        raise gone() from None
    return token, key


def _wrap() -> bytes:
    secret = settings.SECRET_KEY.encode()
    return hashlib.blake2b(secret, digest_size=Aead.KEY_SIZE, person=b"org.import").digest()


def sweep(*, at: datetime) -> int:
    """Remove what was sent more than an hour ago; return how many files."""
    removed = 0
    for path in _folder().glob("*"):
        try:
            if path.stat().st_mtime + LIFE.total_seconds() <= at.timestamp():
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # somebody else swept it
    return removed


def _folder() -> Path:
    return data() / "uploads" / "organisation"


def _path(token: str) -> Path:
    return _folder() / token


def gone() -> Invalid:
    """Return the refusal of what is no more (ORG-85)."""
    return Invalid(
        "ORG-85",
        zh("这份表格已经导入、作废或超过一小时，没有导入任何内容。请重新上传。"),
    )
