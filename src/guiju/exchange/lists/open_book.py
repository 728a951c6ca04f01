"""An edition as a plain workbook for readers: a sheet for each table, text and nothing else.

Unlike the product's own workbook it is not meant to be read back; no text keeps it from being
written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping

from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from guiju.core.lists.model import Edition
from guiju.core.lists.words import ItemKind
from guiju.exchange.lists.files import lines_of
from guiju.exchange.lists.layout import COUNT_SHEET, GRAPH_SHEET, OWN_SHEETS
from guiju.exchange.organisation.archive import MOST_IN_CELL
from guiju.exchange.organisation.still import writing
from guiju.exchange.organisation.write import as_text, head_cell

_LEFT_OUT = (COUNT_SHEET, GRAPH_SHEET)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def open_book(edition: Edition, only: Mapping[ItemKind, Collection[str]]) -> bytes:
    """Return the workbook; sheets without a row are left out, but the first never.

    Args:
        edition: what is written.
        only: the fields of each table that become columns.
    """
    stream = io.BytesIO()
    with writing(stream) as book:
        for place, own in enumerate(OWN_SHEETS):
            if own.title in _LEFT_OUT:
                continue
            head, *rows = lines_of(own, edition, only[own.kind] if own.kind else None)
            if rows or not place:
                sheet = book.create_sheet(own.title)
                sheet.freeze_panes = "A2"
                sheet.append([head_cell(sheet, text) for text in head])
                for row in rows:
                    sheet.append([_cell(sheet, text) for text in row])
    return stream.getvalue()


def _cell(sheet: Worksheet, text: str) -> object:
    said = _UNSEEN.sub("", text)[:MOST_IN_CELL]
    return as_text(WriteOnlyCell(sheet), said) if said else None
