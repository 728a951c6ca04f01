"""Grading consolidated risks: by the profile's methods, another grade only with a reason (K2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.grading import Grading, grade_within
from guiju.core.lists.model import Item, Power
from guiju.core.lists.risks import Risk
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import GradeMethod, RiskState
from guiju.core.sentence import zh
from guiju.define.campaigns import find
from guiju.define.campaigns.actions.gating import require_passed
from guiju.define.campaigns.events import GRADED
from guiju.define.campaigns.models import Campaign
from guiju.define.campaigns.texts import checked
from guiju.define.lists.actions.editing import put_item
from guiju.define.lists.models import REASON
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.items import of_power


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever grades says of a risk.

    Attributes:
        answers: codes of the profile's criteria that hold (S4-18 to S4-20).
        probability, harm: 1 to 3.
        grade: another grade than the methods give; None for theirs.
        reason: why another one.
    """

    answers: Sequence[str] = ()
    probability: int | None = None
    harm: int | None = None
    grade: int | None = None
    reason: str = ""


def graded_by(campaign: Campaign, risk: Risk, given: Given) -> tuple[Risk, Grading]:
    """Return a risk with what was said of it, and what the methods make of it; one query."""
    profile = profile_of(campaign.edition)
    known = {one.code for one in profile.criteria}
    answers = tuple(one for one in dict.fromkeys(given.answers) if one in known)
    risk = replace(risk, answers=answers, probability=given.probability, harm=given.harm)
    belonging: list[Item] = of_power(campaign.edition, risk.power) if risk.power else []
    power = next((one for one in belonging if isinstance(one, Power)), None)
    others = [one for one in belonging if isinstance(one, Risk) and one.code != risk.code]
    living = [one for one in others if one.state is not RiskState.CLOSED]
    return risk, grade_within(risk, power, [*living, risk], profile)


def grade_risk(*, campaign: str, code: str, given: Given, by: Actor, at: datetime) -> Risk:
    """Give a risk its grade; the stricter of two methods counts unless a reason is given.

    Raises:
        Invalid: CAMPAIGN-02, CAMPAIGN-20; CAMPAIGN-13 for numbers that are none; CAMPAIGN-26
            where no method can say and no grade was given; CAMPAIGN-27 for another grade than
            the methods' without a reason; as ``put_item``.
        Denied: CAMPAIGN-03, CAMPAIGN-24, CAMPAIGN-25; as ``put_item``.
        Conflict: as ``put_item``.
    """
    held = find.campaign_at(campaign)
    find.require_open(held)
    require_passed(held, at)
    found = find.risk_at(held, code)
    if any(one not in (None, 1, 2, 3) for one in (given.probability, given.harm, given.grade)):
        raise Invalid("CAMPAIGN-13", zh("自评等级、发生几率、危害程度只能填 1、2、3。请改正。"))
    risk, grading = graded_by(held, found, given)
    risk = _decided(risk, grading, given)
    method = risk.grade_method.value if risk.grade_method else ""
    draft = GRADED(
        object=campaign,
        matter=held.edition.reference,
        code=code,
        grade=risk.grade,
        method=method,
        reason=risk.grade_reason,
    )
    with recording(draft, by=by, at=at):
        find.hold(held)
        put_item(edition=held.edition.reference, item=risk, revision=None, by=by, at=at)
    return risk


def _decided(risk: Risk, grading: Grading, given: Given) -> Risk:
    grade = given.grade or grading.grade
    reason = checked(given.reason, zh("定级理由"), required=False, most=REASON)
    if grade is None:
        raise Invalid(
            "CAMPAIGN-26",
            zh("按现有内容，各种方法都定不出等级。请勾选符合的条件，或填写几率和危害。"),
        )
    if grade != grading.grade and not says_something(reason):
        raise Invalid(
            "CAMPAIGN-27",
            zh("改定的等级与方法得出的不同，要写明理由。请填写「定级理由」。"),
        )
    return replace(
        risk,
        grade=grade,
        grade_method=_method(grading),
        grade_reason=reason,
        state=RiskState.GRADED,
    )


def _method(grading: Grading) -> GradeMethod | None:
    return next((one.method for one in grading.results if one.grade == grading.grade), None)
