"""The store keeps content by its hash: whole, once, private, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tracemalloc
from io import BytesIO
from pathlib import Path

import pytest

from guiju.base.evidence import store
from guiju.core.errors import Conflict, Invalid


@pytest.fixture
def root(tmp_path):
    return tmp_path / "store"


class Endless:
    """A stream of zeros without an end, which counts what was taken from it."""

    taken = 0

    def read(self, size):
        self.taken += size
        return bytes(size)


class Broken:
    """An upload whose sender goes away after the first block."""

    def __init__(self):
        self.first = True

    def read(self, size):
        if not self.first:
            raise ConnectionResetError
        self.first = False
        return b"x" * 100


def everything(root):
    return sorted(p.name for p in root.rglob("*") if p.is_file() and p.name != ".lock")


def test_content_is_found_again_by_its_hash(root):
    put = store.put_stream(root, BytesIO(b"content"))
    assert put.sha256 == hashlib.sha256(b"content").hexdigest()
    assert put.size == 7
    with store.open_stored(root, put.sha256) as stream:
        assert stream.read() == b"content"
    assert store.path_of(root, put.sha256) == root / put.sha256[:2] / put.sha256[2:4] / put.sha256


def test_the_same_content_twice_is_one_file_that_is_not_written_again(root):
    first = store.put_stream(root, BytesIO(b"content"))
    before = store.path_of(root, first.sha256).stat()
    again = store.put_stream(root, BytesIO(b"content"))
    after = store.path_of(root, again.sha256).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert everything(root) == [first.sha256]


def test_files_and_folders_are_private(root):
    put = store.put_stream(root, BytesIO(b"content"))
    path = store.path_of(root, put.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    folders = [root, path.parent, path.parent.parent]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


@pytest.mark.parametrize(("most", "fits"), [(7, True), (6, False)])
def test_the_cap_is_exact_and_leaves_nothing_behind(root, most, fits):
    if fits:
        assert store.put_stream(root, BytesIO(b"content"), most=most).size == 7
        return
    with pytest.raises(Invalid, match="EVIDENCE-01"):
        store.put_stream(root, BytesIO(b"content"), most=most)
    assert everything(root) == []


def test_an_endless_stream_is_cut_off_at_the_cap(root):
    stream = Endless()
    with pytest.raises(Invalid, match="EVIDENCE-01"):
        store.put_stream(root, stream, most=5 * 1024**2)
    assert stream.taken == 5 * 1024**2 + 1
    assert everything(root) == []


def test_a_large_upload_is_streamed(root):
    tracemalloc.start()
    try:
        with pytest.raises(Invalid, match="EVIDENCE-01"):
            store.put_stream(root, Endless(), most=64 * 1024**2)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * 1024**2


def test_an_empty_stream_is_refused(root):
    with pytest.raises(Invalid, match="EVIDENCE-03"):
        store.put_stream(root, BytesIO(b""))
    assert everything(root) == []


def test_an_upload_that_breaks_off_is_refused(root):
    with pytest.raises(Invalid, match="EVIDENCE-15"):
        store.put_stream(root, Broken())
    assert everything(root) == []


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_full_disk_is_a_refusal_and_leaves_nothing(root, monkeypatch, call):
    store.put_stream(root, BytesIO(b"before"))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    target = os if call == "fsync" else type(root)
    with monkeypatch.context() as patch:
        patch.setattr(target, call, full)
        with pytest.raises(Invalid, match="磁盘已满"):
            store.put_stream(root, BytesIO(b"content"))
    assert everything(root) == [hashlib.sha256(b"before").hexdigest()]
    assert store.put_stream(root, BytesIO(b"content")).size == 7


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_write_that_the_disk_does_not_take_is_a_refusal(root, monkeypatch):
    opened = os.open

    def on_full_disk(path, flags, mode=0o777):
        device = flags & os.O_CREAT and not str(path).endswith(".lock")
        return opened("/dev/full" if device else path, flags & ~(os.O_CREAT | os.O_EXCL), mode)

    root.mkdir()
    monkeypatch.setattr(os, "open", on_full_disk)
    with pytest.raises(Invalid, match=r"磁盘已满.*EVIDENCE-02"):
        store.put_stream(root, BytesIO(b"content" * 1000))


def test_a_folder_that_cannot_be_made_is_a_refusal(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Invalid, match="EVIDENCE-02"):
        store.put_stream(tmp_path / "file" / "store", BytesIO(b"content"))


def test_all_of_several_files_are_kept_or_none(root, monkeypatch):
    place, calls = store._place, []

    def fails_second(written, path):
        calls.append(path)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "full")
        place(written, path)

    with store.incoming(root, BytesIO(b"one")) as one, store.incoming(root, BytesIO(b"two")) as two:
        with monkeypatch.context() as patch:
            patch.setattr(store, "_place", fails_second)
            with pytest.raises(Invalid, match="EVIDENCE-02"):
                store.keep(root, one, two)
        assert list(store.walk(root)) == []


def test_content_that_was_there_stays_when_another_file_fails(root, monkeypatch):
    old = store.put_stream(root, BytesIO(b"one"))

    def fails(*_):
        raise OSError(errno.EIO, "broken")

    with store.incoming(root, BytesIO(b"one")) as one, store.incoming(root, BytesIO(b"two")) as two:
        monkeypatch.setattr(store, "_place", fails)
        with pytest.raises(Invalid, match="EVIDENCE-02"):
            store.keep(root, one, two)
    assert list(store.walk(root)) == [old.sha256]


def test_damage_is_found_by_hashing_again(root):
    put = store.put_stream(root, BytesIO(b"content"))
    assert store.verify_stored(root, put.sha256)
    store.path_of(root, put.sha256).write_bytes(b"c0ntent")
    assert not store.verify_stored(root, put.sha256)
    with pytest.raises(Conflict, match="EVIDENCE-17"):
        store.put_stream(root, BytesIO(b"content"))
    assert everything(root) == [put.sha256]


def test_what_is_not_there_is_said_to_be_missing(root):
    root.mkdir()
    with pytest.raises(Invalid, match="EVIDENCE-16"):
        store.open_file(root, "0" * 64)
    with pytest.raises(Invalid, match="EVIDENCE-16"):
        store.verify_stored(root, "0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_a_hash_becomes_a_path(root, name):
    with pytest.raises(Invalid, match="EVIDENCE-16"):
        store.path_of(root, name)


def test_a_link_in_the_place_of_content_is_not_followed(root, tmp_path):
    put = store.put_stream(root, BytesIO(b"content"))
    path = store.path_of(root, put.sha256)
    secret = tmp_path / "secret"
    path.rename(secret)
    path.symlink_to(secret)
    with pytest.raises(Invalid, match="EVIDENCE-16"):
        store.open_file(root, put.sha256)


def test_walking_yields_every_stored_hash_in_order_and_nothing_else(root):
    put = sorted(store.put_stream(root, BytesIO(bytes([n]))).sha256 for n in range(20))
    (root / "aa" / "bb").mkdir(parents=True, exist_ok=True)
    (root / "aa" / "bb" / ("f" * 64)).write_bytes(b"in the wrong folder")
    (root / ".guiju-left").write_bytes(b"")
    assert list(store.walk(root)) == put


def test_discarding_removes_content_for_good(root):
    put = store.put_stream(root, BytesIO(b"content"))
    assert store.discard(root, put.sha256)
    assert not store.discard(root, put.sha256)
    assert everything(root) == []


def test_a_crash_leaves_only_a_temporary_file_which_sweeping_removes(root):
    """A child dies without a word in the middle of an upload."""
    if child := os.fork():
        os.waitpid(child, 0)
    else:
        try:
            with store.incoming(root, BytesIO(b"half")):
                os._exit(9)
        finally:
            os._exit(1)
    left = everything(root)
    assert len(left) == 1
    assert left[0].startswith(".guiju-")
    age = (root / left[0]).stat().st_mtime
    assert store.sweep(root, before=age) == 0
    assert store.sweep(root, before=age + 1) == 1
    assert everything(root) == []
    assert list(store.walk(root)) == []


def test_sweeping_leaves_stored_files_alone(root):
    put = store.put_stream(root, BytesIO(b"content"))
    assert store.sweep(root, before=2**40) == 0
    assert store.verify_stored(root, put.sha256)


def test_a_copy_that_is_a_link_is_not_adopted(root, tmp_path):
    (tmp_path / "secret").write_bytes(b"secret")
    with store.temporary(root) as path:
        path.symlink_to(tmp_path / "secret")
        with pytest.raises(Invalid, match="EVIDENCE-02"):
            store.adopted(path)
