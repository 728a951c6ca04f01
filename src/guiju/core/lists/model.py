"""An edition: the four lists of a unit, with duties, negative list and discretion standards.

Items stand in flat tables and name each other by ``code``, as rows of a workbook do. A code
is stable across editions and unique within its table. Nothing here judges: a half-filled
edition is data like any other, and ``lint`` says what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from guiju.core.lists.flows import PowerFlow, StepNote, step_key
from guiju.core.lists.powers import AccountabilityCase, Duty, LegalBasis, NegativeItem, Power
from guiju.core.lists.risks import Control, DiscretionStandard, Risk, Tier
from guiju.core.lists.values import Fee, Period, Publication
from guiju.core.lists.words import EditionState, ItemKind

__all__ = [
    "ITEMS",
    "TABLES",
    "AccountabilityCase",
    "Control",
    "DiscretionStandard",
    "Duty",
    "Edition",
    "Fee",
    "Item",
    "LegalBasis",
    "NegativeItem",
    "Period",
    "Power",
    "PowerFlow",
    "Publication",
    "Risk",
    "StatedCount",
    "StepNote",
    "Tier",
    "step_key",
]

Item: TypeAlias = (
    Power
    | LegalBasis
    | Duty
    | AccountabilityCase
    | NegativeItem
    | PowerFlow
    | Risk
    | Control
    | DiscretionStandard
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCount:
    """A total that a document states about itself, such as 「I级风险：12个」 (GJ108).

    Attributes:
        kind: which table is counted.
        kind_code: only powers of this kind; empty for all.
        grade: only items of this grade; None for all.
        where: the words of the document.
    """

    kind: ItemKind
    count: int
    kind_code: str = ""
    grade: int | None = None
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition of a unit's lists.

    Attributes:
        unit: the unit's reference, such as ``unit:<uuid>``; ``unit_code`` its number in codes.
        area_code: the region's number (GB/T 2260), six digits.
        profile: code of the profile that it follows.
        number: 1 for a unit's first edition.
        valid_from, valid_to: the days on which it holds; the last day is not among them.
        stated: totals that the documents it was read from state about themselves.
    """

    unit: str = ""
    unit_name: str = ""
    unit_code: str = ""
    area_code: str = ""
    profile: str = ""
    title: str = ""
    number: int = 1
    state: EditionState = EditionState.DRAFT
    valid_from: date | None = None
    valid_to: date | None = None
    powers: tuple[Power, ...] = ()
    bases: tuple[LegalBasis, ...] = ()
    duties: tuple[Duty, ...] = ()
    accountabilities: tuple[AccountabilityCase, ...] = ()
    negatives: tuple[NegativeItem, ...] = ()
    flows: tuple[PowerFlow, ...] = ()
    risks: tuple[Risk, ...] = ()
    controls: tuple[Control, ...] = ()
    standards: tuple[DiscretionStandard, ...] = ()
    stated: tuple[StatedCount, ...] = ()

    def table(self, kind: ItemKind) -> tuple[Item, ...]:
        """Return the items of one table."""
        items: tuple[Item, ...] = getattr(self, TABLES[kind])
        return items

    def items(self) -> Iterator[Item]:
        """Yield every item, table by table."""
        for kind in ItemKind:
            yield from self.table(kind)


TABLES: dict[ItemKind, str] = {
    ItemKind.POWER: "powers",
    ItemKind.BASIS: "bases",
    ItemKind.DUTY: "duties",
    ItemKind.ACCOUNTABILITY: "accountabilities",
    ItemKind.NEGATIVE: "negatives",
    ItemKind.FLOW: "flows",
    ItemKind.RISK: "risks",
    ItemKind.CONTROL: "controls",
    ItemKind.STANDARD: "standards",
}
"""The attribute of an edition that holds each table."""

ITEMS: dict[ItemKind, type[Item]] = {
    ItemKind.POWER: Power,
    ItemKind.BASIS: LegalBasis,
    ItemKind.DUTY: Duty,
    ItemKind.ACCOUNTABILITY: AccountabilityCase,
    ItemKind.NEGATIVE: NegativeItem,
    ItemKind.FLOW: PowerFlow,
    ItemKind.RISK: Risk,
    ItemKind.CONTROL: Control,
    ItemKind.STANDARD: DiscretionStandard,
}
"""What stands in each table."""
