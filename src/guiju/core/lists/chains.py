"""Chains of approval: who signs what, in which order (K4; S1-20, S2-19 to S2-24, S4-24 to S4-29).

A chain names roles, bodies and statutory duties, never people or units: who that is, is found
on the day. Steps follow one another; those of one parallel group are open together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from guiju.core.lists.words import Layer
from guiju.core.lists.words_chains import ChainObject, ReviewState, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import BodyKind
from guiju.core.organisation.words_duties import StatutoryDuty


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainStep:
    """One step of a chain.

    Attributes:
        name: what people call it, such as 县政府常务会议批准.
        bodies: for a body or its office, which kinds count, the first before the others.
        duty: for a statutory duty, which.
        is_above: whether the body is looked for above the unit first.
        group: steps in a row with the same group are open together; empty stands alone.
        limit: working days that it may take.
        needs_all: whether everybody who is asked must sign, or one of them.
    """

    name: str
    action: SignAction
    role: SignerRole
    bodies: tuple[BodyKind, ...] = ()
    duty: StatutoryDuty | None = None
    is_above: bool = False
    group: str = ""
    limit: int = 5
    needs_all: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalChain:
    """The steps that something goes through; an empty condition holds for all.

    Attributes:
        source: requirement or document.
        objects, owners, layers, ranks: for what, whose, at which layer, of which level.
        is_separated: whether nobody may sign two of its steps.
    """

    code: str
    name: str
    source: str = ""
    objects: tuple[ChainObject, ...] = ()
    owners: tuple[UnitKind, ...] = ()
    layers: tuple[Layer, ...] = ()
    ranks: tuple[LeaderLevel, ...] = ()
    is_separated: bool = False
    steps: tuple[ChainStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a chain is chosen for."""

    object: ChainObject
    owner: UnitKind | None = None
    layer: Layer | None = None
    rank: LeaderLevel | None = None


def chain_for(chains: Iterable[ApprovalChain], subject: Subject) -> ApprovalChain | None:
    """Return the first chain all of whose conditions hold; None for none."""
    return next((one for one in chains if _fits(one, subject)), None)


def _fits(chain: ApprovalChain, subject: Subject) -> bool:
    pairs = (
        (chain.objects, subject.object),
        (chain.owners, subject.owner),
        (chain.layers, subject.layer),
        (chain.ranks, subject.rank),
    )
    return all(not wanted or found in wanted for wanted, found in pairs)


def stages(steps: Sequence[ChainStep]) -> tuple[tuple[int, ...], ...]:
    """Return the places of steps that are open together, stage by stage."""
    keyed = groupby(enumerate(steps), key=lambda one: one[1].group or one[0])
    return tuple(tuple(place for place, _ in together) for _, together in keyed)


@dataclass(frozen=True, slots=True)
class Sign:
    """Somebody signed a step in one of the seats that were asked."""

    place: int
    seat: str


@dataclass(frozen=True, slots=True)
class Stop:
    """The passage ended otherwise: returned, taken back, or stopped by an objection."""

    state: ReviewState


Move: TypeAlias = Sign | Stop


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a passage has come.

    Attributes:
        done: places of the steps that are signed.
        open: places at which somebody may sign now.
        lapsed: signatures that count no more, since the edition went back.
    """

    state: ReviewState = ReviewState.OPEN
    done: frozenset[int] = field(default_factory=frozenset)
    open: tuple[int, ...] = ()
    lapsed: tuple[Sign, ...] = ()


def progress(
    steps: Sequence[ChainStep], seats: Mapping[int, Collection[str]], moves: Iterable[Move]
) -> Progress:
    """Return how far a passage has come after these moves, in their order.

    A signature counts when its step was open and its seat was asked; what comes after an end
    changes nothing.

    Args:
        steps: of the chain.
        seats: who is asked at each place; a place whose stage is not reached has none yet.
        moves: what was done.
    """
    signed: list[Sign] = []
    now = _now(steps, seats, signed)
    for move in moves:
        if now.state is not ReviewState.OPEN:
            break
        if isinstance(move, Stop):
            return Progress(move.state, lapsed=tuple(signed))
        if move.place in now.open and move.seat in seats.get(move.place, ()):
            signed.append(move)
            now = _now(steps, seats, signed)
    return now


def _now(
    steps: Sequence[ChainStep], seats: Mapping[int, Collection[str]], signed: Sequence[Sign]
) -> Progress:
    done: set[int] = set()
    for together in stages(steps):
        done |= {at for at in together if is_done(steps[at], seats.get(at, ()), at, signed)}
        waiting = tuple(at for at in together if at not in done)
        if waiting:
            return Progress(ReviewState.OPEN, frozenset(done), waiting)
    return Progress(ReviewState.PASSED, frozenset(done))


def is_done(step: ChainStep, seats: Collection[str], place: int, signed: Iterable[Sign]) -> bool:
    """Tell whether a step is signed by as many as it needs; one that asks nobody never is."""
    found = {one.seat for one in signed if one.place == place} & set(seats)
    return bool(found) and (not step.needs_all or found == set(seats))
