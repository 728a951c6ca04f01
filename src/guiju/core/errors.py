"""The three ways in which Guiju says no.

Each carries a rule code that never changes and a sentence that says what is
wrong, where, and what to do next (design.md, style rule 6).
"""

from __future__ import annotations

from guiju.core.sentence import Sentence


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault of the program
    """The common face of all refusals.

    Attributes:
        code: stable rule code, for example ``XES-03``.
        sentence: what is wrong, where, and what to do.
    """

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code, sentence)
        self.code = code
        self.sentence = sentence

    def __str__(self) -> str:
        return f"{self.sentence} [{self.code}]"


class Invalid(Refusal):
    """What was given cannot be read or does not make sense."""


class Denied(Refusal):
    """The act is not allowed to this actor, or not now."""


class Conflict(Refusal):
    """Somebody else was quicker: what the act was based on has changed."""
