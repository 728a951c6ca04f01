"""Risks, controls and discretion standards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from guiju.core.lists.values import Period, Publication
from guiju.core.lists.words import (
    AmountUnit,
    Channel,
    ControlPhase,
    ControlState,
    Dimension,
    GradeMethod,
    ItemKind,
    Layer,
    Matter,
    Means,
    RiskSpot,
    RiskState,
)
from guiju.core.organisation.words import LeaderLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One integrity risk (domain.md, section 1, Risk).

    Attributes:
        power, flow, step: where it lies; ``step`` is a step's key in ``flow``.
        post, person: whose it is, for risks of posts and persons.
        matter: the sort of matter in which it was looked for (S4-15).
        manifestation: how it would show (表现形式).
        probability, harm: 1 (low) to 3 (high) (S4-16).
        frequency: how often a year the power is used, from real counts.
        answers: codes of the profile's criteria that hold (S4-18 to S4-20).
        grade: 1 is the highest; ``grade_reason`` why it is not what the method gives.
        indicator: what is counted to watch it (监测指标).
        rules: codes of the machine rules that watch it.
    """

    item_kind: ClassVar[ItemKind] = ItemKind.RISK
    code: str
    power: str = ""
    flow: str = ""
    step: str = ""
    layer: Layer | None = None
    post: str = ""
    person: str = ""
    dimensions: tuple[Dimension, ...] = ()
    spot: RiskSpot | None = None
    matter: Matter | None = None
    text: str = ""
    manifestation: str = ""
    probability: int | None = None
    harm: int | None = None
    frequency: int | None = None
    answers: tuple[str, ...] = ()
    grade: int | None = None
    grade_method: GradeMethod | None = None
    grade_reason: str = ""
    channels: tuple[Channel, ...] = ()
    found_by: str = ""
    state: RiskState = RiskState.PROPOSED
    indicator: str = ""
    rules: tuple[str, ...] = ()
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """What is done against a risk, by whom, and who watches (S3-27, S4-02, forms 5 and 6).

    Attributes:
        basis_rule: the regulation that it rests on.
        unit, post, person: who answers for it; ``owner_level`` at which level.
        supervisor, supervisor_level: who watches it.
        every: how often it is checked; ``due`` when it has to be in place.
        is_standing: it has no end (长期坚持), so it needs no ``due``.
        supervision: how it is watched (监督方式).
        rule: code of the machine rule that a technical control stands for (S1-26).
    """

    item_kind: ClassVar[ItemKind] = ItemKind.CONTROL
    code: str
    risk: str = ""
    means: tuple[Means, ...] = ()
    phase: ControlPhase | None = None
    text: str = ""
    basis_rule: str = ""
    unit: str = ""
    post: str = ""
    person: str = ""
    owner_level: LeaderLevel | None = None
    supervisor: str = ""
    supervisor_level: LeaderLevel | None = None
    supervision: str = ""
    every: Period | None = None
    due: date | None = None
    is_standing: bool = False
    evidence: str = ""
    rule: str = ""
    state: ControlState = ControlState.DRAFTED
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One tier of a discretion standard; amounts in hundredths of the standard's unit.

    Attributes:
        lower, upper: the range; None where the tier names no amount.
        above_lower, below_upper: the bound itself does not belong to the tier (不含本数).
    """

    name: str = ""
    conditions: str = ""
    measure: str = ""
    lower: int | None = None
    upper: int | None = None
    above_lower: bool = False
    below_upper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscretionStandard:
    """How discretion is used for one offence or matter (S1-24, S1-43, S2-17).

    Attributes:
        behaviour: class of the offence or matter; ``offence`` the offence itself.
        lower, upper: the range that the law leaves, in hundredths of ``unit``.
        base: what a multiple is of, such as 违法所得.
        tiers: from the lightest to the gravest.
    """

    item_kind: ClassVar[ItemKind] = ItemKind.STANDARD
    code: str
    power: str = ""
    behaviour: str = ""
    offence: str = ""
    basis: str = ""
    unit: AmountUnit | None = None
    base: str = ""
    lower: int | None = None
    upper: int | None = None
    tiers: tuple[Tier, ...] = ()
    aggravating: tuple[str, ...] = ()
    mitigating: tuple[str, ...] = ()
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.offence or self.behaviour
