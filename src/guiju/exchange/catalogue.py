"""The translations of sentences, from the catalogues that ``make words`` compiles."""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from guiju.core.sentence import Translate

LOCALE = Path(__file__).parents[1] / "locale"
"""Where the catalogues lie."""

LANGUAGES = ("zh", "en")
"""Languages that people can choose; Chinese is the source and needs no catalogue."""


def known_language(name: str) -> str:
    """Return ``en`` for any English, and ``zh`` for everything else."""
    return "en" if name.lower().startswith("en") else "zh"


@cache
def translator(language: str) -> Translate:
    """Return what puts a Chinese template into one of ``LANGUAGES``."""
    if language == "en":
        return gettext.translation("guiju", LOCALE, ["en"]).gettext
    return str
