"""What a file that is read in the background is for."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0006_unit_shell")]
    operations = [
        migrations.AddField(
            model_name="importrun",
            name="about",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
    ]
