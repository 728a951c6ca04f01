"""What one entry of the record looks like: canonical JSON (RFC 8785), in a narrow subset.

Narrower than the standard so that nothing depends on a number format or on an
alphabet's order (engine.md, section 4): keys are ASCII, numbers are integers below
2^53 in size (RFC 8785, section 3.2.2.3 and appendix D, takes them as they are), no
floats, instants are strings in UTC. Texts are kept as they were given: the standard
forbids to change them (section 3.1), so there is no Unicode normalisation.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from guiju.core.errors import Invalid
from guiju.core.sentence import zh

MOST_BYTES = 60 * 1024
"""How long an entry may be; an entry bundle could hold 65,535 (C2SP tlog-tiles)."""

MOST_LEVELS = 32
"""How deep lists and objects may stand in each other."""

_AS_THEY_ARE = frozenset({str, bool, type(None)})

BOUND = 2**53
"""Integers at and beyond it are not exact in every reader of JSON (RFC 7493, section 2.2)."""


def encode_entry(data: Mapping[str, object]) -> bytes:
    """Return the bytes that stand in the record for ``data``.

    Raises:
        Invalid: LEDGER-01 to LEDGER-07 for what an entry may not hold.
    """
    if not isinstance(data, Mapping):
        raise Invalid("LEDGER-01", zh("一条记录应是一组「名称：值」。请按登记的事件格式提交。"))
    encoded = canonical(dict(data))
    if len(encoded) > MOST_BYTES:
        raise Invalid(
            "LEDGER-07",
            zh(
                "这条记录有 {size} 字节，最多 {most} 字节。请把长文放进附件，记录里只写其摘要。",
                size=len(encoded),
                most=MOST_BYTES,
            ),
        )
    return encoded


def decode_entry(data: bytes) -> dict[str, object]:
    """Return what an entry's bytes say, if they are exactly what ``encode_entry`` would write.

    Raises:
        Invalid: LEDGER-08 for other bytes, LEDGER-01 to LEDGER-07 for what no entry may hold.
    """
    try:
        value = json.loads(data[: MOST_BYTES + 1].decode("utf-8"))
    except (ValueError, RecursionError):
        value = None
    if value is None or encode_entry(value) != data:
        raise Invalid(
            "LEDGER-08",
            zh("这条记录的字节不是规范写法，可能被改动过。请与见证过的副本核对。"),
        )
    return dict(value)


def instant(at: datetime) -> str:
    """Return an instant as entries write it: UTC, always with microseconds, ``Z`` at the end.

    Raises:
        Invalid: LEDGER-09 for a time without a zone.
    """
    if at.tzinfo is None or at.utcoffset() is None:
        raise Invalid("LEDGER-09", zh("时间「{at}」没有时区。请注明时区后再记录。", at=str(at)))
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def canonical(value: object) -> bytes:
    """Return a value's canonical JSON (RFC 8785, sections 3.2.1 to 3.2.4).

    Raises:
        Invalid: LEDGER-02 to LEDGER-06 for what this subset does not hold.
    """
    if not _is_plain(value, MOST_LEVELS):
        _check(value, "$", MOST_LEVELS)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        _check(value, "$", MOST_LEVELS)  # says where
        raise


def _is_plain(value: object, levels: int) -> bool:
    """Tell quickly whether there is nothing to look at more closely but half characters.

    Of a hundred thousand items hardly one has anything, so no place is put into words here.
    """
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return True
    if kind is int:
        return -BOUND < value < BOUND  # type: ignore[operator] # an int by its type
    held: Any = value
    if kind is dict:
        if not all(type(key) is str and key.isascii() for key in held):
            return False
        held = held.values()
    elif kind is not list and kind is not tuple:
        return False
    return levels > 0 and all(type(one) is str or _is_plain(one, levels - 1) for one in held)


def _check(value: object, where: str, levels: int) -> None:
    if isinstance(value, str):
        _check_text(value, where)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        _check_integer(value, where)
    elif not isinstance(value, dict | list | tuple):
        raise Invalid(
            "LEDGER-04",
            zh(
                "{where} 的值是「{kind}」，记录里只能有文字、整数、真假、空值、列表和对象。"
                "金额请以分为单位写成整数，时间请写成世界时文字。",
                where=where,
                kind=type(value).__name__,
            ),
        )
    elif not levels:
        raise Invalid(
            "LEDGER-06",
            zh("记录嵌套超过 {most} 层。请把内容摊平后再提交。", most=MOST_LEVELS),
        )
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_key(key, where)
            _check(item, f"{where}.{key}", levels - 1)
    else:
        for number, item in enumerate(value):
            _check(item, f"{where}[{number}]", levels - 1)


def _check_key(key: object, where: str) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise Invalid(
            "LEDGER-02",
            zh(
                "{where} 下的名称「{key}」含有英文字母、数字和符号之外的字符。请改用登记的名称。",
                where=where,
                key=ascii(key),
            ),
        )


def _check_integer(value: int, where: str) -> None:
    if not -BOUND < value < BOUND:
        raise Invalid(
            "LEDGER-03",
            zh("{where} 的整数超出可精确表示的范围（±2^53）。请改写成文字。", where=where),
        )


def _check_text(value: str, where: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise Invalid(
            "LEDGER-05",
            zh("{where} 的文字里有半个字符（代理码位），无法保存。请重新录入。", where=where),
        ) from None
