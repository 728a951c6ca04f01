"""Whether a text says anything: blanks, fillers and copies do not count (S1-02, S4-40)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NOT_SAID = re.compile(r"[^0-9a-z㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
_FILLERS = """
    暂无 没有 暂没有 无此项 无内容 同上 同前 见上 见前 同左 待定 待补 待补充 待完善 待填
    不详 不涉及 不适用 已有 其他 其它 详见附件 见附件 按规定 按规定办理 按规定执行 依法办理
    根据实际情况 视情况而定
    na none null nil test tbd todo ok yes no
"""
_ONLY_FILLERS = re.compile("(?:{})+".format("|".join(_FILLERS.split())))
_STARTS = frozenset(filler[0] for filler in _FILLERS.split())
_LEAST = 2
_LONGEST_KEPT = 200
"""Longer texts are worked out anew each time, so that what is kept stays small."""


def plain(text: str) -> str:
    """Return the characters of ``text`` that say something, in one width and case."""
    return _kept(text) if len(text) <= _LONGEST_KEPT else _plain(text)


def _plain(text: str) -> str:
    return _NOT_SAID.sub("", unicodedata.normalize("NFKC", text).casefold())


_kept = lru_cache(maxsize=1 << 17)(_plain)


def says_something(text: str) -> bool:
    """Say whether ``text`` holds more than blanks, marks, digits, a filler or one character."""
    said = plain(text)
    if len(said) < _LEAST or len(set(said)) == 1 or said.isdigit():
        return False
    return said[0] not in _STARTS or _ONLY_FILLERS.fullmatch(said) is None
