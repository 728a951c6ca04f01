"""Witnesses of the record: who counts, what they answer, and what stops all writing."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from guiju.base.record import actions, checkpoints, clockwork, floor, places, wall
from guiju.base.record.actor import Actor
from guiju.base.record.models import Cosignature, Event, Quorum, Witness
from guiju.base.record.signing import log_key
from guiju.base.signing_keys import create_signing_key
from guiju.base.witness.cosigning import add_checkpoint
from guiju.base.witness.folder import create_witness
from guiju.base.witness.web import application
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.ledger.checkpoint import Checkpoint as Text
from guiju.core.ledger.keys import KeyKind, parse_key, sign_text
from guiju.core.ledger.note import SignedNote
from guiju.core.ledger.quorum import Policy, open_cosigned
from guiju.core.ledger.tree import TreeHead
from guiju.core.ledger.witness import WitnessRequest
from ledger_reference.ed25519 import verify
from recorded import NOON, record_some

OFFICER = Actor("person:officer")


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        pass


@contextmanager
def answering(app):
    """Serve a real WSGI application on a free port; give its address."""
    server = make_server("127.0.0.1", 0, app, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def body(tmp_path, data_folder):
    """Another body's witness, which trusts our log."""
    witness = create_witness(tmp_path / "audit", "audit.example/w1")
    witness.store.trust(log_key().key, origin=log_key().key.name, at=0)
    return witness


@pytest.fixture
def address(body):
    with answering(application(body, now=lambda: 1_795_000_000)) as url:
        yield url


def register(body, url, **changes):
    who = {"vkey": str(body.key), "url": url, "by": OFFICER, "at": NOON} | changes
    return actions.register_witness(**who)


def grow(count=3, at=NOON):
    record_some(count, at=at)
    clockwork.tick(at=at)


def kinds():
    return list(Event.objects.order_by("id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_a_checkpoint_is_cosigned_and_verifies_elsewhere(body, address):
    register(body, address)
    grow()
    assert clockwork.witness_round(at=NOON) == 1
    note = checkpoints.cosigned_note(checkpoints.latest())
    key = log_key().key
    policy = Policy(key.name, (key,), (parse_key(str(body.key)),), quorum=1)
    _, signed = open_cosigned(note, policy, verify)
    assert [one.at for one in signed] == [1_795_000_000]
    assert Witness.objects.get().state == "agreeing"


@pytest.mark.django_db
def test_nobody_is_asked_twice_for_one_checkpoint(body, address):
    register(body, address)
    grow()
    assert clockwork.witness_round(at=NOON) == 1
    assert clockwork.witness_round(at=NOON) == 0
    assert Cosignature.objects.count() == 1


@pytest.mark.django_db
def test_consistency_is_proved_from_one_checkpoint_to_the_next(body, address):
    register(body, address)
    for round_ in range(4):
        grow(100, at=NOON + timedelta(hours=round_))
        assert clockwork.witness_round(at=NOON) == 1
    sizes = list(Cosignature.objects.order_by("id").values_list("size", flat=True))
    assert sizes == sorted(set(sizes))
    assert len(sizes) == 4


@pytest.mark.django_db
def test_a_silent_witness_is_an_event_once_and_its_return_another(body):
    with answering(application(body)) as url:
        register(body, url)
    grow()
    for _ in range(3):
        assert clockwork.witness_round(at=NOON) == 0
    assert kinds().count("record.witness.fell_silent") == 1
    assert Witness.objects.get().state == "silent"
    with answering(application(body)) as url:
        Move.to(url)
        clockwork.tick(at=NOON)
        assert clockwork.witness_round(at=NOON) == 1
    assert kinds().count("record.witness.returned") == 1


class Move:
    """Gives a witness another address, as its own registration would after retiring it."""

    @staticmethod
    def to(url):
        with wall.opened():
            Witness.objects.update(url=url)


@pytest.mark.django_db
def test_a_witness_with_a_larger_tree_of_ours_stops_all_writing(body, address):
    """A rolled-back database: the witness shows our own signature under what is gone."""
    register(body, address)
    grow()
    cosign_forged(body, TreeHead(50, b"r" * 32))
    clockwork.witness_round(at=NOON)
    assert "record.witness.disagreed" in kinds()
    with pytest.raises(Denied) as caught:
        record_some(1)
    assert caught.value.code == "RECORD-10"
    assert "50 条" in str(caught.value)


@pytest.mark.django_db
def test_a_witness_with_another_tree_of_the_same_size_stops_all_writing(body, address):
    """A rewritten record."""
    register(body, address)
    grow()
    size = checkpoints.latest().size
    cosign_forged(body, TreeHead(size, b"r" * 32))
    clockwork.witness_round(at=NOON)
    assert places.halt_file().exists()
    with pytest.raises(Denied):
        clockwork.tick(at=NOON)


def cosign_forged(body, head):
    """Let the witness cosign a tree that our key signed and that we do not have."""
    key = log_key()
    text = Text(key.key.name, head).text()
    note = SignedNote(text, (sign_text(text, key.key, key.sign),)).encode()
    answered = add_checkpoint(body, WitnessRequest(0, (), note).encode(), now=lambda: 1_795_000_000)
    assert answered.cosigned is not None


@pytest.mark.django_db
def test_a_mere_claim_stops_nothing(body):
    """A defective or hostile witness cannot bring a body to a standstill."""

    def liar(environ, start_response):
        start_response("409 Conflict", [("Content-Type", "text/x.tlog.size")])
        return [b"99999\n"]

    with answering(liar) as url:
        register(body, url)
        grow()
        assert clockwork.witness_round(at=NOON) == 0
    assert "record.witness.disagreed" in kinds()
    record_some(1)
    assert not places.halt_file().exists()


@pytest.mark.django_db
def test_a_forged_cosignature_is_not_kept(body, tmp_path):
    stranger = create_witness(tmp_path / "stranger", "audit.example/w1")
    stranger.store.trust(log_key().key, origin=log_key().key.name, at=0)
    with answering(application(stranger)) as url:
        register(body, url)
        grow()
        assert clockwork.witness_round(at=NOON) == 0
    assert not Cosignature.objects.exists()
    assert Witness.objects.get().state == "silent"


@pytest.mark.django_db
def test_registering_and_retiring_are_events(body, address):
    register(body, address)
    actions.retire_witness(name=body.key.name, reason="机构撤销", by=OFFICER, at=NOON)
    assert kinds() == ["record.witness.registered", "record.witness.retired"]
    grow()
    assert clockwork.witness_round(at=NOON) == 0


@pytest.mark.django_db
def test_a_witness_is_registered_once(body, address):
    register(body, address)
    with pytest.raises(Conflict) as caught:
        register(body, address)
    assert caught.value.code == "RECORD-31"
    assert kinds() == ["record.witness.registered"]


@pytest.mark.django_db
def test_our_own_or_a_logs_key_is_no_witness(body, tmp_path):
    with pytest.raises(Invalid) as caught:
        actions.register_witness(vkey=str(log_key().key), url="", by=OFFICER, at=NOON)
    assert caught.value.code == "RECORD-30"
    other = create_signing_key(tmp_path / "k", name="other.example", kind=KeyKind.ED25519)
    with pytest.raises(Invalid) as caught:
        actions.register_witness(vkey=str(other.key), url="", by=OFFICER, at=NOON)
    assert caught.value.code == "RECORD-30"
    assert register(body, "").name == "audit.example/w1"


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["ftp://x", "file:///etc/passwd", "http://", "x", "http://a b"])
def test_an_address_must_be_one(body, url):
    with pytest.raises(Invalid) as caught:
        register(body, url)
    assert caught.value.code == "WITNESS-20"
    assert not Witness.objects.exists()


@pytest.mark.django_db
def test_unknown_witnesses_and_empty_reasons_are_refused(body, address):
    register(body, address)
    for name, reason in (("nobody", "x"), (body.key.name, " ")):
        with pytest.raises(Invalid) as caught:
            actions.retire_witness(name=name, reason=reason, by=OFFICER, at=NOON)
        assert caught.value.code == "RECORD-32"


@pytest.mark.django_db
def test_the_quorum_is_data_and_within_reach(body, address):
    with pytest.raises(Invalid) as caught:
        actions.set_quorum(count=1, by=OFFICER, at=NOON)
    assert caught.value.code == "RECORD-33"
    register(body, address)
    actions.set_quorum(count=1, by=OFFICER, at=NOON)
    actions.set_quorum(count=0, by=OFFICER, at=NOON)
    assert Quorum.objects.get().count == 0
    assert kinds().count("record.quorum.set") == 2


@pytest.mark.django_db
def test_the_floor_is_what_left_the_house(body, address):
    register(body, address)
    grow()
    assert floor.floor().size == checkpoints.latest().size
