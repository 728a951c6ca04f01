"""Grouping and merging of proposals, against the plainest way to do the same."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.grading import grade_within
from guiju.core.lists.likeness import likeness
from guiju.core.lists.powers import Power
from guiju.core.lists.proposals import ALIKE, Proposal, gathered, merged, warnings
from guiju.core.lists.risks import Risk
from guiju.core.lists.words import Attention, Channel, Dimension, GradeMethod, RiskState
from guiju.core.organisation.words import LeaderLevel
from guiju.define.campaigns.policies import channels_of
from guiju.exchange.profile_files import built_in

_WORDS = ("审核时放宽条件", "审核时放宽了条件", "拖延不办", "收受礼金", "审核时收受礼金", "")
_degrees = st.one_of(st.none(), st.integers(1, 3))


@st.composite
def proposals(draw):
    found = []
    for number in range(draw(st.integers(0, 9))):
        risk = Risk(
            code="",
            power=draw(st.sampled_from(("P1", "P2"))),
            step=draw(st.sampled_from(("", "1"))),
            text=draw(st.sampled_from(_WORDS)),
            dimensions=tuple(draw(st.lists(st.sampled_from(Dimension), unique=True, max_size=3))),
            probability=draw(_degrees),
            harm=draw(_degrees),
            grade=draw(_degrees),
        )
        role = draw(st.sampled_from(("科长", "会计", "")))
        found.append(Proposal(f"proposal:{number}", risk, draw(st.sampled_from(Channel)), role))
    return found


def is_near(one, other):
    if one.place != other.place or not one.risk.text or not other.risk.text:
        return False
    return likeness(one.risk.text, other.risk.text) >= ALIKE


def reachable(found):
    """Who is alike to whom, over as many others as it takes: the closure, worked out slowly."""
    groups = [{one.key} for one in found]
    for one in found:
        for other in found:
            if is_near(one, other):
                mine = next(g for g in groups if one.key in g)
                theirs = next(g for g in groups if other.key in g)
                if mine is not theirs:
                    groups.remove(theirs)
                    mine |= theirs
    return {frozenset(group) for group in groups}


@given(proposals())
def test_every_proposal_stands_once_among_those_that_are_alike(found):
    places = gathered(found)
    clusters = [one for place in places for one in place.clusters]
    held = [one.key for cluster in clusters for one in cluster.proposals]
    assert sorted(held) == sorted(one.key for one in found)
    assert {frozenset(one.key for one in each.proposals) for each in clusters} == reachable(found)
    for place in places:
        for cluster in place.clusters:
            assert {one.place for one in cluster.proposals} == {
                (place.power, place.flow, place.step)
            }
            keys = [one.key for one in cluster.proposals]
            assert keys == sorted(keys)
            assert ALIKE <= cluster.percent <= 100


@given(proposals().filter(bool), st.booleans())
def test_s0_15_a_merged_risk_has_all_channels_and_no_grade(found, is_onto):
    onto = Risk(
        code="FX-9", text="已有", channels=(Channel.OUTSIDE,), found_by="书记", grade=1,
        grade_method=GradeMethod.MATRIX, harm=2, dimensions=(Dimension.MORALS,),
    ) if is_onto else None  # fmt: skip
    made = merged(found, code="FX-9", onto=onto)
    assert set(made.channels) == {one.channel for one in found} | (
        {Channel.OUTSIDE} if is_onto else set()
    )
    assert list(made.channels) == [one for one in Channel if one in made.channels]
    wanted = {each for one in found for each in one.risk.dimensions}
    assert set(made.dimensions) == wanted | ({Dimension.MORALS} if is_onto else set())
    harms = [one.risk.harm for one in found if one.risk.harm] + ([2] if is_onto else [])
    assert made.harm == (max(harms) if harms else None)
    assert (made.grade, made.grade_method, made.state) == (None, None, RiskState.CONSOLIDATED)
    assert made.text == ("已有" if is_onto else found[0].risk.text)
    roles = [one.role for one in found if one.role]
    assert set(filter(None, made.found_by.split("、"))) == set(roles) | (
        {"书记"} if is_onto else set()
    )
    assert merged(found, code="FX-9", onto=made) == made


def test_s1_02_what_is_alike_or_says_nothing_is_said_at_once():
    known = [("风险 FX-1", "审核时放宽条件"), ("风险 FX-2", "收受礼金")]
    assert len(warnings("待完善", known)) == 1
    assert [one.template for one in warnings("审核时放宽条件", known)] == [
        "与{name}相同。确实是同一个风险的，不必再提。"
    ]
    near = warnings("审核时放宽了条件", known)
    assert len(near) == 1
    assert ALIKE <= dict(near[0].values)["percent"] < 100
    assert warnings("拖延年检并指定购买服务", known) == ()


def test_s4_21_who_may_use_which_channel():
    every = tuple(Channel)
    plain = channels_of(every, is_leader=False, may_run=False)
    assert plain == (Channel.SELF, Channel.MUTUAL)
    assert Channel.LEADER in channels_of(every, is_leader=True, may_run=False)
    assert Channel.PUBLIC in channels_of(every, is_leader=False, may_run=True)
    assert channels_of((Channel.SELF,), is_leader=True, may_run=True) == (Channel.SELF,)


def test_k2_k3_methods_of_a_power_run_beside_those_of_a_risk():
    profile = replace(
        built_in("school"),
        methods=(GradeMethod.RULES, GradeMethod.MATRIX, GradeMethod.COUNT),
        rules=built_in("bureau").rules,
    )
    power = Power(code="P", manager=LeaderLevel.HEAD, attention=Attention.LITTLE)
    risk = Risk(code="R", power="P", probability=1, harm=1)
    found = grade_within(risk, power, [risk], profile)
    assert [(one.method, one.grade) for one in found.results] == [
        (GradeMethod.RULES, 1),
        (GradeMethod.MATRIX, 3),
        (GradeMethod.COUNT, 3),
    ]
    assert (found.grade, found.is_conflict) == (1, True)
    alone = grade_within(risk, None, (), profile)
    assert [one.method for one in alone.results] == [GradeMethod.MATRIX]
    grave = replace(risk, code="R2", probability=3, harm=3)
    assert grade_within(risk, power, [risk, grave], profile).results[1].grade == 3
