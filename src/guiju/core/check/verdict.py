"""The verdict on a whole log: every case, grouped by what it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.core.check.deviation import Judge
from guiju.core.check.deviations import Deviation, name_deviations
from guiju.core.check.log import EventLog, unpack
from guiju.core.check.moves import Move, find_moves
from guiju.core.terms import MoveKind


@dataclass(frozen=True, slots=True)
class Variant:
    """Cases with the same sequence of activities.

    Attributes:
        key: the activity codes of the log, as ``EventLog.variants`` gives them.
        cases: indices of the cases.
        cost: the exact deviation of each of them.
    """

    key: bytes
    cases: list[int]
    cost: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``judge_log`` found; variants with most cases come first."""

    log: EventLog
    judge: Judge
    variants: list[Variant]

    @property
    def conforming(self) -> int:
        """The number of cases without any deviation from the flow."""
        return sum(len(v.cases) for v in self.variants if not v.cost)

    @property
    def total_cost(self) -> int:
        """The sum of all cases' deviations."""
        return sum(len(v.cases) * v.cost for v in self.variants)

    def activities(self, variant: Variant) -> tuple[str, ...]:
        """Return the names of the activities of ``variant``."""
        names = self.log.activities
        return tuple(names[code] for code in unpack(variant.key))

    def moves(self, variant: Variant) -> tuple[Move, ...]:
        """Return one cheapest sequence of moves for ``variant``."""
        activities = self.activities(variant)
        if not variant.cost:
            return tuple(Move(MoveKind.SYNC, name, i) for i, name in enumerate(activities))
        if self.judge.is_full:
            self.judge.forget()
        return find_moves(self.judge, activities)

    def deviations(self, variant: Variant) -> tuple[Deviation, ...]:
        """Return how ``variant`` left the flow, in words' terms."""
        if not variant.cost:
            return ()
        return name_deviations(self.moves(variant), self.judge.automaton.activities)

    def deviating(self) -> Iterator[Variant]:
        """Yield the variants that do not conform."""
        return (variant for variant in self.variants if variant.cost)


def judge_log(
    judge: Judge, log: EventLog, *, progress: Callable[[int, int], None] | None = None
) -> Verdict:
    """Judge every case of ``log``; ``progress`` is told variants done and in all."""
    translated = judge.codes(log.activities)
    groups = log.variants()
    variants = []
    for done, (key, cases) in enumerate(groups.items()):
        cost = judge.cost([translated[code] for code in unpack(key)])
        variants.append(Variant(key, cases, cost))
        if progress and not done % 1000:
            progress(done, len(groups))
    return Verdict(log, judge, variants)


def tally_steps(verdict: Verdict) -> dict[str, Counter[MoveKind]]:
    """Return for each activity how many events agreed, were too many, or are missing."""
    tally: dict[str, Counter[MoveKind]] = {}
    for variant in verdict.variants:
        for move in verdict.moves(variant):
            tally.setdefault(move.activity, Counter())[move.kind] += len(variant.cases)
    return tally
