"""What binds a post: the lists seen from the post instead of from the power (S0-13, S4-03)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from guiju.core.flow.model import Node
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.model import Item
from guiju.core.lists.powers import Duty, NegativeItem, Power
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.words import ControlState, PowerState, RiskState
from guiju.core.sentence import zh
from guiju.core.terms import Term


class Tie(Term):
    """How something binds a post."""

    HOLDS = "holds", zh("行使权力")
    LEADS = "leads", zh("负领导责任")
    ACTS = "acts", zh("办理步骤")
    AT_RISK = "at_risk", zh("廉政风险")
    OWNS = "owns", zh("落实措施")
    WATCHES = "watches", zh("监督措施")
    DUTY = "duty", zh("责任事项")
    BARRED = "barred", zh("不得作为")

    @property
    def is_sure(self) -> bool:
        """Whether it names nothing but posts; others may name a person, a unit or a body."""
        return self not in {Tie.LEADS, Tie.WATCHES, Tie.DUTY}


_OVER = frozenset({PowerState.REPEALED, RiskState.CLOSED, ControlState.RETIRED})


@dataclass(frozen=True, slots=True)
class Binding:
    """One thing that binds a post; ``step`` of the flow ``item`` where it acts there."""

    post: str
    tie: Tie
    item: Item
    step: Node | None = None


def bindings(items: Iterable[Item], posts: Collection[str] | None = None) -> list[Binding]:
    """Return what binds posts, in the order of ``items``.

    Args:
        items: of one edition.
        posts: the names of the posts that are asked for; None for all that the items name as
            such.
    """
    found = list(every_binding(items))
    wanted = {one.post for one in found if one.tie.is_sure} if posts is None else set(posts)
    return [one for one in found if one.post in wanted]


def every_binding(items: Iterable[Item]) -> Iterator[Binding]:
    """Yield what binds whatever the items name in the place of a post."""
    return (one for item in items if _is_in_force(item) for one in _of(item) if one.post)


def _is_in_force(item: Item) -> bool:
    return getattr(item, "state", None) not in _OVER and getattr(item, "is_active", True)


def _of(item: Item) -> Iterator[Binding]:
    if isinstance(item, Power):
        yield Binding(item.post, Tie.HOLDS, item)
        if item.leader != item.post:
            yield Binding(item.leader, Tie.LEADS, item)
    elif isinstance(item, PowerFlow):
        for step in item.steps:
            yield Binding(step.post, Tie.ACTS, item, step)
    elif isinstance(item, Risk):
        yield Binding(item.post, Tie.AT_RISK, item)
    elif isinstance(item, Control):
        yield Binding(item.post, Tie.OWNS, item)
        yield Binding(item.supervisor, Tie.WATCHES, item)
    elif isinstance(item, Duty):
        yield Binding(item.owner, Tie.DUTY, item)
    elif isinstance(item, NegativeItem):
        yield Binding(item.post, Tie.BARRED, item)
