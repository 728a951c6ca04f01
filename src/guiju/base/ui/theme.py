"""Light or dark: as the reader's system says, unless they have chosen here."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.core.sentence import zh

COOKIE = "guiju_theme"

THEMES = {"": zh("随系统"), "light": zh("浅色"), "dark": zh("深色")}
"""What can be chosen, by what the cookie says."""


def chosen(wish: str | None) -> str:
    """Return ``light``, ``dark``, or empty for the system's choice."""
    return wish if wish in THEMES and wish else ""


def theme(request: HttpRequest | None) -> str:
    """Return what stands in the page's ``data-theme`` attribute."""
    return chosen(request.COOKIES.get(COOKIE)) if request is not None else ""
