"""Addresses of the portal. The language stands in them, so that a page needs no cookie."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language

from guiju.base.ui.language import ENGLISH

LANGUAGE = "lang"


def at(name: str, *args: object, **query: object) -> str:
    """Return the address of a page in the language that is spoken now."""
    said = {name: str(value) for name, value in query.items() if value not in (None, "")}
    if get_language() == ENGLISH:
        said[LANGUAGE] = ENGLISH
    return reverse(f"portal:{name}", args=args) + (f"?{urlencode(said)}" if said else "")
