"""The next free code of a table, by the profile's code scheme or in the way of the last one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from guiju.core.lists.schemes import CodeContext
from guiju.core.lists.words import ItemKind

LETTERS: dict[ItemKind, str] = {
    ItemKind.POWER: "QL",
    ItemKind.BASIS: "YJ",
    ItemKind.DUTY: "ZR",
    ItemKind.ACCOUNTABILITY: "ZZ",
    ItemKind.NEGATIVE: "FM",
    ItemKind.FLOW: "LC",
    ItemKind.RISK: "FX",
    ItemKind.CONTROL: "FK",
    ItemKind.STANDARD: "JZ",
}
"""With what codes begin that nobody has chosen."""

_WIDTH = 3
_NUMBERED = re.compile(r"(.*?)([0-9]{1,9})", re.DOTALL)
_HUBEI = re.compile(r"([0-9]{6}[0-9A-Z]{3}[0-9A-Z]{2})([0-9]{3})([0-9A-Z]{2})")
_MOST_ITEMS, _MOST_PARTS = 999, 99


def next_code(
    kind: ItemKind,
    codes: Collection[str],
    *,
    scheme: str = "",
    context: CodeContext | None = None,
    like: str = "",
) -> str:
    """Return a code that no item of the table bears yet.

    Args:
        kind: the table.
        codes: those in use, in the order of the table.
        scheme: name of the profile's code scheme, which is for powers.
        context: what a power's code has to agree with; a sub-item names its ``parent``.
        like: the code whose next neighbour is wanted, such as another power of the same kind;
            the last of the table where there is none.
    """
    used = set(codes)
    if kind is ItemKind.POWER and scheme == "hubei":
        found = _hubei(used, context or CodeContext(), like)
        if found:
            return found
    last = like or next(reversed(tuple(codes)), "")
    parts = _NUMBERED.fullmatch(last)
    stem, digits = parts.groups() if parts else (f"{LETTERS[kind]}-", "0" * _WIDTH)
    highest = max(_numbers(stem, len(digits), used), default=0)
    number = highest + 1
    while (made := f"{stem}{number:0{len(digits)}}") in used:
        number += 1
    return made


def _numbers(stem: str, width: int, codes: Iterable[str]) -> Iterable[int]:
    for code in codes:
        digits = code[len(stem) :]
        if code.startswith(stem) and len(digits) >= width and re.fullmatch("[0-9]{1,9}", digits):
            yield int(digits)


def _hubei(codes: set[str], context: CodeContext, like: str) -> str:
    """Return the next number within unit and kind, or below the main item; empty for none."""
    bare = {code.replace("-", "") for code in codes}
    parent = _HUBEI.fullmatch(context.parent.replace("-", "")) if context.parent else None
    if parent:
        stem = f"{parent[1]}{parent[2]}"
        last = max(_numbers(stem, 2, (one for one in bare if len(one) == len(stem) + 2)), default=0)
        return f"{stem}{last + 1:02}" if last < _MOST_PARTS else ""
    model = _HUBEI.fullmatch(like.replace("-", ""))
    stem = model[1] if model else f"{context.area_code}{context.unit_code}01"
    found = [int(one[2]) for code in bare if (one := _HUBEI.fullmatch(code)) and one[1] == stem]
    number = max(found, default=0) + 1
    made = f"{stem}{number:03}00"
    return made if number <= _MOST_ITEMS and _HUBEI.fullmatch(made) else ""
