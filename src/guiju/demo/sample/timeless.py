"""A workbook that does not tell when it was made, so that one content has one sequence of bytes."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def timeless(workbook: bytes) -> bytes:
    """Return the XLSX ``workbook`` with every moment in it set to the beginning of 2025."""
    content = BytesIO()
    with ZipFile(BytesIO(workbook)) as source, ZipFile(content, "w") as target:
        for name in source.namelist():
            part = _MOMENT.sub(rb"\g<1>2025-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name, (2025, 1, 1, 0, 0, 0)), part, ZIP_DEFLATED)
    return content.getvalue()
