"""Risks as people propose them, what of them says the same, and what several make together.

Pure: who proposes is a post here, never a person, so that a risk tells by whose office it was
found and not by whom (S0-15, S4-21).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from guiju.core.lists.likeness import alike, likeness
from guiju.core.lists.risks import Risk
from guiju.core.lists.texts import plain, says_something
from guiju.core.lists.words import Channel, Dimension, RiskState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

Word = TypeVar("Word", bound=Term)

ALIKE = 50
"""Percent of pairs of characters that two texts share which are shown as alike."""

_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed risk.

    Attributes:
        key: names it.
        risk: what was proposed; its ``grade`` is the proposer's own view, its code is empty.
        channel: by which channel it came.
        role: in which post the proposer acted.
    """

    key: str
    risk: Risk
    channel: Channel
    role: str = ""

    @property
    def identity(self) -> str:
        """What of its key stands in addresses."""
        return self.key.partition(":")[2]

    @property
    def place(self) -> tuple[str, str, str]:
        """Where it lies: power, flow and step."""
        return self.risk.power, self.risk.flow, self.risk.step


@dataclass(frozen=True, slots=True)
class Cluster:
    """Proposals for one place that say nearly the same.

    Attributes:
        proposals: in the order in which they came.
        percent: how much the two least like neighbours have in common; 100 for one alone.
    """

    proposals: tuple[Proposal, ...]
    percent: int = 100


@dataclass(frozen=True, slots=True)
class Place:
    """All that was proposed for one step of a power, or for a power as a whole."""

    power: str
    flow: str
    step: str
    clusters: tuple[Cluster, ...]


def gathered(proposals: Sequence[Proposal], *, least: int = ALIKE) -> tuple[Place, ...]:
    """Return proposals by power and step, those that are alike beside each other.

    Places and clusters stand in the order of their first proposal; every proposal stands in
    exactly one cluster. What is alike to something that is alike to a third joins it.
    """
    places: dict[tuple[str, str, str], list[Proposal]] = {}
    for one in proposals:
        places.setdefault(one.place, []).append(one)
    return tuple(Place(*place, clusters=_clusters(found, least)) for place, found in places.items())


def _clusters(found: Sequence[Proposal], least: int) -> tuple[Cluster, ...]:
    joined = list(range(len(found)))
    percents: dict[int, int] = {}

    def root(at: int) -> int:
        while joined[at] != at:
            at = joined[at]
        return at

    for pair in alike([one.risk.text for one in found], least=least):
        one, other = sorted((root(pair.one), root(pair.other)))
        held = min(percents.get(one, 100), percents.get(other, 100), pair.percent)
        joined[other] = one
        percents[one] = held
    groups: dict[int, list[Proposal]] = {}
    for at, proposal in enumerate(found):
        groups.setdefault(root(at), []).append(proposal)
    return tuple(Cluster(tuple(group), percents.get(at, 100)) for at, group in groups.items())


def merged(proposals: Sequence[Proposal], *, code: str, onto: Risk | None = None) -> Risk:
    """Return the one risk that several proposals make (S0-15: each keeps its channels).

    Channels and dimensions are united in the order of their words; who found it is said by
    posts; of probability and harm the gravest counts. The text is that of ``onto``, else of the
    first proposal. A grade is not taken over: grading is a step of its own.

    Args:
        proposals: at least one.
        code: the risk's code.
        onto: the risk of the edition into which they go; None makes a new one.
    """
    first = proposals[0].risk
    base = onto or replace(first, grade=None)
    risks = [base, *(one.risk for one in proposals)]
    channels = {*base.channels, *(one.channel for one in proposals)}
    dimensions = {each for risk in risks for each in risk.dimensions}
    return replace(
        base,
        code=code,
        channels=_in_order(Channel, channels),
        dimensions=_in_order(Dimension, dimensions),
        probability=_gravest(risk.probability for risk in risks),
        harm=_gravest(risk.harm for risk in risks),
        manifestation=base.manifestation or first.manifestation,
        found_by="、".join(_roles(base.found_by, proposals)),
        state=RiskState.CONSOLIDATED,
        grade=None,
        grade_method=None,
        grade_reason="",
    )


def _roles(known: str, proposals: Iterable[Proposal]) -> Iterable[str]:
    named = [*known.split("、"), *(one.role for one in proposals)]
    return dict.fromkeys(one for one in named if one)


def _in_order(words: type[Word], held: Collection[Word]) -> tuple[Word, ...]:
    return tuple(one for one in words if one in held)


def _gravest(values: Iterable[int | None]) -> int | None:
    return max((one for one in values if one is not None), default=None)


def warnings(text: str, known: Iterable[tuple[str, str]]) -> tuple[Sentence, ...]:
    """Return what is to be said at once of a text that somebody proposes; nothing is refused.

    Args:
        text: what they typed.
        known: name and text of each risk and proposal that stands already (S1-02, S4-40).
    """
    if not says_something(text) or len(plain(text)) < _SHORTEST:
        return (zh("这句话看不出具体风险。请写明在哪一步、谁、可能怎样滥用权力。"),)
    near = sorted(((likeness(text, other), name) for name, other in known), reverse=True)
    return tuple(
        zh("与{name}相同。确实是同一个风险的，不必再提。", name=name)
        if percent == 100
        else zh("与{name}有 {percent}% 相似。请核对是不是同一个风险。", name=name, percent=percent)
        for percent, name in near[:3]
        if percent >= ALIKE
    )
