"""The page of the system's state: every part in words, and the audit that a worker does."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from guiju.base.access.models import AdministratorMerge
from guiju.base.record import heartbeat, places, sequencer, wall
from guiju.base.record.backup.noted import Backup, last_backup, note_backup, noted_file
from guiju.base.record.pulse import pulse
from guiju.base.system import jobs, reads
from guiju.base.system.judging import lines, worst
from guiju.core.terms import Role, WitnessState
from readers import QUERIES, make_account, reader
from record_story import START, cosign_latest, register_witness, submit, tell_story

pytestmark = pytest.mark.django_db
PARTS = (
    "写入", "后台进程", "后台任务", "封存", "检查点", "见证方", "时钟", "底线", "备份", "磁盘",
    "节假日", "三员分设", "账号", "全面核对",
)  # fmt: skip


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def story(data_folder):
    return tell_story()


def judged(state):
    return {str(one.name): one for one in lines(state)}


def tone(state, name):
    return judged(state)[name].state.tone


def test_the_page_opens_for_all_three_administrators_in_few_queries(
    story, django_assert_max_num_queries
):
    for role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN):
        client = reader(role)
        client.get("/system/")
        with django_assert_max_num_queries(15):
            text = client.get("/system/").content.decode()
        for words in PARTS:
            assert words in text
        assert "李文静" not in text
    for role in (Role.STAFF, Role.LEADER, Role.ORG_KEEPER, Role.SUPERVISOR):
        assert reader(role).get("/system/").status_code == 404
        assert reader(role).post("/system/audit").status_code == 404


def test_what_is_read_takes_nine_queries(story, django_assert_max_num_queries):
    assert QUERIES == 5
    with django_assert_max_num_queries(9):
        reads.state(now=START)


def test_a_quiet_installation_says_what_is_missing_and_what_to_do(data_folder):
    state = reads.state(now=timezone.now())
    found = judged(state)
    assert "没有收到过后台进程的消息" in str(found["后台进程"].says)
    assert "没有备份" in str(found["备份"].says)
    assert "没有登记见证方" in str(found["见证方"].says)
    assert all(one.todo for one in found.values() if one.state.tone in {"bad", "warn"})
    bad, warn = worst(tuple(found.values()))
    assert bad >= 2
    assert warn >= 2


def test_a_worker_that_beats_is_well_and_one_that_is_silent_or_in_trouble_is_not(story):
    now = timezone.now()
    for age, error, expected in ((1, "", "good"), (1, "连不上", "warn"), (600, "", "bad")):
        heartbeat.beat(heartbeat.Heartbeat(1, now - timedelta(seconds=age), error))
        assert tone(reads.state(now=now), "后台进程") == expected


def test_events_that_wait_too_long_and_an_old_checkpoint_are_told(story):
    sequencer.seal_waiting()
    at = START + timedelta(hours=7, minutes=30)
    submit("person:li", at=at)
    soon, late = reads.state(now=at), reads.state(now=at + timedelta(minutes=10))
    assert (tone(soon, "封存"), tone(late, "封存")) == ("good", "bad")
    assert late.pulse.waiting == 1
    assert (tone(soon, "检查点"), tone(reads.state(now=at + timedelta(days=1)), "检查点")) == (
        "good",
        "warn",
    )


def test_a_halt_a_floor_above_the_record_and_one_that_cannot_be_read(story):
    state = reads.state(now=START)
    assert tone(state, "写入") == tone(state, "底线") == "good"
    places.halt_file().write_text("记录被改写", "utf-8")
    assert "记录被改写" in str(judged(reads.state(now=START))["写入"].says)
    places.halt_file().unlink()
    lower = replace(state, pulse=replace(state.pulse, size=1))
    assert tone(lower, "底线") == "bad"
    places.floor_file().write_bytes(b"nonsense")
    assert tone(reads.state(now=START), "底线") == "bad"


def test_a_backup_is_noted_and_grows_old(story):
    assert last_backup() is None
    note_backup(Backup(START, 12, has_keys=True))
    assert last_backup() == Backup(START, 12, has_keys=True)
    for days, expected in ((1, "good"), (3, "warn"), (30, "bad")):
        assert tone(reads.state(now=START + timedelta(days=days)), "备份") == expected
    for broken in (b"", b"[]", b'{"at": "2026-11-20T00:00:00", "size": 1, "keys": true}'):
        noted_file().write_bytes(broken)
        assert last_backup() is None


def test_a_full_disk_is_told_before_it_is_full(story, monkeypatch):
    for free, expected in ((50, "good"), (10, "warn"), (3, "bad")):
        usage = Usage(100 * 2**30, 0, free * 2**30)
        monkeypatch.setattr("shutil.disk_usage", lambda _, usage=usage: usage)
        assert tone(reads.state(now=START), "磁盘") == expected


def test_the_clock_is_compared_with_the_witness_that_signed_last(data_folder):
    assert tone(reads.state(now=START), "时钟") == "wait"
    keys = [register_witness("a.example/w1", at=START)]
    submit("person:li", at=START)
    sequencer.seal_waiting()
    cosign_latest(keys, at=START + timedelta(minutes=1))
    assert abs(pulse().drift) < timedelta(minutes=5)
    state = reads.state(now=START)
    for seconds, expected, word in ((2, "good", "相差"), (90, "warn", "快"), (-90, "warn", "慢")):
        drifted = replace(state, pulse=replace(state.pulse, drift=timedelta(seconds=seconds)))
        assert tone(drifted, "时钟") == expected
        assert word in str(judged(drifted)["时钟"].says)


def test_a_witness_that_disagrees_or_is_silent_is_named(story):
    state = reads.state(now=START)
    assert tone(state, "见证方") == "good"
    first, *others = state.pulse.witnesses
    for one, expected in ((WitnessState.DISAGREEING, "bad"), (WitnessState.SILENT, "warn")):
        witnesses = (replace(first, state=one), *others)
        line = judged(replace(state, pulse=replace(state.pulse, witnesses=witnesses)))["见证方"]
        assert line.state.tone == expected
        assert first.name in str(line.says) + str(line.todo)


def test_the_calendar_is_due_before_its_last_year_ends(story):
    state = reads.state(now=START)
    for year, month, expected in ((2026, 3, "good"), (2026, 11, "warn"), (2027, 1, "bad")):
        now = datetime(year, month, 1, tzinfo=START.tzinfo)
        assert tone(replace(state, now=now, last_year=2026), "节假日") == expected


def test_merged_administrators_and_unused_accounts_are_remarked(story):
    now = timezone.now()
    make_account(Role.STAFF, created_at=now - timedelta(days=200))
    make_account(Role.STAFF, expires_at=now - timedelta(days=1))
    make_account(Role.STAFF)
    state = reads.state(now=now)
    assert (state.accounts.unused, state.accounts.expired, state.accounts.open) == (1, 1, 1)
    assert tone(state, "账号") == "warn"
    assert tone(state, "三员分设") == "good"
    with wall.opened():
        AdministratorMerge.objects.create(
            first=Role.SYSTEM_ADMIN.value, second=Role.SECURITY_ADMIN.value, reason="只有两人",
            made_by="person:1", made_at=now,
        )  # fmt: skip
    assert "只有两人" in str(judged(reads.state(now=now))["三员分设"].says)


def test_an_audit_that_failed_and_other_failures_are_listed_by_name(story):
    now = timezone.now()
    for path in (jobs.audit_record.module_path, "guiju.base.inbox.jobs.remind", "x.y"):
        DBTaskResult.objects.create(
            status=TaskResultStatus.FAILED, finished_at=now, task_path=path, args_kwargs={},
            backend_name="default", run_after=now, exception_class_path="a.b.ValueError",
            traceback="张三的信息",
        )  # fmt: skip
    text = reader(Role.SYSTEM_ADMIN).get("/system/").content.decode()
    for words in ("没有做完", "全面核对记录", "提醒到期的任务", "其他任务", "ValueError"):
        assert words in text
    assert "张三" not in text
