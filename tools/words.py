"""Collects every sentence from the source, keeps its English, and compiles the catalogues.

``make words`` runs it after a sentence was added or changed; the tests fail while a
sentence has no English, or while a compiled catalogue is older than its text.
"""

from __future__ import annotations

import ast
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "guiju"
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "guiju.po"

_IN_TEMPLATES = re.compile(r'{%\s*tr\s+"([^"]+)"')


# A fixed date keeps the files the same from run to run.
_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def _empty() -> Catalog:
    return Catalog(
        locale="en",
        project="guiju",
        charset="utf-8",
        creation_date=_DATE,
        revision_date=_DATE,
        header_comment="# English of the sentences in guiju, whose source language is Chinese.",
        fuzzy=False,
    )


def collected() -> Catalog:
    """Return every literal that stands first inside ``zh(...)``, ``tr(...)`` or ``{% tr %}``."""
    catalogue = _empty()
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        for template in _IN_TEMPLATES.findall(path.read_text("utf-8")):
            catalogue.add(template, locations=[(str(path.relative_to(SOURCE)), 0)])
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (template := _template(node)) is not None:
                catalogue.add(template, locations=[(str(path.relative_to(SOURCE)), 0)])
    return catalogue


def _template(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call) or not node.args:
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    first = node.args[0]
    is_words = name in {"zh", "tr"} and isinstance(first, ast.Constant)
    return first.value if is_words and isinstance(first.value, str) else None


def stored(path: Path) -> Catalog:
    """Return the catalogue at ``path``, or an empty one."""
    if not path.exists():
        return _empty()
    with path.open("rb") as stream:
        return read_po(stream)


def missing(catalogue: Catalog) -> list[str]:
    """Return the templates without a translation."""
    return [str(message.id) for message in catalogue if message.id and not message.string]


def main() -> int:
    """Update and compile; return 1 when English is missing."""
    catalogue = stored(ENGLISH)
    catalogue.update(collected(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    ENGLISH.parent.mkdir(parents=True, exist_ok=True)
    with ENGLISH.open("wb") as stream:
        write_po(stream, catalogue, width=100, sort_output=True, include_lineno=False)
    for text in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with text.with_suffix(".mo").open("wb") as stream:
            write_mo(stream, stored(text))
    untranslated = missing(stored(ENGLISH))
    for message in untranslated:
        print(message)
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main())
