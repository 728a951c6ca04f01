"""Whatever a file does to the worker ends with the worker, and what it says is not believed."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from evidence import making
from guiju.base.evidence import sandbox, store, worker
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.receive import receive
from guiju.base.evidence.report import Report, Unreadable, decoded, encoded, rows
from guiju.base.evidence.sandbox import Limits
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

CONFINED = """
import errno, os, sys
from guiju.base.evidence.worker import confine
confine(seconds=2, memory=300 * 2**20, size=1000)
{act}
"""


def confined(act, folder):
    command = [sys.executable, "-I", "-c", CONFINED.format(act=act)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def left(root):
    return [path.name for path in root.rglob("*") if path.is_file() and path.name != ".lock"]


def test_the_worker_cannot_take_more_memory(tmp_path):
    done = confined("try: bytes(2**30)\nexcept MemoryError: print('no')", tmp_path)
    assert done.stdout == "no\n"


def test_the_worker_cannot_compute_without_end(tmp_path):
    assert confined("while True: pass", tmp_path).returncode < 0


def test_the_worker_cannot_fill_the_disk(tmp_path):
    act = "try: open('x', 'wb', 0).write(bytes(1000)); open('x', 'ab', 0).write(b'x')\n"
    done = confined(act + "except OSError as e: print(e.errno == errno.EFBIG)", tmp_path)
    assert done.stdout == "True\n"


def test_the_worker_cannot_raise_its_limits(tmp_path):
    act = "import resource as r\nr.setrlimit(r.RLIMIT_FSIZE, (2000, 1000))"
    assert "ValueError" in confined(act, tmp_path).stderr


@pytest.mark.parametrize(
    "limits",
    [Limits(memory=24 * 1024**2), Limits(processor=0), Limits(seconds=0.01)],
    ids=["memory", "processor", "time"],
)
def test_a_worker_that_does_not_finish_is_a_refusal_and_nothing_is_left(tmp_path, limits):
    root = tmp_path / "store"
    with pytest.raises(Invalid, match="EVIDENCE-12"):
        receive(BytesIO(making.photo()), declared_name="a.jpg", store=root, limits=limits)
    assert left(root) == []
    assert receive(BytesIO(making.photo()), declared_name="a.jpg", store=root).clean_sha256


def test_a_picture_that_needs_too_much_memory_is_a_refusal(tmp_path):
    head = making.struct.pack(">IIBBBBB", 7000, 7000, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes((7000 * 3 + 1) * 7000), 9)
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(making.png_chunk(*chunk) for chunk in chunks)
    root = tmp_path / "store"
    with pytest.raises(Invalid, match="EVIDENCE-12"):
        receive(
            BytesIO(content), declared_name="a.png", store=root, limits=Limits(memory=200 * 2**20)
        )
    assert left(root) == []


def replaced_by(monkeypatch, code):
    """Let the worker be a program that a hostile file has taken over."""
    run = subprocess.run

    def taken(command, **options):
        return run([sys.executable, "-I", "-c", code, *command[-6:]], **options)

    monkeypatch.setattr(sandbox.subprocess, "run", taken)


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.abort()",
        "import sys; sys.exit(1)",
        "pass",
        "print('no report')",
        "print('[' * 100000)",
        "print('x' * 10**7)",
        "print('{}')",
        'print(\'{"kind": "pdf"}\')',
        'print(\'{"refusal": "Invalid", "code": "x", "sentence": ["a", []]}\')',
    ],
)
def test_a_worker_that_says_nothing_sensible_is_a_refusal(tmp_path, monkeypatch, code):
    replaced_by(monkeypatch, code)
    with pytest.raises(Invalid, match="EVIDENCE-12"):
        receive(BytesIO(b"text"), declared_name="a.txt", store=tmp_path)
    assert left(tmp_path) == []


def test_a_copy_that_a_worker_links_elsewhere_is_not_stored(tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    answer = encoded(Report(FileKind.PDF, cleaned=True)).decode()
    code = f"import os, sys; os.symlink({str(secret)!r}, sys.argv[3]); print({answer!r})"
    replaced_by(monkeypatch, code)
    with pytest.raises(Invalid, match="EVIDENCE-02"):
        receive(BytesIO(b"text"), declared_name="a.pdf", store=tmp_path / "store")
    assert left(tmp_path / "store") == []


def test_a_report_and_a_refusal_travel_as_they_are():
    report = Report(FileKind.PDF, rows((zh("作者"), "李四")), (zh("有 {n} 处", n=3),), cleaned=True)
    assert decoded(encoded(report)) == report
    refusal = Invalid("EVIDENCE-06", zh("坏在{where}", where=zh("第 {n} 页", n=2)))
    again = decoded(encoded(refusal))
    assert (type(again), str(again)) == (Invalid, "坏在第 2 页 [EVIDENCE-06]")


@pytest.mark.parametrize(
    "sentence",
    [
        ["{x.__class__}", [["x", "a"]]],
        ["{x!r}", [["x", "a"]]],
        ["{x:>1000000000}", [["x", "a"]]],
        ["{missing}", []],
        ["{", []],
        ["\ud800", []],
        ["{x}", [["x", "\ud800"]]],
        ["{x}", [["x", None]]],
        [1, []],
        "ab",
        None,
    ],
)
def test_sentences_from_the_worker_are_plain(sentence):
    made = {"refusal": "Invalid", "code": "EVIDENCE-06", "sentence": sentence}
    with pytest.raises(Unreadable):
        decoded(json.dumps(made).encode())


def test_the_worker_knows_nothing_of_our_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary")
    code = (
        "import os; print(os.environ.get('SECRET_KEY'), os.getcwd(), os.getsid(0) == os.getpid())"
    )
    seen = {}
    run = subprocess.run

    def watched(command, **options):
        out = subprocess.PIPE
        seen["said"] = run([sys.executable, "-c", code], **{**options, "stdout": out}).stdout
        return run(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "run", watched)
    receive(BytesIO(b"text"), declared_name="a.txt", store=tmp_path)
    assert seen["said"].split() == [b"None", b"/", b"True"]


def test_a_store_with_a_chinese_name_and_spaces_works(tmp_path):
    root = tmp_path / "证据 库"
    got = receive(BytesIO(making.picture()), declared_name="图.png", store=root)
    assert store.verify_stored(root, got.sha256)


def test_a_full_disk_while_cleaning_is_said_to_be_the_disk(tmp_path):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    content = tmp_path / "a"
    for make in (making.mp4, making.docx, making.picture):
        content.write_bytes(make())
        outcome = worker.outcome_of(content, "", Path("/dev/full"))
        assert outcome.code == "EVIDENCE-02"
