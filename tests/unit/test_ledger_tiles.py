from __future__ import annotations

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import read_bundle, write_bundle
from guiju.core.ledger.proofs import prove_consistency, prove_inclusion, root_at
from guiju.core.ledger.tiles import (
    Tile,
    nodes_from_tiles,
    parse_path,
    read_tile,
    tiles_of,
    write_tile,
)
from ledger_reference.parties import grown


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),  # the document's example
        (Tile(0, 0), "tile/0/000"),
        (Tile(63, 999), "tile/63/999"),
        (Tile(1, 1000, 255), "tile/1/x001/000.p/255"),
        (Tile(None, 7, 5), "tile/entries/007.p/5"),
        (Tile(None, 1_234_067), "tile/entries/x001/x234/067"),
    ],
)
def test_paths_are_written_and_read(tile, path):
    assert tile.path == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0/0",
        "tile/0/1000",
        "tile/0/x001",
        "tile/0/001/000",
        "tile/0/x000/001",
        "tile/00/000",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/999",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/００１",
        "tile/../000",
        "tile/entries/../000",
        "tile/0/" + "x000/" * 99 + "000",
    ],
)
def test_other_paths_are_refused(path):
    refused("LEDGER-20", parse_path, path)


def test_a_tree_of_70000_has_the_tiles_that_the_document_lists():
    tiles = [tile for tile in tiles_of(70_000) if tile.level is not None]
    assert [tile for tile in tiles if tile.width == 256] == [
        *(Tile(0, index) for index in range(273)),
        Tile(1, 0),
    ]
    assert [tile for tile in tiles if tile.width < 256] == [
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]


def test_a_tree_of_256_has_a_full_tile_and_a_partial_one_above():
    assert list(tiles_of(256)) == [Tile(None, 0), Tile(0, 0), Tile(1, 0, 1)]


def test_growth_brings_only_the_tiles_that_changed():
    assert list(tiles_of(0)) == []
    assert list(tiles_of(300, since=300)) == []
    assert list(tiles_of(300, since=256)) == [Tile(None, 1, 44), Tile(0, 1, 44)]
    assert list(tiles_of(513, since=300)) == [
        Tile(None, 1),
        Tile(None, 2, 1),
        Tile(0, 1),
        Tile(0, 2, 1),
        Tile(1, 0, 2),
    ]


def test_everything_can_be_proved_from_the_tiles_alone():
    entries = [str(number).encode() for number in range(600)]
    frontier, nodes = grown(entries)
    files = {tile.path: write_tile(tile, nodes) for tile in tiles_of(600) if tile.level is not None}
    assert {path: len(data) for path, data in files.items()} == {
        "tile/0/000": 8192,
        "tile/0/001": 8192,
        "tile/0/002.p/88": 88 * 32,
        "tile/1/000.p/2": 64,
    }
    read = nodes_from_tiles(lambda tile: files[tile.path], 600)
    assert root_at(read, 600) == frontier.root()
    for index in (0, 255, 256, 511, 512, 599):
        assert prove_inclusion(read, index=index, size=600) == prove_inclusion(
            nodes, index=index, size=600
        )
    assert prove_consistency(read, old=257, size=600) == prove_consistency(nodes, old=257, size=600)
    refused("LEDGER-14", read, 0, 600)
    refused("LEDGER-14", read, 8, 2)


def test_a_tile_of_another_length_is_refused():
    assert read_tile(bytes(64), Tile(0, 0, 2)) == (bytes(32), bytes(32))
    refused("LEDGER-21", read_tile, bytes(63), Tile(0, 0, 2))
    refused("LEDGER-21", read_tile, bytes(64), Tile(0, 0))


def test_bundles_put_each_length_in_two_bytes_before_the_entry():
    entries = (b"", b"a", b"x" * 65_535)
    data = write_bundle(entries)
    assert data[:7] == b"\0\0\0\1a\xff\xff"
    assert read_bundle(data, 3) == entries
    assert read_bundle(b"", 0) == ()


def test_an_entry_too_long_for_a_bundle_is_refused():
    refused("LEDGER-22", write_bundle, [b"x" * 65_536])


@pytest.mark.parametrize(
    ("data", "width"),
    [(b"\0\1a", 2), (b"\0\1a\0\1b", 1), (b"\0\2a", 1), (b"\0", 1), (b"", 1), (b"\0\0", 0)],
)
def test_a_bundle_with_more_less_or_cut_entries_is_refused(data, width):
    refused("LEDGER-23", read_bundle, data, width)
