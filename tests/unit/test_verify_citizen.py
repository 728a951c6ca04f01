"""The one-file verifier for citizens: a second opinion that never differs from the first."""

from __future__ import annotations

import ast
import hashlib
import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import CITIZEN, citizen, entries, export, forged, keys, proof, signed, write
from guiju.core.errors import Invalid
from guiju.core.ledger.bundles import write_bundle
from guiju.core.ledger.entry import decode_entry
from guiju.core.ledger.keys import KeyKind
from guiju.core.ledger.tree import TreeHead
from guiju.exchange.record_files import Trust, verify_export, verify_proof_file
from guiju.exchange.record_files.suites import verify_ed25519
from ledger_reference import ed25519
from ledger_reference.parties import LOG, ORIGIN, W1, W2, party
from ledger_reference.rfc9162 import mth

TRUST = Trust((LOG,), (W1, W2), 2)
SIZES = (0, 1, 2, 255, 256, 257, 700)
TOOL = CITIZEN.__file__


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    """Good exports of all sizes with their SM3 trees, and a proof."""
    top = tmp_path_factory.mktemp("exports")
    for size in SIZES:
        write(top / str(size), export(size, side=size))
    entry, data = proof(300, 700)
    write(top / "proofs", {"one.json": entry, "one.tlog-proof": data})
    keys(top)
    return top


@contextmanager
def changed(folder, files, path, data):
    """Another content of one file, until the test has looked; None to have it gone."""
    (folder / path).unlink() if data is None else write(folder, {path: data})
    try:
        yield
    finally:
        write(folder, {path: files[path]})


def both(top, name):
    """Status of the citizen's verifier, and the report of ours, which must agree."""
    status, out = citizen(name, *keys(top), cwd=top)
    if name.endswith("proof"):
        report = verify_proof_file(top / name, (top / name).with_suffix(".json"), TRUST)
    else:
        report = verify_export(top / name, TRUST)
    assert status == (0 if report.is_verified else 1), (out, report)
    assert out.count("\n") == 1 or report.is_verified, out
    return report


@pytest.mark.parametrize("size", SIZES)
def test_both_believe_a_good_export(places, size):
    assert both(places, str(size)).is_verified


def test_both_believe_a_good_proof(places):
    assert both(places, "proofs/one.tlog-proof").is_verified


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_both_find_a_flipped_bit_wherever_it_is(places, data):
    size = data.draw(st.sampled_from(SIZES))
    files = export(size, side=size)
    kinds = sorted({path.rsplit("/", 1)[0] for path in files})
    kind = data.draw(st.sampled_from(kinds))
    path = data.draw(st.sampled_from([one for one in files if one.rsplit("/", 1)[0] == kind]))
    at = data.draw(st.integers(0, len(files[path]) - 1))
    bent = bytearray(files[path])
    bent[at] ^= 1 << data.draw(st.integers(0, 7))
    with changed(places / str(size), files, path, bytes(bent)):
        report = both(places, str(size))
    assert not report.is_verified
    assert any(path in str(problem.sentence) for problem in report.problems), report.problems
    if path.startswith("tile/entries"):
        named = {problem.entry for problem in report.problems}
        assert (
            "LEDGER-23" in {problem.code for problem in report.problems}
            or entry_at(files[path], at, path) in named
        )


def entry_at(bundle, at, path):
    """The number of the entry in which the byte at ``at`` lies."""
    number = 256 * int(path[13:16])
    while at >= 2 + int.from_bytes(bundle[:2], "big"):
        skip = 2 + int.from_bytes(bundle[:2], "big")
        number, at, bundle = number + 1, at - skip, bundle[skip:]
    return number


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_both_find_a_flipped_bit_in_a_proof_or_its_entry(places, data):
    entry, whole = proof(300, 700)
    files = {"one.json": entry, "one.tlog-proof": whole}
    name = data.draw(st.sampled_from(sorted(files)))
    bent = bytearray(files[name])
    bent[data.draw(st.integers(0, len(bent) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with changed(places / "proofs", files, name, bytes(bent)):
        report = both(places, "proofs/one.tlog-proof")
    assert not report.is_verified


@pytest.mark.parametrize("size", [1, 257, 700])
def test_both_miss_every_file_that_is_gone_or_cut_or_longer(places, size):
    files = export(size, side=size)
    for path, data in files.items():
        optional = path.endswith(("vkey", "sm3/checkpoint"))
        for bent in (data[:-1], data + b"x", data[: len(data) // 2 + 3], b""):
            harmless = path.endswith("vkey") and bent == data[:-1]  # only the last newline
            with changed(places / str(size), files, path, bent):
                assert both(places, str(size)).is_verified is harmless, path
        if path != "checkpoint":
            with changed(places / str(size), files, path, None):
                assert both(places, str(size)).is_verified is optional, path


def test_both_find_what_the_log_itself_signed_wrongly(places):
    rows = entries(3)
    bad = [*rows[:2], b'{"b":1,"a":2}']
    files = {**export(2), "tile/entries/000.p/3": write_bundle(bad)}
    tile = b"".join(hashlib.sha256(b"\0" + row).digest() for row in bad)
    files = forged({**files, "tile/0/000.p/3": tile}, 3, mth(bad))
    write(places / "bad", files)
    assert [problem.code for problem in both(places, "bad").problems] == ["VERIFY-06"]
    for size in (0, 1, 2, 4, 10**6, 2**63 - 1):
        write(places / "bad", forged(files, size))
        assert not both(places, "bad").is_verified
    write(places / "bad", {"checkpoint": signed(TreeHead(3, mth(bad)), origin="other")})
    assert not both(places, "bad").is_verified


def test_both_demand_the_quorum_and_the_right_keys(places):
    write(places / "one", export(2, witnesses=()))
    assert not both(places, "one").is_verified
    assert citizen("one", "--log-key", LOG, "--quorum", 0, cwd=places)[0] == 0
    other, _ = party(ORIGIN, KeyKind.ED25519, 9)
    assert citizen("2", "--log-key", other, cwd=places)[0] == 1
    assert citizen("2", "--log-key", W1, cwd=places)[0] == 2
    assert citizen("2", "--log-key", LOG, "--quorum", 3, cwd=places)[0] == 2
    assert citizen("2", "--log-key", "gone.txt", cwd=places)[0] == 2
    assert citizen("2", "--witness-keys", "log-key.txt", cwd=places)[0] == 2
    assert citizen("gone", cwd=places)[0] == 2
    assert citizen(".", cwd=places)[0] == 2


def test_a_citizen_is_told_who_witnessed_when_and_whose_word_the_keys_are(places):
    status, out = citizen("700", cwd=places)
    assert status == 0
    assert "全部 700 条记录与检查点相符" in out
    assert "见证：audit.example/w1，北京时间 2026年11月21日 09:12" in out
    assert "公钥取自导出本身" in out
    assert "公钥取自导出本身" not in citizen("700", *keys(places), cwd=places)[1]


def test_without_sm3_the_rest_is_verified_and_said_so(places, monkeypatch):
    monkeypatch.setattr(CITIZEN.hashlib, "algorithms_available", set())
    status, out = citizen("700", *keys(places), cwd=places)
    assert status == 0
    assert "国密副本没有核对" in out


def test_links_and_devices_are_not_read(places):
    write(places / "links", export(2))
    bundle = places / "links/tile/entries/000.p/2"
    bundle.unlink()
    bundle.symlink_to(places / "2/tile/entries/000.p/2")
    assert not both(places, "links").is_verified
    bundle.unlink()
    bundle.symlink_to(bundle.name)
    assert not both(places, "links").is_verified
    shutil.rmtree(places / "links/tile")
    (places / "links/tile").symlink_to(places / "2/tile")
    assert not both(places, "links").is_verified


def test_it_runs_alone_with_the_standard_library_only(places):
    command = [sys.executable, "-I", "-S", TOOL, "257", *map(str, keys(places))]
    done = subprocess.run(command, cwd=places, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0
    assert "核对无误：全部 257 条记录" in done.stdout.decode()
    assert done.stderr == b""


def test_its_source_is_that_of_python_3_8_and_imports_nothing_of_ours():
    tree = ast.parse(Path(TOOL).read_text("utf-8"), feature_version=(3, 8))
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert len(roots) > 5
    assert roots <= set(sys.stdlib_module_names)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.data())
def test_its_signatures_hold_exactly_when_others_say_so(seed, message, data):
    public, good = ed25519.public(seed), ed25519.signer(seed)(message)
    assert CITIZEN.is_signature(public, message, good)
    parts = {"public": bytearray(public), "message": bytearray(message), "good": bytearray(good)}
    part = parts[data.draw(st.sampled_from([name for name, value in parts.items() if value]))]
    part[data.draw(st.integers(0, len(part) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    bent = [bytes(value) for value in parts.values()]
    assert CITIZEN.is_signature(*bent) is verify_ed25519(*bent) is ed25519.verify(*bent) is False


def test_a_signature_of_another_form_does_not_hold():
    seed = b"\7" * 32
    public, good = ed25519.public(seed), ed25519.signer(seed)(b"text")
    larger = (int.from_bytes(good[32:], "little") + ed25519.L).to_bytes(32, "little")
    for bad in (b"", good[:63], good + b"\0", good[:32] + larger):
        assert not CITIZEN.is_signature(public, b"text", bad)
        assert not verify_ed25519(public, b"text", bad)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=5) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


@given(VALUES, st.booleans(), st.booleans())
def test_its_rule_for_entries_is_ours(value, ordered, spaced):
    entry = json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=ordered,
        separators=(", ", ": ") if spaced else (",", ":"),
    ).encode("utf-8", "surrogatepass")
    try:
        ours = decode_entry(entry) is not None
    except Invalid:
        ours = False
    assert CITIZEN.is_canonical(entry) is ours
