"""By what one signs in to the example county: one account per role, made once, kept in a file.

Passwords and secrets are drawn anew for every data directory, so that no installation has a
known password; the file beside the data is theirs alone (mode 600).
"""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Role
from guiju.demo.county.cast import CAST
from guiju.exchange.files import reason, replacing

FILE = "demo-sign-ins.txt"
_HEADING = (
    zh("示例县的登录方式，只供试用。动态口令请运行 guiju demo code 登录名。"),
    zh("角色、登录名、密码、动态口令密钥，以制表符隔开"),
)
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"
_STEP, _DIGITS = 30, 6


@dataclass(frozen=True, slots=True)
class SignIn:
    """What is typed to sign in as one role.

    Attributes:
        secret: of the authenticator app, in base32; empty for a role that needs none.
    """

    role: Role
    login_name: str
    password: str
    secret: str


def make_sign_ins(draw: Callable[[int], int] = secrets.randbelow) -> tuple[SignIn, ...]:
    """Return fresh passwords and secrets, one line for each of the cast."""
    return tuple(
        SignIn(
            part.role,
            part.login_name,
            _password(draw),
            _secret(draw) if part.has_second_factor else "",
        )
        for part in CAST
    )


def write_sign_ins(data: Path, lines: tuple[SignIn, ...]) -> None:
    """Keep them in the data directory, for its own account alone.

    Raises:
        Invalid: FILE-02 when it cannot be written.
    """
    text = "".join(f"{line}\n" for line in _HEADING) + "".join(
        f"{line.role}\t{line.login_name}\t{line.password}\t{line.secret}\n" for line in lines
    )
    path = data / FILE
    with replacing(path) as stream:
        stream.write(text.encode())
    path.chmod(0o600)


def read_sign_ins(data: Path) -> tuple[SignIn, ...]:
    """Return what was kept; nothing when no example was made here.

    Raises:
        Invalid: DEMO-03 for a file that was changed by hand.
    """
    path = data / FILE
    if not path.exists():
        return ()
    try:
        lines = path.read_text("utf-8").splitlines()[len(_HEADING) :]
        return tuple(_line(line) for line in lines)
    except (OSError, ValueError, KeyError) as error:
        why = reason(error) if isinstance(error, OSError) else "—"
        raise Invalid(
            "DEMO-03",
            zh(
                "读不了登录方式文件「{path}」（{why}）。请删去整个数据目录，重新运行 guiju demo。",
                path=str(path),
                why=why,
            ),
        ) from None


def _line(line: str) -> SignIn:
    role, login_name, password, secret = line.split("\t")
    return SignIn(Role.of(role), login_name, password, secret)


def app_code(secret: str, at: float) -> str:
    """Return the code that an authenticator app shows at ``at`` seconds since 1970 (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, int(at // _STEP).to_bytes(8, "big"), "sha1")
    place = digest[-1] & 15  # RFC 4226, 5.3: dynamic truncation
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}d}"


def _password(draw: Callable[[int], int]) -> str:
    """Return a password that can be read out: two made-up words and four digits."""
    words = (
        "".join(_CONSONANTS[draw(len(_CONSONANTS))] + _VOWELS[draw(len(_VOWELS))] for _ in range(3))
        for _ in range(2)
    )
    return f"{'-'.join(word.capitalize() for word in words)}-{draw(9000) + 1000}"


def _secret(draw: Callable[[int], int]) -> str:
    return base64.b32encode(bytes(draw(256) for _ in range(20))).decode()
