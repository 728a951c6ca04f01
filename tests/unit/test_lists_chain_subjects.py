"""What an edition puts before those who sign, from what it changes in the one in use."""

from dataclasses import replace

import pytest

from guiju.core.lists.chain_subjects import subject_of
from guiju.core.lists.diff import compare
from guiju.core.lists.words import Layer
from guiju.core.lists.words_chains import ChainObject
from guiju.core.organisation.words import LeaderLevel, UnitKind
from small_edition import SOUND, changed, without

LAYERS = {one.code: one.layer for one in SOUND.risks}


def subject(new, layers=LAYERS, ranks=None):
    return subject_of(compare(SOUND, new), UnitKind.DEPARTMENT, layers, ranks or {})


def test_a_first_edition_is_about_the_four_lists():
    assert subject_of(None, UnitKind.PARTY, {}, {}).object is ChainObject.LISTS


@pytest.mark.parametrize(
    "new",
    [
        changed("powers", SOUND.powers[0].code, boundary="改过"),
        changed("bases", "Y1", article="第四十条"),
        without("duties", "Z0"),
        replace(SOUND, risks=SOUND.risks[1:], flows=SOUND.flows[1:]),
        SOUND,
    ],
    ids=["power", "basis", "duty", "flow_and_risk", "nothing"],
)
def test_what_touches_powers_or_nothing_is_about_the_four_lists(new):
    found = subject(new)
    assert (found.object, found.layer, found.owner) == (
        ChainObject.LISTS,
        None,
        UnitKind.DEPARTMENT,
    )


def test_s2_23_risks_and_controls_of_posts_alone_are_control_of_posts():
    for new in (
        changed("risks", "R1", text="改过的风险点"),
        changed("controls", "C1", text="改过的措施"),
        changed("negatives", "N1", act="改过的禁止行为"),
    ):
        found = subject(new)
        assert (found.object, found.layer) == (ChainObject.CONTROLS, Layer.POST)


def test_s2_24_one_of_the_unit_among_them_makes_it_control_of_the_unit():
    new = changed("risks", "R1", layer=Layer.UNIT)
    assert subject(new).layer is Layer.UNIT
    new = changed("controls", "C1", text="改过的措施")
    assert subject(new, LAYERS | {"R1": Layer.UNIT}).layer is Layer.UNIT
    assert subject(new, {}).layer is Layer.UNIT


def test_s4_24_the_highest_level_of_the_posts_counts():
    new = changed("risks", "R1", post="审批股长", text="改过")
    new = changed("risks", "R2", edition=new, post="分管副局长", text="改过")
    ranks = {"审批股长": LeaderLevel.MIDDLE, "分管副局长": LeaderLevel.DEPUTY}
    assert subject(new, ranks=ranks).rank is LeaderLevel.DEPUTY
    assert subject(new).rank is None
