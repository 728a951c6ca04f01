"""The least number of people, and which separation rule it rests on."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.core.flow.net import Net, bits
from guiju.core.flow.people.lenient import LenientSearch
from guiju.core.flow.people.model import PeopleResult, RuleEffect, Separation, Staffing
from guiju.core.flow.people.problem import Problem, build
from guiju.core.flow.people.reason import why_impossible
from guiju.core.flow.people.search import Effort, Search, Witness

LIMIT = 4
"""Above this many people the answer is "more" (engine.md, section 3)."""


def least_people(
    net: Net,
    staffing: Staffing,
    separations: Sequence[Separation] = (),
    *,
    limit: int = LIMIT,
) -> PeopleResult:
    """Return how few people can complete ``net`` on its easiest path, with an example.

    The net is meant to be sound. The answer is exact up to ``limit`` people.

    Raises:
        Invalid: PEOPLE-01 to PEOPLE-04 for input that does not fit the net, PEOPLE-05
            to PEOPLE-07 for a net that is not sound or too large, PEOPLE-08 when the
            search would take too long.
    """
    return _least(net, build(net, staffing, separations), limit, Effort())


def which_rule_matters(
    net: Net,
    staffing: Staffing,
    separations: Sequence[Separation],
    *,
    limit: int = LIMIT,
) -> tuple[RuleEffect, ...]:
    """Return, in the order given, each rule without which fewer people would do.

    Raises:
        Invalid: as ``least_people``.
    """
    problem, effort = build(net, staffing, separations), Effort()
    before = _least(net, problem, limit, effort)
    bound = _least(net, problem.with_rules(()), limit, effort)
    if _size(bound) == _size(before):
        return ()
    search = LenientSearch(problem, effort)
    effects: dict[int, PeopleResult] = {}
    for seats in range(_size(bound), min(_size(before), limit + 1)):
        for rule, found in search.teams_of(seats).items():
            effects[rule] = _told(net, problem, found, limit)
    if before.reason is not None:
        for rule in search.everyone_without():
            effects[rule] = PeopleResult(capped=True, limit=limit)
    return tuple(RuleEffect(problem.rules[i][0], effects[i]) for i in sorted(effects))


def _size(answer: PeopleResult) -> int:
    """Order answers: a number, then "more than the limit", then impossible."""
    if answer.number is not None:
        return answer.number
    return answer.limit + (1 if answer.capped else 2)


def _least(net: Net, problem: Problem, limit: int, effort: Effort) -> PeopleResult:
    search = Search(problem, effort)
    if search.everyone() is None:
        return PeopleResult(limit=limit, reason=why_impossible(problem, search.cores))
    for seats in range(limit + 1):
        found = search.team_of(seats)
        if found:
            return _told(net, problem, found, limit)
    return PeopleResult(capped=True, limit=limit)


def _told(net: Net, problem: Problem, found: Witness, limit: int) -> PeopleResult:
    """Name the witness, steps and people in the order of the run."""
    labels = (net.transitions[index].label for index in found.run.moves)
    path = tuple(label for label in labels if label)
    step_of = {name: step for step, name in enumerate(problem.steps)}
    steps = [step_of[name] for name in dict.fromkeys(path) if name in step_of]
    assignment = {
        problem.steps[step]: tuple(problem.people[person] for person in bits(found.signers[step]))
        for step in steps
    }
    return PeopleResult(
        number=found.team.bit_count(),
        people=tuple(dict.fromkeys(person for team in assignment.values() for person in team)),
        assignment=assignment,
        path=path,
        captured=tuple(
            problem.steps[step] for step in steps if not problem.holders[step] & ~found.team
        ),
        limit=limit,
    )
