"""A file between being sent and being confirmed: kept an hour, for its sender alone.

It lies in the data directory under a random name, encrypted with a key that stands only in
the sender's session: the file says nothing without the session, and the session nothing
without the file. Nothing that the browser sends says what is read again. What is found in it
is kept beside it in the same way.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from guiju.base.record.places import data
from guiju.core.errors import Invalid

LIFE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """What the session remembers of a file.

    Attributes:
        token: how it is called in the address and in the folder.
        key: by which it is opened, in hexadecimal.
        name: of the file, to be shown.
        at: when it was sent, seconds since 1970.
        digest: of the changes that were shown last; empty before that.
        about: the reference of what it was sent for, where there are several.
    """

    token: str
    key: str
    name: str
    at: float
    digest: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where files of one sort wait.

    Attributes:
        name: in sessions and in the queue.
        folder: below that of all uploads.
        gone: returns the refusal of what is no more.
    """

    name: str
    folder: str
    gone: Callable[[], Invalid]

    def keep(
        self, request: HttpRequest, content: bytes, name: str, *, at: datetime, about: str = ""
    ) -> Kept:
        """Keep a file; an earlier one of the same session goes."""
        self.drop(request)
        sweep(at=at)
        token, key = secrets.token_urlsafe(18), secrets.token_hex(Aead.KEY_SIZE)
        kept = Kept(token, key, name, at.timestamp(), about=about)
        self.put(kept.token, kept.key, "", content)
        request.session[self.name] = asdict(kept)
        return kept

    def kept_for(self, request: HttpRequest, token: str, *, at: datetime) -> tuple[Kept, bytes]:
        """Return the file that this session sent under that token.

        Raises:
            Invalid: as ``gone`` says, when there is none, or no more.
        """
        kept = self.known(request, token, at=at)
        return kept, self.content_of(token, kept.key)

    def content_of(self, token: str, key: str, part: str = "") -> bytes:
        """Return a file's content, or what was put beside it.

        Raises:
            Invalid: as ``gone`` says, when it is gone, or is not what was kept.
        """
        try:
            box = self.path(token, part).read_bytes()
            return Aead(bytes.fromhex(key)).decrypt(box, _called(token, part))
        except (FileNotFoundError, CryptoError):
            raise self.gone() from None

    def put(self, token: str, key: str, part: str, content: bytes) -> None:
        """Keep something beside a file, in the place of what was called so before."""
        path = self.path(token, part)
        path.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(Aead(bytes.fromhex(key)).encrypt(content, _called(token, part)))

    def known(self, request: HttpRequest, token: str, *, at: datetime) -> Kept:
        """Return what this session remembers of the file under that token.

        Raises:
            Invalid: as ``gone`` says, when there is none, or no more.
        """
        told = request.session.get(self.name)
        kept = Kept(**told) if told else None
        if kept is None or not secrets.compare_digest(kept.token.encode(), token.encode()):
            raise self.gone()
        if kept.at + LIFE.total_seconds() <= at.timestamp():
            self.drop(request)
            raise self.gone()
        return kept

    def renew(self, request: HttpRequest, kept: Kept, *, at: datetime) -> None:
        """Keep a file for another hour, because its sender still works on it."""
        request.session[self.name] = asdict(kept) | {"at": at.timestamp()}
        for path in (self.path(kept.token), *self._folder().glob(f"{kept.token}.*")):
            os.utime(path, (at.timestamp(), at.timestamp()))

    def remember(self, request: HttpRequest, kept: Kept, digest: str) -> None:
        """Note which changes were shown."""
        request.session[self.name] = asdict(kept) | {"digest": digest}

    def drop(self, request: HttpRequest) -> None:
        """Forget the session's file, if it has one."""
        told = request.session.pop(self.name, None)
        if told:
            self.remove(Kept(**told).token)

    def remove(self, token: str) -> None:
        """Remove a file, and what was kept beside it."""
        for path in (self.path(token), *self._folder().glob(f"{token}.*")):
            path.unlink(missing_ok=True)

    def release(self, request: HttpRequest) -> None:
        """Forget the session's file but leave it to the worker that takes it in."""
        request.session.pop(self.name, None)

    def wrapped(self, kept: Kept) -> str:
        """Return token and key as they may wait in the queue: closed by the server's secret."""
        return bytes(Aead(self._wrap()).encrypt(f"{kept.token} {kept.key}".encode())).hex()

    def unwrapped(self, text: str) -> tuple[str, str]:
        """Return token and key of what ``wrapped`` closed.

        Raises:
            Invalid: as ``gone`` says, when the secret is another one by now.
        """
        try:
            token, key = Aead(self._wrap()).decrypt(bytes.fromhex(text)).decode().split()
        except (CryptoError, ValueError):
            raise self.gone() from None
        return token, key

    def path(self, token: str, part: str = "") -> Path:
        """Return where a file is kept, or what was put beside it."""
        return self._folder() / (f"{token}.{part}" if part else token)

    def _folder(self) -> Path:
        return _uploads() / self.folder

    def _wrap(self) -> bytes:
        secret, person = settings.SECRET_KEY.encode(), self.name.encode()
        return hashlib.blake2b(secret, digest_size=Aead.KEY_SIZE, person=person).digest()


def sweep(*, at: datetime) -> int:
    """Remove what was sent more than an hour ago, of every sort; return how many files."""
    removed = 0
    for path in _uploads().glob("*/*"):
        try:
            if path.stat().st_mtime + LIFE.total_seconds() <= at.timestamp():
                path.unlink()
                removed += 1
        except FileNotFoundError:
            continue  # somebody else swept it
    return removed


def _uploads() -> Path:
    return data() / "uploads"


def _called(token: str, part: str) -> bytes:
    return (f"{token}/{part}" if part else token).encode()
