"""Editions as files: the product's own workbook, JSON, and one table as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from guiju.core.errors import Invalid
from guiju.core.lists.model import Edition
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import zh
from guiju.exchange.files import opened, replacing
from guiju.exchange.lists.intake import read_content
from guiju.exchange.lists.layout import OWN_SHEETS, OwnSheet
from guiju.exchange.lists.own import is_own
from guiju.exchange.lists.own_rows import rows_of
from guiju.exchange.lists.own_write import write_workbook
from guiju.exchange.lists.plain import edition_json, edition_of
from guiju.exchange.lists.sheet import MOST_BYTES, too_large
from guiju.exchange.lists.shown import shown
from guiju.exchange.lists.workbook import read_workbook
from guiju.exchange.steps.text import guarded


def read_edition(path: Path) -> Edition:
    """Read an edition from the product's own workbook or from JSON.

    Raises:
        Invalid: FILE-01; LISTS-07 for JSON that is none; LISTS-10 for another table, which has
            to be imported first; LISTS-11 for a workbook of which cells cannot be read, so
            that nothing is judged as if they were not there; as ``read_lists`` besides.
    """
    with opened(path) as stream:
        content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise too_large()
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return edition_of(content)
    if not content.startswith(b"PK") or not is_own(read_workbook(content)):
        raise Invalid(
            "LISTS-10",
            zh(
                "「{path}」不是规矩的清单。请先用「guiju lists import」把它导入。",
                path=str(path),
            ),
        )
    intake = read_content(path.name, content)
    if intake.notes:
        first = intake.notes[0]
        raise Invalid(
            "LISTS-11",
            zh(
                "「{path}」里有 {count} 格存疑或看不懂，先是「{sheet}」{column}{line}：{why}"
                "请改正，或用「guiju lists import」逐格查看。",
                path=path.name,
                count=len(intake.notes),
                sheet=first.sheet,
                column=first.column,
                line=first.line,
                why=first.why,
            ),
        )
    return intake.edition


def write_edition(edition: Edition, path: Path, *, table: ItemKind = ItemKind.POWER) -> None:
    """Write an edition as the ending of ``path`` says: ``.xlsx``, ``.json``, or ``.csv``.

    Args:
        edition: what to write.
        path: where to; an old file is replaced only when all went well.
        table: the one that CSV can hold.

    Raises:
        Invalid: FILE-02 when it cannot be written, LISTS-12 for an unknown ending, LISTS-08
            and LISTS-09 for what a workbook would not give back.
    """
    match path.suffix.lower():
        case ".xlsx":
            write_workbook(edition, path)
        case ".json":
            _replace(path, edition_json(edition))
        case ".csv":
            _replace(path, csv_of(edition, table))
        case _:
            raise Invalid(
                "LISTS-12",
                zh(
                    "不知道「{name}」要写成哪种文件。请用 .xlsx、.json 或 .csv 结尾的文件名。",
                    name=path.name,
                ),
            )


def _replace(path: Path, content: bytes) -> None:
    with replacing(path) as stream:
        stream.write(content)


def csv_of(
    edition: Edition,
    table: ItemKind,
    *,
    only: Collection[str] | None = None,
    before: Mapping[str, str] | None = None,
) -> bytes:
    """Return one table of an edition as CSV that Excel opens.

    Args:
        edition: whose table.
        table: which one.
        only: the fields that become columns, by their first name; None for all.
        before: columns that stand first, with what they say in every row.
    """
    own = next(one for one in OWN_SHEETS if one.kind is table)
    first = before or {}
    lead = [guarded(value) for value in first.values()]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    head, *rows = lines_of(own, edition, only)
    writer.writerow([*first, *head])
    writer.writerows([*lead, *map(guarded, row)] for row in rows)
    return text.getvalue().encode("utf-8-sig", "surrogatepass")


def lines_of(
    own: OwnSheet, edition: Edition, only: Collection[str] | None = None
) -> Iterator[list[str]]:
    """Yield the header of a sheet and its rows, as text."""
    fields = [one for one in own.fields if only is None or one.path.partition(".")[0] in only]
    yield [field.header for field in fields]
    for row in rows_of(own, edition):
        yield [shown(field, row.get(field.path)) for field in fields]
