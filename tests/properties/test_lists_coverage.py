"""Holes counted by the matrix are those that a plain count finds."""

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.bindings import bindings
from guiju.core.lists.coverage import Hole, coverage, holes_of, placed_in
from guiju.core.lists.model import Control, Edition, Power, PowerFlow, Risk
from guiju.core.lists.outline import outline, outline_told, told
from guiju.core.lists.words import Layer
from small_edition import in_a_row, step

POWERS = ("P0", "P1", "P2")


@st.composite
def editions(draw):
    powers = tuple(Power(code=code) for code in POWERS[: draw(st.integers(0, 3))])
    flows, risks, controls = [], [], []
    for number, of in enumerate(draw(st.lists(st.sampled_from(POWERS), max_size=3))):
        count = draw(st.integers(0, 3))
        held = [draw(st.sampled_from(["窗口", ""])) for _ in range(count)]
        graph = in_a_row(*(step(n, "办", None, None, post) for n, post in enumerate(held, 1)))
        flows.append(PowerFlow(code=f"F{number}", power=of, graph=graph if count else None))
    for number, of in enumerate(draw(st.lists(st.sampled_from((*POWERS, "")), max_size=5))):
        risks.append(
            Risk(
                code=f"R{number}", power=of, flow=draw(st.sampled_from(["F0", "F1", ""])),
                step=draw(st.sampled_from(["1", "2", ""])), text="收受好处",
                grade=draw(st.sampled_from([1, None])), layer=draw(st.sampled_from(list(Layer))),
            )
        )  # fmt: skip
    for number, of in enumerate(draw(st.lists(st.sampled_from(["R0", "R1", "R9"]), max_size=4))):
        controls.append(
            Control(
                code=f"C{number}", risk=of, text=draw(st.sampled_from(["两人复核", ""])),
                post=draw(st.sampled_from(["窗口", ""])),
                supervisor=draw(st.sampled_from(["局长", ""])),
            )
        )  # fmt: skip
    return Edition(powers=powers, flows=tuple(flows), risks=tuple(risks), controls=tuple(controls))


def plain_count(edition):
    """The same, thing by thing, without chains."""
    powers = {one.code for one in edition.powers}
    flows = [one for one in edition.flows if one.power in powers]
    risks, at = edition.risks, {one.code: one for one in edition.flows}
    controls = [
        one for one in edition.controls if one.text and one.risk in {risk.code for risk in risks}
    ]

    def lies_nowhere(risk):
        steps = at[risk.flow].steps if risk.flow in at else ()
        return risk.step not in {one.number for one in steps}

    return {
        Hole.NO_FLOW: len(powers - {one.power for one in flows}),
        Hole.NO_STEPS: sum(not one.steps for one in flows),
        Hole.NO_POST: sum(not node.post for one in flows for node in one.steps),
        Hole.NO_RISK: len(powers - {one.power for one in risks}),
        Hole.UNPLACED: sum(
            one.power in powers and one.layer is not Layer.PERSON and lies_nowhere(one)
            for one in risks
        ),
        Hole.UNGRADED: sum(one.grade is None for one in risks),
        Hole.NO_CONTROL: sum(one.code not in {c.risk for c in controls} for one in risks),
        Hole.NO_OWNER: sum(not one.post for one in controls),
        Hole.NO_SUPERVISOR: sum(not one.supervisor for one in controls),
    }


@given(editions())
def test_s3_49_the_matrix_counts_what_a_plain_count_finds(edition):
    rows = coverage(edition)
    assert holes_of(rows) == plain_count(edition)
    assert {row.risk.code for row in rows if row.risk} == {one.code for one in edition.risks}
    assert {row.power.code for row in rows if row.power} == {one.code for one in edition.powers}


@given(editions())
def test_an_outline_says_of_every_list_what_the_whole_edition_says(edition):
    known, rows = outline(edition), coverage(edition)
    assert known.holes == holes_of(rows)
    assert known.placed == placed_in(rows)
    assert [(row.number, row.power, row.risk, row.control, row.holes) for row in known.chains] == [
        (row.number, *(one.code if one else "" for one in (row.power, row.risk, row.control)),
         row.holes)
        for row in rows
    ]  # fmt: skip
    counted = Counter((one.post, one.tie) for one in bindings(edition.items()))
    told_of = {
        (name, tie): count
        for name, one in known.posts.items()
        if one.is_post
        for tie, count in one.counts.items()
    }
    assert told_of == counted
    steps = [(flow.code, node.number) for flow in edition.flows for node in flow.steps]
    assert [(row.flow, row.step) for row in known.stages if row.step] == steps


@given(editions())
def test_an_outline_is_read_back_as_it_was_kept(edition):
    known = outline(edition)
    assert outline_told(json.loads(json.dumps(told(known)))) == known
