"""Small files and small functions: the caps of the style page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
TEMPLATES = sorted((ROOT / "src").rglob("*.html"))


def too_long(paths, cap):
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in paths}
    return {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > cap}


def test_there_is_something_to_measure():
    assert len(SOURCES) > 30
    assert len(TESTS) > 10


@pytest.mark.parametrize(
    ("paths", "cap"), [(SOURCES, 400), (TESTS, 600), (TEMPLATES, 150)], ids=["src", "tests", "html"]
)
def test_no_file_is_too_long(paths, cap):
    assert too_long(paths, cap) == {}


def test_no_function_is_longer_than_50_lines():
    long = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 50:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}
