from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint
from guiju.core.ledger.keys import Signed, cosign, parse_key
from guiju.core.ledger.note import SignedNote, parse_note
from guiju.core.ledger.proof import MOST_STEPS
from guiju.core.ledger.proofs import prove_consistency, root_at
from guiju.core.ledger.quorum import Policy, open_cosigned
from guiju.core.ledger.tree import Frontier, TreeHead
from guiju.core.ledger.witness import (
    SIZE_TYPE,
    LogKnown,
    WitnessRequest,
    add_cosignatures,
    decide,
    parse_request,
    read_known_size,
)
from ledger_reference import vectors
from ledger_reference.ed25519 import verify
from ledger_reference.parties import (
    LOG,
    ORIGIN,
    STRANGER,
    STRANGER_SIGN,
    W1,
    W1_SIGN,
    W2,
    W2_SIGN,
    checkpoint,
    grown,
)

_, NODES = grown([b"%d" % number for number in range(20)])
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


def head(size):
    return TreeHead(size, root_at(NODES, size))


def ask(old, size, *, path=None, top=None, origin=ORIGIN):
    steps = prove_consistency(NODES, old=old, size=size) if path is None else path
    return WitnessRequest(old, steps, checkpoint(top or head(size), origin=origin)).encode()


def answer(body, last=None, *, keys=(LOG,)):
    return decide(body, {ORIGIN: LogKnown(keys, last)}, verify=verify)


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code


def test_the_documents_request_is_read_and_written():
    request = parse_request(vectors.REQUEST)
    assert (request.old, len(request.path)) == (20852014, 4)
    assert len(parse_note(request.checkpoint).signatures) == 2
    assert request.encode() == vectors.REQUEST


@pytest.mark.parametrize(("old", "size"), [(0, 0), (0, 5), (5, 5), (5, 6), (8, 20), (7, 19)])
def test_a_tree_that_only_grew_is_to_be_cosigned(old, size):
    decision = answer(ask(old, size), head(old) if old else None)
    assert (decision.status, decision.refusal) == (200, None)
    assert decision.checkpoint == Checkpoint(ORIGIN, head(size))


def test_a_size_other_than_the_last_is_answered_with_the_last():
    for old in (0, 6, 9):
        decision = answer(ask(old, 20), head(7))
        assert (decision.status, decision.content_type) == (409, "text/x.tlog.size")
        assert decision.body() == b"7\n"
        assert read_known_size(decision.body()) == 7
        assert decision.refusal.code == "LEDGER-63"
        assert decision.checkpoint is None
    assert answer(ask(3, 5)).body() == b"0\n"


def test_a_size_at_which_another_root_was_seen_is_a_conflict():
    forked = TreeHead(7, bytes(32))
    decision = answer(ask(7, 7, top=forked), head(7))
    assert (decision.status, decision.refusal.code) == (409, "LEDGER-64")
    assert decision.content_type != SIZE_TYPE


def test_an_old_size_beyond_the_checkpoint_is_a_bad_request():
    decision = answer(ask(9, 8, path=()), head(9))
    assert (decision.status, decision.refusal.code) == (400, "LEDGER-61")


def test_a_log_that_nobody_registered_is_not_found():
    decision = answer(ask(0, 5, origin="other.example"))
    assert (decision.status, decision.refusal.code) == (404, "LEDGER-62")
    assert decision.content_type == "text/plain; charset=utf-8"
    assert "other.example" in decision.body().decode()


def test_a_checkpoint_without_the_logs_signature_is_forbidden():
    decision = answer(ask(0, 5), keys=(STRANGER,))
    assert (decision.status, decision.refusal.code) == (403, "LEDGER-37")
    forged = ask(0, 5).replace(b"\n5\n", b"\n6\n")
    assert answer(forged).status == 403
    assert answer(forged).refusal.code == "LEDGER-36"


@pytest.mark.parametrize(
    ("old", "size", "path"),
    [(0, 5, (bytes(32),)), (5, 5, (bytes(32),)), (5, 9, ()), (5, 9, (bytes(32),) * 4)],
)
def test_a_proof_that_does_not_hold_cannot_be_processed(old, size, path):
    decision = answer(ask(old, size, path=path), head(old) if old else None)
    assert (decision.status, decision.refusal.code) == (422, "LEDGER-16")


def test_a_rewritten_log_is_found_even_with_a_proof_of_its_own():
    _, other = grown([b"rewritten", *(b"%d" % number for number in range(1, 20))])
    top = TreeHead(20, root_at(other, 20))
    path = prove_consistency(other, old=7, size=20)
    assert answer(ask(7, 20, path=path, top=top), TreeHead(7, root_at(other, 7))).status == 200
    assert answer(ask(7, 20, path=path, top=top), head(7)).status == 422


def test_an_empty_log_has_one_root():
    assert answer(ask(0, 0, top=TreeHead(0, bytes(32)))).status == 409
    assert answer(ask(0, 0, top=Frontier().head())).status == 200


@pytest.mark.parametrize(
    ("code", "head_lines"),
    [
        ("LEDGER-60", [""]),
        ("LEDGER-60", ["Old 1"]),
        ("LEDGER-60", ["old1"]),
        ("LEDGER-10", ["old "]),
        ("LEDGER-10", ["old 01"]),
        ("LEDGER-10", ["old  1"]),
        ("LEDGER-11", ["old 1", "x"]),
        ("LEDGER-12", ["old 1", "AAAA"]),
        ("LEDGER-54", ["old 1", *[HASH] * (MOST_STEPS + 1)]),
    ],
)
def test_a_malformed_request_is_a_bad_request(code, head_lines):
    body = "\n".join(head_lines).encode() + b"\n\n" + vectors.COSIGNED
    refused(code, parse_request, body)
    decision = answer(body)
    assert (decision.status, decision.refusal.code) == (400, code)


def test_63_lines_of_proof_are_read():
    longest = "\n".join(["old 1", *[HASH] * MOST_STEPS]).encode() + b"\n\n" + vectors.COSIGNED
    assert len(parse_request(longest).path) == MOST_STEPS


@pytest.mark.parametrize("body", [b"", b"old 1\n", b"old 1\n\n", b"old 1\n\nx\n", b"\xff"])
def test_a_request_without_a_checkpoint_is_a_bad_request(body):
    assert answer(body).status == 400


@pytest.mark.parametrize("body", [b"", b"7", b"07\n", b"7\n\n", b"7 \n", b"-1\n", b"\xff\n"])
def test_a_size_that_is_no_decimal_line_is_refused(body):
    with pytest.raises(Invalid):
        read_known_size(body)


def test_cosignatures_of_known_witnesses_are_taken_into_the_note():
    note = parse_note(checkpoint(head(5), witnesses=[(W1, W1_SIGN)]))
    lines = [
        cosign(note.text, W1, at=1_700_000_100, sign=W1_SIGN),
        cosign(note.text, W2, at=1_700_000_200, sign=W2_SIGN),
        cosign(note.text, STRANGER, at=1_700_000_300, sign=STRANGER_SIGN),
    ]
    sent = "".join(map(str, lines)).encode()
    taken, signed = add_cosignatures(note, sent, witnesses=[W1, W2], verify=verify)
    assert signed == (Signed(W1, 1_700_000_100), Signed(W2, 1_700_000_200))
    assert taken == SignedNote(note.text, (note.signatures[0], *lines[:2]))
    assert parse_note(taken.encode()) == taken


def test_the_whole_round_from_request_to_cosigned_checkpoint():
    signed = checkpoint(head(9))
    body = WitnessRequest(4, prove_consistency(NODES, old=4, size=9), signed).encode()
    decision = answer(body, head(4))
    text = decision.checkpoint.text()
    sent = decision.body(cosign(text, W1, at=1_700_000_000, sign=W1_SIGN))
    taken, _ = add_cosignatures(parse_note(signed), sent, witnesses=[W1], verify=verify)
    policy = Policy(ORIGIN, (LOG,), (W1,), 1)
    seen, witnessed = open_cosigned(taken.encode(), policy, verify)
    assert (seen.head, witnessed) == (head(9), (Signed(W1, 1_700_000_000),))
    assert answer(body, decision.checkpoint.head).body() == b"9\n"


def test_an_answer_without_a_valid_cosignature_is_refused():
    note = parse_note(checkpoint(head(5)))
    named = {"witnesses": [W1], "verify": verify}
    stranger = str(cosign(note.text, STRANGER, at=1, sign=STRANGER_SIGN)).encode()
    refused("LEDGER-37", add_cosignatures, note, stranger, **named)
    forged = str(cosign("other\n", W1, at=1, sign=W1_SIGN)).encode()
    refused("LEDGER-36", add_cosignatures, note, forged, **named)
    refused("LEDGER-32", add_cosignatures, note, b"", **named)
    refused("LEDGER-32", add_cosignatures, note, stranger + stranger[:-1], **named)
    refused("LEDGER-37", add_cosignatures, note, vectors.RESPONSE, **named)


def test_a_public_logs_checkpoint_passes_the_same_door():
    log = parse_key(vectors.REAL_LOG)
    root = "U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro="
    assert root.encode() in vectors.REAL
    body = WitnessRequest(0, (), vectors.REAL).encode()
    decision = decide(body, {log.name: LogKnown((log,))}, verify=verify)
    assert (decision.status, decision.checkpoint.head.size) == (200, 1_432_088_532)
