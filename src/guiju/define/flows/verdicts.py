"""What is known of a flow, in words and in its picture, beside the table or by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from guiju.base.ui.badges import Badge
from guiju.base.ui.flow_pictures import FlowPicture, RiskAt, StepMark, flow_picture
from guiju.core.flow.model import Flow, Limit
from guiju.core.flow.ways import ahead, edges_along, edges_among, way_to
from guiju.core.lists.flow_judgement import FlowJudgement, Share
from guiju.core.lists.flows import step_key
from guiju.core.lists.lint.limits import told as told_period
from guiju.core.lists.powers import Power
from guiju.core.lists.words import ItemKind, Severity
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Direction, NodeKind
from guiju.define.flows.reads import Around, Bound
from guiju.exchange.lists.step_sheet import Problem, StepSheet

_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "calm"}
_STEPS = (NodeKind.TASK, NodeKind.CALL)


@dataclass(frozen=True, slots=True)
class Told:
    """Something to mend or to know; ``line`` and ``column`` say where in the table.

    Attributes:
        tone: ``bad``, ``warn`` or ``calm``.
        line: 0 for the flow as a whole.
        column: the header; empty for the row as a whole.
        code: the check or the refusal.
    """

    tone: str
    sentence: Sentence
    line: int = 0
    column: str = ""
    code: str = ""

    @property
    def shape(self) -> str:
        """The sign before the sentence."""
        return Badge(self.tone, self.sentence).shape


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that ``flows/parts/verdict.html`` shows.

    Attributes:
        state: whether the flow holds.
        wrong: why it does not, or why the table is none yet.
        people: how few people complete it.
        shares: who those are, by their posts.
        limit: the limits on the slowest way together.
        told: what is to be mended besides.
        picture: of the flow, or of what the table says so far.
    """

    state: Badge
    wrong: tuple[Told, ...] = ()
    people: Told | None = None
    shares: tuple[Sentence, ...] = ()
    limit: Told | None = None
    told: tuple[Told, ...] = ()
    picture: FlowPicture | None = None


def verdict_on(
    found: Around,
    known: FlowJudgement,
    graph: Flow,
    *,
    lines: Mapping[str, int] | None = None,
    more: Iterable[Told] = (),
    direction: Direction = Direction.RIGHT,
) -> Verdict:
    """Return what is known of a flow that can be drawn.

    Args:
        found: what it is looked at with.
        known: what was proved.
        graph: the flow.
        lines: the line of each step by its key, where it stands in a table.
        more: what else is to be told.
        direction: which way the picture runs.
    """
    at = lines or {}
    wrong = tuple(Told("bad", one.sentence, _line(graph, one.nodes, at)) for one in known.stuck)
    nodes = frozenset[str]().union(*(one.nodes for one in known.stuck))
    edges = frozenset[str]().union(*(one.edges for one in known.stuck))
    state = Badge("bad", zh("走不通")) if wrong else Badge("good", zh("走得通"))
    findings = (
        Told(_TONES[one.severity], one.sentence, at.get(one.step, 0), code=one.code)
        for one in known.findings
    )
    return Verdict(
        state,
        wrong,
        _people(known),
        tuple(_share(one) for one in known.shares),
        _limit(known.longest, found.power),
        (*_refined(found, known), *findings, *more),
        _picture(graph, nodes, edges, found.bound, direction),
    )


def verdict_on_table(sheet: StepSheet) -> Verdict:
    """Return what is wrong with a table that is no flow yet, and a picture of what it says."""
    drawing = sheet.drawing
    wrong = tuple(
        Told("bad", one.sentence, one.line, one.column, one.code) for one in sheet.problems
    )
    state = Badge("bad", zh("还不成流程"))
    told = tuple(Told("calm", one) for one in sheet.remarks)
    if drawing is None or not sheet.steps:
        return Verdict(state, wrong, told=told)
    nodes: set[str] = set()
    edges: set[str] = set()
    for problem in sheet.problems:
        number = sheet.number_at(problem.line)
        if number:
            nodes.add(f"s{number}")
            edges |= _way(drawing, f"s{number}", problem)
    return Verdict(
        state, wrong, told=told, picture=_picture(drawing, nodes, edges, (), Direction.DOWN)
    )


def lost(bound: Iterable[Bound]) -> Iterator[Told]:
    """Say what names a step that is no longer there."""
    for one in bound:
        yield Told(
            "warn",
            zh(
                "{kind}「{title}」写着第 {step} 步，这一步已经没有了。请到那一项改写步骤。",
                kind=one.kind.label,
                title=one.title or one.code,
                step=one.step,
            ),
        )


def _way(drawing: Flow, node: str, problem: Problem) -> set[str]:
    edges = set(edges_along(drawing, way_to(drawing, node)))
    if problem.code == "STEP-14":
        edges |= edges_among(drawing, ahead(drawing, node))
    return edges


def _line(graph: Flow, nodes: Collection[str], lines: Mapping[str, int]) -> int:
    """Return the line of the first step at which a fault shows."""
    keys = (step_key(node) for node in graph.nodes if node.id in nodes and node.kind in _STEPS)
    return next((lines[key] for key in keys if key in lines), 0)


def _picture(
    graph: Flow,
    nodes: Collection[str],
    edges: Collection[str],
    bound: Iterable[Bound],
    direction: Direction,
) -> FlowPicture:
    risks: dict[str, list[RiskAt]] = {}
    graded = (one for one in bound if one.kind is ItemKind.RISK)
    for number, one in enumerate(graded, 1):
        risks.setdefault(one.step, []).append(RiskAt(number, one.grade or 3, one.title))
    marks = {
        node.id: StepMark(None, tuple(risks.get(step_key(node), ())), is_wrong=node.id in nodes)
        for node in graph.nodes
        if node.kind in _STEPS
    }
    for id_, mark in marks.items():
        if mark.is_wrong:
            marks[id_] = replace(mark, note=zh("这里走不通"))
    return flow_picture(graph, marks, lit=edges, direction=direction)


def _refined(found: Around, known: FlowJudgement) -> Iterator[Told]:
    """Say that the flow carries out the one above it, step by step; the lint says if not."""
    parent = found.parent
    if parent is not None and parent.steps and all(one.code != "GJ206" for one in known.findings):
        name = parent.name or parent.code
        yield Told("good", zh("已按次序逐步细化上层流程「{name}」。", name=name))


def _people(known: FlowJudgement) -> Told | None:
    people, number = known.proof.people, known.proof.number
    if people is None:
        return None
    if number is None:
        reason = people.reason or zh("配不齐人员")
        return Told("bad", zh("现有人员走不完：{reason}", reason=reason))
    facts: dict[str, int] = {"count": number, "required": known.required}
    if people.capped:
        return Told("good", zh("至少要 {count} 人才能办完（要求 {required} 人）。", **facts))
    if known.is_enough:
        return Told("good", zh("最少 {count} 人能办完（要求 {required} 人）。", **facts))
    return Told(
        "bad",
        zh("最少 {count} 人就能办完，要求至少 {required} 人。请增加别的岗位审核。", **facts),
    )


def _share(share: Share) -> Sentence:
    steps = listing(share.steps, most=6)
    if not share.posts:
        return zh("任一人员：{steps}", steps=steps)
    return zh("{posts}：{steps}", posts=listing(share.posts, most=4), steps=steps)


def _limit(longest: Limit | None, power: Power | None) -> Told | None:
    if longest is None:
        return None
    facts: dict[str, int | Sentence] = {"amount": longest.amount, "unit": longest.unit.label}
    legal = power.legal_limit if power else None
    if legal is None:
        return Told("calm", zh("各步时限按最长的一路加起来约 {amount} {unit}。", **facts))
    return Told(
        "calm",
        zh(
            "各步时限按最长的一路加起来约 {amount} {unit}，法定时限{legal}。",
            legal=told_period(legal),
            **facts,
        ),
    )
