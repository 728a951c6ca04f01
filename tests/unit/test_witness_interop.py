"""Our witness as programs of other people see it: tlog-scales, and the documents' own words."""

from __future__ import annotations

import pytest

from guiju.base.witness.cosigning import add_checkpoint
from guiju.core.ledger.keys import parse_key, signed_by
from guiju.core.ledger.note import parse_note, parse_signatures
from guiju.core.ledger.witness import WitnessRequest
from ledger_reference import ed25519, vectors
from witnessing import LOG, ORIGIN, log, witness

pytest.importorskip("tlog_scales", reason="tlog-scales is not installed")

from cryptography.exceptions import InvalidSignature
from tlog_scales import signing, tlog, writer

AT = 1_700_000_100
HONEST = log()


@pytest.fixture
def audit(tmp_path):
    return witness(tmp_path / "w")


def answer(audit, body):
    return add_checkpoint(audit, body, now=lambda: AT)


def test_their_verifier_takes_what_we_cosign_and_nothing_changed(audit):
    for old, size in ((0, 1), (1, 200), (200, 391)):
        assert answer(audit, HONEST.ask(old, size).encode()).decision.status == 200
    last = audit.store.last()[ORIGIN].note.decode()
    theirs = tlog.Checkpoint.from_text(last)
    theirs.verify(signing.Vkey.from_string(str(audit.key)))
    theirs.verify(signing.Vkey.from_string(str(LOG)))
    assert (theirs.size, theirs.root_hash) == (391, HONEST.head(391).root)
    changed = tlog.Checkpoint.from_text(last.replace("\n391\n", "\n390\n"))
    with pytest.raises(InvalidSignature):
        changed.verify(signing.Vkey.from_string(str(audit.key)))


def test_their_reader_takes_the_lines_of_our_answer(audit):
    body = answer(audit, HONEST.ask(0, 80).encode()).body().decode()
    note = signing.NoteSignature.from_line(body.rstrip("\n"))
    vkey = signing.Vkey.from_string(str(audit.key))
    vkey.get_verifier().verify_note(note, tlog.Checkpoint.from_text(HONEST.checkpoint(80).decode()))
    assert signing.Ed25519CosignatureVerifier.get_timestamp(note.payload) == AT


def test_we_cosign_a_log_that_they_wrote(audit, tmp_path):
    origin = "theirs.example"
    signer = signing.PlainEd25519Signer(origin, b"a" * 32)
    audit.store.trust(parse_key(signer.vkey.serialize()), origin=origin, at=AT)
    theirs = writer.TilesWriter.create(tmp_path / "log", origin)
    for number in range(9):
        theirs.add_leaf(b"%d" % number)
    theirs.commit([signer])
    signed = (tmp_path / "log" / "checkpoint").read_bytes()
    answered = answer(audit, WitnessRequest(0, (), signed).encode())
    assert answered.decision.status == 200
    seen = tlog.Checkpoint.from_text(audit.store.last()[origin].note.decode())
    seen.verify(signing.Vkey.from_string(str(audit.key)))


def test_the_cosignature_is_over_the_documents_message(audit):
    """C2SP tlog-cosignature, "Ed25519 signed message": two lines, then the whole text."""
    cosigned = answer(audit, HONEST.ask(0, 80).encode()).demanded()
    stamp, signature = cosigned.line.signature[:8], cosigned.line.signature[8:]
    assert stamp == AT.to_bytes(8, "big")
    text = HONEST.checkpoint(80).decode().split("\n\n")[0]
    message = f"cosignature/v1\ntime {AT}\n{text}\n".encode()
    assert ed25519.verify(audit.key.public, message, signature)


def test_extension_lines_are_cosigned_too(audit):
    """C2SP tlog-cosignature: "if present MUST be included in the cosigned message"."""
    body = WitnessRequest(0, (), HONEST.checkpoint(80, "more words")).encode()
    cosigned = answer(audit, body).demanded()
    note = parse_note(audit.store.last()[ORIGIN].note)
    assert note.text.endswith("\nmore words\n")
    assert [one.key for one in signed_by(note, [audit.key], ed25519.verify)] == [audit.key]
    assert note.signatures[-1] == cosigned.line


def test_the_documents_request_is_answered_by_its_statuses(audit):
    """C2SP tlog-witness, "add-checkpoint": its example names a log that we may not know."""
    assert answer(audit, vectors.REQUEST).decision.status == 404
    audit.store.trust(LOG, origin="example.com/behind-the-sofa", at=AT)
    assert answer(audit, vectors.REQUEST).decision.status == 403
    assert answer(audit, vectors.REQUEST.replace(b"old 2", b"old 02", 1)).decision.status == 400


def test_a_public_logs_checkpoint_is_cosigned_without_the_others_lines(audit):
    log_key = parse_key(vectors.REAL_LOG)
    audit.store.trust(log_key, origin=log_key.name, at=AT)
    answered = answer(audit, WitnessRequest(0, (), vectors.REAL).encode())
    assert answered.decision.status == 200
    [line] = parse_signatures(answered.body().decode())
    kept = parse_note(audit.store.last()[log_key.name].note)
    assert [one.name for one in kept.signatures] == [log_key.name, audit.key.name]
    assert kept.signatures[-1] == line
    assert kept.text == parse_note(vectors.REAL).text
