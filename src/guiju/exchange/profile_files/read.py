"""Reading profile files; three come with the package."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from guiju.core.errors import Invalid
from guiju.core.lists.profile import Profile
from guiju.core.organisation.words import Profile as Kind
from guiju.core.sentence import zh
from guiju.exchange.profile_files.plain import profile_from

BUILT_IN = tuple(kind.value for kind in Kind)
"""The codes of the profiles that come with Guiju."""

MOST_BYTES = 1_000_000
MOST_DOTS = 100
"""In one line of TOML: the standard reader takes quadratic time for long dotted keys."""


def read_profile(content: bytes) -> Profile:
    """Read a profile file (TOML).

    Raises:
        Invalid: PROFILE-01 when it is no TOML text, PROFILE-02 and PROFILE-03 for what
            stands in it.
    """
    try:
        text = content[: MOST_BYTES + 1].decode("utf-8")
        if len(content) > MOST_BYTES or any(n.count(".") > MOST_DOTS for n in text.splitlines()):
            raise _unreadable()
        data = tomllib.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    return profile_from(_with_texts(data))


@cache
def built_in(code: str) -> Profile:
    """Return one of the profiles of ``BUILT_IN``; a KeyError for none is a fault of the program."""
    if code not in BUILT_IN:
        raise KeyError(code)
    return read_profile(files(__package__).joinpath(f"{code}.toml").read_bytes())


def _with_texts(data: dict[str, object]) -> dict[str, object]:
    """TOML knows dates, plain data does not."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in data.items()
    }


def _unreadable() -> Invalid:
    return Invalid(
        "PROFILE-01",
        zh("配置文件不是 UTF-8 编码的 TOML 文本，或者太大。请从系统自带的配置另存一份再改。"),
    )
