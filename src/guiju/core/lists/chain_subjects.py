"""What an edition puts before those who sign: all four lists, or internal control alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiju.core.lists.chains import Subject
from guiju.core.lists.diff import Difference, ItemChange
from guiju.core.lists.model import Control, NegativeItem, Risk
from guiju.core.lists.words import ItemKind, Layer
from guiju.core.lists.words_chains import ChainObject
from guiju.core.organisation.words import LeaderLevel, UnitKind

_CONTROLS = frozenset({ItemKind.RISK, ItemKind.CONTROL, ItemKind.NEGATIVE})
_OF_POSTS = frozenset({Layer.POST, Layer.PERSON})
_RANKS = tuple(LeaderLevel)


def subject_of(
    difference: Difference | None,
    owner: UnitKind | None,
    layers: Mapping[str, Layer],
    ranks: Mapping[str, LeaderLevel],
) -> Subject:
    """Return what an edition is about, for choosing its chain.

    A first edition, and one that changes powers, flows, bases, duties or standards, is about
    the four lists. One that changes risks, controls and negative items alone is about internal
    control: of posts where all of it is (S2-23, S4-28), else of the unit (S2-24, S4-29).

    Args:
        difference: what it changes in the edition before; None without one.
        owner: the kind of its unit.
        layers: the layer of each risk by code, for controls that name it.
        ranks: the level of each post by the name that items use.
    """
    changes = difference.items if difference else ()
    if not changes or any(one.kind not in _CONTROLS for one in changes):
        return Subject(object=ChainObject.LISTS, owner=owner)
    found = {_layer(one, layers) for one in changes}
    if not found <= _OF_POSTS:
        return Subject(object=ChainObject.CONTROLS, owner=owner, layer=Layer.UNIT)
    rank = _highest(ranks[post] for one in changes if (post := _post(one)) in ranks)
    return Subject(object=ChainObject.CONTROLS, owner=owner, layer=Layer.POST, rank=rank)


def _layer(change: ItemChange, layers: Mapping[str, Layer]) -> Layer:
    item = change.after or change.before
    if isinstance(item, Risk):
        return item.layer or Layer.UNIT
    if isinstance(item, Control):
        return layers.get(item.risk, Layer.UNIT)
    return Layer.POST if isinstance(item, NegativeItem) else Layer.UNIT


def _post(change: ItemChange) -> str:
    item = change.after or change.before
    return item.post if isinstance(item, Risk | Control | NegativeItem) else ""


def _highest(ranks: Iterable[LeaderLevel]) -> LeaderLevel | None:
    return min(ranks, key=_RANKS.index, default=None)
