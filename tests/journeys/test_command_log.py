"""``guiju log``, ``guiju sample`` and ``guiju doctor``."""

from __future__ import annotations

import pytest

from factories import guiju, process, refused, sample
from guiju.core.check.log import ALL
from guiju.exchange.log_files import read_log

FORMATS = ("xes", "xes.gz", "csv", "parquet", "json")


def rows(path):
    """Each case with its activities, people and times."""
    log = read_log(path, ALL).log
    return {
        log.cases[case]: [
            (log.activities[log.codes[i]], log.people[log.performers[i]], log.times[i])
            for i in range(start, end)
        ]
        for case, (start, end) in enumerate(log.traces())
    }


@pytest.mark.parametrize("target", FORMATS)
@pytest.mark.parametrize("source", ["xes", "csv", "parquet", "json"])
def test_a_converted_log_holds_the_same(tmp_path, source, target):
    log = sample(tmp_path, cases=15, log_format=source)
    again = tmp_path / f"again.{target}"
    result = guiju("log", "convert", log, again, cwd=tmp_path)
    assert result.status == 0, result.err
    assert rows(again) == rows(log)


@pytest.mark.parametrize("log_format", FORMATS)
def test_a_log_is_shown(tmp_path, log_format):
    log = sample(tmp_path, cases=15, log_format=log_format)
    result = guiju("log", "show", log, cwd=tmp_path)
    assert result.status == 0
    assert "15 件事项" in result.out
    assert "时间从 2025-01-02" in result.out
    assert "申请登记" in result.out


@pytest.mark.parametrize("log_format", FORMATS)
def test_the_sample_is_the_same_every_time(tmp_path, log_format):
    for name in ("one", "two"):
        result = guiju(
            *("sample", name, "--cases", 20, "--seed", 7, "--format", log_format), cwd=tmp_path
        )
        assert result.status == 0
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    two = {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    assert len(one) == 5
    assert one == two


def test_another_seed_gives_another_sample(tmp_path):
    for seed in (1, 2):
        arguments = ("--cases", 20, "--seed", seed, "--format", "csv")
        assert guiju("sample", str(seed), *arguments, cwd=tmp_path).status == 0
    assert (tmp_path / "1/log.csv").read_bytes() != (tmp_path / "2/log.csv").read_bytes()


def test_the_sample_says_what_to_try_and_it_works(tmp_path):
    result = guiju("sample", "office", "--cases", 20, "--format", "csv", cwd=tmp_path)
    command = result.out.splitlines()[-1].split()
    assert command[:2] == ["guiju", "check"]
    assert guiju(*command[1:], cwd=tmp_path).status == 1
    assert (tmp_path / "office/report.html").exists()


def test_doctor_finds_all_well(tmp_path):
    result = process("doctor", cwd=tmp_path)
    assert result.status == 0, result.out
    assert "试核对" in result.out
    assert "polars" in result.out


@pytest.mark.parametrize("name", ["taken", "taken/deeper"])
def test_a_sample_needs_room_for_its_folder(tmp_path, name):
    (tmp_path / "taken").write_text("old")
    assert "SAMPLE-01" in refused("sample", name, cwd=tmp_path)
