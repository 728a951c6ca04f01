"""The triggers by which a review stays as it went; nothing of it goes with its draft."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers
from guiju.define.approval.triggers import TRIGGERS


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make them on this database."""
    triggers.make(editor.connection, TRIGGERS)


def _kept(
    model: str, field: str, to: str, related: str, *, is_indexed: bool = False
) -> migrations.AlterField:
    key = models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related,
        to=to,
        db_index=is_indexed,
    )
    return migrations.AlterField(model, field, key)


class Migration(migrations.Migration):
    """Cannot be undone: signatures that anybody may change are none."""

    dependencies = [
        ("approval", "0001_initial"),
        ("lists", "0005_given_up"),
    ]
    operations = [
        _kept("review", "edition", "lists.edition", "reviews"),
        _kept("seat", "review", "approval.review", "seats"),
        _kept("signoff", "review", "approval.review", "signs"),
        _kept("signoff", "seat", "approval.seat", "signs", is_indexed=True),
        _kept("objection", "review", "approval.review", "objections"),
        migrations.RunPython(make),
    ]
