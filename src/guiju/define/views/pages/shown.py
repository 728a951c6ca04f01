"""A power's page as its template, its document and programs have it: everything in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guiju.base.ui.badges import Badge
from guiju.base.ui.flow_pictures import FlowPicture, RiskAt, StepMark, flow_picture
from guiju.core.flow.model import Flow, Node
from guiju.core.lists.lint.limits import days
from guiju.core.lists.powers import LegalBasis
from guiju.core.lists.profile import Profile
from guiju.core.lists.risks import DiscretionStandard, Tier
from guiju.core.lists.sheet import NumberedRisk, PowerSheet
from guiju.core.lists.values import Fee, Period, Publication
from guiju.core.lists.words import AmountUnit, BasisStatus, Layer, PowerState
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import LimitUnit, NodeKind
from guiju.define.lists.pages.values import amount
from guiju.define.views.reads.sealed import Sealed
from guiju.define.views.reads.sheets import FoundSheet

_PLAIN = (NodeKind.START, NodeKind.END, NodeKind.TASK, NodeKind.CALL)
_LEAST_GRAVE = 3
_STATUS = {BasisStatus.AMENDED: "warn", BasisStatus.REPEALED: "bad"}


@dataclass(frozen=True, slots=True)
class BasisShown:
    """What the power rests on; ``badge`` where the document is no longer as it was."""

    title: str
    doc_no: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class TierShown:
    """One tier of discretion."""

    offence: str
    name: str
    conditions: str
    range: Sentence | str


def about(sheet: PowerSheet, profile: Profile) -> list[Sentence | str]:
    """Return the line below the name: code, side, kind, layer."""
    power = sheet.power
    layer, major = power.layer, zh("三重一大")
    kind = profile.kind_label(power.kind) or power.kind
    said: Iterable[Sentence | str | None] = (
        zh("编码 {code}", code=power.code),
        zh("{side}权力", side=power.side.label) if power.side else None,
        kind or None,
        major if power.is_major and kind != str(major) else None,
        _layer(profile, layer) if layer else None,
        zh("子项，主项「{name}」", name=sheet.main.name or sheet.main.code) if sheet.main else None,
        power.state.label if power.state is not PowerState.IN_USE else None,
    )
    return [one for one in said if one]


def _layer(profile: Profile, layer: Layer) -> Sentence:
    word: Sentence | str = profile.layers.get(layer) or layer.label
    return zh("{layer}层面权力", layer=word)


def bases(sheet: PowerSheet) -> list[BasisShown]:
    """Return what the power rests on."""
    return [BasisShown(one.title or one.code, one.doc_no, _status(one)) for one in sheet.bases]


def _status(basis: LegalBasis) -> Badge | None:
    tone = _STATUS.get(basis.status) if basis.status else None
    return Badge(tone, basis.status.label) if tone and basis.status else None


def limits(sheet: PowerSheet) -> list[Sentence]:
    """Return the time limits: of the law, of the promise, of each step with their sum."""
    power, said = sheet.power, []
    if power.promised_limit:
        said.append(zh("承诺 {period}", period=_period(power.promised_limit)))
    if power.legal_limit:
        said.append(zh("法定 {period}", period=_period(power.legal_limit)))
    graph = sheet.flow.graph if sheet.flow else None
    if graph and any(node.limit for node in sheet.steps):
        said.append(_of_steps(graph, sheet.steps))
    return said


def _of_steps(graph: Flow, steps: tuple[Node, ...]) -> Sentence:
    """One after the other in one unit, the limits are added up; else they are only named."""
    parts = " + ".join(str(node.limit.amount) if node.limit else "—" for node in steps)
    units = {node.limit.unit for node in steps if node.limit}
    is_row = all(node.kind in _PLAIN for node in graph.nodes)
    if len(units) > 1:
        named = listing(
            zh("{amount} {unit}", amount=node.limit.amount, unit=node.limit.unit.label)
            for node in steps
            if node.limit
        )
        return zh("分步 {parts}", parts=named)
    (unit,) = units
    if not is_row:
        return zh("分步 {parts} {unit}", parts=parts, unit=unit.label)
    total = sum(node.limit.amount for node in steps if node.limit)
    return zh("分步 {parts} = {total} {unit}", parts=parts, total=total, unit=_counted(unit))


def _counted(unit: LimitUnit) -> Sentence:
    return zh("个工作日") if unit is LimitUnit.WORKING_DAYS else unit.label


def _period(period: Period) -> Sentence:
    return zh("{amount} {unit}", amount=period.amount, unit=period.unit.label)


def is_over(sheet: PowerSheet) -> bool:
    """Tell whether more is promised than the law allows."""
    promised, legal = sheet.power.promised_limit, sheet.power.legal_limit
    return bool(promised and legal and days(promised) > days(legal))


def picture(sheet: PowerSheet) -> FlowPicture | None:
    """Return the drawn flow with the numbers of the risks on its steps."""
    if sheet.flow is None or sheet.flow.graph is None or not sheet.flow.graph.nodes:
        return None
    return flow_picture(sheet.flow.graph, marks_of(sheet.risks))


def marks_of(risks: Iterable[NumberedRisk]) -> dict[str, StepMark]:
    """Return the marks on steps, by the steps' ids."""
    at: dict[str, list[RiskAt]] = {}
    for one in risks:
        if one.step is not None:
            mark = RiskAt(one.number, one.risk.grade or _LEAST_GRAVE, one.risk.text)
            at.setdefault(one.step.id, []).append(mark)
    return {step: StepMark(risks=tuple(marks)) for step, marks in at.items()}


def proof_badge(found: FoundSheet) -> Badge:
    """Return whether the flow can be gone through."""
    if found.proof is None:
        return Badge("warn", zh("还没有流程"))
    if found.proof.is_sound:
        return Badge("good", zh("流程已证明可走通"))
    return Badge("bad", zh("流程走不通"))


def people(found: FoundSheet) -> Sentence | None:
    """Say how few people complete the power among themselves."""
    proof = found.proof
    if proof is None or not proof.is_sound:
        return None
    if proof.number is None:
        return zh("几个人能办完全程没有算出来")
    if proof.number < found.wanted:
        return zh(
            "{count} 人就能办完全程，少于要求的 {wanted} 人",
            count=proof.number,
            wanted=found.wanted,
        )
    return zh(
        "至少 {count} 人合谋方能单方走完（要求 ≥ {wanted}）",
        count=proof.number,
        wanted=found.wanted,
    )


def are_enough(found: FoundSheet) -> bool:
    """Tell whether as many must take part as the profile demands; so too where nobody knows."""
    number = found.proof.number if found.proof else None
    return number is None or number >= found.wanted


def tiers(standards: Iterable[DiscretionStandard]) -> list[TierShown]:
    """Return the tiers of discretion, offence by offence."""
    return [
        TierShown(
            one.title if not place else "", tier.name, tier.conditions, _range(tier, one.unit)
        )
        for one in standards
        for place, tier in enumerate(one.tiers)
    ]


def _range(tier: Tier, unit: AmountUnit | None) -> Sentence | str:
    lower, upper = amount(tier.lower, unit), amount(tier.upper, unit)
    if lower and upper and tier.lower != tier.upper:
        return zh("{lower} 至 {upper}", lower=lower, upper=upper)
    return lower or upper or tier.measure


def fee(held: Fee | None) -> Sentence | str:
    """Return what the power costs."""
    if held is None:
        return zh("不收费")
    lower, upper = amount(held.lower, held.unit), amount(held.upper, held.unit)
    if held.standard:
        return held.standard
    if lower and upper and held.lower != held.upper:
        return zh("{lower} 至 {upper}", lower=lower, upper=upper)
    return lower or upper or held.basis or zh("收费，标准没有写明")


def record_number(sealed: Sealed | None) -> Sentence | None:
    """Return under which number the record holds what made the edition what it is."""
    if sealed is None:
        return None
    if sealed.number is None:
        return zh("等待封存，约一分钟后有编号")
    if sealed.is_settled:
        return zh("第 {number} 号（核准、生效）", number=sealed.number)
    return zh("第 {number} 号（最近一次改动）", number=sealed.number)


def publication(held: Publication | None) -> Sentence | str:
    """Return to whom the power is shown."""
    if held is None:
        return zh("没有写明")
    if held.audience:
        return zh("对{audience}公开", audience=held.audience.label)
    return zh("不公开：{reason}", reason=held.exemption) if held.exemption else zh("没有写明")
