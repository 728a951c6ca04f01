"""Forms of what a profile says beside grades and chains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms

from guiju.base.ui.fields import term_field, terms_field, text_field
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.profile import LegalLimit, Profile, SeparationRule, StepGroup
from guiju.core.lists.profile_entries import entries, put
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.schemes import SCHEMES
from guiju.core.lists.values import Period
from guiju.core.lists.words import Audience, Channel, Dimension, ItemKind, Layer, PeriodUnit
from guiju.core.lists.words import Severity as Weight
from guiju.core.organisation.words import Function
from guiju.core.sentence import zh
from guiju.core.terms import Phase, StepKind
from guiju.define.profiles.models import NAME
from guiju.define.profiles.pages.parts.form import (
    MOST_TEXT,
    MOST_WORD,
    PartForm,
    Words,
    by_name,
    code_field,
    joined,
    kept,
    kinds_of,
    number_field,
    values,
)
from guiju.define.profiles.pages.parts.grading import whole_period

_GROUPS = (1, 2, 3, 4)
_SCHEMES = {
    "hubei": zh("湖北省行政权力编码（16 位）"),
    "service": zh("政务服务事项编码"),
}


class Name(PartForm):
    """What the profile is called."""

    part = ProfilePart.NAME
    name = text_field(zh("名称"), zh("例如：示例县教育系统"), most=NAME)

    def shown(self) -> dict[str, Any]:
        return {"name": self.profile.name}

    def changed(self) -> Profile:
        return replace(self.profile, name=self.cleaned_data["name"])


class Kind(PartForm):
    """A kind of power beyond the official ten."""

    part = ProfilePart.KINDS
    word = text_field(zh("名称"), zh("例如：项目管理"), most=MOST_WORD)
    code = code_field(zh("小写英文字母和数字；清单里已用的不要改；不填的，系统编一个"))

    def shown(self) -> dict[str, Any]:
        if self.at is None:
            return {}
        code, word = entries(self.profile, self.part)[self.at]
        return {"code": code, "word": word}

    def changed(self) -> Profile:
        made = (self.code, self.cleaned_data["word"])
        return put(self.profile, self.part, self.at, made)


class Layers(PartForm):
    """Which layers the body has, in its own words."""

    part = ProfilePart.LAYERS

    def build(self) -> None:
        for one in Layer:
            self.fields[f"layer_{one.value}"] = text_field(
                zh("「{layer}」叫什么", layer=one.label),
                zh("没有这个层级的，留空"),
                most=MOST_WORD,
                required=False,
            )

    def shown(self) -> dict[str, Any]:
        return by_name("layer_{}", self.profile.layers)

    def changed(self) -> Profile:
        found = self.filled("layer_{}", [one.value for one in Layer])
        return replace(self.profile, layers={Layer.of(code): word for code, word in found.items()})


class Dimensions(PartForm):
    """What a risk of a layer may come from, in the body's words."""

    part = ProfilePart.DIMENSIONS

    @property
    def layer(self) -> Layer:
        """Which layer."""
        return tuple(Layer)[self.at or 0]

    def build(self) -> None:
        for one in Dimension:
            self.fields[f"word_{one.value}"] = text_field(
                zh("「{dimension}」叫什么", dimension=one.label),
                zh("不用这一种的，留空"),
                most=MOST_WORD,
                required=False,
            )

    def shown(self) -> dict[str, Any]:
        return by_name("word_{}", self.profile.dimensions.get(self.layer, {}))

    def changed(self) -> Profile:
        found = self.filled("word_{}", [one.value for one in Dimension])
        held = {one: words for one, words in self.profile.dimensions.items() if one != self.layer}
        if found:
            held[self.layer] = {Dimension.of(code): word for code, word in found.items()}
        return replace(self.profile, dimensions={one: held[one] for one in Layer if one in held})


class Channels(PartForm):
    """By which channels risks are found, in the body's words."""

    part = ProfilePart.CHANNELS

    def build(self) -> None:
        for one in Channel:
            self.fields[f"channel_{one.value}"] = text_field(
                zh("「{channel}」叫什么", channel=one.label),
                zh("不用这个渠道的，留空"),
                most=MOST_WORD,
                required=False,
            )
        self.fields["least"] = number_field(zh("至少用过几个渠道"), 0, len(Channel))

    def shown(self) -> dict[str, Any]:
        held = by_name("channel_{}", self.profile.channels)
        return held | {"least": self.profile.least_channels}

    def changed(self) -> Profile:
        found = self.filled("channel_{}", [one.value for one in Channel])
        channels = {Channel.of(code): word for code, word in found.items()}
        least = self.cleaned_data["least"]
        return replace(self.profile, channels=channels, least_channels=least)


class Bounds(PartForm):
    """What a head may not run, what flows must show, how long, how often."""

    part = ProfilePart.BOUNDS
    barred = terms_field(zh("主要领导不直接分管"), Function)
    phases = terms_field(zh("流程必须写明的阶段"), Phase)
    scheme = forms.ChoiceField(label=said(zh("权力编码规则")), required=False)
    rotation = number_field(zh("重点岗位最长任职几年"), 0, 60, zh("不规定的，填 0"))
    notice = number_field(zh("到期前几天提醒"), 0, 3650)

    def build(self) -> None:
        choices = [(one, _SCHEMES.get(one, zh("{name}", name=one))) for one in SCHEMES]
        field: Any = self.fields["scheme"]
        field.choices = [("", said(zh("不规定"))), *((one, said(name)) for one, name in choices)]

    def shown(self) -> dict[str, Any]:
        return {
            "barred": values(self.profile.barred),
            "phases": values(self.profile.phases),
            "scheme": self.profile.code_scheme,
            "rotation": self.profile.rotation_years,
            "notice": self.profile.notice_days,
        }

    def changed(self) -> Profile:
        got = self.cleaned_data
        return replace(
            self.profile,
            barred=kept(self.profile.barred, got["barred"]),
            phases=kept(self.profile.phases, got["phases"]),
            code_scheme=got["scheme"],
            rotation_years=got["rotation"],
            notice_days=got["notice"],
        )


class Separation(PartForm):
    """Groups of steps of which nobody may act in two."""

    part = ProfilePart.SEPARATIONS
    text = text_field(zh("说明"), zh("例如：经办、审批、付款要分开"), most=MOST_TEXT)
    code = code_field()

    def build(self) -> None:
        for at in _GROUPS:
            self.fields[f"name_{at}"] = text_field(
                zh("第 {at} 组叫什么", at=at), most=MOST_WORD, required=at < 3
            )
            self.fields[f"kinds_{at}"] = terms_field(zh("第 {at} 组：哪类步骤", at=at), StepKind)
            self.fields[f"phases_{at}"] = terms_field(zh("第 {at} 组：哪个阶段", at=at), Phase)
            self.fields[f"words_{at}"] = Words(zh("第 {at} 组：步骤名称里有", at=at))

    def shown(self) -> dict[str, Any]:
        if self.at is None:
            return {}
        held: SeparationRule = self.profile.separations[self.at]
        found: dict[str, Any] = {"text": held.text, "code": held.code}
        for at, group in zip(_GROUPS, held.groups, strict=False):
            found[f"name_{at}"] = group.name
            found[f"kinds_{at}"] = values(group.kinds)
            found[f"phases_{at}"] = values(group.phases)
            found[f"words_{at}"] = joined(group.words)
        return found

    def changed(self) -> Profile:
        got = self.cleaned_data
        made = SeparationRule(code=self.code, text=got["text"], groups=tuple(self._groups()))
        return put(self.profile, self.part, self.at, made)

    def _groups(self) -> Iterator[StepGroup]:
        before = () if self.at is None else self.profile.separations[self.at].groups
        for at in _GROUPS:
            held = before[at - 1] if at <= len(before) else StepGroup(name="")
            got = {
                name: self.cleaned_data[f"{name}_{at}"]
                for name in ("name", "kinds", "phases", "words")
            }
            if any(got.values()):
                yield StepGroup(
                    name=got["name"],
                    kinds=kept(held.kinds, got["kinds"]),
                    phases=kept(held.phases, got["phases"]),
                    words=got["words"],
                )
        yield from before[len(_GROUPS) :]  # what a file brought beyond what the form shows


class Limit(PartForm):
    """The longest time that a law leaves for powers of a kind."""

    part = ProfilePart.LIMITS
    kind = forms.ChoiceField(label=said(zh("权力类别")))
    amount = number_field(zh("最长"), 1, 9999)
    unit = term_field(zh("以什么计"), PeriodUnit)
    source = text_field(zh("出处"), zh("例如：行政许可法第42条"), most=MOST_TEXT)

    def build(self) -> None:
        field: Any = self.fields["kind"]
        field.choices = kinds_of(self.profile)

    def shown(self) -> dict[str, Any]:
        if self.at is None:
            return {}
        kind, held = entries(self.profile, self.part)[self.at]
        return {
            "kind": kind,
            "amount": held.period.amount,
            "unit": held.period.unit.value,
            "source": held.source,
        }

    def changed(self) -> Profile:
        got = self.cleaned_data
        made = LegalLimit(period=Period(got["amount"], got["unit"]), source=got["source"])
        return put(self.profile, self.part, self.at, (got["kind"], made))


class Publication(PartForm):
    """To whom items are shown, and how long an approved edition is shown beforehand."""

    part = ProfilePart.PUBLICATION

    def build(self) -> None:
        for one in ItemKind:
            self.fields[f"audience_{one.value}"] = term_field(
                zh("{kind}公开给谁", kind=one.label), Audience, required=False, nothing=zh("不规定")
            )
        self.fields["amount"] = number_field(
            zh("批准后公示多久"), 1, 999, zh("不公示的，留空"), required=False
        )
        self.fields["unit"] = term_field(zh("以什么计"), PeriodUnit, required=False)

    def shown(self) -> dict[str, Any]:
        notice = self.profile.public_notice
        audiences = {kind: one.value for kind, one in self.profile.audiences.items()}
        return by_name("audience_{}", audiences) | {
            "amount": notice.amount if notice else None,
            "unit": notice.unit.value if notice else "",
        }

    def clean(self) -> None:
        """Want a length of time whole."""
        whole_period(self)

    def changed(self) -> Profile:
        got = self.cleaned_data
        found = self.filled("audience_{}", [one.value for one in ItemKind])
        return replace(
            self.profile,
            audiences={ItemKind.of(kind): one for kind, one in found.items()},
            public_notice=Period(got["amount"], got["unit"]) if got["amount"] else None,
        )


class Severity(PartForm):
    """How grave the findings of a check are, where it differs from the usual."""

    part = ProfilePart.SEVERITIES
    check = forms.ChoiceField(label=said(zh("检查")))
    severity = term_field(
        zh("查出的算什么"), Weight, zh("错误要改正才能送审；警告要改正或说明理由；提示可以不理")
    )

    def build(self) -> None:
        field: Any = self.fields["check"]
        field.choices = [(one.code, f"{one.code} {say(one.title)}") for one in CHECKS]

    def shown(self) -> dict[str, Any]:
        if self.at is None:
            return {}
        code, severity = entries(self.profile, self.part)[self.at]
        return {"check": code, "severity": severity.value}

    def changed(self) -> Profile:
        made = (self.cleaned_data["check"], self.cleaned_data["severity"])
        return put(self.profile, self.part, self.at, made)
