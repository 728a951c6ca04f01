"""Texts that say nothing, names that look alike, code schemes, profiles."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from guiju.core.errors import Invalid
from guiju.core.lists.likeness import MOST_MEETING, alike, core_of, likeness, told_apart
from guiju.core.lists.profile import Profile
from guiju.core.lists.schemes import CodeContext, hubei, service
from guiju.core.lists.texts import plain, says_something
from guiju.core.lists.words import Channel
from guiju.exchange.profile_files import (
    BUILT_IN,
    built_in,
    profile_data,
    profile_from,
    read_profile,
)
from small_edition import COUNTY

ITEMS = Path(__file__).parents[3] / "shared/data/lists/13a_district_items_part.csv"
with_items = pytest.mark.skipif(not ITEMS.exists(), reason="the real lists are not here")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "无", "暂无", "无。", "/", "-", "……", "......", "同上", "同上，同上", "略"),
        *("同上/无此项", "x", "字", "哈哈哈哈", "12", "３４", "N/A", "按规定", "按规定办理。"),
        *("依法办理", "\u200b", "（）"),
    ],
)
def test_texts_that_say_nothing(text):
    assert not says_something(text)


@pytest.mark.parametrize(
    "text", ["无证开采", "同上级沟通", "审批", "按规定期限受理", "A级", "其他风险源"]
)
def test_texts_that_say_something(text):
    assert says_something(text)


def test_what_is_said_does_not_depend_on_width_case_or_marks():
    assert plain("ＡＢＣ（河道 采砂）") == plain("abc河道采砂。") == "abc河道采砂"


@pytest.mark.parametrize(
    ("one", "other", "is_apart"),
    [
        ("第二类易制毒化学品运输许可", "第三类易制毒化学品运输许可", True),
        ("教练车备案证办理（转出）", "教练车备案证办理（转入）", True),
        ("公路建设审批（县级）", "公路建设审批(市级)", True),
        ("河道采砂许可", "河道采砂审批", False),
    ],
)
def test_names_that_tell_themselves_apart(one, other, is_apart):
    assert told_apart(one, other) is is_apart


def test_likeness_is_a_share_of_pairs():
    assert likeness("河道采砂许可", "河道采砂 许可") == 100
    assert likeness("河道采砂许可", "取水核准") == 0
    assert likeness("", "") == likeness("", "取水") == 0
    assert likeness("甲", "甲") == 100
    assert core_of("对河道采砂的行政许可") == core_of("河道采砂审批") == "河道采砂"
    assert core_of("行政审批") == "行政审批"


def test_equal_names_make_a_chain_and_nothing_is_like_nothing():
    pairs = list(alike(["取水", "", "取水", "取 水", ""], least=60))
    assert [(p.one, p.other) for p in pairs] == [(0, 2), (2, 3)]


def test_many_names_of_one_kind_are_compared_with_a_few():
    names = [f"第{n}号河道采砂许可证核发事项" for n in range(1000)]
    found = sum(1 for _ in alike(names, least=60))
    assert 1000 < found < 1000 * MOST_MEETING * 8 < 1000 * 999 / 2


@with_items
@pytest.mark.shared
def test_a_real_list_has_no_false_look_alikes_and_its_codes_fit():
    with ITEMS.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    names = [row["事项名称"] for row in rows]
    assert len(names) == 304
    told = [
        (names[pair.one], names[pair.other])
        for pair in alike(names, least=85)
        if not told_apart(names[pair.one], names[pair.other])
    ]
    assert told == []
    strange = [r for r in rows if service(r["事项编码(itemCode)"], CodeContext()) is not None]
    assert {row["事项编码(itemCode)"].split("-")[3] for row in strange} == {
        "8282348",
        "11511301008778386B",
    }


@pytest.mark.parametrize(
    ("code", "context", "is_right"),
    [
        ("5116020130100100", CodeContext(), True),
        ("511602-013-01-001-00", CodeContext(area_code="511602", unit_code="013"), True),
        ("511602A13XK00100", CodeContext(unit_code="A13"), True),
        ("51160201301001", CodeContext(), False),
        ("51160201301001000", CodeContext(), False),
        ("51160X0130100100", CodeContext(), False),
        ("511602a130100100", CodeContext(), False),
        ("5116020130100100", CodeContext(area_code="511603"), False),
        ("5116020130100100", CodeContext(unit_code="014"), False),
        ("5116020130100101", CodeContext(parent="5116020130100100"), True),
        ("5116020130100101", CodeContext(parent="5116020130100200"), False),
    ],
)
def test_codes_of_hubei(code, context, is_right):
    assert (hubei(code, context) is None) is is_right


@pytest.mark.parametrize("code", ["", "511Z07001006", "511Z07001006-5116-000-115-1-00", "x" * 200])
def test_codes_of_services_have_their_parts(code):
    assert service(code, CodeContext()) is not None


@pytest.mark.parametrize("code", BUILT_IN)
def test_a_profile_comes_back_from_its_plain_data(code):
    profile = built_in(code)
    assert profile.code == code
    assert profile_from(profile_data(profile)) == profile


def test_profiles_are_three():
    assert BUILT_IN == ("county", "bureau", "school")
    with pytest.raises(KeyError):
        built_in("../county")


def test_s4_21_each_body_has_its_own_channels():
    assert list(built_in("school").channels.values()) == [
        "自己找", "相互帮", "领导提", "集体评", "组织审",
    ]  # fmt: skip
    assert list(COUNTY.channels.values()) == ["自己找", "群众提", "相互查", "组织评", "集体定"]
    assert built_in("bureau").channels[Channel.SELF] == "自己查找"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (b"code = ", "PROFILE-01", "TOML"),
        (b"\xff", "PROFILE-01", "TOML"),
        (b"a" * 1_000_001, "PROFILE-01", "TOML"),
        (b"a." * 200 + b"b = 1", "PROFILE-01", "TOML"),
        (b"x = " + b"[" * 9000, "PROFILE-01", "TOML"),
        (b"name = 'x'", "PROFILE-02", "配置 › code"),
        (b"code = 5", "PROFILE-02", "配置 › code"),
        (b"code = 'x'\nsurplus = 1", "PROFILE-02", "配置 › surplus"),
        (b"code = 'x'\nmethods = ['dice']", "PROFILE-02", "配置 › methods › 1"),
        (b"code = 'x'\nmethods = 'rules'", "PROFILE-02", "配置 › methods"),
        (b"code = 'x'\nmatrix = [[1, 2]]", "PROFILE-02", "配置 › matrix › 1"),
        (b"code = 'x'\nnotice_days = true", "PROFILE-02", "配置 › notice_days"),
        (b"code = 'x'\n[ownership.1]\nowner = 'head'", "PROFILE-02", "ownership › 1 › supervisor"),
        (b"code = 'x'\n[channels]\nself = 1", "PROFILE-02", "channels › self"),
        (b"code = 'x'\n[channels]\nme = 'x'", "PROFILE-02", "channels › me"),
        (b"code = 'x'\nmatrix = [[1, 2, 3]]", "PROFILE-03", "1、2、3"),
        (b"code = 'x'\ncounts = [[5, 4]]", "PROFILE-03", "1、2、3"),
        (b"code = 'x'\n[least_people]\n4 = 2", "PROFILE-03", "1、2、3"),
        (b"code = 'x'\nvalid_from = 2026-01-01T00:00:00", "PROFILE-02", "valid_from"),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused_with_the_place(text, code, place):
    with pytest.raises(Invalid, match=code) as refused:
        read_profile(text)
    assert place in str(refused.value.sentence)


def test_a_profile_of_ones_own_needs_only_a_code():
    assert read_profile(b"code = 'own'") == Profile(code="own")
    assert replace(COUNTY, code="own").rules == COUNTY.rules
