from dataclasses import replace

import pytest

from guiju.core.lists.grading import (
    by_checklist,
    by_count,
    by_factors,
    by_matrix,
    by_rules,
    grade_power,
    grade_risk,
)
from guiju.core.lists.profile import Factors, GradeRule, Profile
from guiju.core.lists.words import Attention, GradeMethod, Side
from guiju.core.organisation.words import LeaderLevel
from guiju.exchange.profile_files import built_in
from small_edition import COUNTY, power, risk

BUREAU, SCHOOL = built_in("bureau"), built_in("school")


def licence(name="河道采砂许可", **said):
    return power("1", name, **said)


def point(**said):
    return risk("R", "1", "L1", "2", "审查时放过不合条件的人", **said)


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ({"manager": LeaderLevel.HEAD}, 1),
        ({"attention": Attention.HIGH}, 1),
        ({"manager": LeaderLevel.DEPUTY, "attention": Attention.SOME}, 2),
        ({"manager": LeaderLevel.DEPUTY, "is_discretionary": True}, 2),
        ({"manager": LeaderLevel.DEPUTY, "side": Side.INTERNAL}, 3),
        ({"manager": LeaderLevel.MIDDLE, "side": Side.INTERNAL}, 3),
        ({"manager": LeaderLevel.HEAD, "side": Side.INTERNAL}, 1),
        ({"kind": "reward"}, 3),
    ],
)
def test_s1_13_s1_14_s1_15_who_runs_a_power_and_who_looks_at_it_give_the_grade(said, grade):
    graded = by_rules(licence(**said), BUREAU)
    assert graded.grade == grade
    assert graded.reasons


def test_rules_that_do_not_match_say_nothing():
    assert by_rules(licence(), BUREAU) is None
    assert by_rules(licence(manager=LeaderLevel.DEPUTY), BUREAU) is None
    assert by_rules(licence(manager=LeaderLevel.HEAD), Profile(code="x")) is None


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("大宗物品采购", 1),
        ("图书资料征订", 1),
        ("招生收费", 1),
        ("一般物品采购", 2),
        ("教师资格认定", 3),
        ("民办学校设立审批", 3),
    ],
)
def test_s1_16_s1_17_s1_18_presets_of_schools(name, grade):
    assert by_rules(licence(name), BUREAU).grade == grade


def test_a_preset_that_a_stricter_rule_overrides_gives_way():
    graded = by_rules(licence("教师资格认定", attention=Attention.HIGH), BUREAU)
    assert (graded.grade, [str(reason) for reason in graded.reasons]) == (1, ["群众关注度高"])


def test_the_county_grades_major_matters_first():
    assert by_rules(licence(is_major=True, side=Side.INTERNAL), COUNTY).grade == 1


@pytest.mark.parametrize(
    ("answers", "grade"),
    [
        ((), None),
        (("unknown",), None),
        (("3-power",), 3),
        (("3-power", "2-consequence"), 2),
        (("2-power", "1-scope"), 1),
        (("1-consequence",), 1),
    ],
)
def test_s4_18_s4_19_s4_20_the_gravest_criterion_that_holds_decides(answers, grade):
    graded = by_checklist(answers, SCHOOL)
    assert (graded and graded.grade) == grade


def test_s4_18_criteria_ask_for_scope_power_probability_and_consequence():
    first = {criterion.group for criterion in SCHOOL.criteria if criterion.grade == 1}
    assert first == {"scope", "power", "probability", "consequence"}


@pytest.mark.parametrize(
    ("probability", "harm", "grade"),
    [(1, 1, 3), (1, 3, 2), (2, 2, 2), (3, 2, 1), (2, 3, 1), (3, 3, 1)],
)
def test_s4_16_probability_and_harm_give_the_grade(probability, harm, grade):
    assert by_matrix(probability, harm, SCHOOL).grade == grade


@pytest.mark.parametrize(("probability", "harm"), [(None, 1), (1, None), (0, 1), (4, 1), (1, 4)])
def test_a_matrix_without_its_inputs_says_nothing(probability, harm):
    assert by_matrix(probability, harm, SCHOOL) is None
    assert by_matrix(1, 1, Profile(code="x")) is None


@pytest.mark.parametrize(
    ("points", "answers", "grade"),
    [
        (0, (), None),
        (1, (), 3),
        (2, (), 3),
        (3, (), 2),
        (4, (), 2),
        (5, (), 1),
        (37, (), 1),
        (1, ("1-scope",), 1),
        (1, ("1-probability",), 3),
    ],
)
def test_the_rule_of_qinghai_counts_points_and_one_trigger_is_enough(points, answers, grade):
    graded = by_count(points, answers, SCHOOL)
    assert (graded and graded.grade) == grade


def test_s1_11_four_factors_are_weighted_as_the_profile_says():
    risks = [point(probability=1, frequency=1)]
    small = by_factors(licence(side=Side.INTERNAL), risks, BUREAU)
    assert small.grade == 3
    assert "加权得 4 分" in str(small.reasons[0])
    many = [point(probability=3, frequency=120)] * 5
    assert by_factors(licence(is_major=True), many, BUREAU).grade == 1
    heavy = replace(BUREAU, factors=Factors(weights=(1, 1, 1, 8), first=10))
    assert by_factors(licence(), [point(probability=1, frequency=1)], heavy).grade == 1
    often = by_factors(licence(), [point(probability=2, frequency=12)], BUREAU)
    seldom = by_factors(licence(), [point(probability=2, frequency=11)], BUREAU)
    assert (often.grade, seldom.grade) == (2, 3)
    assert "频率 2" in str(often.reasons[0])
    assert "频率 1" in str(seldom.reasons[0])


def test_factors_are_never_made_up():
    assert by_factors(licence(), [point(probability=1)], BUREAU) is None
    assert by_factors(licence(), [point(frequency=1)], BUREAU) is None
    assert by_factors(licence(), [], BUREAU) is None


def test_of_two_methods_the_stricter_counts_and_the_conflict_is_shown():
    both = grade_risk(point(answers=("3-power",), probability=3, harm=3), SCHOOL)
    assert [r.method for r in both.results] == [GradeMethod.CHECKLIST, GradeMethod.MATRIX]
    assert (both.grade, both.is_conflict) == (1, True)
    assert [str(reason) for reason in both.reasons] == ["发生几率 3、危害程度 3"]
    same = grade_risk(point(answers=("1-scope",), probability=3, harm=3), SCHOOL)
    assert (same.grade, same.is_conflict) == (1, False)
    one = grade_risk(point(answers=("2-power",)), SCHOOL)
    assert (one.grade, one.is_conflict) == (2, False)
    none = grade_risk(point(), SCHOOL)
    assert (none.grade, none.is_conflict, none.reasons) == (None, False, ())


def test_personnel_is_third_grade_in_one_source_and_first_in_the_other():
    """K3: 人事调动 by S1-18, 重要人事任免 by S4-18."""
    both = replace(BUREAU, methods=(GradeMethod.RULES, GradeMethod.CHECKLIST),
                   criteria=SCHOOL.criteria)  # fmt: skip
    graded = grade_power(licence("人事调动"), [point(answers=("1-scope",))], both)
    assert [(r.method, r.grade) for r in graded.results] == [
        (GradeMethod.RULES, 3),
        (GradeMethod.CHECKLIST, 1),
    ]
    assert (graded.grade, graded.is_conflict) == (1, True)


def test_a_power_is_as_grave_as_its_gravest_risk_and_may_be_graded_by_count():
    profile = replace(SCHOOL, methods=(GradeMethod.MATRIX, GradeMethod.COUNT))
    risks = [point(probability=1, harm=1), point(probability=2, harm=2)]
    assert [r.grade for r in grade_power(licence(), risks, profile).results] == [2, 3]
    factors = replace(BUREAU, methods=(GradeMethod.FACTORS,))
    assert grade_power(licence(), risks, factors).results == ()


def test_a_rule_may_ask_for_kinds_and_words_together():
    rule = GradeRule(code="a", grade=1, text="大额许可", kinds=("licence",), words=("采砂",))
    profile = Profile(code="x", rules=(rule,))
    assert by_rules(licence(), profile).grade == 1
    assert by_rules(licence("取水许可"), profile) is None
    assert by_rules(licence(kind="levy"), profile) is None


def test_s1_12_s4_07_three_grades_with_the_bodys_own_labels():
    assert [COUNTY.grade_label(n) for n in (1, 2, 3)] == ["一级", "二级", "三级"]
    assert [SCHOOL.grade_label(n) for n in (1, 2, 3)] == ["高（一级）", "中（二级）", "低（三级）"]
    for profile in (COUNTY, BUREAU, SCHOOL):
        for grade, words in enumerate(("Ⅰ I 一 高 ★★★ Ⅰ级", "Ⅱ 二 中 一般", "Ⅲ 三 低 ★"), 1):
            assert {profile.grade_of(word) for word in words.split()} == {grade}
    assert COUNTY.grade_of("四") is None
    assert COUNTY.grade_label(4) == "4"
