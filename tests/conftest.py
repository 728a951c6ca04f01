"""The database of the tests: SQLite by default, PostgreSQL where GUIJU_DATABASE names one.

Rows of the record cannot be removed, not even by tests: a test that commits for real gets
a database of its own, copied from the migrated one (``record_database``).
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile
import uuid
from pathlib import Path

import pytest

_DATA = Path(tempfile.mkdtemp(prefix="guiju-tests-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
(_DATA / "static").mkdir()
_OURS = {
    "DJANGO_SETTINGS_MODULE": "guiju.config.settings",
    "GUIJU_SECRET": "only for tests " * 5,
    "GUIJU_DATA": str(_DATA),
    "GUIJU_TEST_FILE": str(_DATA / "test.sqlite3"),
    # Django makes and drops its test database, which the application's role may not.
    "GUIJU_DATABASE": os.environ.get("GUIJU_OWNER_DATABASE", os.environ.get("GUIJU_DATABASE", "")),
}
_OUTSIDE = {name: os.environ.get(name) for name in _OURS}
os.environ.update(_OURS)

from django.conf import settings  # noqa: E402 - reads the variables above

# Pages of tests name static files as they are; the server's own names them by content.
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)

# What tests commit need not outlive a power cut; test_durable_commits shows that of the product.
_OPTIONS = settings.DATABASES["default"]["OPTIONS"]
if "init_command" in _OPTIONS:
    _OPTIONS["init_command"] += "PRAGMA synchronous=OFF;"

for name, value in _OUTSIDE.items():  # processes that tests start choose for themselves
    os.environ.pop(name)
    if value is not None:
        os.environ[name] = value

from django.db import connection, connections  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from guiju.base.record import places  # noqa: E402
from guiju.base.signing_keys import create_signing_key  # noqa: E402
from guiju.core.ledger.keys import KeyKind  # noqa: E402


def pytest_make_parametrize_id(config, val, argname):
    """Name a case of bytes by its argument: packed bytes differ with the second they were made
    in, and workers of one run must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Leave what is loaded out of garbage collection: it stays, and there is much of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items):
    for item in items:
        uses = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or "record_database" in uses:
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Make the test database, also for a session whose tests all commit for real."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def data_folder(tmp_path, settings):
    """A data directory of this test's own, with the log's key in it."""
    settings.DATA = tmp_path / "data"
    places.log_key().parent.mkdir(parents=True, mode=0o700)
    create_signing_key(places.log_key(), name="tests.example/record", kind=KeyKind.ED25519)
    return settings.DATA


@pytest.fixture
def record_database(django_db_setup, django_db_blocker, data_folder, tmp_path):
    """A fresh copy of the migrated database in which this test commits for real."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()
        copied = _copy(template, tmp_path)
        connection.settings_dict["NAME"] = copied
        try:
            yield connection
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = template
            _drop(copied)


def _copy(template, folder):
    if connection.vendor == "sqlite":
        copied = folder / "record.sqlite3"
        shutil.copy(template, copied)
        return str(copied)
    copied = f"copy_{uuid.uuid4().hex}"
    _maintain(f'CREATE DATABASE "{copied}" TEMPLATE "{template}"')
    return copied


def _drop(name):
    if connection.vendor != "sqlite":
        _maintain(f'DROP DATABASE "{name}" WITH (FORCE)')


def _maintain(statement):
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
