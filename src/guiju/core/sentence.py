"""Sentences for people: Chinese is the source text, English its translation.

A sentence keeps its template apart from its values, so that whoever shows it
can put it into the reader's language. ``core`` itself never translates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sentence:
    """A Chinese template with ``{name}`` fields, and the values that fill them."""

    template: str
    values: tuple[tuple[str, str | int | float | Sentence], ...] = ()

    def render(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language that ``translate`` gives a template in."""
        filled = {
            name: value.render(translate) if isinstance(value, Sentence) else value
            for name, value in self.values
        }
        return translate(self.template).format(**filled)

    def __str__(self) -> str:
        return self.render()


def zh(template: str, /, **values: str | float | Sentence) -> Sentence:
    """Make a sentence; the name marks its template for the translation catalogue."""
    return Sentence(template, tuple(values.items()))
