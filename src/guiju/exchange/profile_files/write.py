"""Writing a profile file: TOML as the reader takes it, in the order of the profile's fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from guiju.core.lists.profile import Profile
from guiju.exchange.profile_files.plain import profile_data
from guiju.exchange.profile_files.read import MOST_DOTS

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DELETE = "\x7f"
"""The one character that JSON leaves as it is and TOML does not allow."""


def write_profile(profile: Profile, *, remark: str = "") -> bytes:
    """Return a profile as a file; ``read_profile`` makes the same of it.

    Args:
        profile: what to write.
        remark: what stands at the top for those who open the file.
    """
    lines = [f"# {one}" for one in remark.splitlines() if one.isprintable()]
    return "\n".join([*lines, *_table(profile_data(profile), ())]).encode("utf-8") + b"\n"


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Give a table: its values first, then the tables below it, as TOML demands."""
    below = {name: held for name, held in data.items() if isinstance(held, dict) or _rows(held)}
    for name, held in data.items():
        if name not in below:
            yield f"{_key(name)} = {_undotted(_value(held))}"
    for name, held in below.items():
        inner = (*path, name)
        heading = ".".join(map(_key, inner))
        for one in held if isinstance(held, list) else (held,):
            yield ""
            yield f"[[{heading}]]" if isinstance(held, list) else f"[{heading}]"
            yield from _table(one, inner)


def _rows(held: object) -> bool:
    return isinstance(held, list) and bool(held) and all(isinstance(one, dict) for one in held)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _value(held: object) -> str:
    if isinstance(held, str):
        return _text(held)
    if isinstance(held, bool):
        return "true" if held else "false"
    if isinstance(held, list):
        return f"[{', '.join(map(_value, held))}]"
    if isinstance(held, dict):
        inner = ", ".join(f"{_key(name)} = {_value(one)}" for name, one in held.items())
        return f"{{ {inner} }}"
    return str(held)


def _undotted(value: str) -> str:
    """Return a value that the reader takes: it has no patience for lines of many dots.

    All dots stand in texts, since a profile has no fractions.
    """
    return value if value.count(".") < MOST_DOTS // 2 else value.replace(".", "\\u002e")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace(_DELETE, "\\u007f")
