"""Editions in the database: what is put in comes out, and what was submitted stays."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from guiju.base.org.reads.known import known_unit
from guiju.base.record import triggers, wall
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.canonical import digest
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Power
from guiju.core.lists.states import NEXT
from guiju.core.lists.words import EditionState, ItemKind
from guiju.define.lists.actions import drafting, editing, importing, writing
from guiju.define.lists.models import Edition, Item
from guiju.define.lists.reads.whole import whole
from guiju.define.lists.rows import columns_of, powers_of
from organised import ACT, County, refusal
from small_edition import LICENCE, SOUND

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return County()


def begun(county, **said):
    facts = {"unit": county.bureau.reference, "title": "交通局清单", "profile": "county"}
    return drafting.begin_edition(**({"based_on": ""} | facts | said), **ACT)


def filled(edition):
    importing.import_lists(
        edition=edition.reference, told=SOUND, file="0" * 64, revision=None, **ACT
    )
    return Edition.objects.select_related("unit").get(number=edition.number)


def held(edition):
    return whole(Edition.objects.select_related("unit").get(number=edition.number))


def moved(edition, state, **said):
    """Change where an edition stands, as an action would."""
    with wall.opened():
        Edition.objects.filter(number=edition.number).update(state=state.value, **said)


def tables(lists):
    return {kind: lists.table(kind) for kind in ItemKind}


def test_what_a_file_says_comes_out_as_it_went_in(county):
    edition = filled(begun(county))
    assert tables(whole(edition)) == tables(SOUND)
    assert whole(edition).unit == county.bureau.reference
    assert edition.revision == 1


def test_the_same_file_again_changes_nothing_and_leaves_no_event(county):
    edition = filled(begun(county))
    before = Event.objects.count()
    assert not importing.import_lists(
        edition=edition.reference, told=SOUND, file="0" * 64, revision=None, **ACT
    )
    assert Event.objects.count() == before
    assert held(edition).table(ItemKind.POWER) == SOUND.powers


def test_a_file_says_nothing_of_tables_that_it_does_not_have(county):
    edition = filled(begun(county))
    fewer = Lists(risks=SOUND.risks[:1])
    importing.import_lists(edition=edition.reference, told=fewer, file="1" * 64, revision=1, **ACT)
    assert held(edition).risks == SOUND.risks[:1]
    assert held(edition).powers == SOUND.powers
    assert held(edition).controls == SOUND.controls


def test_of_a_file_with_a_fault_nothing_is_brought_in(county):
    edition = begun(county)
    twice = Lists(powers=(Power(code="1", name="甲"), Power(code="1", name="乙")))
    code = refusal(
        Invalid,
        importing.import_lists,
        edition=edition.reference,
        told=twice,
        file="",
        revision=None,
        **ACT,
    )
    assert code == "EDITION-14"
    assert not Item.objects.exists()


def test_items_are_added_changed_and_removed_one_by_one(county):
    edition = filled(begun(county))
    said = {"edition": edition.reference, **ACT}
    power = replace(SOUND.powers[0], boundary="只限本县公路")
    assert editing.put_item(item=power, revision=1, **said)
    assert not editing.put_item(item=power, revision=2, **said)
    assert editing.put_item(item=Power(code="新-1", name="新的权力"), revision=2, **said)
    assert held(edition).powers == (power, *SOUND.powers[1:], Power(code="新-1", name="新的权力"))
    gone = editing.remove_item(kind=ItemKind.POWER, code="新-1", revision=3, **said)
    assert gone == Power(code="新-1", name="新的权力")
    assert held(edition).powers == (power, *SOUND.powers[1:])
    told = Event.objects.filter(kind="lists.item.changed").get()
    assert b"\xe8\xa1\x8c\xe4\xbd\xbf\xe8\xbe\xb9\xe7\x95\x8c" in bytes(told.entry)  # 行使边界


def test_names_of_people_stay_out_of_the_open_part_of_the_record(county):
    edition = filled(begun(county))
    power = replace(SOUND.powers[0], leader="欧阳不见")
    editing.put_item(edition=edition.reference, item=power, revision=None, **ACT)
    entries = b"".join(bytes(one.entry) for one in Event.objects.all())
    assert "欧阳不见".encode() not in entries


def test_who_saw_an_older_revision_is_told_so(county):
    edition = filled(begun(county))
    said = {"edition": edition.reference, **ACT}
    editing.put_item(item=Power(code="1", name="甲"), revision=1, **said)
    late = {"item": Power(code="2", name="乙"), "revision": 1, **said}
    assert refusal(Conflict, editing.put_item, **late) == "EDITION-03"
    gone = {"kind": ItemKind.POWER, "code": "1", "revision": 1, **said}
    assert refusal(Conflict, editing.remove_item, **gone) == "EDITION-03"


def test_controls_go_with_their_risk_to_another_power(county):
    edition = filled(begun(county))
    control = SOUND.controls[0]
    risk = next(one for one in SOUND.risks if one.code == control.risk)
    other = next(one.code for one in SOUND.powers if one.code != risk.power)
    editing.put_item(
        edition=edition.reference, item=replace(risk, power=other), revision=None, **ACT
    )
    row = Item.objects.get(edition=edition, kind="control", code=control.code)
    assert row.power == other


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (Power(code=""), "EDITION-11"),
        (Power(code=" 1"), "EDITION-11"),
        (Power(code="1\n"), "EDITION-11"),
        (Power(code="1" * 61), "EDITION-11"),
        (Power(code="1", boundary="长" * 100_000), "EDITION-12"),
    ],
)
def test_items_that_cannot_be_kept_are_refused(county, item, code):
    edition = begun(county)
    said = {"edition": edition.reference, "item": item, "revision": None, **ACT}
    assert refusal(Invalid, editing.put_item, **said) == code
    assert not Item.objects.exists()


def test_a_unit_has_one_edition_on_its_way_and_the_next_begins_as_a_copy(county):
    first = filled(begun(county))
    assert refusal(Conflict, begun, county) == "EDITION-04"
    moved(first, EditionState.IN_REVIEW, digest=digest(whole(first)))
    moved(first, EditionState.APPROVED)
    moved(first, EditionState.EFFECTIVE)
    second = begun(county, based_on=first.reference)
    assert (first.ordinal, second.ordinal) == (1, 2)
    assert tables(held(second)) == tables(SOUND)
    assert refusal(Denied, begun, county, unit=county.town.reference, based_on=first.reference)


def test_a_draft_can_be_given_up_with_a_reason(county):
    edition = filled(begun(county))
    said = {"edition": edition.reference, **ACT}
    assert refusal(Invalid, drafting.discard_draft, reason=" ", **said) == "EDITION-10"
    drafting.discard_draft(reason="重复编制", **said)
    assert not Edition.objects.exists()
    assert not Item.objects.exists()
    assert Event.objects.filter(kind="lists.edition.discarded", object=edition.reference).exists()


def test_a_draft_gets_another_title(county):
    edition = begun(county)
    said = {"edition": edition.reference, **ACT}
    drafting.rename_edition(title="新名称", **said)
    assert held(edition).title == "新名称"
    assert refusal(Invalid, drafting.rename_edition, title="新名称", **said) == "EDITION-09"
    assert refusal(Invalid, drafting.rename_edition, title="甲\n乙", **said) == "EDITION-06"


def test_what_is_in_review_is_frozen_for_every_action(county):
    edition = filled(begun(county))
    moved(edition, EditionState.IN_REVIEW)
    said = {"edition": edition.reference, **ACT}
    power = {"item": Power(code="1"), "revision": None}
    assert refusal(Denied, editing.put_item, **power, **said) == "EDITION-02"
    gone = {"kind": ItemKind.POWER, "code": LICENCE, "revision": None}
    assert refusal(Denied, editing.remove_item, **gone, **said) == "EDITION-02"
    file = {"told": SOUND, "file": "", "revision": None}
    assert refusal(Denied, importing.import_lists, **file, **said) == "EDITION-02"
    assert refusal(Denied, drafting.discard_draft, reason="不要了", **said) == "EDITION-02"
    assert refusal(Denied, drafting.rename_edition, title="新", **said) == "EDITION-02"


STATEMENTS = [
    "UPDATE lists_item SET title = 'x'",
    "DELETE FROM lists_item",
    "UPDATE lists_item SET edition_id = edition_id + 0",
    "UPDATE lists_edition SET title = 'x'",
    "UPDATE lists_edition SET digest = 'x'",
    "UPDATE lists_edition SET state = 'effective'",
    "UPDATE lists_edition SET state = 'nonsense'",
    "DELETE FROM lists_edition",
    "INSERT INTO lists_item (edition_id, kind, code, place, title, power, risk, step, post, office,"
    " \"group\", state, content) SELECT edition_id, kind, 'x', 999, title, power, risk, step, post,"
    ' office, "group", state, content FROM lists_item LIMIT 1',
]
SQLITE = [
    "INSERT OR REPLACE INTO lists_item SELECT * FROM lists_item",
    "INSERT OR REPLACE INTO lists_edition SELECT * FROM lists_edition",
    "UPDATE OR REPLACE lists_item SET code = 'x'",
]
POSTGRESQL = ["TRUNCATE lists_item", "TRUNCATE lists_edition CASCADE"]


@pytest.mark.parametrize("statement", [*STATEMENTS, *SQLITE, *POSTGRESQL])
def test_the_database_itself_keeps_what_is_in_review(county, statement):
    if statement in (POSTGRESQL if connection.vendor == "sqlite" else SQLITE):
        pytest.skip("a statement of the other database")
    edition = filled(begun(county))
    before = digest(whole(edition))
    moved(edition, EditionState.IN_REVIEW)
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        wall.opened(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert digest(held(edition)) == before


@pytest.mark.parametrize("statement", STATEMENTS[:2])
def test_the_database_lets_a_draft_be_changed(county, statement):
    filled(begun(county))
    with wall.opened(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_an_edition_comes_from_one_state_only_into_the_next_ones(county):
    edition = begun(county)
    for before in EditionState:
        for after in EditionState:
            if before is after:
                continue
            with transaction.atomic(), wall.opened():
                Edition.objects.filter(number=edition.number)._raw_delete("default")
                transaction.set_rollback(True)
            allowed = _try(county, before, after)
            assert allowed is (after in NEXT[before]), (before, after)


def _try(county, before, after):
    """Tell whether the database lets an edition come from one state into another."""
    unit = Edition.objects.get().unit_id
    row = Edition(
        reference=f"edition:{before.value}-{after.value}",
        unit_id=unit,
        ordinal=2,
        profile="county",
        title="试",
        state=before.value,
        changed_at=ACT["at"],
    )
    try:
        with transaction.atomic(), wall.opened():
            Edition.objects.update(unit=county.town.number)
            row.save(force_insert=True)
            Edition.objects.filter(number=row.number).update(state=after.value)
            transaction.set_rollback(True)
    except DatabaseError:
        return False
    return True


def test_states_have_a_way_to_an_end():
    ended = {state for state in EditionState if not NEXT[state]}
    assert ended == {EditionState.SUPERSEDED, EditionState.REPEALED, EditionState.GIVEN_UP}


def test_the_triggers_are_looked_after(county):
    assert triggers.missing(connection) == []
    with wall.opened(), connection.cursor() as cursor:
        name = "lists_edition_frozen"
        place = "" if connection.vendor == "sqlite" else " ON lists_edition"
        cursor.execute(f"DROP TRIGGER {name}{place}")
    assert triggers.missing(connection) == ["lists_edition_frozen"]


def test_reading_a_whole_edition_is_one_query(county, django_assert_num_queries):
    edition = filled(begun(county))
    with django_assert_num_queries(1):
        whole(edition)


def test_a_unit_is_known_by_its_reference(county, django_assert_num_queries):
    with django_assert_num_queries(2):
        known = known_unit(county.office.reference, EVERYWHERE)
    assert (known.number, known.code, known.profile.value) == (county.office.number, "J1", "county")
    assert known_unit("unit:none", EVERYWHERE) is None


def test_tables_are_written_inside_the_door_alone_however_they_are_copied(county):
    edition = filled(begun(county))
    with pytest.raises(wall.Bypassed), transaction.atomic():
        writing.write_tables(edition, SOUND, list(ItemKind))
    rows = writing._rows(edition, SOUND, [ItemKind.POWER])
    with pytest.raises(wall.Bypassed), transaction.atomic():
        writing._add(rows)
    assert tables(whole(edition)) == tables(SOUND)


def test_what_is_copied_stands_in_the_columns_as_the_orm_would_write_it(county):
    edition = filled(begun(county))
    powers = powers_of(SOUND.risks)
    for item in SOUND.items():
        row = Item.objects.get(edition=edition, kind=item.item_kind.value, code=item.code)
        said = columns_of(item, powers)
        assert {name: getattr(row, name) for name in said} == said
