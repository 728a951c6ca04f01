"""What a column of a table may be said to mean, in words."""

from __future__ import annotations

from functools import cache

from guiju.core.lists.fields import label
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.exchange.lists.dictionary import CONTENT, IGNORED, NUMBER, called, targets
from guiju.exchange.lists.words import TableKind

Choice = tuple[str, Sentence | str]

_GROUPS: dict[str, Sentence] = {
    **{kind.value: kind.label for kind in ItemKind},
    "main": ItemKind.POWER.label,
    "flow": ItemKind.FLOW.label,
    "step": ItemKind.FLOW.label,
    "tier": ItemKind.STANDARD.label,
    "edition": zh("整份清单"),
}
_OUTSIDE = zh("不进清单的")
IGNORE: Choice = (IGNORED, zh("不导入这一列"))
NO_LABEL: Choice = (CONTENT, zh("是内容，不是标签"))
_NOWHERE = dict((IGNORE, NO_LABEL))


@cache
def groups_of(kind: TableKind) -> tuple[tuple[Sentence, tuple[Choice, ...]], ...]:
    """Return the places of a table's columns, those of one sort of item together."""
    found: dict[Sentence, list[Choice]] = {}
    for target in sorted(targets(kind) - {IGNORED}, key=_order):
        group = _GROUPS.get(target.partition(".")[0], _OUTSIDE)
        found.setdefault(group, []).append((target, meaning(kind, target)))
    return tuple((group, tuple(choices)) for group, choices in found.items())


def meaning(kind: TableKind, target: str) -> Sentence | str:
    """Return what a place is called: a field by its label, others as offices call them."""
    if target in _NOWHERE:
        return _NOWHERE[target]
    head, _, path = target.partition(".")
    item = next((one for one in ItemKind if one.value == head), None)
    known = label(item, path) if item and path else path
    return called(kind, target) if known == path else known


def _order(target: str) -> tuple[int, str]:
    heads = list(_GROUPS)
    head = target.partition(".")[0]
    return (heads.index(head) if head in heads else len(heads), "" if target == NUMBER else target)
