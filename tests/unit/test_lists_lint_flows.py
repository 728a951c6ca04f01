"""GJ201 to GJ207."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.core.flow.model import Edge, Limit, Node
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.lint.limits import longest_way
from guiju.core.lists.lint.shapes import shape
from guiju.core.lists.model import Period, PowerFlow, StepNote
from guiju.core.lists.words import PeriodUnit, PowerState, Severity
from guiju.core.terms import LimitUnit, NodeKind, Phase, StepKind
from small_edition import (
    FINE,
    LICENCE,
    OPEN,
    POSTS,
    SOUND,
    TODAY,
    UNIT_FLOW,
    changed,
    codes,
    found,
    in_a_row,
    posts,
    step,
    with_,
    with_flow,
    with_step,
    without,
)

SECOND = PowerFlow(code="L9", power=LICENCE, name="另一套", graph=UNIT_FLOW, publication=OPEN)
JOINT = StepNote(step="2", joint_units=("住建局",))
WORKING = LimitUnit.WORKING_DAYS


def edges(*pairs):
    return tuple(Edge(f"e{i}", one, other) for i, (one, other) in enumerate(pairs))


def stuck():
    """The review never leads on."""
    kept = tuple(edge for edge in UNIT_FLOW.edges if edge.source != "s2")
    return replace(UNIT_FLOW, edges=kept)


def parallel(**notes):
    """受理, then review and approval side by side, then 送达."""
    nodes = (
        Node("start", NodeKind.START),
        UNIT_FLOW.nodes[1],
        Node("split", NodeKind.PARALLEL),
        UNIT_FLOW.nodes[2],
        UNIT_FLOW.nodes[3],
        Node("join", NodeKind.PARALLEL),
        UNIT_FLOW.nodes[4],
        Node("end", NodeKind.END),
    )
    ways = edges(
        ("start", "s1"), ("s1", "split"), ("split", "s2"), ("split", "s3"),
        ("s2", "join"), ("s3", "join"), ("join", "s4"), ("s4", "end"),
    )  # fmt: skip
    graph = replace(UNIT_FLOW, nodes=nodes, edges=ways)
    said = tuple(StepNote(step=key.removeprefix("at"), lead_unit=who) for key, who in notes.items())
    return with_flow(graph, notes=said)


def refining(*refined, graph=UNIT_FLOW):
    notes = tuple(StepNote(step=str(n), refines=of) for n, of in enumerate(refined, 1))
    return with_flow(graph, "L4", notes=notes)


RENAMED = replace(
    UNIT_FLOW,
    nodes=tuple(replace(node, name=node.name and f"办{node.name}") for node in UNIT_FLOW.nodes),
)


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ201", without("flows", "L3")),
        ("GJ201", changed("flows", "L3", is_active=False)),
        ("GJ201", with_("flows", SECOND)),
        ("GJ201", with_flow(None, "L3")),
        ("GJ202", with_flow(stuck())),
        ("GJ202", with_flow(replace(UNIT_FLOW, nodes=UNIT_FLOW.nodes[:-1], edges=()))),
        ("GJ203", with_step(2, post="")),
        ("GJ203", with_step(2, post="没有的岗")),
        ("GJ204", with_step(2, limit=None)),
        ("GJ204", with_step(2, limit=Limit(12, WORKING))),
        ("GJ204", with_step(2, limit=Limit(20, LimitUnit.DAYS))),
        ("GJ204", changed("powers", LICENCE, legal_limit=Period(21, PeriodUnit.WORKING_DAYS))),
        ("GJ204", changed("powers", LICENCE, promised_limit=Period(1, PeriodUnit.MONTHS))),
        ("GJ205", with_step(3, phase=None)),
        ("GJ205", with_step(3, phase=Phase.EXECUTION)),
        ("GJ206", changed("flows", "L4", parent="没有")),
        ("GJ206", refining("1", "2", "3", graph=RENAMED)),
        ("GJ206", refining("1", "3", "2", "4")),
        ("GJ207", parallel()),
        ("GJ207", with_flow(UNIT_FLOW, notes=(JOINT,))),
    ],
)
def test_a_hole_is_found(code, edition):
    assert code in codes(edition)


@pytest.mark.parametrize(
    ("code", "edition"),
    [
        ("GJ201", with_("flows", replace(SECOND, is_active=False))),
        ("GJ201", with_("flows", replace(SECOND, parent="L1"))),
        ("GJ201", changed("powers", FINE, without("flows", "L3"), state=PowerState.REPEALED)),
        ("GJ202", changed("flows", "L1", edition=with_flow(stuck()), is_active=False)),
        ("GJ204", with_step(2, limit=Limit(11, WORKING))),
        ("GJ204", changed("powers", LICENCE, promised_limit=Period(20, PeriodUnit.WORKING_DAYS))),
        ("GJ206", refining("1", "2", "3", "4", graph=RENAMED)),
        ("GJ206", refining()),
        ("GJ207", parallel(at2="水利局")),
        ("GJ207", with_flow(UNIT_FLOW, notes=(replace(JOINT, lead_unit="水利局"),))),
    ],
)
def test_what_only_looks_like_a_hole_is_none(code, edition):
    assert code not in codes(edition)


def test_s0_11_s3_25_a_power_needs_exactly_one_flow_before_it_may_be_submitted():
    assert [f.code for f in found(without("flows", "L3")).blocking][:1] == ["GJ201"]
    assert "2 套" in str(found(with_("flows", SECOND)).blocking[0].sentence)
    assert not found().blocking


def test_s0_12_a_flow_that_gets_stuck_names_the_step_and_the_way():
    (finding,) = (
        f for f in found(with_flow(stuck())).blocking if f.code == "GJ202" and f.step == "2"
    )
    assert "审查" in str(finding.sentence)
    assert "受理 → " in str(finding.sentence)


def test_s3_10_office_flows_cover_the_steps_of_the_unit_in_order():
    missing = found(refining("1", "2", "3", graph=RENAMED)).findings
    assert "4 送达" in str(missing[0].sentence)
    turned = found(refining("1", "3", "2", "4")).findings
    assert "先「2 审查」后「3 决定」" in str(turned[0].sentence)


def test_s3_33_the_phases_that_are_missing_are_named():
    (finding,) = found(with_step(3, phase=None)).findings
    assert "「决策」" in str(finding.sentence)


def test_an_empty_post_and_an_ending_term():
    nobody = posts(窗口=PostFacts(holders=(Holder("王明", date(2020, 1, 1), TODAY),)))
    assert "没有人任职" in str(found(facts=nobody).findings[0].sentence)
    leaving = posts(窗口=PostFacts(holders=(Holder("王明", date(2020, 1, 1), date(2027, 1, 31)),)))
    (finding,) = found(facts=leaving).findings
    assert (finding.code, finding.severity) == ("GJ203", Severity.WARNING)
    far = posts(窗口=PostFacts(holders=(Holder("王明", date(2020, 1, 1), date(2028, 1, 1)),)))
    assert found(facts=far).findings == ()
    followed = (Holder("王明", date(2020, 1, 1), date(2027, 1, 31)), Holder("丁一", TODAY))
    assert found(facts=posts(窗口=PostFacts(holders=followed))).findings == ()


def test_posts_are_not_judged_where_nobody_keeps_them():
    assert found(facts=Facts()).findings == ()
    assert "GJ203" in codes(facts=Facts(posts={}))
    assert POSTS


def test_the_longest_way_waits_for_all_branches_and_walks_back_once():
    back = replace(UNIT_FLOW, edges=(*UNIT_FLOW.edges, Edge("back", "s3", "s1")))
    assert longest_way(back) == longest_way(UNIT_FLOW) == 12 * 168
    (flow,) = (flow for flow in parallel().flows if flow.code == "L1")
    assert longest_way(flow.graph) == 9 * 168
    assert longest_way(in_a_row(name="空")) == 0


def test_a_long_chain_does_not_exhaust_the_stack():
    steps = [step(n, f"第{n}步", StepKind.REVIEW, Phase.MOTION, "窗口") for n in range(1, 3000)]
    assert longest_way(in_a_row(*steps)) == 2999 * 3 * 168


def test_flows_that_differ_only_in_words_have_one_shape():
    assert shape(RENAMED) == shape(UNIT_FLOW)
    assert shape(stuck()) != shape(UNIT_FLOW)
    one = replace(UNIT_FLOW, called=(UNIT_FLOW,))
    assert shape(one) != shape(replace(one, called=(stuck(),)))


def test_each_broken_flow_is_told_even_if_they_have_one_shape():
    both = with_flow(stuck(), "L3", with_flow(stuck()))
    broken = {f.item for f in found(both).findings if f.code == "GJ202"}
    assert broken == {"L1", "L3"}
    assert SOUND.flows
