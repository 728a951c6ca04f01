"""Names that look alike, found among many without comparing all with all.

A name is the set of its pairs of neighbouring characters. Two names as alike as asked share
one of their rarest pairs (prefix filtering; Chaudhuri, Ganti and Kaushik, 2006), so only
names that meet in such a pair are compared.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.core.lists.texts import plain

MOST_MEETING = 16
"""So many names are kept for one pair of characters; beyond, only those are compared with."""

_NUMERALS = re.compile(r"[0-9一二三四五六七八九十百千甲乙丙丁]+")
_BRACKETS = re.compile("[（(]([^（()）]*)[)）]")
_LEVELS = re.compile("省级|市级|县级|区级|乡级|村级|镇级")
_FORMS = re.compile(
    "行政许可|行政审批|审批|核准|备案|许可|审核|审查|认定|登记|核发|年检|年审|确认|办理|事项|的|对"
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two names, by their places, and what share of their pairs they have in common, in %."""

    one: int
    other: int
    percent: int


def shingles(name: str) -> frozenset[str]:
    """Return the pairs of neighbouring characters; a single character stands for itself."""
    said = plain(name)
    return frozenset(said[i : i + 2] for i in range(max(1, len(said) - 1))) if said else frozenset()


def likeness(one: str, other: str) -> int:
    """Return the share of pairs that two names have in common (Jaccard), in percent."""
    mine, theirs = shingles(one), shingles(other)
    return _percent(mine, theirs)


def _percent(mine: frozenset[str], theirs: frozenset[str]) -> int:
    shared = len(mine & theirs)
    either = len(mine) + len(theirs) - shared
    return 100 * shared // either if either else 0


def core_of(name: str) -> str:
    """Return what a power is about, without the form that it takes (S1-37: 变相审批)."""
    said = plain(name)
    return _FORMS.sub("", said) or said


def told_apart(one: str, other: str) -> bool:
    """Say whether two names tell themselves apart: by number, level of government or bracket.

    Lists really have 「第二类…」 beside 「第三类…」 and 「…（转入）」 beside 「…（转出）」.
    """
    return _marks(one) != _marks(other)


def _marks(name: str) -> tuple[list[str], list[str], list[str]]:
    said = plain(name)
    within = [plain(text) for text in _BRACKETS.findall(name)]
    return _NUMERALS.findall(said), _LEVELS.findall(said), within


def alike(names: Sequence[str], *, least: int) -> Iterator[Likeness]:
    """Yield pairs of names that have at least ``least`` percent in common.

    Equal names meet in a chain, each with the next, so that n copies give n - 1 pairs. Takes
    time in proportion to the names, as at most ``MOST_MEETING`` meet in one pair.
    """
    whole = [shingles(name) for name in names]
    yield from repeated(names)
    first: dict[str, int] = {}
    for place, name in enumerate(names):
        first.setdefault(plain(name), place)
    distinct = [place for said, place in first.items() if said]
    often = Counter(pair for place in distinct for pair in whole[place])
    meeting: dict[str, list[int]] = defaultdict(list)
    for place in sorted(distinct, key=lambda place: (len(whole[place]), place)):
        mine = whole[place]
        rare = sorted(mine, key=lambda pair: (often[pair], pair))
        kept = rare[: len(mine) - -(-least * len(mine) // 100) + 1]
        seen: set[int] = set()
        for pair in kept:
            seen.update(meeting[pair])
            if len(meeting[pair]) < MOST_MEETING:
                meeting[pair].append(place)
        for other in sorted(seen):
            if 100 * len(whole[other]) >= least * len(mine):
                percent = _percent(mine, whole[other])
                if percent >= least:
                    yield Likeness(min(place, other), max(place, other), percent)


def repeated(names: Sequence[str]) -> Iterator[Likeness]:
    """Yield names that say the same, each with the one before it."""
    last: dict[str, int] = {}
    for place, name in enumerate(names):
        said = plain(name)
        if said and said in last:
            yield Likeness(last[said], place, 100)
        last[said] = place
