"""GJ110: every item hangs on one that is there, from the power down (S3-28).

Risks and controls are looked at with what else they lack (GJ402, GJ502).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from guiju.core.lists.fields import label
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.view import View
from guiju.core.lists.model import Item
from guiju.core.lists.powers import AccountabilityCase, Duty, LegalBasis
from guiju.core.lists.risks import DiscretionStandard
from guiju.core.lists.words import Severity
from guiju.core.sentence import zh

_OfPower: TypeAlias = LegalBasis | Duty | AccountabilityCase | PowerFlow | DiscretionStandard


def hanging(view: View) -> Iterator[Remark]:
    """GJ110: an item belongs to no power, to one that is not there, or to no step of its flow."""
    edition = view.edition
    items: tuple[_OfPower, ...] = (
        *edition.bases,
        *edition.duties,
        *edition.accountabilities,
        *edition.flows,
        *edition.standards,
    )
    for item in items:
        yield from _at(view, item, "power", item.power, is_needed=True)
    for power in edition.powers:
        yield from _at(view, power, "parent", power.parent, is_needed=False)
    for duty in edition.duties:
        if duty.step and duty.power in view.power and duty.step not in _steps(view, duty):
            yield Remark(
                duty,
                "step",
                zh(
                    "这项权力的流程里没有步骤 {step}。请改成流程里的步骤序号，或空着。",
                    step=duty.step,
                ),
            )


def _at(view: View, item: Item, field: str, code: str, *, is_needed: bool) -> Iterator[Remark]:
    if code in view.power or (not code and not is_needed):
        return
    called = label(item.item_kind, field)
    if not code:
        yield Remark(item, field, zh("「{field}」没有填。请写明属于哪项权力。", field=called))
    else:
        yield Remark(
            item,
            field,
            zh(
                "「{field}」写的 {code} 不在权力表里。请改正，或先补上那项权力。",
                field=called,
                code=code,
            ),
        )


def _steps(view: View, duty: Duty) -> frozenset[str]:
    flows = view.of_line(view.flows_of, view.power[duty.power])
    return frozenset(step_key(node) for flow in flows for node in flow.steps)


CHECKS = (Check("GJ110", zh("没有挂在权力和步骤上"), Severity.ERROR, "S3-28, S2-16", hanging),)
"""The check of this theme."""
