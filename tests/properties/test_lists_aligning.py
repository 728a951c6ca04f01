"""Codes of two units: whatever they are, what is alike is found again, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.lists.aligning import aligned
from guiju.core.lists.diff import compare
from guiju.core.lists.model import TABLES, Edition, Power, Risk
from guiju.core.lists.naming import named, recoded
from guiju.core.lists.words import ItemKind
from small_edition import SOUND

_NAMES = st.sampled_from(["河道采砂许可", "取水许可", "校服选用备案", "图书征订审核", "年检", ""])


def renumbered(edition, codes):
    """The edition by other codes, worked out over what JSON would say of each item."""
    return replace(
        edition,
        **{
            name: tuple(recoded(item, codes) for item in edition.table(kind))
            for kind, name in TABLES.items()
        },
    )


@st.composite
def other_codes(draw):
    """New codes for everything: those of other items of the table, or some that nobody has."""
    codes = {}
    for kind in ItemKind:
        own = [one.code for one in SOUND.table(kind)]
        pool = own + [f"X{n}" for n in range(len(own))]
        for code, to in zip(own, draw(st.permutations(pool)), strict=False):
            codes[kind, code] = to
    return codes


@settings(max_examples=60, deadline=None)
@given(other_codes())
def test_the_same_lists_by_any_other_codes_do_not_differ(codes):
    other = renumbered(SOUND, codes)
    found = aligned(SOUND, other)
    assert not compare(SOUND, found.edition).items
    assert all(found.codes[kind, was] == to for (kind, was), to in codes.items())


@settings(max_examples=60, deadline=None)
@given(other_codes())
def test_whatever_named_an_item_names_it_by_its_new_code(codes):
    other = renumbered(SOUND, codes)
    for kind in ItemKind:
        pairs = zip(SOUND.table(kind), other.table(kind), strict=True)
        for before, after in pairs:
            assert after.code == codes.get((kind, before.code), before.code)
            old, new = dict(named(before)), dict(named(after))
            assert old.keys() == new.keys()
            for path, place in old.items():
                assert new[path] == (place[0], codes.get(place, place[1]))


@st.composite
def editions(draw):
    """Powers and risks with few names and few codes, so that both clash often."""
    powers = draw(st.dictionaries(st.sampled_from("ABCDE"), _NAMES, max_size=5))
    risks = draw(
        st.dictionaries(
            st.sampled_from("RSTUV"), st.tuples(_NAMES, st.sampled_from("ABCDE")), max_size=5
        )
    )
    return Edition(
        powers=tuple(Power(code=code, name=name) for code, name in powers.items()),
        risks=tuple(Risk(code=code, text=text, power=of) for code, (text, of) in risks.items()),
    )


@settings(max_examples=200, deadline=None)
@given(editions(), editions())
def test_nothing_is_lost_and_nothing_is_one_by_its_code_alone(one, other):
    found = aligned(one, other)
    for kind in (ItemKind.POWER, ItemKind.RISK):
        codes = [item.code for item in found.edition.table(kind)]
        assert len(set(codes)) == len(codes)
        truth = [found.codes[kind, code] for code in codes]
        assert truth == [item.code for item in other.table(kind)]
        mine = {item.code: item for item in one.table(kind)}
        for item in found.edition.table(kind):
            if item.code in mine:
                assert item.title
                assert mine[item.code].title == item.title
    back = renumbered(found.edition, found.codes)
    assert not compare(other, back).items
