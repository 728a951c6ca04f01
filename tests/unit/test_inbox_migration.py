"""What tasks and notices said before is sealed when the database is brought up to date."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from guiju.base.inbox import reads, titles
from guiju.base.inbox.models import Task
from guiju.base.record import vault, wall

BEFORE, AFTER = [("inbox", "0001_initial")], [("inbox", "0002_sealed_texts")]
SAYS = ["请{who}来", [["who", "张三"]]]


def migrated(to):
    executor = MigrationExecutor(connection)
    executor.migrate(to)
    return MigrationExecutor(connection).loader.project_state(to).apps


def test_old_sentences_are_sealed_and_those_of_the_erased_are_dropped(record_database):
    old = migrated(BEFORE)
    now = timezone.now()
    vault.lock("person:gone", titles.TASK, "x")
    vault.key_store().erase("person:gone")
    for number, person in enumerate(("person:1", "person:gone")):
        with wall.opened():
            old.get_model("inbox", "Task").objects.create(
                reference=f"task:{number}", kind="inbox.asked", text=SAYS,
                person=person, created_at=now, created_by="person:2", started_at=now,
            )  # fmt: skip
    migrated(AFTER)
    kept, erased = Task.objects.order_by("number")
    assert "张三".encode() not in bytes(kept.box)
    assert bytes(erased.box) == b""
    boxes = [(row.person, titles.TASK, row.box) for row in (kept, erased)]
    assert [str(one) for one in titles.opened(boxes, at=now)] == ["请张三来", "已依法删除"]
    assert len(reads.given("person:2", {}, at=now).queryset) == 2
