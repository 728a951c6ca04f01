"""How complete an edition is, in a way that padding cannot raise (S1-02, S4-40).

Every item has the same number of places to fill. A text counts once: of texts that say the
same in one column only one counts, a filler or a single character counts nothing. A link
counts when what it leads to says something of its own. Names of posts, units and persons
may repeat, as they do in truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Edition
from guiju.core.lists.powers import LegalBasis
from guiju.core.lists.texts import plain, says_something
from guiju.core.lists.words import ItemKind

_CHOSEN = {
    ItemKind.POWER: ("side", "kind", "layer", "grade", "publication"),
    ItemKind.RISK: ("grade", "dimensions", "layer", "channels", "publication"),
    ItemKind.CONTROL: ("means", "phase"),
    ItemKind.BASIS: ("level",),
}
"""Fields with a choice or a number: filled is filled."""

_NAMES = {
    ItemKind.POWER: ("subject", "post", "leader"),
    ItemKind.CONTROL: ("unit", "post", "person", "supervisor"),
    ItemKind.BASIS: ("name",),
}
"""Fields with names, which rightly repeat."""

_TEXTS = {
    ItemKind.POWER: ("name", "conditions", "boundary", "mode", "discipline"),
    ItemKind.RISK: ("text", "manifestation"),
    ItemKind.CONTROL: ("text", "supervision"),
    ItemKind.DUTY: ("text",),
    ItemKind.ACCOUNTABILITY: ("text",),
    ItemKind.STANDARD: ("offence",),
}
"""Fields with a text of its own for each item."""

WANTED = {
    kind: frozenset((*_CHOSEN.get(kind, ()), *_NAMES.get(kind, ()), *_TEXTS.get(kind, ())))
    for kind in ItemKind
}
"""The fields of each table that have to be filled."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many of all places are filled; ``gaps`` says how many are open, by table and field."""

    filled: int
    places: int
    gaps: Mapping[tuple[ItemKind, str], int]

    @property
    def percent(self) -> int:
        """Whole percent, rounded down, so that 100 means every place; 0 for nothing at all."""
        return 100 * self.filled // self.places if self.places else 0


def score(edition: Edition) -> Score:
    """Count the filled places of an edition."""
    filled = places = 0
    gaps: dict[tuple[ItemKind, str], int] = {}
    for kind, field, full, all_ in _columns(edition):
        filled += full
        places += all_
        if full < all_:
            gaps[kind, field] = all_ - full
    return Score(filled, places, gaps)


def _columns(edition: Edition) -> Iterator[tuple[ItemKind, str, int, int]]:
    """Yield each column: table, field, how many of its places are filled, and of how many."""
    for kind in ItemKind:
        items = edition.table(kind)
        for name in _CHOSEN.get(kind, ()):
            held = (getattr(item, name) for item in items)
            yield kind, name, sum(value not in (None, "", ()) for value in held), len(items)
        for name in _NAMES.get(kind, ()):
            held = (getattr(item, name) for item in items)
            yield kind, name, sum(map(_is_name, held)), len(items)
        for name in _TEXTS.get(kind, ()):
            yield kind, name, len(set(_own(getattr(item, name) for item in items))), len(items)
    yield from _links(edition)
    yield from _steps(edition.flows)


def _is_name(text: object) -> bool:
    return isinstance(text, str) and says_something(text)


def _own(texts: Iterable[str]) -> Iterator[str]:
    return (plain(text) for text in texts if says_something(text))


def _links(edition: Edition) -> Iterator[tuple[ItemKind, str, int, int]]:
    """Yield what powers, risks and discretionary powers have to lead to."""
    cited = [basis for basis in edition.bases if basis.needs_article]
    yield ItemKind.BASIS, "article", sum(map(_has_article, cited)), len(cited)
    powers = [power.code for power in edition.powers]
    for name, reached in (
        ("bases", {basis.power for basis in edition.bases if _is_cited(basis)}),
        ("duties", _reached((duty.power, duty.text) for duty in edition.duties)),
        ("accountabilities", _reached((a.power, a.text) for a in edition.accountabilities)),
        ("flows", {flow.power for flow in edition.flows if flow.is_active and flow.steps}),
        ("risks", _reached((risk.power, risk.text) for risk in edition.risks)),
    ):
        yield ItemKind.POWER, name, sum(code in reached for code in powers), len(powers)
    controlled = _reached((control.risk, control.text) for control in edition.controls)
    risks = [risk.code for risk in edition.risks]
    yield ItemKind.RISK, "controls", sum(code in controlled for code in risks), len(risks)
    wide = [power.code for power in edition.powers if power.is_discretionary]
    tiered = {standard.power for standard in edition.standards if standard.tiers}
    yield ItemKind.POWER, "standards", sum(code in tiered for code in wide), len(wide)


def _is_cited(basis: LegalBasis) -> bool:
    return says_something(basis.name) and _has_article(basis)


def _has_article(basis: LegalBasis) -> bool:
    return bool(basis.article.strip()) or not basis.needs_article


def _reached(told: Iterable[tuple[str, str]]) -> set[str]:
    """Return what texts lead to; a text that stands for several says nothing of either."""
    places: dict[str, set[str]] = {}
    for where, text in told:
        if says_something(text):
            places.setdefault(plain(text), set()).add(where)
    return {next(iter(where)) for where in places.values() if len(where) == 1}


def _steps(flows: Iterable[PowerFlow]) -> Iterator[tuple[ItemKind, str, int, int]]:
    """Yield what each step of a flow has to say."""
    steps = [node for flow in flows if flow.is_active for node in flow.steps]
    yield ItemKind.FLOW, "post", sum(says_something(node.post) for node in steps), len(steps)
    yield ItemKind.FLOW, "limit", sum(node.limit is not None for node in steps), len(steps)
    yield ItemKind.FLOW, "phase", sum(node.phase is not None for node in steps), len(steps)
