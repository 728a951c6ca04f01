"""An event's page: what it says, its exact bytes, and a proof that others can check."""

import json
import uuid
from datetime import timedelta

import pytest

from guiju.base.record import checkpoints, proving, sequencer, wall
from guiju.base.record.models import Checkpoint, Cosignature, Event, Leaf
from guiju.base.record.signing import log_key, origin_of
from guiju.base.record.tree_store import SM3_SUITE
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import parse_key
from guiju.core.ledger.proof import parse_proof, verify_proof
from guiju.core.ledger.quorum import Policy
from guiju.core.terms import Role
from ledger_reference.ed25519 import verify
from readers import reader
from record_story import CHIEF, START, cosign_latest, register_witness, submit, tell_story
from recorded import record_some

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(db):
    return reader(Role.AUDIT_ADMIN)


@pytest.fixture
def story(data_folder):
    return tell_story()


def page(client, key):
    response = client.get(f"/record/event/{key}/")
    assert response.status_code == 200
    return response.content.decode()


def policy(quorum=2):
    from guiju.base.record.models import Witness  # noqa: PLC0415 - needs Django set up

    keys = tuple(parse_key(one.vkey) for one in Witness.objects.all())
    return Policy(log_key().key.name, (log_key().key,), keys, quorum=quorum)


def test_the_page_tells_everything_that_the_event_says(client, story):
    shown = page(client, story.submitted)
    assert "（已密封）提交申请，材料 3 份：合同.pdf、验收单.pdf、发票.pdf" in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "<script>alert" not in shown
    for word in ("person:3f1c", "post:registrar", "unit:education", "item:77", "matter:413"):
        assert word in shown
    assert "原文与检查点相符" in shown
    assert "audit.example/w1" in shown
    assert "county.example/w2" in shown
    assert "2 / 要求 2 家" in shown
    assert f"guiju verify {story.submitted}.tlog-proof" in shown


def test_what_was_erased_is_gone_from_the_page_and_still_proved(client, story):
    shown = page(client, story.erased)
    assert "已依法删除提交申请" in shown
    assert "李文静" not in shown
    assert "原文与检查点相符" in shown


def test_findings_and_the_rest_of_the_same_act_are_listed(client, story):
    shown = page(client, story.alerted)
    assert "监督所见" in shown
    assert "同一次操作的其他事件" in shown
    assert shown.count('<li class="item') == 3
    finding = Event.objects.filter(kind="record.finding.raised").order_by("id").first()
    assert f'href="/record/event/{story.alerted}/"' in page(client, finding.key)


def test_the_entry_is_given_byte_for_byte(client, story):
    response = client.get(f"/record/event/{story.submitted}.json")
    assert response.content == bytes(Event.objects.get(key=story.submitted).entry)
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="{story.submitted}.json"'


def test_the_proof_convinces_a_stranger(client, story):
    entry = client.get(f"/record/event/{story.erased}.json").content
    given = client.get(f"/record/event/{story.erased}.tlog-proof").content
    checkpoint, witnessed = verify_proof(parse_proof(given), entry, policy(), verify=verify)
    assert checkpoint.origin == log_key().key.name
    assert {one.key.name for one in witnessed} == {"audit.example/w1", "county.example/w2"}
    with pytest.raises(Invalid):
        verify_proof(parse_proof(given), entry + b" ", policy(), verify=verify)


def test_every_sealed_event_is_proved(client, story):
    for leaf in Leaf.objects.all():
        event = Event.objects.get(pk=leaf.event_id)
        given = client.get(f"/record/event/{event.key}.tlog-proof").content
        verify_proof(parse_proof(given), bytes(event.entry), policy(), verify=verify)


def test_a_waiting_event_has_no_proof_yet(client, story):
    waiting = Event.objects.order_by("-id").first()
    assert "待入账" in page(client, waiting.key)
    assert client.get(f"/record/event/{waiting.key}.json").status_code == 200
    assert client.get(f"/record/event/{waiting.key}.tlog-proof").status_code == 404
    sequencer.seal_waiting()
    assert "还没有覆盖它的检查点" in page(client, waiting.key)
    assert client.get(f"/record/event/{waiting.key}.tlog-proof").status_code == 404
    checkpoints.sign_if_due(at=START + timedelta(days=1))
    shown = page(client, waiting.key)
    assert "见证未足" in shown
    assert "0 / 要求 2 家" in shown


def test_a_witnessed_checkpoint_is_preferred_to_a_newer_one(story):
    witnessed = Checkpoint.objects.get()
    record_some(5, at=START + timedelta(days=1))
    sequencer.seal_waiting()
    newer = checkpoints.sign_if_due(at=START + timedelta(days=1))
    event = Event.objects.get(key=story.submitted)
    leaf = Leaf.objects.get(event_id=event.pk).seq
    assert proving.prove(bytes(event.entry), leaf).head.size == witnessed.size < newer.size
    last = Leaf.objects.order_by("-seq").first()
    entry = bytes(Event.objects.get(pk=last.event_id).entry)
    assert proving.prove(entry, last.seq).head.size == newer.size


def test_half_a_quorum_is_none(data_folder):
    keys = [register_witness(name, at=START) for name in ("a.example/w1", "b.example/w2")]
    submit("person:li", at=START)
    sequencer.seal_waiting()
    half = cosign_latest(keys[:1], at=START)
    assert proving.newest_witnessed(2) is None
    assert proving.newest_witnessed(1) == half
    assert proving.newest_witnessed(0) == half


def test_the_side_trees_checkpoint_proves_nothing_here(data_folder):
    submit("person:li", at=START)
    sequencer.seal_waiting()
    side = checkpoints.sign_if_due(at=START, suite=SM3_SUITE)
    assert origin_of(log_key(), SM3_SUITE).encode() in bytes(side.note)
    with wall.opened():
        Cosignature.objects.create(
            checkpoint_id=side.pk, witness="a.example/w1", size=1, line="— a x\n", at=START
        )
    assert proving.newest_witnessed(1) is None
    assert proving.prove(b"{}", 0) is None


def test_changed_bytes_are_told_in_red(client, story):
    """Triggers refuse such a change; the page would find it all the same."""
    event = Event.objects.get(key=story.submitted)
    leaf = Leaf.objects.get(event_id=event.pk).seq
    assert proving.prove(bytes(event.entry), leaf).holds
    assert not proving.prove(bytes(event.entry) + b" ", leaf).holds


def test_an_event_of_an_unknown_type_shows_its_bytes(client, story):
    key = uuid.uuid4()
    with wall.opened():
        Event.objects.create(
            key=key, kind="future.thing.done", version=3, at=START, actor="system", post="",
            unit="", object="", matter="", request=uuid.uuid4(),
            entry=json.dumps({"data": {"deep": {"a": [1, {"b": "<i>"}]}}}).encode(),
        )  # fmt: skip
    shown = page(client, key)
    assert "本版程序不认识「future.thing.done」第 3 版" in shown
    assert "{&quot;a&quot;: [1, {&quot;b&quot;: &quot;&lt;i&gt;&quot;}]}" in shown


@pytest.mark.parametrize("ending", ["/", ".json", ".tlog-proof"])
def test_what_is_no_event_is_not_found(client, story, ending):
    for name in (uuid.uuid4(), "x", "00000000-0000-0000-0000-00000000000g"):
        assert client.get(f"/record/event/{name}{ending}").status_code == 404
    assert client.post(f"/record/event/{story.submitted}{ending}").status_code == 405


def test_queries_do_not_grow_with_the_log(client, data_folder, django_assert_max_num_queries):
    tell_story()
    key = submit("person:li", at=START, by=CHIEF)
    record_some(700, at=START)
    sequencer.seal_waiting()
    checkpoints.sign_if_due(at=START + timedelta(days=2))
    with django_assert_max_num_queries(15):
        assert "原文与检查点相符" in page(client, key)
