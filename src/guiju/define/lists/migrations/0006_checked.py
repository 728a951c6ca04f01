"""What the checks said last of very large editions."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0005_given_up")]
    operations = [
        migrations.CreateModel(
            name="Checked",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="checked",
                        serialize=False,
                        to="lists.edition",
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("on", models.DateField()),
                ("told", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "lists_checked"},
        ),
        migrations.CreateModel(
            name="CheckedItem",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("item", models.CharField(blank=True, max_length=60)),
                ("findings", models.JSONField()),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="lists.edition",
                    ),
                ),
            ],
            options={
                "db_table": "lists_checked_item",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "kind", "item"), name="lists_checked_item_once"
                    )
                ],
            },
        ),
    ]
