"""Elements that can be drawn but not run, each with what to use instead."""

from __future__ import annotations

from collections.abc import Mapping

from guiju.core.errors import Invalid
from guiju.core.sentence import Sentence, zh
from guiju.exchange.bpmn.identity import flow_elements, scopes
from guiju.exchange.bpmn.naming import LABELS, describe, join
from guiju.exchange.bpmn.vocabulary import ASIDE, EVENTS, MODEL, NODES
from guiju.exchange.xml_tree import Element, brief

_NAMED = 3

_ELEMENTS = {
    "transaction": (
        zh("事务子流程"),
        zh("请改用普通子流程，把办不成时的处理画成单独的分支。"),
    ),
    "adHocSubProcess": (
        zh("自由子流程"),
        zh("请改用普通子流程，用包容网关分出可办可不办的步骤。"),
    ),
    "complexGateway": (zh("复杂网关"), zh("请改用排他网关、并行网关或包容网关。")),
    "eventBasedGateway": (
        zh("事件网关"),
        zh("请改用排他网关，等待期限用步骤上的边界定时表示。"),
    ),
    "implicitThrowEvent": (zh("隐式抛出事件"), zh("请改用普通步骤。")),
}
_CHOREOGRAPHY = (zh("编排元素"), zh("请改画成普通流程里的步骤。"))

_TRIGGERS = {
    "": zh("无触发"),
    "message": zh("消息"),
    "timer": zh("定时"),
    "error": zh("错误"),
    "signal": zh("信号"),
    "escalation": zh("升级"),
    "cancel": zh("取消"),
    "conditional": zh("条件"),
    "compensate": zh("补偿"),
    "terminate": zh("终止"),
    "link": zh("连接"),
    "multiple": zh("多重触发"),
}
_INSTEAD = {
    "startEvent": zh("请改用普通开始事件，起因写在它的名称里。"),
    "endEvent": zh("请改用普通结束事件或终止事件，之前的处理画成步骤。"),
    "intermediateCatchEvent": zh("请改用定时事件或消息事件，或画成步骤加排他网关。"),
    "intermediateThrowEvent": zh("请改画成普通步骤。"),
    "boundaryEvent": zh("请在该步骤之后加排他网关，把例外情形画成分支；限时的改用边界定时。"),
}
Fault = tuple[Element, Sentence, Sentence]
"""An element, its kind for people, and what to use instead."""


def trigger_of(event: Element, definitions: Mapping[str, Element]) -> str:
    """Return what triggers ``event``: "" nothing, "multiple", or the definition's first word."""
    found = [c.name for c in event.children if c.name.endswith("EventDefinition")]
    for reference in event.all("eventDefinitionRef"):
        target = definitions.get(reference.text.strip().rpartition(":")[2])
        found.append(target.name if target else "unknownEventDefinition")
    if len(found) > 1:
        return "multiple"
    return found[0].removesuffix("EventDefinition") if found else ""


def fault_of(element: Element, trigger: str) -> Fault | None:
    """Say why a node cannot run; None when it can. ``trigger`` is that of an event."""
    if element.name in EVENTS:
        if trigger in EVENTS[element.name]:
            return None
        what = _TRIGGERS.get(trigger, zh("不认识的触发"))
        kind = zh("{event}（{trigger}）", event=LABELS[element.name], trigger=what)
        return element, kind, _INSTEAD[element.name]
    if element.name in _ELEMENTS:
        return element, *_ELEMENTS[element.name]
    if "horeography" in element.name:
        return element, *_CHOREOGRAPHY
    return _marked_fault(element)


def _marked_fault(element: Element) -> Fault | None:
    """Find the attributes and markers that make an activity one that is not run."""
    loop = element.first("standardLoopCharacteristics")
    if element.flag("triggeredByEvent"):
        return (
            element,
            zh("事件子流程"),
            zh("请改用普通子流程，由边界定时或排他网关的分支引到它。"),
        )
    if element.flag("isForCompensation"):
        return element, zh("补偿步骤"), zh("请改画成排他网关分支上的普通步骤。")
    if element.flag("instantiate"):
        return element, zh("自行启动的接收任务"), zh("请在它前面加一个开始事件，并去掉自行启动。")
    if {element.get("startQuantity"), element.get("completionQuantity")} - {"", "1"}:
        return element, zh("一次收发多个令牌的步骤"), zh("请改用并行网关分出多支。")
    if loop and (loop.flag("testBefore") or loop.get("loopMaximum")):
        return (
            element,
            zh("可能一次也不办或限定次数的循环步骤"),
            zh("请用排他网关画出循环，或改用多实例并写明次数。"),
        )
    return None


def refuse_unrun(process: Element, definitions: Mapping[str, Element]) -> None:
    """Refuse a process with elements that are not run, or that BPMN does not know.

    Raises:
        Invalid: BPMN-10 names the first few and says what to use instead of the first;
            BPMN-11 names the unknown element.
    """
    faults: list[Fault] = []
    for element in flow_elements(process):
        trigger = trigger_of(element, definitions) if element.name in EVENTS else ""
        fault = fault_of(element, trigger)
        faults += [fault] if fault else []
    if faults:
        listed = join(describe(element, kind) for element, kind, _ in faults[:_NAMED])
        if len(faults) > _NAMED:
            listed = zh("{listed}等 {count} 处", listed=listed, count=len(faults))
        raise Invalid(
            "BPMN-10",
            zh(
                "流程里有能画出但不能运行的元素：{listed}。{instead}",
                listed=listed,
                instead=faults[0][2],
            ),
        )
    for scope in scopes(process):
        _refuse_unknown(scope)


def _refuse_unknown(scope: Element) -> None:
    for child in scope.children:
        aside = child.name in ASIDE or child.name in NODES
        if child.space == MODEL and not aside:
            raise Invalid(
                "BPMN-11",
                zh(
                    "第 {line} 行的元素「{name}」不是 BPMN 2.0 流程里的元素。"
                    "请核对拼写，或用建模软件重新导出。",
                    line=child.line,
                    name=brief(child.name),
                ),
            )
