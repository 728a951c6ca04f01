"""Which single rule, dropped, would let fewer people do?

One search answers for all rules: where rules stand in the way, only a rule between
steps of the core can have been the hindrance, so the search goes on from there
without that rule, and otherwise as if none were dropped.
"""

from __future__ import annotations

from guiju.core.flow.people.problem import Problem
from guiju.core.flow.people.search import At, Effort, Search, Witness


class LenientSearch(Search):
    """Looks for teams that fail under all rules and succeed without one of them."""

    def __init__(self, problem: Problem, effort: Effort) -> None:
        super().__init__(problem, effort)
        self._found: dict[int, Witness] = {}
        self._without = {
            index: Search(problem.without_rule(index), effort)
            for index in range(len(problem.rules))
        }

    def teams_of(self, seats: int) -> dict[int, Witness]:
        """Return for rules not answered before (by number) a team that does without them.

        At most ``seats`` people must be too few under all rules.
        """
        self._found = {}
        self.team_of(seats)
        return self._found

    def everyone_without(self) -> dict[int, Witness]:
        """Return the same for all people together."""
        self._found = {}
        self.everyone()
        return self._found

    def clash(self, at: At, core: int) -> None:
        """Go on from ``at`` without each rule that keeps two steps of ``core`` apart."""
        for index in self._problem.rules_within(core):
            if index in self._without and (found := self._without[index].explore(at)):
                self._found[index] = found
                del self._without[index]
