"""What else a profile says: name, kinds, layers, channels, limits, separations, severities."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.profile import Profile, StepGroup
from guiju.core.lists.profile_fault import Fault, twice
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.schemes import SCHEMES
from guiju.core.lists.words import PowerKind
from guiju.core.sentence import quoted, zh

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_KNOWN = frozenset(one.code for one in CHECKS)
_OFFICIAL = frozenset(one.value for one in PowerKind)


def rest_faults(profile: Profile) -> Iterator[Fault]:
    """Give what is wrong beside grades and chains."""
    if not profile.name.strip():
        yield Fault("PF301", ProfilePart.NAME, zh("配置没有名称。请填写。"))
    yield from _kinds(profile)
    yield from _layers(profile)
    yield from _channels(profile)
    yield from _bounds(profile)
    yield from _separations(profile)
    yield from _limits(profile)
    for at, code in enumerate(profile.severities):
        if code not in _KNOWN:
            yield Fault(
                "PF314",
                ProfilePart.SEVERITIES,
                zh("没有编号为「{code}」的检查。请改选。", code=code),
                (at,),
            )


def _kinds(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.KINDS
    for at, (code, word) in enumerate(profile.kinds.items()):
        if not _CODE.fullmatch(code) or code in _OFFICIAL:
            yield Fault(
                "PF302",
                part,
                zh(
                    "「{code}」不能作类别的代号：用小写字母和数字，不能与十类的代号相同。请改正。",
                    code=code,
                ),
                (at,),
            )
        if not word.strip():
            yield Fault("PF303", part, zh("类别「{code}」没有名称。请填写。", code=code), (at,))
    labels = [*profile.kinds.values(), *(str(one.label) for one in PowerKind)]
    if again := twice(labels):
        yield Fault("PF304", part, zh("类别名称{words}重复。请改正。", words=quoted(again)))


def _layers(profile: Profile) -> Iterator[Fault]:
    if not profile.layers:
        yield Fault("PF305", ProfilePart.LAYERS, zh("一个层级也没有。请至少写一个。"))
    for layer, words in profile.dimensions.items():
        if words and layer not in profile.layers:
            yield Fault(
                "PF306",
                ProfilePart.DIMENSIONS,
                zh(
                    "写了「{layer}」的风险来源，却没有这个层级。请删去，或加上层级。",
                    layer=layer.label,
                ),
            )
    for layer, word in profile.layers.items():
        if not profile.dimensions.get(layer):
            yield Fault(
                "PF307",
                ProfilePart.DIMENSIONS,
                zh("「{layer}」没有写风险从哪里来。请至少写一种。", layer=word or layer.label),
            )


def _channels(profile: Profile) -> Iterator[Fault]:
    if not 0 <= profile.least_channels <= len(profile.channels):
        yield Fault(
            "PF308",
            ProfilePart.CHANNELS,
            zh(
                "要求至少用 {least} 个渠道，可是只有 {count} 个。请改小，或加上渠道。",
                least=profile.least_channels,
                count=len(profile.channels),
            ),
        )


def _bounds(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.BOUNDS
    if profile.code_scheme and profile.code_scheme not in SCHEMES:
        yield Fault(
            "PF309",
            part,
            zh("没有叫「{scheme}」的编码规则。请改选，或留空。", scheme=profile.code_scheme),
        )
    if profile.rotation_years < 0 or profile.notice_days < 0:
        yield Fault("PF310", part, zh("年数和天数不能是负数。请改正。"))


def _separations(profile: Profile) -> Iterator[Fault]:
    part = ProfilePart.SEPARATIONS
    if again := twice(one.code for one in profile.separations):
        yield Fault("PF106", part, zh("代号{codes}重复。请改成不同的。", codes=quoted(again)))
    for at, rule in enumerate(profile.separations):
        if len(rule.groups) < 2 or not all(map(_says, rule.groups)) or not rule.text.strip():
            yield Fault(
                "PF311",
                part,
                zh("职责分离要写说明，并至少分出两组步骤，每组都写明是哪些步骤。请补上。"),
                (at,),
            )


def _says(group: StepGroup) -> bool:
    return bool(group.name.strip() and (group.kinds or group.phases or group.words))


def _limits(profile: Profile) -> Iterator[Fault]:
    for at, (kind, limit) in enumerate(profile.legal_limits.items()):
        if profile.kind_label(kind) is None or limit.period.amount < 1:
            yield Fault(
                "PF312",
                ProfilePart.LIMITS,
                zh("「{kind}」不是权力的类别，或时限小于 1。请改正。", kind=kind),
                (at,),
            )
    notice = profile.public_notice
    if notice is not None and notice.amount < 1:
        yield Fault("PF313", ProfilePart.PUBLICATION, zh("公示至少 1 天；不公示的，请留空。"))
