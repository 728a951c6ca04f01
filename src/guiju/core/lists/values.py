"""Values that stand in several items: periods, fees, publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiju.core.lists.words import AmountUnit, Audience, PeriodUnit


@dataclass(frozen=True, slots=True)
class Period:
    """How long something may take, or how often it is due: ``amount`` in ``unit``."""

    amount: int
    unit: PeriodUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What a power costs those to whom it is applied (S1-44).

    Attributes:
        basis: the document that allows the fee.
        standard: the rate as the document writes it.
        lower, upper: the range in hundredths of ``unit``; equal for a fixed fee.
        by_lower: whether the unit binds itself to the lower bound.
    """

    basis: str = ""
    standard: str = ""
    lower: int | None = None
    upper: int | None = None
    unit: AmountUnit = AmountUnit.YUAN
    by_lower: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """To whom an item is shown, or why not (S0-31, S2-09, K8).

    Attributes:
        audience: the widest circle that may see it; None for an exempt item.
        exemption: why it is not public, with the legal basis.
        approver: who allowed the exemption.
        review_date: when the exemption is looked at again.
    """

    audience: Audience | None = None
    exemption: str = ""
    approver: str = ""
    review_date: date | None = None
