"""What a file says, and what it would change in a draft, kept beside it for the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from openpyxl.utils import get_column_letter

from guiju.base.evidence.told import Line, write_told
from guiju.base.ui.language import say
from guiju.core.errors import Invalid
from guiju.core.lists.diff import Difference, compare
from guiju.core.lists.merging import brought_in
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.profile import Profile
from guiju.define.lists.actions.importing import check_codes
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.importing.differing import kept_line
from guiju.define.lists.pages.importing.shelf import SHELF, Directions, joined, said_of
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.learned import learned
from guiju.define.lists.reads.whole import whole
from guiju.exchange.files import Progress, silent
from guiju.exchange.lists.account import CellShown, Note, grouped
from guiju.exchange.lists.dictionary import LONGEST_HEADER, bare
from guiju.exchange.lists.heads import Column
from guiju.exchange.lists.intake import Intake, read_content
from guiju.exchange.lists.plain import edition_json, edition_of
from guiju.exchange.lists.preview import Beginning, RowShown
from guiju.exchange.lists.seen import Counts, FileSeen, Table
from guiju.exchange.memory import uncollected

CHANGES, NOTES, GROUPS = "changes", "notes", "groups"
_EDITION = "edition"
_LONGEST = 160


@uncollected()
def examine(token: str, key: str, edition: Edition, progress: Progress = silent) -> None:
    """Read a file as its sender said, compare it with the draft, and keep both beside it.

    Sentences about the file are kept in the language that is active.

    Raises:
        Invalid: EDITION-17 when it is gone; what ``read_lists`` raises for a file that is none.
    """
    said = said_of(token, key)
    profile = profile_of(edition)
    content = SHELF.content_of(token, key)
    intake = _read(content, said, profile, progress)
    old = whole(edition)
    new = brought_in(old, intake.edition)
    changes = compare(old, new)
    SHELF.put(token, key, _EDITION, edition_json(intake.edition, is_for_people=False))
    parts = {
        CHANGES: map(kept_line, changes.items),
        NOTES: map(note_line, intake.notes),
        GROUPS: ([*note_line(one), count] for one, count in grouped(intake.notes)),
    }
    compared = _compared(intake.edition, changes) | {"is_restated": old.stated != new.stated}
    head = seen_in(intake) | compared | {"revision": edition.revision}
    write_told(SHELF, token, key, head, parts)


def edition_in(token: str, key: str) -> Lists:
    """Return what was read of a file; the same that was shown.

    Raises:
        Invalid: EDITION-17 when it is gone.
    """
    return edition_of(SHELF.content_of(token, key, _EDITION))


def _read(content: bytes, said: Directions, profile: Profile, progress: Progress) -> Intake:
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        seen = FileSeen(said.name, (), Counts(), Counts())
        return Intake(edition_of(content), (seen,), (), ())
    known = joined(learned(), said.columns)
    return read_content(
        said.name, content, profile=profile, learned=known, asked=said.asked, progress=progress
    )


def _compared(told: Lists, changes: Difference) -> dict[str, Any]:
    """Return how much would change, and what forbids it."""
    refusal = None
    try:
        check_codes(told)
    except Invalid as why:
        refusal = [why.code, say(why.sentence)]
    counted = Counter((one.kind.value, one.alteration.value) for one in changes.items)
    return {
        "refusal": refusal,
        "counted": [[*place, count] for place, count in counted.items()],
    }


def seen_in(intake: Intake) -> dict[str, Any]:
    """Return what was seen in a file, in words, as JSON can hold it."""
    (file,) = intake.files
    items = Counter(item.item_kind.value for item in intake.edition.items())
    return {
        "is_fixed": not file.sheets,
        "items": list(items.items()),
        "rows": _counts(intake.rows),
        "cells": _counts(intake.cells),
        "remarks": [say(one) for one in file.remarks],
        "disagreements": [say(one) for one in intake.disagreements],
        "tables": [_table(one) for one in file.tables],
        "sheets": [_sheet(one, file.tables) for one in file.sheets],
    }


def _counts(of: Counts) -> list[int]:
    return [of.seen, of.understood, of.doubtful, of.unread]


def _sheet(sheet: Beginning, tables: Sequence[Table]) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "is_hidden": sheet.is_hidden,
        "is_known": any(table.sheet == sheet.name for table in tables),
        "lines": sheet.lines,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "line": table.line,
        "levels": table.levels,
        "kind": table.kind.value,
        "is_left_out": table.is_left_out,
        "confidence": table.confidence,
        "reason": say(table.reason),
        "rows": table.rows,
        "columns": list(_columns(table)),
        "preview": [_row(one) for one in table.preview],
        "cards": asdict(table.cards) if table.cards else None,
    }


def _columns(table: Table) -> Iterator[dict[str, Any]]:
    samples = table.samples or ((),) * len(table.columns)
    for column, some in zip(table.columns, samples, strict=True):
        yield {
            "letter": _letter(table, column),
            "header": column.header,
            "target": column.target,
            "confidence": column.confidence,
            "reason": say(column.reason),
            "samples": [_cut(text) for text in some],
            "is_too_long": not 0 < len(bare(column.header)) <= len(column.header) <= LONGEST_HEADER,
        }


def _letter(table: Table, column: Column) -> str:
    """Return where a column stands; of a label the cell in which it comes first."""
    if table.cards is None:
        return get_column_letter(column.place + 1)
    first = column.spots[0]
    return f"{get_column_letter(first.column + 1)}{first.line}"


def _row(row: RowShown) -> dict[str, Any]:
    return {"line": row.line, "cells": [_cell(one) if one else None for one in row.cells]}


def _cell(cell: CellShown) -> dict[str, Any]:
    return {
        "text": _cut(cell.text),
        "made": _cut(cell.made) if cell.made != cell.text else "",
        "why": say(cell.why) if cell.why else "",
        "state": cell.state.value,
    }


def note_line(one: Note) -> Line:
    """Return a doubt as its page shows it: sheet, cell, text, made, state, why."""
    return [
        one.sheet, f"{one.column}{one.line}", one.text, one.made, one.state.value, say(one.why),
    ]  # fmt: skip


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
