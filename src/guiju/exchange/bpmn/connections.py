"""Sequence flows: the truth about who follows whom (BPMN 2.0, 8.4.13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge
from guiju.core.sentence import Sentence, zh
from guiju.exchange.bpmn.identity import Identities, flow_elements
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.xml_tree import Element, brief


def edges_of(process: Element, ids: Identities, inside: Mapping[str, str]) -> Iterator[Edge]:
    """Yield the edges of ``process``; ``inside`` names the subprocess around each node.

    Raises:
        Invalid: BPMN-06 an end that is no node here, BPMN-07 a border crossed.
    """
    for element in flow_elements(process):
        if element.name == "sequenceFlow":
            yield _edge(element, ids, inside)


def _edge(element: Element, ids: Identities, inside: Mapping[str, str]) -> Edge:
    source = _end(element, "sourceRef", ids, inside)
    target = _end(element, "targetRef", ids, inside)
    if inside[source] != inside[target]:
        raise Invalid(
            "BPMN-07",
            zh(
                "{edge}穿过了子流程的边界。请在子流程里以结束事件收尾，再从子流程本身连出。",
                edge=describe(element),
            ),
        )
    condition = element.first("conditionExpression")
    return Edge(
        id=ids.of[element],
        source=source,
        target=target,
        name=element.get("name"),
        condition=condition.text.strip() if condition else "",
    )


def _end(element: Element, which: str, ids: Identities, inside: Mapping[str, str]) -> str:
    found = ids.find(element.get(which))
    name = ids.of[found] if found else ""
    if name not in inside:
        raise Invalid(
            "BPMN-06",
            zh(
                "{edge}的{end}（{which}）「{reference}」不是本流程的步骤、网关或事件。"
                "请改连到本流程的元素，或删去这条连线。",
                edge=describe(element),
                end=zh("起点") if which == "sourceRef" else zh("终点"),
                which=which,
                reference=brief(element.get(which)),
            ),
        )
    return name


def contradictions(process: Element, ids: Identities, edges: Iterable[Edge]) -> Iterator[Sentence]:
    """Yield a remark for each node that lists other flows than those that touch it."""
    real: defaultdict[tuple[str, str], set[Element | None]] = defaultdict(set)
    for edge in edges:
        element = ids.find(edge.id)
        if element not in ids.made_up:
            real["outgoing", edge.source].add(element)
            real["incoming", edge.target].add(element)
    for node in flow_elements(process):
        for way in ("incoming", "outgoing"):
            listed = {ids.find(child.text) for child in node.all(way)}
            if listed and listed != real[way, ids.of[node]]:
                yield zh(
                    "{node}所列的{way}连线与实际连线不符，以连线为准。",
                    node=describe(node),
                    way=zh("进入") if way == "incoming" else zh("离开"),
                )
