"""Plain words find what says the same; what a question looks for is always a part of it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from guiju.core.lists.asking import LONGEST, MOST_GRAMS, asked, grams, grams_of
from guiju.core.lists.everyday import EVERYDAY
from guiju.core.lists.powers import Power

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=2, max_size=30)


def test_words_that_only_ask_are_left_out_and_everyday_words_are_understood():
    found = asked("开餐馆要什么手续")
    assert "餐馆" in found
    assert {"餐饮", "食品", "品经", "经营"} <= set(found)
    assert not {"什么", "手续"} & set(found)
    assert asked("怎么办") == ("怎么", "么办")


@given(HAN)
def test_a_text_is_found_by_every_pair_of_its_neighbours(text):
    assert list(grams(text)) == [a + b for a, b in pairwise(text)]


@given(st.text(max_size=400))
def test_any_question_asks_for_few_short_grams(text):
    found = asked(text)
    assert len(found) <= MOST_GRAMS
    assert len(set(found)) == len(found)
    assert all(0 < len(one) <= LONGEST for one in found)


@given(HAN)
def test_a_power_is_found_by_its_name(name):
    held = grams_of(Power(code="X-1", name=name))
    assert set(grams(name)) <= held.keys()
    assert "x-1" in held


def test_everyday_words_lead_to_words_that_can_be_looked_for():
    for word, others in EVERYDAY.items():
        assert others, word
        assert all(list(grams(one)) for one in others)
