"""Profiles: files come back, and the checks agree with a plain reading of what they are for."""

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.lists.chains import ApprovalChain, ChainStep, progress, stages
from guiju.core.lists.chains import Sign as Signed
from guiju.core.lists.profile import GradeLabel, LegalLimit, Profile
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_diff import differences
from guiju.core.lists.profile_entries import grouped, joined, moved
from guiju.core.lists.profile_told import told
from guiju.core.lists.values import Period
from guiju.core.lists.words import Audience, Channel, GradeMethod, ItemKind, Layer, PeriodUnit
from guiju.core.lists.words_chains import ChainObject, ReviewState, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.exchange.profile_files import (
    BUILT_IN,
    built_in,
    profile_data,
    profile_from,
    read_profile,
    write_profile,
)

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
PERIODS = st.builds(Period, st.integers(0, 400), st.sampled_from(PeriodUnit))
STEPS = st.builds(
    ChainStep,
    name=TEXTS,
    action=st.sampled_from(SignAction),
    role=st.sampled_from([SignerRole.HEAD, SignerRole.DEPUTY, SignerRole.OWN_HEAD]),
    group=st.sampled_from(["", "", "a", "b"]),
    limit=st.integers(1, 20),
)


def some(words):
    return st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)


CHAINS = st.builds(
    ApprovalChain,
    code=st.sampled_from("abcdefgh"),
    name=TEXTS,
    objects=some(ChainObject),
    owners=some(UnitKind),
    layers=some(Layer),
    ranks=some(LeaderLevel),
    steps=st.lists(STEPS, max_size=4).map(tuple),
)
PROFILES = st.builds(
    replace,
    st.sampled_from([built_in(code) for code in BUILT_IN]),
    name=TEXTS,
    grades=st.lists(
        st.builds(GradeLabel, grade=st.integers(1, 3), label=TEXTS, synonyms=st.just(())),
        max_size=4,
    ).map(tuple),
    kinds=st.dictionaries(TEXTS, TEXTS, max_size=4),
    methods=st.lists(st.sampled_from(GradeMethod), max_size=3).map(tuple),
    counts=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 3)), max_size=4).map(tuple),
    channels=st.dictionaries(st.sampled_from(Channel), TEXTS, max_size=4),
    legal_limits=st.dictionaries(
        TEXTS, st.builds(LegalLimit, period=PERIODS, source=TEXTS), max_size=2
    ),
    audiences=st.dictionaries(st.sampled_from(ItemKind), st.sampled_from(Audience), max_size=3),
    chains=st.lists(CHAINS, max_size=4).map(tuple),
)
MATRICES = st.tuples(*[st.tuples(*[st.integers(1, 3)] * 3)] * 3)


@settings(max_examples=60, deadline=None)
@given(PROFILES)
def test_whatever_a_profile_says_comes_back_from_its_file(profile):
    assert read_profile(write_profile(profile, remark="说明")) == profile
    assert profile_from(profile_data(profile)) == profile


@settings(max_examples=40, deadline=None)
@given(PROFILES, PROFILES)
def test_words_and_differences_never_fail_and_say_nothing_of_the_same(profile, other):
    assert differences(profile, profile) == ()
    faults(profile)
    for part in told(profile):
        for line in part.lines:
            assert str(line.text) is not None
    forward, backward = differences(profile, other), differences(other, profile)
    assert {(one.part, str(one.before), str(one.after)) for one in forward} == {
        (one.part, str(one.after), str(one.before)) for one in backward
    }


@settings(max_examples=200, deadline=None)
@given(MATRICES)
def test_k2_the_matrix_is_found_odd_just_where_some_graver_case_grades_lower(matrix):
    profile = replace(built_in("school"), matrix=matrix)
    cases = [(p, h) for p in range(3) for h in range(3)]
    is_odd = any(
        matrix[p][h] > matrix[q][k] for q, k in cases for p, h in cases if p >= q and h >= k
    )
    assert ("PF110" in {one.code for one in faults(profile)}) is is_odd


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 3)), max_size=4))
def test_k2_counts_are_found_odd_just_where_more_points_do_not_grade_higher(counts):
    profile = replace(built_in("school"), counts=tuple(counts))
    found = {"PF111", "PF112"} & {one.code for one in faults(profile)}
    numbers = [least for least, _ in counts]
    is_sound = (
        len(set(numbers)) == len(numbers)
        and all(number >= 1 for number in numbers)
        and all(g < h for n, g in counts for m, h in counts if n > m)
    )
    assert (not found) is is_sound


@settings(max_examples=150, deadline=None)
@given(st.lists(STEPS, max_size=4))
def test_k4_a_chain_without_fault_passes_only_after_somebody_has_decided(steps):
    chain = ApprovalChain(code="only", name="唯一", steps=tuple(steps))
    profile = replace(built_in("county"), chains=(chain,))
    found = {one.code for one in faults(profile)}
    if found & {"PF203", "PF204", "PF205", "PF206"}:
        return
    seats = dict.fromkeys(range(len(steps)), ("one",))
    done = []
    for _ in steps:
        now = progress(steps, seats, done)
        if now.state is ReviewState.PASSED:
            break
        done.append(Signed(now.open[0], "one"))
    assert progress(steps, seats, done).state is ReviewState.PASSED
    actions = [steps[one.place].action for one in done]
    decided = [
        at for at, one in enumerate(actions) if one in (SignAction.DECIDE, SignAction.APPROVE)
    ]
    filed = [at for at, one in enumerate(actions) if one is SignAction.FILE]
    assert decided
    assert not filed or min(filed) > max(decided)


@settings(max_examples=80, deadline=None)
@given(st.lists(CHAINS, max_size=5, unique_by=lambda one: one.code))
def test_k4_a_chain_is_called_unreached_just_where_no_case_chooses_it(chains):
    profile = replace(built_in("county"), chains=tuple(chains))
    unreached = {one.place[0] for one in faults(profile) if one.code == "PF212"}
    seen = set()
    for what in ChainObject:
        for owner in (None, *UnitKind):
            for layer in (None, *Layer) if what is not ChainObject.LISTS else (None,):
                for rank in (None, *LeaderLevel) if what is not ChainObject.LISTS else (None,):
                    for at, one in enumerate(chains):
                        if (
                            (not one.objects or what in one.objects)
                            and (not one.owners or owner in one.owners)
                            and (not one.layers or layer in one.layers)
                            and (not one.ranks or rank in one.ranks)
                        ):
                            seen.add(at)
                            break
    assert unreached == set(range(len(chains))) - seen


@given(st.lists(st.integers(), max_size=6), st.data())
def test_moving_an_entry_keeps_all_others_in_order(held, data):
    place = data.draw(st.none() | st.integers(0, max(len(held) - 1, 0)))
    to = data.draw(st.none() | st.integers(-2, 9))
    entry = object()
    found = moved(held, place, entry, to)
    rest = [one for one in found if one is not entry]
    wanted = [one for at, one in enumerate(held) if at != place]
    assert rest == wanted
    if to is not None:
        assert found.index(entry) == min(max(to, 0), len(rest))


@given(st.lists(STEPS, max_size=6), st.data())
def test_steps_are_open_together_just_where_it_was_said(steps, data):
    flags = data.draw(st.lists(st.booleans(), min_size=len(steps), max_size=len(steps)))
    made = grouped(steps, flags)
    assert [replace(one, group="") for one in made] == [replace(one, group="") for one in steps]
    wanted, found = [], [list(one) for one in stages(made)]
    for at, is_joined in enumerate(flags):
        if is_joined and wanted:
            wanted[-1].append(at)
        else:
            wanted.append([at])
    assert found == wanted
    assert joined(made) == [at > 0 and flag for at, flag in enumerate(flags)]
    names = [one.group for one in made if one.group]
    assert all(names.count(name) > 1 for name in names)


def test_every_field_of_a_profile_is_told_in_some_part():
    empty = Profile(code="a")
    school = built_in("school")
    county = built_in("county")
    for one in fields(Profile):
        if one.name in ("code", "valid_from"):
            continue
        wanted = getattr(school, one.name)
        if wanted == getattr(empty, one.name):
            wanted = getattr(county, one.name)
        if wanted == getattr(empty, one.name):
            continue  # severities: no profile that comes with Guiju differs there
        assert differences(empty, replace(empty, **{one.name: wanted})), one.name
