"""The entries of the top bar and of the reader's own menu: each area adds its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.reader import may
from guiju.core.sentence import Sentence
from guiju.core.terms import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the top bar.

    Attributes:
        view: the view that it leads to, with its namespace, such as ``record:timeline``.
        label: what people read.
        order: smaller stands further left.
        permission: without it the entry is not shown.
        is_own: whether it is about the reader, and so stands in their own menu.
    """

    view: str
    label: Sentence
    order: int
    permission: Permission = Permission.HELP_READ
    is_own: bool = False

    @property
    def area(self) -> str:
        """The namespace under which the entry counts as chosen."""
        return self.view.partition(":")[0]


_ENTRIES: dict[str, Entry] = {}
_FRONT: list[str] = []


def set_front(view: str) -> None:
    """Let a page be the first one for whoever has not signed in."""
    _FRONT[:] = [view]


def front() -> str:
    """Return the first page of whoever has not signed in; the sign-in where there is no other."""
    return next(iter(_FRONT), "access:sign_in")


def add_entry(entry: Entry) -> None:
    """Put an entry into the top bar; one of the same view is replaced."""
    _ENTRIES[entry.view] = entry


def entries(request: HttpRequest | None, *, is_own: bool = False) -> list[Entry]:
    """Return the entries that are open to the reader, from left to right, or those of their own."""
    found = sorted(_ENTRIES.values(), key=lambda entry: entry.order)
    return [one for one in found if one.is_own is is_own and may(request, one.permission)]


def page_of(view: str, reference: str) -> str:
    """Return the address of a thing's page, nothing without a reference."""
    return reverse(view, args=[reference.partition(":")[2]]) if reference else ""
