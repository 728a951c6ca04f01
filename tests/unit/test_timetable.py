"""Jobs that come again: put into the queue when due, done by the worker, harmless twice."""

import io
import os
from datetime import UTC, datetime, timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from guiju.base.evidence import actions
from guiju.base.evidence.actions import store_folder
from guiju.base.evidence.jobs import sweep_store
from guiju.base.evidence.store import path_of, put_stream, walk
from guiju.base.record.actor import SYSTEM
from guiju.config import timetable
from guiju.config.jobs import Jobs
from guiju.config.timetable import enqueue_due
from pictures import picture


@pytest.fixture(autouse=True)
def _only_the_sweeping(monkeypatch):
    monkeypatch.setattr(timetable, "TIMETABLE", ((sweep_store, timedelta(days=1)),))


@pytest.mark.django_db
def test_a_job_is_due_once_a_day(data_folder):
    now = datetime.now(UTC)
    assert enqueue_due(at=now) == 1
    assert enqueue_due(at=now + timedelta(hours=23)) == 0
    assert enqueue_due(at=now + timedelta(hours=25)) == 1


def test_the_worker_does_it(record_database):
    folder = store_folder()
    folder.mkdir()
    old, young = folder / ".guiju-old", folder / ".guiju-young"
    for path in (old, young):
        path.write_bytes(b"x")
    os.utime(old, (0, 0))
    kept = actions.receive_file(
        io.BytesIO(picture()), declared_name="x.jpg", about="", by=SYSTEM, at=datetime.now(UTC)
    )
    orphan = put_stream(folder, io.BytesIO(b"nobody's"))
    fresh = put_stream(folder, io.BytesIO(b"perhaps somebody's"))
    for sha in (kept.sha256, kept.clean_sha256, orphan.sha256):
        os.utime(path_of(folder, sha), (0, 0))
    enqueue_due(at=datetime.now(UTC))
    assert Jobs("tests").do_next()
    assert not Jobs("tests").do_next()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
    assert (old.exists(), young.exists()) == (False, True)
    assert set(walk(folder)) == {kept.sha256, kept.clean_sha256, fresh.sha256}
