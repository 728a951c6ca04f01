"""How often somebody was urged to do a task."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_sealed_texts")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["task", "created_at"],
                condition=models.Q(("kind", "urged")),
                name="inbox_notice_urged",
            ),
        ),
    ]
