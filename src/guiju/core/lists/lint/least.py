"""GJ301: how few people could complete a power among themselves (engine.md, section 3)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from guiju.core.errors import Invalid
from guiju.core.flow.compile import compile_flow
from guiju.core.flow.model import Flow
from guiju.core.flow.people import (
    Holding,
    PeopleResult,
    Roster,
    Staffing,
    least_people,
    staffing_by_post,
    staffing_for,
)
from guiju.core.flow.soundness import prove
from guiju.core.lists.flows import PowerFlow
from guiju.core.lists.lint.finding import Remark
from guiju.core.lists.lint.shapes import shape
from guiju.core.lists.lint.view import View
from guiju.core.sentence import quoted, zh

_ALWAYS = 2
"""S0-27: two posts and two persons, whatever the grade."""


def too_few(view: View) -> Iterator[Remark]:
    """GJ301: see above. Flows that are not sound or that nobody can complete are left to others."""
    known: dict[Hashable, int | None] = {}
    for flow in view.flows:
        if flow.graph is None or not any(node.post for node in view.steps_of[flow.code]):
            continue
        staffing = _staffing(view, flow, flow.graph)
        wanted = view.profile.least_people.get(view.grade_of(flow) or 0, _ALWAYS)
        pattern = (shape(flow.graph), _pattern(flow.graph, staffing), wanted)
        if pattern not in known:
            known[pattern] = _number(flow.graph, staffing, wanted)
        number = known[pattern]
        if number is not None and number < wanted:
            yield _told(flow, flow.graph, staffing, wanted)


def _staffing(view: View, flow: PowerFlow, graph: Flow) -> Staffing:
    """Ask the holders of today; where nobody keeps them, one person for each post."""
    if view.facts.posts is None:
        return staffing_by_post(graph)
    roster: dict[str, Holding] = {}
    for node in view.steps_of[flow.code]:
        post = view.post(node.post)
        if post is not None and node.post not in roster:
            holders = frozenset(holder.person for holder in post.present(view.today))
            roster[node.post] = Holding(holders, frozenset(post.deputies))
    return _of_roster(graph, roster)


def _of_roster(graph: Flow, roster: Roster) -> Staffing:
    staffing, _ = staffing_for(graph, roster)
    return staffing


def _pattern(graph: Flow, staffing: Staffing) -> Hashable:
    """Return the staffing with people and activities as numbers: names do not count."""
    people: dict[str, int] = {}
    names: dict[str, int] = {}
    held = []
    for node in graph.nodes:
        duty = staffing.duties.get(node.activity) if node.activity else None
        if duty is not None:
            number = names.setdefault(node.activity, len(names))
            who = tuple(people.setdefault(one, len(people)) for one in sorted(duty.people))
            held.append((node.id, number, tuple(sorted(who)), duty.required))
        elif node.activity:
            held.append((node.id, names.setdefault(node.activity, len(names)), (), 0))
    return tuple(held)


def _least(graph: Flow, staffing: Staffing, wanted: int) -> PeopleResult | None:
    try:
        net = compile_flow(graph)
        if not prove(net).is_sound:
            return None
        return least_people(net, staffing, limit=wanted - 1)
    except Invalid:
        return None


def _number(graph: Flow, staffing: Staffing, wanted: int) -> int | None:
    found = _least(graph, staffing, wanted)
    return found.number if found else None


def _told(flow: PowerFlow, graph: Flow, staffing: Staffing, wanted: int) -> Remark:
    found = _least(graph, staffing, wanted)
    people = found.people if found else ()
    path = " → ".join(found.path) if found else ""
    if len(people) <= 1:
        sentence = zh(
            "{who} 一人就能办完全程：{path}。请加一步由另一岗位、另一人审核。",
            who=quoted(people),
            path=path,
        )
    else:
        sentence = zh(
            "{who} {count} 人就能办完全程：{path}。这一等级至少要 {wanted} 人，请增加审核的岗位。",
            who=quoted(people),
            count=len(people),
            path=path,
            wanted=wanted,
        )
    return Remark(flow, "graph", sentence)
