"""A disk that is full when a session is to be kept: no bad request of the reader's."""

from sqlite3 import OperationalError as Cause

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError

from guiju.core.terms import Role
from readers import reader

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "status"), [("SQLITE_FULL", 403), ("SQLITE_BUSY", 400)])
def test_a_full_disk_is_named_and_any_other_fault_is_not(monkeypatch, name, status):
    """Django's own store turns the error into a bad request; only its save is made to fail."""
    here = reader(Role.STAFF)

    def save(self, *args, **options):
        cause = Cause("database or disk is full")
        cause.sqlite_errorname = name
        raise OperationalError("database or disk is full") from cause

    session = SessionStore.get_model_class()
    monkeypatch.setattr(session, "save", save)
    monkeypatch.setattr(session, "save_base", save)
    response = here.get("/help/")
    assert response.status_code == status
    assert ("磁盘已满" in response.content.decode()) is (status == 403)
