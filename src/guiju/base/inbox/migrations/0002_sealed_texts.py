"""Seal what tasks and notices say; let whoever asks choose a reminder, and find their tasks."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from guiju.base.record import vault, wall
from guiju.core.errors import Denied


def seal(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Move each sentence into a box under its person's key; of the erased nothing is kept."""
    for name in ("Task", "Notice"):
        model = apps.get_model("inbox", name)
        place = f"{model._meta.db_table}.box"
        for row in model.objects.only("pk", "person", "text").iterator():
            try:
                box = vault.lock(row.person, place, row.text)
            except Denied:
                box = b""
            with wall.opened():
                model.objects.filter(pk=row.pk).update(box=box)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0001_initial")]

    operations = [
        migrations.AddField("task", "box", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(
            "notice", "box", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddField("task", "remind_before", models.PositiveSmallIntegerField(null=True)),
        migrations.RunPython(seal, migrations.RunPython.noop),
        migrations.RemoveField("task", "text"),
        migrations.RemoveField("notice", "text"),
        migrations.AddIndex(
            "task", models.Index(fields=["created_by", "number"], name="inbox_task_given")
        ),
    ]
