"""Parting what stands in one cell but is several: 1. 2. 3., ① ②, 1.1 1.2, or lines."""

from __future__ import annotations

import re

_N = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARK = re.compile(
    rf"(?:^|(?<=[\s;；。.，,、：:）)]))"
    rf"(?:(\d{{1,2}})\s*[.、．)）](?!\d)\s*|(\d{{1,2}}\.\d{{1,2}})(?!\d)[.、．]?\s*"
    rf"|[（(]\s*(\d{{1,2}}|[{_N}]{{1,3}})\s*[)）]\s*)|([{_CIRCLED}])\s*"
)
_ENDS = ("。", "；", ";", ".")
_SHORTEST = 4


def parted(text: str) -> tuple[str, ...]:
    """Return the parts of a cell without their numbers; the text itself where it is one.

    Numbers part only where they count up from 1 (or 3.1, 3.2 …), so that no date, clause or
    amount is taken for one. What stands before the first number is a part of its own.
    """
    marks = _counting(text)
    if marks:
        starts = [start for start, _ in marks]
        pieces = [text[: starts[0]]] if text[: starts[0]].strip() else []
        bounds = zip(marks, [*starts[1:], len(text)], strict=True)
        pieces += [text[end:after] for (_, end), after in bounds]
        return tuple(filter(None, (piece.strip() for piece in pieces))) or (text,)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and _are_items(lines):
        return tuple(lines)
    return (text,)


def _are_items(lines: list[str]) -> bool:
    """Tell items from one text whose lines were broken: items end as sentences do, or all short."""
    if any(len(line) < _SHORTEST for line in lines):
        return False
    return all(line.endswith(_ENDS) for line in lines[:-1])


def _counting(text: str) -> list[tuple[int, int]]:
    """Return where the numbers of a list stand, of the style that comes first and counts up."""
    found = list(_MARK.finditer(text))
    for style in range(1, 5):
        numbers = [(match, match[style]) for match in found if match[style]]
        marks = _in_order(numbers)
        if len(marks) > 1 and (style == 1 or marks[0][0] == found[0].start()):
            return marks
    return []


def _in_order(numbers: list[tuple[re.Match[str], str]]) -> list[tuple[int, int]]:
    marks: list[tuple[int, int]] = []
    chapter = ""
    for match, said in numbers:
        head, _, last = said.rpartition(".")
        if _value(last) != len(marks) + 1 or (marks and head != chapter):
            continue
        chapter = head
        marks.append((match.start(), match.end()))
    return marks


def _value(said: str) -> int:
    if said in _CIRCLED:
        return _CIRCLED.index(said) + 1
    if said.isdecimal():
        return int(said)
    tens, _, ones = said.rpartition("十")
    if "十" not in said:
        return _N.index(said) + 1 if said in _N and len(said) == 1 else 0
    return (_N.index(tens) + 1 if tens else 1) * 10 + (_N.index(ones) + 1 if ones else 0)
