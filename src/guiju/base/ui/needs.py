"""What a view asks of whoever opens it: written beside the view, enforced by ``base.access``.

A view that says nothing is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from guiju.core.terms import Permission

View = TypeVar("View", bound=Callable[..., Any])

_NAME = "guiju_needs"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
"""Methods that change nothing."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a view asks for.

    Attributes:
        reading: to open it.
        changing: to send it something.
        is_data: whether it answers with data, not with a page: a stranger is then told so
            with 401 instead of being led to the sign-in.
    """

    reading: Permission
    changing: Permission
    is_data: bool = False

    def of(self, method: str | None) -> Permission:
        """Return what a request of this method needs."""
        return self.reading if method in READING else self.changing


def needs(
    permission: Permission, *, changing: Permission | None = None, is_data: bool = False
) -> Callable[[View], View]:
    """Mark a view with the permission without which it does not exist for the reader.

    Args:
        permission: to open it.
        changing: to send it something, where that is another one.
        is_data: whether it answers with data, such as a download or the API does.
    """

    def mark(view: View) -> View:
        setattr(view, _NAME, Needs(permission, changing or permission, is_data))
        return view

    return mark


def needs_of(view: Callable[..., Any]) -> Needs | None:
    """Return all that a view asks for; None when it says nothing."""
    found = getattr(view, _NAME, None)
    return found if isinstance(found, Needs) else None


def needed(view: Callable[..., Any]) -> Permission | None:
    """Return what a view asks for to be opened; None when it says nothing."""
    found = needs_of(view)
    return found.reading if found else None
