"""Refusing to judge by a flow that is itself broken."""

from __future__ import annotations

from guiju.core.errors import Invalid
from guiju.core.flow.explain import explain_fault
from guiju.core.flow.model import Flow
from guiju.core.flow.net import Net
from guiju.core.flow.soundness import prove
from guiju.core.sentence import zh


def require_sound(net: Net) -> None:
    """Raise FLOW-12 with the first fault unless ``net`` is sound."""
    proof = prove(net)
    if proof.is_sound:
        return
    raise Invalid(
        "FLOW-12",
        zh(
            "这个流程本身走不通，不能拿来核对：{fault}"
            "（共 {count} 处，用 guiju flow prove 查看全部。）",
            fault=explain_fault(net, proof.faults[0]),
            count=len(proof.faults),
        ),
    )


def require_names(flow: Flow | None) -> None:
    """Raise FLOW-13 for a step without a name, which no log could ever show."""
    for node in flow.nodes if flow else ():
        if node.activity and not node.name:
            raise Invalid(
                "FLOW-13",
                zh(
                    "编号为「{id}」的步骤没有名称，无法与日志对照。请在流程里补上名称。",
                    id=node.id,
                ),
            )
