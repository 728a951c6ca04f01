"""What is known of kept files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from django.db.models import Q

from guiju.base.evidence.actions import store_folder
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.models import StoredFile
from guiju.base.evidence.report import unpacked
from guiju.base.evidence.scan import ScanState
from guiju.base.evidence.store import open_file
from guiju.base.record.scopes import Units
from guiju.base.ui.paging import SIZE, Cursor, Page, from_instant, make_page, to_instant
from guiju.core.sentence import Sentence


@dataclass(frozen=True, slots=True)
class FileShown:
    """A file as its page shows it.

    Attributes:
        row: as it is kept.
        kind: by content.
        scan: whether it was looked through for viruses.
        says: what its metadata say, by label.
        remarks: what the receiver should know.
        has_copy: whether there is a copy without them that differs from the original.
    """

    row: StoredFile
    kind: FileKind
    scan: ScanState
    says: tuple[tuple[Sentence, str], ...]
    remarks: tuple[Sentence, ...]
    has_copy: bool


def stored_file(identity: UUID, *, units: Units = None, own: str = "") -> StoredFile | None:
    """Return one file's row, if it belongs to these units or was handed in by this person."""
    return StoredFile.objects.filter(_seen(units, own), key=identity).first()


def _seen(units: Units, own: str) -> Q:
    return Q() if units is None else Q(unit__in=units) | Q(received_by=own)


def files_about(reference: str) -> Sequence[StoredFile]:
    """Return the files of one object, the newest first."""
    return list(StoredFile.objects.filter(about=reference).order_by("-received_at", "-number"))


def unknown_content(hashes: Sequence[str]) -> list[str]:
    """Return those of the hashes of which no row speaks, neither as original nor as copy."""
    rows = StoredFile.objects.filter(Q(sha256__in=hashes) | Q(clean_sha256__in=hashes))
    known = {sha for pair in rows.values_list("sha256", "clean_sha256") for sha in pair}
    return [sha for sha in hashes if sha not in known]


def files(*, cursor: Cursor | None, units: Units = None, own: str = "") -> Page[FileShown]:
    """Return a page of the files that belong to these units or that this person handed in.

    The newest first; one query. Without units it is all of them.

    Raises:
        Invalid: PAGE-02 for a place that is none.
    """
    seen = StoredFile.objects.filter(_seen(units, own))
    rows = seen.order_by("-received_at", "-number")
    if cursor is not None:
        at, number = to_instant(cursor.key[0]), cursor.key[1]
        if cursor.is_newer:
            later = Q(received_at__gt=at) | Q(received_at=at, number__gt=number)
            rows = seen.filter(later).order_by("received_at", "number")
        else:
            rows = rows.filter(Q(received_at__lt=at) | Q(received_at=at, number__lt=number))
    found = [file_shown(row) for row in rows[: SIZE + 1]]
    return make_page(found, cursor=cursor, key=_key)


def _key(shown: FileShown) -> tuple[int, int]:
    return from_instant(shown.row.received_at), shown.row.number


def file_shown(row: StoredFile) -> FileShown:
    """Return a file as pages show it."""
    return FileShown(
        row,
        FileKind.of(row.kind),
        ScanState.of(row.scan),
        tuple((unpacked(label), value) for label, value in row.rows),
        tuple(unpacked(remark) for remark in row.remarks),
        has_copy=row.clean_sha256 not in {"", row.sha256},
    )


def open_content(row: StoredFile, *, clean: bool) -> BinaryIO:
    """Open a file's content: the copy without traces, or the original; the caller closes it.

    Raises:
        Invalid: EVIDENCE-16 when the store does not hold it.
    """
    return open_file(store_folder(), row.clean_sha256 if clean else row.sha256)
