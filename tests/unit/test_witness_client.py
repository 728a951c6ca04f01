"""The log's side: every answer that a witness, or something in its place, can give."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from guiju.base.signing_keys import verify
from guiju.base.witness import client as client_module
from guiju.base.witness.client import (
    KnownSize,
    Lines,
    OutcomeKind,
    Refused,
    fetch_last,
    submit,
    witness_checkpoint,
)
from guiju.base.witness.wire import MOST_BYTES, Reply, Unreachable, exchange
from guiju.core.errors import Invalid
from guiju.core.ledger.keys import cosign
from ledger_reference.parties import STRANGER, STRANGER_SIGN, W1, W1_SIGN, W2, W2_SIGN
from witnessing import ORIGIN, checkpoint_path, free_port, log

HONEST = log()
AT = 1_700_000_100
SIZE = "text/x.tlog.size"


def cosigned(size=80, *, key=W1, sign=W1_SIGN):
    text = HONEST.checkpoint(size).decode().split("\n\n")[0] + "\n"
    return cosign(text, key, at=AT, sign=sign)


def http(status, body, kind="text/plain"):
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def request_from(sock):
    got = piece = sock.recv(1 << 16)
    while piece and got.startswith(b"POST") and not got.endswith(b"=\n"):
        piece = sock.recv(1 << 16)
        got += piece
    return got


@contextmanager
def answering(*pieces, hold=False):
    """A server that sends these bytes to whoever connects, and keeps what it was sent."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        received, done = [], threading.Event()

        def run():
            sock, _ = listener.accept()
            with sock:
                sock.settimeout(20)
                received.append(request_from(sock))
                for piece in pieces:
                    try:
                        sock.sendall(piece)
                    except OSError:
                        return
                    if hold and done.wait(0.05):
                        return
                if hold:
                    done.wait(20)

        thread = threading.Thread(target=run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/w", received
        finally:
            done.set()
            thread.join()


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (http(200, b"lines"), Lines(b"lines")),
        (http(409, b"80\n", SIZE), KnownSize(80)),
        (http(409, b"80\n", "Text/X.tlog.size; charset=utf-8"), KnownSize(80)),
        (http(409, b"80\n"), Refused(409, "80")),
        (http(403, "不行\n第二行".encode()), Refused(403, "不行")),
        (http(500, b"\xff\x1b[31m" + b"x" * 999), Refused(500, "\ufffd[31m" + "x" * 195)),
    ],
)
def test_answers_are_told_apart(sent, answer):
    with answering(sent) as (url, received):
        assert submit(url, HONEST.ask(0, 80), timeout=10) == answer
    assert received[0].startswith(b"POST /w/add-checkpoint HTTP/1.1\r\n")
    assert b"\r\n\r\nold 0\n" in received[0]


def test_the_last_checkpoint_is_fetched_by_the_origins_hash():
    with answering(http(200, b"note")) as (url, received):
        assert fetch_last(f"{url}/", ORIGIN) == b"note"
    assert received[0].startswith(f"GET /w{checkpoint_path()} HTTP/1.1\r\n".encode())
    with answering(http(404, "没有".encode())) as (url, _):
        assert fetch_last(url, ORIGIN) == Refused(404, "没有")


@pytest.mark.parametrize(
    "pieces",
    [
        (b"",),
        (b"SSH-2.0-x\r\n",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort",),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n" + b"x" * (MOST_BYTES + 1),),
        (http(200, b"x" * (MOST_BYTES + 1)),),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",),
        (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500,),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 99_999,),
        (http(409, b"080\n", SIZE),),
    ],
)
def test_what_is_no_answer_is_unreachable(pieces):
    with answering(*pieces) as (url, _):
        assert isinstance(submit(url, HONEST.ask(0, 80), timeout=10), Unreachable)


def test_64_kib_are_read():
    with answering(http(200, b"x" * MOST_BYTES)) as (url, _):
        assert submit(url, HONEST.ask(0, 80)) == Lines(b"x" * MOST_BYTES)


def test_nobody_is_followed_elsewhere():
    away = b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    with answering(away) as (url, _):
        assert submit(url, HONEST.ask(0, 80)) == Refused(307, "")


@pytest.mark.parametrize(
    "begun", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"]
)
def test_whoever_drips_is_cut_off(begun):
    drops = (begun, *[b"X"] * 400)
    with answering(*drops, hold=True) as (url, _):
        answer = submit(url, HONEST.ask(0, 80), timeout=0.4)
    assert str(answer.reason) == "对方没有在规定的时间内答复"


def test_a_closed_port_is_unreachable():
    answer = exchange(f"http://127.0.0.1:{free_port()}/", timeout=5)
    assert isinstance(answer, Unreachable)
    assert str(answer.reason).startswith("连接不上")


def test_plain_http_is_not_taken_for_https():
    with answering(http(200, b"x")) as (url, _):
        answer = exchange(url.replace("http", "https"), timeout=5)
    assert str(answer.reason) == "对方的证书不可信，或加密连接不成立"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a certificate for 127.0.0.1, signed by itself, and its key."""
    private, day = Ed25519PrivateKey.generate(), timedelta(days=1)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "w.example")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, private.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(here, critical=False)
        .sign(private, None)
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private.private_bytes(*form) + made.public_bytes(Encoding.PEM))
    return path


@contextmanager
def secured(certificate, reply):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)

        def run():
            with suppress(OSError), context.wrap_socket(listener.accept()[0], True) as sock:
                request_from(sock)
                sock.sendall(reply)

        thread = threading.Thread(target=run)
        thread.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


def test_https_demands_a_certificate_that_is_trusted(certificate, monkeypatch):
    with secured(certificate, http(200, b"lines")) as url:
        answer = submit(url, HONEST.ask(0, 80))
    assert str(answer.reason) == "对方的证书不可信，或加密连接不成立"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with secured(certificate, http(200, b"lines")) as url:
        assert submit(url, HONEST.ask(0, 80)) == Lines(b"lines")
    with secured(certificate, http(200, b"lines")) as url:
        answer = submit(url.replace("127.0.0.1", "localhost"), HONEST.ask(0, 80))
    assert isinstance(answer, Unreachable)


def test_whoever_drips_while_shaking_hands_is_cut_off():
    with answering(b"\x16", b"\x03", b"\x03", b"\x3f", *[b"\x00"] * 400, hold=True) as (url, _):
        answer = submit(url.replace("http", "https"), HONEST.ask(0, 80), timeout=0.4)
    assert str(answer.reason) == "对方没有在规定的时间内答复"


@pytest.mark.parametrize(
    "url",
    [
        *("", "w", "ftp://a/", "file:///etc/passwd", "//a/", "http://", "http:///x"),
        *("http://a:99999/", "http://a:x/", "http://a:0/", "http://u:p@a/", "http://a/?q"),
        *("http://a/#f", "http://a/ b", "http://a/\r\nX: y", "http://甲/", "http://[::1/"),
        "http://a/" + "x" * 300,
    ],
)
def test_only_plain_addresses_are_called(url):
    with pytest.raises(Invalid) as caught:
        exchange(url, timeout=1)
    assert caught.value.code == "WITNESS-20"


class Script:
    """Answers in order, and what was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, _url, request):
        self.asked.append(request.old)
        assert request.path == HONEST.prove(request.old, 80)
        return self.answers.pop(0)


@pytest.fixture
def ask(monkeypatch):
    def ask(*answers, believed=40, keys=(W1,)):
        script = Script(*answers)
        monkeypatch.setattr(client_module, "submit", script)
        outcome = witness_checkpoint(
            "http://w.example",
            checkpoint=HONEST.checkpoint(80),
            believed=believed,
            prove=lambda old: HONEST.prove(old, 80),
            keys=keys,
            verify=verify,
        )
        assert script.answers == []
        return outcome, script.asked

    return ask


GOOD = Lines(str(cosigned()).encode())


def test_a_cosignature_is_verified_and_returned(ask):
    outcome, asked = ask(GOOD)
    assert asked == [40]
    assert (outcome.kind, outcome.line, outcome.at) == (OutcomeKind.COSIGNED, cosigned(), AT)
    assert outcome.says is None


def test_of_several_lines_the_known_witnesss_counts(ask):
    w2 = cosigned(key=W2, sign=W2_SIGN)
    stranger = cosigned(key=STRANGER, sign=STRANGER_SIGN)
    lines = Lines(f"{stranger}{w2}".encode())
    assert ask(lines, keys=(W1, W2))[0].line == w2


@pytest.mark.parametrize(("believed", "known"), [(40, 20), (40, 60), (0, 80), (40, 0), (80, 7)])
def test_a_witness_that_knows_another_smaller_size_is_asked_once_more(ask, believed, known):
    outcome, asked = ask(KnownSize(known), GOOD, believed=believed)
    assert (outcome.kind, asked) == (OutcomeKind.COSIGNED, [believed, known])


def test_a_witness_that_knows_more_means_that_we_lost_something(ask):
    outcome, asked = ask(KnownSize(81))
    assert (outcome.kind, outcome.known, asked) == (OutcomeKind.BEHIND, 81, [40])
    assert str(outcome.says) == "见证方见证过 81 条，本机只有 80 条"
    assert ask(KnownSize(20), KnownSize(90))[0].kind is OutcomeKind.BEHIND


def test_to_believe_more_than_we_have_makes_us_ask_from_nothing(ask):
    outcome, asked = ask(KnownSize(99), believed=99)
    assert (outcome.kind, outcome.known, asked) == (OutcomeKind.BEHIND, 99, [0])


@pytest.mark.parametrize("status", [409, 422])
def test_another_root_or_a_failed_proof_is_disagreement(ask, status):
    outcome, _ = ask(Refused(status, "同是 80 条"))
    assert outcome.kind is OutcomeKind.DISAGREE
    assert "同是 80 条" in str(outcome.says)
    assert ask(KnownSize(20), Refused(status, ""))[0].kind is OutcomeKind.DISAGREE


@pytest.mark.parametrize(
    "answers",
    [
        (Refused(404, "没有登记"),),
        (Refused(403, ""),),
        (Refused(503, ""),),
        (Unreachable(client_module.zh("连接不上")),),
        (KnownSize(40),),
        (KnownSize(20), KnownSize(30)),
        (Lines(b""),),
        (Lines(b"\xff"),),
        (Lines(str(cosigned(79)).encode()),),
        (Lines(str(cosigned(key=STRANGER, sign=STRANGER_SIGN)).encode()),),
        (Lines(str(cosigned(key=W1, sign=W2_SIGN)).encode()),),
    ],
)
def test_everything_else_is_no_witness_and_says_why(ask, answers):
    outcome, _ = ask(*answers)
    assert (outcome.kind, outcome.line) == (OutcomeKind.SILENT, None)
    assert str(outcome.says)


def test_a_reply_is_what_came():
    with answering(http(204, b"")) as (url, _):
        assert exchange(url, timeout=5) == Reply(204, "text/plain", b"")
