"""What is known of a power's flow: whether it can be gone through, and by how few people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TypeAlias

from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.model import Flow
from guiju.core.flow.people import Holding, PeopleResult, least_people, staffing_for
from guiju.core.flow.soundness import prove
from guiju.core.lists.facts import PostFacts
from guiju.core.sentence import Sentence

LEAST = 2
"""S0-27: two posts and two persons, whatever the grade."""

_Roster: TypeAlias = tuple[tuple[str, Holding], ...]


@dataclass(frozen=True, slots=True)
class FlowProof:
    """What was proved of a flow.

    Attributes:
        faults: why it cannot be gone through, in words; none for a sound flow.
        people: how few people complete it; None for a flow with faults, or one for which the
            search would take too long.
        unheld: its posts that nobody holds that day, or that are none of the unit's: each
            counts as one person.
    """

    faults: tuple[Sentence, ...] = ()
    people: PeopleResult | None = None
    unheld: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        return not self.faults

    @property
    def number(self) -> int | None:
        """The least number of people, or the first above what was looked for."""
        if self.people is None:
            return None
        return self.people.limit + 1 if self.people.capped else self.people.number


def proof_of(graph: Flow, posts: Mapping[str, PostFacts], day: date) -> FlowProof:
    """Prove a flow, and count with those who hold its posts on a day or stand in.

    Args:
        graph: the flow.
        posts: the unit's posts by the names that the lists use.
        day: the day.
    """
    names = dict.fromkeys(node.post for node in graph.nodes if node.post)
    roster, unheld = [], []
    for name in names:
        post = posts.get(name)
        holders = frozenset(one.person for one in post.present(day)) if post else frozenset()
        deputies = frozenset(post.deputies) if post else frozenset()
        if not holders | deputies:
            unheld.append(name)
            holders = frozenset({name})
        roster.append((name, Holding(holders, deputies)))
    faults, people = _proved(graph, tuple(roster))
    return FlowProof(faults, people, tuple(unheld))


@lru_cache(maxsize=512)
def _proved(graph: Flow, roster: _Roster) -> tuple[tuple[Sentence, ...], PeopleResult | None]:
    """Flows and their people change seldom, and their sheets are looked at often."""
    try:
        net = compile_flow(graph)
        faults = tuple(explain_fault(net, fault) for fault in prove(net).faults)
    except Invalid as refusal:
        return (refusal.sentence,), None
    if faults:
        return faults, None
    staffing, _ = staffing_for(graph, dict(roster))
    try:
        return (), least_people(net, staffing)
    except Invalid:
        return (), None
