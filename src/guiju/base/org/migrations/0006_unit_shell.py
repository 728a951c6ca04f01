"""With which shell the people of a unit begin."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("org", "0005_open_terms")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="shell",
            field=models.CharField(blank=True, default="", max_length=10),
            preserve_default=False,
        ),
    ]
