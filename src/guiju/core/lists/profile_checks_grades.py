"""Grades and how they are found: the three are told apart, and graver never grades lower."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.core.lists.profile import GRADES, Factors, Profile
from guiju.core.lists.profile_fault import Fault, twice
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.words import GradeMethod, PeriodUnit
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import quoted, zh

_LEVELS = tuple(LeaderLevel)
_LENGTHS = {
    PeriodUnit.DAYS: 5,
    PeriodUnit.WORKING_DAYS: 7,
    PeriodUnit.MONTHS: 150,
    PeriodUnit.YEARS: 1825,
}
"""In fifths of a day: five working days are a week."""


def grade_faults(profile: Profile) -> Iterator[Fault]:
    """Give what is wrong with grades, methods and levels (K1, K2, K3, K11)."""
    yield from _labels(profile)
    yield from _methods(profile)
    yield from _rules(profile)
    yield from _criteria(profile)
    yield from _matrix(profile)
    yield from _counts(profile)
    yield from _factors(profile)
    yield from _levels(profile)


def _labels(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.GRADES
    if sorted(one.grade for one in profile.grades) != list(GRADES):
        yield Fault(
            "PF101",
            part,
            zh("三个等级要各写一条，不多不少，才分得出高低。请补齐或删去重复的。"),
        )
    for at, one in enumerate(profile.grades):
        if not one.label.strip():
            yield Fault("PF102", part, zh("这个等级没有名称。请填写，例如“一级”。"), (at,))
    names = [name for one in profile.grades for name in {one.label, *one.synonyms} if name]
    if again := twice(names):
        yield Fault(
            "PF103",
            part,
            zh(
                "{words}同时是两个等级的名称，导入时分不清。请只留给一个等级。", words=quoted(again)
            ),
        )


def _methods(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.METHODS
    if not profile.methods:
        yield Fault("PF104", part, zh("没有选定级方法，风险定不了级。请至少选一种。"))
    if twice(profile.methods):
        yield Fault("PF104", part, zh("同一种定级方法写了两遍。请删去一遍。"))
    held = {
        GradeMethod.RULES: profile.rules,
        GradeMethod.CHECKLIST: profile.criteria,
        GradeMethod.MATRIX: profile.matrix,
        GradeMethod.COUNT: profile.counts,
        GradeMethod.FACTORS: True,
    }
    for method in dict.fromkeys(profile.methods):
        if not held[method]:
            yield Fault(
                "PF105",
                part,
                zh("选了「{method}」，却没有写它的内容。请写上，或不选它。", method=method.label),
            )


def _rules(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.RULES
    if again := twice(one.code for one in profile.rules):
        yield Fault("PF106", part, zh("代号{codes}重复。请改成不同的。", codes=quoted(again)))
    for at, rule in enumerate(profile.rules):
        asked = (rule.managers, rule.attentions, rule.sides, rule.kinds, rule.words)
        is_asked = any(asked) or rule.is_discretionary is not None or rule.is_major is not None
        if rule.grade not in GRADES or not rule.text.strip():
            yield Fault("PF107", part, zh("这条规则缺等级或说明。请补上。"), (at,))
        if not is_asked:
            yield Fault(
                "PF108",
                part,
                zh("规则「{text}」没有条件，会用到所有权力上。请写明条件。", text=rule.text),
                (at,),
            )
        if strange := [kind for kind in rule.kinds if profile.kind_label(kind) is None]:
            yield Fault(
                "PF109",
                part,
                zh(
                    "规则「{text}」提到的类别{kinds}，配置里没有。请改选，或先加上这个类别。",
                    text=rule.text,
                    kinds=quoted(strange),
                ),
                (at,),
            )


def _criteria(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.CRITERIA
    if again := twice(one.code for one in profile.criteria):
        yield Fault("PF106", part, zh("代号{codes}重复。请改成不同的。", codes=quoted(again)))
    for at, one in enumerate(profile.criteria):
        if one.grade not in GRADES or not one.text.strip():
            yield Fault("PF107", part, zh("这一条缺等级或说明。请补上。"), (at,))


def _matrix(profile: Profile) -> Iterator[Fault]:
    rows = profile.matrix
    columns = tuple(zip(*rows, strict=True)) if rows else ()
    is_odd = any(lower < higher for line in (*rows, *columns) for lower, higher in pairwise(line))
    if is_odd:
        yield Fault(
            "PF110",
            ProfilePart.MATRIX,
            zh("几率或危害更高，等级却更低。请把表改成越往右、越往下等级越高或不变。"),
        )


def _counts(profile: Profile) -> Iterator[Fault]:
    part, held = ProfilePart.COUNTS, sorted(profile.counts)
    if twice(str(least) for least, _ in held) or any(least < 1 for least, _ in held):
        yield Fault("PF111", part, zh("风险点的数量要各不相同，都不小于 1。请改正。"))
    elif any(before <= after for (_, before), (_, after) in pairwise(held)):
        yield Fault("PF112", part, zh("风险点更多，等级却没有更高。请改正数量或等级。"))


def _factors(profile: Profile) -> Iterator[Fault]:
    if GradeMethod.FACTORS not in profile.methods and profile.factors == Factors():
        return
    part, held = ProfilePart.FACTORS, profile.factors
    if any(weight < 0 for weight in held.weights) or not any(held.weights):
        yield Fault("PF113", part, zh("各因素的份数不能是负数，也不能全是 0。请改正。"))
        return
    for first, second in (held.points, held.frequency):
        if not 0 < first < second:
            yield Fault("PF114", part, zh("算 2 的数要大于 0，算 3 的数要比它更大。请改正。"))
    least, most = sum(held.weights), 3 * sum(held.weights)
    if not least < held.second < held.first <= most:
        yield Fault(
            "PF115",
            part,
            zh(
                "按这些份数，得分在 {least} 到 {most} 之间；两条分数线要在其间，"
                "最高级的线要高于中间级的线，否则有的等级永远定不到。请改正。",
                least=least,
                most=most,
            ),
        )


def _levels(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.LEVELS
    for at, grade in enumerate(GRADES):
        word = profile.grade_label(grade)
        owned, people = profile.ownership.get(grade), profile.least_people.get(grade)
        if owned is None:
            yield Fault("PF116", part, zh("没有写「{word}」由谁负责。请填写。", word=word), (at,))
        elif _rank(owned.supervisor) >= _rank(owned.owner):
            yield Fault(
                "PF117",
                part,
                zh("「{word}」的监督人要比负责人高一级以上。请改正。", word=word),
                (at,),
            )
        if people is not None and people < 2:
            yield Fault(
                "PF118", part, zh("「{word}」至少要两人参与（S0-27）。请改正。", word=word), (at,)
            )
        every = profile.check_every.get(grade)
        if every is not None and every.amount < 1:
            yield Fault(
                "PF119", part, zh("「{word}」的检查周期要大于 0。请改正。", word=word), (at,)
            )
    yield from _graver(profile)


def _graver(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.LEVELS
    for at, (high, low) in enumerate(pairwise(GRADES)):
        words = {"high": profile.grade_label(high), "low": profile.grade_label(low)}
        owned, other = profile.ownership.get(high), profile.ownership.get(low)
        if owned and other and _rank(owned.owner) > _rank(other.owner):
            yield Fault(
                "PF120",
                part,
                zh("「{high}」的负责人比「{low}」的层次还低。请改正。", **words),
                (at,),
            )
        if profile.least_people.get(high, 2) < profile.least_people.get(low, 2):
            yield Fault(
                "PF121", part, zh("「{high}」参与的人比「{low}」还少。请改正。", **words), (at,)
            )
        often, seldom = profile.check_every.get(high), profile.check_every.get(low)
        if seldom and (
            often is None
            or often.amount * _LENGTHS[often.unit] > seldom.amount * _LENGTHS[seldom.unit]
        ):
            yield Fault(
                "PF122", part, zh("「{high}」查得比「{low}」还少。请改正。", **words), (at,)
            )


def _rank(level: LeaderLevel) -> int:
    return _LEVELS.index(level)
