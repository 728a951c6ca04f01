"""All lists in use together: what changes with any of them, and one table of all powers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db.models import QuerySet

from guiju.core.lists.words import EditionState
from guiju.publish.portal.models import Issue, OpenFile
from guiju.publish.portal.reads.issues import published


def in_use() -> QuerySet[Issue]:
    """Return what is published and in use today, unit by unit."""
    return published(EditionState.EFFECTIVE).order_by("edition__unit__path", "number")


def fingerprint() -> str:
    """Return what changes when anything that is in use does; one query."""
    digests = in_use().values_list("digest", flat=True)
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def all_csv() -> Iterator[bytes]:
    """Yield the powers of all lists in use as one table; one query."""
    files = OpenFile.objects.filter(issue__in=in_use().order_by().values("pk"), form="csv")
    ordered = files.order_by("issue__edition__unit__path", "issue")
    for place, content in enumerate(ordered.values_list("content", flat=True).iterator(20)):
        table = bytes(content)
        yield table if not place else table.partition(b"\r\n")[2]
