"""The state's page: growth, checkpoints, witnesses, and what stands in the way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from guiju.base.record import checkpoints, floor, heartbeat, places, sequencer
from guiju.base.record.health import LATE, MOST_WAITING, Day, growth, health
from guiju.base.record.heartbeat import Heartbeat
from guiju.base.record.models import Checkpoint, Witness
from guiju.base.record.pages.badges import sealing_badge, witnessed_badge
from guiju.base.record.pages.bars import HEIGHT, STEP, WIDTH, bars
from guiju.core.sentence import zh
from guiju.core.terms import Role, WitnessState
from readers import reader
from record_story import CHIEF, START, tell_story
from recorded import record_some

pytestmark = pytest.mark.django_db
NOW = START + timedelta(hours=7, minutes=30)


@pytest.fixture
def client(db):
    return reader(Role.AUDIT_ADMIN)


@pytest.fixture
def story(data_folder):
    return tell_story()


def page(client):
    response = client.get("/record/state/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_figures_are_those_of_the_record(story):
    found = health(now=NOW)
    newest = Checkpoint.objects.get()
    assert (found.size, found.waiting) == (newest.size, 4)
    assert found.head.size == found.witnessed.size == found.floor == newest.size
    assert [one.witness for one in found.head.cosigned] == ["audit.example/w1", "county.example/w2"]
    assert (found.quorum, found.is_witnessed, found.is_late) == (2, True, False)
    assert (found.halted, found.is_below_floor, found.worker) == ("", False, None)


def test_witnesses_are_told_with_their_last_answer(story):
    found = health(now=NOW).witnesses
    assert [one.name for one in found] == ["audit.example/w1", "county.example/w2"]
    assert {one.state for one in found} == {WitnessState.AGREEING}
    assert found[1].at == START + timedelta(hours=7, seconds=1)
    assert {one.size for one in found} == {Checkpoint.objects.get().size}


def test_a_retired_witness_is_not_listed(story):
    from guiju.base.record.actions import retire_witness  # noqa: PLC0415 - needs Django set up

    retire_witness(name="audit.example/w1", reason="换届", by=CHIEF, at=NOW)
    assert [one.name for one in health(now=NOW).witnesses] == ["county.example/w2"]
    assert Witness.objects.count() == 2


def test_a_checkpoint_is_late_after_its_time(story):
    signed = Checkpoint.objects.get().at
    assert not health(now=signed + LATE).is_late
    found = health(now=signed + LATE + timedelta(seconds=1))
    assert found.is_late
    assert str(sealing_badge(found).label) == "检查点过时"


def test_an_empty_record_is_late_and_unwitnessed(client, data_folder):
    found = health(now=NOW)
    assert (found.size, found.waiting, found.head, found.floor) == (0, 0, None, None)
    assert found.is_late
    assert not found.is_witnessed
    shown = page(client)
    assert "还没有签发过" in shown
    assert "还没有见证方" in shown
    assert client.get("/record/state/checkpoint").status_code == 404


def test_days_are_counted_in_chinese_time(data_folder):
    midnight = datetime(2026, 11, 19, 16, 0, tzinfo=UTC)
    record_some(3, at=midnight - timedelta(microseconds=1))
    record_some(5, at=midnight)
    record_some(2, at=midnight - timedelta(days=30))
    found = growth(now=midnight + timedelta(hours=1), days=30)
    assert len(found) == 30
    assert [day for day in found if day.count] == [
        Day(date(2026, 11, 19), 3), Day(date(2026, 11, 20), 5),
    ]  # fmt: skip


def test_a_halted_record_says_so_and_why(client, story):
    assert "已停止写入" not in page(client)
    floor.halt(zh("见证方<b>不认可</b>。"))
    shown = page(client)
    assert "已停止写入，现在什么也不能办。" in shown
    assert "见证方&lt;b&gt;不认可&lt;/b&gt;。" in shown
    assert places.halt_file().exists()


def test_a_record_below_its_floor_says_so(client, story):
    record_some(300, at=NOW)
    sequencer.seal_waiting()
    higher = bytes(checkpoints.sign_if_due(at=NOW).note)
    assert "被退回到了从前" not in page(client)
    text = higher.replace(b"\n316\n", b"\n999\n")
    assert text != higher
    places.floor_file().write_bytes(text)
    shown = page(client)
    assert "少于已公布的 999 条" in shown
    assert "被退回到了从前" in shown


def test_the_worker_is_alive_late_or_in_trouble(client, story):
    assert "没有消息" in page(client)
    heartbeat.beat(Heartbeat(1, datetime.now(UTC), ""))
    assert "在运行" in page(client)
    heartbeat.beat(Heartbeat(1, datetime.now(UTC) - timedelta(hours=1), "<i>磁盘已满</i>"))
    shown = page(client)
    assert "久无消息" in shown
    assert "&lt;i&gt;磁盘已满&lt;/i&gt;" in shown


def test_without_a_quorum_nobody_is_demanded(data_folder):
    record_some(1, at=START)
    sequencer.seal_waiting()
    checkpoints.sign_if_due(at=START)
    assert str(witnessed_badge(health(now=START)).label) == "不要求见证"


def test_the_checkpoint_is_given_with_its_cosignatures(client, story):
    response = client.get("/record/state/checkpoint")
    assert response.content == checkpoints.cosigned_note(Checkpoint.objects.get())
    assert response.content.count("— ".encode()) == 3
    assert response["Content-Disposition"] == 'attachment; filename="checkpoint"'


def test_waiting_events_are_counted_up_to_a_bound(client, story, monkeypatch):
    monkeypatch.setattr("guiju.base.record.health.MOST_WAITING", 3)
    assert "3 以上" in page(client)
    assert MOST_WAITING > 3


def test_bars_are_as_high_as_their_counts_and_none_is_lost():
    days = [Day(date(2026, 11, n + 1), count) for n, count in enumerate((0, 1, 5_000, 10_000))]
    drawn = bars(days)
    assert [bar.height for bar in drawn] == [0, 2, HEIGHT // 2, HEIGHT]
    assert all(bar.y + bar.height == HEIGHT for bar in drawn)
    assert [bar.x for bar in drawn] == [n * STEP + (STEP - WIDTH) // 2 for n in range(4)]
    assert [bar.height for bar in bars(days[:1])] == [0]
    assert bars([]) == ()
