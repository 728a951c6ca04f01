"""Codes of powers by the profile's scheme, and a code changed wherever something names it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guiju.core.lists.model import TABLES, Edition
from guiju.core.lists.naming import recoded
from guiju.core.lists.numbering import LETTERS, next_code
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.schemes import SCHEMES, CodeContext
from guiju.core.lists.words import ItemKind, PowerKind

_MADE_UP = re.compile(f"{LETTERS[ItemKind.POWER]}-[0-9a-f]{{8}}")


def is_made_up(code: str) -> bool:
    """Tell whether a power's code was only made up because its document gave none."""
    return bool(_MADE_UP.fullmatch(code))


def with_codes(edition: Edition, codes: Mapping[str, str]) -> Edition:
    """Return an edition in which powers bear other codes, also where other items name them.

    Args:
        edition: what is changed.
        codes: of powers, old to new.
    """
    if not codes:
        return edition
    places = {(ItemKind.POWER, old): new for old, new in codes.items()}
    tables: dict[str, Any] = {
        TABLES[kind]: tuple(recoded(item, places) for item in edition.table(kind))
        for kind in ItemKind
    }
    return replace(edition, **tables)


def codes_due(edition: Edition, profile: Profile) -> dict[str, str]:
    """Return a new code for each power whose own does not follow the profile's scheme (GJ105).

    Main items are numbered before their sub-items, each within its kind, in the order of the
    table. Where the scheme can give none, since the unit's own code or area is not known as it
    wants them, a power is left out.
    """
    scheme = SCHEMES.get(profile.code_scheme)
    if scheme is None:
        return {}
    numbering = _Numbering(edition, profile)
    found: dict[str, str] = {}
    depths = _depths(edition)
    for power in sorted(edition.powers, key=lambda one: depths[one.code]):
        context = replace(numbering.context, parent=found.get(power.parent, power.parent))
        if scheme(power.code, context) is None:
            continue
        made = numbering.next(power, context)
        if scheme(made, context) is None:
            found[power.code] = made
            numbering.take(made)
    return found


def _depths(edition: Edition) -> dict[str, int]:
    """Return by code how many main items stand above each power; one above itself goes last."""
    above = {power.code: power.parent for power in edition.powers}

    def depth(code: str) -> int:
        steps = 0
        while (code := above.get(code, "")) in above and steps <= len(above):
            steps += 1
        return steps

    return {code: depth(code) for code in above}


class _Numbering:
    """Gives the next code of a kind; remembers which are taken."""

    def __init__(self, edition: Edition, profile: Profile) -> None:
        self.context = CodeContext(area_code=edition.area_code, unit_code=edition.unit_code)
        self.stem = f"{edition.area_code}{edition.unit_code}"
        self.scheme = profile.code_scheme
        kinds = (*(one.value for one in PowerKind), *profile.kinds)
        self.kinds = {kind: f"{place:02}" for place, kind in enumerate(kinds, 1)}
        self._taken: dict[str, list[str]] = defaultdict(list)
        for power in edition.powers:
            self.take(power.code)

    def take(self, code: str) -> None:
        """Note that a power bears a code."""
        self._taken[self._room(code)].append(code)

    def next(self, power: Power, context: CodeContext) -> str:
        """Return the next code of a power's kind, or below its main item."""
        kind = self.kinds.get(power.kind, self.kinds[PowerKind.OTHER.value])
        like = f"{self.stem}{kind}00000"
        room = self._room(context.parent or like)
        return next_code(
            ItemKind.POWER, self._taken[room], scheme=self.scheme, context=context, like=like
        )

    def _room(self, code: str) -> str:
        """Return what codes that could clash have in common: few are compared with few."""
        return code.replace("-", "")[: len(self.stem) + 2]
