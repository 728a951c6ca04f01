"""An audit of the whole record, asked for on a page and done by a worker, on real commits."""

from datetime import datetime

import pytest
from django_tasks_db.models import DBTaskResult

from guiju.base.record import wall
from guiju.base.record.models import Event, Sealed
from guiju.base.system import actions
from guiju.config.jobs import Jobs
from guiju.core.errors import Conflict
from guiju.core.terms import Role
from organised import refusal
from readers import reader
from record_story import CHIEF, START, submit, tell_story


@pytest.fixture
def client(record_database):
    tell_story()
    return reader(Role.AUDIT_ADMIN)


def asked(client, status=302):
    response = client.post("/system/audit")
    assert response.status_code == status
    return response.content.decode()


def shown(client):
    return client.get("/system/").content.decode()


def test_an_audit_is_asked_for_once_done_by_a_worker_and_its_findings_stay(client):
    assert "还没有在这里核对过" in shown(client)
    asked(client)
    assert Event.objects.filter(kind="system.audit.asked").count() == 1
    assert "HEALTH-01" in asked(client, 409)
    assert "排队或进行中" in shown(client)
    assert refusal(Conflict, actions.ask_for_audit, by=CHIEF, at=START) == "HEALTH-01"
    assert Event.objects.filter(kind="system.audit.asked").count() == 1
    key = submit("person:li", at=START)
    with wall.opened():
        Sealed.objects.create(event_key=key, path="x", person="person:li", box=b"no box")
    assert Jobs("tests").do_next()
    row = DBTaskResult.objects.get()
    assert isinstance(row.finished_at, datetime)
    codes = [code for code, _, _ in row.return_value["flaws"]]
    text = shown(client)
    assert f"发现 {len(codes)} 处问题" in text
    for code in codes:
        assert code in text
    asked(client)
