"""K4, K13: statutory duties come in by the same workbook, and out of it, as everything else."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from guiju.base.org.actions import bodies
from guiju.base.org.actions.bodies import BodyFacts
from guiju.base.org.actions.imports import apply_changes
from guiju.base.org.models import Duty
from guiju.base.org.pages.checking import check
from guiju.base.org.reads.duties import carrier_of
from guiju.base.org.reads.tables import organisation
from guiju.base.record.models import Event
from guiju.core.access import EVERYWHERE, scope_of
from guiju.core.errors import Denied
from guiju.core.organisation.changes import changes
from guiju.core.organisation.columns import Column, Sheet
from guiju.core.organisation.rows import DutyRow, Organisation
from guiju.core.organisation.words import ChangeKind
from guiju.core.organisation.words_bodies import BodyKind
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.exchange.organisation import read_organisation, write_organisation
from organised import ACT, BEGUN, TODAY, County, found_unit, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

LEGALITY, AUDIT = StatutoryDuty.LEGALITY_REVIEW, StatutoryDuty.AUDIT
MOVED = date(2019, 3, 12)
OLD = DutyRow(
    kind=LEGALITY, area="X", carrier="FZB", start=BEGUN, end=MOVED, document="示办发〔2015〕31号"
)
NEW = DutyRow(kind=LEGALITY, area="X", carrier="SFJ", start=MOVED, document="示委〔2019〕8号")
BY_BODY = DutyRow(kind=AUDIT, area="X", carrier="X", body="审计委员会", start=date(2018, 5, 1))
TABLE = Organisation(duties=(OLD, NEW, BY_BODY))


@pytest.fixture
def county():
    made = County()
    found_unit("FZB", "X", name="法制办")
    found_unit("SFJ", "X", name="司法局")
    facts = BodyFacts("审计委员会", BodyKind.COMMITTEE, made.county.reference, founded=BEGUN)
    made.body = bodies.found_body(facts=facts, **ACT)
    return made


def workbook(told):
    stream = BytesIO()
    write_organisation(told, stream)
    return stream.getvalue()


def take_in(told, scope=EVERYWHERE):
    made = changes(organisation(EVERYWHERE, is_open=True), told)
    apply_changes(changes=made, scope=scope, source="sha256:1", **ACT)


def kinds():
    found = Event.objects.filter(kind__startswith="org.duty.").order_by("id")
    return list(found.values_list("kind", flat=True))


def faults(*rows):
    found = check(workbook(Organisation(duties=rows)), EVERYWHERE).faults
    return [(one.code, one.row, one.column) for one in found]


def test_k13_a_handing_over_comes_in_whole_and_out_as_it_went_in(county):
    take_in(TABLE)
    found = carrier_of(LEGALITY, county.office.reference, TODAY)
    assert (found.carrier_name, found.before, found.start) == ("司法局", "法制办", MOVED)
    assert carrier_of(LEGALITY, county.office.reference, BEGUN).carrier_name == "法制办"
    assert carrier_of(AUDIT, county.office.reference, TODAY).carrier == county.body.reference
    assert set(organisation(EVERYWHERE, is_open=True).duties) == set(TABLE.duties)
    assert kinds() == [
        "org.duty.assigned", "org.duty.ended", "org.duty.assigned", "org.duty.handed_over",
    ]  # fmt: skip
    imported = Event.objects.get(kind="org.table.imported")
    assert imported.version == 2


def test_k13_the_same_workbook_again_changes_nothing(county):
    take_in(TABLE)
    taken_away = workbook(organisation(EVERYWHERE, is_open=False))
    found = check(taken_away, EVERYWHERE)
    assert (found.faults, found.changes.rows) == ((), ())
    assert set(read_organisation(taken_away).organisation.duties) == set(TABLE.duties)


def test_k13_a_duty_that_is_on_record_is_handed_over_by_two_rows(county):
    take_in(Organisation(duties=(replace(OLD, end=None),)))
    made = changes(organisation(EVERYWHERE, is_open=True), Organisation(duties=(OLD, NEW)))
    assert [one.kind for one in made.rows] == [ChangeKind.ENDED, ChangeKind.NEW]
    take_in(Organisation(duties=(OLD, NEW)))
    assert kinds() == ["org.duty.assigned", "org.duty.ended", "org.duty.handed_over"]
    assert Duty.objects.get(end_date=None).before.unit.code == "FZB"


def test_k13_what_was_entered_wrongly_is_corrected_and_told_so(county):
    take_in(Organisation(duties=(NEW,)))
    take_in(Organisation(duties=(replace(NEW, carrier="X", body="审计委员会"),)))
    assert Duty.objects.get().body == county.body
    assert kinds() == ["org.duty.assigned", "org.duty.changed"]


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (replace(NEW, kind=None), "ORG-30", Column.STATUTORY_DUTY),
        (replace(NEW, end=MOVED), "ORG-43", Column.END),
        (replace(NEW, carrier="没有"), "ORG-33", Column.CARRIER),
        (replace(NEW, area="没有"), "ORG-33", Column.AREA),
        (replace(NEW, start=BEGUN - timedelta(days=1)), "ORG-96", Column.AREA),
        (replace(NEW, body="没有的会"), "ORG-97", Column.CARRYING_BODY),
        (replace(NEW, start=TODAY + timedelta(days=3_000)), "ORG-04", Column.START),
    ],
)
def test_k13_what_is_wrong_is_named_with_its_place_and_nothing_comes_in(county, row, code, column):
    assert (code, 3, column) in faults(row)
    assert not Duty.objects.exists()


def test_k13_two_carriers_on_one_day_are_a_fault_and_one_after_the_other_is_none(county):
    assert faults(OLD, NEW) == []
    assert faults(replace(OLD, end=None), NEW) == [("ORG-95", 4, Column.START)]
    take_in(Organisation(duties=(replace(OLD, end=None),)))
    assert faults(NEW) == [("ORG-95", 3, Column.START)]


def test_k13_nobody_lays_a_duty_on_what_they_do_not_manage(county):
    scope = scope_of([county.bureau.path])
    own = replace(NEW, area="J")
    assert refusal(Denied, take_in, Organisation(duties=(NEW,)), scope) == "ORG-84"
    assert [one.code for one in check(workbook(Organisation(duties=(NEW,))), scope).faults] == [
        "ORG-84"
    ]
    take_in(Organisation(duties=(own,)), scope)
    assert organisation(scope, is_open=False).duties == (own,)
    assert len(organisation(EVERYWHERE, is_open=False).rows(Sheet.DUTIES)) == 1
