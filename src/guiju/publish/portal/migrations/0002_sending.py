"""How often strangers send something: counted by all processes together, by the hour."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="SendingHour",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("key", models.BinaryField()),
            ],
            options={"db_table": "portal_hour"},
        ),
        migrations.CreateModel(
            name="Sender",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=64)),
                ("count", models.PositiveIntegerField(default=0)),
                (
                    "hour",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="portal.sendinghour",
                    ),
                ),
            ],
            options={
                "db_table": "portal_sender",
                "constraints": [
                    models.UniqueConstraint(fields=("hour", "mark"), name="portal_sender_once")
                ],
            },
        ),
    ]
