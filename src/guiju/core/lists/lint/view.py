"""An edition laid out for the checks: what belongs to what, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TypeVar

from guiju.core.flow.model import Node
from guiju.core.lists.facts import Facts, PostFacts
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.model import Edition
from guiju.core.lists.powers import AccountabilityCase, Duty, LegalBasis, Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.risks import Control, DiscretionStandard, Risk
from guiju.core.lists.words import PowerState, RiskState

T = TypeVar("T")

_MOST_ABOVE = 20
"""How many main items above a sub-item are looked at; real lists have one."""


class View:
    """What a check looks at: the edition, the facts, the profile and the day."""

    def __init__(self, edition: Edition, facts: Facts, profile: Profile, today: date) -> None:
        self.edition, self.facts, self.profile, self.today = edition, facts, profile, today

    @cached_property
    def powers(self) -> tuple[Power, ...]:
        """Powers that are not repealed."""
        return tuple(p for p in self.edition.powers if p.state is not PowerState.REPEALED)

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        """Risks that are not closed."""
        return tuple(r for r in self.edition.risks if r.state is not RiskState.CLOSED)

    @cached_property
    def flows(self) -> tuple[PowerFlow, ...]:
        """Flows in use."""
        return tuple(flow for flow in self.edition.flows if flow.is_active)

    @cached_property
    def power(self) -> Mapping[str, Power]:
        return _first(self.edition.powers)

    @cached_property
    def flow(self) -> Mapping[str, PowerFlow]:
        return _first(self.edition.flows)

    @cached_property
    def risk(self) -> Mapping[str, Risk]:
        return _first(self.edition.risks)

    @cached_property
    def children(self) -> Mapping[str, list[Power]]:
        return grouped(self.powers, lambda power: power.parent)

    @cached_property
    def bases_of(self) -> Mapping[str, list[LegalBasis]]:
        return grouped(self.edition.bases, lambda basis: basis.power)

    @cached_property
    def duties_of(self) -> Mapping[str, list[Duty]]:
        return grouped(self.edition.duties, lambda duty: duty.power)

    @cached_property
    def accountabilities_of(self) -> Mapping[str, list[AccountabilityCase]]:
        return grouped(self.edition.accountabilities, lambda item: item.power)

    @cached_property
    def flows_of(self) -> Mapping[str, list[PowerFlow]]:
        return grouped(self.flows, lambda flow: flow.power)

    @cached_property
    def risks_of(self) -> Mapping[str, list[Risk]]:
        return grouped(self.risks, lambda risk: risk.power)

    @cached_property
    def controls_of(self) -> Mapping[str, list[Control]]:
        return grouped(self.edition.controls, lambda control: control.risk)

    @cached_property
    def standards_of(self) -> Mapping[str, list[DiscretionStandard]]:
        return grouped(self.edition.standards, lambda standard: standard.power)

    @cached_property
    def steps_of(self) -> Mapping[str, tuple[Node, ...]]:
        """The steps of each flow in use, by the flow's code."""
        return {flow.code: flow.steps for flow in self.flows}

    @cached_property
    def risky_steps(self) -> frozenset[tuple[str, str]]:
        """Steps to which a risk is bound: flow's code and step's key."""
        return frozenset((risk.flow, risk.step) for risk in self.risks if risk.step)

    def line(self, power: Power) -> Iterator[Power]:
        """Yield a power and the main items that it belongs to."""
        held: Power | None = power
        for _ in range(_MOST_ABOVE):
            if held is None:
                return
            yield held
            held = self.power.get(held.parent) if held.parent else None

    def of_line(self, held: Mapping[str, list[T]], power: Power) -> list[T]:
        """Return what belongs to a power, or else to the main item above it."""
        for one in self.line(power):
            if found := held.get(one.code):
                return found
        return []

    def post(self, name: str) -> PostFacts | None:
        """Return what is known of a post."""
        posts = self.facts.posts or {}
        return posts.get(name) or posts.get(self.facts.also.get(name, ""))

    def grade_of(self, flow: PowerFlow) -> int | None:
        """Return the grade of a flow's power."""
        power = self.power.get(flow.power)
        return power.grade if power else None


def grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, list[T]]:
    """Return items by what they belong to."""
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def _first(items: Iterable[T]) -> dict[str, T]:
    """Return items by code; of several with one code the first counts."""
    held: dict[str, T] = {}
    for item in items:
        held.setdefault(item.code, item)  # type: ignore[attr-defined]
    return held


def named(node: Node) -> str:
    """Return how a sentence names a step."""
    key = step_key(node)
    return f"{key} {node.title}" if key == node.number else node.title
