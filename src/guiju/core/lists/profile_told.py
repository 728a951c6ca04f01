"""A profile in plain words: the same lines for its page, for comparing two, for a preview.

Every line has a key that stays while what it says changes, so that two profiles are compared
line by line (``profile_diff``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.profile import GRADES, GradeRule, Profile, StepGroup
from guiju.core.lists.profile_told_chains import chain_lines
from guiju.core.lists.profile_told_line import (
    NOTHING,
    Line,
    Text,
    all_of,
    line,
    nth,
    numbered,
    row,
)
from guiju.core.lists.profile_words import Colour, CriterionGroup, ProfilePart
from guiju.core.lists.values import Period
from guiju.core.lists.words import Dimension, ItemKind, Layer
from guiju.core.sentence import Sentence, listing, quoted, zh
from guiju.core.terms import Term

DEGREES = (zh("低"), zh("中"), zh("高"))
"""Of probability and of harm, the lowest first (P×H)."""

FACTORS = (zh("风险点"), zh("重要性"), zh("频率"), zh("几率"))
"""What is multiplied, in the order of the weights."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a profile and what it says."""

    part: ProfilePart
    lines: tuple[Line, ...]


def told(profile: Profile) -> tuple[Told, ...]:
    """Return all parts of a profile in plain words, in the order of its page."""
    return tuple(Told(part, lines_of(profile, part)) for part in ProfilePart)


def lines_of(profile: Profile, part: ProfilePart) -> tuple[Line, ...]:
    """Return what one part of a profile says."""
    return tuple(_PARTS[part](profile))


def _name(profile: Profile) -> Iterator[Line]:
    yield line("name", zh("名称"), profile.name)


def _grades(profile: Profile) -> Iterator[Line]:
    for at, one in enumerate(profile.grades):
        words = zh("也写作 {words}", words=listing(one.synonyms)) if one.synonyms else ""
        colour = Colour.of(one.colour).label if one.colour in set(Colour) else one.colour
        yield line(f"{one.grade}", _grade(one.grade), row((one.label, words, colour), zh("；")), at)


def _methods(profile: Profile) -> Iterator[Line]:
    yield line("methods", zh("方法"), _labels(profile.methods) or NOTHING)
    if len(profile.methods) > 1:
        yield line("stricter", zh("几种方法结果不同"), zh("取较严的一级，并标出不一致"))


def _rules(profile: Profile) -> Iterator[Line]:
    for at, rule in enumerate(profile.rules):
        texts = (
            zh("「{text}」定为{grade}", text=rule.text, grade=_own_grade(profile, rule.grade)),
            zh("条件：{conditions}", conditions=all_of(conditions(rule, profile)) or NOTHING),
            _source(rule.source),
        )
        yield line(rule.code, nth(at), row(texts, zh("；")), at)


def conditions(rule: GradeRule, profile: Profile) -> list[Sentence]:
    """Return the conditions of a rule in words; none for a rule that always holds."""
    words = quoted(rule.words)
    found = (
        (rule.managers, zh("直接主抓的人是{words}", words=_labels(rule.managers))),
        (rule.attentions, zh("群众关注度{words}", words=_labels(rule.attentions))),
        (rule.sides, zh("权力{words}", words=_labels(rule.sides))),
        (rule.kinds, zh("类别是{words}", words=all_of(_kind(profile, k) for k in rule.kinds))),
        (rule.words, zh("名称里有{words}", words=words)),
        (rule.is_discretionary is True, zh("有自由裁量权")),
        (rule.is_discretionary is False, zh("没有自由裁量权")),
        (rule.is_major is True, zh("属于三重一大")),
        (rule.is_major is False, zh("不属于三重一大")),
    )
    return [sentence for is_asked, sentence in found if is_asked]


def _criteria(profile: Profile) -> Iterator[Line]:
    for at, one in enumerate(profile.criteria):
        texts = (
            zh("「{text}」定为{grade}", text=one.text, grade=_own_grade(profile, one.grade)),
            _group(one.group),
            zh("按数量定级时，单独这一条就定为最高级") if one.is_trigger else "",
            _source(one.source),
        )
        yield line(one.code, nth(at), row(texts, zh("；")), at)


def _group(group: str) -> Text:
    known = CriterionGroup.of(group).label if group in set(CriterionGroup) else group
    return zh("看{group}", group=known) if group else ""


def _matrix(profile: Profile) -> Iterator[Line]:
    for probability, grades in enumerate(profile.matrix, 1):
        each = (
            zh(
                "危害{harm}为{grade}",
                harm=DEGREES[harm],
                grade=_own_grade(profile, grade),
            )
            for harm, grade in enumerate(grades)
        )
        name = zh("几率{degree}", degree=DEGREES[probability - 1])
        yield line(str(probability), name, all_of(each))


def _counts(profile: Profile) -> Iterator[Line]:
    for least, grade in sorted(profile.counts, reverse=True):
        name = zh("{count} 个风险点以上", count=least)
        yield line(str(least), name, _own_grade(profile, grade))


def _factors(profile: Profile) -> Iterator[Line]:
    factors = profile.factors
    weights = (
        zh("{name} {weight} 份", name=name, weight=weight)
        for name, weight in zip(FACTORS, factors.weights, strict=True)
    )
    yield line("weights", zh("各占"), all_of(weights))
    for key, name, (second, third) in (
        ("points", zh("风险点数量"), factors.points),
        ("frequency", zh("每年办理次数"), factors.frequency),
    ):
        yield line(
            key, name, zh("达到 {second} 算 2，达到 {third} 算 3", second=second, third=third)
        )
    scores = zh(
        "{first} 分以上为{one}，{second} 分以上为{two}",
        first=factors.first,
        second=factors.second,
        one=_own_grade(profile, 1),
        two=_own_grade(profile, 2),
    )
    yield line("scores", zh("得分"), scores)


def _levels(profile: Profile) -> Iterator[Line]:
    for at, grade in enumerate(GRADES):
        owned = profile.ownership.get(grade)
        people, every = profile.least_people.get(grade), profile.check_every.get(grade)
        texts = (
            zh("{level}负责防控", level=owned.owner.label) if owned else "",
            zh("{level}监督", level=owned.supervisor.label) if owned else "",
            zh("至少 {count} 人参与", count=people) if people else "",
            zh("至少每 {period}查一次", period=period(every)) if every else "",
        )
        yield line(str(grade), _own_grade(profile, grade), row(texts, zh("，")), at)


def _kinds(profile: Profile) -> Iterator[Line]:
    return numbered(profile.kinds.items())


def _layers(profile: Profile) -> Iterator[Line]:
    for layer, word in profile.layers.items():
        yield line(layer.value, layer.label, word)


def _dimensions(profile: Profile) -> Iterator[Line]:
    for at, layer in enumerate(Layer):
        words = profile.dimensions.get(layer, {})
        if not words and layer not in profile.layers:
            continue
        each = (_called(one, words[one]) for one in Dimension if one in words)
        text = all_of(each) or NOTHING
        yield line(layer.value, profile.layers.get(layer) or layer.label, text, at)


def _channels(profile: Profile) -> Iterator[Line]:
    for channel, word in profile.channels.items():
        yield line(channel.value, channel.label, word)
    yield line("least", zh("至少用过"), zh("{count} 个渠道", count=profile.least_channels))


def _bounds(profile: Profile) -> Iterator[Line]:
    yield line("barred", zh("主要领导不直接分管"), _labels(profile.barred) or NOTHING)
    yield line("phases", zh("流程必须写明的阶段"), _labels(profile.phases) or NOTHING)
    yield line("scheme", zh("权力编码规则"), profile.code_scheme or NOTHING)
    years = profile.rotation_years
    rotation = zh("最长 {years} 年", years=years) if years else NOTHING
    yield line("rotation", zh("重点岗位任职"), rotation)
    yield line("notice", zh("到期前提醒"), zh("提前 {days} 天", days=profile.notice_days))


def _separations(profile: Profile) -> Iterator[Line]:
    for at, rule in enumerate(profile.separations):
        groups = (
            zh("{name}（{steps}）", name=one.name, steps=listing(step_words(one)))
            for one in rule.groups
        )
        text = zh("「{text}」：{groups}不能是同一人", text=rule.text, groups=listing(groups))
        yield line(rule.code, nth(at), text, at)


def step_words(group: StepGroup) -> list[Sentence]:
    """Return which steps belong to a group, in words."""
    found = [zh("{kind}步骤", kind=one.label) for one in group.kinds]
    found += [zh("{phase}阶段", phase=one.label) for one in group.phases]
    return found + [zh("名称有「{word}」", word=one) for one in group.words]


def _limits(profile: Profile) -> Iterator[Line]:
    for at, (kind, limit) in enumerate(profile.legal_limits.items()):
        text = zh("最长 {period}（{source}）", period=period(limit.period), source=limit.source)
        yield line(kind, _kind(profile, kind), text, at)


def _publication(profile: Profile) -> Iterator[Line]:
    for kind in ItemKind:
        if kind in profile.audiences:
            yield line(kind.value, kind.label, profile.audiences[kind].label)
    notice = profile.public_notice
    text = zh("批准后公示 {period}", period=period(notice)) if notice else zh("批准后不公示")
    yield line("notice", zh("公示"), text)


def _severities(profile: Profile) -> Iterator[Line]:
    names = {one.code: one.title for one in CHECKS}
    for at, (code, severity) in enumerate(profile.severities.items()):
        name = names.get(code)
        label = zh("{code} {name}", code=code, name=name) if name else code
        yield line(code, label, severity.label, at)


def period(length: Period) -> Sentence:
    """Return a length of time in words."""
    return zh("{amount} {unit}", amount=length.amount, unit=length.unit.label)


def _grade(grade: int) -> Sentence:
    return zh("第 {grade} 等", grade=grade)


def _own_grade(profile: Profile, grade: int) -> Text:
    word = profile.grade_label(grade)
    return zh("「{word}」", word=word) if word != str(grade) else _grade(grade)


def _kind(profile: Profile, code: str) -> str:
    return profile.kind_label(code) or code


def _labels(words: Iterable[Term]) -> Text:
    return all_of(one.label for one in words)


def _called(word: Term, own: str) -> Sentence | str:
    return own if own == str(word.label) else zh("{own}（{word}）", own=own, word=word.label)


def _source(source: str) -> Text:
    return zh("出处：{source}", source=source) if source else ""


_PARTS: dict[ProfilePart, Callable[[Profile], Iterable[Line]]] = {
    ProfilePart.NAME: _name,
    ProfilePart.GRADES: _grades,
    ProfilePart.METHODS: _methods,
    ProfilePart.RULES: _rules,
    ProfilePart.CRITERIA: _criteria,
    ProfilePart.MATRIX: _matrix,
    ProfilePart.COUNTS: _counts,
    ProfilePart.FACTORS: _factors,
    ProfilePart.LEVELS: _levels,
    ProfilePart.KINDS: _kinds,
    ProfilePart.LAYERS: _layers,
    ProfilePart.DIMENSIONS: _dimensions,
    ProfilePart.CHANNELS: _channels,
    ProfilePart.CHAINS: chain_lines,
    ProfilePart.BOUNDS: _bounds,
    ProfilePart.SEPARATIONS: _separations,
    ProfilePart.LIMITS: _limits,
    ProfilePart.PUBLICATION: _publication,
    ProfilePart.SEVERITIES: _severities,
}
