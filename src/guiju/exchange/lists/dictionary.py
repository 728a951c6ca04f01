"""What headers mean: the package's synonyms, and over them what a person has confirmed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from guiju.exchange.lists.words import TableKind

Learned = Mapping[TableKind, Mapping[str, str]]
"""For each kind of table: header to target, as a person confirmed it."""

LONGEST_HEADER = 40
NUMBER = "number"
IGNORED = "none.ignored"
CONTENT = "none.content"
"""What looks like the label of a card and is none; only a person says so."""


ANCHORS: Mapping[TableKind, frozenset[str]] = {
    TableKind.POWER: frozenset({"power.name"}),
    TableKind.RISK: frozenset({"risk.text", "risk.manifestation"}),
    TableKind.CONTROL: frozenset({"control.text"}),
    TableKind.NEGATIVE: frozenset({"negative.act"}),
    TableKind.STEP: frozenset({"step.name"}),
    TableKind.STANDARD: frozenset({"standard.offence", "tier.measure"}),
    TableKind.BODY: frozenset({"body.role"}),
    TableKind.DISCLOSURE: frozenset({"disclosure.file", "disclosure.name"}),
}
"""A table is of a kind only where one of these columns is among its headers."""

_DROPPED = re.compile(r"\([^()]*\)|[\s*:_]")


@lru_cache(maxsize=1 << 16)
def bare(text: str) -> str:
    """Return a header as it is compared: 「权力 类型（必填）：」 is 「权力类型」."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    short = _DROPPED.sub("", plain)
    return short or plain.strip()


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What each kind of table calls its columns."""

    meanings: Mapping[TableKind, Mapping[str, str]]
    learned: Mapping[TableKind, Mapping[str, str]]

    def meaning(self, kind: TableKind, header: str) -> str:
        """Return the target of a header in a table of this kind; empty for an unknown one."""
        if not header or len(header) > LONGEST_HEADER:
            return ""
        word = bare(header)
        return self.learned[kind].get(word) or self.meanings[kind].get(word, "")

    def is_learned(self, kind: TableKind, header: str) -> bool:
        """Tell whether a person has said what this header means."""
        return bare(header) in self.learned[kind]

    def knows(self, text: str) -> bool:
        """Tell whether any kind of table has such a header."""
        if not text or len(text) > LONGEST_HEADER:
            return False
        word = bare(text)
        return any(word in one for one in (*self.meanings.values(), *self.learned.values()))


def dictionary(learned: Learned | None = None) -> Dictionary:
    """Return the package's synonyms with what was ``learned``, which goes first."""
    given = learned or {}
    return Dictionary(
        _meanings(),
        {
            kind: {bare(header): target for header, target in given.get(kind, {}).items()}
            for kind in TableKind
        },
    )


@cache
def _data() -> dict[str, Any]:
    text = files("guiju.exchange.lists").joinpath("synonyms.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _meanings() -> Mapping[TableKind, Mapping[str, str]]:
    return {
        kind: {
            bare(word): target
            for target, words in _data()[kind.value].items()
            for word in words
            if isinstance(word, str)
        }
        for kind in TableKind
    }


@cache
def targets(kind: TableKind) -> frozenset[str]:
    """Return every place that a column of such a table may be mapped to."""
    return frozenset(_meanings()[kind].values()) | {IGNORED, NUMBER}


@cache
def called(kind: TableKind, target: str) -> str:
    """Return what offices call such a column: the first of its headers; empty for none."""
    words = _data()[kind.value].get(target, ())
    return next((word for word in words if isinstance(word, str)), "")


@cache
def word_meanings(words: str) -> Mapping[str, str]:
    """Return each way of writing a word of a closed set with its code."""
    said = _data()["words"].get(words, {})
    return {bare(one): code for code, ways in said.items() for one in ways}


@cache
def doubtful_words(words: str) -> frozenset[str]:
    """Return the ways of writing that are only probably meant so."""
    return frozenset(_data()["doubtful"].get(words, ()))
