"""All that is known of one flow while it is drawn: does it hold, how few people, how long.

The findings are those of the lint, asked of this flow alone; what it refines and the power
that it belongs to are looked at with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.model import Flow, Limit, Node
from guiju.core.flow.soundness import Fault, prove
from guiju.core.flow.ways import ahead, edges_along, edges_among
from guiju.core.lists.facts import Facts
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.lint import CHECKS, Finding, lint
from guiju.core.lists.lint.limits import length, longest_way
from guiju.core.lists.model import Edition
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.proof import LEAST, FlowProof, proof_of
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence
from guiju.core.terms import FaultKind, LimitUnit

_ASKED = frozenset({"GJ203", "GJ204", "GJ205", "GJ206", "GJ207", "GJ305"})
"""Whether it holds (GJ202) and for how few people (GJ301) is told in full, not as a finding."""

_CHECKS = tuple(check for check in CHECKS if check.code in _ASKED)


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a flow does not hold, and where in its picture.

    Attributes:
        sentence: what is wrong and what to do.
        nodes: ids of the elements where it shows.
        edges: ids of the lines on the way there.
    """

    sentence: Sentence
    nodes: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """What one person does of all the steps: by which posts, and which."""

    posts: tuple[str, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FlowJudgement:
    """What is known of a flow.

    Attributes:
        stuck: why it does not hold; none for a sound one.
        proof: how few people complete it.
        required: how many must take part, by the power's grade.
        shares: one example of those few people, by their posts.
        longest: its limits together on the slowest way; None where no step has one.
        findings: what the lint says of it besides, the gravest first.
    """

    stuck: tuple[Stuck, ...]
    proof: FlowProof
    required: int
    shares: tuple[Share, ...]
    longest: Limit | None
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not self.stuck

    @property
    def is_enough(self) -> bool | None:
        """Whether as many must take part as the profile wants; None where nobody knows."""
        number = self.proof.number
        return None if number is None else number >= self.required


def judged(
    flow: PowerFlow, edition: Edition, facts: Facts, profile: Profile, today: date
) -> FlowJudgement:
    """Return what is known of a flow with a graph.

    Args:
        flow: as it is, or as it would be.
        edition: in which it stands, without it; of the rest only its power and the flow that
            it refines are looked at.
        facts: the posts and who holds them.
        profile: by which the edition is judged.
        today: the day.
    """
    graph = flow.graph or Flow("flow", flow.name, (), ())
    shown = replace(flow, is_active=True)
    others = tuple(one for one in edition.flows if one.code == flow.parent != flow.code)
    whole = replace(edition, flows=(*others, shown))
    report = lint(whole, facts, profile, today, checks=_CHECKS)
    power = next((one for one in edition.powers if one.code == flow.power), None)
    stuck = stuck_at(graph)
    proof = proof_of(graph, facts.named_posts, today)
    return FlowJudgement(
        stuck,
        proof,
        required_of(power, profile),
        _shares(graph, proof),
        longest(graph),
        tuple(one for one in report.findings if (one.kind, one.item) == (ItemKind.FLOW, flow.code)),
    )


def required_of(power: Power | None, profile: Profile) -> int:
    """Return how many people must take part in a power, by its grade."""
    return profile.least_people.get((power.grade if power else None) or 0, LEAST)


def stuck_at(graph: Flow) -> tuple[Stuck, ...]:
    """Return why a flow does not hold, each with the way that leads there."""
    try:
        net = compile_flow(graph)
        return tuple(_stuck(graph, fault, explain_fault(net, fault)) for fault in prove(net).faults)
    except Invalid as refusal:
        return (Stuck(refusal.sentence),)


def _stuck(graph: Flow, fault: Fault, sentence: Sentence) -> Stuck:
    nodes = {fault.node, *fault.waiting}
    edges = edges_along(graph, fault.path)
    if fault.kind is FaultKind.ENDLESS:
        round_ = ahead(graph, fault.node)
        nodes, edges = nodes | round_, edges | edges_among(graph, round_)
    return Stuck(sentence, frozenset(nodes), edges)


def longest(graph: Flow) -> Limit | None:
    """Return the limits of the slowest way together, in days or, where all are, working days."""
    limits = [node.limit for node in graph.nodes if node.limit]
    if not limits:
        return None
    working = all(limit.unit is LimitUnit.WORKING_DAYS for limit in limits)
    unit = LimitUnit.WORKING_DAYS if working else LimitUnit.DAYS
    return Limit(-(-longest_way(graph) // length(Limit(1, unit))), unit)


def _shares(graph: Flow, proof: FlowProof) -> tuple[Share, ...]:
    if proof.people is None:
        return ()
    post_of = {node.activity: node.post for node in _all(graph) if node.activity}
    steps: dict[str, list[str]] = {person: [] for person in proof.people.people}
    for step, people in proof.people.assignment.items():
        for person in people:
            steps[person].append(step)
    return tuple(
        Share(tuple(dict.fromkeys(filter(None, (post_of.get(s, "") for s in done)))), tuple(done))
        for done in steps.values()
    )


def _all(graph: Flow) -> Iterator[Node]:
    yield from graph.nodes
    for called in graph.called:
        yield from _all(called)
