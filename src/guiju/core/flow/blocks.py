"""Which split an inclusive join waits for, when the flow is block-structured there.

An inclusive join waits for every branch that was taken. That is a local question
only when one split opens exactly the branches that the join closes; any other use
needs knowledge of the whole state and is refused (engine.md, section 1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.flow.model import Edge, Node
from guiju.core.sentence import zh
from guiju.core.terms import NodeKind


@dataclass(frozen=True, slots=True)
class Block:
    """A split and the join that closes it: for each branch, its first and its last edges."""

    split: str
    join: str
    branches: tuple[tuple[str, tuple[str, ...]], ...]


class Surroundings:
    """Neighbours of each node in one scope; a boundary event follows its host."""

    def __init__(self, nodes: Iterable[Node], edges: Iterable[Edge]) -> None:
        self.outgoing: dict[str, list[Edge]] = defaultdict(list)
        self.incoming: dict[str, list[Edge]] = defaultdict(list)
        self.before: dict[str, set[str]] = defaultdict(set)
        self.after: dict[str, set[str]] = defaultdict(set)
        for edge in edges:
            self.outgoing[edge.source].append(edge)
            self.incoming[edge.target].append(edge)
            self._join(edge.source, edge.target)
        catches = {n.link: n.id for n in nodes if n.kind is NodeKind.LINK_CATCH}
        for node in nodes:
            if node.kind is NodeKind.BOUNDARY_TIMER:
                self._join(node.attached_to, node.id)
            elif node.kind is NodeKind.LINK_THROW and node.link in catches:
                self._join(node.id, catches[node.link])

    def _join(self, source: str, target: str) -> None:
        self.after[source].add(target)
        self.before[target].add(source)

    def reach(self, start: str, stop: str = "") -> set[str]:
        """Return all nodes met from ``start`` on, itself included, without passing ``stop``."""
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node != stop and node not in seen:
                seen.add(node)
                waiting.extend(self.after[node])
        return seen


def match_inclusive(nodes: tuple[Node, ...], around: Surroundings) -> dict[str, Block]:
    """Return, for each inclusive join (a node with several ways in), its block.

    Raises:
        Invalid: FLOW-05 when no split opens exactly the branches that a join closes.
    """
    blocks = {}
    for node in nodes:
        if node.kind is NodeKind.INCLUSIVE and len(around.incoming[node.id]) > 1:
            blocks[node.id] = _block_of(node, nodes, around)
    return blocks


def _block_of(join: Node, nodes: tuple[Node, ...], around: Surroundings) -> Block:
    found = [
        block
        for split in nodes
        if len(around.outgoing[split.id]) > 1
        and split.id != join.id
        and (block := _block_between(split.id, join.id, around))
    ]
    if not found:
        raise Invalid(
            "FLOW-05",
            zh(
                "包容网关「{title}」（{id}）汇合的分支不是由同一个网关分出的，无法确定要等哪几支。"
                "请让它与分出这些分支的包容网关成对，或改用并行网关、排他网关。",
                title=join.title,
                id=join.id,
            ),
        )
    return min(found, key=lambda block: len(around.reach(block.split, stop=join.id)))


def _block_between(split: str, join: str, around: Surroundings) -> Block | None:
    """Return the block from ``split`` to ``join``, or None if they do not form one."""
    closed: set[str] = set()
    branches = []
    for edge in around.outgoing[split]:
        region = around.reach(edge.target, stop=join)
        if region & closed or split in region or not _is_private(region, split, around):
            return None
        closed |= region
        last = tuple(e.id for e in around.incoming[join] if e.source in region or e.id == edge.id)
        if not last:
            return None
        branches.append((edge.id, last))
    if sum(len(last) for _, last in branches) != len(around.incoming[join]):
        return None
    return Block(split, join, tuple(branches))


def _is_private(region: set[str], split: str, around: Surroundings) -> bool:
    """Tell whether nothing but ``split`` and the region itself leads into ``region``."""
    return all(around.before[node] <= region | {split} for node in region)
