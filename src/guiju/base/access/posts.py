"""In what post somebody acts: the area of the organisation says so, once it is there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiju.base.record.actor import Actor

PostOf = Callable[[str, date], tuple[str, str]]

_SOURCES: list[PostOf] = []


def set_post_source(source: PostOf) -> None:
    """Let the organisation say in what post a person acts.

    Args:
        source: returns the references of the post and of its unit for a person on a day;
            empty ones for a person without a post.
    """
    _SOURCES[:] = [source]


def acting(person: str, on: date) -> Actor:
    """Return a person as the one who acts on a day, with post and unit."""
    post, unit = _SOURCES[0](person, on) if _SOURCES else ("", "")
    return Actor(person, post, unit)
