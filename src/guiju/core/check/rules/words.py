"""Lists of things inside sentences, kept short."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.sentence import Listing, Sentence, listing, zh

_MOST = 5


def listed(items: Sequence[Sentence]) -> Sentence:
    """Join the first few of ``items`` (at least one) and say how many there are beyond."""
    joined = items[0]
    for item in items[1:_MOST]:
        joined = zh("{before}，{after}", before=joined, after=item)
    if len(items) > _MOST:
        joined = zh("{before}，等 {count} 处", before=joined, count=len(items))
    return joined


def numbers(events: Sequence[int]) -> Listing:
    """Return the first few of ``events`` as people count them, from 1: ``2、4``."""
    return listing((str(event + 1) for event in events), most=_MOST)


def names(people: Sequence[str]) -> Listing:
    """Return the first few of ``people``."""
    return listing(people, most=_MOST)
