"""The triggers by which an edition stays as it was submitted."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers
from guiju.define.lists.triggers import TRIGGERS


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them on this database."""
    triggers.make(editor.connection, TRIGGERS)


class Migration(migrations.Migration):
    """Cannot be undone: lists that anybody may change after their approval are none."""

    dependencies = [("lists", "0001_initial")]
    operations = [migrations.RunPython(make)]
