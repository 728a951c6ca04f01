"""Writing a workbook so that the same content gives the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
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
    """An archive whose parts all bear one date."""

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
            while chunk := source.read(1 << 20):
                target.write(chunk)


def _part(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _DAY)
    part.compress_type = zipfile.ZIP_DEFLATED
    part.external_attr = 0o600 << 16
    return part


@contextmanager
def writing(target: Target) -> Iterator[Workbook]:
    """Give a workbook to fill row by row; then write it to a file, all or nothing, or a stream.

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
