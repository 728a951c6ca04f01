"""The tree, the list of units and a unit's page: scopes, days, and what they cost."""

import re
import uuid
from datetime import date

import pytest

from guiju.base.org.actions import reforms
from guiju.base.org.actions import units as acts
from guiju.base.org.actions.tree import Reform
from guiju.base.org.pages import tree
from guiju.base.org.pages.ways import Day
from guiju.base.org.reads.on_day import UnitOnDay, units_on
from guiju.core.access import EVERYWHERE, NOWHERE
from guiju.core.organisation.words import AppointmentKind, UnitKind
from guiju.core.terms import Role
from organised import ACT, TODAY, County, appoint, found_unit
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]

BEFORE, MOVED, AFTER = "2019-05-01", date(2020, 3, 1), "2021-05-01"
LIST, DETAIL = 12, 15
"""Queries that a list and a page of one thing may cost, signing in included."""


@pytest.fixture
def county(data_folder):
    return County()


def number(row):
    return row.reference.partition(":")[2]


def page(client, address="", status=200):
    response = client.get(f"/org/{address}")
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def plain(html):
    """The page without what differs from request to request."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', "", html)
    return re.sub(r'name="next" value="[^"]*"', "", html)


def of(unit, more=""):
    return f"units/{number(unit)}/{more}"


def rename(county):
    reform = Reform(MOVED, "编〔2020〕1号")
    acts.rename_unit(
        unit=county.bureau.reference, name="教育体育局", short_name="", reform=reform, **ACT
    )


def test_s3_02_the_tree_counts_posts_and_vacancies_of_the_readers_units(county):
    appoint(county.people[0], county.head)
    html = page(reader(Role.STAFF))
    assert "现有 4 个单位、6 个岗位，其中 5 个空缺。" in html
    assert f'href="/org/{of(county.office)}"' in html
    html = page(reader(Role.STAFF, unit=county.bureau.reference))
    assert "现有 2 个单位、5 个岗位，其中 4 个空缺。" in html
    assert "单位Z" not in html


def test_the_tree_of_a_day_has_the_names_and_the_places_of_that_day(county):
    rename(county)
    reform = Reform(MOVED, "编〔2020〕2号")
    acts.move_unit(unit=county.office.reference, parent=county.town.reference, reform=reform, **ACT)
    client = reader(Role.STAFF)
    then, now = page(client, f"?on={BEFORE}"), page(client, f"?on={AFTER}")
    assert "2019年5月1日有 4 个单位" in then
    assert ("单位J<" in then, "教育体育局" in then) == (True, False)
    assert ("单位J<" in now, "教育体育局" in now) == (False, True)
    assert f"{of(county.office)}?on={BEFORE}" in then
    before = {one.number: one.parent for one in units_on(EVERYWHERE, on=date(2019, 5, 1))}
    after = {one.number: one.parent for one in units_on(EVERYWHERE, on=date(2021, 5, 1))}
    assert before[county.office.pk] == county.bureau.pk
    assert after[county.office.pk] == county.town.pk
    assert units_on(EVERYWHERE, on=date(2014, 1, 1)) == ()
    assert units_on(NOWHERE, on=TODAY) == ()


def unit_on_day(number, parent, path):
    return UnitOnDay(
        number, parent, path, f"unit:{uuid.UUID(int=number)}", str(number), str(number),
        UnitKind.OFFICE, is_key=False, posts=1, vacant=0,
    )  # fmt: skip


def test_a_unit_whose_parent_was_not_there_yet_hangs_below_the_nearest_that_was():
    shown = [unit_on_day(1, 0, "1/"), unit_on_day(3, 2, "1/2/3/")]
    branches, total = tree.draw(tuple(shown), Day(TODAY, is_today=True))
    assert [one.label for one in branches[0].below] == ["3"]
    assert (total.units, total.posts) == (2, 2)


def test_of_very_many_units_only_the_upper_levels_are_drawn_and_all_are_counted(monkeypatch):
    monkeypatch.setattr(tree, "MOST_DRAWN", 3)
    paths = ["".join(f"{m}/" for m in range(1, n + 1)) for n in range(1, 6)]
    line = [unit_on_day(n, n - 1, path) for n, path in enumerate(paths, 1)]
    branches, total = tree.draw(tuple(line), Day(TODAY, is_today=True))
    assert branches[0].below[0].below[0].label == "3"
    assert branches[0].below[0].below[0].below == ()
    assert total.units == 5
    monkeypatch.setattr(tree, "MOST_DRAWN", 5)
    (top,), _ = tree.draw(tuple(line), Day(TODAY, is_today=True))
    assert top.below[0].below[0].below[0].below[0].label == "5"


@pytest.mark.parametrize("day", ["x", "2019-02-30", "1626-01-01", "2019-5-1"])
def test_what_is_no_day_is_refused(county, day):
    for address in ("", of(county.bureau)):
        assert "PAGE-03" in page(reader(Role.STAFF), f"{address}?on={day}", status=400)


def test_units_are_listed_filtered_and_exported_within_the_scope(county):
    client = reader(Role.LEADER, unit=county.bureau.reference)
    html = page(client, "units/")
    assert "共 2 行" in html
    assert "单位J1" in html
    assert "共 1 行" in page(client, "units/?kind=office")
    assert "没有符合条件的行" in page(client, "units/?search=单位Z")
    response = client.get("/org/units/?format=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].startswith("单位J,政府部门,单位X,2,2")
    assert len(text.splitlines()) == 3
    page(reader(Role.STAFF), "units/?format=csv", status=404)


def test_abolished_units_are_told_apart(county):
    empty = found_unit("L", "X")
    reform = Reform(date(2021, 1, 1), "编〔2021〕1号")
    reforms.dissolve_unit(unit=empty.reference, reform=reform, **ACT)
    client = reader(Role.STAFF)
    assert "共 1 行" in page(client, "units/?state=abolished")
    assert "共 4 行" in page(client, "units/?state=current")
    assert "它已经撤销，撤销日期是 2021年1月1日。" in page(client, of(empty))
    assert "这一天它还没有设立" in page(client, of(empty, "?on=2014-01-01"))


def test_s0_44_s1_01_a_units_page_says_who_answers_for_it(county):
    head, deputy, clerk = county.people[:3]
    appoint(head, county.head)
    appoint(deputy, county.deputy)
    appoint(clerk, county.cashier)
    html = page(reader(Role.STAFF), of(county.bureau))
    first, direct = html.index("第一责任人"), html.index("直接领导责任人")
    assert first < html.index("人员P1") < direct < html.index("人员P2")
    assert "财务、采购" in html
    below = page(reader(Role.STAFF), of(county.office))
    assert "单位J岗位J-01，本单位不设正职岗位" in below
    assert "人员P1" in below
    assert "还没有人对这个单位负总责" in page(reader(Role.STAFF), of(county.county))


def test_s0_08_vacant_posts_are_warned_of_and_who_stands_in_fills_none(county):
    appoint(county.people[0], county.head, kind=AppointmentKind.ACTING)
    html = page(reader(Role.STAFF), of(county.bureau))
    assert "2 个岗位，2 个空缺" in html
    assert "人员P1" in html
    assert "代理" in html
    assert "空缺" in html


def test_a_units_page_of_a_day_shows_the_name_the_holders_and_what_came_of_it(county):
    rename(county)
    appoint(county.people[0], county.head, end=date(2020, 1, 1))
    appoint(county.people[1], county.head, start=date(2020, 1, 1))
    client = reader(Role.STAFF)
    then, now = page(client, of(county.bureau, f"?on={BEFORE}")), page(client, of(county.bureau))
    assert "<h1>单位J</h1>" in then
    assert "现名教育体育局" in then
    assert "这是 2019年5月1日 的情况，不是今天的。" in then
    assert ("人员P1" in then, "人员P2" in then) == (True, False)
    assert "<h1>教育体育局</h1>" in now
    assert ("人员P1" in now, "人员P2" in now) == (False, True)
    assert "到 2020年3月1日 为止" in now


def test_the_history_tab_tells_what_the_record_holds(county):
    rename(county)
    assert "教育体育局" in page(reader(Role.STAFF), of(county.bureau, "history/"))


def test_a_unit_out_of_scope_is_answered_like_one_that_is_not(county):
    client = reader(Role.LEADER, unit=county.bureau.reference)
    missing = "units/00000000-0000-0000-0000-000000000007/"
    for more in ("", "bodies/", "history/"):
        page(client, of(county.bureau, more))
        forbidden = page(client, of(county.town, more), 404)
        assert plain(forbidden) == plain(page(client, missing + more, 404))
    html = page(client, of(county.bureau))
    assert number(county.county) not in html
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        page(reader(role), of(county.bureau), status=404)


def test_only_who_may_change_a_unit_is_offered_it(county):
    assert "办理" not in page(reader(Role.STAFF), of(county.bureau))
    keeper = reader(Role.ORG_KEEPER, unit=county.bureau.reference)
    html = page(keeper, of(county.bureau))
    assert f'href="/org/{of(county.bureau, "rename/")}"' in html
    assert "办理" not in page(keeper, of(county.bureau, f"?on={BEFORE}"))


def test_the_tree_units_and_a_unit_cost_few_queries(county, django_assert_max_num_queries):
    for person, post in zip(county.people, (county.head, county.deputy), strict=False):
        appoint(person, post)
    client = reader(Role.ORG_KEEPER, unit=county.county.reference)
    for address in ("", "units/"):
        page(client, address)
        with django_assert_max_num_queries(LIST):
            page(client, address)
    for unit in (county.bureau, county.office):
        for more in ("", "bodies/", "history/", f"?on={BEFORE}"):
            with django_assert_max_num_queries(DETAIL):
                page(client, of(unit, more))
