"""GJ506: the four parts of internal control, power by power (S2-25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.powers import Power
from guiju.core.lists.risks import Control
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ControlPhase, ControlState, Severity
from guiju.core.sentence import Sentence, listing, zh


def incomplete(view: View) -> Iterator[Remark]:
    """GJ506: 管理有制度、操作有标准、问题能修正、事后有依据; a power lacks one of the four.

    Only powers with controls are asked: that there are none at all is said elsewhere.
    """
    for power in view.powers:
        controls = controls_of(view, power)
        lacking = list(_lacking(view, power, controls)) if controls else []
        if lacking:
            yield Remark(power, "", zh("内控还不完整：{parts}。", parts=listing(lacking)))


def controls_of(view: View, power: Power) -> list[Control]:
    """Return what is done against the risks of a power, without what was given up."""
    risks = view.of_line(view.risks_of, power)
    held = (control for risk in risks for control in view.controls_of.get(risk.code, ()))
    return [control for control in held if control.state is not ControlState.RETIRED]


def has_rule(control: Control) -> bool:
    """Tell whether a control says on which regulation it rests."""
    return says_something(control.basis_rule)


def _lacking(view: View, power: Power, controls: Sequence[Control]) -> Iterator[Sentence]:
    if not any(map(has_rule, controls)):
        yield zh("管理没有制度，请在措施里写明依据制度")
    flows = view.of_line(view.flows_of, power)
    if not any(flow.steps for flow in flows):
        yield zh("操作没有标准，请配上流程步骤")
    elif power.is_discretionary and not view.of_line(view.standards_of, power):
        yield zh("操作没有标准，请补上裁量基准")
    if not any(control.phase is ControlPhase.HANDLE for control in controls):
        yield zh("发现问题没有修正的办法，请补上后期处置的措施")
    if not any(says_something(control.evidence) for control in controls):
        yield zh("事后没有依据，请写明措施的佐证材料")


CHECKS = (Check("GJ506", zh("内控不完整"), Severity.HINT, "S2-25", incomplete),)
"""The check of this theme."""
