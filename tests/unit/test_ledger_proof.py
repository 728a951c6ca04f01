from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.keys import Key, KeyKind
from guiju.core.ledger.proof import MOST_STEPS, LogProof, parse_proof, verify_proof
from guiju.core.ledger.proofs import prove_inclusion, root_at
from guiju.core.ledger.quorum import Policy
from guiju.core.ledger.tree import TreeHead
from ledger_reference import vectors
from ledger_reference.ed25519 import verify
from ledger_reference.parties import (
    LOG,
    LOG_SIGN,
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

ENTRIES = [b'{"n":%d}' % number for number in range(11)]
FRONTIER, NODES = grown(ENTRIES)
FIRST, SECOND = (W1, W1_SIGN), (W2, W2_SIGN)
POLICY = Policy(ORIGIN, (LOG,), (W1, W2), 2)
HASH = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code


def proof(index=6, *, size=11, witnesses=(FIRST, SECOND), extra=None):
    signed = checkpoint(TreeHead(size, root_at(NODES, size)), witnesses=witnesses)
    return LogProof(index, prove_inclusion(NODES, index=index, size=size), signed, extra)


def test_a_proof_file_is_laid_out_as_the_document_says():
    one = proof(extra=b"note")
    lines = one.encode().decode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra bm90ZQ==", "index 6"]
    assert [len(line) for line in lines[3:8]] == [44, 44, 44, 44, 0]
    assert "\n".join(lines[8:]).encode() == one.checkpoint
    assert parse_proof(one.encode()) == one


def test_without_extra_data_its_line_is_left_out():
    assert proof().encode().split(b"\n")[1] == b"index 6"
    assert proof(extra=b"").encode() == proof().encode()


def test_a_proof_of_the_only_entry_has_no_hashes():
    one = proof(0, size=1)
    assert b"index 0\n\n" + ORIGIN.encode() in one.encode()
    assert parse_proof(one.encode()) == one
    verify_proof(one, ENTRIES[0], POLICY, verify=verify)


@pytest.mark.parametrize(("index", "size"), [(0, 11), (10, 11), (6, 7), (3, 4)])
def test_an_entry_is_proved_at_the_size_of_any_checkpoint(index, size):
    one = parse_proof(proof(index, size=size).encode())
    seen, witnessed = verify_proof(one, ENTRIES[index], POLICY, verify=verify)
    assert seen.head.size == size
    assert [(one.key, one.at) for one in witnessed] == [(W1, 1_700_000_000), (W2, 1_700_000_000)]


def test_another_entry_index_or_root_is_not_proved():
    one = proof()
    refused("LEDGER-15", verify_proof, one, ENTRIES[7], POLICY, verify=verify)
    moved = LogProof(7, one.path, one.checkpoint)
    refused("LEDGER-15", verify_proof, moved, ENTRIES[6], POLICY, verify=verify)
    outside = LogProof(11, one.path, one.checkpoint)
    refused("LEDGER-14", verify_proof, outside, ENTRIES[6], POLICY, verify=verify)
    smaller = LogProof(6, one.path, proof(size=10).checkpoint)
    refused("LEDGER-15", verify_proof, smaller, ENTRIES[6], POLICY, verify=verify)


def test_the_quorum_counts_listed_witnesses_once_each():
    alone = proof(witnesses=[FIRST])
    refused("LEDGER-52", verify_proof, alone, ENTRIES[6], POLICY, verify=verify)
    one_of_two = Policy(ORIGIN, (LOG,), (W1, W2), 1)
    verify_proof(alone, ENTRIES[6], one_of_two, verify=verify)
    twice = proof(witnesses=[FIRST, FIRST])
    refused("LEDGER-52", verify_proof, twice, ENTRIES[6], POLICY, verify=verify)
    stranger = proof(witnesses=[FIRST, (STRANGER, STRANGER_SIGN)])
    refused("LEDGER-52", verify_proof, stranger, ENTRIES[6], POLICY, verify=verify)


def test_witnesses_cannot_stand_in_for_the_log_itself():
    one = proof()
    others = Policy(ORIGIN, (Key(ORIGIN, KeyKind.ED25519, STRANGER.public),), (W1, W2), 2)
    refused("LEDGER-51", verify_proof, one, ENTRIES[6], others, verify=verify)


def test_a_forged_cosignature_spoils_the_proof():
    forged = proof(witnesses=[FIRST, (W2, LOG_SIGN)])
    refused("LEDGER-36", verify_proof, forged, ENTRIES[6], POLICY, verify=verify)


def test_a_proof_of_another_log_is_refused():
    elsewhere = Policy("other.example", (LOG,), (W1, W2), 2)
    refused("LEDGER-41", verify_proof, proof(), ENTRIES[6], elsewhere, verify=verify)


@pytest.mark.parametrize(
    ("keys", "witnesses", "quorum"),
    [
        ((), (), 0),
        ((W1,), (), 0),
        ((LOG,), (LOG,), 1),
        ((LOG,), (W1,), 2),
        ((LOG,), (W1,), -1),
        ((LOG,), (W1, W1), 2),
        ((LOG,), (W1, Key("alias", KeyKind.COSIGNATURE, W1.public)), 2),
        ((LOG,), (Key("alias", KeyKind.COSIGNATURE, LOG.public),), 1),
    ],
)
def test_a_policy_that_promises_what_it_does_not_hold_is_refused(keys, witnesses, quorum):
    refused("LEDGER-53", Policy, ORIGIN, keys, witnesses, quorum)


def in_file(*lines):
    return "\n".join(lines).encode() + b"\n\n" + vectors.COSIGNED


FIRST_LINE = "c2sp.org/tlog-proof@v1"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("LEDGER-50", b""),
        ("LEDGER-50", vectors.COSIGNED),
        ("LEDGER-50", in_file("c2sp.org/tlog-proof@v2", "index 0")),
        ("LEDGER-50", in_file(FIRST_LINE)),
        ("LEDGER-50", in_file(FIRST_LINE, HASH)),
        ("LEDGER-11", in_file(FIRST_LINE, "index 0", "extra AAAA")),
        ("LEDGER-50", in_file(FIRST_LINE, "extra AAAA", "extra AAAA", "index 0")),
        ("LEDGER-50", f"{FIRST_LINE}\nindex 0\n".encode()),
        ("LEDGER-54", in_file(FIRST_LINE, "index 0", *[HASH] * (MOST_STEPS + 1))),
        ("LEDGER-10", in_file(FIRST_LINE, "index 00")),
        ("LEDGER-10", in_file(FIRST_LINE, "index -1")),
        ("LEDGER-10", in_file(FIRST_LINE, "index ")),
        ("LEDGER-11", in_file(FIRST_LINE, "extra ", "index 0")),
        ("LEDGER-11", in_file(FIRST_LINE, "index 0", "x")),
        ("LEDGER-12", in_file(FIRST_LINE, "index 0", "AAAA")),
        ("LEDGER-31", f"{FIRST_LINE}\nindex 0\n\n".encode()),
        ("LEDGER-30", in_file(FIRST_LINE, "index 0\r")),
        ("LEDGER-30", b"\xff"),
    ],
)
def test_what_is_no_proof_is_refused(code, data):
    refused(code, parse_proof, data)


def test_the_longest_path_and_extra_data_before_the_index_are_read():
    longest = in_file(FIRST_LINE, "extra AAAA", "index 0", *[HASH] * MOST_STEPS)
    assert len(parse_proof(longest).path) == MOST_STEPS
    assert parse_proof(longest).extra == bytes(3)
