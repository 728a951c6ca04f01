"""A large workbook by page: read by a worker, with progress, and a result that stays."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from acting import key_in
from guiju.base.access.models import RoleGrant
from guiju.base.org.actions import import_runs
from guiju.base.org.jobs import check_workbook, sweep_uploads, take_in_workbook
from guiju.base.org.models import ImportRun, Unit
from guiju.base.org.pages import background, importing
from guiju.base.org.pages.kept import SHELF
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.errors import Denied
from guiju.core.organisation.rows import Organisation, PersonRow, UnitRow
from guiju.core.organisation.words import Profile, UnitKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.terms import Role
from organised import refusal
from readers import reader
from workbooks import FAULTY, TABLE, text_of, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _every_workbook_is_large(monkeypatch):
    monkeypatch.setattr(importing, "LARGE", 0)


@pytest.fixture
def keeper():
    return reader(Role.ORG_KEEPER)


def send(browser, table=TABLE):
    """Send a workbook; return the address of its page."""
    file = SimpleUploadedFile("组织表.xlsx", workbook(table))
    answer = browser.post(reverse("org:importing"), {"file": file})
    assert answer.status_code == 302
    return answer["Location"]


def work(job):
    """Do what waits in the queue for a job, as a worker does; return how many it were."""
    waiting = list(DBTaskResult.objects.filter(task_path=job.module_path, status="READY"))
    for row in waiting:
        job.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    DBTaskResult.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(waiting)


def test_it_waits_for_a_worker_and_says_how_far_it_is(keeper):
    at = send(keeper)
    page = keeper.get(at)
    assert page.status_code == 200
    assert "等待检查" in text_of(page)
    assert 'hx-trigger="every 2s"' in page.content.decode()
    assert "刷新进度" in text_of(page)
    run = ImportRun.objects.get()
    import_runs.note_stage(
        token=run.token, stage=ImportStage.READING, done=40_000, total=100_000, at=timezone.now()
    )
    page = keeper.get(at)
    assert "已读 40,000 行，共 100,000 行" in text_of(page)
    assert '<progress max="100000" value="40000"' in page.content.decode()
    assert at in keeper.get(reverse("org:importing")).content.decode()


def test_every_fault_is_named_by_row_and_nothing_is_imported(keeper):
    at = send(keeper, FAULTY)
    assert work(check_workbook) == 1
    text = text_of(keeper.get(at))
    assert "表格里有 3 处问题" in text
    for column in ("上级单位编号", "身份证号", "结束日期"):
        assert column in text
    assert keeper.get(f"{at}faults/").status_code == 200
    assert not Unit.objects.exists()


def test_what_was_shown_is_taken_in_once_and_its_result_stays_until_dismissed(keeper):
    at = send(keeper)
    work(check_workbook)
    page = keeper.get(at)
    assert "核对 7 处变动" in text_of(page)
    assert "（密封，不显示）" in text_of(page)
    sent = {"key": key_in(page)}
    assert [keeper.post(at, sent)["Location"] for _ in range(2)] == [at, at]
    assert "等待导入" in text_of(keeper.get(at))
    assert not Unit.objects.exists()
    assert work(take_in_workbook) == 1
    assert Unit.objects.count() == 3
    assert Event.objects.filter(kind="org.table.imported").count() == 1
    done = text_of(keeper.get(at))
    assert "已导入组织表" in done
    assert "单位 3 0 0" in done
    assert list(SHELF._folder().glob("*")) == []
    with_results = reverse("org:importing")
    assert at in keeper.get(with_results).content.decode()
    assert keeper.post(f"{at}dismiss/")["Location"] == with_results
    assert at not in keeper.get(with_results).content.decode()


def test_what_stands_in_the_workbook_stands_nowhere_in_the_open(keeper):
    at = send(keeper)
    work_before = DBTaskResult.objects.get(task_path=check_workbook.module_path)
    token = at.rstrip("/").rpartition("/")[2]
    key = keeper.session["org.import"]["key"]
    assert key not in str(work_before.args_kwargs)
    assert token not in str(work_before.args_kwargs)
    work(check_workbook)
    for file in SHELF._folder().glob("*"):
        assert "财政局".encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600


def test_a_page_that_waits_is_led_on_when_the_worker_is_done(keeper):
    at = send(keeper)
    assert "HX-Refresh" not in keeper.get(at, headers=HTMX)
    work(check_workbook)
    assert keeper.get(at, headers=HTMX)["HX-Refresh"] == "true"
    assert "HX-Refresh" not in keeper.get(at)


def test_what_is_no_workbook_is_refused_on_its_page(keeper):
    file = SimpleUploadedFile("表.xlsx", b"PK\x03\x04broken")
    at = keeper.post(reverse("org:importing"), {"file": file})["Location"]
    work(check_workbook)
    text = text_of(keeper.get(at))
    assert "没有导入" in text
    assert "ORG-20" in text
    assert keeper.post(f"{at}dismiss/").status_code == 302
    assert not ImportRun.objects.exists()


def test_what_breaks_is_said_and_the_job_fails(keeper, monkeypatch):
    at = send(keeper)
    monkeypatch.setattr(background, "check", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        work(check_workbook)
    assert "ORG-91" in text_of(keeper.get(at))


def test_what_changed_since_it_was_checked_is_not_taken_in(keeper):
    at = send(keeper)
    work(check_workbook)
    assert keeper.post(at, {"key": key_in(keeper.get(at))}).status_code == 302
    other = reader(Role.ORG_KEEPER)
    renamed = Organisation(
        units=(UnitRow(code="X", name="他县", kind=UnitKind.REGION, profile=Profile.COUNTY),)
    )
    there = send(other, renamed)
    work(check_workbook)
    other.post(there, {"key": key_in(other.get(there))})
    waiting = DBTaskResult.objects.filter(task_path=take_in_workbook.module_path)
    for row in waiting.order_by("-enqueued_at"):  # the other one is quicker
        take_in_workbook.call(*row.args_kwargs["args"])
    assert "ORG-94" in text_of(keeper.get(at))
    assert [unit.name for unit in Unit.objects.all()] == ["他县"]


def test_who_lost_the_right_meanwhile_takes_nothing_in(keeper):
    at = send(keeper)
    work(check_workbook)
    keeper.post(at, {"key": key_in(keeper.get(at))})
    with wall.opened():
        RoleGrant.objects.update(revoked_at=timezone.now(), revoked_by="system")
    work(take_in_workbook)
    assert not Unit.objects.exists()
    assert ImportRun.objects.get().stage == ImportStage.REFUSED.value


def test_nobody_else_sees_dismisses_or_confirms_it(keeper):
    at = send(keeper)
    work(check_workbook)
    other = reader(Role.ORG_KEEPER)
    assert "ORG-85" in other.get(at).content.decode()
    other.post(f"{at}dismiss/")
    assert other.post(at, {"key": key_in(keeper.get(at))}).status_code == 400
    assert ImportRun.objects.get().stage == ImportStage.READY.value
    assert reader(Role.STAFF).post(f"{at}dismiss/").status_code == 404


def test_it_is_not_dismissed_while_it_is_taken_in_and_not_confirmed_before_it_is_checked(keeper):
    at = send(keeper)
    run = ImportRun.objects.get()
    own = {"token": run.token, "person": run.person, "at": timezone.now()}
    assert refusal(Denied, import_runs.begin_taking, **own) == "ORG-92"
    work(check_workbook)
    keeper.post(at, {"key": key_in(keeper.get(at))})
    assert refusal(Denied, import_runs.dismiss_run, **own) == "ORG-93"
    import_runs.dismiss_run(**own | {"at": timezone.now() + timedelta(hours=2)})
    assert not ImportRun.objects.exists()


def test_an_hour_later_what_nobody_confirmed_is_gone_and_results_are_not(keeper):
    send(keeper)
    work(check_workbook)
    ImportRun.objects.update(changed_at=timezone.now() - timedelta(hours=2))
    sweep_uploads.call()
    assert not ImportRun.objects.exists()
    send(keeper, FAULTY)
    ImportRun.objects.update(
        stage=ImportStage.DONE.value, changed_at=timezone.now() - timedelta(days=9)
    )
    sweep_uploads.call()
    assert ImportRun.objects.count() == 1


def test_ten_thousand_faults_are_paged_through_a_hundred_at_a_time(keeper):
    people = tuple(PersonRow(code="1", name=f"人{number}") for number in range(10_000))
    at = send(keeper, Organisation(persons=people))
    work(check_workbook)
    page = keeper.get(f"{at}?from=9900")
    text = text_of(page)
    assert "共 9999 处" in text
    assert "「人员」表第 10000 行" in text or "「人员」表第 10001 行" in text
    assert len(page.content) < 200_000
