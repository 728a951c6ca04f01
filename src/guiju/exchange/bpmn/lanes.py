"""Lanes: who acts where (BPMN 2.0, 10.8)."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.sentence import Sentence, zh
from guiju.exchange.bpmn.identity import Identities
from guiju.exchange.bpmn.naming import describe
from guiju.exchange.xml_tree import Element, brief


def lanes(container: Element, depth: int = 0) -> Iterator[tuple[int, Element]]:
    """Yield the lanes of a process or subprocess, each with its depth, outer ones first."""
    for lane_set in container.all("laneSet", "childLaneSet"):
        for lane in lane_set.all("lane"):
            yield depth, lane
            yield from lanes(lane, depth + 1)


def lane_of_nodes(
    container: Element, ids: Identities, remarks: list[Sentence]
) -> dict[Element, Element]:
    """Return the innermost lane of each node; of two equally deep the first."""
    found: dict[Element, tuple[int, Element]] = {}
    for depth, lane in lanes(container):
        for reference in lane.all("flowNodeRef"):
            node = ids.find(reference.text)
            if node is None:
                remarks.append(
                    zh(
                        "泳道「{lane}」第 {line} 行列有「{ref}」，流程里没有这个元素，已略过。",
                        lane=brief(lane.get("name")),
                        line=reference.line,
                        ref=brief(reference.text),
                    )
                )
            elif node not in found or found[node][0] < depth:
                found[node] = depth, lane
            elif found[node][0] == depth and found[node][1] is not lane:
                remarks.append(
                    zh(
                        "{node}同时列在泳道「{first}」和「{second}」里，以「{first}」为准。",
                        node=describe(node),
                        first=brief(found[node][1].get("name")),
                        second=brief(lane.get("name")),
                    )
                )
    return {node: lane for node, (_, lane) in found.items()}
