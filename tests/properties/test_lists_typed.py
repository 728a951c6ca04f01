"""Items as typed texts: what is shown, typed again and read is the same item."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.canonical import item_content
from guiju.core.lists.field_groups import GROUPS
from guiju.core.lists.fields import FIELDS as LABELLED
from guiju.core.lists.model import ITEMS, Power, Risk
from guiju.core.lists.numbering import next_code
from guiju.core.lists.schemes import CodeContext, hubei
from guiju.core.lists.values import Fee, Period
from guiju.core.lists.words import Channel, Dimension, ItemKind, Layer, Means, PeriodUnit
from guiju.exchange.lists.fields import FIELDS, Holds
from guiju.exchange.lists.typed import (
    OwnWords,
    blank,
    texts_of,
    tier_texts,
    typed,
    with_tiers,
    with_values,
)
from guiju.exchange.profile_files import BUILT_IN, built_in
from small_edition import SOUND, STANDARD

WORDS = {code: OwnWords(built_in(code)) for code in BUILT_IN}
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp")), max_size=30
)
NUMBERS = st.integers(0, 99_999)


def values(of):
    """Values of a field, as anyone may have chosen or typed them."""
    sorts = {
        Holds.TEXT: TEXT,
        Holds.CODE: TEXT,
        Holds.TEXTS: st.lists(TEXT.filter(bool), max_size=3).map(tuple),
        Holds.WORD: st.sampled_from(list(of.words)) if of.words else None,
        Holds.WORDS: st.lists(st.sampled_from(list(of.words)), unique=True).map(tuple)
        if of.words
        else None,
        Holds.KIND: st.sampled_from(["licence", "other", "major", "自设的类型"]),
        Holds.GRADE: st.sampled_from([1, 2, 3]),
        Holds.COUNT: NUMBERS,
        Holds.FLAG: st.booleans(),
        Holds.DATE: st.dates(date(1000, 1, 1), date(2999, 12, 31)),
        Holds.PERIOD: st.builds(Period, NUMBERS, st.sampled_from(PeriodUnit)),
        Holds.AMOUNT: st.integers(0, 10**13),
    }  # fmt: skip
    return sorts[of.holds]


@st.composite
def items(draw):
    kind = draw(st.sampled_from(list(ItemKind)))
    chosen = draw(st.lists(st.sampled_from(FIELDS[kind]), unique=True, max_size=8))
    said = {one.path: draw(values(one)) for one in chosen if one.path != "code"}
    return with_values(blank(kind, "1"), said)


@given(items(), st.sampled_from(BUILT_IN))
def test_what_is_shown_and_typed_anew_is_the_same_item(item, profile):
    words = WORDS[profile]
    texts = texts_of(item, words)
    again = typed(blank(item.item_kind, item.code), texts, words)
    assert again.faults == {}
    assert texts_of(again.item, words) == texts
    assert item_content(again.item) == item_content(item)


@given(items(), st.sampled_from(BUILT_IN))
def test_what_stands_there_already_changes_nothing(item, profile):
    words = WORDS[profile]
    assert typed(item, texts_of(item, words), words).item == item


@pytest.mark.parametrize("item", list(SOUND.items()), ids=lambda one: f"{one.item_kind}-{one.code}")
@pytest.mark.parametrize("profile", BUILT_IN)
def test_every_item_of_an_edition_goes_through_the_texts_unchanged(item, profile):
    words = WORDS[profile]
    again = typed(blank(item.item_kind, item.code), texts_of(item, words), words)
    assert again.faults == {}
    kept = {"graph": item.graph, "notes": item.notes} if item.item_kind is ItemKind.FLOW else {}
    whole = replace(again.item, **kept)
    if item.item_kind is ItemKind.STANDARD:
        whole, faults = with_tiers(whole, tier_texts(item, words), words)
        assert faults == {}
    assert item_content(whole) == item_content(item)


def test_k5_the_bodys_own_words_are_shown_and_read_beside_the_usual_ones():
    words = WORDS["county"]
    risk = Risk(code="1", layer=Layer.POST, channels=(Channel.SELF, Channel.COLLECTIVE))
    texts = texts_of(risk, words)
    assert (texts["layer"], texts["channels"]) == ("股室岗位", "自己找、集体定")
    usual = typed(blank(ItemKind.RISK, "1"), {"layer": "岗位", "channels": "自查，集体定"}, words)
    assert usual.item == risk
    assert typed(risk, {"dimensions": "思想作风"}, words).item.dimensions == (Dimension.MORALS,)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("grade", "很高"),
        ("legal_limit", "二十天左右"),
        ("valid_from", "2026-02-30"),
        ("fee.lower", "十块"),
        ("is_major", "也许"),
        ("layer", "处级"),
        ("name", "许\x00可"),
    ],
)
def test_what_cannot_be_read_is_told_and_leaves_the_field_as_it_was(path, text):
    power = Power(code="1", name="许可", fee=Fee(lower=100))
    found = typed(power, {path: text, "boundary": "本县"}, WORDS["county"])
    assert list(found.faults) == [path]
    assert found.faults[path].render().endswith("。")
    assert found.item == replace(power, boundary="本县")


def test_of_a_tier_that_cannot_be_read_the_place_is_told():
    rows = [*tier_texts(STANDARD, WORDS["county"]), {"name": "极重", "upper": "多"}, {"name": " "}]
    made, faults = with_tiers(STANDARD, rows, WORDS["county"])
    assert list(faults) == [(3, "upper")]
    assert len(made.tiers) == 4


@pytest.mark.parametrize("kind", ItemKind)
def test_every_field_of_a_table_stands_in_exactly_one_group(kind):
    paths = [path for group in GROUPS[kind] for path in group.paths]
    assert sorted(paths) == sorted(one.path for one in LABELLED[kind])
    assert ITEMS[kind].item_kind is kind


@given(
    st.sampled_from(list(ItemKind)),
    st.lists(
        st.one_of(TEXT, st.from_regex(r"[A-Z]{1,2}-?[0-9]{1,4}", fullmatch=True)), max_size=12
    ),
    st.sampled_from(["", "hubei", "service"]),
)
def test_a_new_code_is_one_that_nobody_bears(kind, codes, scheme):
    made = next_code(kind, codes, scheme=scheme)
    assert made not in codes
    assert made == made.strip() != ""


def test_gj105_new_codes_of_powers_follow_the_scheme_of_the_profile():
    context = CodeContext(area_code="511602", unit_code="013")
    codes = [one.code for one in SOUND.powers]
    first = next_code(ItemKind.POWER, codes, scheme="hubei", context=context, like=codes[2])
    assert (first, hubei(first, context)) == ("5116020130200200", None)
    below = replace(context, parent=codes[0])
    part = next_code(ItemKind.POWER, codes, scheme="hubei", context=below)
    assert (part, hubei(part, below)) == (f"{codes[0][:14]}01", None)
    assert next_code(ItemKind.RISK, ["R1", "R9", "R10", "X3"], like="R1") == "R11"
    assert next_code(ItemKind.DUTY, []) == "ZR-001"


def test_several_means_are_read_however_they_are_set_apart():
    made = typed(blank(ItemKind.CONTROL, "1"), {"means": "分权；公开/监督"}, WORDS["county"]).item
    assert made.means == (Means.DIVIDE, Means.PUBLICITY, Means.SUPERVISION)
