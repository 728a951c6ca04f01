from __future__ import annotations

import hashlib

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.proofs import (
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
    root_at,
)
from guiju.core.ledger.tree import Frontier, TreeHead, grow, hash_leaf, hash_node
from ledger_reference.parties import grown
from ledger_reference.vectors import CONSISTENCY, INCLUSION, LEAF_HASHES, LEAVES, ROOTS, proof_of

HEADS = [TreeHead(size, bytes.fromhex(root)) for size, root in enumerate(ROOTS)]


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code


def test_leaf_hashes_are_the_published_ones():
    assert [hash_leaf(leaf).hex() for leaf in LEAVES] == LEAF_HASHES


def test_inner_nodes_are_told_apart_from_leaves():
    left, right = map(bytes.fromhex, LEAF_HASHES[:2])
    assert hash_node(left, right).hex() == ROOTS[2]
    assert hash_leaf(left + right) != hash_node(left, right)


def test_roots_of_every_size_are_the_published_ones_grown_one_by_one():
    frontier, roots = Frontier(), [Frontier().root().hex()]
    for leaf in LEAVES:
        frontier, _ = grow(frontier, [hash_leaf(leaf)])
        roots.append(frontier.root().hex())
    assert roots == ROOTS


@pytest.mark.parametrize("line", INCLUSION)
def test_inclusion_proofs_are_the_published_ones_and_hold(line):
    index, size, path = proof_of(line)
    _, nodes = grown(LEAVES)
    assert prove_inclusion(nodes, index=index, size=size) == path
    check_inclusion(hash_leaf(LEAVES[index]), index=index, head=HEADS[size], path=path)


@pytest.mark.parametrize("line", CONSISTENCY)
def test_consistency_proofs_are_the_published_ones_and_hold(line):
    old, size, path = proof_of(line)
    _, nodes = grown(LEAVES)
    assert prove_consistency(nodes, old=old, size=size) == path
    check_consistency(HEADS[old], HEADS[size], path)


def test_growing_hands_out_each_node_once_with_its_place():
    frontier, first = grow(Frontier(), map(hash_leaf, LEAVES[:3]))
    frontier, second = grow(frontier, map(hash_leaf, LEAVES[3:]))
    assert [(run.level, run.start, len(run.hashes)) for run in first] == [(0, 0, 3), (1, 0, 1)]
    assert [(run.level, run.start, len(run.hashes)) for run in second] == [
        (0, 3, 5),
        (1, 1, 3),
        (2, 0, 2),
        (3, 0, 1),
    ]
    assert frontier == Frontier(8, (bytes.fromhex(ROOTS[8]),))


def test_another_hash_function_gives_another_tree_and_its_own_proofs():
    def hasher(data):
        return hashlib.blake2s(data).digest()

    frontier, nodes = grown(LEAVES, hasher)
    path = prove_inclusion(nodes, index=4, size=7, hasher=hasher)
    head = TreeHead(7, root_at(nodes, 7, hasher))
    check_inclusion(hash_leaf(LEAVES[4], hasher), index=4, head=head, path=path, hasher=hasher)
    assert frontier.root(hasher) != HEADS[8].root
    refused("LEDGER-15", check_inclusion, hash_leaf(LEAVES[4]), index=4, head=head, path=path)


@pytest.mark.parametrize(
    ("size", "peaks"),
    [(1, ()), (0, (bytes(32),)), (3, (bytes(32),)), (1, (b"short",)), (-1, (bytes(32),))],
)
def test_a_frontier_that_does_not_fit_its_size_is_refused(size, peaks):
    refused("LEDGER-13", Frontier, size, peaks)


def test_a_leaf_that_is_no_hash_is_refused():
    refused("LEDGER-13", grow, Frontier(), [bytes(32), b"leaf"])


def test_a_place_outside_the_tree_is_refused():
    _, nodes = grown(LEAVES)
    refused("LEDGER-14", prove_inclusion, nodes, index=8, size=8)
    refused("LEDGER-14", prove_inclusion, nodes, index=-1, size=8)
    refused("LEDGER-14", prove_consistency, nodes, old=9, size=8)
    refused("LEDGER-14", check_inclusion, bytes(32), index=0, head=HEADS[0], path=())
    refused("LEDGER-14", check_consistency, HEADS[8], HEADS[7], ())


def test_the_empty_tree_comes_before_every_tree_but_has_one_root_only():
    check_consistency(HEADS[0], HEADS[5], ())
    check_consistency(HEADS[0], HEADS[0], ())
    refused("LEDGER-16", check_consistency, TreeHead(0, bytes(32)), HEADS[5], ())
    refused("LEDGER-16", check_consistency, HEADS[0], HEADS[5], (bytes(32),))


def test_equal_sizes_need_equal_roots_and_no_proof():
    check_consistency(HEADS[5], HEADS[5], ())
    refused("LEDGER-16", check_consistency, HEADS[5], TreeHead(5, bytes(32)), ())
    refused("LEDGER-16", check_consistency, HEADS[5], HEADS[5], (bytes(32),))


def test_a_proof_that_is_too_short_too_long_or_of_wrong_hashes_is_refused():
    index, size, path = proof_of(INCLUSION[1])
    leaf, head = hash_leaf(LEAVES[index]), HEADS[size]
    for wrong in (path[:-1], (*path, bytes(32)), (*path[:-1], path[-1] + b"\0"), ()):
        refused("LEDGER-15", check_inclusion, leaf, index=index, head=head, path=wrong)
    old, size, path = proof_of(CONSISTENCY[2])
    for wrong in (path[:-1], (*path, bytes(32)), (*path[:-1], path[-1] + b"\0"), ()):
        refused("LEDGER-16", check_consistency, HEADS[old], HEADS[size], wrong)


def test_a_head_that_lies_about_its_size_does_not_make_a_proof_hold():
    leaf, step = hash_leaf(LEAVES[0]), bytes(32)
    both = TreeHead(2, leaf)
    refused("LEDGER-15", check_inclusion, leaf, index=0, head=both, path=())
    taller = TreeHead(1, hash_node(step, leaf))
    refused("LEDGER-15", check_inclusion, leaf, index=0, head=taller, path=(step,))
    five = TreeHead(5, hash_node(HEADS[2].root, step))
    refused("LEDGER-16", check_consistency, HEADS[2], five, (step,))
    _, nodes = grown(LEAVES)
    path = prove_consistency(nodes, old=3, size=4)
    lifted = [TreeHead(size, hash_node(step, HEADS[size].root)) for size in (3, 4)]
    check_consistency(HEADS[3], HEADS[4], path)
    refused("LEDGER-16", check_consistency, *lifted, (*path, step))


def test_a_step_of_another_length_is_refused_even_if_it_hashes_to_the_root():
    leaf, long = hash_leaf(LEAVES[0]), bytes(33)
    head = TreeHead(2, hash_node(long, leaf))
    refused("LEDGER-15", check_inclusion, leaf, index=1, head=head, path=(long,))
    refused("LEDGER-16", check_consistency, HEADS[1], TreeHead(2, hash_node(leaf, long)), (long,))
