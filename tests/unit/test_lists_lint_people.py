"""GJ301 to GJ306."""

from dataclasses import replace
from datetime import date

import pytest

from guiju.core.flow.model import Edge, Node
from guiju.core.lists.facts import Facts, Holder, PostFacts
from guiju.core.lists.lint.people import _years_later
from guiju.core.lists.model import StepNote
from guiju.core.lists.words import Severity
from guiju.core.organisation.words import Function, LeaderLevel
from guiju.core.terms import NodeKind
from guiju.exchange.profile_files import built_in
from small_edition import (
    COUNTY,
    FACTS,
    FINE,
    LICENCE,
    POSTS,
    SOUND,
    STAFF,
    UNIT_FLOW,
    changed,
    codes,
    found,
    held_by,
    posts,
    with_flow,
    with_step,
)

ONE_MAN = posts(**{name: replace(post, holders=(Holder("王明", date(2025, 1, 1)),))
                   for name, post in POSTS.items()})  # fmt: skip
TWO = posts(审批股长=held_by("王明", LeaderLevel.MIDDLE), 送达岗=held_by("王明", LeaderLevel.STAFF))
RELATED = replace(FACTS, relatives=frozenset({frozenset({"王明", "郑清"})}))
STRANGERS = replace(FACTS, relatives=frozenset({frozenset({"王明", "外人"})}))


def timed(target, *, interrupting=True):
    """审查 has a timer that leads to ``target``."""
    timer = Node(
        "timer",
        NodeKind.BOUNDARY_TIMER,
        attached_to="s2",
        interrupting=interrupting,
        timer="P3D",
    )
    merged = Node("merge", NodeKind.EXCLUSIVE)
    edges = tuple(
        replace(edge, target="merge") if edge.source == "s2" else edge for edge in UNIT_FLOW.edges
    )
    aim = "merge" if target == "s3" else target
    nodes = (*UNIT_FLOW.nodes, timer, merged)
    ways = (*edges, Edge("m", "merge", "s3"), Edge("t", "timer", aim))
    return with_flow(replace(UNIT_FLOW, nodes=nodes, edges=ways))


def key_post(since, **said):
    return posts(局长=PostFacts(level=LeaderLevel.HEAD, is_key=True,
                                holders=(Holder("周正", since),), **said))  # fmt: skip


@pytest.mark.parametrize(
    ("code", "edition", "facts"),
    [
        ("GJ301", SOUND, ONE_MAN),
        ("GJ301", SOUND, TWO),
        ("GJ302", SOUND, posts(分管副局长=held_by("王明", LeaderLevel.DEPUTY))),
        ("GJ302", SOUND, posts(审批股长=held_by("吴廉", LeaderLevel.MIDDLE))),
        ("GJ303", changed("powers", STAFF, manager=LeaderLevel.HEAD), FACTS),
        (
            "GJ303",
            SOUND,
            posts(局长=held_by("周正", LeaderLevel.HEAD, functions=(Function.FINANCE,))),
        ),
        ("GJ304", SOUND, RELATED),
        ("GJ305", with_flow(UNIT_FLOW, notes=(StepNote(step="2", passes_alone=True),)), FACTS),
        ("GJ305", timed("s3"), FACTS),
        ("GJ306", SOUND, key_post(date(2021, 11, 25))),
        ("GJ306", SOUND, key_post(date(2022, 1, 31))),
        ("GJ306", SOUND, key_post(date(2024, 1, 1), most_years=2)),
    ],
)
def test_a_hole_is_found(code, edition, facts):
    assert code in codes(edition, facts)


@pytest.mark.parametrize(
    ("code", "edition", "facts"),
    [
        ("GJ301", changed("powers", LICENCE, grade=2), TWO),
        ("GJ302", SOUND, TWO),
        ("GJ303", changed("powers", FINE, manager=LeaderLevel.HEAD), FACTS),
        (
            "GJ303",
            SOUND,
            posts(分管副局长=held_by("吴廉", LeaderLevel.DEPUTY, functions=tuple(Function))),
        ),
        ("GJ304", SOUND, STRANGERS),
        ("GJ305", timed("s1"), FACTS),
        ("GJ305", timed("s3", interrupting=False), FACTS),
        ("GJ306", SOUND, key_post(date(2023, 1, 1))),
        ("GJ306", SOUND, posts(窗口=PostFacts(holders=(Holder("王明", date(1990, 1, 1)),)))),
    ],
)
def test_what_only_looks_like_a_hole_is_none(code, edition, facts):
    if code == "GJ301":
        edition = changed("powers", STAFF, edition=edition, grade=2)
    assert code not in codes(edition, facts)


def test_s0_27_one_person_alone_is_named_with_the_way_he_takes():
    told = [f for f in found(facts=ONE_MAN).blocking if f.code == "GJ301"]
    assert {f.item for f in told} == {"L1", "L2", "L3", "L4"}
    assert "「王明」 一人就能办完全程：受理 → 审查 → 决定 → 送达" in str(told[0].sentence)


def test_without_facts_a_flow_of_one_post_is_found():
    same = SOUND
    for number in range(1, 5):
        same = with_step(number, same, post="窗口")
    told = [f for f in found(same, Facts()).findings if f.code == "GJ301"]
    assert [f.item for f in told] == ["L1"]


def test_deputies_count_as_people_who_can_do_it():
    both = {name: replace(post, deputies=("王明",)) for name, post in POSTS.items()}
    assert "GJ301" in codes(facts=replace(FACTS, posts=both))


def test_s1_23_the_posts_that_one_person_may_not_hold_are_named():
    told = found(facts=posts(分管副局长=held_by("王明", LeaderLevel.DEPUTY))).blocking
    (first,) = (f for f in told if f.code == "GJ302" and f.item == "L1")
    assert "王明 既管经办（1 受理）又管审批（3 决定）" in str(first.sentence)


def test_s3_20_what_a_head_may_not_run_is_the_profiles_own():
    head = posts(局长=held_by("周正", LeaderLevel.HEAD, functions=tuple(Function)))
    (finding,) = found(facts=head).findings
    for function in Function:
        assert str(function.label) in str(finding.sentence)
    bureau = replace(COUNTY, barred=built_in("bureau").barred)
    assert "GJ303" not in codes(facts=head, profile=bureau)


def test_a_rotation_that_is_near_is_only_a_hint():
    (finding,) = found(facts=key_post(date(2022, 1, 31))).findings
    assert finding.severity is Severity.HINT
    (finding,) = found(facts=key_post(date(2020, 1, 31))).findings
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 5, 1), 5, date(2029, 5, 1)),
        (date(9999, 5, 1), 5, date(9999, 5, 1)),
    ],
)
def test_years_later(day, years, later):
    assert _years_later(day, years) == later


def test_a_flow_that_is_not_sound_asks_for_no_people():
    kept = tuple(edge for edge in UNIT_FLOW.edges if edge.source != "s2")
    broken = with_flow(replace(UNIT_FLOW, edges=kept))
    assert {f.item for f in found(broken, ONE_MAN).findings if f.code == "GJ301"} == {
        "L2",
        "L3",
        "L4",
    }
