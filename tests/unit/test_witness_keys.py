"""Signing keys in files: whole, private, never overwritten, readable by other programs."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.base.signing_keys import create_signing_key, load_signing_key, verify
from guiju.base.witness.folder import create_key, load_key
from guiju.core.errors import Denied, Invalid
from guiju.core.ledger.keys import KeyKind, parse_key
from ledger_reference import ed25519, vectors

NAME = "audit.example/w1"


def refused(code, kind, act, *args, **named):
    with pytest.raises(kind) as caught:
        act(*args, **named)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", KeyKind)
def test_a_key_is_kept_and_signs_as_before(tmp_path, kind):
    path = tmp_path / "k"
    made = create_signing_key(path, name=NAME, kind=kind)
    found = load_signing_key(path)
    assert found.key == made.key
    assert (made.key.name, made.key.kind) == (NAME, kind)
    assert found.sign(b"x") == made.sign(b"x")
    assert ed25519.verify(made.key.public, b"x", made.sign(b"x"))
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["k"]


def test_two_keys_differ(tmp_path):
    one = create_signing_key(tmp_path / "a", name=NAME, kind=KeyKind.ED25519)
    assert one.key != create_signing_key(tmp_path / "b", name=NAME, kind=KeyKind.ED25519).key


def test_a_secret_is_not_shown(tmp_path):
    made = create_signing_key(tmp_path / "k", name=NAME, kind=KeyKind.ED25519)
    assert repr(made) == f"SigningKey(key={made.key!r})"


def test_the_file_is_the_one_of_golang_note(tmp_path):
    path = tmp_path / "k"
    path.write_text(f"PRIVATE+KEY+PeterNeumann+c74f20a3+{vectors.GO_SEED}\n")
    path.chmod(0o600)
    found = load_signing_key(path)
    assert found.key == parse_key(vectors.GO_PETER)
    signature = found.key.key_id + found.sign(vectors.GO_TEXT.encode())
    assert f"— PeterNeumann {b64encode(signature).decode()}\n" == vectors.GO_PETER_LINE


def test_a_key_is_never_overwritten(tmp_path):
    made = create_key(tmp_path, NAME)
    refused("WITNESS-01", Invalid, create_key, tmp_path, "other.example")
    assert load_key(tmp_path).key == made.key


def test_a_key_that_cannot_be_written_leaves_nothing(tmp_path):
    refused("WITNESS-04", Invalid, create_key, tmp_path / "missing", NAME)
    refused("LEDGER-34", Invalid, create_key, tmp_path, "two words")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644])
def test_a_key_that_others_may_read_is_not_used(tmp_path, mode):
    create_key(tmp_path, NAME)
    (tmp_path / "witness.key").chmod(mode)
    refused("WITNESS-03", Denied, load_key, tmp_path)
    (tmp_path / "witness.key").chmod(0o600)
    assert load_key(tmp_path).key.name == NAME


@pytest.mark.parametrize(
    "change",
    [
        lambda _: b"",
        lambda line: b"\xff" + line,
        lambda line: line + line,
        lambda line: line.replace(b"PRIVATE", b"PUBLIC"),
        lambda line: line.replace(b"audit", b"court"),
        lambda line: line[:-6] + b"\n",
        lambda line: line.replace(b"+BA", b"+B!", 1) if b"+BA" in line else line[:-3],
        lambda line: line + b" " * 5000,
    ],
)
def test_a_damaged_key_is_refused(tmp_path, change):
    create_key(tmp_path, NAME)
    path = tmp_path / "witness.key"
    path.write_bytes(change(path.read_bytes()))
    refused("WITNESS-02", Invalid, load_key, tmp_path)


def test_a_folder_without_a_witnesss_key_is_told(tmp_path):
    refused("WITNESS-05", Invalid, load_key, tmp_path)
    create_signing_key(tmp_path / "witness.key", name=NAME, kind=KeyKind.ED25519)
    refused("WITNESS-05", Invalid, load_key, tmp_path)


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=99), flip=st.data())
def test_signatures_hold_exactly_as_in_the_reference(seed, message, flip):
    public, signature = ed25519.public(seed), ed25519.signer(seed)(message)
    assert verify(public, message, signature)
    bit = flip.draw(st.integers(0, 511))
    changed = bytearray(signature)
    changed[bit // 8] ^= 1 << bit % 8
    assert not verify(public, message, bytes(changed))
    assert not verify(public, message + b"x", signature)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_what_is_no_key_verifies_nothing(length):
    assert not verify(bytes(length), b"x", bytes(64))
    assert not verify(bytes(32), b"x", bytes(length))
