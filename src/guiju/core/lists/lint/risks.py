"""GJ401 to GJ406: whether risks were looked for in earnest."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.lists.fields import label
from guiju.core.lists.flows import step_key
from guiju.core.lists.grading import Grading, grade_power, grade_risk
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.formal import formal
from guiju.core.lists.lint.gate import gate, open_powers, risky_steps
from guiju.core.lists.lint.view import View, named
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import GRADES
from guiju.core.lists.risks import Risk
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ItemKind, Severity
from guiju.core.sentence import Sentence, listing, quoted, zh


def unlooked(view: View) -> Iterator[Remark]:
    """GJ401: a power or an approving step for which nobody looked for risks."""
    for power in open_powers(view):
        sentence = zh("还没有排查过风险。请排查，确实没有风险的也要登记排查结果。")
        yield Remark(power, "", sentence)
    for flow, node, is_bound in risky_steps(view):
        if not is_bound:
            yield Remark(
                flow,
                "graph",
                zh("步骤「{step}」没有对应的风险点。请排查这一步的风险。", step=named(node)),
                step=step_key(node),
            )


def unsaid(view: View) -> Iterator[Remark]:
    """GJ402: a risk lacks what makes it one, or uses words that the profile has not."""
    for risk in view.risks:
        for name in ("grade", "dimensions", "layer", "channels"):
            if not getattr(risk, name):
                yield Remark(risk, name, _missing(name))
        if not says_something(risk.manifestation):
            yield Remark(risk, "manifestation", _missing("manifestation"))
        if risk.grade and risk.grade not in GRADES:
            yield Remark(
                risk,
                "grade",
                zh("风险等级 {grade} 不存在。请选一级、二级或三级。", grade=risk.grade),
            )
        if not (risk.power or risk.post or risk.person):
            yield Remark(
                risk,
                "power",
                zh("没有写明是哪项权力、哪个岗位的风险。请至少写一样。"),
            )
        yield from _not_in_profile(view, risk)


def _missing(name: str) -> Sentence:
    return zh("「{field}」没有填。请补上。", field=label(ItemKind.RISK, name))


def _not_in_profile(view: View, risk: Risk) -> Iterator[Remark]:
    if risk.layer and view.profile.layers and risk.layer not in view.profile.layers:
        yield Remark(
            risk,
            "layer",
            zh(
                "风险没有「{layer}」这一层面。请改选 {layers}。",
                layer=risk.layer.label,
                layers=quoted(view.profile.layers.values()),
            ),
        )
    allowed = view.profile.dimensions.get(risk.layer) if risk.layer else None
    if allowed:
        strange = [dimension.label for dimension in risk.dimensions if dimension not in allowed]
        if strange:
            yield Remark(
                risk,
                "dimensions",
                zh(
                    "风险类别 {strange} 不用于这一层面。请改选 {allowed}。",
                    strange=quoted(strange),
                    allowed=quoted(allowed.values()),
                ),
            )
    if risk.power and risk.power not in view.power:
        yield Remark(
            risk,
            "power",
            zh("权力编码 {code} 不在权力表里。请改正，或补上那项权力。", code=risk.power),
        )
    flow = view.flow.get(risk.flow)
    if risk.flow and flow is None:
        yield Remark(
            risk,
            "flow",
            zh("流程编码 {code} 不在流程表里。请改正，或补上那套流程。", code=risk.flow),
        )
    elif flow and risk.step and risk.step not in _keys(view, flow.code):
        yield Remark(
            risk,
            "step",
            zh("流程里没有步骤 {step}。请改成流程里的步骤序号。", step=risk.step),
        )


def _keys(view: View, flow: str) -> frozenset[str]:
    return frozenset(step_key(node) for node in view.steps_of.get(flow, ()))


def graded_low(view: View) -> Iterator[Remark]:
    """GJ403: a grade lower than the method gives, or two methods that disagree, unexplained."""
    for risk in view.risks:
        yield from _judged(view, risk, grade_risk(risk, view.profile))
    for power in view.powers:
        risks = view.risks_of.get(power.code, [])
        yield from _judged(view, power, grade_power(power, risks, view.profile))


def _judged(view: View, item: Risk | Power, grading: Grading) -> Iterator[Remark]:
    if grading.grade is None or item.grade is None or says_something(item.grade_reason):
        return
    profile = view.profile
    if item.grade > grading.grade:
        yield Remark(
            item,
            "grade",
            zh(
                "定为{grade}，低于方法得出的{wanted}（{reasons}）。请提高等级，或写明理由。",
                grade=profile.grade_label(item.grade),
                wanted=profile.grade_label(grading.grade),
                reasons=listing(grading.reasons, most=3),
            ),
        )
    elif grading.is_conflict:
        results = (
            zh("{method}得{grade}", method=r.method.label, grade=profile.grade_label(r.grade))
            for r in grading.results
        )
        yield Remark(
            item,
            "grade_reason",
            zh("两种方法不一致：{results}，已从严。请写明为什么这样定。", results=listing(results)),
            severity=Severity.HINT,
        )


def channels(view: View) -> Iterator[Remark]:
    """GJ404: fewer ways of finding were used than the body set itself."""
    used = {channel for risk in view.risks for channel in risk.channels}
    own = view.profile.channels
    missing = [name for channel, name in own.items() if channel not in used]
    done = len(own) - len(missing)
    if view.risks and done < view.profile.least_channels:
        yield Remark(
            None,
            "channels",
            zh(
                "只用了 {done} 种查找渠道，要求 {wanted} 种。还没有用的是 {missing}，请补做。",
                done=done,
                wanted=view.profile.least_channels,
                missing=quoted(missing),
            ),
        )


CHECKS = (
    Check("GJ401", zh("没有排查风险"), Severity.ERROR, "S1-07, S1-10", unlooked),
    Check("GJ402", zh("风险要素不全"), Severity.ERROR, "S0-16, S0-17, S3-15", unsaid),
    Check("GJ403", zh("定级偏低或两法不一"), Severity.WARNING, "S1-13, S4-18, S4-20", graded_low),
    Check("GJ404", zh("查找渠道不足"), Severity.WARNING, "S0-15, S4-21", channels),
    Check("GJ405", zh("四不放过"), Severity.ERROR, "S3-16", gate),
    Check("GJ406", zh("照抄、空话或批量凑数"), Severity.WARNING, "S1-02, S4-40", formal),
)
"""The checks of this theme."""
