"""Collects every sentence from the source, keeps its English, and compiles the catalogues.

``make words`` runs it after a sentence was added or changed; the tests fail while a
sentence has no English, or while a compiled catalogue is older than its text.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "guiju"
LOCALE = SOURCE / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "guiju.po"


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
    """Return every template that stands inside ``zh(...)`` or ``tr(...)``."""
    catalogue = _empty()
    found = extract_from_dir(
        SOURCE, method_map=[("**.py", "python")], keywords={"zh": None, "tr": None}
    )
    for file, _line, message, _comments, _context in found:
        catalogue.add(message, locations=[(str(file), 0)])
    return catalogue


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
        print(message)  # noqa: T201 - this is what the command is for
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main())
