"""Exact search for a team of at most so many people (engine.md, section 3).

The search splits on facts that hold for every solution not yet ruled out: a step
that all complete runs need must get its signers; when no run is staffed, the next
member must be able to do a step of the cut; when a run is staffed but its rules
cannot be kept, either a step of the core is avoided, or the next member must be
able to do a step of the core. What has been tried is not tried again (``spent``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from guiju.core.errors import Invalid
from guiju.core.flow.net import bits
from guiju.core.flow.people.colouring import Colouring, Core
from guiju.core.flow.people.problem import Problem
from guiju.core.flow.people.routes import Blocked, Run
from guiju.core.sentence import zh

EFFORT = 300_000
"""Search nodes after which an answer is refused rather than waited for."""


class Witness(NamedTuple):
    """A team, the run that it can carry out, and who signs which of its steps (masks)."""

    team: int
    run: Run
    signers: dict[int, int]


class _At(NamedTuple):
    """A node: the team, seats left, steps given up, steps taken on, people ruled out."""

    team: int
    seats: int
    barred: int = 0
    must: int = 0
    spent: int = 0


class Search:
    """One question: can ``seats`` people complete ``problem``?

    Attributes:
        cores: step sets whose rules stood in the way. Dropping a rule that keeps no
            two steps of any core apart cannot turn a "no" into a "yes".
    """

    def __init__(self, problem: Problem, effort: int = EFFORT) -> None:
        self._problem = problem
        self._effort = effort
        self._colouring = Colouring(
            holders=problem.holders,
            required=problem.required,
            apart=problem.apart,
            tick=self._tick,
        )
        self.cores: set[int] = set()

    def team_of(self, seats: int, rank: Iterable[int]) -> Witness | None:
        """Return a team of at most ``seats`` people; ``rank`` counts who could replace each.

        A person for whom ``seats`` others can do all that they can do is left out: one
        of those is always free to take the place (and each such exchange moves up in
        a fixed order, so that exchanging ends).
        """
        spare = sum(1 << person for person, betters in enumerate(rank) if betters >= seats)
        return self._explore(_At(team=0, seats=seats, spent=spare))

    def everyone(self) -> Witness | None:
        """Return how all people together can complete the flow."""
        return self._explore(_At(team=(1 << len(self._problem.people)) - 1, seats=0))

    def _tick(self) -> None:
        self._effort -= 1
        if self._effort < 0:
            raise Invalid(
                "PEOPLE-08",
                zh(
                    "人员、步骤和规则的组合太多，最少人数未能算完。"
                    "请把流程拆成几段分别计算，或减少同一步骤可办的人员。"
                ),
            )

    def _explore(self, at: _At) -> Witness | None:
        self._tick()
        problem = self._problem
        open_steps = ~at.barred
        needed = problem.routes.needed(open_steps)
        if needed is None:
            return None
        staffed = problem.staffed(at.team)
        uncovered = (needed | at.must) & ~staffed
        if uncovered:
            return self._cover(at, uncovered)
        run = problem.routes.run(staffed & open_steps)
        if isinstance(run, Blocked):
            return self._widen(at, run.cut & open_steps)
        signers = self._colouring.assign(run.steps, at.team)
        if not isinstance(signers, Core):
            return Witness(at.team, run, signers)
        self.cores.add(signers.steps)
        return self._avoid(at, signers.steps, needed | at.must)

    def _cover(self, at: _At, uncovered: int) -> Witness | None:
        """Seat somebody for the uncovered step with the fewest candidates."""
        choices = [self._candidates(at, step) for step in bits(uncovered)]
        gaps = [self._gap(at, step) for step in bits(uncovered)]
        if self._too_many(at.seats, choices, gaps):
            return None
        if at.seats == 1:
            last = choices[0]
            for other in choices:
                last &= other
            return self._seat(at, last)
        return self._seat(at, min(choices, key=int.bit_count))

    @staticmethod
    def _too_many(seats: int, choices: list[int], gaps: list[int]) -> bool:
        """Tell whether steps without a common candidate alone need more seats than are left."""
        taken = needed = 0
        for candidates, gap in sorted(
            zip(choices, gaps, strict=True), key=lambda c: c[0].bit_count()
        ):
            if not candidates & taken:
                taken |= candidates
                needed += gap
                if needed > seats or candidates.bit_count() < gap:
                    return True
        return False

    def _gap(self, at: _At, step: int) -> int:
        have = (self._problem.holders[step] & at.team).bit_count()
        return self._problem.required[step] - have

    def _candidates(self, at: _At, step: int) -> int:
        return self._problem.holders[step] & ~at.team & ~at.spent

    def _avoid(self, at: _At, core: int, must: int) -> Witness | None:
        """Give up each step of ``core`` that can be given up, in turn; else widen the team."""
        for step in bits(core & ~must):
            found = self._explore(at._replace(barred=at.barred | 1 << step, must=must))
            if found:
                return found
            must |= 1 << step
        return self._widen(at._replace(must=must), core)

    def _widen(self, at: _At, steps: int) -> Witness | None:
        choices = 0
        for step in bits(steps):
            choices |= self._candidates(at, step)
        return self._seat(at, choices)

    def _seat(self, at: _At, choices: int) -> Witness | None:
        if not at.seats:
            return None
        able = self._problem.able
        spent = at.spent
        for person in sorted(bits(choices), key=lambda p: -able[p].bit_count()):
            found = self._explore(
                at._replace(team=at.team | 1 << person, seats=at.seats - 1, spent=spent)
            )
            if found:
                return found
            spent |= 1 << person
        return None
