"""Profiles of bodies' own and their versions, frozen by the database once in force."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import triggers
from guiju.define.profiles.triggers import TRIGGERS


def make(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers on this database."""
    triggers.make(editor.connection, TRIGGERS)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0005_open_terms"),
    ]

    operations = [
        migrations.CreateModel(
            name="OwnProfile",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=120, unique=True)),
                ("base", models.CharField(max_length=32)),
                ("code", models.CharField(max_length=32, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("ended", models.DateField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                    ),
                ),
            ],
            options={
                "db_table": "profiles_profile",
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("ordinal", models.PositiveIntegerField()),
                ("code", models.CharField(max_length=32, unique=True)),
                ("origin", models.CharField(max_length=32)),
                ("state", models.CharField(max_length=20)),
                ("valid_from", models.DateField()),
                ("content", models.TextField()),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("changed_at", models.DateTimeField()),
                (
                    "profile",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="profiles.ownprofile",
                    ),
                ),
            ],
            options={
                "db_table": "profiles_version",
            },
        ),
        migrations.AddConstraint(
            model_name="ownprofile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended__isnull", True)),
                fields=("unit", "base"),
                name="profiles_profile_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("profile", "ordinal"), name="profiles_version_ordinal"
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")),
                fields=("profile",),
                name="profiles_version_one_draft",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")),
                fields=("profile", "valid_from"),
                name="profiles_version_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("digest", ""), ("state", "draft")),
                    models.Q(("state", "in_force"), models.Q(("digest", ""), _negated=True)),
                    _connector="OR",
                ),
                name="profiles_version_digest",
            ),
        ),
        migrations.RunPython(make),
    ]
