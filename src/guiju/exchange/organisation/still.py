"""Writing a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, TypeAlias

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from guiju.exchange.files import replacing

Target: TypeAlias = Path | BinaryIO

_DAY = (2025, 1, 1, 0, 0, 0)


class _Still(zipfile.ZipFile):
    """An archive whose parts all bear one date.

    Attributes:
        rows: XML of rows that stand below those of a sheet, by the sheet's part.
    """

    rows: Mapping[str, Iterable[str]]

    def writestr(
        self,
        zinfo_or_arcname: Any,  # noqa: ANN401 - ZipFile's types differ between Python versions
        data: Any,  # noqa: ANN401
        *_: object,
        **__: object,
    ) -> None:
        super().writestr(_part(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: object, **__: object) -> None:  # noqa: ANN401
        with Path(filename).open("rb") as source, self.open(_part(arcname), "w") as target:
            if arcname not in self.rows:
                while chunk := source.read(1 << 20):
                    target.write(chunk)
                return
            above, mark, below = source.read().rpartition(b"</sheetData>")
            target.write(above)
            for row in self.rows[arcname]:
                target.write(row.encode())
            target.write(mark + below)


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    return part


@contextmanager
def writing(target: Target, rows: Mapping[str, Iterable[str]] | None = None) -> Iterator[Workbook]:
    """Give a workbook to fill row by row; then write it to a file, all or nothing, or a stream.

    Args:
        target: where it is written.
        rows: by a sheet's title, XML of rows that stand below those it was filled with, of
            which there is at least one; read when all is filled. For many thousand rows.

    Raises:
        Invalid: FILE-02 when the file cannot be written.
    """
    with _stream(target) as stream:
        book = Workbook(write_only=True)
        book.properties.creator = "guiju"
        book.properties.created = book.properties.modified = datetime(*_DAY)  # noqa: DTZ001
        try:
            yield book
            with _Still(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.rows = {
                    f"xl/worksheets/sheet{number}.xml": rows[sheet.title]
                    for number, sheet in enumerate(book.worksheets, 1)
                    if rows and sheet.title in rows
                }
                ExcelWriter(book, archive).save()
        finally:
            for sheet in book.worksheets:
                _discard(sheet)


def _discard(sheet: Any) -> None:  # noqa: ANN401 - what openpyxl keeps of a sheet is untyped
    """Remove the file in which openpyxl keeps a sheet's rows, if saving has not done so."""
    if not sheet.closed:
        sheet.close()
    if Path(sheet._writer.out).exists():  # noqa: SLF001 - there is no other way to it
        sheet._writer.cleanup()  # noqa: SLF001


@contextmanager
def _stream(target: Target) -> Iterator[IO[bytes]]:
    if isinstance(target, Path):
        with replacing(target) as stream:
            yield stream
    else:
        yield target
