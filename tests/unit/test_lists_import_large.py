"""A large table by page: read by a worker, with progress, and a result that stays."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from acting import key_in
from guiju.base.access.models import RoleGrant
from guiju.base.evidence import kept
from guiju.base.org.actions import import_runs
from guiju.base.org.jobs import sweep_uploads
from guiju.base.org.models import ImportRun
from guiju.base.record import wall
from guiju.base.record.models import Event
from guiju.core.lists.diff import compare
from guiju.core.lists.model import Edition
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.terms import Role
from guiju.define.lists.actions import drafting, editing
from guiju.define.lists.jobs import read_upload, take_in_upload
from guiju.define.lists.models import Item, LearnedColumn
from guiju.define.lists.pages.importing import running, working
from guiju.define.lists.pages.importing.differing import change_of, kept_line
from guiju.define.lists.pages.importing.shelf import SHELF
from organised import ACT, County
from readers import reader
from small_edition import LICENCE, SOUND, changed, without
from workbooks import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
HTMX = {"HX-Request": "true"}
TABLE = "序号,权力名称,权力类型,管哪些人\n1,取水许可,许可,甲\n2,占河处罚,行政处罚,乙\n"


@pytest.fixture(autouse=True)
def _every_table_is_large(monkeypatch):
    monkeypatch.setattr(running, "LARGE", 0)


@pytest.fixture
def edition():
    unit = County().bureau
    return drafting.begin_edition(
        unit=unit.reference, title="水利局清单", profile="county", based_on="", **ACT
    )


@pytest.fixture
def clerk():
    return reader(Role.LIST_KEEPER)


def page(view, edition):
    return reverse(view, args=[edition.reference.partition(":")[2]])


def send(browser, edition, content=TABLE):
    """Send a table; return the address of its page."""
    file = SimpleUploadedFile("权力.csv", content.encode())
    answer = browser.post(page("lists:import", edition), {"file": file})
    assert answer.status_code == 302
    return answer["Location"]


def work(job):
    """Do what waits in the queue for a job, as a worker does; return how many it were."""
    waiting = list(DBTaskResult.objects.filter(task_path=job.module_path, status="READY"))
    for row in waiting:
        job.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    DBTaskResult.objects.filter(pk__in=[row.pk for row in waiting]).delete()
    return len(waiting)


def test_c3_it_waits_for_a_worker_and_says_how_far_it_is(clerk, edition):
    at = send(clerk, edition)
    text = text_of(clerk.get(at))
    assert "等待检查" in text
    assert "刷新进度" in text
    run = ImportRun.objects.get()
    import_runs.note_stage(
        token=run.token, stage=ImportStage.READING, done=4_000, total=10_000, at=timezone.now()
    )
    answer = clerk.get(at)
    assert "已读 4,000 行，共 10,000 行" in text_of(answer)
    assert '<progress max="10000" value="4000"' in answer.content.decode()
    assert at in clerk.get(page("lists:import", edition)).content.decode()
    assert at not in clerk.get(reverse("org:importing")).content.decode()


def test_c3_corrected_read_again_compared_and_taken_in_once(clerk, edition):
    at = send(clerk, edition)
    assert work(read_upload) == 1
    assert "不知道是什么" in text_of(clerk.get(at))
    said = {"kind-0": "power", "line-0": "1", "levels-0": "1", "column-0-3": "power.targets"}
    assert clerk.post(at, said | {"go": "next"})["Location"] == at
    assert "等待检查" in text_of(clerk.get(at))
    assert work(read_upload) == 1
    assert "不知道是什么" not in text_of(clerk.get(at))
    assert clerk.post(at, {"go": "next"})["Location"] == f"{at}changes/"
    third = clerk.get(f"{at}changes/")
    assert "共 2 项变动" in text_of(third)
    answers = [clerk.post(f"{at}changes/", {"key": key_in(third)}) for _ in range(2)]
    assert [one["Location"] for one in answers] == [at, at]
    assert "等待导入" in text_of(clerk.get(at))
    assert not Item.objects.exists()
    assert work(take_in_upload) == 1
    assert Item.objects.count() == 2
    assert LearnedColumn.objects.count() == 1
    assert Event.objects.filter(kind="lists.edition.imported").count() == 1
    assert "权力 2 项" in text_of(clerk.get(at))
    assert list(kept._uploads().glob("*/*")) == []
    assert clerk.post(f"{at}dismiss/")["Location"] == page("lists:edition", edition)
    assert not ImportRun.objects.exists()


def test_a_draft_that_changed_meanwhile_is_not_overwritten(clerk, edition):
    at = send(clerk, edition)
    work(read_upload)
    key = key_in(clerk.get(f"{at}changes/"))
    clerk.post(f"{at}changes/", {"key": key})
    editing.put_item(edition=edition.reference, item=SOUND.powers[0], revision=None, **ACT)
    work(take_in_upload)
    assert "EDITION-03" in text_of(clerk.get(at))
    assert Item.objects.count() == 1


def test_what_changed_before_it_is_confirmed_is_compared_again(clerk, edition):
    at = send(clerk, edition)
    work(read_upload)
    editing.put_item(edition=edition.reference, item=SOUND.powers[0], revision=None, **ACT)
    assert clerk.get(f"{at}changes/")["Location"] == at
    assert work(read_upload) == 1
    assert "会删去" in text_of(clerk.get(f"{at}changes/"))


def test_who_lost_the_right_meanwhile_changes_nothing(clerk, edition):
    at = send(clerk, edition)
    work(read_upload)
    clerk.post(f"{at}changes/", {"key": key_in(clerk.get(f"{at}changes/"))})
    with wall.opened():
        RoleGrant.objects.all().delete()
    work(take_in_upload)
    assert ImportRun.objects.get().code == "EDITION-01"
    assert not Item.objects.exists()


def test_a_bad_file_is_refused_on_its_page_and_can_be_dismissed(clerk, edition):
    at = send(clerk, edition, '{"format": "x"}')
    work(read_upload)
    assert "LISTS-07" in text_of(clerk.get(at))
    assert clerk.get(at, headers=HTMX)["HX-Refresh"] == "true"
    clerk.post(f"{at}dismiss/")
    assert not ImportRun.objects.exists()


def test_what_breaks_is_said_and_the_job_fails(clerk, edition, monkeypatch):
    at = send(clerk, edition)

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(working, "examine", broken)
    with pytest.raises(RuntimeError):
        work(read_upload)
    assert "没有导入任何内容" in text_of(clerk.get(at))


def test_neither_key_nor_content_stands_in_the_open(clerk, edition):
    send(clerk, edition)
    row = DBTaskResult.objects.get(task_path=read_upload.module_path)
    told = clerk.session[SHELF.name]
    assert told["key"] not in str(row.args_kwargs)
    assert told["token"] not in str(row.args_kwargs)
    work(read_upload)
    files = list(kept._uploads().glob("*/*"))
    assert len(files) == 4
    for file in files:
        assert "取水".encode() not in file.read_bytes()


def test_nobody_else_sees_or_takes_in_what_somebody_sent(clerk, edition):
    at = send(clerk, edition)
    work(read_upload)
    other = reader(Role.LIST_KEEPER)
    assert "EDITION-17" in text_of(other.get(at))
    other.post(f"{at}dismiss/")
    assert ImportRun.objects.count() == 1


def test_what_nobody_confirmed_is_swept_after_an_hour(clerk, edition, monkeypatch):
    at = send(clerk, edition)
    work(read_upload)
    monkeypatch.setattr(kept, "LIFE", timedelta(0))
    assert sweep_uploads.call() == 4
    assert list(kept._uploads().glob("*/*")) == []
    assert not ImportRun.objects.exists()
    assert clerk.get(at).status_code == 400


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Edition(), SOUND),
        (SOUND, Edition()),
        (SOUND, without("controls", "C3", changed("powers", LICENCE, name="另一个名称"))),
        (SOUND, changed("risks", "R1", code="R-新")),
    ],
    ids=["all new", "all gone", "some", "renumbered"],
)
def test_c3_a_change_is_kept_as_it_is_and_put_into_words_when_it_is_looked_at(old, new):
    changes = compare(old, new).items
    assert changes
    for one in changes:
        assert change_of(json.loads(json.dumps(kept_line(one)))) == one
