"""Kept files in the gallery, with made-up ones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.http import HttpRequest

from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.models import StoredFile
from guiju.base.evidence.reads import FileShown
from guiju.base.evidence.scan import ScanState
from guiju.base.ui.gallery.listing import COUNTS, Shown, add_lists
from guiju.base.ui.gallery.people import LONG_UNIT, Holder, holders
from guiju.base.ui.paging import Page
from guiju.core.errors import Invalid
from guiju.core.sentence import zh

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
_KINDS = tuple(FileKind)


def _file(one: Holder, state: str) -> FileShown:
    """Whoever may not take a copy is left with the original."""
    name = f"{LONG_UNIT}付款申请（含合同、验收单、发票）.pdf" if state == "long" else "付款申请.pdf"
    row = StoredFile(
        key=UUID(int=one.number),
        name=name,
        size=482_113,
        received_at=NOW - timedelta(days=one.number),
        received_by="person:1",
        sha256=f"{one.number:064x}",
        clean_sha256="" if state == "forbidden" else f"{one.number + 1:064x}",
        remarks=["x"] * (state == "error"),
    )
    says = {"empty": 0, "many": 200}.get(state, 3)
    return FileShown(
        row,
        _KINDS[0],
        ScanState.NOT_SCANNED if state in {"empty", "error"} else ScanState.CLEAN,
        tuple((zh("作者"), other.name) for other in holders(says, is_long=state == "long")),
        (zh("文件后面附有别的内容，副本里已去掉。"),) * (state == "error"),
        has_copy=state not in {"empty", "forbidden"},
    )


def _files(_request: HttpRequest, state: str) -> Shown:
    count = {**COUNTS, "many": 50}[state]
    people = holders(count, is_long=state == "long")
    refusal = Invalid("GALLERY-08", zh("这是压缩包，不能收存。请解开后逐个上传里面的文件。"))
    return {
        "page": Page(tuple(_file(one, state) for one in people)),
        "refusal": refusal if state == "error" else None,
        "key": uuid4(),
        "accepted": ".pdf",
        "most": 100,
        "now": NOW,
    }


def _one(_request: HttpRequest, state: str) -> Shown:
    return {"file": _file(next(iter(holders(1))), state), "now": NOW}


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("evidence-files", zh("材料"), "evidence/files.html", _files),
        ("evidence-file", zh("一份材料"), "evidence/file.html", _one),
    )
