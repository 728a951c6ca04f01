"""In which language a page speaks: Chinese, unless the reader chose English."""

from __future__ import annotations

from django.utils.translation import get_language

from guiju.core.sentence import Listing, Sentence, Translate
from guiju.core.terms import Term
from guiju.exchange.catalogue import known_language, translator

CHINESE, ENGLISH = "zh-hans", "en"


def chosen(wish: str | None) -> str:
    """Return Django's name of the language that a reader's cookie or form asks for."""
    return ENGLISH if wish == ENGLISH else CHINESE


def accepted(header: str) -> str:
    """Return the language that a program asks for: the first one that we speak."""
    for wish in header[:200].lower().split(","):
        code = wish.partition(";")[0].strip().partition("-")[0]
        if code in {"zh", "en"}:
            return ENGLISH if code == "en" else CHINESE
    return CHINESE


def translate() -> Translate:
    """Return what puts templates into the language of the page that is being made."""
    return translator(known_language(get_language() or CHINESE))


def say(value: object, into: Translate | None = None) -> str:
    """Return a sentence, a listing or a term's label in the page's language; else its text.

    ``into`` is from ``translate``, for what is written after the page's language has ended.
    """
    if isinstance(value, Term):
        value = value.label
    if isinstance(value, Sentence | Listing):
        return value.render(into or translate())
    return str(value)
