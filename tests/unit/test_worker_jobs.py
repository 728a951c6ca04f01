"""What the worker does with a job that ends well, fails, is cut from the database or abandoned."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from guiju.config.jobs import ABANDONED, MOST_TRIES, Jobs, put_back_abandoned

pytestmark = pytest.mark.usefixtures("record_database")

met: list[Exception] = []
"""What the next rounds of the job meet, one after the other."""


@task()
def troubled() -> int:
    """Meet what is to be met; a good end is 3."""
    if met:
        raise met.pop(0)
    return 3


@pytest.fixture
def work():
    met.clear()
    troubled.enqueue()
    return met


def test_a_job_is_done_and_its_answer_kept(work):
    jobs = Jobs("tests")
    assert (jobs.do_next(), jobs.do_next()) == (True, False)
    row = DBTaskResult.objects.get()
    assert (row.status, row.return_value) == ("SUCCESSFUL", 3)


def test_a_job_that_fails_is_kept_with_its_reason_and_logged(work, caplog):
    work.append(ValueError("no such thing"))
    assert Jobs("tests").do_next()
    row = DBTaskResult.objects.get()
    assert row.status == "FAILED"
    assert "no such thing" in row.traceback
    assert troubled.module_path in caplog.text


def test_a_job_that_the_database_left_is_done_again_and_nothing_is_logged(work, caplog):
    work.append(OperationalError("server closed the connection unexpectedly"))
    jobs = Jobs("tests")
    assert jobs.do_next()
    assert jobs.do_next()
    row = DBTaskResult.objects.get()
    assert (row.status, row.worker_ids) == ("SUCCESSFUL", ["tests", "tests"])
    assert caplog.text == ""


def test_a_job_that_the_database_never_lets_end_fails_at_last(work, caplog):
    work.extend(OperationalError("disk is full") for _ in range(MOST_TRIES))
    jobs = Jobs("tests")
    assert [jobs.do_next() for _ in range(MOST_TRIES + 1)] == [True] * MOST_TRIES + [False]
    assert DBTaskResult.objects.get().status == "FAILED"
    assert "disk is full" in caplog.text


def test_a_job_whose_worker_was_killed_waits_again_after_an_hour(work):
    began = datetime.now(UTC)
    DBTaskResult.objects.update(status="RUNNING", started_at=began, worker_ids=["killed"])
    assert put_back_abandoned(at=began + ABANDONED) == 0
    assert put_back_abandoned(at=began + ABANDONED + timedelta(seconds=1)) == 1
    assert Jobs("tests").do_next()
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"
