"""Where the branches of each parallel split meet again.

The rows and splits form a graph. The row at which a split's branches meet is its
immediate post-dominator (Cooper, Harvey and Kennedy, 2001); between the two, each
branch must be a closed part of its own, otherwise it is unclear who waits for whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.exchange.steps.step import END, Problems, Step

Place = str | tuple[str, int]
"""A row's number or ``END``; or a parallel split: its row's number and which way it is."""

MOST_INSIDE = 1_000_000
"""How many rows all branches may hold together, counted again at every level."""


@dataclass(frozen=True, slots=True)
class Region:
    """A split with the row where it ends, and the branch in which each place between lies."""

    split: tuple[str, int]
    meeting: Place
    branch: Mapping[Place, int]


def successors(steps: Sequence[Step]) -> dict[Place, list[Place]]:
    """Return where each row and each split leads to."""
    after: dict[Place, list[Place]] = {END: []}
    for step in steps:
        leads: list[Place] = []
        for k, way in enumerate(step.ways):
            if len(way.targets) > 1:
                after[step.number, k] = list(way.targets)
            leads.append((step.number, k) if len(way.targets) > 1 else way.targets[0])
        after[step.number] = leads
    return after


def predecessors(after: Mapping[Place, Sequence[Place]]) -> dict[Place, list[Place]]:
    """Return the graph with every arrow turned round."""
    before: dict[Place, list[Place]] = {place: [] for place in after}
    for place, targets in after.items():
        for target in targets:
            before[target].append(place)
    return before


def reached(
    graph: Mapping[Place, Sequence[Place]], begin: Place, *, without: Place | None = None
) -> set[Place]:
    """Return all places that can be reached from ``begin`` without passing ``without``."""
    seen, waiting = {begin}, [begin]
    while waiting:
        for target in graph[waiting.pop()]:
            if target not in seen and target != without:
                seen.add(target)
                waiting.append(target)
    return seen


def find_regions(steps: Sequence[Step], after: Mapping[Place, Sequence[Place]]) -> list[Region]:
    """Return the region of every split; every row must have a way to the end.

    Raises:
        Invalid: STEP-15 when branches do not meet in good order, STEP-02 when there are
            too many inside one another.
    """
    before = predecessors(after)
    meeting = _meetings(after, before)
    problems, regions, inside = Problems(), [], 0
    for step in steps:
        for k, way in enumerate(step.ways):
            if len(way.targets) == 1:
                continue
            split = (step.number, k)
            region = Region(split, meeting[split], _branches(split, meeting[split], after))
            if not _closed(region, way.targets, before, steps[0].number):
                problems.add(_unclear(step, way.written))
            regions.append(region)
            inside += len(region.branch)
            if inside > MOST_INSIDE:
                raise Invalid("STEP-02", zh("步骤表里并行套并行的层数太多。请拆成几张表。"))
    problems.settle()
    return regions


def _branches(
    split: tuple[str, int], meeting: Place, after: Mapping[Place, Sequence[Place]]
) -> dict[Place, int]:
    """Return the branch of each place; -1 where branches overlap."""
    branch: dict[Place, int] = {}
    for i, target in enumerate(after[split]):
        parts = reached(after, target, without=meeting) if target != meeting else {split}
        for place in parts:
            branch[place] = -1 if place in branch else i
    return branch


def _closed(
    region: Region,
    targets: Sequence[str],
    before: Mapping[Place, Sequence[Place]],
    first: str,
) -> bool:
    """Tell whether every branch is entered from the split alone and touches no other."""
    branch = region.branch
    if region.split in branch or first in branch or -1 in branch.values():
        return False
    return all(
        (source == region.split and targets[i] == place) or branch.get(source) == i
        for place, i in branch.items()
        for source in before[place]
    )


def _unclear(step: Step, written: str) -> Invalid:
    return Invalid(
        "STEP-15",
        zh(
            "第 {line} 行「下一步」列：从第 {number} 步起并行的「{written}」没有各走各的、"
            "再汇到同一步。请让每一支都只从这里进入，并最后都走到同一个步骤或「结束」。",
            line=step.line,
            number=step.number,
            written=written,
        ),
    )


def _meetings(
    after: Mapping[Place, Sequence[Place]], before: Mapping[Place, Sequence[Place]]
) -> dict[Place, Place]:
    """Return the immediate post-dominator of every place that can reach the end."""
    order = list(_finished(before))
    rank = {place: i for i, place in enumerate(order)}
    found: dict[Place, Place] = {END: END}
    changed = True
    while changed:
        changed = False
        for place in reversed(order[:-1]):
            known = [target for target in after[place] if target in found]
            nearest = known[0]
            for other in known[1:]:
                nearest = _common(nearest, other, found, rank)
            changed = changed or found.get(place) != nearest
            found[place] = nearest
    return found


def _common(
    one: Place, other: Place, found: Mapping[Place, Place], rank: Mapping[Place, int]
) -> Place:
    while one != other:
        while rank[one] < rank[other]:
            one = found[one]
        while rank[other] < rank[one]:
            other = found[other]
    return one


def _finished(before: Mapping[Place, Sequence[Place]]) -> Iterator[Place]:
    """Yield the places in post-order of a depth-first walk back from the end."""
    seen: set[Place] = {END}
    stack: list[tuple[Place, Iterator[Place]]] = [(END, iter(before[END]))]
    while stack:
        place, rest = stack[-1]
        for source in rest:
            if source not in seen:
                seen.add(source)
                stack.append((source, iter(before[source])))
                break
        else:
            stack.pop()
            yield place
