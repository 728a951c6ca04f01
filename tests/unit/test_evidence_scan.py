"""clamd is asked as its manual says; without it nothing is called clean."""

from __future__ import annotations

import socket
import struct
import threading
from io import BytesIO

import pytest

from guiju.base.evidence.receive import receive
from guiju.base.evidence.scan import Scanner, ScanState, scan, scanner_at
from guiju.core.errors import Invalid

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(threading.Thread):
    """A peer that speaks INSTREAM: reads blocks to the empty one, answers once, hangs up."""

    def __init__(self, listening, answer=None, limit=2**30):
        super().__init__(daemon=True)
        self.listening, self.answer, self.limit = listening, answer, limit
        self.got = b""

    def run(self):
        peer, _ = self.listening.accept()
        with peer, peer.makefile("rb") as stream:
            if stream.read(10) != b"zINSTREAM\0":
                peer.sendall(b"UNKNOWN COMMAND\0")
                return
            while size := struct.unpack(">I", stream.read(4))[0]:
                self.got += stream.read(size)
                if len(self.got) > self.limit:
                    peer.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            found = b"Eicar-Test-Signature FOUND" if EICAR in self.got else b"OK"
            peer.sendall(b"stream: " + found + b"\0" if self.answer is None else self.answer)


@pytest.fixture(params=["unix", "tcp"])
def clamd(request, tmp_path):
    kind = socket.AF_UNIX if request.param == "unix" else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as listening:
        address = str(tmp_path / "clamd.sock") if request.param == "unix" else ("127.0.0.1", 0)
        listening.bind(address)
        listening.listen()
        where = listening.getsockname()
        setting = f"unix:{where}" if request.param == "unix" else f"tcp:127.0.0.1:{where[1]}"

        def started(**options):
            peer = Clamd(listening, **options)
            peer.start()
            return scanner_at(setting), peer

        yield started


def test_a_clean_file_is_called_clean_and_was_sent_whole(clamd):
    scanner, peer = clamd()
    content = bytes(range(256)) * 4096
    assert scan(BytesIO(content), scanner) is ScanState.CLEAN
    peer.join(5)
    assert peer.got == content


def test_a_virus_is_refused_by_name(clamd):
    scanner, _ = clamd()
    with pytest.raises(Invalid, match=r"Eicar-Test-Signature.*EVIDENCE-13"):
        scan(BytesIO(EICAR), scanner)


@pytest.mark.parametrize(
    "answer", [b"", b"stream: OK but not quite\0", b"stream: x ERROR\0", b"OK", b"x" * 10_000]
)
def test_no_proper_answer_is_a_refusal(clamd, answer):
    scanner, _ = clamd(answer=answer)
    with pytest.raises(Invalid, match="EVIDENCE-14"):
        scan(BytesIO(b"content"), scanner)


def test_a_scanner_that_hangs_up_on_large_files_is_no_approval(clamd):
    scanner, _ = clamd(limit=1000)
    with pytest.raises(Invalid, match="EVIDENCE-14"):
        scan(BytesIO(bytes(8 * 1024**2)), scanner)


def test_a_scanner_that_never_answers_is_given_up(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(tmp_path / "s"))
        listening.listen()
        with pytest.raises(Invalid, match="EVIDENCE-14"):
            scan(BytesIO(b"content"), Scanner(str(tmp_path / "s"), seconds=0.1))


@pytest.mark.parametrize("setting", ["unix:/nowhere/clamd.sock", "tcp:127.0.0.1:1"])
def test_nobody_there_is_a_refusal(setting):
    with pytest.raises(Invalid, match="EVIDENCE-14"):
        scan(BytesIO(b"content"), scanner_at(setting))


def test_without_a_scanner_nothing_is_called_clean():
    assert scanner_at("  ") is None
    assert scan(BytesIO(b"content"), None) is ScanState.NOT_SCANNED


def test_settings_are_read():
    assert scanner_at("unix:/run/clamd.ctl") == Scanner("/run/clamd.ctl")
    assert scanner_at("tcp:clam.local:3310") == Scanner(("clam.local", 3310))
    assert scanner_at("tcp:[::1]:3310") == Scanner(("::1", 3310))


@pytest.mark.parametrize(
    "setting", ["clamd", "unix:relative", "tcp:host", "tcp:h:0", "tcp:h:65536"]
)
def test_other_settings_are_refused(setting):
    with pytest.raises(Invalid, match="EVIDENCE-20"):
        scanner_at(setting)


def test_an_infected_upload_leaves_nothing_and_a_clean_one_is_said_to_be_scanned(clamd, tmp_path):
    root = tmp_path / "store"
    scanner, _ = clamd()
    with pytest.raises(Invalid, match="EVIDENCE-13"):
        receive(BytesIO(EICAR), declared_name="a.txt", store=root, scanner=scanner)
    assert [p.name for p in root.iterdir()] == []
    scanner, _ = clamd()
    got = receive(BytesIO(b"clean"), declared_name="a.txt", store=root, scanner=scanner)
    assert got.scan is ScanState.CLEAN
    assert got.remarks == ()
