"""States as people see them: a shape and a word, and only then a colour."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.core.sentence import Sentence

_SHAPES = {"good": "✓", "wait": "○", "warn": "▲", "bad": "✕", "calm": "●"}


@dataclass(frozen=True, slots=True)
class Badge:
    """A state.

    Attributes:
        tone: good, wait, warn, bad or calm; decides shape and colour.
        label: the word.
        mark: another sign than that of the tone, for words that have an order of their own.
    """

    tone: str
    label: Sentence
    mark: str = ""

    @property
    def shape(self) -> str:
        """A sign that differs from the others without its colour."""
        return self.mark or _SHAPES[self.tone]
