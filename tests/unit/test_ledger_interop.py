"""Files and signatures exchanged with tlog-scales, a C2SP implementation by other people."""

from __future__ import annotations

import random

import pytest

from guiju.core.ledger.bundles import read_bundle, write_bundle
from guiju.core.ledger.checkpoint import open_checkpoint
from guiju.core.ledger.keys import parse_key
from guiju.core.ledger.proofs import prove_consistency, prove_inclusion, root_at
from guiju.core.ledger.tiles import nodes_from_tiles, tiles_of, write_tile
from guiju.core.ledger.tree import hash_leaf
from ledger_reference.ed25519 import verify
from ledger_reference.parties import LOG, W1, W1_SIGN, W2, W2_SIGN, checkpoint, grown

pytest.importorskip("tlog_scales", reason="tlog-scales is not installed")

from tlog_scales import backend, reader, signing, tlog, writer

RANDOM = random.Random(3)  # noqa: S311 - the same entries on every run
ENTRIES = [RANDOM.randbytes(RANDOM.randrange(60)) for _ in range(700)]
FRONTIER, NODES = grown(ENTRIES)


def entries_of(tile):
    return ENTRIES[tile.index * 256 :][: tile.width]


def test_their_reader_and_verifiers_take_our_log(tmp_path):
    for tile in tiles_of(700):
        path = tmp_path / tile.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if tile.level is None:
            path.write_bytes(write_bundle(entries_of(tile)))
        else:
            path.write_bytes(write_tile(tile, NODES))
    signed = checkpoint(FRONTIER.head(), witnesses=[(W1, W1_SIGN), (W2, W2_SIGN)])
    (tmp_path / "checkpoint").write_bytes(signed)

    theirs = reader.TilesReader(backend.LocalBackend(tmp_path))
    seen = theirs.get_checkpoint()
    for key in (LOG, W1, W2):
        seen.verify(signing.Vkey.from_string(str(key)))
    theirs.set_size(700)
    assert theirs.calculate_root_hash() == FRONTIER.root()
    for number in range(1, 700, 37):
        path = prove_inclusion(NODES, index=number, size=700)
        tlog.InclusionProof(number, 700, list(path)).check(
            hash_leaf(ENTRIES[number]), FRONTIER.root()
        )
        assert list(path) == list(theirs.get_inclusion_proof(number, 700).node_hashes)
        steps = prove_consistency(NODES, old=number, size=700)
        assert list(steps) == list(theirs.get_consistency_proof(number, 700).node_hashes)
        assert theirs.get_entry(number) == ENTRIES[number]


def test_we_read_and_verify_their_log(tmp_path):
    origin = "theirs.example"
    signer = signing.PlainEd25519Signer(origin, b"a" * 32)
    theirs = writer.TilesWriter.create(tmp_path / "log", origin)
    for entry in ENTRIES:
        theirs.add_leaf(entry)
    theirs.commit([signer])

    signed = (tmp_path / "log" / "checkpoint").read_bytes()
    key = parse_key(signer.vkey.serialize())
    seen, _ = open_checkpoint(signed, origin=origin, keys=[key], verify=verify)
    nodes = nodes_from_tiles(lambda tile: (tmp_path / "log" / tile.path).read_bytes(), 700)
    assert seen.head == FRONTIER.head()
    assert root_at(nodes, 700) == seen.head.root
    bundles = [tile for tile in tiles_of(700) if tile.level is None]
    for tile in bundles:
        data = (tmp_path / "log" / tile.path).read_bytes()
        assert list(read_bundle(data, tile.width)) == entries_of(tile)
