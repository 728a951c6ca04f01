"""The reader's language: Chinese as written, or English from the catalogue."""

from __future__ import annotations

import gettext
import os

from guiju.core.sentence import Listing, Sentence, Translate, zh
from guiju.exchange.catalogue import LOCALE, known_language, translator


class _Voice:
    """The language chosen for this process; set once, before any command runs."""

    translate: Translate = staticmethod(str)
    language = "zh"


def choose_language(language: str) -> None:
    """Speak ``language`` (``zh`` or ``en``) from now on, click's own messages included."""
    _Voice.language = language
    _Voice.translate = translator(language)
    os.environ["LANGUAGE"] = "zh_CN" if language == "zh" else "C"
    gettext.bindtextdomain("messages", str(LOCALE))


def language_from(arguments: list[str]) -> str:
    """Return the language that the command line or ``GUIJU_LANG`` asks for."""
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return known_language(argument.partition("=")[2])
        if argument == "--lang" and place + 1 < len(arguments):
            return known_language(arguments[place + 1])
    return known_language(os.environ.get("GUIJU_LANG", "zh"))


def translate(template: str) -> str:
    """Return ``template`` in the reader's language."""
    return _Voice.translate(template)


def say(sentence: Sentence) -> str:
    """Return ``sentence`` in the reader's language."""
    return sentence.render(_Voice.translate)


def tr(template: str, /, **values: str | float | Sentence | Listing) -> str:
    """Return a sentence of the command line in the reader's language."""
    return say(zh(template, **values))
