"""A profile from plain data, as TOML and JSON give it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.core.errors import Invalid
from guiju.core.lists.profile import GRADES, Profile
from guiju.core.plain import Misfit, made, plain
from guiju.core.sentence import zh

MOST = 1_000_000
"""The largest number in a profile: days, years, people, times a year."""


def profile_from(data: Mapping[str, object]) -> Profile:
    """Return the profile that ``data`` describes.

    Raises:
        Invalid: PROFILE-02 for a name or value that no profile has, PROFILE-03 for a grade
            other than 1 to 3, PROFILE-04 for a number that is too large.
    """
    try:
        profile = made(Profile, data)
    except Misfit as misfit:
        raise _refused(misfit.path) from None
    except ValueError:  # a key of more digits than Python reads
        raise _refused(()) from None
    _check_numbers(profile_data(profile))
    _check_grades(profile)
    return profile


def profile_data(profile: Profile) -> dict[str, Any]:
    """Return a profile as plain data; ``profile_from`` makes the same of it."""
    held: dict[str, Any] = plain(profile)
    return held


def _check_numbers(held: object) -> None:
    if isinstance(held, int) and abs(held) > MOST:
        raise Invalid("PROFILE-04", zh("配置里的数字最大到 {most}。请改小。", most=MOST))
    if isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            _check_numbers(one)


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


def _refused(path: tuple[str, ...]) -> Invalid:
    where = zh("配置")
    for name in path:
        where = zh("{where} › {name}", where=where, name=name[:40])
    return Invalid(
        "PROFILE-02",
        zh("{where} 不是配置能用的名称或值，或者缺了它。请对照系统自带的配置改正。", where=where),
    )
