from dataclasses import replace

import pytest

from guiju.core.lists.canonical import same_content
from guiju.core.lists.cleanup import Decision, review
from guiju.core.lists.diff import FieldChange, apply, compare
from guiju.core.lists.model import Edition, Publication
from guiju.core.lists.words import Alteration, Audience, ItemKind, PowerState, ReviewVerdict
from small_edition import (
    FINE,
    LICENCE,
    SOUND,
    STAFF,
    changed,
    power,
    risk,
    with_,
    with_step,
    without,
)

NEW = power(f"{LICENCE[:-5]}90000", "取水许可")
KEEP, CANCEL, DEVOLVE, MERGE, TRANSFER = ReviewVerdict


def test_an_edition_changes_nothing_in_itself():
    assert not compare(SOUND, SOUND)
    assert apply(SOUND, compare(SOUND, SOUND)) == SOUND


def test_added_removed_and_changed_are_told_apart():
    new = changed("risks", "R1", grade=1, edition=without("risks", "R2", with_("powers", NEW)))
    told = compare(SOUND, new)
    assert [(c.kind, c.alteration, c.code) for c in told.items] == [
        (ItemKind.POWER, Alteration.ADDED, NEW.code),
        (ItemKind.RISK, Alteration.CHANGED, "R1"),
        (ItemKind.RISK, Alteration.REMOVED, "R2"),
    ]
    assert told.items[1].fields == (FieldChange("grade", 2, 1),)
    assert told.of(ItemKind.RISK, Alteration.REMOVED) == (told.items[2],)


def test_changes_go_field_by_field_into_values():
    hidden = Publication(audience=Audience.UNIT, approver="局党组")
    told = compare(SOUND, changed("risks", "R1", publication=hidden))
    assert told.items[0].fields == (
        FieldChange("publication.audience", Audience.SOCIETY, Audience.UNIT),
        FieldChange("publication.approver", "", "局党组"),
    )


def test_a_step_that_changes_changes_the_flow():
    told = compare(SOUND, with_step(2, post="局长"))
    assert [(c.code, [f.path for f in c.fields]) for c in told.items] == [("L1", ["graph"])]


def test_the_head_of_an_edition_is_compared_too():
    told = compare(SOUND, replace(SOUND, title="第二版", number=2))
    assert told.head == (
        FieldChange("title", SOUND.title, "第二版"),
        FieldChange("number", 1, 2),
    )


def test_a_new_code_for_nearly_the_same_name_is_a_new_number():
    again = changed("powers", FINE, code=f"{FINE[:-2]}77", name="违法采砂的处罚")
    (change,) = compare(SOUND, again).of(ItemKind.POWER, Alteration.RENUMBERED)
    assert [field.path for field in change.fields] == ["code", "name"]
    assert (change.before.code, change.code) == (FINE, f"{FINE[:-2]}77")


@pytest.mark.parametrize("name", ["取水许可", "第二类违法采砂处罚", "违法采砂处罚（复核）"])
def test_a_new_code_for_another_name_is_another_power(name):
    told = compare(SOUND, changed("powers", FINE, code=f"{FINE[:-2]}77", name=name))
    assert {change.alteration for change in told.items} == {Alteration.ADDED, Alteration.REMOVED}


def test_each_of_two_look_alikes_finds_its_own_new_number():
    two = with_("powers", replace(NEW, code="A1", name="取水许可延续办理"), replace(NEW, code="A2"))
    renamed = changed(
        "powers", "A1", code="B1", edition=changed("powers", "A2", code="B2", edition=two)
    )
    pairs = {
        c.before.code: c.code
        for c in compare(two, renamed).of(ItemKind.POWER, Alteration.RENUMBERED)
    }
    assert pairs == {"A1": "B1", "A2": "B2"}


def test_doubled_codes_are_compared_by_what_they_say():
    twice = with_("risks", replace(SOUND.risks[0], text="另一种风险"))
    turned = replace(twice, risks=twice.risks[::-1])
    assert not compare(twice, turned)
    told = compare(twice, SOUND)
    assert same_content(apply(twice, told), SOUND)
    both = with_("risks", SOUND.risks[0])
    assert same_content(apply(both, compare(both, SOUND)), SOUND)
    none = replace(both, risks=both.risks[1:4])
    assert same_content(apply(both, compare(both, none)), none)


def test_an_edition_can_be_made_out_of_nothing():
    empty = Edition()
    assert same_content(apply(empty, compare(empty, SOUND)), SOUND)
    assert same_content(apply(SOUND, compare(SOUND, empty)), empty)


def reviewed(new, **decisions):
    rows = review(SOUND, new, {LICENCE: decisions["of"]} if "of" in decisions else {})
    return next(row for row in rows if row.power.code == LICENCE)


GONE = without("powers", LICENCE)
REPEALED = changed("powers", LICENCE, state=PowerState.REPEALED)


@pytest.mark.parametrize(
    ("new", "decision", "doubts"),
    [
        (SOUND, Decision(KEEP), 0),
        (GONE, Decision(KEEP), 1),
        (GONE, Decision(CANCEL, "国发〔2015〕27号"), 0),
        (REPEALED, Decision(CANCEL, "国发〔2015〕27号"), 0),
        (SOUND, Decision(CANCEL, "国发〔2015〕27号"), 1),
        (GONE, Decision(CANCEL), 1),
        (GONE, Decision(DEVOLVE, "国发〔2015〕27号", "各乡镇"), 0),
        (GONE, Decision(DEVOLVE, "国发〔2015〕27号"), 1),
        (SOUND, Decision(DEVOLVE, "国发〔2015〕27号", "各乡镇"), 1),
        (GONE, Decision(TRANSFER, "县编发〔2026〕3号", "县行政审批局"), 0),
        (GONE, Decision(TRANSFER, "县编发〔2026〕3号"), 1),
        (SOUND, Decision(TRANSFER, "县编发〔2026〕3号", "县行政审批局"), 1),
        (GONE, Decision(MERGE, "同一事项", STAFF), 0),
        (GONE, Decision(MERGE, "同一事项", "没有"), 1),
        (SOUND, Decision(MERGE, "同一事项", STAFF), 1),
    ],
)
def test_what_was_decided_stands_beside_what_the_new_edition_does(new, decision, doubts):
    row = reviewed(new, of=decision)
    assert (row.decision, len(row.doubts)) == (decision, doubts)


def test_every_power_gets_a_suggestion_and_a_renumbered_one_is_kept():
    rows = review(SOUND, GONE, {})
    assert [(row.power.code, row.suggested) for row in rows] == [
        (LICENCE, CANCEL),
        (FINE, KEEP),
        (STAFF, KEEP),
    ]
    moved = changed("powers", LICENCE, code=f"{LICENCE[:-2]}77")
    assert reviewed(moved).suggested is KEEP
    assert reviewed(moved, of=Decision(KEEP)).doubts == ()
    assert reviewed(moved).decision is None


def test_titles_of_every_kind_serve_to_find_new_numbers():
    more = with_("risks", risk("R8", LICENCE, "L1", "3", "决定时超越裁量范围"))
    again = changed("risks", "R8", code="R88", edition=more)
    (change,) = compare(more, again).items
    assert change.alteration is Alteration.RENUMBERED
