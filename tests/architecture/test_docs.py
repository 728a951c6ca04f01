"""What the documents say is there, is there."""

import re
from pathlib import Path

import pytest

from guiju.exchange.rule_file import read_rules

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_to_files(page):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_rules_shown_as_examples_can_be_read(page):
    for block in re.findall(r"```toml\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if "[[rules]]" in block:
            assert read_rules(block.encode()).rules


def test_every_command_of_the_makefile_is_explained_in_its_head():
    text = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.search(r"\.PHONY: (.*)", text)[1].split()) - {"clean", "words"}
    assert targets <= set(re.findall(r"^# ([\w-]+) ", text, re.MULTILINE))


def test_nothing_names_this_machine_or_a_registry():
    names = re.compile(r"(?<![\w./-])/(work|root|farm)/|/bash_jobs\.|index-url|resolved.: .http")
    tracked = [
        path
        for folder in ("src", "tests", "docs", "bench", "tools", "requirements", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix in {".py", ".md", ".txt", ".sh", ".toml", ".css", ""}
    ]
    assert len(tracked) > 100
    guilty = [p for p in tracked if p != Path(__file__) and names.search(p.read_text("utf-8"))]
    assert guilty == []
