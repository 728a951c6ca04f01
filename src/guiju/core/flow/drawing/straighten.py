"""Pulling long lines straight where nothing is in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from guiju.core.flow.drawing.graph import Layered


def straightened(
    graph: Layered, places: Mapping[int, float], gap: Callable[[int, int], float]
) -> dict[int, float]:
    """Return the places with the bends of each line, if there is room, all at its outermost."""
    result = dict(places)
    where = {
        v: (number, at) for number, layer in enumerate(graph.layers) for at, v in enumerate(layer)
    }
    for line in graph.lines:
        bends = [vertex for vertex in line.chain if not graph.names[vertex]]
        if len(bends) < 2:
            continue
        for wish in (max(result[v] for v in bends), min(result[v] for v in bends)):
            if all(_has_room(graph, result, where[v], wish, gap) for v in bends):
                result.update(dict.fromkeys(bends, wish))
                break
    return result


def _has_room(
    graph: Layered,
    places: Mapping[int, float],
    where: tuple[int, int],
    wish: float,
    gap: Callable[[int, int], float],
) -> bool:
    layer, at = graph.layers[where[0]], where[1]
    vertex = layer[at]
    if at and wish - places[layer[at - 1]] < gap(layer[at - 1], vertex):
        return False
    return at == len(layer) - 1 or places[layer[at + 1]] - wish >= gap(vertex, layer[at + 1])
