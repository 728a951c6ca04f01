"""简明界面: a plain shell for whoever has few things to do, such as people of a village (S3-02).

A first page with few large entries, larger letters, fewer columns and fields. Nothing is taken
away: every area stays in the menu, every column can be chosen, every field unfolded. A unit
decides what its people begin with; each reader may choose otherwise, in this browser.

Areas put their entries on the first page with ``add_entry``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import ListState
from guiju.base.ui.reader import mark_of, standing
from guiju.base.ui.tables import AnyTable
from guiju.core.organisation.words import Shell
from guiju.core.sentence import Sentence

MOST_THINGS = 3
"""How many single things an entry leads to at once."""

_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """A large entry of the first page.

    Attributes:
        label: what it leads to.
        link: where that is.
        says: one sentence on how it stands.
        badge: its state, where something is to be seen to.
        things: up to ``MOST_THINGS`` single things with their pages, one click away.
    """

    label: Sentence
    link: str
    says: Sentence | None = None
    badge: Badge | None = None
    things: tuple[tuple[Sentence | str, str], ...] = ()


Offer = Callable[[HttpRequest], PlainEntry | None]
"""Returns an area's entry for the reader; None where there is nothing for them."""

_ENTRIES: dict[str, tuple[int, Offer]] = {}
_USUAL: list[Callable[[HttpRequest], bool]] = []


def add_entry(name: str, order: int, offer: Offer) -> None:
    """Put an entry on the first page; smaller ``order`` stands higher, a same name is replaced."""
    _ENTRIES[name] = order, offer


def offered(request: HttpRequest) -> list[PlainEntry]:
    """Return the entries for the reader, from top to bottom."""
    found = [offer(request) for _, offer in sorted(_ENTRIES.values(), key=lambda one: one[0])]
    return [one for one in found if one is not None]


def usually_by(source: Callable[[HttpRequest], bool]) -> None:
    """Let ``source`` say whether a reader begins with the plain shell."""
    _USUAL[:] = [source]


def is_plain(request: HttpRequest | None) -> bool:
    """Tell whether the page is to be plain: as the reader chose here, or as their unit has it."""
    if request is None or not standing(request).person:
        return False
    chosen = request.COOKIES.get(cookie_of(request), "")
    if chosen in {one.value for one in Shell}:
        return chosen == Shell.SIMPLE.value
    return any(source(request) for source in _USUAL)


def cookie_of(request: HttpRequest) -> str:
    """Return the cookie's name: each reader of a shared computer has one of their own."""
    return f"guiju_shell_{mark_of(request)}"


def fewer_columns(request: HttpRequest, table: AnyTable, state: ListState) -> ListState:
    """Return the state with the columns that a plain list begins with, unless some were chosen."""
    if not is_plain(request) or any(request.GET.getlist("column")):
        return state
    return replace(state, columns=usual_columns(request, table))


def usual_columns(request: HttpRequest, table: AnyTable) -> tuple[str, ...]:
    """Return the columns that the reader's list begins with."""
    shown = tuple(column.name for column in table.columns if column.is_shown)
    if not is_plain(request):
        return shown
    return table.plain or shown[:_COLUMNS]
