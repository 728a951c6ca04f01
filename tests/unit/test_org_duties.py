"""K4, K13: statutory duties are data; who carries one changes with the reforms, never silently."""

from datetime import UTC, date, datetime

import pytest

from guiju.base.org.actions import bodies, duties, reforms, units
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.duties import Charge
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Duty
from guiju.base.org.reads.duties import carried_by, carrier_of, carriers_for, wanting
from guiju.base.org.reads.duties import duties as listed
from guiju.base.record.actor import Actor
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE, Scope
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.rows import UnitRow
from guiju.core.organisation.words import UnitKind
from guiju.core.organisation.words_bodies import BodyKind
from guiju.core.organisation.words_duties import StatutoryDuty
from organised import ACT, BEGUN, TODAY, County, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LEGALITY = StatutoryDuty.LEGALITY_REVIEW
SINCE = Reform(date(2016, 1, 1), "示办发〔2015〕31号")
MOVED = Reform(date(2019, 3, 12), "示委〔2019〕8号")


@pytest.fixture
def county():
    made = County()
    made.legal = found_unit("FZB", "X", name="法制办")
    made.justice = found_unit("SFJ", "X", name="司法局")
    return made


def lay(area, carrier, duty=LEGALITY, reform=SINCE):
    charge = Charge(duty, area.reference, carrier.reference)
    return duties.assign_duty(charge=charge, reform=reform, **ACT)


def name_on(unit, on, duty=LEGALITY):
    found = carrier_of(duty, unit.reference, on)
    return found.carrier_name if found else None


def test_k13_the_duty_of_a_body_that_is_no_more_is_carried_by_its_follower(county):
    lay(county.county, county.legal)
    reforms.merge_units(
        units=[county.legal.reference], into=county.justice.reference, reform=MOVED, **ACT
    )
    assert name_on(county.office, date(2019, 3, 11)) == "法制办"
    assert name_on(county.office, date(2019, 3, 12)) == "司法局"
    found = carrier_of(LEGALITY, county.bureau.reference, TODAY)
    assert (found.before, found.start, found.document) == ("法制办", MOVED.on, MOVED.document)
    told = Event.objects.get(kind="org.duty.handed_over")
    assert told.object == county.county.reference


def test_who_carries_it_is_one_query_and_the_nearest_unit_decides(
    county, django_assert_num_queries
):
    lay(county.county, county.legal)
    lay(county.bureau, county.justice)
    with django_assert_num_queries(1):
        assert name_on(county.office, TODAY) == "司法局"
    assert name_on(county.town, TODAY) == "法制办"
    with django_assert_num_queries(1):
        assert name_on(county.town, date(2015, 12, 31)) is None
    with django_assert_num_queries(1):
        all_of = carriers_for(county.office.reference, TODAY)
    assert set(all_of) == set(StatutoryDuty)
    assert [one.carrier_name for one in all_of.values() if one] == ["司法局"]


def test_a_unit_that_is_renamed_keeps_its_duty_and_is_found_by_its_former_name(county):
    lay(county.county, county.legal)
    units.rename_unit(
        unit=county.legal.reference, name="依法治县办", short_name="", reform=MOVED, **ACT
    )
    assert name_on(county.town, TODAY) == "依法治县办"
    for text in ("法制办", "依法治县"):
        assert listed(EVERYWHERE, {"search": text}, on=TODAY).queryset.count() == 1
    assert listed(EVERYWHERE, {"search": "司法"}, on=TODAY).queryset.count() == 0


def test_a_split_unit_passes_its_duties_to_the_first_of_those_that_follow(county):
    lay(county.county, county.legal)
    parts = reforms.Parts([county_row("F1"), county_row("F2")])
    reforms.split_unit(unit=county.legal.reference, parts=parts, reform=MOVED, **ACT)
    assert name_on(county.town, TODAY) == "单位F1"


def county_row(code):
    return UnitRow(code=code, name=f"单位{code}", kind=UnitKind.DEPARTMENT)


def test_a_dissolved_unit_leaves_a_duty_that_nobody_carries_and_this_is_told(county):
    lay(county.county, county.legal)
    assert LEGALITY not in {one.duty for one in wanting(EVERYWHERE, on=TODAY)}
    reforms.dissolve_unit(unit=county.legal.reference, reform=MOVED, **ACT)
    assert name_on(county.town, TODAY) is None
    assert name_on(county.town, date(2019, 3, 11)) == "法制办"
    (lost,) = [one for one in wanting(EVERYWHERE, on=TODAY) if one.duty is LEGALITY]
    assert (lost.area_name, lost.last) == ("单位X", "法制办")
    assert Event.objects.filter(kind="org.duty.ended").count() == 1


def test_a_body_carries_a_duty_until_it_is_dissolved(county):
    facts = BodyFacts("审核小组", BodyKind.LEADING_GROUP, county.bureau.reference, founded=BEGUN)
    body = bodies.found_body(facts=facts, **ACT)
    lay(county.county, body)
    assert name_on(county.town, TODAY) == "审核小组"
    bodies.dissolve_body(body=body.reference, reform=MOVED, **ACT)
    assert name_on(county.town, TODAY) is None


def test_what_nobody_carries_is_told_for_each_top_unit_and_within_the_scope(
    county, django_assert_num_queries
):
    lay(county.bureau, county.legal)
    with django_assert_num_queries(2):
        missing = wanting(EVERYWHERE, on=TODAY)
    assert {one.area_name for one in missing} == {"单位X"}
    assert {one.duty for one in missing} == set(StatutoryDuty)
    assert wanting(Scope((county.town.path,)), on=TODAY) == ()
    entry = Duty.objects.get()
    duties.end_duty(duty=entry.reference, reform=MOVED, **ACT)
    (own,) = wanting(Scope((county.bureau.path,)), on=TODAY)
    assert (own.duty, own.area_name, own.last) == (LEGALITY, "单位J", "法制办")


def test_handing_over_ends_one_entry_and_begins_the_next_on_the_same_day(county):
    row = lay(county.county, county.legal)
    duties.hand_over_duty(duty=row.reference, carrier=county.justice.reference, reform=MOVED, **ACT)
    row.refresh_from_db()
    assert row.end_date == MOVED.on
    assert [one.carrier_name for one in carried_by(county.justice.reference, TODAY)] == ["司法局"]
    assert carried_by(county.legal.reference, TODAY) == ()
    again = {"duty": row.reference, "carrier": county.town.reference, "reform": MOVED, **ACT}
    assert refusal(Denied, duties.hand_over_duty, **again) == "ORG-90"


def test_one_duty_of_one_unit_is_carried_by_one_at_a_time(county):
    lay(county.county, county.legal)
    assert refusal(Denied, lay, county.county, county.justice) == "ORG-88"
    lay(county.county, county.justice, duty=StatutoryDuty.AUDIT)
    lay(county.bureau, county.justice)
    assert Duty.objects.count() == 3


def test_who_carries_it_already_is_given_nothing_and_no_entry_ends_before_it_begins(county):
    row = lay(county.county, county.legal)
    same = {"duty": row.reference, "carrier": county.legal.reference, "reform": MOVED, **ACT}
    assert refusal(Invalid, duties.hand_over_duty, **same) == "ORG-66"
    early = {"duty": row.reference, "reform": Reform(SINCE.on), **ACT}
    assert refusal(Invalid, duties.end_duty, **early) == "ORG-89"
    duties.end_duty(duty=row.reference, reform=MOVED, **ACT)
    late = {"duty": row.reference, "reform": Reform(TODAY), **ACT}
    assert refusal(Denied, duties.end_duty, **late) == "ORG-90"


def test_neither_a_day_to_come_nor_a_unit_that_is_not_there_carries_a_duty(county):
    late = Reform(date(2026, 11, 26))
    assert refusal(Invalid, lay, county.county, county.legal, reform=late) == "ORG-04"
    before = Reform(date(2010, 1, 1))
    assert refusal(Denied, lay, county.county, county.legal, reform=before) == "ORG-06"
    reforms.dissolve_unit(unit=county.legal.reference, reform=MOVED, **ACT)
    gone = Reform(date(2020, 1, 1))
    assert refusal(Denied, lay, county.county, county.legal, reform=gone) == "ORG-06"
    assert not Duty.objects.exists()


def test_an_act_belongs_to_who_did_it_at_the_instant_given(county):
    at = datetime(2026, 11, 25, 9, tzinfo=UTC)
    charge = Charge(LEGALITY, county.county.reference, county.legal.reference)
    duties.assign_duty(charge=charge, reform=SINCE, by=Actor("person:other"), at=at)
    told = Event.objects.get(kind="org.duty.assigned")
    assert (told.actor, told.at) == ("person:other", at)
