"""The gallery: every part and every screen in all its states, with made-up contents.

Areas name the modules that show their screens when they start (``add_exhibits_of``); these are
loaded when somebody first looks, so that no command waits for them. A test opens every page in a
browser. Nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from threading import RLock

from django.http import HttpRequest

from guiju.core.sentence import Sentence, zh

STATES = {
    "empty": zh("空"),
    "typical": zh("平常"),
    "long": zh("长文字"),
    "many": zh("200 项"),
    "error": zh("出错"),
    "forbidden": zh("无权"),
}
"""In what states everything is shown (ui.md)."""

Shown = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A part or a screen.

    Attributes:
        name: in the address.
        label: what it is called.
        template: of a part: what is included; of a screen: the whole page.
        show: the template's context for a request in one of the ``STATES``. A ``refusal`` in
            it (of a part) is shown in its place, ``is_forbidden`` likewise.
        is_screen: whether the template is a page of its own.
    """

    name: str
    label: Sentence
    template: str
    show: Callable[[HttpRequest, str], Shown]
    is_screen: bool = False


_EXHIBITS: dict[str, Exhibit] = {}
_TO_LOAD: list[str] = []
_LOADING = RLock()


def add_exhibits_of(*modules: str) -> None:
    """Have the ``add_exhibits`` of these modules called before the gallery is first looked at."""
    _TO_LOAD.extend(modules)


def add_exhibit(exhibit: Exhibit) -> None:
    """Put something into the gallery; one of the same name is replaced."""
    _EXHIBITS[exhibit.name] = exhibit


def exhibits() -> list[Exhibit]:
    """Return everything that is shown: parts first, then screens, as they were added."""
    return sorted(_loaded().values(), key=lambda one: one.is_screen)


def find_exhibit(name: str) -> Exhibit | None:
    """Return what has that name."""
    return _loaded().get(name)


def _loaded() -> dict[str, Exhibit]:
    with _LOADING:
        while _TO_LOAD:
            import_module(_TO_LOAD[0]).add_exhibits()
            del _TO_LOAD[0]
    return _EXHIBITS
