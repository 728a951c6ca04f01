"""Finding a grade: four methods and the weighted factors, each pure, each with its reasons.

Where a profile runs two, the stricter counts and the conflict is shown (K2, K3). A method
that lacks what it needs says nothing, so an answer is never made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.core.lists.powers import Power
from guiju.core.lists.profile import GradeRule, Profile
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Attention, GradeMethod, Side
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, zh


@dataclass(frozen=True, slots=True)
class Graded:
    """What one method gives: the grade (1 is the highest) and why.

    Reasons are sentences of ours, or texts of the profile as they stand there.
    """

    method: GradeMethod
    grade: int
    reasons: tuple[str | Sentence, ...]


@dataclass(frozen=True, slots=True)
class Grading:
    """What all methods together give; ``grade`` is the strictest, None when none could say."""

    results: tuple[Graded, ...] = ()

    @property
    def grade(self) -> int | None:
        return min((result.grade for result in self.results), default=None)

    @property
    def is_conflict(self) -> bool:
        return len({result.grade for result in self.results}) > 1

    @property
    def reasons(self) -> tuple[str | Sentence, ...]:
        """Why the strictest grade holds."""
        return tuple(
            reason
            for result in self.results
            if result.grade == self.grade
            for reason in result.reasons
        )


def by_rules(power: Power, profile: Profile) -> Graded | None:
    """Grade a power by who runs it, who looks and what it is (S1-13 to S1-18)."""
    matching = [rule for rule in profile.rules if _matches(rule, power)]
    if not matching:
        return None
    grade = min(rule.grade for rule in matching)
    reasons = tuple(rule.text for rule in matching if rule.grade == grade)
    return Graded(GradeMethod.RULES, grade, reasons)


def _matches(rule: GradeRule, power: Power) -> bool:
    if rule.is_discretionary is not None and rule.is_discretionary != power.is_discretionary:
        return False
    if rule.is_major is not None and rule.is_major != power.is_major:
        return False
    chosen = (
        (rule.managers, power.manager),
        (rule.attentions, power.attention),
        (rule.sides, power.side),
        (rule.kinds, power.kind),
    )
    if any(allowed and held not in allowed for allowed, held in chosen):
        return False
    return not rule.words or any(word in power.name for word in rule.words)


def by_checklist(answers: Iterable[str], profile: Profile) -> Graded | None:
    """Grade by the criteria that hold: the gravest decides (S4-18 to S4-20)."""
    held = set(answers)
    holding = [criterion for criterion in profile.criteria if criterion.code in held]
    if not holding:
        return None
    grade = min(criterion.grade for criterion in holding)
    reasons = tuple(c.text for c in holding if c.grade == grade)
    return Graded(GradeMethod.CHECKLIST, grade, reasons)


def by_matrix(probability: int | None, harm: int | None, profile: Profile) -> Graded | None:
    """Grade by how likely and how harmful, both 1 to 3 (S4-16)."""
    if probability not in (1, 2, 3) or harm not in (1, 2, 3) or len(profile.matrix) != 3:
        return None
    grade = profile.matrix[probability - 1][harm - 1]
    reason = zh("发生几率 {probability}、危害程度 {harm}", probability=probability, harm=harm)
    return Graded(GradeMethod.MATRIX, grade, (reason,))


def by_count(points: int, answers: Iterable[str], profile: Profile) -> Graded | None:
    """Grade by the number of risk points; one trigger alone makes grade 1 (青海大学)."""
    held = set(answers)
    triggers = [c for c in profile.criteria if c.is_trigger and c.code in held]
    if triggers:
        return Graded(GradeMethod.COUNT, 1, tuple(criterion.text for criterion in triggers))
    for least, grade in sorted(profile.counts, reverse=True):
        if points >= least:
            return Graded(GradeMethod.COUNT, grade, (zh("有 {points} 个风险点", points=points),))
    return None


def by_factors(power: Power, risks: Sequence[Risk], profile: Profile) -> Graded | None:
    """Grade by number of points, importance, frequency and likelihood, weighted (S1-11)."""
    likely = max((risk.probability or 0 for risk in risks), default=0)
    often = max((risk.frequency or 0 for risk in risks), default=0)
    if not likely or not often:
        return None
    factors = profile.factors
    held = (
        _level(len(risks), factors.points),
        _importance(power),
        _level(often, factors.frequency),
        likely,
    )
    score = sum(weight * value for weight, value in zip(factors.weights, held, strict=True))
    grade = 1 if score >= factors.first else 2 if score >= factors.second else 3
    reason = zh(
        "风险点 {points}、重要性 {importance}、频率 {frequency}、几率 {likely}，加权得 {score} 分",
        points=held[0],
        importance=held[1],
        frequency=held[2],
        likely=held[3],
        score=score,
    )
    return Graded(GradeMethod.FACTORS, grade, (reason,))


def _level(number: int, steps: tuple[int, int]) -> int:
    return 1 + sum(number >= step for step in steps)


def _importance(power: Power) -> int:
    if power.is_major or power.manager is LeaderLevel.HEAD or power.attention is Attention.HIGH:
        return 3
    if power.is_discretionary or power.manager is LeaderLevel.DEPUTY:
        return 2
    return 1 if power.side is Side.INTERNAL else 2


def grade_risk(risk: Risk, profile: Profile) -> Grading:
    """Grade one risk by the profile's methods that look at a risk alone."""
    return Grading(tuple(_of_risk(risk, profile)))


def _of_risk(risk: Risk, profile: Profile) -> Iterable[Graded]:
    for method in profile.methods:
        found: Graded | None = None
        if method is GradeMethod.CHECKLIST:
            found = by_checklist(risk.answers, profile)
        elif method is GradeMethod.MATRIX:
            found = by_matrix(risk.probability, risk.harm, profile)
        if found is not None:
            yield found


def grade_power(power: Power, risks: Sequence[Risk], profile: Profile) -> Grading:
    """Grade a power by all of the profile's methods; by its risks it is as grave as the gravest."""
    return Grading(tuple(_of_power(power, risks, profile)))


def _of_power(power: Power, risks: Sequence[Risk], profile: Profile) -> Iterable[Graded]:
    of_risks = [graded for risk in risks for graded in _of_risk(risk, profile)]
    for method in profile.methods:
        if method is GradeMethod.RULES:
            found = by_rules(power, profile)
        elif method is GradeMethod.COUNT:
            answers = [answer for risk in risks for answer in risk.answers]
            found = by_count(len(risks), answers, profile)
        elif method is GradeMethod.FACTORS:
            found = by_factors(power, risks, profile)
        else:
            same = (graded for graded in of_risks if graded.method is method)
            found = min(same, key=lambda graded: graded.grade, default=None)
        if found is not None:
            yield found


def grade_within(
    risk: Risk, power: Power | None, risks: Sequence[Risk], profile: Profile
) -> Grading:
    """Grade one risk by all of the profile's methods (S1-11 to S1-15, S4-16, K2).

    Methods that look at a risk look at this one alone, those that look at a power at the power
    with all its risks.

    Args:
        risk: with its answers, probability and harm.
        power: to which it belongs; None for a risk of a post or a person.
        risks: all risks of that power.
        profile: whose methods run.
    """
    of_risk = {one.method: one for one in _of_risk(risk, profile)}
    if power is not None:
        for one in _of_power(power, risks, profile):
            if one.method not in _OF_A_RISK:
                of_risk[one.method] = one
    return Grading(tuple(of_risk[one] for one in profile.methods if one in of_risk))


_OF_A_RISK = (GradeMethod.CHECKLIST, GradeMethod.MATRIX)
