"""The page of statutory duties: who carries what, what nobody carries, and the forms."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from acting import address, asked, confirmed
from guiju.base.org.actions import duties, reforms
from guiju.base.org.actions.duties import Charge
from guiju.base.org.actions.tree import Reform
from guiju.base.org.models import Duty
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.terms import Role
from organised import ACT, County, found_unit
from readers import QUERIES, reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

SINCE = Reform(date(2016, 1, 1), "示办发〔2015〕31号")
MOVED = Reform(date(2019, 3, 12), "示委〔2019〕8号")


def page_of(browser, row):
    return browser.get(address("org:duty", row)).content.decode()


def today():
    return str(timezone.localdate())


@pytest.fixture
def county():
    made = County()
    made.legal = found_unit("FZB", "X", name="法制办")
    made.justice = found_unit("SFJ", "X", name="司法局")
    charge = Charge(StatutoryDuty.LEGALITY_REVIEW, made.county.reference, made.legal.reference)
    made.duty = duties.assign_duty(charge=charge, reform=SINCE, **ACT)
    return made


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def test_k13_after_the_merger_the_list_shows_both_and_finds_them_by_the_old_name(county, keeper):
    reforms.merge_units(
        units=[county.legal.reference], into=county.justice.reference, reform=MOVED, **ACT
    )
    page = keeper.get(reverse("org:duties")).content.decode()
    for word in ("法制办", "司法局", "承担中", "已结束", "合法性审核"):
        assert word in page
    found = keeper.get(reverse("org:duties"), {"search": "法制办"}).content.decode()
    assert found.count("data-row") == 2
    current = keeper.get(reverse("org:duties"), {"state": "current"}).content.decode()
    assert current.count("data-row") == 1


def test_what_nobody_carries_stands_above_the_list(county, keeper):
    page = keeper.get(reverse("org:duties")).content.decode()
    assert f"{len(StatutoryDuty) - 1} 项职责没有单位承担" in page
    reforms.dissolve_unit(unit=county.legal.reference, reform=MOVED, **ACT)
    page = keeper.get(reverse("org:duties")).content.decode()
    assert f"{len(StatutoryDuty)} 项职责没有单位承担" in page
    assert "原由「法制办」承担" in page


def test_who_carries_what_for_a_unit_on_a_day_is_told_on_its_page(county, keeper):
    reforms.merge_units(
        units=[county.legal.reference], into=county.justice.reference, reform=MOVED, **ACT
    )
    at = address("org:unit_duties", county.office)
    assert "司法局" in keeper.get(at).content.decode()
    then = keeper.get(at, {"on": "2018-05-01"}).content.decode()
    assert "法制办" in then
    assert "司法局" not in then
    own = keeper.get(address("org:unit_duties", county.justice)).content.decode()
    assert "由它承担的" in own
    assert "接自「法制办」" in own


def test_the_pages_cost_few_queries(county, keeper, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        keeper.get(reverse("org:duties"))
    with django_assert_max_num_queries(QUERIES + 8):
        keeper.get(address("org:unit_duties", county.office))


def test_a_duty_is_laid_handed_over_and_ended_by_form(county, keeper):
    filled = {"kind": "audit", "area": "X", "carrier": "J", "on": today()}
    question = asked(keeper, reverse("org:duty_assigning"), **filled).content.decode()
    assert "单位X及其下级的审计监督由「单位J」承担" in question
    assert confirmed(keeper, reverse("org:duty_assigning"), **filled).status_code == 302
    over = {"carrier": "司法局", "on": today()}
    at = address("org:duty_handing_over", county.duty)
    assert "由「法制办」移交「司法局」" in asked(keeper, at, **over).content.decode()
    assert confirmed(keeper, at, **over).status_code == 302
    row = Duty.objects.get(before=county.duty)
    assert row.unit == county.justice
    assert address("org:duty_handing_over", county.duty) not in page_of(keeper, county.duty)
    assert address("org:duty_handing_over", row) in page_of(keeper, row)
    early = confirmed(keeper, address("org:duty_ending", row), on=today())
    assert early.status_code == 400
    assert "ORG-89" in early.content.decode()
    assert 'id="id_on_error"' in early.content.decode()


def test_what_is_taken_is_refused_beside_its_field(county, keeper):
    filled = {"kind": "legality_review", "area": "X", "carrier": "J", "on": today()}
    answer = confirmed(keeper, reverse("org:duty_assigning"), **filled)
    assert answer.status_code == 400
    assert "ORG-88" in answer.content.decode()
    assert 'id="id_area_error"' in answer.content.decode()


def test_who_only_reads_sees_no_way_to_change_and_a_scope_holds(county):
    staff = reader(Role.STAFF)
    assert "登记承担" not in staff.get(reverse("org:duties")).content.decode()
    shown = staff.get(address("org:duty", county.duty))
    assert shown.status_code == 200
    assert "移交职责" not in shown.content.decode()
    for view in ("org:duty_handing_over", "org:duty_ending"):
        assert staff.get(address(view, county.duty)).status_code == 404
        here = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
        assert here.get(address(view, county.duty)).status_code == 404
    assert staff.get(reverse("org:duty_assigning")).status_code == 404
    away = reader(Role.STAFF, unit=county.town.reference)
    assert "法制办" not in away.get(reverse("org:duties")).content.decode()
    assert away.get(address("org:duty", county.duty)).status_code == 404


def test_a_keeper_of_one_unit_lays_duties_there_alone(county):
    here = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
    filled = {"kind": "audit", "area": "X", "carrier": "法制办", "on": today()}
    answer = asked(here, reverse("org:duty_assigning"), **filled)
    assert answer.status_code == 400
    assert 'id="id_area_error"' in answer.content.decode()
    assert asked(here, reverse("org:duty_assigning"), **{**filled, "area": "J"}).status_code == 200
