"""Kept files for programs: handing one in, what is known of it, taking it out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, Status, UploadedFile

from guiju.base.api.document import downloads
from guiju.base.api.listing import BY_TIME, Paged, newest_first
from guiju.base.evidence import actions, reads
from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.pages.file import content, found_file
from guiju.base.evidence.reads import FileShown
from guiju.base.evidence.scan import ScanState
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import key_of
from guiju.base.record.scopes import units_in
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.sentence import zh
from guiju.core.terms import Permission

router = Router(tags=["files"])


class Told(Schema):
    """Something that a file's metadata say."""

    label: str
    value: str


class FileOut(Schema):
    """A kept file."""

    key: UUID
    name: str
    kind: FileKind
    size: int
    sha256: str
    clean_sha256: str
    scan: ScanState
    about: str
    received_at: datetime
    received_by: str
    unit: str
    has_copy: bool
    metadata: list[Told]
    remarks: list[str]


@router.get(
    "",
    response=Paged[FileOut],
    summary=said(zh("收存的文件，新的在前")),
    openapi_extra=BY_TIME,
)
@needs(Permission.FILES_READ)
def list_files(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return a page of the files that the reader may see."""
    units, own = units_in(standing(request).scope(Permission.FILES_READ)), standing(request).person
    return newest_first(
        request,
        response,
        lambda cursor: reads.files(cursor=cursor, units=units, own=own),
        show=_shown,
    )


@router.post("", response={201: FileOut}, summary=said(zh("收存一个文件")))
@needs(Permission.FILES_READ, changing=Permission.FILES_ADD)
def add_file(request: HttpRequest, file: File[UploadedFile]) -> Status[dict[str, object]]:
    """Take a file in, or refuse it."""
    row = actions.receive_file(
        file,
        declared_name=file.name or "",
        about="",
        by=actor_of(request),
        at=timezone.now(),
        key=key_of(request),
    )
    return Status(201, _shown(reads.file_shown(row)))


@router.get("/{uuid:identity}", response=FileOut, summary=said(zh("一个文件的情况")))
@needs(Permission.FILES_READ)
def file_info(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return what is known of a file."""
    return _shown(reads.file_shown(found_file(request, identity)))


@router.get(
    "/{uuid:identity}/original",
    summary=said(zh("下载原件")),
    openapi_extra=downloads("application/octet-stream"),
)
@needs(Permission.FILES_READ)
def original(request: HttpRequest, identity: UUID) -> object:
    """Send the original."""
    return content(request, identity, "original")


@router.get(
    "/{uuid:identity}/clean",
    summary=said(zh("下载去掉个人痕迹的副本")),
    openapi_extra=downloads("application/octet-stream"),
)
@needs(Permission.FILES_READ)
def clean(request: HttpRequest, identity: UUID) -> object:
    """Send the copy without traces of people."""
    return content(request, identity, "clean")


def _shown(one: FileShown) -> dict[str, object]:
    names = ("key", "name", "kind", "size", "sha256", "clean_sha256", "scan", "about", "unit")
    row = {name: getattr(one.row, name) for name in (*names, "received_at", "received_by")}
    return row | {
        "has_copy": one.has_copy,
        "metadata": [{"label": say(label), "value": value} for label, value in one.says],
        "remarks": [say(remark) for remark in one.remarks],
    }
