"""The witness as a process of its own: many clients, hostile clients, kill -9."""

from __future__ import annotations

import random
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from guiju.base.signing_keys import verify
from guiju.base.witness.client import (
    KnownSize,
    Lines,
    OutcomeKind,
    Refused,
    fetch_last,
    submit,
    witness_checkpoint,
)
from guiju.base.witness.folder import open_witness
from guiju.base.witness.web import MOST_BYTES
from guiju.core.ledger.keys import signed_by
from guiju.core.ledger.note import SignedNote, parse_note, parse_signatures
from witnessing import LOG, ORIGIN, Server, checkpoint_path, log, served, witness

HONEST, FORK = log(), log(forked_at=50)


@pytest.fixture
def audit(tmp_path):
    return witness(tmp_path / "w")


def ask(server, story, size, believed, key):
    return witness_checkpoint(
        server.url,
        checkpoint=story.checkpoint(size),
        believed=believed,
        prove=lambda old: story.prove(old, size),
        keys=[key],
        verify=verify,
    )


def raw(server, data, *, seconds=20.0, shut=False):
    """Send bytes as they are; return what comes back until the server closes or time is up."""
    with socket.create_connection(("127.0.0.1", server.port), seconds) as sock:
        sock.sendall(data)
        if shut:
            sock.shutdown(socket.SHUT_WR)
        got = b""
        try:
            while piece := sock.recv(1 << 16):
                got += piece
        except TimeoutError:
            pass
        return got


def test_a_log_is_witnessed_through_growth_restart_fork_and_roll_back(audit, tmp_path):
    with served(tmp_path / "w") as server:
        assert fetch_last(server.url, ORIGIN).status == 404
        assert ask(server, HONEST, 60, 0, audit.key).kind is OutcomeKind.COSIGNED
        assert ask(server, HONEST, 80, 60, audit.key).kind is OutcomeKind.COSIGNED
        assert server.kill(signal.SIGTERM) == 0
    with served(tmp_path / "w") as server:
        again = ask(server, HONEST, 80, 0, audit.key)
        assert again.kind is OutcomeKind.COSIGNED
        rolled = ask(server, HONEST, 55, 55, audit.key)
        assert (rolled.kind, rolled.known) == (OutcomeKind.BEHIND, 80)
        assert ask(server, FORK, 80, 80, audit.key).kind is OutcomeKind.DISAGREE
        assert ask(server, FORK, 99, 80, audit.key).kind is OutcomeKind.DISAGREE
        assert ask(server, HONEST, 99, 80, audit.key).kind is OutcomeKind.COSIGNED
        seen = parse_note(fetch_last(server.url, ORIGIN))
        assert [one.key for one in signed_by(seen, (LOG, audit.key), verify)] == [LOG, audit.key]
        assert seen.text.startswith(f"{ORIGIN}\n99\n")
    assert open_witness(tmp_path / "w").store.doubts() == {ORIGIN: 2}


def test_eight_clients_at_once_get_one_story(audit, tmp_path):
    def climb(number):
        story, size, got = (HONEST, FORK)[number % 2], 51, []
        for _ in range(25):
            outcome = ask(server, story, size, size, audit.key)
            if outcome.kind is OutcomeKind.COSIGNED:
                got.append((number % 2, size, outcome.at))
            size = (outcome.known or size) + 1
        return got

    with served(tmp_path / "w") as server:
        assert ask(server, HONEST, 50, 0, audit.key).kind is OutcomeKind.COSIGNED
        with ThreadPoolExecutor(8) as pool:
            got = [one for part in pool.map(climb, range(8)) for one in part]
    assert len(got) > 20
    assert len({story for story, _, _ in got}) == 1
    by_size = sorted(got, key=lambda one: one[1])
    assert [at for *_, at in by_size] == sorted(at for *_, at in by_size)
    sizes = [kept.head.size for kept in audit.store.history(ORIGIN)]
    assert {size for _, size, _ in got} <= set(sizes)


class Hammer:
    """Clients of a hostile log: two stories, whatever the witness says, until told to stop."""

    def __init__(self, server):
        self.server = server
        self.stopped = threading.Event()
        self.signed = []
        self.threads = [threading.Thread(target=self.run, args=(n,)) for n in range(4)]
        for thread in self.threads:
            thread.start()

    def run(self, number):
        story, old, size = (HONEST, FORK)[number % 2], 0, 1
        while not self.stopped.is_set() and size <= 400:
            answer = submit(self.server.url, story.ask(old, size), timeout=10)
            if isinstance(answer, Lines):
                self.signed.append((story.checkpoint(size), answer.body, story.head(size)))
                old, size = size, size + 1
            elif isinstance(answer, KnownSize):
                old, size = answer.size, answer.size + 1
            elif isinstance(answer, Refused):
                old, size = 0, 1

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join()


def test_killed_thirty_times_it_never_forgets_what_it_signed(audit, tmp_path):
    waits = random.Random(7)  # noqa: S311 - the same waits on every run
    signed = []
    for _ in range(30):
        server = Server(tmp_path / "w")
        hammer = Hammer(server)
        hammer.stopped.wait(waits.uniform(0.02, 0.25))
        assert server.kill() == -signal.SIGKILL
        hammer.stop()
        signed += hammer.signed
        last = open_witness(tmp_path / "w").store.last()
        newest = last[ORIGIN].head.size if last else 0
        assert newest >= max((head.size for *_, head in signed), default=0)
    history = {kept.head.size: kept.head for kept in audit.store.history(ORIGIN)}
    assert len(signed) > 30
    for checkpoint, lines, head in signed:
        assert history[head.size] == head
        note = SignedNote(parse_note(checkpoint).text, parse_signatures(lines.decode()))
        assert signed_by(note, [audit.key], verify)
    stories = {
        story
        for size, head in history.items()
        for story, of in enumerate((HONEST, FORK))
        if size > 50 and of.head(size) == head
    }
    assert len(stories) <= 1
    with served(tmp_path / "w") as server:
        size = max(history)
        story = FORK if 1 in stories else HONEST
        assert ask(server, story, min(size + 1, 400), 0, audit.key).kind is OutcomeKind.COSIGNED


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    folder = tmp_path_factory.mktemp("standing") / "w"
    witness(folder)
    with served(folder) as server:
        yield server


POST = b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\n"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (POST + b"Content-Length: 5\r\nConnection: close\r\n\r\nold 0", b"400"),
        (POST + b"Connection: close\r\n\r\n", b"411"),
        (POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n", b"411"),
        (POST + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % (MOST_BYTES + 1), b"413"),
        (POST + b"Content-Length: 99999999999999\r\nConnection: close\r\n\r\n", b"411"),
        (POST + b"Content-Length: -1\r\n\r\n", b"400"),
        (b"GET /add-checkpoint HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n", b"405"),
        (b"GET /../../etc/passwd HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /%ff%00 HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET / HTTP/1.1\r\nHost: w\r\nX: " + b"x" * 9000 + b"\r\n\r\n", b"431"),
        (b"GET /" + b"x" * 5000 + b" HTTP/1.1\r\nHost: w\r\n\r\n", b"414"),
        (b"\x16\x03\x01\x00\xa5" + bytes(60) + b"\r\n\r\n", b"400"),
    ],
)
def test_malformed_requests_are_answered_without_a_traceback(standing, data, status):
    got = raw(standing, data, shut=True)
    assert got[9:12] == status, got
    assert b"Traceback" not in got
    assert b"File " not in got


def test_a_request_that_breaks_off_is_not_waited_for(standing):
    assert raw(standing, POST + b"Content-Length: 50\r\n\r\nold 0", shut=True)[9:12] == b"408"
    assert raw(standing, b"POST /add", shut=True) == b""


def test_slow_clients_are_cut_off_and_hold_up_nobody(standing):
    begun = [POST, POST + b"Content-Length: 500\r\n\r\nold", b"", b"G"]
    slow = [socket.create_connection(("127.0.0.1", standing.port), 60) for _ in range(24)]
    for number, sock in enumerate(slow):
        sock.sendall(begun[number % len(begun)])
    page = raw(standing, b"GET / HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n")
    assert page.startswith(b"HTTP/1.1 200")
    for number, sock in enumerate(slow):
        got = b""
        while piece := sock.recv(1 << 16):
            got += piece
        assert got[9:12] == (b"408" if number % len(begun) == 1 else b""), got
        sock.close()


def test_clients_that_do_not_hang_up_keep_nobody_out(standing):
    silent = [socket.create_connection(("127.0.0.1", standing.port), 60) for _ in range(12)]
    for sock in silent:
        sock.sendall(b"nonsense\r\n\r\n")
    page = b"GET / HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n"
    assert raw(standing, page, seconds=8).startswith(b"HTTP/1.1 200")
    for sock in silent:
        sock.close()


def test_a_connection_serves_several_requests(standing):
    """C2SP tlog-witness: "witnesses SHOULD support HTTP keep-alive"."""
    one = f"GET {checkpoint_path()} HTTP/1.1\r\nHost: w\r\n".encode()
    got = raw(standing, one + b"\r\n" + one + b"Connection: close\r\n\r\n")
    assert got.count(b"HTTP/1.1 404") == 2


def test_nothing_was_said_of_the_programs_insides(standing):
    raw(standing, b"\x00" * 100 + b"\r\n\r\n", shut=True)
    with open(standing.log.name, encoding="utf-8") as journal:  # noqa: PTH123 - its own name
        text = journal.read()
    assert "正在 http://127.0.0.1:" in text
    assert "Traceback" not in text
