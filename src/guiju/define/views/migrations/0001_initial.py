"""The outlines of very large editions."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("lists", "0006_checked")]
    operations = [
        migrations.CreateModel(
            name="KeptOutline",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="lists.edition",
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
            ],
            options={"db_table": "views_outline"},
        ),
    ]
