"""Exact search for a team of at most so many people (engine.md, section 3).

The search splits on facts that hold for every solution not yet ruled out: a step
that all complete runs need must get its signers; when no run is staffed, the next
member must be able to do a step of the cut; when a run is staffed but its rules
cannot be kept, either a step of the core is avoided, or the next member must be
able to do a step of the core.

Once teams with a person have been tried in vain, nobody who can do nothing more need
be tried (``spent``): in any solution with such a one, the first could take the place
or sits there already, and that solution would have been found.
"""

from __future__ import annotations

from typing import NamedTuple

from guiju.core.errors import Invalid
from guiju.core.flow.net import bits
from guiju.core.flow.people.colouring import Colouring, Core
from guiju.core.flow.people.problem import Problem
from guiju.core.flow.people.routes import Blocked, Run
from guiju.core.sentence import zh

EFFORT = 300_000
"""Search nodes after which an answer is refused rather than waited for: about ten seconds."""


class Effort:
    """What a question may still cost; shared by all searches that it takes."""

    def __init__(self, nodes: int = EFFORT) -> None:
        self._nodes = nodes

    def spend(self) -> None:
        """Count one node.

        Raises:
            Invalid: PEOPLE-08 when there were too many.
        """
        self._nodes -= 1
        if self._nodes < 0:
            raise Invalid(
                "PEOPLE-08",
                zh(
                    "人员、步骤和规则的组合太多，最少人数未能算完。"
                    "请把流程拆成几段分别计算，或减少同一步骤可办的人员。"
                ),
            )


class Witness(NamedTuple):
    """A team, the run that it can carry out, and who signs which of its steps (masks)."""

    team: int
    run: Run
    signers: dict[int, int]


class At(NamedTuple):
    """A node: the team, seats left, steps given up, steps taken on, people ruled out."""

    team: int
    seats: int
    barred: int = 0
    must: int = 0
    spent: int = 0


class Search:
    """Looks for teams that can complete ``problem``.

    Attributes:
        cores: step sets whose rules stood in the way.
    """

    def __init__(self, problem: Problem, effort: Effort) -> None:
        self.cores: set[int] = set()
        self._problem = problem
        self._effort = effort
        self._lacking: dict[int, int] = {}
        self._everyone = (1 << len(problem.people)) - 1
        self._colouring = Colouring(
            required=problem.required, apart=problem.apart, tick=effort.spend
        )

    def team_of(self, seats: int) -> Witness | None:
        """Return a team of at most ``seats`` people."""
        return self.explore(At(team=0, seats=seats))

    def everyone(self) -> Witness | None:
        """Return how all people together can complete the flow."""
        return self.explore(At(team=self._everyone, seats=0))

    def clash(self, _at: At, core: int) -> None:
        """Take note that at a node the rules keep the steps of ``core`` from being shared out."""
        self.cores.add(core)

    def explore(self, at: At) -> Witness | None:
        """Return a solution with ``at.team`` and at most ``at.seats`` more, as ``at`` demands."""
        self._effort.spend()
        problem = self._problem
        open_steps = ~at.barred
        needed = problem.routes.needed(open_steps)
        if needed is None:
            return None
        must = needed | at.must
        staffed = problem.staffed(at.team)
        uncovered = must & ~staffed
        if uncovered:
            return self._cover(at, must, uncovered)
        run = problem.routes.run(staffed & open_steps)
        if isinstance(run, Blocked):
            return self._widen(at, run.cut & open_steps)
        signers = self._colouring.assign(
            {step: problem.holders[step] & at.team for step in bits(run.steps)}
        )
        if not isinstance(signers, Core):
            return Witness(at.team, run, signers)
        self.clash(at, signers.steps)
        return self._avoid(at, signers.steps, must)

    def _cover(self, at: At, must: int, uncovered: int) -> Witness | None:
        """Seat somebody for an uncovered step with few candidates."""
        if not at.seats:
            return None
        if at.seats == 1:
            return self._seat(at, self._able_to(uncovered, at))
        if self._too_many(at, uncovered) or self._apart(at, must):
            return None
        rarest = (uncovered & -uncovered).bit_length() - 1
        return self._seat(at, self._candidates(at, rarest), uncovered)

    def _able_to(self, steps: int, at: At) -> int:
        """Return who may still join and can do all of ``steps``."""
        people = ~(at.team | at.spent)
        for step in bits(steps):
            people &= self._problem.holders[step]
            if not people:
                break
        return people

    def _too_many(self, at: At, uncovered: int) -> bool:
        """Tell whether steps without a common candidate alone need more seats than are left."""
        taken = needed = 0
        for step in bits(uncovered):
            candidates = self._candidates(at, step)
            if not candidates & taken:
                taken |= candidates
                needed += self._gap(at, step)
                if needed > at.seats:
                    return True
        return False

    def _apart(self, at: At, must: int) -> bool:
        """Tell whether rules forbid ``must`` even if all who join could do every step."""
        problem = self._problem
        joining = ((1 << at.seats) - 1) << len(problem.people)
        free = {step: problem.holders[step] & at.team | joining for step in bits(must)}
        core = self._colouring.assign(free, joining)
        if isinstance(core, Core):
            self.clash(at, core.steps)
            return True
        return False

    def _gap(self, at: At, step: int) -> int:
        have = (self._problem.holders[step] & at.team).bit_count()
        return self._problem.required[step] - have

    def _candidates(self, at: At, step: int) -> int:
        return self._problem.holders[step] & ~at.team & ~at.spent

    def _avoid(self, at: At, core: int, must: int) -> Witness | None:
        """Give up each step of ``core`` that can be given up, in turn; else widen the team."""
        for step in bits(core & ~must):
            found = self.explore(at._replace(barred=at.barred | 1 << step, must=must))
            if found:
                return found
            must |= 1 << step
        return self._widen(at._replace(must=must), core)

    def _widen(self, at: At, steps: int) -> Witness | None:
        choices = 0
        for step in bits(steps):
            choices |= self._candidates(at, step)
        return self._seat(at, choices)

    def _seat(self, at: At, choices: int, uncovered: int = 0) -> Witness | None:
        """Explore the team with each of ``choices`` in turn."""
        if not at.seats:
            return None
        able = self._problem.able
        spent = at.spent
        for person in sorted(
            bits(choices),
            key=lambda p: ((able[p] & uncovered).bit_count(), able[p].bit_count()),
            reverse=True,
        ):
            if spent >> person & 1:
                continue
            after = at._replace(team=at.team | 1 << person, seats=at.seats - 1, spent=spent)
            spent |= self._below(person, at)
            if after.seats == 1 and not self._able_to(uncovered & ~able[person], after):
                self._effort.spend()
                continue
            if found := self.explore(after):
                return found
        return None

    def _below(self, person: int, at: At) -> int:
        """Return all who can do nothing more than ``person``, who is among them."""
        problem = self._problem
        beyond = problem.routes.steps & ~at.barred & ~problem.able[person]
        if beyond not in self._lacking:
            others = 0
            for step in bits(beyond):
                others |= problem.holders[step]
            self._lacking[beyond] = self._everyone & ~others
        return self._lacking[beyond]
