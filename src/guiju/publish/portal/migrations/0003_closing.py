"""What later editions close is taken out of the older ones."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_sending")]
    operations = [
        migrations.AddField("issue", "closed", models.JSONField(default=list)),
        migrations.AddField("issue", "closings", models.JSONField(default=list)),
        migrations.AddField("issue", "closed_at", models.DateTimeField(null=True)),
        migrations.CreateModel(
            name="Looked",
            fields=[
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="looked",
                        serialize=False,
                        to="portal.issue",
                    ),
                ),
                ("current", models.BigIntegerField()),
            ],
            options={"db_table": "portal_looked"},
        ),
    ]
