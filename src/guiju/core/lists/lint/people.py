"""GJ301 to GJ306: who acts in a flow, and whether anybody holds too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations

from guiju.core.flow.model import Flow, Node
from guiju.core.lists.flows import step_key
from guiju.core.lists.lint.branches import next_steps, successors
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.least import too_few
from guiju.core.lists.lint.view import View, named
from guiju.core.lists.profile import StepGroup
from guiju.core.lists.words import Severity
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import day, quoted, zh
from guiju.core.terms import NodeKind


def not_separate(view: View) -> Iterator[Remark]:
    """GJ302: one person holds posts whose steps have to be in different hands."""
    for flow in view.flows:
        steps = view.steps_of[flow.code]
        for rule in view.profile.separations:
            acting = [_people(view, _of_group(steps, group)) for group in rule.groups]
            for (one, mine), (other, theirs) in combinations(
                zip(rule.groups, acting, strict=True), 2
            ):
                for person in sorted(mine.keys() & theirs.keys()):
                    yield Remark(
                        flow,
                        "graph",
                        zh(
                            "{person} 既管{one}（{mine}）又管{other}（{theirs}）。"
                            "{rule}，请换人或分设岗位。",
                            person=person,
                            one=one.name,
                            mine=named(mine[person]),
                            other=other.name,
                            theirs=named(theirs[person]),
                            rule=rule.text,
                        ),
                        step=step_key(theirs[person]),
                    )


def _of_group(steps: tuple[Node, ...], group: StepGroup) -> list[Node]:
    return [
        node
        for node in steps
        if node.step in group.kinds
        or node.phase in group.phases
        or any(word in node.name for word in group.words)
    ]


def _people(view: View, steps: list[Node]) -> Mapping[str, Node]:
    """Return who acts in ``steps`` today, each with the first step."""
    acting: dict[str, Node] = {}
    for node in steps:
        post = view.post(node.post)
        for holder in post.present(view.today) if post else ():
            acting.setdefault(holder.person, node)
    return acting


def head_manages(view: View) -> Iterator[Remark]:
    """GJ303: the head of the unit runs what a head may not run himself."""
    barred = view.profile.barred
    for power in view.powers:
        if power.manager is LeaderLevel.HEAD and power.function in barred:
            yield Remark(
                power,
                "manager",
                zh(
                    "{function}不得由主要负责人直接主抓。请改由副职分管。",
                    function=power.function.label if power.function else "",
                ),
            )
    for name, post in (view.facts.posts or {}).items():
        held = [function.label for function in post.functions if function in barred]
        if post.level is LeaderLevel.HEAD and held:
            yield Remark(
                None,
                "post",
                zh(
                    "主要负责人的岗位「{post}」直接分管 {functions}。请调整分工，改由副职分管。",
                    post=name,
                    functions=quoted(held),
                ),
            )


def relatives(view: View) -> Iterator[Remark]:
    """GJ304: two who declared to be related act in one flow, so one checks the other."""
    related: dict[str, set[str]] = defaultdict(set)
    for pair in view.facts.relatives or ():
        for one in pair:
            related[one] |= pair - {one}
    for flow in view.flows if related else ():
        acting = _people(view, list(view.steps_of[flow.code]))
        for one in sorted(acting.keys() & related.keys()):
            for other in sorted(related[one] & acting.keys()):
                if one < other:
                    yield Remark(
                        flow,
                        "graph",
                        zh(
                            "{one}（{step}）与 {other}（{another}）申报有亲属关系。"
                            "请让其中一人回避，换人办理。",
                            one=one,
                            step=named(acting[one]),
                            other=other,
                            another=named(acting[other]),
                        ),
                        step=step_key(acting[other]),
                    )


def passing_alone(view: View) -> Iterator[Remark]:
    """GJ305: a step counts as done when its time runs out, though nobody looked."""
    for flow in view.flows:
        notes = flow.noted
        by_timer = _timed_through(flow.graph) if flow.graph else frozenset()
        for node in view.steps_of[flow.code]:
            note = notes.get(step_key(node))
            if node.id in by_timer or (note and note.passes_alone):
                yield Remark(
                    flow,
                    "graph",
                    zh(
                        "步骤「{step}」超时就自动通过。请改为超时催办、升级或退回，不得默认同意。",
                        step=named(node),
                    ),
                    step=step_key(node),
                )


def _timed_through(graph: Flow) -> frozenset[str]:
    """Return steps whose interrupting timer leads where the step itself leads."""
    timers = [
        node for node in graph.nodes if node.kind is NodeKind.BOUNDARY_TIMER and node.interrupting
    ]
    if not timers:
        return frozenset()
    after = successors(graph)
    return frozenset(
        timer.attached_to
        for timer in timers
        if next_steps(graph, after, timer.id) & next_steps(graph, after, timer.attached_to)
    )


def rotation(view: View) -> Iterator[Remark]:
    """GJ306: somebody has held a key post longer than allowed, or soon will have (S0-09)."""
    for name, post in (view.facts.posts or {}).items():
        years = post.most_years or view.profile.rotation_years
        if not post.is_key or not years:
            continue
        for holder in post.present(view.today):
            due = _years_later(holder.since, years)
            if due <= view.today:
                yield Remark(
                    None,
                    "post",
                    zh(
                        "{person} 在关键岗位「{post}」已满 {years} 年（{day} 到期）。请安排轮岗。",
                        person=holder.person,
                        post=name,
                        years=years,
                        day=day(due),
                    ),
                )
            elif due <= view.today + timedelta(days=view.profile.notice_days):
                yield Remark(
                    None,
                    "post",
                    zh(
                        "{person} 在关键岗位「{post}」{day} 满 {years} 年。请着手安排轮岗。",
                        person=holder.person,
                        post=name,
                        years=years,
                        day=day(due),
                    ),
                    severity=Severity.HINT,
                )


def _years_later(day: date, years: int) -> date:
    """Return the same day ``years`` later; 29 February becomes 1 March."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


CHECKS = (
    Check("GJ301", zh("几个人就能办完全程"), Severity.ERROR, "S0-27", too_few),
    Check("GJ302", zh("不相容岗位由一人担任"), Severity.ERROR, "S1-23", not_separate),
    Check("GJ303", zh("主要负责人直接分管"), Severity.ERROR, "S2-60, S3-20", head_manages),
    Check(
        "GJ304",
        zh("亲属同在一个流程"),
        Severity.WARNING,
        "回避",
        relatives,
        lambda view: view.facts.relatives is None,
    ),
    Check("GJ305", zh("超时自动通过"), Severity.ERROR, "S0-21", passing_alone),
    Check("GJ306", zh("关键岗位到期未轮岗"), Severity.WARNING, "S0-09", rotation),
)
"""The checks of this theme."""
