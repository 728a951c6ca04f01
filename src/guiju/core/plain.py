"""Frozen dataclasses as JSON has them, and back.

The dataclass says what may stand where. What it has no name for, and a value of another sort,
is refused with the place, so that nothing is silently lost. Fields at their default are left
out. Readers are compiled once for each type: an edition has a hundred thousand items.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from guiju.core.terms import Term

Reader: TypeAlias = Callable[[object], Any]
Writer: TypeAlias = Callable[[Any], Any]
_T = TypeVar("_T")

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


class Misfit(Exception):  # noqa: N818 - callers say what is wrong in words of their own
    """A value does not fit; ``path`` leads to it, from the outside in."""

    def __init__(self, *path: str) -> None:
        super().__init__(*path)
        self.path = path


def plain(value: object) -> Any:  # noqa: ANN401 - JSON has no one type
    """Return ``value`` with nothing but what JSON has; ``made`` makes the same of it."""
    of: Any = type(value)
    return _writer(of)(value)


@cache
def _writer(of: Any) -> Writer:  # noqa: ANN401 - a type, which typeshed takes for unhashable
    """Return what writes values of a type; found once, for an edition has a million values."""
    if issubclass(of, Term):
        return str.__str__  # its code, a third of the way that ``value`` takes
    if issubclass(of, date):
        return lambda value: value.isoformat()
    if issubclass(of, tuple):
        return lambda value: [plain(one) for one in value]
    if issubclass(of, Mapping):
        return lambda value: {str(plain(key)): plain(one) for key, one in value.items()}
    return _filled(of) if is_dataclass(of) else lambda value: value


def _filled(of: Any) -> Writer:  # noqa: ANN401 - as above
    """Return what writes a dataclass: the fields that are not at their default."""
    known = defaults_of(of)

    def write(value: object) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name, default in known:
            held = getattr(value, name)
            if held is not default and held != default:
                said[name] = held if type(held) in _AS_THEY_ARE else plain(held)
        return said

    return write


def made(wanted: type[_T], value: object) -> _T:
    """Return the ``wanted`` that ``value`` describes.

    Raises:
        Misfit: for a name that it does not have, one that it lacks, or a value of another sort.
    """
    read: Reader = _reader(cast("Any", wanted))
    thing: _T = read(value)
    return thing


@cache
def defaults_of(of: type[Any]) -> tuple[tuple[str, Any], ...]:
    """Return each field of a dataclass with its default; one without any equals nothing."""
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default)
        for f in fields(of)
    )


@cache
def _reader(wanted: Any) -> Reader:  # noqa: ANN401 - a type as annotations write it
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _optional(next(one for one in inner if one is not type(None)))
    if origin is tuple:
        return _sequence(inner[0]) if inner[-1] is Ellipsis else _row(inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*inner)
    if is_dataclass(wanted) and isinstance(wanted, type):
        return _record(wanted)
    if isinstance(wanted, type) and issubclass(wanted, Term):
        return _word(wanted)
    return _day if wanted is date else _exactly(wanted)


def _exactly(wanted: type) -> Reader:
    def read(value: object) -> object:
        if type(value) is not wanted:
            raise Misfit
        return value

    return read


def _optional(wanted: Any) -> Reader:  # noqa: ANN401 - as above
    inner = _reader(wanted)

    def read(value: object) -> object:
        return None if value is None else inner(value)

    return read


def _sequence(wanted: Any) -> Reader:  # noqa: ANN401 - as above
    inner = _reader(wanted)

    def read(value: object) -> tuple[object, ...]:
        if not isinstance(value, list | tuple):
            raise Misfit
        return tuple(_at(place, inner, one) for place, one in enumerate(value, 1))

    return read


def _row(wanted: tuple[Any, ...]) -> Reader:
    inner = [_reader(one) for one in wanted]

    def read(value: object) -> tuple[object, ...]:
        if not isinstance(value, list | tuple) or len(value) != len(inner):
            raise Misfit
        return tuple(each(one) for each, one in zip(inner, value, strict=True))

    return read


def _mapping(key: Any, held: Any) -> Reader:  # noqa: ANN401 - as above
    # JSON and TOML have only texts for keys; grades stand as "1".
    of_key = _number if key is int else _reader(key)
    inner = _reader(held)

    def read(value: object) -> dict[object, object]:
        if not isinstance(value, Mapping):
            raise Misfit
        return {_at(name, of_key, name): _at(name, inner, one) for name, one in value.items()}

    return read


def _at(name: object, reader: Reader, value: object) -> object:
    try:
        return reader(value)
    except Misfit as misfit:
        raise Misfit(str(name), *misfit.path) from None


def _number(value: object) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit():
        return int(value)
    if type(value) is int:
        return value
    raise Misfit


def _record(wanted: type) -> Reader:
    needed = [
        f.name for f in fields(wanted) if f.default is MISSING and f.default_factory is MISSING
    ]
    names = frozenset(f.name for f in fields(wanted))

    def read(value: object) -> object:
        if not isinstance(value, Mapping):
            raise Misfit
        for name in needed:
            if name not in value:
                raise Misfit(name)
        for name in value:
            if name not in names:
                raise Misfit(str(name))
        readers = _fields(wanted)
        return wanted(**{name: _at(name, readers[name], held) for name, held in value.items()})

    return read


@cache
def _fields(of: type[Any]) -> dict[str, Reader]:
    """Compiled when first asked for, not before: a flow holds flows."""
    hints = get_type_hints(of)
    return {f.name: _reader(hints[f.name]) for f in fields(of)}


def _word(wanted: type[Term]) -> Reader:
    def read(value: object) -> Term:
        try:
            return wanted.of(value)  # type: ignore[arg-type] # whatever stands there
        except (KeyError, TypeError):
            raise Misfit from None

    return read


def _day(value: object) -> date:
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type] # whatever stands there
    except (TypeError, ValueError):
        raise Misfit from None
