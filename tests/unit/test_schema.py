"""What is said of a database that cannot be asked about its shape."""

from __future__ import annotations

import pytest
from django.db.utils import DatabaseError, OperationalError, ProgrammingError

from guiju.config import schema
from guiju.core.errors import Denied


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OperationalError("server closed the connection"), "START-07"),
        (ProgrammingError("permission denied for table django_migrations"), "START-07"),
        (DatabaseError("database disk image is malformed"), "START-13"),
        (UnicodeDecodeError("utf-8", b"\xa0", 0, 1, "invalid start byte"), "START-13"),
    ],
)
def test_only_what_cannot_be_read_is_called_damaged(monkeypatch, error, code):
    def broken(_connection):
        raise error

    monkeypatch.setattr(schema, "require_database", lambda: None)
    monkeypatch.setattr(schema, "MigrationExecutor", broken)
    with pytest.raises(Denied) as refused:
        schema.pending()
    assert refused.value.code == code
