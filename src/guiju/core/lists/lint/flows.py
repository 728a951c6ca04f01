"""GJ201 to GJ207: whether every power has a flow, and whether the flow holds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from guiju.core.flow.model import Node
from guiju.core.lists.flows import PowerFlow, step_key
from guiju.core.lists.lint.branches import parallel_approvals
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.limits import limits
from guiju.core.lists.lint.shapes import unsound
from guiju.core.lists.lint.view import View, named
from guiju.core.lists.words import Severity
from guiju.core.sentence import day, listing, quoted, zh

_MOST_NAMED = 5


def one_flow(view: View) -> Iterator[Remark]:
    """GJ201: a power has no flow in use, or several that refine no other."""
    for power in view.powers:
        own = view.flows_of.get(power.code, [])
        by_sub_items = view.children.get(power.code)
        if not own and not by_sub_items and not view.of_line(view.flows_of, power):
            yield Remark(power, "", zh("没有运行流程。请在流程表给它配一套流程。"))
        count = sum(not flow.parent for flow in own)
        if count > 1:
            yield Remark(
                power,
                "",
                zh(
                    "有 {count} 套在用的流程。请只留一套在用，其余停用，或写明它们细化哪一套。",
                    count=count,
                ),
            )
    for flow in view.flows:
        if not flow.steps:
            yield Remark(flow, "graph", zh("流程里一个步骤也没有。请填步骤表或上传流程图。"))


def sound(view: View) -> Iterator[Remark]:
    """GJ202: a flow that gets stuck, never ends or has a step whose turn never comes."""
    for flow, sentence, node in unsound(view.flows):
        step = next((step_key(n) for n in flow.steps if n.id == node), "")
        yield Remark(flow, "graph", sentence, step=step)


def posts(view: View) -> Iterator[Remark]:
    """GJ203: a step without a post, a post that nobody holds today, or not for long."""
    ending: dict[str, tuple[PowerFlow, Node]] = {}
    for flow in view.flows:
        for node in view.steps_of[flow.code]:
            if not node.post.strip():
                yield Remark(
                    flow,
                    "graph",
                    zh("步骤「{step}」没有写岗位。请写明由哪个岗位办理。", step=named(node)),
                    step=step_key(node),
                )
            else:
                ending.setdefault(node.post, (flow, node))
    if view.facts.posts is None:
        return
    for post, (flow, node) in ending.items():
        yield from _holders(view, post, flow, node)


def _holders(view: View, post: str, flow: PowerFlow, node: Node) -> Iterator[Remark]:
    """Say once for each post what is wrong with its holders, at its first step."""
    known, key = view.post(post), step_key(node)
    if known is None:
        yield Remark(
            flow,
            "graph",
            zh("岗位「{post}」不在本单位的岗位表里。请改用表里的名称，或先设岗。", post=post),
            step=key,
        )
        return
    present = known.present(view.today)
    if not present:
        yield Remark(
            flow,
            "graph",
            zh("岗位「{post}」今天没有人任职。请先任命或指定代理。", post=post),
            step=key,
        )
        return
    ends = [holder.until for holder in present]
    last = max((day for day in ends if day), default=None)
    if last and None not in ends and (last - view.today).days <= view.profile.notice_days:
        yield Remark(
            flow,
            "graph",
            zh(
                "岗位「{post}」的任期 {day} 到期。请在此之前续任或换人。",
                post=post,
                day=day(last),
            ),
            step=key,
            severity=Severity.WARNING,
        )


def phases(view: View) -> Iterator[Remark]:
    """GJ205: not all of the phases that the profile wants are marked (S3-33)."""
    for flow in view.flows:
        steps = view.steps_of[flow.code]
        marked = {node.phase for node in steps}
        missing = [phase.label for phase in view.profile.phases if phase not in marked]
        if steps and missing:
            yield Remark(
                flow,
                "graph",
                zh(
                    "流程里没有标为{phases}的步骤。请在步骤表的「阶段」列标明。",
                    phases=quoted(missing),
                ),
            )


def refinement(view: View) -> Iterator[Remark]:
    """GJ206: a flow that refines another leaves out a step of it, or turns the order round."""
    for flow in view.flows:
        if not flow.parent:
            continue
        above = view.flow.get(flow.parent)
        if above is None:
            yield Remark(
                flow,
                "parent",
                zh("上层流程 {code} 不在流程表里。请改正编码，或补上那套流程。", code=flow.parent),
            )
            continue
        yield from _compare(flow, above)


def _compare(flow: PowerFlow, above: PowerFlow) -> Iterator[Remark]:
    keys = {node.title: step_key(node) for node in above.steps}
    notes, first = flow.noted, dict[str, int]()
    for place, node in enumerate(flow.steps):
        note = notes.get(step_key(node))
        refined = note.refines if note and note.refines else keys.get(node.title, "")
        first.setdefault(refined, place)
    missing = [node for node in above.steps if step_key(node) not in first]
    if missing:
        yield Remark(
            flow,
            "notes",
            zh(
                "没有细化上层流程的 {steps}。请补上，或写明各步细化的是上层哪一步。",
                steps=quoted((named(node) for node in missing), most=_MOST_NAMED),
            ),
        )
    covered = [node for node in above.steps if step_key(node) in first]
    for one, next_one in pairwise(covered):
        if first[step_key(one)] > first[step_key(next_one)]:
            yield Remark(
                flow,
                "notes",
                zh(
                    "上层流程先「{one}」后「{other}」，这里反了。请按上层的次序排列。",
                    one=named(one),
                    other=named(next_one),
                ),
            )


def led(view: View) -> Iterator[Remark]:
    """GJ207: approvals that run side by side with nobody in the lead (S1-38)."""
    for flow in view.flows:
        notes = flow.noted
        for node in view.steps_of[flow.code]:
            note = notes.get(step_key(node))
            if note and note.joint_units and not note.lead_unit.strip():
                yield Remark(
                    flow,
                    "notes",
                    zh(
                        "步骤「{step}」有联办单位，没有牵头单位。请写明谁牵头。",
                        step=named(node),
                    ),
                    step=step_key(node),
                )
        for branches in parallel_approvals(flow):
            marked = (notes.get(step_key(node)) for node in branches)
            if not any(note and note.lead_unit.strip() for note in marked):
                yield Remark(
                    flow,
                    "notes",
                    zh(
                        "{steps} 并联审批，没有牵头单位。请在其中一步写明由谁牵头。",
                        steps=listing((f"「{named(node)}」" for node in branches), most=5),
                    ),
                    step=step_key(branches[0]),
                )


CHECKS = (
    Check("GJ201", zh("没有流程或不止一套"), Severity.ERROR, "S0-11, S3-25", one_flow),
    Check("GJ202", zh("流程走不通"), Severity.ERROR, "S0-12", sound),
    Check("GJ203", zh("步骤无岗或岗位无人"), Severity.ERROR, "S0-08", posts),
    Check("GJ204", zh("没有时限或超过法定时限"), Severity.WARNING, "S1-39, 许可法42", limits),
    Check("GJ205", zh("阶段不全"), Severity.WARNING, "S3-33", phases),
    Check("GJ206", zh("没有逐步细化上层流程"), Severity.ERROR, "S3-08, S3-09, S3-10", refinement),
    Check("GJ207", zh("并联审批没有牵头单位"), Severity.WARNING, "S1-38", led),
)
"""The checks of this theme."""
