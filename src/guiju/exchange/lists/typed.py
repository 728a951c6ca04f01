"""An item as the texts that people type, field by field, and back.

The texts are those of the workbook's cells (``shown``, ``cells``), in the words of the body's
profile: 「股室岗位」 where the profile calls the layer of posts so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from guiju.core.lists.fields import value_at
from guiju.core.lists.model import ITEMS, DiscretionStandard, Item, Tier
from guiju.core.lists.profile import Profile
from guiju.core.lists.words import Channel, Dimension, ItemKind, Layer
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term
from guiju.exchange.lists.cells import BETWEEN, read_cell
from guiju.exchange.lists.dictionary import bare
from guiju.exchange.lists.draft import INNER
from guiju.exchange.lists.fields import FIELDS, TIERS, Field, Holds
from guiju.exchange.lists.shown import shown
from guiju.exchange.organisation.cells import Unreadable

TIER_FIELDS = TIERS[1:]
"""What is typed of a tier."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed of an item.

    Attributes:
        item: what it makes; fields that could not be read are as they were.
        faults: why a field could not be read, by its path.
    """

    item: Item
    faults: Mapping[str, Sentence] = field(default_factory=dict)


class OwnWords:
    """Values as texts in the words of a profile, and back."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._said = _labels(profile)
        self._meant: dict[type[Term], dict[str, Term]] = {}
        for words, said in self._said.items():
            self._meant[words] = {bare(label): term for term, label in said.items()}
        self._kinds = {label: code for code, label in profile.kinds.items()}

    def text(self, of: Field, value: Any) -> str:  # noqa: ANN401 - as many types as columns hold
        """Return a value as it is typed; empty for none."""
        if value in (None, "", ()):
            return ""
        if of.holds is Holds.GRADE:
            return self.profile.grade_label(value)
        if of.holds is Holds.KIND:
            return self.profile.kind_label(value) or str(value)
        if of.holds is Holds.WORDS:
            return "、".join(self.word(one) for one in of.words or () if one in value)
        return self.word(value) if isinstance(value, Term) else shown(of, value)

    def used(self, words: type[Term]) -> tuple[Term, ...]:
        """Return the terms of a set that the body uses: the profile's, where it names some."""
        named: Mapping[type[Term], Collection[Term]] = {
            Layer: self.profile.layers,
            Channel: self.profile.channels,
            Dimension: {one for of in self.profile.dimensions.values() for one in of},
        }
        own = named.get(words, ())
        return tuple(one for one in words if not own or one in own)

    def word(self, term: Term) -> str:
        """Return the body's word for a term."""
        return self._said.get(type(term), {}).get(term) or str(term.label)

    def value(self, of: Field, text: str) -> Any:  # noqa: ANN401 - as above
        """Return what a text says in a field; the field's default for none.

        Raises:
            Unreadable: as ``read_cell``; LISTS-21 for signs that nobody sees.
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        if not text:
            return of.default
        if _UNSEEN.search(text):
            raise Unreadable("LISTS-21", zh("里面有看不见的控制字符。请删去后重新填写。"))
        if of.holds is Holds.GRADE and (grade := self.profile.grade_of(text)):
            return grade
        if of.holds is Holds.WORDS:
            return self._several(of, text)
        return self._one(of, text)

    def _several(self, of: Field, text: str) -> tuple[Term, ...]:
        parts = [part for part in BETWEEN.split(text) if part]
        found = [one for part in parts for one in _as_tuple(self._one(of, part))]
        return tuple(dict.fromkeys(found))

    def _one(self, of: Field, text: str) -> Any:  # noqa: ANN401 - as above
        meant = self._meant.get(of.words, {}).get(bare(text)) if of.words else None
        if meant is not None:
            return meant
        found = read_cell(of, text, is_exact=True, kinds=self._kinds).value
        return of.default if found is None else found


def texts_of(item: Item, words: OwnWords) -> dict[str, str]:
    """Return what an item says as texts by path, without its flow and tiers."""
    kind = item.item_kind
    return {one.path: words.text(one, value_at(item, one.path)) for one in FIELDS[kind]}


def typed(base: Item, texts: Mapping[str, str], words: OwnWords) -> Typed:
    """Return what an item becomes when these texts are typed over it.

    A text that stands there already changes nothing, so that what no text says is kept.
    """
    before, changed, faults = texts_of(base, words), {}, {}
    for one in FIELDS[base.item_kind]:
        text = texts.get(one.path)
        if text is None or _same(text, before[one.path]):
            continue
        try:
            value = words.value(one, text)
        except Unreadable as why:
            faults[one.path] = why.sentence
            continue
        if not _same_ticks(one, value, value_at(base, one.path)):
            changed[one.path] = value
    return Typed(with_values(base, changed), faults)


def with_values(base: Item, values: Mapping[str, Any]) -> Item:
    """Return an item with other values by path; what stands in a fee goes into its fee."""
    plain = {path: value for path, value in values.items() if "." not in path}
    for name in {path.partition(".")[0] for path in values if "." in path}:
        of = INNER[name]
        held = getattr(base, name)
        inner = {path: getattr(held, path) for path in of.__dataclass_fields__} if held else {}
        inner |= {
            path.partition(".")[2]: value
            for path, value in values.items()
            if path.startswith(f"{name}.")
        }
        said = of(**{path: value for path, value in inner.items() if value is not None})
        plain[name] = None if said == of() else said
    return replace(base, **plain)


def blank(kind: ItemKind, code: str = "") -> Item:
    """Return an item of a table that says nothing yet."""
    return ITEMS[kind](code=code)


def tier_texts(item: Item, words: OwnWords) -> list[dict[str, str]]:
    """Return the tiers of a standard as texts by path, one mapping for each."""
    tiers = item.tiers if isinstance(item, DiscretionStandard) else ()
    return [
        {one.path: words.text(one, getattr(tier, one.path)) for one in TIER_FIELDS}
        for tier in tiers
    ]


def with_tiers(
    item: DiscretionStandard, rows: Iterable[Mapping[str, str]], words: OwnWords
) -> tuple[DiscretionStandard, dict[tuple[int, str], Sentence]]:
    """Return a standard with the tiers that were typed, and what could not be read of which.

    A row that says nothing is none.
    """
    tiers: list[Tier] = []
    faults: dict[tuple[int, str], Sentence] = {}
    for place, row in enumerate(rows):
        said: dict[str, Any] = {}
        for one in TIER_FIELDS:
            try:
                said[one.path] = words.value(one, row.get(one.path, ""))
            except Unreadable as why:
                faults[place, one.path] = why.sentence
        if (tier := Tier(**said)) != Tier():
            tiers.append(tier)
    return replace(item, tiers=tuple(tiers)), faults


def as_one_text(rows: Iterable[Mapping[str, str]]) -> str:
    """Return tiers as one text, to see whether any of them has changed."""
    told = [[row.get(one.path, "").strip() for one in TIER_FIELDS] for row in rows]
    return json.dumps([one for one in told if any(one)], ensure_ascii=False)


def _labels(profile: Profile) -> dict[type[Term], dict[Term, str]]:
    """Return the profile's words by their set, for words of two sets may be equal.

    A word that means two things, or would fall apart among several, is left out.
    """
    said: dict[type[Term], dict[Term, str]] = {
        Layer: dict[Term, str](profile.layers.items()),
        Channel: dict[Term, str](profile.channels.items()),
        Dimension: {},
    }
    for dimension in Dimension:
        found = {one[dimension] for one in profile.dimensions.values() if dimension in one}
        if len(found) == 1:
            said[Dimension][dimension] = found.pop()
    return {
        words: {term: label for term, label in own.items() if _is_plain(term, label, own)}
        for words, own in said.items()
    }


def _is_plain(term: Term, label: str, own: Mapping[Term, str]) -> bool:
    others = [one for one in type(term) if one is not term]
    meant = {bare(own.get(one, "")) for one in others} | {bare(str(one.label)) for one in others}
    return bool(label) and bare(label) not in meant and not BETWEEN.search(label)


def _same(text: str, before: str) -> bool:
    return text.replace("\r\n", "\n").strip() == before.strip()


def _same_ticks(of: Field, value: Any, before: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the same is ticked, in whatever order."""
    is_ticked = of.holds is Holds.WORDS or of.path == "answers"
    return is_ticked and set(value) == set(before)


def _as_tuple(value: Any) -> tuple[Term, ...]:  # noqa: ANN401 - as above
    return value if isinstance(value, tuple) else (value,)
