"""``guiju witness``: init, trust, status, sign; serve is in the journeys."""

from __future__ import annotations

import re
import socket

import pytest

from factories import guiju, refused
from guiju.base.witness.folder import load_key, open_witness
from guiju.base.witness.paper import Kind, parts_of, read_parts
from guiju.base.witness.sheet import request_sheet
from guiju.core.ledger.keys import signed_by
from guiju.core.ledger.note import SignedNote, parse_note, parse_signatures
from ledger_reference import qr
from ledger_reference.ed25519 import verify
from ledger_reference.parties import W1
from witnessing import LOG, ORIGIN, WITNESS, log

HONEST, FORK = log(), log(forked_at=50)


@pytest.fixture
def home(tmp_path):
    assert guiju("witness", "init", "w", "--name", WITNESS, cwd=tmp_path).status == 0
    assert guiju("witness", "trust", "w", str(LOG), cwd=tmp_path).status == 0
    return tmp_path


def write(home, request, name="ask.txt"):
    parts = parts_of(request.encode(), Kind.REQUEST)
    (home / name).write_text("\n".join(reversed(parts)).lower(), "utf-8")
    return name


def test_init_shows_the_key_to_hand_out(tmp_path):
    result = guiju("witness", "init", "w", "--name", WITNESS, cwd=tmp_path)
    assert str(load_key(tmp_path / "w").key) in result.out.splitlines()
    assert "WITNESS-01" in refused("witness", "init", "w", "--name", "b.example", cwd=tmp_path)
    assert "LEDGER-34" in refused("witness", "init", "v", "--name", "a b", cwd=tmp_path)


def test_trust_takes_a_key_or_a_file_once(home):
    (home / "log.key").write_text(f"{LOG}\n")
    assert "早已登记" in guiju("witness", "trust", "w", "log.key", cwd=home).out
    other = guiju("witness", "trust", "w", "log.key", "--origin", "b.example", cwd=home)
    assert "已登记记录「b.example」" in other.out
    assert set(open_witness(home / "w").store.known()) == {ORIGIN, "b.example"}
    assert "WITNESS-10" in refused("witness", "trust", "w", str(W1), cwd=home)
    assert "WITNESS-05" in refused("witness", "trust", ".", str(LOG), cwd=home)


def test_a_request_on_paper_is_checked_signed_and_answered(home):
    result = guiju("witness", "sign", "w", write(home, HONEST.ask(0, 80)), cwd=home)
    assert result.status == 0, result.err
    line = (home / "ask.txt.answer.txt").read_text("utf-8")
    assert result.out.splitlines()[0] == line.rstrip()
    note = SignedNote(parse_note(HONEST.checkpoint(80)).text, parse_signatures(line))
    key = load_key(home / "w").key
    assert [one.key for one in signed_by(note, [key], verify)] == [key]
    page = (home / "ask.txt.answer.html").read_text("utf-8")
    assert "存证检查点见证答复书" in page
    scanned = [qr.read(qr.modules(svg)) for svg in re.findall(r"<svg.*?</svg>", page)]
    assert read_parts("".join(scanned), Kind.ANSWER).decode() == line


def test_the_answers_name_can_be_chosen(home):
    name = write(home, HONEST.ask(0, 80))
    assert guiju("witness", "sign", "w", name, "-o", "答复", cwd=home).status == 0
    assert (home / "答复.html").exists()
    assert (home / "答复.txt").exists()
    assert "FILE-03" in refused("witness", "sign", "w", name, "-o", "no/x", cwd=home)
    assert "FILE-04" in refused("witness", "sign", "w", "答复.txt", "-o", "答复", cwd=home)


def test_the_exported_request_itself_is_signed_too(home):
    (home / "ask").write_bytes(HONEST.ask(0, 80).encode())
    assert guiju("witness", "sign", "w", "ask", cwd=home).status == 0


def test_paper_and_server_obey_one_memory(home):
    assert guiju("witness", "sign", "w", write(home, HONEST.ask(0, 80)), cwd=home).status == 0
    for request, code in (
        (HONEST.ask(20, 90), "LEDGER-63"),
        (FORK.ask(80, 80), "LEDGER-64"),
        (FORK.ask(80, 90), "LEDGER-16"),
    ):
        name = write(home, request, f"{code}.txt")
        result = guiju("witness", "sign", "w", name, cwd=home)
        assert result.status == 2
        assert code in result.err
        assert not (home / f"{name}.answer.txt").exists()
    (home / "short.txt").write_text(parts_of(HONEST.ask(80, 90).encode(), Kind.REQUEST)[0])
    assert "WITNESS-24" in refused("witness", "sign", "w", "short.txt", cwd=home)
    assert "FILE-01" in refused("witness", "sign", "w", "nothing", cwd=home)


def test_status_tells_how_far_and_whether_a_log_misbehaved(home):
    assert "还没有见证过" in guiju("witness", "status", "w", cwd=home).out
    for old, size in ((0, 80), (80, 90)):
        guiju("witness", "sign", "w", write(home, HONEST.ask(old, size)), cwd=home)
    brief = guiju("witness", "status", "w", cwd=home)
    assert (brief.status, brief.out.count("见证 80 条"), brief.out.count("见证 90 条")) == (0, 0, 1)
    every = guiju("witness", "status", "w", "--history", cwd=home)
    assert every.out.index("见证 80 条") < every.out.index("见证 90 条")
    guiju("witness", "sign", "w", write(home, FORK.ask(90, 95)), cwd=home)
    after = guiju("witness", "status", "w", cwd=home)
    assert after.status == 1
    assert "有 1 次送来的检查点与见证过的不符" in after.out


@pytest.mark.parametrize("bind", ["x", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:65536", "a b:80", ""])
def test_serve_refuses_what_is_no_address(home, bind):
    assert "WITNESS-18" in refused("witness", "serve", "w", "--bind", bind, cwd=home)


def test_serve_refuses_a_taken_port(home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        assert "WITNESS-19" in refused("witness", "serve", "w", "--bind", bind, cwd=home)


def test_the_sheet_of_a_log_can_be_signed(home):
    """The whole way on paper: sheet, scan, sign, scan."""
    page = request_sheet(HONEST.ask(0, 391), witness=W1, made_at=1_700_000_000).decode()
    codes = [qr.read(qr.modules(svg)) for svg in re.findall(r"<svg.*?</svg>", page)]
    (home / "scan.txt").write_text("\n".join(codes))
    assert guiju("witness", "sign", "w", "scan.txt", cwd=home).status == 0
    assert open_witness(home / "w").store.known()[ORIGIN].last == HONEST.head(391)
