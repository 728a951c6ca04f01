"""Files that are not where they should be, and results that must not land where they would."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from factories import guiju, process, refused, sample, straight, xes


@pytest.fixture
def office(tmp_path):
    (tmp_path / "flow.bpmn").write_text(straight("甲", "乙"), "utf-8")
    (tmp_path / "log.xes").write_text(xes([["甲", "乙"]]), "utf-8")
    (tmp_path / "rules.toml").write_text(
        '[[rules]]\ncode = "R1"\nkind = "首步"\nname = "先甲"\nstep = "甲"\n', "utf-8"
    )
    (tmp_path / "folder").mkdir()
    return tmp_path


CHECK = ("check", "log.xes", "--flow", "flow.bpmn")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "gone.xes", "--flow", "flow.bpmn"),
        ("check", "log.xes", "--flow", "gone.bpmn"),
        ("check", "log.xes", "--flow", "gone.xlsx"),
        (*CHECK, "--rules", "gone.toml"),
        ("flow", "prove", "gone.bpmn"),
        ("flow", "people", "flow.bpmn", "--staff", "gone.csv"),
        ("log", "show", "gone.csv"),
        ("log", "convert", "gone.csv", "new.xes"),
    ],
)
def test_a_missing_file_is_named(office, arguments):
    sentence = refused(*arguments, cwd=office)
    assert "「gone." in sentence
    assert "FILE-01" in sentence


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "folder", "--flow", "flow.bpmn"),
        ("check", "log.xes", "--flow", "folder"),
        (*CHECK, "--rules", "folder"),
        ("flow", "people", "flow.bpmn", "--staff", "folder"),
        ("log", "show", "folder"),
    ],
)
def test_a_folder_is_no_file(office, arguments):
    assert "是文件夹" in refused(*arguments, cwd=office)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_right_is_told(office):
    (office / "log.xes").chmod(0)
    result = guiju(*CHECK, cwd=office)
    assert result.status == 2
    assert "没有权限" in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        (*CHECK, "--json", "nowhere/a.json"),
        (*CHECK, "--html", "nowhere/a.html"),
        (*CHECK, "--xes", "nowhere/a.xes"),
        (*CHECK, "--json", "folder"),
        ("flow", "draw", "flow.bpmn", "-o", "nowhere/a.svg"),
        ("flow", "convert", "flow.bpmn", "nowhere/a.pnml"),
        ("log", "convert", "log.xes", "nowhere/a.csv"),
        ("log", "convert", "log.xes", "log.xes/a.csv"),
    ],
)
def test_a_missing_folder_is_refused_before_any_work(office, arguments):
    result = guiju(*arguments, cwd=office)
    assert result.status == 2
    assert "FILE-03" in result.err
    assert result.out == ""


@pytest.mark.parametrize("way", ["plain", "dotted", "linked", "hard"])
@pytest.mark.parametrize(
    ("arguments", "source"),
    [
        ((*CHECK, "--json"), "log.xes"),
        ((*CHECK, "--xes"), "log.xes"),
        ((*CHECK, "--html"), "flow.bpmn"),
        ((*CHECK, "--rules", "rules.toml", "--json"), "rules.toml"),
        (("flow", "draw", "flow.bpmn", "-o"), "flow.bpmn"),
        (("flow", "convert", "flow.bpmn"), "flow.bpmn"),
        (("log", "convert", "log.xes"), "log.xes"),
    ],
)
def test_what_was_read_is_never_overwritten(office, arguments, source, way):
    target = {"plain": source, "dotted": f"folder/../{source}"}.get(way, f"folder/{source}")
    if way == "linked":
        (office / target).symlink_to(office / source)
    if way == "hard":
        (office / target).hardlink_to(office / source)
    before = (office / source).read_bytes()
    result = guiju(*arguments, target, cwd=office)
    assert result.status == 2
    assert "FILE-04" in result.err
    assert (office / source).read_bytes() == before


def test_two_results_never_share_a_file(office):
    result = guiju(*CHECK, "--json", "a.out", "--html", "./a.out", cwd=office)
    assert result.status == 2
    assert "FILE-04" in result.err
    assert not (office / "a.out").exists()


@pytest.mark.parametrize(
    "arguments",
    [("log", "convert", "log.xes", "new.doc"), ("flow", "convert", "flow.bpmn", "new.doc")],
)
def test_an_unknown_ending_names_the_known_ones(office, arguments):
    sentence = refused(*arguments, cwd=office)
    assert "new.doc" in sentence
    assert ".csv" in sentence


def test_a_link_is_followed_and_rights_are_kept(office):
    real = office / "folder" / "real.json"
    real.write_text("old")
    real.chmod(0o640)
    (office / "link.json").symlink_to(real)
    assert guiju(*CHECK, "--json", "link.json", cwd=office).status == 0
    assert (office / "link.json").is_symlink()
    assert real.read_text("utf-8").startswith("{")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_new_file_has_the_rights_that_the_user_gives(office):
    before = os.umask(0o077)
    try:
        assert guiju(*CHECK, "--json", "new.json", cwd=office).status == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((office / "new.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["长" * 80 + ".json", "a b\t[red]c.json", "-x.json"])
def test_a_strange_name_is_no_obstacle(office, name):
    result = guiju(*CHECK, "--json", f"./{name}", cwd=office)
    assert result.status == 0, result.err
    assert (office / name).exists()


def test_a_name_that_is_no_text_is_no_obstacle(office):
    name = os.fsdecode(b"\xff\xfe.xes")
    try:
        shutil.copy(office / "log.xes", office / name)
    except OSError:
        pytest.skip("this disk takes names in UTF-8 only")
    assert process("check", name, "--flow", "flow.bpmn", cwd=office).status == 0
    converted = process("log", "convert", name, os.fsdecode(b"\xff.csv"), cwd=office)
    assert converted.status == 0, converted.err
    html = process("check", name, "--flow", "flow.bpmn", "--html", "r.html", cwd=office)
    assert html.status == 0, html.err


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    made = mount and os.geteuid() == 0
    if made:
        command = [mount, "-t", "tmpfs", "-o", "size=64k", "none", place]
        made = subprocess.run(command, check=False, capture_output=True).returncode == 0
    if not made:
        pytest.skip("a small disk cannot be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("ending", ["xes", "xes.gz", "csv", "parquet", "json"])
def test_a_full_disk_leaves_what_was_there(small_disk, tmp_path, ending):
    log = sample(tmp_path, cases=1500)
    target = small_disk / f"log.{ending}"
    target.write_bytes(b"old")
    result = guiju("log", "convert", log, target, cwd=tmp_path)
    assert result.status == 2, result
    assert "磁盘已满" in result.err
    assert [path.name for path in small_disk.iterdir()] == [target.name]
    assert target.read_bytes() == b"old"


def test_a_full_disk_stops_the_sample_and_reports(small_disk, tmp_path):
    assert "磁盘已满" in guiju("sample", small_disk, cwd=tmp_path).err
    assert not [path for path in small_disk.iterdir() if path.name.startswith((".", "log"))]
    for path in small_disk.iterdir():
        path.unlink()
    log = sample(tmp_path, cases=1500)
    target = small_disk / "report.json"
    result = guiju("check", log, "--flow", "flow.bpmn", "--json", target, cwd=tmp_path)
    assert result.status == 2
    assert "磁盘已满" in result.err
    assert list(Path(small_disk).iterdir()) == []
