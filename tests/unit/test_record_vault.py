"""Personal data: sealed, checkable, and gone for good when its key is destroyed."""

import os
import threading
from datetime import UTC, datetime

import pytest
from django.db import transaction

from guiju.base.record import erasure, places, sequencer, tree_store, vault, wall
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import EventType, Personal, register
from guiju.base.record.export import entries
from guiju.base.record.key_store import KeyStore
from guiju.base.record.models import Event, Sealed
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.entry import decode_entry
from guiju.core.ledger.lines import read_base64
from guiju.core.ledger.proofs import check_inclusion, prove_inclusion
from guiju.core.ledger.tree import hash_leaf
from guiju.core.sentence import zh

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
OFFICER = Actor("person:officer")
MET = register(
    EventType("tests.person.met", zh("见{name}"), {"name": zh("人")}, frozenset({"name"}))
)


def meet(person="person:9", name="欧阳娜娜"):
    with recording(MET(object="x", name=Personal(person, name)), by=OFFICER, at=NOON):
        pass
    return Event.objects.latest("id")


def erase(person="person:9", **changes):
    words = {"authority": "个人信息保护法第47条", "reason": "目的已实现"} | changes
    erasure.erase_person(person=person, by=OFFICER, at=NOON, **words)


@pytest.mark.django_db
def test_a_value_can_be_read_while_its_key_lives(data_folder):
    event = meet()
    assert vault.open_values([event.key]) == {event.key: {"name": "欧阳娜娜"}}


@pytest.mark.django_db
def test_many_events_are_opened_with_one_query(data_folder, django_assert_num_queries):
    keys = [meet(name=str(number)).key for number in range(20)]
    with django_assert_num_queries(1):
        assert len(vault.open_values(keys)) == 20


@pytest.mark.django_db
def test_a_value_fits_its_commitment(data_folder):
    event = meet()
    said = decode_entry(bytes(event.entry))["data"]["name"]
    commitment = read_base64(said["commitment"], line=1)
    row = Sealed.objects.get()
    assert vault.check_value(row, commitment)
    with pytest.raises(Invalid) as caught:
        vault.check_value(row, bytes(32))
    assert caught.value.code == "LEDGER-71"


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["path", "event_key", "box"])
def test_a_box_opens_only_in_its_place(data_folder, change):
    event = meet()
    row = Sealed.objects.get()
    if change == "box":
        row.box = bytes(row.box)[:-1] + bytes([bytes(row.box)[-1] ^ 1])
    else:
        setattr(row, change, "other" if change == "path" else event.request)
    with pytest.raises(Invalid) as caught:
        vault.check_value(row, bytes(32))
    assert caught.value.code == "RECORD-21"


def test_erasing_leaves_nothing_to_read_and_every_proof_holds(record_database):
    event = meet()
    erase()
    sequencer.seal_waiting()
    assert vault.open_values([event.key]) == {}
    assert not vault.check_value(Sealed.objects.get(), bytes(32))
    head = tree_store.head_at(2)
    for index, entry in enumerate(entries(0, 2)):
        path = prove_inclusion(tree_store.nodes(2), index=index, size=2)
        check_inclusion(hash_leaf(entry), index=index, head=head, path=path)
    last = Event.objects.latest("id")
    assert last.kind == "record.person.erased"
    assert decode_entry(bytes(last.entry))["data"]["authority"] == "个人信息保护法第47条"


def test_the_key_dies_only_after_the_commit(record_database):
    event = meet()
    with pytest.raises(ZeroDivisionError), wall.opened(), transaction.atomic():
        erase()
        raise ZeroDivisionError
    assert vault.open_values([event.key])
    erase()
    assert not vault.open_values([event.key])


def test_a_key_that_came_back_is_destroyed_again(record_database):
    """A restored key store knows keys from before the erasure; the log knows better."""
    event = meet()
    path = next(vault.key_store().files())
    key = path.read_bytes()
    erase()
    for left in vault.key_store().files():
        left.unlink()
    path.write_bytes(key)
    assert vault.open_values([event.key])
    assert erasure.apply_erasures() == 1
    assert not vault.open_values([event.key])
    assert erasure.apply_erasures() == 0


def test_others_are_not_touched(record_database):
    meet()
    other = meet(person="person:10", name="李四")
    erase()
    assert vault.open_values([other.key]) == {other.key: {"name": "李四"}}


def test_nothing_is_kept_again_about_an_erased_person(record_database):
    meet()
    erase()
    with pytest.raises(Denied) as caught:
        meet()
    assert caught.value.code == "RECORD-20"
    assert Event.objects.filter(kind=MET.kind).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["authority", "reason"])
def test_erasing_needs_a_basis_and_a_reason(data_folder, missing):
    with pytest.raises(Invalid) as caught:
        erase(**{missing: "  "})
    assert caught.value.code == "RECORD-22"
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_values_that_no_entry_holds_are_refused(data_folder):
    with pytest.raises(Invalid) as caught:
        meet(name=1.5)
    assert caught.value.code == "LEDGER-04"
    assert not Sealed.objects.exists()


class TestKeyStore:
    @pytest.fixture
    def store(self, tmp_path):
        return KeyStore(tmp_path / "people")

    def test_a_key_is_made_once_and_kept(self, store):
        assert store.key("person:1") is None
        key = store.make_key("person:1")
        assert len(key) == 32
        assert store.make_key("person:1") == store.key("person:1") == key
        assert store.make_key("person:2") != key

    def test_a_key_is_for_its_owner_alone(self, store):
        store.make_key("person:1")
        modes = {path.stat().st_mode & 0o777 for path in store.files()}
        assert modes == {0o600}
        assert store.folder.stat().st_mode & 0o777 == 0o700

    def test_names_do_not_show(self, store):
        store.make_key("person:zhangsan")
        assert "zhangsan" not in "".join(map(str, store.files()))

    def test_racing_makers_agree_on_one_key(self, store):
        keys = []
        makers = [
            threading.Thread(target=lambda: keys.append(store.make_key("person:1")))
            for _ in range(16)
        ]
        for maker in makers:
            maker.start()
        for maker in makers:
            maker.join()
        assert len(keys) == 16
        assert len(set(keys)) == 1
        assert [path.name for path in store.folder.rglob(".guiju-*")] == []

    def test_erasing_overwrites_removes_and_leaves_a_tombstone(self, store):
        store.make_key("person:1")
        path = next(store.files())
        spare = path.with_suffix(".spare")
        os.link(path, spare)
        store.erase("person:1")
        assert spare.read_bytes() == bytes(32)
        assert store.key("person:1") is None
        assert store.is_erased("person:1")
        store.erase("person:1")
        with pytest.raises(Denied):
            store.make_key("person:1")

    def test_an_erasure_cut_short_leaves_no_key(self, store):
        store.make_key("person:1")
        next(store.files()).write_bytes(bytes(32))
        assert store.key("person:1") is None

    def test_an_unknown_person_can_be_erased_in_advance(self, store):
        store.erase("person:never")
        with pytest.raises(Denied):
            store.make_key("person:never")


@pytest.mark.django_db
def test_the_key_is_on_disk_before_the_commit(data_folder):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        meet()
        assert len(list(KeyStore(places.people_keys()).files())) == 1
        raise ZeroDivisionError
