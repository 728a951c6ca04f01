"""Who is on the register of people: the area of the organisation says so, once it is there."""

from __future__ import annotations

from collections.abc import Callable

PersonOf = Callable[[str], tuple[str, str] | None]

_SOURCES: list[PersonOf] = []


def set_person_source(person_of: PersonOf) -> None:
    """Let the organisation say whom a code on the register names.

    Args:
        person_of: returns the reference and the name of who serves under a code, None for
            nobody.
    """
    _SOURCES[:] = [person_of]


def person_of(code: str) -> tuple[str, str] | None:
    """Return the reference and the name of who serves under a code; None for nobody."""
    return _SOURCES[0](code) if _SOURCES else None
