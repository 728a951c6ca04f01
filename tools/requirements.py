"""Writes docs/generated/requirements.md: what users asked for, and which tests show it.

A test shows a requirement by its name: ``test_s0_07_key_posts_are_listed``. The 274
requirements with their areas stand in docs/requirements.csv; where tests show only a part, its
column ``open`` says what is still to come. ``make generated`` runs it; a test fails while the
page is stale, or when a name speaks of a requirement that there is not.
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ASKED = ROOT / "docs" / "requirements.csv"
PAGE = ROOT / "docs" / "generated" / "requirements.md"

AREAS = {
    "C1": "组织与责任",
    "C2": "权力与责任清单",
    "C3": "流程清单",
    "C4": "风险与防控清单",
    "C5": "审批、备案与公开",
    "C6": "行权办件",
    "C7": "集体决策",
    "C8": "项目与资金",
    "C9": "监督运行",
    "C10": "信访线索与案件、廉政档案、申报",
    "C11": "协同",
    "C12": "考核问责与分析",
    "C13": "方案与教育",
}

_NAMED = re.compile(r"(?<![a-z0-9])s([0-4])_([0-9]{2})(?![0-9])")


def requirements() -> list[dict[str, str]]:
    """Return the rows of what was asked: id, areas, phrase, what of it is still open."""
    with ASKED.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def named(name: str) -> list[str]:
    """Return the requirements that a test's name speaks of."""
    return [f"S{document}-{number}" for document, number in _NAMED.findall(name)]


def tests() -> Iterator[tuple[str, str, Path]]:
    """Yield requirement, test and file of every test that names one."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for requirement in named(node.name):
                    yield requirement, node.name, path


def page() -> str:
    """Return the page."""
    shown: dict[str, list[str]] = {}
    for requirement, name, path in tests():
        where = path.relative_to(ROOT).as_posix()
        shown.setdefault(requirement, []).append(f"[{name}](../../{where})")
    rows = requirements()
    done = [row for row in rows if row["id"] in shown]
    part = sum(bool(row["open"]) for row in done)
    lines = [
        "# Requirements and the tests that show them",
        "",
        "Made by `make generated` from the names of the tests and docs/requirements.csv.",
        f"{len(done)} of {len(rows)} are shown by a test, {part} of these in part:"
        " what is open stands with them.",
    ]
    for area, title in AREAS.items():
        lines += ["", f"## {area} {title}", "", "| id | asked | shown by |", "|---|---|---|"]
        for row in rows:
            if area in row["areas"].split():
                told = [f"open: {row['open']}"] if row["open"] else []
                by = "<br>".join([*shown.get(row["id"], ["not yet"]), *told])
                lines.append(f"| {row['id']} | {row['phrase'].replace('|', '／')} | {by} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
