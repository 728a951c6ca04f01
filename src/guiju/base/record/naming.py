"""What people call the things that the record knows by reference only: other areas say it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

Source = Callable[[Iterable[str]], Mapping[str, str]]

_REFERENCE = re.compile(r"[a-z_]+:[!-~]{1,100}")
_SOURCES: list[Source] = []


def name_by(source: Source) -> None:
    """Let ``source`` say what references are called, in one query; it leaves out the unknown."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def names(references: Iterable[object]) -> dict[str, str]:
    """Return the names of those of these values that are references and have one."""
    wanted = sorted(
        {one for one in references if isinstance(one, str) and _REFERENCE.fullmatch(one)}
    )
    found: dict[str, str] = {}
    for source in _SOURCES if wanted else ():
        found.update(source(wanted))
    return found
