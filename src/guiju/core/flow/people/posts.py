"""From posts and their holders to who may do each step of a flow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from guiju.core.flow.model import Flow, Node
from guiju.core.flow.people.model import Duty, Staffing
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import NodeKind, SigningMode, TaskKind

ANYONE = "任一人员"
"""A made-up person for steps without a post, where a flow names no post at all."""

_UNMANNED = (TaskKind.SERVICE, TaskKind.RULE)
_UNMANNED_WITHOUT_POST = (TaskKind.SEND, TaskKind.RECEIVE)


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a post, and who may stand in for them."""

    holders: frozenset[str] = frozenset()
    deputies: frozenset[str] = frozenset()


Roster = Mapping[str, Holding]
"""For each post, by name, its people."""


def staffing_by_post(flow: Flow) -> Staffing:
    """Answer for one made-up person in each post, named after it.

    A step that needs several signers gets as many: 「评委」、「评委（2）」 and so on. A
    step without a post may be done by anyone.
    """
    posts = sorted({node.post for node in _manned(flow) if node.post}) or [ANYONE]

    def duty(node: Node) -> Duty:
        required = _required(node, holders=1)
        people = {node.post} if node.post else set(posts)
        fellows = (f"{node.post or ANYONE}（{n}）" for n in range(2, required + 1))
        return Duty(frozenset(people.union(fellows)), required)

    return _staffing(flow, duty)


def staffing_for(flow: Flow, roster: Roster) -> tuple[Staffing, tuple[Sentence, ...]]:
    """Return who may do each step of ``flow`` by ``roster``, and what does not fit together.

    Deputies count in full. A step without a post may be done by anyone in ``roster``.
    """
    all_people = frozenset[str]().union(*(h.holders | h.deputies for h in roster.values()))

    def duty(node: Node) -> Duty:
        if not node.post:
            return Duty(all_people, _required(node, holders=1))
        holding = roster.get(node.post, Holding())
        required = _required(node, holders=len(holding.holders))
        return Duty(holding.holders | holding.deputies, required)

    return _staffing(flow, duty), tuple(_remarks(flow, roster))


def _staffing(flow: Flow, duty_of: Callable[[Node], Duty]) -> Staffing:
    """Join the duties of steps with one name: any of their people, the easiest signing."""
    duties: dict[str, Duty] = {}
    for node in _manned(flow):
        duty, known = duty_of(node), duties.get(node.activity)
        if known:
            duty = Duty(known.people | duty.people, min(known.required, duty.required))
        duties[node.activity] = duty
    others = {node.activity for node in _nodes(flow) if not _needs_person(node)}
    return Staffing(duties, frozenset(others - {"", *duties}))


def _nodes(flow: Flow) -> Iterator[Node]:
    yield from flow.nodes
    for called in flow.called:
        yield from _nodes(called)


def _manned(flow: Flow) -> list[Node]:
    return [node for node in _nodes(flow) if node.activity and _needs_person(node)]


def _needs_person(node: Node) -> bool:
    if node.kind not in (NodeKind.TASK, NodeKind.CALL) or node.task in _UNMANNED:
        return False
    return bool(node.post) or node.task not in _UNMANNED_WITHOUT_POST


def _required(node: Node, *, holders: int) -> int:
    """Return how many distinct people sign: a number, or all holders of the post."""
    signing = node.signing
    if signing is None or signing.mode is SigningMode.SINGLE:
        return 1
    asked = 1 if signing.mode is SigningMode.ANY else holders
    return max(1, asked if signing.required is None else signing.required)


def _remarks(flow: Flow, roster: Roster) -> Iterator[Sentence]:
    steps: dict[str, list[str]] = defaultdict(list)
    for node in _manned(flow):
        steps[node.post].append(node.activity)
    for step in dict.fromkeys(steps.pop("", ())):
        yield zh("步骤「{step}」没有写明岗位，按任何人都可办计算。", step=step)
    for post, activities in steps.items():
        holding = roster.get(post, Holding())
        if not holding.holders | holding.deputies:
            yield zh(
                "岗位「{post}」没有人员，它的步骤「{step}」无人可办。",
                post=post,
                step=activities[0],
            )
    for post in roster:
        if post not in steps:
            yield zh("流程中没有岗位「{post}」，它的人员不参与计算。", post=post)
