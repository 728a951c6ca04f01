"""Whatever bytes come: a result or a refusal, and what was read is written back."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import read_bundle, write_bundle
from guiju.core.ledger.checkpoint import Checkpoint, parse_checkpoint
from guiju.core.ledger.commitments import commit
from guiju.core.ledger.entry import BOUND, decode_entry, encode_entry
from guiju.core.ledger.keys import parse_key
from guiju.core.ledger.note import SignatureLine, SignedNote, parse_note
from guiju.core.ledger.proof import LogProof, parse_proof, verify_proof
from guiju.core.ledger.proofs import prove_inclusion
from guiju.core.ledger.quorum import Policy
from guiju.core.ledger.tiles import Tile, parse_path, read_tile
from guiju.core.ledger.tree import TreeHead
from guiju.core.ledger.witness import (
    LogKnown,
    WitnessRequest,
    decide,
    parse_request,
    read_known_size,
)
from ledger_reference import jcs, vectors
from ledger_reference.ed25519 import verify
from ledger_reference.parties import LOG, ORIGIN, W1, W1_SIGN, checkpoint, grown

integers = st.integers(1 - BOUND, BOUND - 1)
scalars = st.none() | st.booleans() | integers | st.text(st.characters(exclude_categories=["Cs"]))
names = st.text(st.characters(max_codepoint=127), max_size=4)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4)
)
hashes = st.binary(min_size=32, max_size=32)
lines = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=9)
key_names = lines.filter(lambda name: "+" not in name and not any(map(str.isspace, name)))
signatures = st.builds(
    SignatureLine, key_names, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=70)
)
notes = st.builds(
    SignedNote,
    st.lists(lines | st.just(""), min_size=1).map(lambda some: "\n".join((*some, ""))),
    st.lists(signatures, min_size=1, max_size=4).map(tuple),
)
GOOD = [
    vectors.NOTE,
    vectors.COSIGNED,
    vectors.REQUEST,
    vectors.RESPONSE,
    LogProof(6, (bytes(32), bytes(32)), vectors.COSIGNED, b"extra").encode(),
]


@given(st.dictionaries(names, values, max_size=5))
def test_an_entry_is_what_an_independent_encoder_writes_and_reads_back(data):
    encoded = encode_entry(data)
    assert encoded == jcs.canonical(data)
    assert decode_entry(encoded) == data == json.loads(encoded)


@given(st.text(max_size=4), values, st.text(max_size=4), values)
def test_commitments_agree_only_for_the_same_path_and_value(path, value, other, another):
    with suppress(Invalid):
        same = jcs.canonical([path, value]) == jcs.canonical([other, another])
        salt = bytes(32)
        assert (commit(path, value, salt=salt) == commit(other, another, salt=salt)) is same


@given(notes)
def test_notes_are_read_back(note):
    assert parse_note(note.encode()) == note


@given(lines, st.integers(0, 2**63 - 1), hashes, st.lists(lines, max_size=2).map(tuple))
def test_checkpoints_are_read_back(origin, size, root, extensions):
    made = Checkpoint(origin, TreeHead(size, root), extensions)
    assert parse_checkpoint(made.text()) == made


@given(st.integers(0, 2**63 - 1), st.lists(hashes, max_size=63).map(tuple), notes, st.binary())
def test_proofs_and_requests_are_read_back(number, path, note, extra):
    proof = LogProof(number, path, note.encode(), extra or None)
    assert parse_proof(proof.encode()) == proof
    request = WitnessRequest(number, path, note.encode())
    assert parse_request(request.encode()) == request


@given(st.none() | st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256), st.binary())
def test_tile_paths_are_read_back(level, index, width, data):
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile
    with suppress(Invalid):
        assert b"".join(read_tile(data, tile)) == data


@given(st.lists(st.binary(max_size=300), max_size=20).map(tuple), st.binary(), st.integers(0, 256))
def test_bundles_are_read_back_and_other_bytes_refused(entries, data, width):
    assert read_bundle(write_bundle(entries), len(entries)) == entries
    with suppress(Invalid):
        assert write_bundle(read_bundle(data, width)) == data


@st.composite
def damaged(draw):
    """A good file with a piece cut out, doubled, replaced or moved in from another."""
    good, other = draw(st.sampled_from(GOOD)), draw(st.sampled_from(GOOD))
    start = draw(st.integers(0, len(good)))
    end = draw(st.integers(start, min(len(good), start + 60)))
    at = draw(st.integers(0, len(other)))
    piece = draw(
        st.sampled_from(
            [b"", b"\n", b"\n\n", b" ", b"\0", b"=", b"\xff", "— ".encode(), good, b"0"]
        )
        | st.binary(max_size=4)
        | st.just(other[at : at + 60])
    )
    return good[:start] + piece + good[end:]


@settings(max_examples=500)
@given(damaged() | st.binary() | st.text().map(lambda text: text.encode("utf-8", "ignore")))
def test_damaged_files_give_a_result_that_is_written_back_or_a_refusal(data):
    for parse in (parse_note, parse_proof, parse_request):
        with suppress(Invalid):
            assert parse(data).encode() == data
    for parse in (read_known_size, decode_entry):
        with suppress(Invalid):
            parse(data)
    with suppress(Invalid):
        assert parse_checkpoint(parse_note(data).text).text() == parse_note(data).text
    decision = decide(data, {ORIGIN: LogKnown((LOG,))}, verify=verify)
    assert decision.status in {400, 404}


@given(st.text() | st.from_regex(r"[a-z]\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}", fullmatch=True))
def test_any_text_is_a_key_or_path_or_refused(text):
    for parse in (parse_key, parse_path, parse_checkpoint):
        with suppress(Invalid):
            parse(text)


ENTRIES = [b"%d" % number for number in range(13)]
FRONTIER, NODES = grown(ENTRIES)
SIGNED = checkpoint(FRONTIER.head(), witnesses=[(W1, W1_SIGN)])
POLICY = Policy(ORIGIN, (LOG,), (W1,), 1)
PROOF = LogProof(5, prove_inclusion(NODES, index=5, size=13), SIGNED).encode()


def test_the_proof_to_be_mutated_holds():
    verify_proof(parse_proof(PROOF), ENTRIES[5], POLICY, verify=verify)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(PROOF) - 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_proof_file_with_any_byte_changed_or_cut_never_holds(at, byte, cut):
    changed = PROOF[:at] + (b"" if cut else bytes([byte])) + PROOF[at + 1 :]
    if changed == PROOF:
        return
    with pytest.raises(Invalid):
        verify_proof(parse_proof(changed), ENTRIES[5], POLICY, verify=verify)
