"""Sealing: every event gets one number, the trees are those of RFC 6962, proofs hold."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from guiju.base.record import checkpoints, floor, places, sequencer, side_tree, tree_store, wall
from guiju.base.record.export import entries
from guiju.base.record.models import Checkpoint, Event, Leaf, Node, Outbox
from guiju.base.record.signing import log_key
from guiju.base.record.tree_store import SHA256, SM3_SUITE
from guiju.core.errors import Denied
from guiju.core.ledger.checkpoint import Checkpoint as Text
from guiju.core.ledger.checkpoint import open_checkpoint
from guiju.core.ledger.keys import sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.proofs import (
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
)
from guiju.core.ledger.tree import TreeHead, hash_leaf
from guiju.core.sentence import zh
from guiju.exchange.record_files.suites import sm3
from ledger_reference.ed25519 import verify
from ledger_reference.rfc9162 import mth
from recorded import NOON, record_some
from tampering import without_triggers


def sealed_entries():
    return entries(0, tree_store.size())


@pytest.mark.django_db
@pytest.mark.parametrize("batches", [[1], [255, 1, 1], [256], [300, 300], [7, 249, 256, 100, 1]])
def test_the_tree_is_that_of_the_rfc_however_it_grew(data_folder, batches):
    for count in batches:
        record_some(count)
        assert sequencer.seal_waiting() == count
    size = sum(batches)
    assert tree_store.size() == size
    assert tree_store.head_at(size).root == mth(sealed_entries())
    assert tree_store.frontier(size).root() == mth(sealed_entries())
    assert tree_store.head_at(size, SM3_SUITE).root == mth(sealed_entries(), openssl_sm3)


def openssl_sm3(data):
    return hashlib.new("sm3", data).digest()


@pytest.mark.django_db
def test_sm3_is_the_standards():
    """GB/T 32905-2016, appendix A.1: the digest of "abc"."""
    assert sm3(b"abc").hex() == ("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")


@pytest.mark.django_db
def test_at_most_so_many_at_once_in_order_of_arrival(data_folder):
    record_some(10)
    assert sequencer.seal_waiting(most=4) == 4
    assert sequencer.seal_waiting(most=4) == 4
    assert sequencer.seal_waiting(most=4) == 2
    assert sequencer.seal_waiting(most=4) == 0
    order = list(Leaf.objects.order_by("seq").values_list("event_id", flat=True))
    assert order == list(Event.objects.order_by("id").values_list("pk", flat=True))
    assert not Outbox.objects.exists()


@pytest.mark.django_db
def test_every_inclusion_and_consistency_proof_holds(data_folder):
    record_some(600)
    sequencer.seal_waiting()
    head, node = tree_store.head_at(600), tree_store.nodes(600)
    for index, entry in enumerate(sealed_entries()):
        path = prove_inclusion(node, index=index, size=600)
        check_inclusion(hash_leaf(entry), index=index, head=head, path=path)
    for old in range(0, 601, 7):
        path = prove_consistency(node, old=old, size=600)
        check_consistency(tree_store.head_at(old), head, path)


@pytest.mark.django_db
def test_a_proof_takes_six_queries_at_most(data_folder, django_assert_max_num_queries):
    record_some(1500)
    sequencer.seal_waiting()
    with django_assert_max_num_queries(6):
        prove_inclusion(tree_store.nodes(1500), index=700, size=1500)


@pytest.mark.django_db
def test_a_proof_around_a_leaf_is_the_same_with_a_query_a_level(
    data_folder, django_assert_max_num_queries
):
    record_some(1500)
    sequencer.seal_waiting()
    for index in (0, 255, 256, 700, 1279, 1280, 1499):
        with django_assert_max_num_queries(2):
            node = tree_store.nodes(1500, around=index)
            quick = prove_inclusion(node, index=index, size=1500)
        assert quick == prove_inclusion(tree_store.nodes(1500), index=index, size=1500)


@pytest.mark.django_db
def test_of_inner_nodes_only_every_eighth_level_is_stored(data_folder):
    record_some(600)
    sequencer.seal_waiting()
    found = Node.objects.filter(suite="sha256").values_list("level", "index")
    assert sorted(found) == [(1, 0), (1, 1)]


def test_a_waiting_event_that_was_changed_is_not_sealed_and_writing_stops(record_database):
    record_some(3)
    changed = Event.objects.order_by("id")[1]
    with without_triggers("record_event") as cursor:
        entry = bytes(changed.entry)
        cursor.execute(
            "UPDATE record_event SET entry = %s WHERE id = %s", [entry + b" ", changed.pk]
        )
    with pytest.raises(Denied, match=f"事件 {changed.pk} 在等待封存时被改动过") as refused:
        sequencer.seal_waiting()
    assert refused.value.code == "RECORD-14"
    assert not Leaf.objects.exists()
    with pytest.raises(Denied) as halted:
        record_some(1)
    assert halted.value.code == "RECORD-10"

    with without_triggers("record_event") as cursor:
        cursor.execute("UPDATE record_event SET entry = %s WHERE id = %s", [entry, changed.pk])
    places.halt_file().unlink()
    assert sequencer.seal_waiting() == 3


def test_a_crash_before_the_commit_leaves_everything_waiting(record_database):
    record_some(5)
    with pytest.raises(ZeroDivisionError), wall.opened(), transaction.atomic():
        sequencer.seal_waiting()
        raise ZeroDivisionError
    assert (Outbox.objects.count(), Leaf.objects.count()) == (5, 0)
    assert sequencer.seal_waiting() == 5


def test_rival_sequencers_seal_each_event_once(record_database):
    record_some(900)
    rivals = [threading.Thread(target=seal_all) for _ in range(4)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()
    seal_all()
    assert not Outbox.objects.exists()
    assert Leaf.objects.count() == Event.objects.count() == 900
    assert tree_store.head_at(900).root == mth(sealed_entries())


def seal_all():
    try:
        for _ in range(200):
            if not sequencer.seal_waiting(most=10) and not Outbox.objects.exists():
                return
    finally:
        connections.close_all()


def test_writers_and_sequencer_at_once_lose_and_double_nothing(record_database):
    writers = [threading.Thread(target=write_ten) for _ in range(8)]
    sealer = threading.Thread(target=seal_all)
    for thread in (*writers, sealer):
        thread.start()
    for thread in (*writers, sealer):
        thread.join()
    seal_all()
    assert Event.objects.count() == Leaf.objects.count() == 80
    assert tree_store.head_at(80).root == mth(sealed_entries())


def write_ten():
    try:
        for _ in range(10):
            record_some(1)
    finally:
        connections.close_all()


@pytest.mark.django_db
def test_a_checkpoint_is_signed_when_the_tree_grew_and_hourly(data_folder):
    assert checkpoints.sign_if_due(at=NOON) is None
    record_some(3)
    sequencer.seal_waiting()
    first = checkpoints.sign_if_due(at=NOON)
    assert first.size == 3
    assert checkpoints.sign_if_due(at=NOON + timedelta(minutes=59)) is None
    assert checkpoints.sign_if_due(at=NOON + timedelta(minutes=60)).size == 3
    record_some(1)
    sequencer.seal_waiting()
    assert checkpoints.sign_if_due(at=NOON + timedelta(minutes=60, seconds=1)) is None
    assert checkpoints.sign_if_due(at=NOON + timedelta(minutes=60, seconds=2)).size == 4
    assert Checkpoint.objects.count() == 3


@pytest.mark.django_db
def test_a_checkpoint_verifies_with_another_implementation(data_folder):
    record_some(5)
    sequencer.seal_waiting()
    note = bytes(checkpoints.sign_if_due(at=NOON).note)
    key = log_key().key
    seen, _ = open_checkpoint(note, origin="tests.example/record", keys=[key], verify=verify)
    assert seen.head.root == mth(sealed_entries())


@pytest.mark.django_db
def test_the_side_trees_root_enters_once_a_day(data_folder):
    record_some(5)
    sequencer.seal_waiting()
    assert side_tree.enter_root(at=NOON)
    assert not side_tree.enter_root(at=NOON + timedelta(hours=11))
    assert side_tree.enter_root(at=NOON + timedelta(hours=12))  # midnight in China
    roots = Event.objects.filter(kind="record.side_tree.rooted")
    assert roots.count() == 2


class TestFloor:
    """A record that was rolled back or rewritten is refused (engine.md, "Restore")."""

    @pytest.fixture(autouse=True)
    def grown(self, db, data_folder):
        record_some(10)
        sequencer.seal_waiting()
        checkpoints.sign_if_due(at=NOON)

    def test_the_same_or_a_larger_tree_passes(self):
        floor.check_floor()
        record_some(1)
        sequencer.seal_waiting()
        floor.check_floor()

    def test_without_a_floor_anything_passes(self):
        places.floor_file().unlink()
        floor.check_floor()

    def test_a_smaller_tree_is_refused(self):
        forged(11)
        with pytest.raises(Denied) as caught:
            floor.check_floor()
        assert caught.value.code == "RECORD-11"
        assert "10 条" in str(caught.value)

    def test_another_tree_of_the_same_size_is_refused(self):
        forged(10)
        with pytest.raises(Denied) as caught:
            floor.check_floor()
        assert caught.value.code == "RECORD-12"

    def test_nothing_is_signed_below_the_floor(self):
        forged(11)
        with pytest.raises(Denied):
            checkpoints.sign_if_due(at=NOON + timedelta(hours=2))
        assert Checkpoint.objects.count() == 1

    def test_an_older_checkpoint_does_not_lower_it(self):
        old = bytes(Checkpoint.objects.get().note)
        record_some(5)
        sequencer.seal_waiting()
        checkpoints.sign_if_due(at=NOON + timedelta(minutes=1))
        floor.raise_floor(old)
        assert floor.floor().size == 15

    def test_halted_means_no_sealing(self):
        floor.halt(zh("试。"))
        record = Outbox.objects.count()
        with pytest.raises(Denied) as caught:
            sequencer.seal_waiting()
        assert caught.value.code == "RECORD-10"
        assert Outbox.objects.count() == record


def forged(size):
    """Raise the floor to a tree of that size with a root that is not ours, signed all the same."""
    key = log_key()
    text = Text(key.key.name, TreeHead(size, b"x" * 32)).text()
    floor.raise_floor(SignedNote(text, (sign_text(text, key.key, key.sign),)).encode())


@pytest.mark.django_db
@pytest.mark.parametrize("batch", [50, 200])
def test_sealing_takes_a_fixed_number_of_queries(data_folder, django_assert_max_num_queries, batch):
    record_some(900)
    sequencer.seal_waiting(most=500)
    with django_assert_max_num_queries(16):
        sequencer.seal_waiting(most=batch)


def test_suites_name_their_column():
    assert {SHA256.name, SM3_SUITE.name} <= {field.name for field in Leaf._meta.fields}
