"""GJ405: the four for which risks do not pass: 不全面、不彻底、不准确、不公开 (S3-16)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.flow.model import Node
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.lint.finding import Remark
from guiju.core.lists.lint.formal import copies, is_hollow
from guiju.core.lists.lint.view import View
from guiju.core.lists.powers import Power
from guiju.core.lists.words import Audience
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import StepKind

COMPLETE, THOROUGH, EXACT, PUBLIC = "complete", "thorough", "exact", "public"
"""The four gates, by the names that ``Facts.failed_gates`` uses."""

RISKY = (StepKind.REVIEW, StepKind.APPROVE, StepKind.SIGN)
"""审核、审批、审签: where S1-10 wants a risk looked for."""


def open_powers(view: View) -> list[Power]:
    """Return powers for whose risks nobody has looked; sub-items answer for their main item."""
    return [
        power
        for power in view.powers
        if not view.of_line(view.risks_of, power)
        and not view.children.get(power.code)
        and power.code not in view.facts.reviews
    ]


def risky_steps(view: View) -> Iterator[tuple[PowerFlow, Node, bool]]:
    """Yield each approving step, and whether a risk is bound to it."""
    for flow in view.flows:
        for node in view.steps_of[flow.code]:
            if node.step in RISKY:
                yield flow, node, (flow.code, step_key(node)) in view.risky_steps


def gate(view: View) -> Iterator[Remark]:
    """Say once for each of the four how far the risks are from passing."""
    if not view.powers:
        return
    for name, sentence in (
        (COMPLETE, _complete(view)),
        (THOROUGH, _thorough(view)),
        (EXACT, _exact(view)),
        (PUBLIC, _public(view)),
    ):
        if sentence is not None:
            yield Remark(None, name, sentence)
        elif reason := view.facts.failed_gates.get(name):
            yield Remark(
                None, name, zh("排查审核没有通过：{reason}。请改正后重报。", reason=reason)
            )


def _failed(reason: str) -> Sentence:
    return zh("排查审核没有通过：{reason}。请改正后重报。", reason=reason)


def _complete(view: View) -> Sentence | None:
    open_ = len(open_powers(view))
    if not open_:
        return None
    return zh(
        "不全面：{all} 项权力里有 {open} 项没有排查。请逐项排查完再报。",
        all=len(view.powers),
        open=open_,
    )


def _thorough(view: View) -> Sentence | None:
    bound = [is_bound for _, _, is_bound in risky_steps(view)]
    open_ = bound.count(False)
    if not open_:
        return None
    return zh(
        "不彻底：{all} 个审核、审批、审签步骤里有 {open} 个没有风险点。请逐个步骤排查。",
        all=len(bound),
        open=open_,
    )


def _exact(view: View) -> Sentence | None:
    copied = {risk.code for group in copies(view) for risk in group[1:]}
    hollow = sum(is_hollow(risk.text) or risk.code in copied for risk in view.risks)
    ungraded = sum(risk.grade is None for risk in view.risks)
    if not hollow and not ungraded:
        return None
    return zh(
        "不准确：{all} 个风险点里有 {hollow} 个是空话或照抄，{ungraded} 个没有定级。请写准、定级。",
        all=len(view.risks),
        hollow=hollow,
        ungraded=ungraded,
    )


def _public(view: View) -> Sentence | None:
    hidden = sum(
        risk.publication is None
        or (
            risk.publication.audience in (None, Audience.INTERNAL)
            and not risk.publication.exemption
        )
        for risk in view.risks
    )
    if not hidden:
        return None
    return zh(
        "不公开：{all} 个风险点里有 {hidden} 个没有公开，也没有写明不公开的依据。请补上。",
        all=len(view.risks),
        hidden=hidden,
    )
