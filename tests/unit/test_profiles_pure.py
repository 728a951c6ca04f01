"""What a profile says in words, what differs, what is wrong with one: no database."""

from dataclasses import replace

import pytest

from guiju.core.errors import Invalid
from guiju.core.lists.chains import ApprovalChain, ChainStep, stages
from guiju.core.lists.lint.checks import CHECKS
from guiju.core.lists.profile import (
    Criterion,
    Factors,
    GradeLabel,
    GradeRule,
    LegalLimit,
    Ownership,
    Profile,
    SeparationRule,
    StepGroup,
)
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_diff import differences
from guiju.core.lists.profile_entries import (
    entries,
    put,
    put_step,
    removed,
    removed_step,
)
from guiju.core.lists.profile_told import conditions, lines_of, told
from guiju.core.lists.profile_words import ProfilePart
from guiju.core.lists.values import Period
from guiju.core.lists.words import Channel, GradeMethod, Layer, PeriodUnit, Severity, Side
from guiju.core.lists.words_chains import ChainObject, SignAction, SignerRole
from guiju.core.organisation.words import LeaderLevel, UnitKind
from guiju.exchange.profile_files import (
    BUILT_IN,
    built_in,
    profile_from,
    read_profile,
    write_profile,
)

COUNTY = built_in("county")
SCHOOL = built_in("school")
DAYS = PeriodUnit.DAYS


def codes(profile, *, doubts=False):
    return [one.code for one in faults(profile) if one.is_doubt == doubts]


def with_steps(*steps, **changes):
    chain = replace(COUNTY.chains[-1], steps=steps, **changes)
    return replace(COUNTY, chains=(*COUNTY.chains[:-1], chain))


def step(name="审定", action=SignAction.DECIDE, role=SignerRole.HEAD, **more):
    return ChainStep(name=name, action=action, role=role, **more)


FILE = {"action": SignAction.FILE}


@pytest.mark.parametrize("code", BUILT_IN)
def test_what_comes_with_guiju_has_no_faults(code):
    assert codes(built_in(code)) == []


@pytest.mark.parametrize("code", BUILT_IN)
def test_a_profile_as_a_file_comes_back(code):
    profile = built_in(code)
    assert read_profile(write_profile(profile, remark="两行\n说明")) == profile


WRONG = [
    ("PF101", replace(COUNTY, grades=COUNTY.grades[:2])),
    ("PF101", replace(COUNTY, grades=(*COUNTY.grades, COUNTY.grades[0]))),
    ("PF102", replace(COUNTY, grades=(GradeLabel(grade=1, label=" "), *COUNTY.grades[1:]))),
    (
        "PF103",
        replace(
            COUNTY,
            grades=(
                replace(COUNTY.grades[0], synonyms=("高", "中")),
                *COUNTY.grades[1:],
            ),
        ),
    ),
    ("PF104", replace(COUNTY, methods=())),
    ("PF104", replace(COUNTY, methods=(GradeMethod.RULES, GradeMethod.RULES))),
    ("PF105", replace(COUNTY, methods=(GradeMethod.CHECKLIST,))),
    ("PF106", replace(COUNTY, rules=(COUNTY.rules[0], COUNTY.rules[0]))),
    ("PF107", replace(COUNTY, rules=(replace(COUNTY.rules[0], text=""),))),
    ("PF108", replace(COUNTY, rules=(GradeRule(code="a", grade=1, text="一切"),))),
    ("PF109", replace(COUNTY, rules=(replace(COUNTY.rules[0], kinds=("magic",)),))),
    ("PF106", replace(SCHOOL, criteria=(SCHOOL.criteria[0], SCHOOL.criteria[0]))),
    ("PF107", replace(SCHOOL, criteria=(Criterion(code="a", grade=1, text=" "),))),
    ("PF110", replace(COUNTY, matrix=((3, 3, 2), (3, 2, 1), (2, 1, 2)))),
    ("PF110", replace(COUNTY, matrix=((2, 3, 2), (3, 2, 1), (2, 1, 1)))),
    ("PF111", replace(COUNTY, counts=((5, 1), (5, 2)))),
    ("PF111", replace(COUNTY, counts=((0, 3),))),
    ("PF112", replace(COUNTY, counts=((5, 2), (3, 1)))),
    ("PF113", replace(COUNTY, factors=Factors(weights=(0, 0, 0, 0)))),
    ("PF114", replace(COUNTY, factors=Factors(points=(5, 5)))),
    ("PF115", replace(COUNTY, factors=Factors(first=13))),
    ("PF115", replace(COUNTY, factors=Factors(first=7, second=7))),
    ("PF115", replace(COUNTY, factors=Factors(second=4))),
    ("PF116", replace(COUNTY, ownership={1: COUNTY.ownership[1], 2: COUNTY.ownership[2]})),
    (
        "PF117",
        replace(
            COUNTY,
            ownership={
                **COUNTY.ownership,
                3: Ownership(owner=LeaderLevel.STAFF, supervisor=LeaderLevel.STAFF),
            },
        ),
    ),
    ("PF118", replace(COUNTY, least_people={1: 3, 2: 2, 3: 1})),
    ("PF119", replace(COUNTY, check_every={**COUNTY.check_every, 3: Period(0, DAYS)})),
    (
        "PF120",
        replace(
            COUNTY,
            ownership={
                **COUNTY.ownership,
                1: Ownership(owner=LeaderLevel.STAFF, supervisor=LeaderLevel.HEAD),
            },
        ),
    ),
    ("PF121", replace(COUNTY, least_people={1: 2, 2: 3, 3: 2})),
    ("PF122", replace(COUNTY, check_every={**COUNTY.check_every, 1: Period(2, PeriodUnit.YEARS)})),
    ("PF122", replace(COUNTY, check_every={2: Period(6, PeriodUnit.MONTHS)})),
    ("PF201", replace(COUNTY, chains=(*COUNTY.chains, COUNTY.chains[-1]))),
    ("PF202", with_steps(step(), name="")),
    ("PF203", with_steps()),
    ("PF203", with_steps(step(action=SignAction.EXAMINE))),
    ("PF203", with_steps(step(**FILE))),
    ("PF204", with_steps(step(), step(**FILE), step())),
    ("PF205", with_steps(step(group="a"), step(), step(group="a"))),
    ("PF206", with_steps(step(group="a"), step(group="a", **FILE))),
    ("PF207", with_steps(step(name=""))),
    ("PF208", with_steps(step(role=SignerRole.BODY))),
    ("PF209", with_steps(step(role=SignerRole.DUTY))),
    ("PF210", with_steps(step(limit=0))),
    ("PF211", replace(COUNTY, chains=COUNTY.chains[:-1])),
    ("PF211", replace(COUNTY, chains=())),
    ("PF301", replace(COUNTY, name=" ")),
    ("PF302", replace(COUNTY, kinds={"Licence!": "许可"})),
    ("PF302", replace(COUNTY, kinds={"licence": "自己的许可"})),
    ("PF303", replace(COUNTY, kinds={"own": ""})),
    ("PF304", replace(COUNTY, kinds={"own": "行政许可"})),
    ("PF305", replace(COUNTY, layers={}, dimensions={})),
    ("PF306", replace(COUNTY, layers={Layer.UNIT: "单位"})),
    ("PF307", replace(COUNTY, dimensions={})),
    ("PF308", replace(COUNTY, least_channels=6)),
    ("PF308", replace(COUNTY, channels={Channel.SELF: "自己找"})),
    ("PF309", replace(COUNTY, code_scheme="roman")),
    ("PF310", replace(COUNTY, notice_days=-1)),
    ("PF311", replace(COUNTY, separations=(SeparationRule(code="a", text="分开", groups=()),))),
    (
        "PF311",
        replace(
            COUNTY,
            separations=(
                replace(
                    COUNTY.separations[0],
                    groups=(StepGroup(name="一"), COUNTY.separations[0].groups[0]),
                ),
            ),
        ),
    ),
    (
        "PF312",
        replace(COUNTY, legal_limits={"magic": LegalLimit(period=Period(1, DAYS), source="")}),
    ),
    (
        "PF312",
        replace(COUNTY, legal_limits={"licence": LegalLimit(period=Period(0, DAYS), source="")}),
    ),
    ("PF313", replace(COUNTY, public_notice=Period(0, DAYS))),
    ("PF314", replace(COUNTY, severities={"GJ000": Severity.HINT})),
]


@pytest.mark.parametrize(("code", "profile"), WRONG)
def test_k1_to_k11_what_makes_no_sense_together_is_a_fault_with_what_to_do(code, profile):
    assert code in codes(profile)
    assert all("请" in str(one.sentence) or "，" in str(one.sentence) for one in faults(profile))


def test_every_check_has_a_profile_that_it_finds_wrong():
    assert {code for code, _ in WRONG} == {
        *(f"PF{number}" for number in range(101, 123)),
        *(f"PF{number}" for number in range(201, 212)),
        *(f"PF{number}" for number in range(301, 315)),
    }


def test_k4_a_chain_that_is_never_reached_and_one_that_examines_last_are_doubts():
    first = replace(COUNTY.chains[-1], code="all")
    assert "PF212" in codes(replace(COUNTY, chains=(first, *COUNTY.chains)), doubts=True)
    examined = with_steps(step(), step(action=SignAction.EXAMINE))
    assert codes(examined, doubts=True) == ["PF213"]
    assert codes(examined) == []


def test_a_profile_in_words_has_every_part_and_lines_of_their_own():
    for code in BUILT_IN:
        parts = told(built_in(code))
        assert [one.part for one in parts] == list(ProfilePart)
        for one in parts:
            keys = [line.key for line in one.lines]
            assert len(set(keys)) == len(keys)
            assert all(str(line.label) and str(line.text) for line in one.lines)


def test_k3_of_two_methods_the_stricter_is_told():
    lines = {line.key: str(line.text) for line in lines_of(SCHOOL, ProfilePart.METHODS)}
    assert lines["methods"] == "对照清单、几率乘危害"
    assert "较严" in lines["stricter"]
    assert "stricter" not in {line.key for line in lines_of(COUNTY, ProfilePart.METHODS)}


def test_k4_a_chain_in_words_tells_parallel_steps_duties_and_bodies():
    lines = {line.key: str(line.text) for line in lines_of(COUNTY, ProfilePart.CHAINS)}
    assert "与同一步的其他审签同时进行" in lines["department-lists/1"]
    assert "承担「合法性审核」的单位审核" in lines["department-lists/1"]
    assert "上级的领导班子批准" in lines["department-lists/3"]
    assert "党委、党委部门、监督机构" in lines["party-lists"]
    assert "没有管到" in lines["department-lists"]


def test_conditions_of_a_rule_in_words():
    rule = GradeRule(
        code="a",
        grade=1,
        text="说明",
        managers=(LeaderLevel.HEAD,),
        sides=(Side.INTERNAL,),
        kinds=("major",),
        words=("采购",),
        is_discretionary=False,
        is_major=True,
    )
    assert [str(one) for one in conditions(rule, COUNTY)] == [
        "直接主抓的人是正职",
        "权力对内",
        "类别是三重一大",
        "名称里有「采购」",
        "没有自由裁量权",
        "属于三重一大",
    ]


def test_nothing_differs_between_a_profile_and_itself():
    assert differences(COUNTY, COUNTY) == ()


def test_a_grade_called_otherwise_is_one_difference():
    grades = (replace(COUNTY.grades[0], label="红级"), *COUNTY.grades[1:])
    changes = differences(COUNTY, replace(COUNTY, grades=grades))
    assert [one.part for one in changes] == [ProfilePart.GRADES]
    assert "一级" in str(changes[0].before)
    assert "红级" in str(changes[0].after)


def test_differences_tell_what_is_new_gone_and_moved():
    rules = COUNTY.rules[1:]
    chains = (*COUNTY.chains[1:], COUNTY.chains[0])
    after = replace(COUNTY, rules=rules, chains=chains, kinds={**COUNTY.kinds, "own": "自定"})
    said = [str(one.sentence) for one in differences(COUNTY, after)]
    assert any("去掉" in one and "三重一大" in one for one in said)
    assert any("新增" in one and "自定" in one for one in said)
    assert any("先后" in one for one in said)


def test_differences_between_county_and_school_name_both():
    changes = differences(COUNTY, SCHOOL)
    assert {one.part for one in changes} > {ProfilePart.METHODS, ProfilePart.CHAINS}
    assert all(str(one.before) != str(one.after) for one in changes)


def test_entries_are_put_moved_and_taken_away():
    added = put(COUNTY, ProfilePart.KINDS, None, ("own", "自定"))
    assert list(added.kinds) == [*COUNTY.kinds, "own"]
    renamed = put(added, ProfilePart.KINDS, 0, ("requisition", "征用"))
    assert next(iter(renamed.kinds.items())) == ("requisition", "征用")
    assert removed(added, ProfilePart.KINDS, 4) == COUNTY
    chain = ApprovalChain(code="first", name="先走", objects=(ChainObject.LISTS,))
    moved = put(COUNTY, ProfilePart.CHAINS, None, chain, 0)
    assert [one.code for one in moved.chains][:2] == ["first", "post-controls"]
    back = put(moved, ProfilePart.CHAINS, 0, chain, 99)
    assert back.chains[-1].code == "first"
    assert entries(COUNTY, ProfilePart.RULES) == COUNTY.rules


def names(profile):
    """Return the steps of the department's chain, those that are open together in brackets."""
    steps = profile.chains[4].steps
    return [[steps[at].name for at in together] for together in stages(steps)]


LEGAL, STAFF, MEETING, WATCH = (one.name for one in COUNTY.chains[4].steps)


@pytest.mark.parametrize(
    ("place", "is_joined", "to", "wanted"),
    [
        (None, False, None, [[LEGAL, STAFF], [MEETING], [WATCH], ["新"]]),
        (None, True, None, [[LEGAL, STAFF], [MEETING], [WATCH, "新"]]),
        (None, False, 0, [["新"], [LEGAL, STAFF], [MEETING], [WATCH]]),
        (None, True, 1, [[LEGAL, "新", STAFF], [MEETING], [WATCH]]),
        (None, False, 1, [[LEGAL], ["新"], [STAFF], [MEETING], [WATCH]]),
        (0, False, None, [["新", STAFF], [MEETING], [WATCH]]),
        (0, True, None, [["新", STAFF], [MEETING], [WATCH]]),  # nothing stands before it
        (1, True, None, [[LEGAL, "新"], [MEETING], [WATCH]]),
        (1, False, None, [[LEGAL], ["新"], [MEETING], [WATCH]]),
        (2, True, None, [[LEGAL, STAFF, "新"], [WATCH]]),
        (0, False, 3, [[STAFF], [MEETING], [WATCH], ["新"]]),
        (1, False, 2, [[LEGAL], [MEETING], ["新"], [WATCH]]),
        (3, True, 1, [[LEGAL, "新", STAFF], [MEETING]]),
        (2, False, 0, [["新"], [LEGAL, STAFF], [WATCH]]),
    ],
)
def test_k4_a_step_is_put_where_it_is_to_stand_alone_or_with_the_one_before(
    place, is_joined, to, wanted
):
    made = put_step(COUNTY, 4, place, step("新"), is_joined=is_joined, to=to)
    assert names(made) == wanted
    assert not {"PF205"} & set(codes(made))


def test_a_step_is_taken_away_and_those_open_with_it_stay():
    assert names(removed_step(COUNTY, 4, 0)) == [[STAFF], [MEETING], [WATCH]]
    assert names(removed_step(COUNTY, 4, 2)) == [[LEGAL, STAFF], [WATCH]]
    three = put_step(COUNTY, 4, 2, step("新"), is_joined=True)
    assert names(removed_step(three, 4, 0)) == [[STAFF, "新"], [WATCH]]
    added = put_step(COUNTY, 4, None, step("新"), to=0)
    assert removed_step(added, 4, 0) == COUNTY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("code = 'a'\n[[chains]]\ncode = 'x'", "PROFILE-02"),
        ("code = 'a'\n[[chains]]\ncode='x'\nname='x'\nsteps=[{name='a'}]", "PROFILE-02"),
        ("\ufffd", "PROFILE-01"),
        ("code = 'a'\n[ownership.9]\nowner='head'\nsupervisor='head'", "PROFILE-03"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_words(text, code):
    with pytest.raises(Invalid, match="请") as refused:
        read_profile(text.encode())
    assert refused.value.code == code


def test_texts_of_many_dots_come_back():
    rule = replace(COUNTY.rules[0], text="." * 300, words=("a.b",) * 90)
    dotted = replace(COUNTY, rules=(rule,), kinds={"." * 40: "…"})
    assert read_profile(write_profile(dotted)) == dotted


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"notice_days": 10**7}, "PROFILE-04"),
        ({"factors": {"weights": [1, 1, 1, 10**4000]}}, "PROFILE-04"),
        ({"ownership": {"9" * 5000: {"owner": "head", "supervisor": "head"}}}, "PROFILE-02"),
        ({"notice_days": True}, "PROFILE-02"),
    ],
)
def test_numbers_beyond_reason_are_refused(changes, code):
    with pytest.raises(Invalid) as refused:
        profile_from({"code": "a"} | changes)
    assert refused.value.code == code


def test_profiles_of_every_kind_of_unit_have_a_chain():
    assert {one for chain in COUNTY.chains for one in chain.owners} <= set(UnitKind)
    assert len(CHECKS) >= 35
    assert isinstance(COUNTY, Profile)
