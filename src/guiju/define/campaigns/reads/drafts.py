"""What of a draft a campaign needs: powers, their steps, what binds a post, risks there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from guiju.core.lists.bindings import bindings
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Power, PowerFlow, step_key
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import RiskState


@dataclass(frozen=True, slots=True)
class Spot:
    """A step of a power: flow's code, step's key, and how it is called."""

    flow: str
    step: str
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft laid out by powers."""

    lists: Lists

    @property
    def powers(self) -> Mapping[str, Power]:
        """The powers by code."""
        return {one.code: one for one in self.lists.powers}

    @property
    def living(self) -> list[Risk]:
        """The risks that are not closed."""
        return [one for one in self.lists.risks if one.state is not RiskState.CLOSED]

    def spots(self, power: str) -> list[Spot]:
        """Return the steps of a power's flows."""
        flows = (one for one in self.lists.flows if one.power == power and one.is_active)
        return [
            Spot(flow.code, step_key(node), node.title, node.post)
            for flow in flows
            for node in flow.steps
        ]

    def step_names(self) -> dict[tuple[str, str], str]:
        """Return how steps are called, by flow and key."""
        return {
            (flow.code, step_key(node)): node.title
            for flow in self.lists.flows
            for node in flow.steps
        }

    def powers_of(self, posts: Collection[str]) -> list[Power]:
        """Return the powers that bind these posts, as holder, leader or in a step."""
        powers = self.powers
        codes: dict[str, None] = {}
        for one in bindings([*self.lists.powers, *self.lists.flows], posts):
            if isinstance(one.item, Power):
                codes[one.item.code] = None
            elif isinstance(one.item, PowerFlow):
                codes[one.item.power] = None
        return [powers[code] for code in codes if code in powers]

    def known_texts(self, power: str, post: str) -> list[Risk]:
        """Return risks that stand at a power, or at a post where no power is meant."""
        return [
            one
            for one in self.living
            if (one.power == power if power else not one.power and one.post == post)
        ]
