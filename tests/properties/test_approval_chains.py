"""Progress through a chain, against an answer found by walking over its stages one by one."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.chains import (
    ApprovalChain,
    ChainStep,
    Sign,
    Stop,
    Subject,
    chain_for,
    progress,
    stages,
)
from guiju.core.lists.words import Layer
from guiju.core.lists.words_chains import ChainObject, ReviewState, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.exchange.profile_files import built_in

SEATS = "abc"
ENDS = (ReviewState.RETURNED, ReviewState.WITHDRAWN, ReviewState.STOPPED)

steps = st.lists(
    st.builds(
        ChainStep,
        name=st.just("环节"),
        action=st.sampled_from(SignAction),
        role=st.sampled_from(SignerRole),
        group=st.sampled_from(["", "", "x", "y"]),
        needs_all=st.booleans(),
    ),
    min_size=1,
    max_size=5,
)
moves = st.lists(
    st.one_of(
        st.builds(Sign, st.integers(0, 4), st.sampled_from(SEATS)),
        st.builds(Sign, st.integers(0, 4), st.sampled_from(SEATS)),
        st.builds(Stop, st.sampled_from(ENDS)),
    ),
    max_size=14,
)
asked = st.lists(st.sets(st.sampled_from(SEATS)), min_size=5, max_size=5)


def expected(chain, seats, done_moves):
    """Walk: keep one stage open, tick seats off, go on when it is through."""
    rows = []
    for at, step in enumerate(chain):
        joins = rows and step.group and chain[at - 1].group == step.group
        rows[-1].append(at) if joins else rows.append([at])
    ticked = {at: set() for at in range(len(chain))}

    def through(at):
        if not seats[at]:
            return False
        return ticked[at] == seats[at] if chain[at].needs_all else bool(ticked[at])

    reached = 0
    for move in done_moves:
        if reached == len(rows):
            break
        if isinstance(move, Stop):
            signed = sum(len(found) for found in ticked.values())
            return move.state, set(), (), signed
        here = rows[reached]
        if move.place in here and not through(move.place) and move.seat in seats[move.place]:
            ticked[move.place].add(move.seat)
        while reached < len(rows) and all(map(through, rows[reached])):
            reached += 1
    done = {at for at in range(len(chain)) if through(at)}
    if reached == len(rows):
        return ReviewState.PASSED, done, (), 0
    return ReviewState.OPEN, done, tuple(at for at in rows[reached] if not through(at)), 0


@given(steps, asked, moves)
def test_progress_is_what_walking_over_the_stages_finds(chain, seats, done):
    found = progress(chain, dict(enumerate(seats)), done)
    state, places, open_places, lapsed = expected(chain, seats, done)
    assert found.state is state
    assert found.open == open_places
    assert len(found.lapsed) == lapsed
    if state is not ReviewState.OPEN and state is not ReviewState.PASSED:
        assert found.done == frozenset()
    else:
        assert found.done == places


@given(steps)
def test_stages_hold_every_step_once_in_order(chain):
    assert [at for together in stages(chain) for at in together] == list(range(len(chain)))


@given(
    st.sampled_from(["county", "bureau", "school"]),
    st.sampled_from(ChainObject),
    st.none() | st.sampled_from(UnitKind),
    st.none() | st.sampled_from(Layer),
    st.none() | st.sampled_from(LeaderLevel),
)
def test_k4_every_profile_has_a_chain_for_everything_and_takes_the_first_that_fits(
    code, wanted, owner, layer, rank
):
    chains = built_in(code).chains
    subject = Subject(object=wanted, owner=owner, layer=layer, rank=rank)
    found = chain_for(chains, subject)
    assert found is not None

    def fits(one):
        return (
            (not one.objects or wanted in one.objects)
            and (not one.owners or owner in one.owners)
            and (not one.layers or layer in one.layers)
            and (not one.ranks or rank in one.ranks)
        )

    assert found == next(one for one in chains if fits(one))


def test_a_chain_without_a_fit_is_none():
    only = ApprovalChain(code="x", name="x", owners=(UnitKind.SCHOOL,))
    assert chain_for([only], Subject(object=ChainObject.LISTS)) is None


def names(code, wanted, **facts):
    found = chain_for(built_in(code).chains, Subject(object=wanted, **facts))
    return [step.name for step in found.steps]


def test_s2_19_party_lists_go_to_organisation_and_staffing_then_the_standing_committee():
    assert names("county", ChainObject.LISTS, owner=UnitKind.PARTY_OFFICE)[:3] == [
        "组织部审核",
        "编办审核",
        "县委常委会批准",
    ]


def test_s2_23_s2_24_internal_control_goes_to_the_head_or_the_county_leader_in_charge():
    assert names("county", ChainObject.CONTROLS, layer=Layer.POST) == ["单位主要领导审定"]
    assert names("county", ChainObject.CONTROLS, layer=Layer.UNIT) == ["分管县领导审定"]


def test_s4_24_s4_25_a_deputys_risks_go_to_the_heads_and_are_filed():
    leader = {"layer": Layer.POST, "rank": LeaderLevel.DEPUTY}
    assert names("school", ChainObject.SELF_CHECK, **leader)[0] == "党政正职审定"
    middle = {"layer": Layer.POST, "rank": LeaderLevel.MIDDLE}
    assert names("school", ChainObject.SELF_CHECK, **middle)[0] == "主管领导审定"


def test_s4_14_s4_27_s4_28_s4_29_school_lists_pass_leader_office_group_and_filing():
    assert names("school", ChainObject.LISTS) == [
        "部门负责人审核",
        "主管领导审定",
        "领导小组办公室审核",
        "领导小组审定",
        "纪检监察备案",
    ]
