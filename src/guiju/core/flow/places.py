"""One place for each sequence flow; flows that merge without waiting share theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guiju.core.flow.blocks import Block, Surroundings
from guiju.core.flow.draft import Draft
from guiju.core.flow.model import Node
from guiju.core.terms import NodeKind


def edge_places(
    draft: Draft, nodes: tuple[Node, ...], around: Surroundings, blocks: Mapping[str, Block]
) -> dict[str, int]:
    """Return the mask of each edge's place, added to ``draft``."""
    leader: dict[str, str] = {}

    def find(edge: str) -> str:
        while (above := leader.get(edge, edge)) != edge:
            leader[edge] = leader.get(above, above)
            edge = above
        return edge

    for node in nodes:
        for group in _merged(node, around, blocks):
            for edge in group[1:]:
                if find(edge) != find(group[0]):
                    leader[find(edge)] = find(group[0])
    titles = {node.id: node.title for node in nodes}
    masks: dict[str, int] = {}
    result = {}
    for way in (way for node in nodes for way in around.outgoing[node.id]):
        top = find(way.id)
        if top not in masks:
            masks[top] = draft.place(f"{titles[way.source]}→{titles[way.target]}")
        result[way.id] = masks[top]
    return result


def _merged(node: Node, around: Surroundings, blocks: Mapping[str, Block]) -> Iterator[list[str]]:
    """Yield groups of edges at ``node`` whose tokens need not wait for one another."""
    incoming = [edge.id for edge in around.incoming[node.id]]
    outgoing = [edge.id for edge in around.outgoing[node.id]]
    if node.id in blocks:
        for _, last in blocks[node.id].branches:
            yield list(last)
    elif node.kind is NodeKind.EXCLUSIVE and len(outgoing) == 1 and incoming:
        yield incoming + outgoing
    elif node.kind is not NodeKind.PARALLEL and incoming:
        yield incoming
