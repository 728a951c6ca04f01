"""What the commands say of themselves: Chinese by default, English when asked for."""

from __future__ import annotations

import re

import pytest

from factories import guiju, process, sample, started
from guiju.core.lists.words import ItemKind

COMMANDS = (
    "",
    "check",
    "flow",
    "flow prove",
    "flow draw",
    "flow people",
    "flow convert",
    "log",
    "log show",
    "log convert",
    "sample",
    "doctor",
    "lists",
    *(f"lists {name}" for name in ("template", "import", "lint", "diff", "export")),
    "demo",
    "demo code",
    "init",
    "serve",
    "worker",
    "migrate",
    "backup",
    "restore",
    "verify",
    *(f"record {name}" for name in ("", "trust", "retire", "quorum", "export", "paper", "accept")),
    "record erase",
    *(f"witness {name}" for name in ("", "init", "trust", "serve", "status", "sign")),
)
FORMAT_NAMES = {
    "XES",
    "CSV",
    "TSV",
    "XLSX",
    "Parquet",
    "OCEL",
    "JSON",
    "BPMN",
    "PNML",
    "TOML",
    "SVG",
}
CHOICES = {"zh", "en", "file", "time", "xes", "gz", "csv", "parquet", "json"}
CHOICES |= {"county", "bureau", "school", *(kind.value for kind in ItemKind)}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_wholly_chinese(tmp_path, command):
    result = guiju(*command.split(), "--help", cwd=tmp_path)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("用法：")
    names = r"GUIJU_[A-Z_]+|~/\S+|Ctrl\+C|PostgreSQL|(?:https://)?[a-z]+\.example\.gov\.cn\S*"
    text = re.sub(rf"{names}|-[-a-z]+|\.[a-z.]+|<=x<=|x>=", " ", result.out)
    known = {"guiju", *FORMAT_NAMES, *CHOICES, *COMMANDS, *command.split()}
    known |= {word for line in COMMANDS for word in line.split()}
    assert set(re.findall(r"[A-Za-z]+", text)) - known - {"o", "gz"} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_the_terminal(tmp_path, command):
    from rich.cells import cell_len  # noqa: PLC0415 - only here

    result = guiju(*command.split(), "--help", cwd=tmp_path)
    assert max(cell_len(line) for line in result.out.splitlines()) <= 80


@pytest.mark.parametrize("command", COMMANDS)
def test_lang_en_switches_the_headings(tmp_path, command):
    result = guiju(*command.split(), "--lang", "en", "--help", cwd=tmp_path)
    assert result.status == 0
    assert result.out.startswith("Usage:")
    again = guiju(*command.split(), "--help", cwd=tmp_path)
    assert again.out.startswith("用法：")


def test_lang_may_stand_before_or_after_the_command_or_in_the_environment(tmp_path, monkeypatch):
    for arguments in (("--lang=en", "check", "--help"), ("check", "--help", "--lang", "en")):
        assert guiju(*arguments, cwd=tmp_path).out.startswith("Usage:")
    monkeypatch.setenv("GUIJU_LANG", "en")
    assert process("check", "--help", cwd=tmp_path).out.startswith("Usage:")


def test_version_is_told(tmp_path):
    assert guiju("--version", cwd=tmp_path).out.startswith("guiju 0.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("chekc", "没有命令"),
        ("check --flwo x log.xes", "没有选项"),
        ("check log.xes", "缺少选项"),
        ("check --flow x", "缺少参数"),
        ("check log.xes --flow", "要跟"),
        ("check a b --flow c", "多写了参数"),
        ("check log.xes --flow x --order sideways", "不在可选值之内"),
        ("--lang fr check", "不在可选值之内"),
        ("sample --cases 0", "不在范围"),
        ("sample --cases many", "不是有效的"),
        ("flow", "用法："),
    ],
)
def test_a_wrong_command_line_is_explained(tmp_path, arguments, said):
    result = guiju(*arguments.split(), cwd=tmp_path)
    assert result.status == 2
    assert said in result.err
    assert result.out == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", ["--help", "check log.xes --flow flow.bpmn"])
def test_heavy_libraries_stay_out_of_light_work(tmp_path, arguments):
    sample(tmp_path, cases=20)
    code = (
        "import atexit, sys; from guiju.config.cli import main; atexit.register(lambda: print("
        "*({'polars', 'openpyxl', 'chinese_calendar', 'numpy'} & set(sys.modules)),"
        f" file=sys.stderr)); sys.argv = ['guiju', *{arguments.split()!r}]; main()"
    )
    running = started(cwd=tmp_path, code=code)
    out, err = running.communicate(timeout=60)
    assert out
    assert err.strip() == ""
