"""The data directory: made once, closed to others, with the secret that signs cookies."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from guiju.config.environment import COOKIE_KEY
from guiju.core.errors import Conflict, Invalid
from guiju.core.sentence import zh
from guiju.exchange.files import reason, replacing

_LOCK_FILE = "setup.lock"


def make_home(data: Path) -> bool:
    """Make the data directory and its folder for keys, for this account alone; tell whether new.

    Raises:
        Invalid: START-12 when it cannot be made or closed.
    """
    is_new = not data.exists()
    try:
        for folder in (data, data / "keys"):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)
    except OSError as error:
        raise Invalid(
            "START-12",
            zh(
                "建不了数据目录「{path}」：{why}。请用 GUIJU_DATA 换一个位置。",
                path=str(data),
                why=reason(error),
            ),
        ) from None
    return is_new


def make_secret(data: Path) -> bool:
    """Make the secret unless it is there; tell whether it was made.

    Raises:
        Invalid: FILE-02 when it cannot be written.
    """
    path = data / COOKIE_KEY
    if path.exists():
        return False
    keep_private()
    with replacing(path) as stream:
        stream.write(secrets.token_urlsafe(64).encode())
    return True


def keep_private() -> None:
    """Let every file that this process makes be for its own account alone."""
    os.umask(0o077)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the data directory, so that one sets up or upgrades at a time.

    Raises:
        Invalid: START-02 when there is no data directory, START-12 when it cannot be written.
        Conflict: START-08 when another process holds it.
    """
    if not data.is_dir():
        raise not_set_up(data)
    try:
        place = os.open(data / _LOCK_FILE, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Invalid(
            "START-12",
            zh(
                "写不了数据目录「{path}」：{why}。请检查它的权限。",
                path=str(data),
                why=reason(error),
            ),
        ) from None
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(place)
        raise busy() from None
    try:
        yield
    finally:
        os.close(place)


def busy() -> Conflict:
    """Return the refusal of whoever comes second."""
    return Conflict(
        "START-08",
        zh("另一个 guiju init 或 guiju migrate 正在运行。请等它结束后再试。"),
    )


def not_set_up(data: Path) -> Invalid:
    """Return the refusal of whoever comes too early."""
    return Invalid(
        "START-02",
        zh(
            "数据目录「{path}」还没有初始化，或初始化没有做完。"
            "请先运行 guiju init；数据在别处时，请用 GUIJU_DATA 指明。",
            path=str(data),
        ),
    )
