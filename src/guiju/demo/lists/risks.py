"""Risks of a power, step by step, and what is done against each."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.core.flow.model import Node
from guiju.core.lists.model import Control, Risk
from guiju.core.lists.words import (
    Channel,
    ControlPhase,
    Dimension,
    GradeMethod,
    ItemKind,
    Layer,
    Means,
    RiskSpot,
    RiskState,
)
from guiju.core.organisation.words import LeaderLevel
from guiju.core.terms import Phase, StepKind
from guiju.demo.lists.catalogue import read
from guiju.demo.lists.flows import Acted
from guiju.demo.lists.making import Making

_DIMENSIONS = {
    "M": Dimension.MORALS,
    "D": Dimension.DUTIES,
    "S": Dimension.SYSTEM,
    "P": Dimension.PROCESS,
    "O": Dimension.SURROUNDINGS,
}
_MEANS = {
    "分": Means.DIVIDE,
    "示": Means.SHOW,
    "控": Means.RESTRAIN,
    "制": Means.SYSTEM,
    "教": Means.EDUCATION,
    "公": Means.PUBLICITY,
    "督": Means.SUPERVISION,
    "责": Means.ACCOUNTABILITY,
    "裁": Means.DISCRETION,
}
_CHANCES = {1: ((2, 3), (3, 2), (3, 3)), 2: ((2, 2), (1, 3), (3, 1)), 3: ((1, 1), (1, 2), (2, 1))}
"""Probability and harm that come to each grade (S4-16)."""

_ANSWERS = {
    1: ("1-power", "1-probability"),
    2: ("2-power", "2-consequence"),
    3: ("3-power", "3-probability"),
}
_DECIDING = (StepKind.REVIEW, StepKind.APPROVE, StepKind.SIGN, StepKind.DECIDE)
_OWN, _KEY = "re", 4
"""The step to which the hand-written risk belongs; the column that ties a phrase to a step."""

_LEADER_RISK = (
    "{p}签署{t}的意见前不听取汇报，只凭送件人口头说明",
    "{t}送审件上意见栏字迹相同；没有汇报记录",
    "MD",
    "weak",
)
_POST_RISK = (
    "{p}对照{t}的条件时漏项不补，直接写明同意",
    "{t}审查表有未勾选的条目，结论仍为同意",
    "MP",
    "weak",
)


def risks(making: Making, flow: str, steps: tuple[Acted, ...]) -> Iterator[Risk]:
    """Yield a risk for each step that decides, the hand-written one first, and one of execution."""
    number = 0
    for one in steps:
        if one.node.step not in _DECIDING:
            continue
        number += 1
        is_own = one.step.key == _OWN
        phrase = _own(making) if is_own else _phrase(making, one.step.key, number)
        is_grave = is_own or phrase[3] == "dangerous"
        grade = making.grade if is_grave else min(3, making.grade + 1)
        yield _risk(making, flow, one.node, number, phrase, grade, is_own=is_own)
    if making.grade == 1 or making.place % 2:
        done = next(one.node for one in steps if one.node.phase is Phase.EXECUTION)
        phrase = making.pick(making.pattern.execution)
        yield _risk(making, flow, done, number + 1, phrase, min(3, making.grade + 1))


def _own(making: Making) -> tuple[str, ...]:
    """Return the hand-written risk; schools share theirs, so each says whose it is."""
    text, short = making.row.risk, making.body.short
    is_shared = making.plan.is_school and short not in text
    return f"{short}{text}" if is_shared else text, making.row.shows, "DSPO", "likely"


def _phrase(making: Making, key: str, number: int) -> tuple[str, ...]:
    """Return a phrase that is meant for a step; without any, one meant for none."""
    phrases = making.pattern.decision
    tied = tuple(phrase for phrase in phrases if phrase[_KEY:] == (key,))
    return making.pick(tied or tuple(one for one in phrases if not one[_KEY:]), number)


def refined_risks(
    making: Making, flow: str, steps: tuple[Acted, ...], first: int, *, is_leader: bool
) -> Iterator[Risk]:
    """Yield the risks of the approving steps of a flow that refines another."""
    phrase = _LEADER_RISK if is_leader else _POST_RISK
    nodes = [one.node for one in steps if one.node.step in _DECIDING]
    for number, node in enumerate(nodes, start=first):
        yield _risk(making, flow, node, number, phrase, min(3, making.grade + 1))


def _risk(  # noqa: PLR0913 - where it lies, what it says, how grave it is
    making: Making,
    flow: str,
    node: Node,
    number: int,
    phrase: tuple[str, ...],
    grade: int,
    *,
    is_own: bool = False,
) -> Risk:
    text, shows, dimensions, spot = phrase[:_KEY]
    layer = _layer(making, node, is_own=is_own)
    probability, harm = _CHANCES[grade][making.throw(f"chance {number}", 3)]
    is_school = GradeMethod.CHECKLIST in making.profile.methods
    return Risk(
        code=f"{making.short}-F{number}",
        power=making.code,
        flow=flow,
        step=node.number,
        layer=layer,
        post="" if layer is Layer.UNIT else node.post,
        dimensions=_dimensions(making, layer, dimensions, number),
        spot=RiskSpot.of(spot),
        text=making.say(text, node.post),
        manifestation=making.say(shows, node.post),
        probability=probability,
        harm=harm,
        frequency=6 + making.throw("frequency", 90),
        answers=_ANSWERS[grade] if is_school else (),
        grade=grade,
        grade_method=GradeMethod.MATRIX,
        channels=_channels(making, number),
        found_by=making.office.name,
        state=RiskState.GRADED,
        indicator=making.say("{t}抽查发现的问题件数") if is_own else "",
        publication=making.shown(ItemKind.RISK),
    )


def _layer(making: Making, node: Node, *, is_own: bool) -> Layer:
    if is_own and making.layer is Layer.UNIT:
        return Layer.UNIT
    leads = making.level(node.post) in (LeaderLevel.HEAD, LeaderLevel.DEPUTY)
    if leads and Layer.LEADER in making.profile.layers:
        return Layer.LEADER
    return making.layer if making.layer is Layer.PERSON else Layer.POST


def _dimensions(making: Making, layer: Layer, letters: str, number: int) -> tuple[Dimension, ...]:
    """Return up to two dimensions among those that the profile has for the layer (K6)."""
    allowed = making.profile.dimensions[layer]
    found = [_DIMENSIONS[one] for one in letters if _DIMENSIONS[one] in allowed]
    found = found or [making.pick(tuple(allowed), number)]
    start = making.place % len(found)
    return tuple(sorted({*(found[start:] + found[:start])[:2]}, key=list(Dimension).index))


def _channels(making: Making, number: int) -> tuple[Channel, ...]:
    own = tuple(making.profile.channels)
    return tuple(dict.fromkeys((own[0], making.pick(own, number), making.pick(own, number + 2))))


def controls(making: Making, risk: Risk, post: str, number: int) -> Iterator[Control]:
    """Yield what prevents a risk, what watches a grave one, and what follows when it happens."""
    phrases = read("controls")[making.pattern.family]
    wanted = [("prevent", ControlPhase.PREVENT)]
    if (risk.grade or 3) < 3:
        wanted.append(("watch", ControlPhase.WATCH))
    if number == 1:
        wanted.append(("handle", ControlPhase.HANDLE))
    for count, (name, phase) in enumerate(wanted, start=1):
        phrase = making.pick(tuple(phrases[name]), number)
        yield _control(making, risk, post, f"{risk.code}-K{count}", phase, phrase.split("|"))


def _control(
    making: Making, risk: Risk, post: str, code: str, phase: ControlPhase, phrase: list[str]
) -> Control:
    means, text, supervision, evidence, rule = phrase
    body, grade = making.body, risk.grade or 3
    wanted = making.profile.ownership[grade]
    owner = body.owner(post, making.office, wanted.owner)
    supervisor = body.above(owner, making.office, wanted.supervisor)
    return Control(
        code=code,
        risk=risk.code,
        means=tuple(_MEANS[one] for one in means),
        phase=phase,
        text=making.say(text, owner, supervisor),
        basis_rule=f"{body.name}{rule}",
        unit=body.name,
        post=owner,
        person=f"现任{owner}",
        owner_level=body.levels[owner],
        supervisor=supervisor,
        supervisor_level=body.levels[supervisor],
        supervision=making.say(supervision, owner, supervisor),
        every=making.profile.check_every[grade],
        is_standing=True,
        evidence=evidence,
        publication=making.shown(ItemKind.CONTROL),
    )
