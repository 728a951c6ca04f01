"""A power's flow: the steps of its pattern in the hands of an office's posts, with their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from guiju.core.flow.model import Edge, Flow, Limit, Node
from guiju.core.lists.flows import StepNote
from guiju.core.lists.words import Stage
from guiju.core.terms import LimitUnit, NodeKind, Phase, StepKind
from guiju.demo.lists.catalogue import Office, Pattern, Step

_STAGES = {
    Phase.MOTION: Stage.BEFORE,
    Phase.DECISION: Stage.DURING,
    Phase.EXECUTION: Stage.DURING,
    Phase.RESULT: Stage.AFTER,
}
_ACCOUNTS = "报送集中核算"
"""What happens where a unit has no cashier: its accounts are kept for it."""


@dataclass(frozen=True, slots=True)
class Acted:
    """A step of a pattern as an office carries it out."""

    step: Step
    node: Node

    @property
    def note(self) -> StepNote:
        """What the list adds to the step."""
        documents = (self.step.document,) if self.step.document else ()
        return StepNote(
            step=self.node.number,
            is_key="键" in self.step.flags,
            documents=documents,
            may_pause="补" in self.step.flags,
            stage=_STAGES[Phase.of(self.step.phase)],
        )


def acted(pattern: Pattern, office: Office, *, is_inspected: bool, days: int) -> tuple[Acted, ...]:
    """Return the steps that an office takes.

    Args:
        pattern: how the power is carried out.
        office: whose posts act.
        is_inspected: whether somebody looks on the spot.
        days: working days for all steps together; 0 for as many as the steps weigh.
    """
    steps = [step for step in pattern.steps if is_inspected or "查" not in step.flags]
    limits = _limits([step.weight for step in steps], days)
    return tuple(
        Acted(step, _node(step, place, office, limit))
        for place, (step, limit) in enumerate(zip(steps, limits, strict=True), start=1)
    )


def _limits(weights: Sequence[int], days: int) -> list[Limit]:
    """Share ``days`` among the steps by weight, in hours where they are too few for days."""
    if not days:
        return [Limit(weight, LimitUnit.WORKING_DAYS) for weight in weights]
    unit, amount = LimitUnit.WORKING_DAYS, days
    if days < len(weights):
        unit, amount = LimitUnit.HOURS, days * 8
    spare, total = amount - len(weights), sum(weights)
    return [Limit(1 + spare * weight // total, unit) for weight in weights]


def _node(step: Step, place: int, office: Office, limit: Limit) -> Node:
    post, kind, name = office.post(step.role), step.kind, step.name
    if step.role == "c" and not post:
        is_early = step.phase == Phase.MOTION.value
        post, kind = office.post("h" if is_early else "r"), ""
    if step.role == "p" and not post:
        post, name = office.post("e"), _ACCOUNTS
    return Node(
        f"s{place}",
        NodeKind.TASK,
        name,
        number=str(place),
        post=post,
        phase=Phase.of(step.phase),
        step=StepKind.of(kind) if kind else None,
        limit=limit,
    )


@dataclass(slots=True)
class _Drawing:
    """A flow while it is drawn, from left to right."""

    nodes: list[Node] = field(default_factory=lambda: [Node("start", NodeKind.START, "开始")])
    edges: list[Edge] = field(default_factory=list)
    at: str = "start"
    says: str = ""
    entry: str = ""

    def link(self, source: str, target: str, says: str = "") -> None:
        number = f"f{len(self.edges) + 1}"
        self.edges.append(Edge(number, source, target, name=says, condition=says))

    def go(self, node: Node) -> None:
        self.nodes.append(node)
        self.link(self.at, node.id, self.says)
        self.at, self.says = node.id, ""

    def gate(self, of: str, name: str = "") -> str:
        self.go(Node(of, NodeKind.EXCLUSIVE, name))
        return of


def drawn(code: str, name: str, steps: Sequence[Acted]) -> Flow:
    """Return the flow of these steps, with ways back for 补正 and 退回 and a way around 视情形."""
    drawing = _Drawing()
    for place, one in enumerate(steps):
        following = steps[place + 1].step.flags if place + 1 < len(steps) else ""
        _draw(drawing, one, is_mended="补" in following, is_returned_to="退" in following)
    drawing.go(Node("end", NodeKind.END, "结束"))
    return Flow(code, name, tuple(drawing.nodes), tuple(drawing.edges))


_AROUND = {
    "选": ("是否需要集体研究", "情节复杂或者重大", "一般事项"),
    "绕": ("材料是否齐全", "需要补正", "材料齐全"),
}
"""Steps that are not always taken: what is asked before them, and the two answers."""


def _draw(drawing: _Drawing, one: Acted, *, is_mended: bool, is_returned_to: bool) -> None:
    node, flags = one.node, one.step.flags
    if "补" in flags:
        drawing.nodes.append(node)
        drawing.link(drawing.at, node.id, "需要补正")
        drawing.link(node.id, drawing.entry)
        return
    if around := next((mark for mark in _AROUND if mark in flags), ""):
        question, yes, no = _AROUND[around]
        before = drawing.gate(f"g{node.id}", question)
        drawing.says = yes
        drawing.go(node)
        drawing.gate(f"m{node.id}")
        drawing.link(before, drawing.at, no)
        return
    if is_mended or is_returned_to:
        drawing.entry = drawing.gate(f"m{node.id}")
    drawing.go(node)
    if is_mended:
        drawing.gate(f"g{node.id}", "材料是否齐全")
        drawing.says = "材料齐全"
    if "退" in flags:
        drawing.gate(f"g{node.id}", "是否同意")
        drawing.link(drawing.at, drawing.entry, "退回审核")
        drawing.says = "同意"


_LEADER = {
    "h": ("掌握进度",),
    "r": ("听取汇报",),
    "a": ("审阅材料", "签署意见"),
    "b": ("会前沟通", "会上表态"),
    "e": ("督促落实",),
    "c": ("阅批结果",),
    "p": ("核对进度",),
}
_POST = {
    "h": ("核对原件", "录入并签名"),
    "r": ("逐项对照条件", "写明意见"),
    "a": ("呈送材料", "领取批示"),
    "b": ("准备议题", "记录结论"),
    "e": ("登记编号",),
    "c": ("现场记录",),
    "p": ("核对账号",),
}
LEADER_SPOTS, POST_SPOTS = "a", "r"
"""The role whose steps stay approving ones in the flow of leaders, and in that of posts."""


def refined(
    steps: Sequence[Acted], *, is_leader: bool, above: Sequence[StepNote] = ()
) -> tuple[tuple[Acted, ...], tuple[StepNote, ...]]:
    """Return the steps by which leaders, or posts, carry out each step of the unit (S3-08, S3-09).

    Args:
        steps: the unit's steps.
        is_leader: leaders refine the unit's flow, posts that of the leaders.
        above: the notes of the leaders' flow, for posts.
    """
    made: list[Acted] = []
    notes: list[StepNote] = []
    for one in steps:
        parents = [note.step for note in above if note.refines == one.node.number]
        words = (_LEADER if is_leader else _POST)[one.step.role]
        for place, word in enumerate(words):
            part = _part(one, place, word, len(words), LEADER_SPOTS if is_leader else POST_SPOTS)
            made.append(part)
            upper = parents[min(place, len(parents) - 1)] if parents else one.node.number
            notes.append(replace(part.note, refines=upper))
    return tuple(made), tuple(notes)


def _part(one: Acted, place: int, word: str, parts: int, spots: str) -> Acted:
    node = one.node
    limit = node.limit
    hours = 8 * limit.amount if limit and limit.unit is not LimitUnit.HOURS else limit.amount  # type: ignore[union-attr] # every step has one
    is_last = place == parts - 1
    keeps = is_last and one.step.role in spots
    made = replace(
        node,
        id=f"{node.id}p{place + 1}",
        name=f"{node.name}：{word}",
        number=f"{node.number}.{place + 1}",
        step=node.step if keeps else None,
        limit=Limit(max(1, hours // parts), LimitUnit.HOURS),
    )
    flags = ("绕" if "补" in one.step.flags else "") + ("键" if keeps else "")
    return Acted(replace(one.step, flags=flags), made)
