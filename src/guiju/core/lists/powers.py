"""Powers, what they rest on, and what their holders answer for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from guiju.core.lists.values import Fee, Period, Publication
from guiju.core.lists.words import (
    AdminLevel,
    Attention,
    BasisLevel,
    BasisStatus,
    DutyKind,
    GradeMethod,
    ItemKind,
    Layer,
    PowerState,
    Side,
    SubjectState,
)
from guiju.core.organisation.words import Function, LeaderLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One power (domain.md, section 1, PowerItem).

    Attributes:
        code: stable across editions; its shape is the profile's code scheme.
        parent: code of the power of which this is a sub-item (子项).
        kind: code of a ``PowerKind`` or of a kind that the profile adds.
        subject: who exercises the power in law; ``office`` handles it.
        post: the post that holds it; ``leader`` answers for it as a leader (S0-08).
        manager: at which level somebody directly runs it (S1-13, S1-14).
        function: the division of work that it belongs to (S3-20, S2-60).
        grade: 1 is the highest; ``grade_reason`` why it is not what the method gives.
        upstream: number of the item in the guiding catalogue of the level above.
    """

    item_kind: ClassVar[ItemKind] = ItemKind.POWER
    code: str
    name: str = ""
    parent: str = ""
    side: Side | None = None
    kind: str = ""
    layer: Layer | None = None
    subject: str = ""
    subject_state: SubjectState | None = None
    exercised_at: AdminLevel | None = None
    office: str = ""
    post: str = ""
    leader: str = ""
    manager: LeaderLevel | None = None
    function: Function | None = None
    conditions: str = ""
    boundary: str = ""
    targets: str = ""
    mode: str = ""
    discipline: str = ""
    legal_limit: Period | None = None
    promised_limit: Period | None = None
    fee: Fee | None = None
    is_discretionary: bool = False
    is_major: bool = False
    attention: Attention | None = None
    grade: int | None = None
    grade_method: GradeMethod | None = None
    grade_reason: str = ""
    phone: str = ""
    state: PowerState = PowerState.IN_USE
    valid_from: date | None = None
    valid_to: date | None = None
    upstream: str = ""
    remark: str = ""
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.name


_WITHOUT_ARTICLE = (BasisLevel.STAFFING_PLAN, BasisLevel.INTERNAL, BasisLevel.NORMATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """What a power rests on, as a structured citation (成安县: 名称、文号、条款号、条款内容)."""

    item_kind: ClassVar[ItemKind] = ItemKind.BASIS
    code: str
    power: str = ""
    name: str = ""
    doc_no: str = ""
    article: str = ""
    text: str = ""
    issuer: str = ""
    level: BasisLevel | None = None
    status: BasisStatus | None = None
    effective: date | None = None

    @property
    def title(self) -> str:
        return f"《{self.name.strip('《》')}》{self.article}" if self.name else ""

    @property
    def needs_article(self) -> bool:
        """Whether the article has to be named: of laws it has, of a unit's own rules not."""
        return self.level not in _WITHOUT_ARTICLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What has to be done when a power is used (S2-16); ``step`` where in its flow, if known."""

    item_kind: ClassVar[ItemKind] = ItemKind.DUTY
    code: str
    power: str = ""
    kind: DutyKind | None = None
    step: str = ""
    text: str = ""
    owner: str = ""

    @property
    def title(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountabilityCase:
    """For what a holder of the power is held to account (追责情形)."""

    item_kind: ClassVar[ItemKind] = ItemKind.ACCOUNTABILITY
    code: str
    power: str = ""
    text: str = ""
    basis: str = ""
    sanction: str = ""

    @property
    def title(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, kw_only=True)
class NegativeItem:
    """What the holder of a post must not do (S2-14, S2-21, S2-22).

    Attributes:
        post: whom it binds, such as the head of the unit.
        act: what is prohibited.
        impact, prevention: what it would lead to, and what keeps from it.
        owner, sanction: who answers for preventing it, and what follows.
        rule: code of the rule that refuses it by machine, if there is one.
    """

    item_kind: ClassVar[ItemKind] = ItemKind.NEGATIVE
    code: str
    post: str = ""
    act: str = ""
    impact: str = ""
    prevention: str = ""
    owner: str = ""
    sanction: str = ""
    rule: str = ""
    publication: Publication | None = None

    @property
    def title(self) -> str:
        return self.act
