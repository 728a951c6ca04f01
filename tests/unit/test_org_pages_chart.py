"""组织架构图: who heads what on a day, what is vacant, within the reader's units."""

import pytest

from guiju.core.terms import Role
from organised import County, appoint
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
DETAIL = 15


@pytest.fixture
def county(data_folder):
    return County()


def page(client, address="chart/", status=200):
    response = client.get(f"/org/{address}")
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def of(unit):
    return f"units/{unit.reference.partition(':')[2]}/chart/"


def chart_of(html):
    return html[html.index("<svg") : html.index("</svg>")]


def test_s3_02_the_chart_shows_a_unit_with_those_below_it_their_heads_and_vacancies(county):
    client = reader(Role.STAFF)
    drawn = chart_of(page(client, of(county.bureau)))
    assert f"{county.head.name}：空缺" in drawn
    assert "▲" in drawn
    appoint(county.people[0], county.head)
    drawn = chart_of(page(client, of(county.bureau)))
    assert f"{county.head.name}：{county.people[0].name}" in drawn
    assert county.office.name in drawn
    assert county.town.name not in drawn


def test_the_chart_begins_at_the_top_and_leads_down(county):
    html = page(reader(Role.STAFF))
    drawn = chart_of(html)
    assert f'href="/org/{of(county.bureau)}"' in drawn
    assert county.office.name not in drawn
    assert "/org/units/" in drawn


def test_a_chart_of_a_day_and_of_a_reader_s_own_units(county):
    before = page(reader(Role.STAFF), "chart/?on=1980-01-01")
    assert "这一天还没有单位" in before
    assert "PAGE-03" in page(reader(Role.STAFF), "chart/?on=x", 400)
    client = reader(Role.STAFF, unit=county.bureau.reference)
    assert county.bureau.name in chart_of(page(client))
    page(client, of(county.town), 404)
    page(client, "units/00000000-0000-4000-8000-000000000000/chart/", 404)


def test_a_chart_costs_few_queries(county, django_assert_max_num_queries):
    client = reader(Role.STAFF)
    with django_assert_max_num_queries(DETAIL):
        page(client)
