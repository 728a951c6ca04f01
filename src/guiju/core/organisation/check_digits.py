"""Numbers that carry a check digit of their own."""

from __future__ import annotations

import re
from datetime import date

_CREDIT_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_FORM = re.compile(f"[{_CREDIT_DIGITS}]{{18}}")
_CREDIT_VALUES = {digit: value for value, digit in enumerate(_CREDIT_DIGITS)}
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))

_ID_FORM = re.compile(r"[1-9][0-9]{16}[0-9X]")
_ID_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_ID_CHECKS = "10X98765432"
_FIRST_BIRTH = 1900

_REGIONS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
_PROVINCES = frozenset(
    str(province) for first, last in _REGIONS for province in range(first, last + 1)
)


def is_credit_code(text: str) -> bool:
    """Tell whether ``text`` is a 统一社会信用代码 (GB 32100-2015, 5.5: modulus 31)."""
    if not _CREDIT_FORM.fullmatch(text):
        return False
    weighed = zip(_CREDIT_WEIGHTS, text[:17], strict=True)
    total = sum(weight * _CREDIT_VALUES[digit] for weight, digit in weighed)
    return _CREDIT_VALUES[text[17]] == -total % 31


def has_id_form(text: str) -> bool:
    """Tell whether ``text`` has the 18 places of a 公民身份号码."""
    return _ID_FORM.fullmatch(text) is not None


def id_check_holds(text: str) -> bool:
    """Tell whether the last place is right (GB 11643-1999, 4.1.4: modulus 11-2)."""
    weighed = zip(_ID_WEIGHTS, text[:17], strict=True)
    return _ID_CHECKS[sum(weight * int(digit) for weight, digit in weighed) % 11] == text[17]


def id_birthday(text: str) -> date | None:
    """Return the day of birth in a number of the right form, None when there was no such day."""
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    try:
        return date(year, month, day) if year >= _FIRST_BIRTH else None
    except ValueError:
        return None


def is_area_code(text: str) -> bool:
    """Tell whether ``text`` has the form of a 行政区划代码 (GB/T 2260) in a known province."""
    return len(text) == 6 and text.isascii() and text.isdigit() and text[:2] in _PROVINCES
