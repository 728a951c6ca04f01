"""How messages name an element of a BPMN file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

from guiju.core.sentence import Sentence, zh
from guiju.core.terms import NodeKind
from guiju.exchange.bpmn.vocabulary import PLAIN_TAGS, TASKS
from guiju.exchange.xml_tree import Element, brief

LABELS = {
    **dict.fromkeys(TASKS, NodeKind.TASK.label),
    **{tag: kind.label for tag, kind in PLAIN_TAGS.items()},
    "process": zh("流程"),
    "sequenceFlow": zh("连线"),
    "startEvent": zh("开始事件"),
    "endEvent": zh("结束事件"),
    "intermediateCatchEvent": zh("中间接收事件"),
    "intermediateThrowEvent": zh("中间抛出事件"),
    "boundaryEvent": zh("边界事件"),
}


def describe(element: Element, kind: Sentence | None = None) -> Sentence:
    """Name ``element``: its kind, name, id and line."""
    return zh(
        "{kind}「{name}」（编号{id}，第 {line} 行）",
        kind=kind or LABELS.get(element.name, zh("元素")),
        name=brief(element.get("name")) or zh("未命名"),
        id=brief(element.get("id")) or zh("未写"),
        line=element.line,
    )


def join(sentences: Iterable[Sentence]) -> Sentence:
    """Make one enumeration of at least one sentence."""
    return reduce(
        lambda first, second: zh("{first}、{second}", first=first, second=second), sentences
    )
