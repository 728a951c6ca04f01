from dataclasses import replace

import pytest

from guiju.core.lists.model import Edition
from guiju.core.lists.score import score
from guiju.core.lists.words import ItemKind
from small_edition import LICENCE, SOUND, changed, risk, with_, with_step, without


def test_nothing_is_nothing_and_all_is_all():
    assert score(Edition()).percent == 0
    full = score(SOUND)
    assert full.filled == full.places
    assert (full.percent, full.gaps) == (100, {})


@pytest.mark.parametrize(
    ("edition", "gap"),
    [
        (changed("powers", LICENCE, mode=""), (ItemKind.POWER, "mode")),
        (changed("powers", LICENCE, grade=None), (ItemKind.POWER, "grade")),
        (changed("powers", LICENCE, publication=None), (ItemKind.POWER, "publication")),
        (without("bases", "Y1"), (ItemKind.POWER, "bases")),
        (without("duties", "Z0"), (ItemKind.POWER, "duties")),
        (without("accountabilities", "J0"), (ItemKind.POWER, "accountabilities")),
        (without("flows", "L3"), (ItemKind.POWER, "flows")),
        (without("standards", "B1"), (ItemKind.POWER, "standards")),
        (without("controls", "C1"), (ItemKind.RISK, "controls")),
        (changed("controls", "C1", person="无"), (ItemKind.CONTROL, "person")),
        (with_step(2, limit=None), (ItemKind.FLOW, "limit")),
        (with_step(2, post=""), (ItemKind.FLOW, "post")),
        (with_step(2, phase=None), (ItemKind.FLOW, "phase")),
    ],
)
def test_each_hole_is_counted_where_it_is(edition, gap):
    told = score(edition)
    assert told.gaps == {gap: 1}
    assert told.percent < 100


def test_a_hundred_copies_of_a_risk_lower_the_score():
    copies = (replace(SOUND.risks[0], code=f"X{n}") for n in range(100))
    padded = score(with_("risks", *copies))
    assert padded.percent < 75
    assert padded.gaps[ItemKind.RISK, "text"] == padded.gaps[ItemKind.RISK, "controls"] == 100


def test_another_real_risk_with_a_control_keeps_it_full():
    more = with_("risks", risk("R9", LICENCE, "L1", "3", "决定时超越裁量范围"))
    more = with_(
        "controls",
        replace(SOUND.controls[0], code="C9", risk="R9", text="集体审议", supervision="列席审议会"),
        edition=more,
    )
    assert score(more).percent == 100


def test_a_text_that_stands_for_two_powers_says_nothing_of_either():
    same = changed("duties", "Z1", text=SOUND.duties[0].text)
    assert score(same).gaps == {(ItemKind.DUTY, "text"): 1, (ItemKind.POWER, "duties"): 2}
