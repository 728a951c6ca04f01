"""The tree against the recursive definition of RFC 9162, section 2.1."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.core.errors import Invalid
from guiju.core.ledger.proofs import (
    check_consistency,
    check_inclusion,
    prove_consistency,
    prove_inclusion,
    root_at,
)
from guiju.core.ledger.tree import Frontier, TreeHead, grow, hash_leaf
from ledger_reference import rfc9162
from ledger_reference.parties import grown

entries = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


def head(leaves):
    return TreeHead(len(leaves), rfc9162.mth(leaves))


@given(leaves=st.lists(st.binary(max_size=3), max_size=40), data=st.data())
def test_growing_in_any_steps_gives_the_root_and_nodes_of_the_definition(leaves, data):
    frontier, stored, at = Frontier(), {}, 0
    while at < len(leaves):
        step = data.draw(st.integers(1, len(leaves) - at))
        frontier, runs = grow(frontier, map(hash_leaf, leaves[at : at + step]))
        for run in runs:
            row = stored.setdefault(run.level, [])
            assert run.start == len(row)
            row += run.hashes
        at += step
        assert frontier.head() == head(leaves[:at])
    reference = rfc9162.nodes(leaves)
    expected = {
        level: [reference(level, index) for index in range(len(leaves) >> level)]
        for level in range(len(leaves).bit_length())
    }
    assert stored == expected


@given(leaves=entries, data=st.data())
def test_proofs_are_those_of_the_definition_and_hold_for_any_earlier_size(leaves, data):
    _, nodes = grown(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    then = leaves[:size]
    assert root_at(nodes, size) == rfc9162.mth(then)
    path = prove_inclusion(nodes, index=index, size=size)
    assert list(path) == rfc9162.path(index, then)
    check_inclusion(hash_leaf(leaves[index]), index=index, head=head(then), path=path)
    steps = prove_consistency(nodes, old=old, size=size)
    assert list(steps) == rfc9162.proof(old, then)
    check_consistency(head(leaves[:old]), head(then), steps)


def mutated(data, path):
    """The path with something changed, dropped, doubled or added; never the same."""
    at = data.draw(st.integers(0, len(path)))
    bit = data.draw(st.integers(0, 255))
    ways = [(*path[:at], data.draw(st.binary(min_size=32, max_size=32)), *path[at:])]
    if at < len(path):
        flipped = (int.from_bytes(path[at], "big") ^ 1 << bit).to_bytes(32, "big")
        ways += [(*path[:at], *path[at + 1 :]), (*path[:at], flipped, *path[at + 1 :])]
    return data.draw(st.sampled_from(ways))


@settings(max_examples=150)
@given(leaves=st.lists(st.binary(max_size=3), min_size=1, max_size=40, unique=True), data=st.data())
def test_a_mutated_inclusion_proof_never_holds(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    path = tuple(rfc9162.path(index, leaves))
    leaf, top = hash_leaf(leaves[index]), head(leaves)
    wrong = mutated(data, path)
    with pytest.raises(Invalid):
        check_inclusion(leaf, index=index, head=top, path=wrong)
    with pytest.raises(Invalid):
        check_inclusion(hash_leaf(leaves[index] + b"!"), index=index, head=top, path=path)
    other = data.draw(st.integers(-2, len(leaves) + 2).filter(lambda place: place != index))
    with pytest.raises(Invalid):
        check_inclusion(leaf, index=other, head=top, path=path)


@settings(max_examples=150)
@given(leaves=st.lists(st.binary(max_size=3), min_size=2, max_size=40, unique=True), data=st.data())
def test_a_mutated_consistency_proof_never_holds(leaves, data):
    old = data.draw(st.integers(1, len(leaves) - 1))
    path = tuple(rfc9162.proof(old, leaves))
    before, after = head(leaves[:old]), head(leaves)
    with pytest.raises(Invalid):
        check_consistency(before, after, mutated(data, path))
    rewritten = [b"rewritten", *leaves[1:old]]
    with pytest.raises(Invalid):
        check_consistency(head(rewritten), after, path)
    other = data.draw(st.integers(1, len(leaves) - 1).filter(lambda size: size != old))
    with pytest.raises(Invalid):
        check_consistency(head(leaves[:other]), after, path)


@given(
    size=st.integers(1, 2**63 - 1),
    index=st.integers(0, 2**63 - 1),
    path=st.lists(st.binary(max_size=33)),
)
def test_any_numbers_and_any_path_give_a_refusal_and_nothing_else(size, index, path):
    top = TreeHead(size, bytes(32))
    for check in (
        lambda: check_inclusion(b"\2" * 32, index=index, head=top, path=path),
        lambda: check_consistency(TreeHead(index, b"\1" * 32), top, path),
    ):
        with pytest.raises(Invalid):
            check()
