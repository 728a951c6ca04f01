"""Where units lie: the area of the organisation says so, once it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

PathOf = Callable[[str], str | None]
PathsOf = Callable[[Iterable[str]], Mapping[str, str]]

NamesOf = Callable[[Iterable[str]], Mapping[str, str]]
UnitsOffered = Callable[[], Iterable[tuple[str, str]]]

_ONE: list[PathOf] = []
_MANY: list[PathsOf] = []
_NAMES: list[NamesOf] = []
_OFFERED: list[UnitsOffered] = []


def set_path_source(path_of: PathOf, paths_of: PathsOf | None = None) -> None:
    """Let the organisation say where its units lie.

    Args:
        path_of: returns the path of the unit with a reference, such as ``1/14/203/``;
            None or empty for a unit that is not known.
        paths_of: the same for many at once, so that it takes one query; unknown ones are
            left out.
    """
    _ONE[:] = [path_of]
    _MANY[:] = [paths_of] if paths_of is not None else []


def paths(units: Iterable[str]) -> dict[str, str]:
    """Return the paths of units by reference; without those whose place nobody knows.

    An empty path would be everywhere, so none is ever returned.
    """
    wanted = sorted(set(units))
    if not wanted or not _ONE:
        return {}
    found = _MANY[0](wanted) if _MANY else {unit: _ONE[0](unit) for unit in wanted}
    return {unit: path for unit in wanted if (path := found.get(unit))}


def set_name_source(names_of: NamesOf, offered: UnitsOffered | None = None) -> None:
    """Let the organisation say what its units are called.

    Args:
        names_of: returns the names of units by reference, in one query.
        offered: returns reference and name of the units to choose from in a form.
    """
    _NAMES[:] = [names_of]
    _OFFERED[:] = [offered] if offered is not None else []


def names(units: Iterable[str]) -> dict[str, str]:
    """Return what units are called; their reference where nobody knows."""
    wanted = sorted({unit for unit in units if unit})
    found = _NAMES[0](wanted) if _NAMES and wanted else {}
    return {unit: found.get(unit, unit) for unit in wanted}


def offered() -> list[tuple[str, str]]:
    """Return the units to choose from, by reference and name; none while nobody knows any."""
    return list(_OFFERED[0]()) if _OFFERED else []
