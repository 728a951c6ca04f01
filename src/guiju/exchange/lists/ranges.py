"""Amounts in running text: 「处违法所得2倍以上5倍以下的罚款」 is 2 to 5 times 违法所得."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from guiju.core.lists.words import AmountUnit
from guiju.exchange.lists.cells import hundredths_of

_N = r"([0-9][0-9,]*(?:\.[0-9]+)?|[一二三四五六七八九十百千]+)"
_U = r"(万元|千元|百元|元|倍|%|日)"
_RANGE = re.compile(
    rf"{_N}\s*{_U}?\s*(以上不足|以上不满|以上|以下|不足|以内)?\s*(?:[-—–~至到]|,|，|、)?\s*"
    rf"(?:{_N}\s*{_U})?\s*(以下|不足|以内|以上)?"
)
_BASE = re.compile(r"(违法所得|货值金额|工程造价|合同价款|合同金额|罚款数额|收取的费用)")
_UNITS = {"倍": AmountUnit.TIMES, "%": AmountUnit.PERCENT, "日": AmountUnit.DAYS}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Range:
    """From ``lower`` to ``upper``, in hundredths of ``unit``; a bound of None is not said."""

    unit: AmountUnit
    lower: int | None
    upper: int | None
    below_upper: bool = False


def range_in(text: str) -> Range | None:
    """Return the one range that a text states; None where it states none, or several."""
    plain = unicodedata.normalize("NFKC", text)
    found = [match for match in _RANGE.finditer(plain) if match[2] or match[5]]
    if len(found) != 1:
        return None
    first, own, after, second, unit, last = found[0].groups()
    end = second or first
    unit = unit or own
    own = own or unit
    low, high = _hundredths(first, own), _hundredths(end, unit)
    if low is None or high is None or _unit(own) is not _unit(unit):
        return None
    if second:
        return Range(_unit(unit), low, high, _is_open(after, last)) if low <= high else None
    if after in ("以下", "不足", "以内"):
        return Range(_unit(unit), None, high, after == "不足")
    return Range(_unit(unit), low, None if after else high)


def _is_open(after: str | None, last: str | None) -> bool:
    """Tell whether the upper bound itself is left out: 以上不足, 不满."""
    return "不" in f"{after}{last}"


def base_in(text: str) -> str:
    """Return what a multiple or a share is of; empty where the text does not say it."""
    found = _BASE.search(text)
    return found[1] if found else ""


def _unit(written: str) -> AmountUnit:
    return _UNITS.get(written, AmountUnit.YUAN)


def _hundredths(number: str, unit: str) -> int | None:
    plain = number if number[0].isdigit() else str(_counted(number))
    return hundredths_of(plain, unit[0] if unit in ("万元", "千元", "百元") else "")


def _counted(number: str) -> int:
    total = digit = 0
    for character in number:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit
