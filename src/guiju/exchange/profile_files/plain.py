"""A profile from plain data, as TOML and JSON give it, and back.

The dataclasses of ``core.lists.profile`` say what may stand where; a name they do not have
and a value of another sort are refused with the place, so that nothing is silently lost.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from guiju.core.errors import Invalid
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term


def profile_from(data: Mapping[str, object]) -> Profile:
    """Return the profile that ``data`` describes.

    Raises:
        Invalid: PROFILE-02 for a name or value that no profile has, PROFILE-03 for a grade
            other than 1 to 3.
    """
    made = _made(Profile, data, zh("配置"))
    if not isinstance(made, Profile):
        raise TypeError
    _check_grades(made)
    return made


def profile_data(profile: Profile) -> dict[str, Any]:
    """Return a profile as plain data; ``profile_from`` makes the same of it."""
    held: dict[str, Any] = _plain(profile)
    return held


def _check_grades(profile: Profile) -> None:
    used = [
        *(label.grade for label in profile.grades),
        *(rule.grade for rule in profile.rules),
        *(criterion.grade for criterion in profile.criteria),
        *(grade for _, grade in profile.counts),
        *(grade for row in profile.matrix for grade in row),
        *profile.ownership,
        *profile.least_people,
        *profile.check_every,
    ]
    strange = [grade for grade in used if grade not in GRADES]
    if strange or len(profile.matrix) not in (0, 3):
        raise Invalid(
            "PROFILE-03",
            zh("配置里的风险等级只能是 1、2、3，几率乘危害的表是三行三列。请改正。"),
        )


def _made(wanted: Any, value: object, where: Sentence) -> object:  # noqa: ANN401 - a type
    """Return ``value`` as ``wanted`` asks, which is a type out of a dataclass."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        return _made(next(one for one in inner if one is not type(None)), value, where)
    if origin is tuple:
        return _several(inner, value, where)
    if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
        return {
            _key(inner[0], key, where): _made(inner[1], held, _below(where, key))
            for key, held in value.items()
        }
    if is_dataclass(wanted) and isinstance(value, Mapping):
        return _record(wanted, value, where)
    return _single(wanted, value, where)


def _single(wanted: Any, value: object, where: Sentence) -> object:  # noqa: ANN401 - a type
    if isinstance(wanted, type) and issubclass(wanted, Term) and isinstance(value, str):
        return _word(wanted, value, where)
    if wanted is date and isinstance(value, str):
        return _day(value, where)
    if isinstance(wanted, type) and type(value) is wanted:
        return value
    raise _refused(where)


def _several(inner: tuple[Any, ...], value: object, where: Sentence) -> tuple[object, ...]:
    if not isinstance(value, list | tuple):
        raise _refused(where)
    if inner[-1] is Ellipsis:
        return tuple(
            _made(inner[0], one, _below(where, place)) for place, one in enumerate(value, 1)
        )
    if len(inner) != len(value):
        raise _refused(where)
    return tuple(_made(of, one, where) for of, one in zip(inner, value, strict=True))


def _record(wanted: Any, value: Mapping[object, object], where: Sentence) -> object:  # noqa: ANN401
    hints, needed = _shape(wanted)
    for name in value:
        if name not in hints:
            raise _refused(_below(where, name))
    for name in needed:
        if name not in value:
            raise _refused(_below(where, name))
    given = {
        str(name): _made(hints[name], held, _below(where, name)) for name, held in value.items()
    }
    return wanted(**given)


@cache
def _shape(of: type) -> tuple[dict[Any, Any], tuple[str, ...]]:
    """Return the types of a dataclass's fields, and which of them have no default."""
    needed = tuple(
        f.name for f in fields(of) if f.default is MISSING and f.default_factory is MISSING
    )
    return get_type_hints(of), needed


def _key(wanted: Any, key: object, where: Sentence) -> object:  # noqa: ANN401 - a type
    """TOML has only texts for keys; grades stand as ``"1"``."""
    if wanted is int and isinstance(key, str) and key.isascii() and key.isdigit():
        return int(key)
    return _made(wanted, key, _below(where, key))


def _word(wanted: type[Term], value: str, where: Sentence) -> Term:
    try:
        return wanted.of(value)
    except KeyError:
        raise _refused(where) from None


def _day(value: str, where: Sentence) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _refused(where) from None


def _below(where: Sentence, name: object) -> Sentence:
    return zh("{where} › {name}", where=where, name=str(name)[:40])


def _refused(where: Sentence) -> Invalid:
    return Invalid(
        "PROFILE-02",
        zh("{where} 不是配置能用的名称或值，或者缺了它。请对照系统自带的配置改正。", where=where),
    )


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON has no one type
    if isinstance(value, Term):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(one) for key, one in value.items()}
    if is_dataclass(value):
        held = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: _plain(one) for name, one in held if one is not None}
    return value
