"""What people said that columns of their tables mean."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0003_accepted")]
    operations = [
        migrations.CreateModel(
            name="LearnedColumn",
            fields=[
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=20)),
                ("header", models.CharField(max_length=60)),
                ("target", models.CharField(max_length=60)),
            ],
            options={
                "db_table": "lists_learned_column",
                "constraints": [
                    models.UniqueConstraint(fields=("table", "header"), name="lists_learned_once")
                ],
            },
        ),
    ]
