"""An edition as JSON: complete, in the order of its rows, and read back as the same."""

from __future__ import annotations

import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from guiju.core.errors import Invalid
from guiju.core.lists.canonical import FORMAT
from guiju.core.lists.model import Edition
from guiju.core.sentence import zh
from guiju.core.terms import Term

T = TypeVar("T")
_DEEPEST = 60
_MOST_DIGITS = 18


def edition_json(edition: Edition) -> bytes:
    """Return an edition as JSON, readable by people too."""
    text = json.dumps({"format": FORMAT, **plain(edition)}, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "surrogatepass") + b"\n"


def edition_of(content: bytes) -> Edition:
    """Read what ``edition_json`` wrote.

    Raises:
        Invalid: LISTS-07 for what is no edition, naming the place.
    """
    try:
        return _edition(json.loads(content.decode("utf-8-sig"), parse_int=_whole))
    except _Misfit as misfit:
        raise Invalid(
            "LISTS-07",
            zh(
                "这个 JSON 文件不是规矩导出的清单：「{place}」不对。"
                "请用「guiju lists export」重新导出。",
                place=misfit.place[:100],
            ),
        ) from None
    except (ValueError, RecursionError):
        raise Invalid(
            "LISTS-07",
            zh("这个 JSON 文件已损坏，读不出来。请用「guiju lists export」重新导出。"),
        ) from None


def _edition(data: object) -> Edition:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _Misfit("format")
    return of_plain(Edition, {name: value for name, value in data.items() if name != "format"})


class _Misfit(Exception):  # noqa: N818 - becomes a refusal
    """A value that does not fit its place."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise ValueError(text)
    return int(text)


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    """Return a value as JSON has it; what is at its default is left out."""
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if is_dataclass(value):
        return {
            field.name: plain(getattr(value, field.name))
            for field in fields(value)
            if field.default is MISSING or getattr(value, field.name) != field.default
        }
    return value


def of_plain(kind: type[T], data: object, place: str = "", depth: int = 0) -> T:
    """Return the dataclass that ``plain`` told; raises a ``_Misfit`` with the place."""
    if depth > _DEEPEST or not isinstance(data, dict):
        raise _Misfit(place or "format")
    hints, needed = _shape(kind)  # type: ignore[arg-type]
    if needed - data.keys() or data.keys() - hints.keys():
        odd = sorted(needed - data.keys() or data.keys() - hints.keys())
        raise _Misfit(f"{place}.{odd[0]}".strip("."))
    return kind(
        **{
            name: _value(hints[name], value, f"{place}.{name}".strip("."), depth + 1)
            for name, value in data.items()
        }
    )


@cache
def _shape(kind: type[Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """Return the types of the fields, and which of them have no default."""
    hints = get_type_hints(kind)
    named = fields(kind)
    needed = frozenset(field.name for field in named if field.default is MISSING)
    return {field.name: hints[field.name] for field in named}, needed


def _value(hint: Any, data: object, place: str, depth: int) -> Any:  # noqa: ANN401 - types
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        hint = next(one for one in get_args(hint) if one is not type(None))
        origin = get_origin(hint)
    if origin is tuple:
        if not isinstance(data, list):
            raise _Misfit(place)
        inner = get_args(hint)[0]
        return tuple(_value(inner, one, f"{place}[{n}]", depth) for n, one in enumerate(data))
    if is_dataclass(hint):
        return of_plain(hint, data, place, depth)  # type: ignore[arg-type]
    return _single(hint, data, place)


def _single(hint: type[Any], data: object, place: str) -> Any:  # noqa: ANN401 - types
    try:
        if issubclass(hint, Term) and isinstance(data, str):
            return hint.of(data)
        if hint is date and isinstance(data, str):
            return date.fromisoformat(data)
    except (KeyError, ValueError):
        raise _Misfit(place) from None
    if type(data) is not hint:
        raise _Misfit(place)
    return data
