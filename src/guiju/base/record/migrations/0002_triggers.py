"""The triggers by which rows of the record are only ever added."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them on this database."""
    triggers.make(editor.connection)


class Migration(migrations.Migration):
    """Cannot be undone: a record whose triggers are gone is no record."""

    dependencies = [("record", "0001_initial")]
    operations = [migrations.RunPython(make)]
