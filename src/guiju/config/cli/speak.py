"""The reader's language: Chinese as written, or English from the catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from pathlib import Path

from guiju.core.sentence import Listing, Sentence, zh

_LOCALE = Path(__file__).parents[2] / "locale"
LANGUAGES = ("zh", "en")

Translate = Callable[[str], str]


class _Voice:
    """The language chosen for this process; set once, before any command runs."""

    translate: Translate = staticmethod(str)
    language = "zh"


def choose_language(language: str) -> None:
    """Speak ``language`` (``zh`` or ``en``) from now on, click's own messages included."""
    _Voice.language = language
    if language == "en":
        catalogue = gettext.translation("guiju", _LOCALE, ["en"])
        _Voice.translate = catalogue.gettext
    else:
        _Voice.translate = str
    os.environ["LANGUAGE"] = "zh_CN" if language == "zh" else "C"
    gettext.bindtextdomain("messages", str(_LOCALE))


def language_from(arguments: list[str]) -> str:
    """Return the language that the command line or ``GUIJU_LANG`` asks for."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _known(argument.partition("=")[2])
        if argument == "--lang" and place + 1 < len(arguments):
            return _known(arguments[place + 1])
    return _known(os.environ.get("GUIJU_LANG", "zh"))


def _known(language: str) -> str:
    return "en" if language.lower().startswith("en") else "zh"


def translate(template: str) -> str:
    """Return ``template`` in the reader's language."""
    return _Voice.translate(template)


def say(sentence: Sentence) -> str:
    """Return ``sentence`` in the reader's language."""
    return sentence.render(_Voice.translate)


def tr(template: str, /, **values: str | float | Sentence | Listing) -> str:
    """Return a sentence of the command line in the reader's language."""
    return say(zh(template, **values))
