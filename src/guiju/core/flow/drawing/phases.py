"""Which phase a node belongs to that does not say so itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from guiju.core.flow.drawing.layers import Pair, layers_of, returning
from guiju.core.terms import Phase

_RANKED = list(Phase)


def phases_of(own: Mapping[str, Phase | None], pairs: Sequence[Pair]) -> dict[str, Phase | None]:
    """Return a phase for every node: its own, or the latest of those before it.

    What stands before all phases takes the first one after it; None everywhere when no step
    names a phase.
    """
    phases = dict(own)
    if not any(phases.values()):
        return phases
    same = dict.fromkeys(own, 0)
    back = returning(list(own), pairs, same)
    forward = [pair for index, pair in enumerate(pairs) if index not in back]
    before, after = defaultdict(list), defaultdict(list)
    for source, target in forward:
        before[target].append(source)
        after[source].append(target)
    layer = layers_of(list(own), forward, same)
    order = sorted(own, key=layer.__getitem__)
    _fill(phases, order, before, max)
    _fill(phases, order[::-1], after, min)
    return {node: phase or Phase.MOTION for node, phase in phases.items()}


def _fill(
    phases: dict[str, Phase | None],
    order: Sequence[str],
    near: Mapping[str, Sequence[str]],
    chosen: Callable[..., Phase],
) -> None:
    for node in order:
        known = [phase for other in near.get(node, ()) if (phase := phases[other])]
        if phases[node] is None and known:
            phases[node] = chosen(known, key=_RANKED.index)
