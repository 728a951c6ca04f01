"""What was answered to writes of programs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0003_token_limits")]

    operations = [
        migrations.CreateModel(
            name="AnsweredWrite",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("sent", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField()),
                ("answer", models.TextField()),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "access_answered"},
        ),
    ]
