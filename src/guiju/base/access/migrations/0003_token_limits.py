from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_saved_views"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="unit",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="is_read_only",
            field=models.BooleanField(default=False),
        ),
    ]
