"""Rules of the house that no linter knows."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
BANNED = {"utils", "util", "helpers", "helper", "manager", "service", "services", "common", "misc"}


def test_no_module_has_a_name_that_says_nothing():
    assert [p for p in SOURCES if p.stem in BANNED or p.parent.name in BANNED] == []


def test_core_imports_only_the_standard_library_and_itself():
    strangers = set()
    for path in SOURCES:
        if "core" not in path.relative_to(ROOT / "src" / "guiju").parts[:1]:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            strangers |= {
                (path.name, name)
                for name in names
                if not name.startswith("guiju.core")
                and name.split(".")[0] not in sys.stdlib_module_names
            }
    assert strangers == set()


def test_core_never_reads_the_clock_or_a_file():
    forbidden = re.compile(
        r"\b(datetime\.now|date\.today|time\.time|perf_counter|monotonic|open\()"
    )
    guilty = [
        path.name
        for path in SOURCES
        if path.is_relative_to(ROOT / "src" / "guiju" / "core")
        and forbidden.search(path.read_text("utf-8"))
    ]
    assert guilty == []


def test_every_refusal_code_is_raised_with_one_meaning():
    meanings: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Invalid", "Denied", "Conflict"}
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                meanings.setdefault(node.args[0].value, set()).add(node.func.id)
    assert len(meanings) > 20
    assert {code: kinds for code, kinds in meanings.items() if len(kinds) > 1} == {}
    assert all(re.fullmatch(r"[A-Z]+-\d\d", code) for code in meanings)
