from __future__ import annotations

from base64 import b64decode

import pytest

from guiju.core.errors import Invalid
from guiju.core.ledger.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from guiju.core.ledger.keys import (
    Key,
    KeyKind,
    Signed,
    cosign,
    cosigned_message,
    parse_key,
    sign_text,
    signed_by,
)
from guiju.core.ledger.note import SignatureLine, SignedNote, parse_note
from guiju.core.ledger.tree import TreeHead
from ledger_reference import ed25519, vectors
from ledger_reference.ed25519 import verify
from ledger_reference.parties import LOG, LOG_SIGN, ORIGIN, W1, W1_SIGN, W2

FOO = parse_key(vectors.NOTE_KEY)
PETER, ENOCH = parse_key(vectors.GO_PETER), parse_key(vectors.GO_ENOCH)
PETER_LINE, ENOCH_LINE = vectors.GO_PETER_LINE, vectors.GO_ENOCH_LINE
HEAD = TreeHead(7, bytes(range(32)))


def refused(code, act, *args, **named):
    with pytest.raises(Invalid) as caught:
        act(*args, **named)
    assert caught.value.code == code


def go_note(*lines):
    return f"{vectors.GO_TEXT}\n{''.join(lines)}".encode()


def test_the_reference_signatures_are_those_of_rfc_8032():
    # RFC 8032, section 7.1, TEST 1 and TEST 2
    for seed, public, message, signature in (
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            b"",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb88215"
                "90a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            b"\x72",
            (
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e4"
                "3e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            ),
        ),
    ):
        assert ed25519.public(bytes.fromhex(seed)).hex() == public
        assert ed25519.signer(bytes.fromhex(seed))(message).hex() == signature
        assert verify(bytes.fromhex(public), message, bytes.fromhex(signature))
        assert not verify(bytes.fromhex(public), message + b"!", bytes.fromhex(signature))


def test_the_documents_note_is_read_written_and_verified():
    note = parse_note(vectors.NOTE)
    assert note.text == "This is an example message.\n"
    assert note.encode() == vectors.NOTE
    assert signed_by(note, [FOO], verify) == (Signed(FOO),)


def test_a_text_may_hold_empty_lines():
    note = parse_note(vectors.NOTE_FORMAT)
    assert note.text.endswith(":\n\ned è subito sera.\n")
    assert [line.name for line in note.signatures] == ["quasimodo.example/salvatore"]
    assert note.encode() == vectors.NOTE_FORMAT


def test_gos_example_is_signed_byte_for_byte():
    sign = ed25519.signer(b64decode(vectors.GO_SEED)[1:])
    line = sign_text(vectors.GO_TEXT, PETER, sign)
    assert SignedNote(vectors.GO_TEXT, (line,)).encode() == go_note(PETER_LINE)


def test_unknown_keys_are_ignored_and_known_ones_found():
    note = parse_note(go_note(PETER_LINE, ENOCH_LINE))
    assert signed_by(note, [PETER], verify) == (Signed(PETER),)
    assert signed_by(note, [ENOCH, PETER], verify) == (Signed(PETER), Signed(ENOCH))
    refused("LEDGER-37", signed_by, note, [], verify)
    refused("LEDGER-37", signed_by, note, [FOO], verify)


def test_a_key_counts_by_name_and_id_together():
    note = parse_note(go_note(PETER_LINE.replace("PeterNeumann", "Peter")))
    refused("LEDGER-37", signed_by, note, [PETER], verify)
    renamed = Key("Peter", KeyKind.ED25519, PETER.public)
    refused("LEDGER-37", signed_by, note, [renamed], verify)


def test_a_bad_signature_of_a_known_key_spoils_the_note():
    changed = PETER_LINE[:60] + "ABCD" + PETER_LINE[60:]
    for lines in ((changed,), (changed, ENOCH_LINE), (PETER_LINE, changed)):
        refused("LEDGER-36", signed_by, parse_note(go_note(*lines)), [PETER, ENOCH], verify)
    assert signed_by(parse_note(go_note(changed, ENOCH_LINE)), [ENOCH], verify) == (Signed(ENOCH),)
    other = SignedNote("another text\n", parse_note(go_note(PETER_LINE)).signatures)
    refused("LEDGER-36", signed_by, other, [PETER], verify)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        # golang.org/x/mod/sumdb/note, TestOpen
        ("LEDGER-31", vectors.GO_TEXT.encode()),
        ("LEDGER-31", go_note()),
        ("LEDGER-31", go_note(PETER_LINE[:-1])),
        ("LEDGER-30", b"\x01" + go_note(PETER_LINE)),
        ("LEDGER-30", b"\xff" + go_note(PETER_LINE)),
        ("LEDGER-11", go_note(PETER_LINE.replace("Peter", "Bad "))),
        ("LEDGER-32", go_note(PETER_LINE, "Unexpected line.\n")),
        ("LEDGER-33", go_note(PETER_LINE * 101)),
        # and others
        ("LEDGER-31", b""),
        ("LEDGER-31", b"\n\n"),
        ("LEDGER-30", go_note(PETER_LINE.replace("\n", "\r\n"))),
        ("LEDGER-30", b"\t" + go_note(PETER_LINE)),
        ("LEDGER-30", b"x" * 1_000_001),
        ("LEDGER-32", go_note(PETER_LINE.replace("—", "-"))),
        ("LEDGER-32", go_note("— PeterNeumann\n")),
        ("LEDGER-32", go_note("— PeterNeumann AAAA\n")),
        ("LEDGER-32", go_note("— PeterNeumann AAAAAA==\n")),
        ("LEDGER-11", go_note("— PeterNeumann \n")),
        ("LEDGER-11", go_note(PETER_LINE.replace("nAM=", "nAN="))),
        ("LEDGER-11", go_note(PETER_LINE.replace("=\n", "\n"))),
        ("LEDGER-11", go_note(PETER_LINE.replace("=\n", "= \n"))),
        ("LEDGER-11", go_note(PETER_LINE.replace("/", "_"))),
        ("LEDGER-34", go_note(PETER_LINE.replace("PeterN", "Peter\u3000N"))),
        ("LEDGER-34", go_note(PETER_LINE.replace("PeterN", "Peter\u0085N"))),
        ("LEDGER-34", go_note(PETER_LINE.replace("PeterN", "Peter+N"))),
        ("LEDGER-34", go_note(PETER_LINE.replace("PeterNeumann", ""))),
    ],
)
def test_what_is_no_note_is_refused(code, data):
    refused(code, parse_note, data)


def test_a_hundred_signatures_are_read():
    assert len(parse_note(go_note(PETER_LINE * 100)).signatures) == 100


@pytest.mark.parametrize("text", ["", "no newline", "a\tb\n", "\ud800\n"])
def test_a_text_that_no_note_may_hold_is_not_signed(text):
    refused("LEDGER-38", SignedNote, text, (SignatureLine("a", bytes(4), b"x"),))


@pytest.mark.parametrize("key", [vectors.NOTE_KEY, vectors.GO_PETER, vectors.REAL_WITNESS])
def test_published_keys_are_read_and_written(key):
    assert str(parse_key(key)) == key


def test_every_other_writing_of_a_key_is_refused():
    # golang.org/x/mod/sumdb/note, TestNewVerifier: each part, each byte raised by one
    key = vectors.GO_PETER
    parts = {key[i:j] for i in range(len(key)) for j in range(i, len(key) + 1)} - {key}
    raised = {key[:at] + chr(ord(key[at]) + 1) + key[at + 1 :] for at in range(len(key))}
    longer = "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="
    unknown = "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    for wrong in {*parts, *raised, longer, unknown, key + "\n", key.replace("c74f", "C74F")}:
        with pytest.raises(Invalid):
            parse_key(wrong)


@pytest.mark.parametrize(("name", "code"), [("", "LEDGER-34"), ("a b", "LEDGER-34")])
def test_a_key_needs_a_name_and_32_bytes(name, code):
    refused(code, Key, name, KeyKind.ED25519, bytes(32))
    refused("LEDGER-35", Key, "a", KeyKind.ED25519, bytes(31))


def test_the_documents_cosignature_signs_the_documents_message():
    note = parse_note(vectors.COSIGNED)
    line = note.signatures[1]
    assert (line.name, line.key_id.hex()) == ("witness.example.com/w1", "8d66cf3f")
    at = int.from_bytes(line.signature[:8], "big")
    assert (at, len(line.signature)) == (1679315147, 72)
    assert cosigned_message(note.text, at) == vectors.COSIGNED_MESSAGE
    assert note.encode() == vectors.COSIGNED


def test_a_public_logs_checkpoint_and_its_witness_verify():
    log, witness = parse_key(vectors.REAL_LOG), parse_key(vectors.REAL_WITNESS)
    checkpoint, signed = open_checkpoint(
        vectors.REAL, origin=log.name, keys=[log, witness], verify=verify
    )
    assert checkpoint.head.size == 1_432_088_532
    assert signed == (Signed(log), Signed(witness, vectors.REAL_TIME))
    changed = vectors.REAL.replace(b"1432088532", b"1432088533")
    refused("LEDGER-36", open_checkpoint, changed, origin=log.name, keys=[witness], verify=verify)


def test_a_cosignature_holds_for_its_time_only():
    text = Checkpoint(ORIGIN, HEAD).text()
    line = cosign(text, W1, at=1_700_000_000, sign=W1_SIGN)
    note = SignedNote(text, (line,))
    assert signed_by(note, [W1, W2], verify) == (Signed(W1, 1_700_000_000),)
    for signature in (
        (1_700_000_001).to_bytes(8, "big") + line.signature[8:],
        cosign(text, W1, at=2**63, sign=W1_SIGN).signature,
        line.signature[8:],
        line.signature + b"\0",
        b"\0",
    ):
        forged = SignedNote(text, (SignatureLine(W1.name, W1.key_id, signature),))
        refused("LEDGER-36", signed_by, forged, [W1], verify)


def test_a_signature_of_another_length_is_not_even_asked_about():
    note = SignedNote("a\n", (SignatureLine(LOG.name, LOG.key_id, bytes(65)),))
    refused("LEDGER-36", signed_by, note, [LOG], lambda *_: True)


def test_a_logs_signature_is_no_cosignature_even_by_the_same_key():
    text = Checkpoint(ORIGIN, HEAD).text()
    twin = Key(LOG.name, KeyKind.COSIGNATURE, LOG.public)
    assert twin.key_id != LOG.key_id
    note = SignedNote(text, (sign_text(text, LOG, LOG_SIGN),))
    refused("LEDGER-37", signed_by, note, [twin], verify)


def test_the_documents_checkpoint_is_read_and_written():
    text = parse_note(vectors.COSIGNED).text
    checkpoint = parse_checkpoint(text)
    assert (checkpoint.origin, checkpoint.head.size) == ("example.com/behind-the-sofa", 20852163)
    assert checkpoint.head.root.hex().startswith("0ac518")
    assert checkpoint.text() == text


def test_extension_lines_are_kept():
    text = Checkpoint("a b+c", TreeHead(0, bytes(32)), ("x", "y z")).text()
    assert parse_checkpoint(text).extensions == ("x", "y z")
    assert parse_checkpoint(text).text() == text


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("LEDGER-40", ""),
        ("LEDGER-40", f"a\n1\n{ROOT}"),
        ("LEDGER-40", "a\n1\n"),
        ("LEDGER-40", f"\n1\n{ROOT}\n"),
        ("LEDGER-40", f"a\n\n{ROOT}\n"),
        ("LEDGER-40", f"a\n1\n{ROOT}\n\n"),
        ("LEDGER-40", f"a\n1\n{ROOT}\n\nx\n"),
        ("LEDGER-10", f"a\n01\n{ROOT}\n"),
        ("LEDGER-10", f"a\n-1\n{ROOT}\n"),
        ("LEDGER-10", f"a\n+1\n{ROOT}\n"),
        ("LEDGER-10", f"a\n 1\n{ROOT}\n"),
        ("LEDGER-10", f"a\n1_0\n{ROOT}\n"),
        ("LEDGER-10", f"a\n١\n{ROOT}\n"),
        ("LEDGER-10", f"a\n{2**63}\n{ROOT}\n"),
        ("LEDGER-10", f"a\n{'9' * 5000}\n{ROOT}\n"),
        ("LEDGER-11", "a\n1\nx\n"),
        ("LEDGER-11", f"a\n1\n{ROOT} \n"),
        ("LEDGER-11", f"a\n1\n{ROOT[:-2]}J=\n"),
        ("LEDGER-12", "a\n1\nAAAA\n"),
    ],
)
def test_what_is_no_checkpoint_is_refused(code, text):
    refused(code, parse_checkpoint, text)


@pytest.mark.parametrize(
    "parts",
    [
        ("", HEAD),
        ("a\nb", HEAD),
        ("a\t", HEAD),
        ("\ud800", HEAD),
        ("a", TreeHead(-1, bytes(32))),
        ("a", TreeHead(2**63, bytes(32))),
        ("a", TreeHead(1, bytes(31))),
        ("a", HEAD, ("",)),
        ("a", HEAD, ("x\ny",)),
    ],
)
def test_a_checkpoint_that_could_not_be_written_is_not_made(parts):
    refused("LEDGER-40", Checkpoint, *parts)


def test_a_checkpoint_of_another_log_is_refused():
    refused("LEDGER-41", open_checkpoint, vectors.REAL, origin=ORIGIN, keys=[LOG], verify=verify)
