"""制度缺口: what rests on a document that no longer holds, or on none (S1-25)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guiju.core.lists.facts import Facts
from guiju.core.lists.lint.control_whole import controls_of, has_rule
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Edition
from guiju.core.lists.profile import Profile
from guiju.core.lists.regulations import regulations
from guiju.core.lists.words import BasisStatus
from guiju.core.sentence import zh
from guiju.core.terms import Term


class GapKind(Term):
    """What is wrong with the document behind something."""

    MISSING = "missing", zh("没有制度")
    REPEALED = "repealed", zh("制度已废止")
    AMENDED = "amended", zh("制度已修正")


_KINDS = {BasisStatus.REPEALED: GapKind.REPEALED, BasisStatus.AMENDED: GapKind.AMENDED}


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap.

    Attributes:
        number: its place in the register.
        title: what people call it: the document, or the power.
        power: code of the power whose controls rest on nothing; empty for a document.
        powers, controls: how many rest on it, or should rest on something.
    """

    number: int
    kind: GapKind
    title: str
    power: str
    powers: int
    controls: int


def gaps(edition: Edition) -> tuple[Gap, ...]:
    """Return the gaps of an edition: documents that were repealed or amended, then missing ones.

    A regulation is missing where a power has controls and none of them names one.
    """
    found = (*_outdated(edition), *_missing(edition))
    return tuple(replace(one, number=number) for number, one in enumerate(found, 1))


def _outdated(edition: Edition) -> Iterator[Gap]:
    documents = regulations(edition)
    for status, kind in _KINDS.items():
        for one in documents:
            if one.status is status:
                yield Gap(0, kind, one.title, "", len(one.powers), len(one.controls))


def _missing(edition: Edition) -> Iterator[Gap]:
    view = View(edition, Facts(), Profile(code=""), date.min)
    for power in view.powers:
        controls = controls_of(view, power)
        if controls and not any(map(has_rule, controls)):
            called = power.name or power.code
            yield Gap(0, GapKind.MISSING, called, power.code, 1, len(controls))
