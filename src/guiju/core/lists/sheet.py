"""权力标签: one power with all that belongs to it, put in the order of one page (S3-49)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from guiju.core.flow.model import Node
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.model import Item
from guiju.core.lists.powers import AccountabilityCase, Duty, LegalBasis, NegativeItem, Power
from guiju.core.lists.risks import Control, DiscretionStandard, Risk
from guiju.core.lists.words import ControlState, ItemKind, RiskState

T = TypeVar("T")
_LAST = 9


@dataclass(frozen=True, slots=True)
class NumberedRisk:
    """A risk with the number that it bears on the page.

    Attributes:
        step: the step of the drawn flow at which it is marked; None where it lies elsewhere.
        controls: what is done against it, without what was given up.
    """

    number: int
    risk: Risk
    step: Node | None
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerSheet:
    """A power on one page.

    Attributes:
        flow: the flow that is drawn; ``finer`` those of leaders and posts that refine it.
        risks: numbered, the gravest first.
        main: the main item of a sub-item.
        lent: the tables in which the main item speaks for it (依据、流程 and so on).
    """

    power: Power
    main: Power | None = None
    bases: tuple[LegalBasis, ...] = ()
    duties: tuple[Duty, ...] = ()
    accountabilities: tuple[AccountabilityCase, ...] = ()
    negatives: tuple[NegativeItem, ...] = ()
    standards: tuple[DiscretionStandard, ...] = ()
    flow: PowerFlow | None = None
    finer: tuple[PowerFlow, ...] = ()
    risks: tuple[NumberedRisk, ...] = ()
    lent: frozenset[ItemKind] = frozenset()

    @property
    def steps(self) -> tuple[Node, ...]:
        """The steps of the drawn flow."""
        return self.flow.steps if self.flow else ()

    @property
    def posts(self) -> tuple[str, ...]:
        """The posts that hold the power or act in it, each once."""
        named = [self.power.post, *(node.post for node in self.steps)]
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def grade(self) -> int | None:
        """The power's grade, or that of its gravest risk."""
        found = [one.risk.grade for one in self.risks if one.risk.grade]
        return self.power.grade or min(found, default=None)


def sheet_of(
    power: Power, items: Iterable[Item], main: Sequence[Item] = (), *, negatives: Iterable[Item]
) -> PowerSheet:
    """Put what belongs to a power in order.

    Args:
        power: the power.
        items: what belongs to it.
        main: what belongs to its main item, itself among it: it speaks where the sub-item
            says nothing of its own.
        negatives: the negative items that bind its post.
    """
    own, lent = list(items), set()

    def of(wanted: type[T]) -> tuple[T, ...]:
        found = tuple(one for one in own if isinstance(one, wanted))
        if found:
            return found
        others = tuple(one for one in main if isinstance(one, wanted))
        if others:
            lent.add(wanted.item_kind)  # type: ignore[attr-defined] # every item has one
        return others

    flows = tuple(one for one in of(PowerFlow) if one.is_active)
    drawn = next((one for one in flows if not one.parent), next(iter(flows), None))
    finer = tuple(one for one in flows if one is not drawn)
    risks = tuple(one for one in of(Risk) if one.state is not RiskState.CLOSED)
    controls = _controls((*own, *main))
    return PowerSheet(
        power=power,
        main=next((one for one in main if isinstance(one, Power)), None),
        bases=of(LegalBasis),
        duties=of(Duty),
        accountabilities=of(AccountabilityCase),
        negatives=tuple(one for one in negatives if isinstance(one, NegativeItem)),
        standards=of(DiscretionStandard),
        flow=drawn,
        finer=finer,
        risks=_numbered(risks, controls, drawn, finer),
        lent=frozenset(lent),
    )


def _controls(items: Iterable[Item]) -> dict[str, tuple[Control, ...]]:
    found: dict[str, tuple[Control, ...]] = {}
    for one in items:
        if isinstance(one, Control) and one.state is not ControlState.RETIRED:
            found[one.risk] = (*found.get(one.risk, ()), one)
    return found


def _numbered(
    risks: Sequence[Risk],
    controls: dict[str, tuple[Control, ...]],
    drawn: PowerFlow | None,
    finer: Sequence[PowerFlow],
) -> tuple[NumberedRisk, ...]:
    """Number risks by grade, then in the order of the steps."""
    at = {step_key(node): node for node in drawn.steps} if drawn else {}
    places = {key: place for place, key in enumerate(at)}
    refined = {
        (flow.code, note.step): note.refines
        for flow in finer
        for note in flow.notes
        if note.refines
    }

    def step_of(risk: Risk) -> str:
        is_drawn = drawn is not None and risk.flow in ("", drawn.code)
        return risk.step if is_drawn else refined.get((risk.flow, risk.step), "")

    ordered = sorted(
        risks, key=lambda one: (one.grade or _LAST, places.get(step_of(one), len(places)))
    )
    return tuple(
        NumberedRisk(number, one, at.get(step_of(one)), controls.get(one.code, ()))
        for number, one in enumerate(ordered, 1)
    )
