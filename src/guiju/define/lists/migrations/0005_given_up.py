"""A draft may be given up and stay: the triggers know the new way."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers
from guiju.define.lists.triggers import TRIGGERS


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them anew on this database."""
    triggers.make_anew(editor.connection, TRIGGERS)


class Migration(migrations.Migration):
    """Cannot be undone: an edition that was given up would be in a state that there is not."""

    dependencies = [("lists", "0004_learned_columns")]
    operations = [migrations.RunPython(make)]
