"""以制度为目: which powers rest on a document, and which controls cite it (S4-03)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.core.lists.model import Edition
from guiju.core.lists.powers import LegalBasis, Power
from guiju.core.lists.risks import Control
from guiju.core.lists.texts import plain
from guiju.core.lists.words import BasisLevel, BasisStatus, ControlState, PowerState

_QUOTED = re.compile(r"《([^《》]+)》")
_WORST = (BasisStatus.REPEALED, BasisStatus.AMENDED, BasisStatus.IN_FORCE)


@dataclass(slots=True)
class Regulation:
    """A document with what rests on it.

    Attributes:
        number: its place among the edition's documents.
        title: without 《》.
        bases: the citations of it by powers, one for each article.
    """

    number: int
    title: str
    bases: list[LegalBasis] = field(default_factory=list)
    powers: dict[str, Power] = field(default_factory=dict)
    controls: list[Control] = field(default_factory=list)

    @property
    def doc_no(self) -> str:
        return next((one.doc_no for one in self.bases if one.doc_no), "")

    @property
    def level(self) -> BasisLevel | None:
        return next((one.level for one in self.bases if one.level), None)

    @property
    def status(self) -> BasisStatus | None:
        """The worst that is said of it anywhere; None where nobody says."""
        said = {one.status for one in self.bases}
        return next((one for one in _WORST if one in said), None)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles that powers rest on, each once."""
        return tuple(dict.fromkeys(one.article for one in self.bases if one.article))


def regulations(edition: Edition) -> list[Regulation]:
    """Return the documents of an edition, in the order in which they are named first."""
    powers = {p.code: p for p in edition.powers if p.state is not PowerState.REPEALED}
    found: dict[str, Regulation] = {}

    def named(title: str) -> Regulation | None:
        key = plain(title)
        if not key:
            return None
        return found.setdefault(key, Regulation(len(found) + 1, title.strip("《》 ")))

    for basis in edition.bases:
        one = named(basis.name)
        if one is not None and basis.power in powers:
            one.bases.append(basis)
            one.powers[basis.power] = powers[basis.power]
    for control in edition.controls:
        if control.state is not ControlState.RETIRED:
            for title in cited(control.basis_rule):
                cites = named(title)
                if cites is not None:
                    cites.controls.append(control)
    return [one for one in found.values() if one.powers or one.controls]


def cited(text: str) -> tuple[str, ...]:
    """Return the documents that a text names between 《》, or else the text itself."""
    quoted = dict.fromkeys(_QUOTED.findall(text))
    return tuple(quoted) or _whole(text.split("\n"))


def _whole(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
