"""What stands in the cells: numbers, next steps, conditions, limits and signing rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from guiju.core.flow.model import Limit, Signing
from guiju.core.terms import LimitUnit, SigningMode
from guiju.exchange.steps.step import END, Way

_ENDS = {"结束", "流程结束", "办结", "end"}
_NONE = {"", "无", "/", "-", "—", "——"}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = re.compile(r"(?=.*\d)[\w.-]{1,40}")
_BOTH = re.compile(r"\s*(?:\+|并)\s*")
_EITHER = re.compile(r"[、,;/\s或]+")
_BETWEEN_CONDITIONS = re.compile(r"([；;\n])")
_KEYED = re.compile(r"\s*([^：:]+)[：:](.*)", re.DOTALL)
_AMOUNT = r"(\d{1,5}|[零〇一二两三四五六七八九十百]{1,7})"
_LIMIT = re.compile(rf"{_AMOUNT}\s*个?\s*([^\W\d_][\w ]*)")
_SIGNING = re.compile(rf"([^\W\d_]+?)\s*\(?\s*(?:{_AMOUNT}\s*人?)?\s*\)?")
_UNITS = {
    "工作日": LimitUnit.WORKING_DAYS,
    "working days": LimitUnit.WORKING_DAYS,
    "working day": LimitUnit.WORKING_DAYS,
    "日": LimitUnit.DAYS,
    "天": LimitUnit.DAYS,
    "自然日": LimitUnit.DAYS,
    "days": LimitUnit.DAYS,
    "day": LimitUnit.DAYS,
    "小时": LimitUnit.HOURS,
    "hours": LimitUnit.HOURS,
    "hour": LimitUnit.HOURS,
    "h": LimitUnit.HOURS,
}
_MODES = {str(name): mode for mode in SigningMode for name in (mode.label, mode.value)}


def plain(text: str) -> str:
    """Return ``text`` with full-width and circled characters as plain ones, and trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def counted(text: str) -> int:
    """Return the value of a plain or Chinese numeral below one thousand."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = digit * 10 + _DIGITS[character]
    return total + digit


def number(text: str) -> str:
    """Return a step's number as it is compared: 「①」, 「（一）」 and 「第1步」 are all ``1``."""
    bare = plain(text).strip(" .。、()")
    bare = bare.removeprefix("步骤").removeprefix("第").removesuffix("步").strip()
    if bare.casefold() in _ENDS:
        return END
    return str(counted(bare)) if re.fullmatch(_AMOUNT, bare) and not bare.isdecimal() else bare


def is_number(text: str) -> bool:
    """Tell whether a normalised number can be named in 下一步."""
    return bool(_NUMBER.fullmatch(text)) and "并" not in text and "或" not in text


def ways(text: str) -> tuple[Way, ...]:
    """Read 下一步: 「3、4」 is one of them, 「3+4」 is both; empty gives no way."""
    listed = _EITHER.split(_BOTH.sub("+", plain(text)))
    return tuple(Way(tuple(map(number, item.split("+")))) for item in listed if item)


def conditions(text: str, keys: Sequence[str]) -> tuple[str, ...] | None:
    """Share 条件 out among the next steps ``keys``; None when that cannot be told."""
    if not text.strip():
        return ("",) * len(keys)
    pieces = _BETWEEN_CONDITIONS.split(text)
    if _key(pieces[0], keys):
        return _by_key(pieces, keys)
    if len(keys) == 1:
        return (text.strip(),)
    parts = [piece.strip() for piece in pieces[::2]]
    return tuple(parts) if len(parts) == len(keys) else None


def _key(piece: str, keys: Sequence[str]) -> tuple[str, str] | None:
    found = _KEYED.fullmatch(piece)
    key = "+".join(map(number, _BOTH.sub("+", plain(found[1])).split("+"))) if found else ""
    return (key, found[2]) if found and key in keys else None


def _by_key(pieces: Sequence[str], keys: Sequence[str]) -> tuple[str, ...]:
    """Give each keyed piece to its next step; what follows without a key belongs to it too."""
    shares, current = [""] * len(keys), 0
    free = list(range(len(keys)))
    for piece, before in zip(pieces[::2], ("", *pieces[1::2]), strict=True):
        keyed = _key(piece, [keys[place] for place in free])
        if keyed:
            current = next(place for place in free if keys[place] == keyed[0])
            free.remove(current)
            shares[current] = keyed[1]
        else:
            shares[current] += before + piece
    return tuple(share.strip() for share in shares)


def written_conditions(choices: Sequence[Way]) -> str:
    """Write the conditions so that ``conditions`` shares them out again."""
    if len(choices) == 1 and conditions(choices[0].condition, [choices[0].written]) == (
        choices[0].condition,
    ):
        return choices[0].condition
    keys = [way.written for way in choices]
    told = any(way.condition for way in choices)
    return "；".join(
        f"{way.written}：{way.condition}"
        for way in choices
        if way.condition or (told and keys.count(way.written) > 1)
    )


def limit(text: str) -> Limit | None:
    """Read 时限, such as 「3个工作日」; None where it says that there is none.

    Raises:
        ValueError: when it cannot be read.
    """
    bare = plain(text)
    if bare in _NONE:
        return None
    found = _LIMIT.fullmatch(bare)
    unit = _UNITS.get(found[2].strip().casefold()) if found else None
    if not found or unit is None or not counted(found[1]):
        raise ValueError(text)
    return Limit(counted(found[1]), unit)


def written_limit(given: Limit | None) -> str:
    """Write a limit as ``limit`` reads it."""
    if given is None:
        return ""
    counter = "" if given.unit == LimitUnit.DAYS else "个"
    return f"{given.amount}{counter}{given.unit.label}"


def signing(text: str) -> Signing | None:
    """Read 签批规则, such as 「会签」 or 「票签（3人）」; None where there is none.

    Raises:
        ValueError: when it cannot be read.
    """
    bare = plain(text)
    if bare in _NONE:
        return None
    found = _SIGNING.fullmatch(bare)
    mode = _MODES.get(found[1].casefold()) if found else None
    required = counted(found[2]) if found and found[2] else None
    if mode is None or required == 0 or (mode is SigningMode.SINGLE and required not in (None, 1)):
        raise ValueError(text)
    return Signing(mode, required)


def written_signing(given: Signing | None) -> str:
    """Write a signing rule as ``signing`` reads it."""
    if given is None:
        return ""
    return str(given.mode.label) + (f"{given.required}人" if given.required is not None else "")
