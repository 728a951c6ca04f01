"""The witness's answers over HTTP: statuses, media types, limits, headers."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest

from guiju.base.witness import web as web_module
from guiju.base.witness.folder import DATABASE
from guiju.base.witness.page import MOST_LOGS
from guiju.base.witness.web import MOST_BYTES, application
from guiju.core.ledger.note import parse_note, parse_signatures
from guiju.core.ledger.witness import SIZE_TYPE
from ledger_reference.parties import LOG as REFERENCE_LOG
from witnessing import LOG, ORIGIN, WITNESS, checkpoint_path, log, witness

HONEST, FORK = log(), log(forked_at=50)
AT = 1_700_000_100
TEXT = "text/plain; charset=utf-8"


@dataclass
class Seen:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def kind(self):
        return self.headers["Content-Type"]


class Site:
    def __init__(self, found):
        self.witness = found
        self.app = application(found, now=lambda: AT)

    def __call__(self, method, path, body=b"", **environ):
        told = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body),
            **environ,
        }
        pieces = self.app(environ, lambda *line: told.append(line))
        [(status, headers)] = told
        return Seen(int(status[:3]), dict(headers), b"".join(pieces))

    def add(self, request):
        return self("POST", "/add-checkpoint", request.encode())


@pytest.fixture
def site(tmp_path):
    return Site(witness(tmp_path / "w"))


def test_a_grown_tree_is_answered_with_signature_lines(site):
    seen = site.add(HONEST.ask(0, 80))
    assert (seen.status, seen.kind) == (200, TEXT)
    [line] = parse_signatures(seen.body.decode())
    assert (line.name, line.key_id) == (WITNESS, site.witness.key.key_id)
    assert int.from_bytes(line.signature[:8], "big") == AT
    assert seen.headers["Content-Length"] == str(len(seen.body))


def test_the_documents_statuses(site):
    site.add(HONEST.ask(0, 80))
    behind = site.add(HONEST.ask(20, 90))
    assert (behind.status, behind.kind, behind.body) == (409, SIZE_TYPE, b"80\n")
    forked = site.add(FORK.ask(80, 80))
    assert (forked.status, forked.kind) == (409, TEXT)
    assert "LEDGER-64" in forked.body.decode()
    assert site.add(FORK.ask(80, 90)).status == 422
    assert site.add(log(forked_at=9).ask(0, 90)).status == 409
    shrunk = site("POST", "/add-checkpoint", b"old 99\n\n" + HONEST.checkpoint(90))
    assert shrunk.status == 400
    assert site("POST", "/add-checkpoint", b"old x\n\n").status == 400
    unknown = HONEST.ask(0, 9).encode().replace(ORIGIN.encode(), b"other.example")
    assert site("POST", "/add-checkpoint", unknown).status == 404
    forged = HONEST.ask(80, 90).encode().replace(b"\n90\n", b"\n91\n")
    assert site("POST", "/add-checkpoint", forged).status == 403
    assert REFERENCE_LOG == LOG


def test_the_last_checkpoint_is_shown_to_anyone(site):
    path = checkpoint_path()
    assert site("GET", path).status == 404
    site.add(HONEST.ask(0, 80))
    site.add(HONEST.ask(80, 90))
    seen = site("GET", path)
    assert (seen.status, seen.kind) == (200, TEXT)
    note = parse_note(seen.body)
    assert seen.body.startswith(f"{ORIGIN}\n90\n".encode())
    assert [line.name for line in note.signatures] == [ORIGIN, WITNESS]
    assert site("GET", checkpoint_path("other.example")).status == 404


def test_the_page_says_whose_and_how_far(site):
    site.add(HONEST.ask(0, 80))
    seen = site("GET", "/")
    page = seen.body.decode()
    assert (seen.status, seen.kind) == (200, "text/html; charset=utf-8")
    assert f"见证方「{WITNESS}」" in page
    assert str(site.witness.key) in page
    assert f'href="{checkpoint_path()[1:]}">80 条，2023-11-1' in page
    assert "<script" not in page
    assert site("HEAD", "/").headers == seen.headers
    assert site("HEAD", "/").body == b""


def test_names_on_the_page_do_nothing(site):
    site.witness.store.trust(LOG, origin="<script>alert(1)</script>", at=AT)
    page = site("GET", "/").body.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_stays_short(site):
    for number in range(MOST_LOGS + 4):
        site.witness.store.trust(LOG, origin=f"log{number}.example", at=AT)
    page = site("GET", "/").body.decode()
    assert page.count("<tr>") == MOST_LOGS + 1
    assert "另有 5 个记录未列出" in page


@pytest.mark.parametrize("path", ["/x", "/add-checkpoint/", "/favicon.ico", "//", "/" + "A" * 64])
def test_other_addresses_are_not_found(site, path):
    seen = site("GET", path)
    assert (seen.status, seen.kind) == (404, TEXT)
    assert "WITNESS-11" in seen.body.decode()


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/add-checkpoint", "POST"),
        ("PUT", "/add-checkpoint", "POST"),
        ("POST", "/", "GET, HEAD"),
        ("DELETE", checkpoint_path(), "GET, HEAD"),
    ],
)
def test_other_methods_are_told_which(site, method, path, allowed):
    seen = site(method, path)
    assert (seen.status, seen.headers["Allow"]) == (405, allowed)
    assert "WITNESS-13" in seen.body.decode()


@pytest.mark.parametrize("length", ["", "-1", "1e3", "x", "１"])
def test_a_length_is_required(site, length):
    seen = site("POST", "/add-checkpoint", b"old 0", CONTENT_LENGTH=length)
    assert seen.status == 411
    assert "WITNESS-14" in seen.body.decode()


def test_a_body_in_chunks_is_not_read(site):
    seen = site("POST", "/add-checkpoint", b"old 0", HTTP_TRANSFER_ENCODING="chunked")
    assert seen.status == 411


class Unread:
    def read(self, size):
        raise AssertionError(size)


def test_a_body_that_is_too_long_is_refused_unread(site):
    long = {"CONTENT_LENGTH": str(MOST_BYTES + 1), "wsgi.input": Unread()}
    seen = site("POST", "/add-checkpoint", **long)
    assert seen.status == 413
    assert "WITNESS-15" in seen.body.decode()
    assert site("POST", "/add-checkpoint", b"x" * MOST_BYTES).status == 400


def test_a_body_that_breaks_off_is_refused(site):
    body = HONEST.ask(0, 9).encode()
    seen = site("POST", "/add-checkpoint", body, CONTENT_LENGTH=str(len(body) + 1))
    assert seen.status == 408
    assert "WITNESS-16" in seen.body.decode()
    assert site.witness.store.last() == {}


def test_a_busy_witness_asks_to_come_again(site, monkeypatch, capsys):
    monkeypatch.setattr("guiju.base.witness.store._PATIENCE", 0.01)
    with site.witness.store.turn():
        seen = site.add(HONEST.ask(0, 9))
    assert (seen.status, seen.headers["Retry-After"]) == (503, "5")
    assert "WITNESS-08" in seen.body.decode()
    assert "WITNESS-08" in capsys.readouterr().err


def test_a_witness_without_memory_says_so_to_its_operator_alone(site, tmp_path, capsys):
    (tmp_path / "w" / DATABASE).unlink()
    for seen in (site.add(HONEST.ask(0, 9)), site("GET", "/"), site("GET", checkpoint_path())):
        assert seen.status == 503
        assert "WITNESS-17" in seen.body.decode()
        assert str(tmp_path) not in seen.body.decode()
    assert "WITNESS-06" in capsys.readouterr().err


def test_no_fault_of_the_program_shows_its_insides(site, monkeypatch, capsys):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(web_module, "front_page", fail)
    seen = site("GET", "/")
    assert (seen.status, seen.kind) == (500, TEXT)
    assert "WITNESS-17" in seen.body.decode()
    assert "Traceback" not in capsys.readouterr().err


def test_every_answer_is_guarded(site):
    for seen in (site("GET", "/"), site("GET", "/x"), site("GET", checkpoint_path())):
        assert "default-src 'none'" in seen.headers["Content-Security-Policy"]
        assert seen.headers["X-Content-Type-Options"] == "nosniff"
        assert seen.headers["Referrer-Policy"] == "no-referrer"
        assert seen.headers["Cache-Control"] == "no-store"
        assert seen.headers["X-Frame-Options"] == "DENY"
