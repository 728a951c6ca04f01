"""Warnings of the checks that may stay, with their reasons."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers
from guiju.define.lists.triggers import ACCEPTED


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make their triggers on this database."""
    triggers.make(editor.connection, ACCEPTED)


class Migration(migrations.Migration):
    dependencies = [("lists", "0002_triggers")]
    operations = [
        migrations.CreateModel(
            name="Accepted",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=16)),
                ("check_code", models.CharField(max_length=10)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("item", models.CharField(blank=True, max_length=60)),
                ("reason", models.CharField(max_length=500)),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accepted",
                        to="lists.edition",
                    ),
                ),
            ],
            options={
                "db_table": "lists_accepted",
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "mark"), name="lists_accepted_once")
                ],
            },
        ),
        migrations.RunPython(make),
    ]
