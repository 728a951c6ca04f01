"""Who signs a step on a day: roles, bodies and duties of a chain become people (K4, K13)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from guiju.base.org.reads import signers
from guiju.base.org.reads.signers import Found, Signer
from guiju.core.lists.chains import ApprovalChain, ChainStep, chain_for
from guiju.core.lists.words_chains import SignerRole
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, zh
from guiju.define.approval.reads.changes import subject_at
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of

_CHOSEN_AMONG = (SignerRole.DEPUTY, SignerRole.SUPERIOR_DEPUTY)
"""Of several leaders in charge one is in charge of this: whoever submits says which."""

_Finder = Callable[[ChainStep, str, date], Found]


def _leaders(*levels: LeaderLevel, is_above: bool) -> _Finder:
    return lambda _, unit, on: signers.leaders(unit, levels, is_above=is_above, on=on)


def _duty(step: ChainStep, unit: str, on: date) -> Found:
    return signers.duty_leaders(step.duty, unit, on=on) if step.duty else Found("")


_FINDERS: Mapping[SignerRole, _Finder] = {
    SignerRole.OWN_HEAD: lambda _, unit, on: signers.own_leaders(unit, on=on),
    SignerRole.HEAD: _leaders(LeaderLevel.HEAD, is_above=False),
    SignerRole.DEPUTY: _leaders(LeaderLevel.DEPUTY, is_above=False),
    SignerRole.SUPERIOR_HEAD: _leaders(LeaderLevel.HEAD, is_above=True),
    SignerRole.SUPERIOR_DEPUTY: _leaders(LeaderLevel.DEPUTY, is_above=True),
    SignerRole.BODY: lambda step, unit, on: signers.body_chairs(
        unit, step.bodies, is_above=step.is_above, on=on
    ),
    SignerRole.BODY_OFFICE: lambda step, unit, on: signers.body_office(
        unit, step.bodies, is_above=step.is_above, on=on
    ),
    SignerRole.DUTY: _duty,
}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step with who could sign it."""

    place: int
    step: ChainStep
    found: Found

    @property
    def choices(self) -> tuple[Signer, ...]:
        """Of whom one is to be chosen; none where nothing is."""
        if self.step.role not in _CHOSEN_AMONG or self.step.needs_all or not self.found.tiers:
            return ()
        first = self.found.tiers[0]
        return first if len(first) > 1 else ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The chain that an edition would go through on a day."""

    chain: ApprovalChain
    steps: tuple[PlannedStep, ...]


def plan_of(edition: Edition, on: date) -> Plan | None:
    """Return the chain of an edition with who signs on a day; None where its profile has none."""
    profile = profile_of(edition)
    chain = chain_for(profile.chains, subject_at(edition, on))
    if chain is None:
        return None
    unit = edition.unit.reference
    steps = (
        PlannedStep(place, step, found_for(step, unit, on))
        for place, step in enumerate(chain.steps)
    )
    return Plan(chain, tuple(steps))


def found_for(step: ChainStep, unit: str, on: date) -> Found:
    """Return who could sign a step for a unit on a day."""
    return _FINDERS[step.role](step, unit, on)


def asked(found: Found, barred: Collection[str], chosen: str = "") -> tuple[Signer, ...]:
    """Return who is asked: of the first tier in which anybody is left, the chosen post's or all.

    Args:
        found: who could sign.
        barred: people who may not sign here.
        chosen: the post that was chosen; empty for none.
    """
    for tier in found.tiers:
        left = tuple(one for one in tier if one.person not in barred)
        if picked := tuple(one for one in left if one.post == chosen):
            return picked
        if left:
            return left
    return ()


def vacancy(step: ChainStep, found: Found) -> Sentence:
    """Return why nobody can sign a step, and what to do."""
    if found.tiers:
        return zh("「{step}」只有送审人本人可签，请由他人送审", step=step.name)
    if found.where:
        return zh(
            "「{step}」今天没有人在岗（{where}），请先任命或写明代理",
            step=step.name,
            where=found.where,
        )
    if step.bodies:
        kinds = step.bodies[0].label
        return zh("「{step}」找不到{kind}，请先在组织里设立", step=step.name, kind=kinds)
    if step.duty:
        return zh(
            "「{step}」没有单位承担{duty}，请先在法定职责里写明",
            step=step.name,
            duty=step.duty.label,
        )
    return zh(
        "「{step}」找不到{role}的岗位，请先在组织里设置", step=step.name, role=step.role.label
    )
