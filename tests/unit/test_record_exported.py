"""Taking a list away leaves an event: who, which, by what filters, how many rows."""

import json

import pytest

from guiju.base.record.models import Event
from guiju.core.terms import Role
from organised import County, enter_person
from readers import reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def county():
    return County()


def exported():
    rows = Event.objects.filter(kind="record.list.exported").order_by("id")
    return [json.loads(bytes(row.entry))["data"] for row in rows]


def test_every_export_of_a_list_leaves_an_event_without_what_was_typed(county):
    enter_person("Q1", county.town, name="王建国")
    client = reader(Role.ORG_KEEPER, person="person:keeper")
    response = client.get("/org/people/?format=csv&search=王建国&state=serving")
    assert response.status_code == 200
    assert "王建国" in b"".join(response).decode()
    assert exported() == [
        {"list": "人员", "filters": "姓名或编号=…；状态=在任", "format": "csv", "count": 1}
    ]
    event = Event.objects.get(kind="record.list.exported")
    assert event.actor == "person:keeper"
    assert "王建国".encode() not in bytes(event.entry)
    assert b"".join(client.get("/org/posts/?format=xlsx"))
    assert exported()[1]["list"] == "岗位"


def test_the_workbook_of_the_organisation_leaves_one_too(county):
    assert reader(Role.ORG_KEEPER).get("/org/export/").status_code == 200
    (one,) = exported()
    assert (one["list"], one["format"], one["count"]) == ("组织表", "xlsx", 4 + 6 + 6)


def test_a_page_and_a_refused_export_leave_none(county):
    assert reader(Role.ORG_KEEPER).get("/org/people/").status_code == 200
    assert reader(Role.STAFF).get("/org/people/?format=csv").status_code == 404
    assert exported() == []
