"""Exports made to mislead or to wear out: bounded, named, and nothing read outside."""

from __future__ import annotations

import os
import tracemalloc

import pytest

from exports import export, forged, signed, write
from guiju.core.errors import Invalid
from guiju.core.ledger.tree import TreeHead
from guiju.exchange.record_files import Trust, verify_export
from guiju.exchange.record_files.folder import Folder
from guiju.exchange.record_files.report import Broken
from ledger_reference.parties import LOG, W1, W2

TRUST = Trust((LOG,), (W1, W2), 2)

PLACES = ("checkpoint", "log.vkey", "tile/0/000.p/2", "tile/entries/000.p/2", "sm3/checkpoint")


@pytest.fixture
def place(tmp_path):
    return write(tmp_path / "export", export(2, side=2))


def problem(place):
    report = verify_export(place, TRUST)
    assert not report.is_verified
    assert report.problem_count == len(report.problems) == 1, report.problems
    return report.problems[0].code, report.problems[0].path


@pytest.mark.parametrize("path", PLACES)
def test_a_link_is_not_followed_even_to_the_right_bytes(place, path):
    assert verify_export(place, TRUST).is_verified
    outside = place.parent / "outside"
    (place / path).rename(outside)
    (place / path).symlink_to(outside)
    assert problem(place) == ("VERIFY-03", path)


@pytest.mark.parametrize("path", PLACES)
def test_a_pipe_is_not_waited_for(place, path):
    (place / path).unlink()
    os.mkfifo(place / path)
    assert problem(place) == ("VERIFY-03", path)


@pytest.mark.parametrize("path", PLACES)
def test_a_folder_or_a_device_is_no_file(place, path):
    (place / path).unlink()
    (place / path).mkdir()
    assert problem(place) == ("VERIFY-03", path)
    (place / path).rmdir()
    (place / path).symlink_to("/dev/zero")
    assert problem(place) == ("VERIFY-03", path)


@pytest.mark.parametrize("folder", ["tile", "tile/0", "tile/entries/000.p"])
def test_a_folder_reached_by_a_link_is_not_entered(place, folder):
    (place / folder).rename(place.parent / "outside")
    (place / folder).symlink_to(place.parent / "outside")
    codes = {one.code for one in verify_export(place, TRUST).problems}
    assert codes == {"VERIFY-03"}


def test_the_folder_itself_may_be_reached_by_a_link(place):
    link = place.parent / "link"
    link.symlink_to(place)
    assert verify_export(link, TRUST).is_verified


def test_a_link_that_goes_round_in_a_circle_ends(place):
    (place / "log.vkey").unlink()
    (place / "log.vkey").symlink_to("log.vkey")
    assert problem(place) == ("VERIFY-03", "log.vkey")


@pytest.mark.parametrize("path", PLACES)
def test_a_huge_file_is_not_read(place, path):
    with (place / path).open("r+b") as stream:
        stream.truncate(2**34)  # a hole: it takes no room on the disk
    tracemalloc.start()
    code, where = problem(place)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (code, where) == ("VERIFY-04", path)
    assert peak < 40_000_000


@pytest.mark.parametrize("size", [3, 256, 2**40, 2**63 - 1])
def test_a_size_that_nobody_could_hold_ends_at_the_first_missing_file(place, size):
    write(place, forged(export(2, side=2), size))
    code, path = problem(place)
    assert code == "VERIFY-02"
    assert path.startswith("tile/entries/000")


@pytest.mark.parametrize("size", ["9223372036854775808", "1" * 5000, "-1", "01", "", "½"])
def test_a_size_that_is_no_number_is_refused(place, size):
    lines = (place / "checkpoint").read_text("utf-8").split("\n")
    lines[1] = size
    (place / "checkpoint").write_text("\n".join(lines), "utf-8")
    assert problem(place)[1] == "checkpoint"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n" * 900_000,
        b"x" * 900_000,
        "— a AAAAAAA=\n".encode() * 50_000,
        b"a\n1\n" + b"A" * 900_000,
        signed(TreeHead(2, b"\0" * 32)) + "— a AAAAAAA=\n".encode() * 200,
        b"\0" * 99,
        b"\xff\xfe" * 99,
    ],
)
def test_a_checkpoint_of_another_shape_is_refused(place, data):
    (place / "checkpoint").write_bytes(data)
    assert problem(place)[1] == "checkpoint"


def test_deep_folders_are_not_entered(place):
    deep = place / "tile" / "0"
    for _ in range(40):
        deep /= "x000"
    deep.mkdir(parents=True)
    other = place / "/".join("d" * 60)
    other.mkdir(parents=True)
    report = verify_export(place, TRUST)
    assert report.is_verified
    assert report.stray_count == 2
    assert max(map(len, report.strays)) < 80


def test_names_that_are_no_text_are_shown_without_harm(place):
    name = os.fsencode(place) + b"/\xff\x1b]0;x\x07"
    with os.fdopen(os.open(name, os.O_CREAT | os.O_WRONLY), "w"):
        pass
    (stray,) = verify_export(place, TRUST).strays
    assert stray == "??]0;x?"
    assert stray.encode("utf-8")


def test_entries_that_grow_in_memory_are_judged_one_bundle_at_a_time(place):
    entry = b'{"a":[%s1]}' % (b"[]," * 20_000)
    bundle = (len(entry).to_bytes(2, "big") + entry) * 2
    write(place, {"tile/entries/000.p/2": bundle})
    tracemalloc.start()
    report = verify_export(place, TRUST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert not report.is_verified
    assert peak < 40_000_000


def test_what_the_system_refuses_to_read_is_no_verdict(place, monkeypatch):
    def closed(*_args, **_options):
        raise PermissionError(13, "closed")

    folder = Folder(place)
    assert folder.read("log.vkey", 999) == f"{LOG}\n".encode()
    with pytest.raises(Broken):
        folder.read("gone", 999)
    monkeypatch.setattr(os, "open", closed)
    with pytest.raises(Invalid) as caught:
        verify_export(place, TRUST)
    assert caught.value.code == "FILE-01"
    assert "没有权限" in str(caught.value)
