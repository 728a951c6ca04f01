"""What everybody may see, against a plain list of what may pass and a search for what may not."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.flow.model import Node
from guiju.core.lists.canonical import encoded
from guiju.core.lists.fields import NAMES_A_PERSON
from guiju.core.lists.flows import PowerFlow, StepNote
from guiju.core.lists.model import ITEMS, TABLES, Edition
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.public import OPEN, public_edition, public_item
from guiju.core.lists.risks import Risk
from guiju.core.lists.values import Publication
from guiju.core.lists.words import Audience, ItemKind, Layer
from guiju.core.plain import plain
from guiju.core.terms import NodeKind
from small_edition import SOUND, in_a_row, step

PROFILE = Profile(code="x", audiences={ItemKind.POWER: Audience.SOCIETY})
PUBLICATIONS = st.none() | st.builds(
    Publication,
    audience=st.none() | st.sampled_from(list(Audience)),
    exemption=st.sampled_from(["", "依保密法第九条"]),
    approver=st.just("批准人甲"),
    review_date=st.none() | st.just(date(2027, 1, 1)),
)
NAMES = frozenset({"赵敏", "周晓岚"})


def filled(kind, code, **said):
    """An item that says something of its own in every field of text."""
    texts = {
        one.name: f"〔{code}.{one.name}〕"
        for one in fields(ITEMS[kind])
        if one.type in ("str", str)
    }
    known = {name: value for name, value in said.items() if name in names_of(kind)}
    return ITEMS[kind](**(texts | {"code": code} | known))


def names_of(kind):
    return {one.name for one in fields(ITEMS[kind])}


@st.composite
def editions(draw):
    tables = {}
    powers = ["P0", "P1", "P2"]
    risks = ["R0", "R1", "R2"]
    for kind in ItemKind:
        items = []
        for number in range(3):
            said = {
                "power": draw(st.sampled_from([*powers, ""])),
                "parent": draw(st.sampled_from([*powers[:number], ""])),
                "risk": draw(st.sampled_from(risks)),
                "publication": draw(PUBLICATIONS),
            }
            if kind is ItemKind.RISK:
                said["layer"] = draw(st.sampled_from([Layer.POST, Layer.PERSON]))
            if kind is ItemKind.FLOW:
                del said["parent"]
            letter = {ItemKind.POWER: "P", ItemKind.RISK: "R"}.get(kind, kind.value)
            items.append(filled(kind, f"{letter}{number}", **said))
        tables[TABLES[kind]] = tuple(items)
    return Edition(unit_name="某局", **tables)


def is_society(item):
    if isinstance(item, Risk) and item.layer is Layer.PERSON:
        return False
    if not hasattr(item, "publication"):
        return True
    if item.publication is None:
        return isinstance(item, Power)
    return item.publication.audience is Audience.SOCIETY


def expected(edition):
    """The codes of each table that may be seen, found by asking each item in turn."""
    at = {one.code: one for one in edition.powers}

    def power_open(code):
        one = at.get(code)
        return bool(one and is_society(one) and (not one.parent or power_open(one.parent)))

    risk_open = {
        one.code: is_society(one) and (not one.power or power_open(one.power))
        for one in edition.risks
    }
    seen = {}
    for kind in ItemKind:
        kept = []
        for one in edition.table(kind):
            if kind is ItemKind.POWER:
                fits = power_open(one.code)
            elif kind is ItemKind.CONTROL:
                fits = is_society(one) and risk_open[one.risk]
            elif kind is ItemKind.NEGATIVE:
                fits = is_society(one)
            else:
                fits = is_society(one) and (not one.power or power_open(one.power))
            if fits:
                kept.append(one.code)
        seen[kind] = kept
    return seen


@given(editions())
def test_s0_31_k8_those_items_pass_that_are_open_with_all_they_belong_to(edition):
    opened = public_edition(edition, PROFILE)
    shown = {kind: [one.code for one in opened.edition.table(kind)] for kind in ItemKind}
    assert shown == expected(edition)


@given(editions())
def test_s2_09_nothing_that_is_closed_stands_in_what_is_taken_away(edition):
    opened = public_edition(edition, PROFILE)
    text = encoded(opened.edition).decode() + str(plain(opened.withheld))
    seen = expected(edition)
    for kind in ItemKind:
        for one in edition.table(kind):
            for name in names_of(kind):
                is_open = one.code in seen[kind] and name in OPEN[kind]
                marked = f"〔{one.code}.{name}〕"
                if getattr(one, name) == marked:
                    assert (marked in text) is is_open, marked
    assert "批准人甲" not in text


def test_no_field_that_names_a_person_is_ever_open():
    for kind, names in OPEN.items():
        assert not names & {one.partition(".")[0] for one in NAMES_A_PERSON}, kind
        assert "publication" not in names
        assert names <= names_of(kind)


def test_names_of_people_leave_fields_for_posts_and_references_leave_everywhere():
    power = Power(
        code="1", name="许可", post="计财科科长（赵敏）", office="周晓岚", targets="person:7"
    )
    shown = public_item(power, NAMES)
    assert (shown.post, shown.office, shown.targets) == ("计财科科长", "", "")
    assert public_item(replace(power, post="经办岗（兼）"), NAMES).post == "经办岗（兼）"
    graph = in_a_row(replace(step(1, "受理", None, None, "赵敏"), signing=None))
    note = StepNote(step="1", lead_unit="赵敏 教育局", joint_units=("周晓岚", "财政局"))
    flow = public_item(PowerFlow(code="L", graph=graph, notes=(note,)), NAMES)
    (task,) = (node for node in flow.graph.nodes if node.kind is NodeKind.TASK)
    assert (task.post, task.name) == ("", "受理")
    assert flow.notes[0].lead_unit == "教育局"
    assert flow.notes[0].joint_units == ("财政局",)
    assert isinstance(task, Node)


def test_s2_09_what_is_exempt_is_counted_with_its_reason_and_nothing_else():
    secret = Publication(exemption="依保密法第九条", approver="某人", review_date=date(2027, 1, 1))
    powers = tuple(replace(one, publication=secret) for one in SOUND.powers[:2])
    told = replace(SOUND, powers=(*powers, *SOUND.powers[2:]))
    opened = public_edition(told, PROFILE)
    (one,) = opened.withheld
    assert (one.kind, one.count, one.reason) == (ItemKind.POWER, 2, "依保密法第九条")
    assert one.review_date == date(2027, 1, 1)
    assert [power.code for power in opened.edition.powers] == [SOUND.powers[2].code]
    assert {flow.power for flow in opened.edition.flows} == {SOUND.powers[2].code}


def test_the_public_form_of_a_public_form_is_itself():
    once = public_edition(SOUND, PROFILE).edition
    opened = Profile(code="x", audiences=dict.fromkeys(ItemKind, Audience.SOCIETY))
    assert public_edition(once, opened).edition == once
