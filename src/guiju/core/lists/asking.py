"""Finding a power by plain words: what a text is found by, and what a question looks for.

Chinese is not written in words, so a text is found by its pairs of characters; Latin letters and
digits by whole words. Nothing is known of grammar, nothing leaves the machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from guiju.core.lists.everyday import EVERYDAY, HOLLOW
from guiju.core.lists.powers import Power

MOST_ASKED = 100
"""Characters of a question that are looked at."""

MOST_GRAMS = 32
"""Grams of a question that are looked for."""

LONGEST = 24
"""Characters of a gram; a longer word of Latin letters is found by its beginning."""

_MOST_OF_FIELD = 300
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[0-9a-z]+")
_WEIGHTS = (("name", 8), ("office", 3), ("targets", 3), ("conditions", 1), ("subject", 1))


def grams(text: str) -> Iterator[str]:
    """Yield what a text is found by, in its order and as often as it stands there."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for found in _RUN.finditer(plain):
        run = found[0]
        if run[0] < "\u3400":
            yield run[:LONGEST]
        elif len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


def grams_of(power: Power) -> dict[str, int]:
    """Return what a power is found by, and how much each counts; the name the most."""
    found: Counter[str] = Counter()
    for name, weight in _WEIGHTS:
        for gram in set(grams(getattr(power, name)[:_MOST_OF_FIELD])):
            found[gram] += weight
    found[power.code.lower()[:LONGEST]] += 8
    return dict(found)


def asked(question: str) -> tuple[str, ...]:
    """Return the grams that a question looks for, without the words that only ask.

    A question of nothing but such words is looked for as it is.
    """
    text = unicodedata.normalize("NFKC", question[:MOST_ASKED]).lower()
    bare = text
    for word in HOLLOW:
        bare = bare.replace(word, " ")
    meant = [of for word, others in EVERYDAY.items() if word in bare for of in others]
    wanted = dict.fromkeys(gram for part in (bare, *meant) for gram in grams(part))
    return tuple(wanted or dict.fromkeys(grams(text)))[:MOST_GRAMS]
