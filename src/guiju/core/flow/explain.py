"""A proof's faults in plain sentences: what is wrong, on which way, what to do."""

from __future__ import annotations

from guiju.core.flow.net import Net
from guiju.core.flow.soundness import Fault
from guiju.core.sentence import Sentence, quoted, zh
from guiju.core.terms import FaultKind


def explain_fault(net: Net, fault: Fault) -> Sentence:
    """Return one sentence for ``fault``."""
    step, way = _title(net, fault.node), _way(net, fault.path)
    waiting = quoted([_title(net, node) for node in fault.waiting] or [step])
    match fault.kind:
        case FaultKind.OVERFULL:
            return zh(
                "「{step}」会被走到两次：{way}。请在它之前用并行网关汇合各分支，或改为只走其中一支。",
                step=step,
                way=way,
            )
        case FaultKind.STUCK if fault.waiting:
            return zh(
                "走到「{step}」就停住了：{way}，之后 {waiting} 在等另一支，而那一支不会再来。"
                "请核对前面的分支与汇合是否成对。",
                step=step,
                way=way,
                waiting=waiting,
            )
        case FaultKind.STUCK:
            return zh(
                "「{step}」之后没有下一步：{way}。请把它连到下一步或结束。", step=step, way=way
            )
        case FaultKind.LEFTOVER:
            return zh(
                "已经到了结束，{waiting} 却还没有办：{way}。请在结束之前汇合所有分支。",
                waiting=waiting,
                way=way,
            )
        case FaultKind.ENDLESS:
            return zh(
                "过了「{step}」就只能来回绕，到不了结束：{way}。请给这一圈加一条通往结束的路。",
                step=step,
                way=way,
            )
        case FaultKind.DEAD:
            return zh(
                "「{step}」永远轮不到：没有一种走法会经过它。请把它接到流程里，或者删去。",
                step=step,
            )


def _title(net: Net, node: str) -> str:
    return net.titles.get(node, node)


def _way(net: Net, path: tuple[str, ...]) -> str:
    """Return the way as titles; gateways' labels alone tell nothing and are left out."""
    visible = {t.node for t in net.transitions if t.label or t.waits}
    titles = [_title(net, node) for node in path if node in visible] or [
        _title(net, node) for node in path[:1]
    ]
    return " → ".join(titles)
