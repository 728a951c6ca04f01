"""The workbook of all lists in use, made anew where something changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import cast

from django.http import StreamingHttpResponse

from guiju.base.ui.exporting import WRITERS, Plain
from guiju.publish.portal.actions.files import XLSX
from guiju.publish.portal.models import OpenFile
from guiju.publish.portal.reads.everything import all_csv, fingerprint


def keep_all(*, at: datetime) -> bool:
    """Make the workbook anew, if it does not say what is in use now; tell whether it was made.

    No act on anything: each edition in it was published by an event of its own.
    """
    now = fingerprint()
    if OpenFile.objects.filter(issue=None, form=XLSX, etag=now).exists():
        return False
    rows = csv.reader(io.StringIO(b"".join(all_csv()).decode("utf-8-sig"), newline=""))
    head = next(rows, [])
    body: Iterator[list[Plain]] = ([*row] for row in rows)
    sent = cast("StreamingHttpResponse", WRITERS[XLSX]("权力清单", head, body))
    content = b"".join(cast("Iterator[bytes]", sent.streaming_content))
    facts = {"etag": now, "made_at": at, "content": content}
    OpenFile.objects.update_or_create(issue=None, form=XLSX, defaults=facts)
    return True
