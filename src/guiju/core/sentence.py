"""Sentences for people: Chinese is the source text, English its translation.

A sentence keeps its template apart from its values, so that whoever shows it
can put it into the reader's language. ``core`` itself never translates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Chinese template with ``{name}`` fields, and the values that fill them."""

    template: str
    values: tuple[tuple[str, str | float | Sentence | Listing], ...] = ()

    def render(self, translate: Translate = str) -> str:
        """Return the sentence in the language that ``translate`` gives a template in."""
        filled = {name: _shown(value, translate) for name, value in self.values}
        return translate(self.template).format(**filled)

    def __str__(self) -> str:
        return self.render()


@dataclass(frozen=True, slots=True)
class Listing:
    """Several names or sentences in a row, joined as the reader's language joins them.

    ``pattern`` says how each is written, such as in quotation marks; ``cut`` that there are more.
    """

    items: tuple[str | Sentence, ...]
    pattern: Sentence | None = None
    cut: bool = False

    def render(self, translate: Translate = str) -> str:
        """Return the items, joined."""
        each = [str(_shown(item, translate)) for item in self.items]
        if self.pattern is not None:
            pattern = translate(self.pattern.template)
            each = [pattern.format(name=item) for item in each]
        return translate(_BETWEEN.template).join(each) + ("…" if self.cut else "")

    def __str__(self) -> str:
        return self.render()

    def __bool__(self) -> bool:
        return bool(self.items)


def _shown(value: str | float | Sentence | Listing, translate: Translate) -> str | float:
    return value.render(translate) if isinstance(value, Sentence | Listing) else value


def zh(template: str, /, **values: str | float | Sentence | Listing) -> Sentence:
    """Make a sentence; the name marks its template for the translation catalogue."""
    return Sentence(template, tuple(values.items()))


def day(of: date) -> Sentence:
    """Return a day as people read it: ``2026年11月21日``."""
    return zh("{year}年{month}月{day}日", year=of.year, month=of.month, day=of.day)


_BETWEEN = zh("、")
_QUOTED = zh("「{name}」")


def listing(items: Iterable[str | Sentence], *, most: int | None = None) -> Listing:
    """Return a row of items, of which at most ``most`` are shown."""
    shown = tuple(items)
    return Listing(shown[:most], cut=most is not None and len(shown) > most)


def quoted(items: Iterable[str | Sentence], *, most: int | None = None) -> Listing:
    """Return a row of items, each in quotation marks."""
    shown = tuple(items)
    return Listing(shown[:most], _QUOTED, cut=most is not None and len(shown) > most)
