"""A net, its staffing and its separation rules as tables of bits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from guiju.core.errors import Invalid
from guiju.core.flow.net import Net, bits
from guiju.core.flow.people.graph import run_graph
from guiju.core.flow.people.model import Separation, Staffing
from guiju.core.flow.people.routes import Routes
from guiju.core.sentence import zh


@dataclass(frozen=True, slots=True)
class Problem:
    """Steps and people are bit numbers; names stand in ``steps`` and ``people``.

    Attributes:
        holders: for each step, the people who may do it.
        required: for each step, how many must sign it.
        joint: steps that more than one must sign (a mask).
        able: for each person, the steps that they may do.
        rules: for each rule, its code and its steps.
        apart: for each step, the steps that one person may not do with it.
        routes: what complete runs need.
    """

    steps: tuple[str, ...]
    people: tuple[str, ...]
    holders: tuple[int, ...]
    required: tuple[int, ...]
    joint: int
    able: tuple[int, ...]
    rules: tuple[tuple[str, int], ...]
    apart: tuple[int, ...]
    routes: Routes

    def with_rules(self, rules: Iterable[tuple[str, int]]) -> Problem:
        """Return the same problem under other rules."""
        kept = tuple(rules)
        return replace(self, rules=kept, apart=_apart(len(self.steps), kept))

    def staffed(self, team: int) -> int:
        """Return the steps that ``team`` has enough signers for."""
        able = 0
        for person in bits(team):
            able |= self.able[person]
        for step in bits(self.joint & able):
            if (self.holders[step] & team).bit_count() < self.required[step]:
                able ^= 1 << step
        return able

    def without_rule(self, index: int) -> Problem:
        """Return the same problem without rule ``index``."""
        return self.with_rules(rule for i, rule in enumerate(self.rules) if i != index)

    def rules_within(self, steps: int) -> list[int]:
        """Return the rules that keep two of ``steps`` apart."""
        return [i for i, (_, mask) in enumerate(self.rules) if (mask & steps).bit_count() > 1]


def build(net: Net, staffing: Staffing, separations: Sequence[Separation]) -> Problem:
    """Check the input against ``net`` and turn it into tables.

    Raises:
        Invalid: PEOPLE-01 to PEOPLE-04 for input that does not fit, and as ``run_graph``.
    """
    activities = net.activities
    _check(activities, staffing, separations)
    manned = (name for name in activities if name not in staffing.unmanned)
    # The search asks for the rarest skills first: low numbers go to steps with few holders.
    steps = tuple(sorted(manned, key=lambda name: len(staffing.duties[name].people)))
    duties = [staffing.duties[name] for name in steps]
    people = tuple(sorted(set().union(*(duty.people for duty in duties))))
    person_bit = {name: 1 << index for index, name in enumerate(people)}
    holders = tuple(sum(person_bit[name] for name in duty.people) for duty in duties)
    step_bit = {name: 1 << index for index, name in enumerate(steps)}
    rules = tuple(
        (rule.code, sum(step_bit.get(name, 0) for name in rule.activities)) for rule in separations
    )
    routes = Routes(run_graph(net), [step_bit.get(t.label, 0) for t in net.transitions])
    return Problem(
        steps=steps,
        people=people,
        holders=holders,
        required=tuple(duty.required for duty in duties),
        joint=sum(1 << index for index, duty in enumerate(duties) if duty.required > 1),
        able=_able(len(people), holders, routes.steps),
        rules=rules,
        apart=_apart(len(steps), rules),
        routes=routes,
    )


def _able(people: int, holders: Sequence[int], useful: int) -> tuple[int, ...]:
    able = [0] * people
    for step in bits(useful):
        for person in bits(holders[step]):
            able[person] |= 1 << step
    return tuple(able)


def _apart(steps: int, rules: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    apart = [0] * steps
    for _, mask in rules:
        for step in bits(mask):
            apart[step] |= mask & ~(1 << step)
    return tuple(apart)


def _check(
    activities: Sequence[str], staffing: Staffing, separations: Sequence[Separation]
) -> None:
    for name in activities:
        duty = staffing.duties.get(name)
        if name not in staffing.unmanned and duty is None:
            raise Invalid(
                "PEOPLE-01",
                zh("没有说明谁可以办「{step}」。请写明它的岗位和人员，或注明无需人办。", step=name),
            )
        if duty is not None and duty.required < 1:
            raise Invalid(
                "PEOPLE-02",
                zh(
                    "「{step}」要求 {count} 人签署，人数至少为 1。请改正。",
                    step=name,
                    count=duty.required,
                ),
            )
    codes: set[str] = set()
    for rule in separations:
        _check_rule(rule, activities, codes)
        codes.add(rule.code)


def _check_rule(rule: Separation, activities: Sequence[str], codes: set[str]) -> None:
    if rule.code in codes:
        raise Invalid(
            "PEOPLE-03", zh("规则编号「{code}」重复。请给每条规则不同的编号。", code=rule.code)
        )
    if len(rule.activities) < 2:
        raise Invalid(
            "PEOPLE-04",
            zh("规则「{code}」要分开的步骤不足两个。请写明至少两个步骤。", code=rule.code),
        )
    unknown = sorted(rule.activities.difference(activities))
    if unknown:
        raise Invalid(
            "PEOPLE-04",
            zh(
                "规则「{code}」提到的步骤「{step}」不在流程中。请核对步骤名称。",
                code=rule.code,
                step=unknown[0],
            ),
        )
