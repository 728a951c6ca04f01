"""What workers do with a large workbook: check it, or take it in, noting how far they are.

What is wrong with it is no failure of the job: it is noted for who sent it.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from django.utils import timezone

from guiju.base.access.grants import standing
from guiju.base.evidence.told import Line
from guiju.base.org.actions import import_runs as runs
from guiju.base.org.actions.imports import apply_changes
from guiju.base.org.pages.checking import Checked, check, shown_change
from guiju.base.org.pages.kept import SHELF
from guiju.base.org.pages.told import Told, write_told
from guiju.base.record.actor import Actor
from guiju.base.ui.language import say
from guiju.core.access import Scope
from guiju.core.errors import Conflict, Refusal
from guiju.core.organisation.columns import Sheet
from guiju.core.organisation.words import ChangeKind
from guiju.core.organisation.words_imports import ImportStage
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_OFTEN = 1.0
"""After how many seconds it is noted again how far a worker is."""


def check_upload(wrapped: str, *, person: str) -> None:
    """Check a workbook, and keep what was found beside it; in the language that is active."""
    token, key = SHELF.unwrapped(wrapped)

    def do() -> None:
        content = SHELF.content_of(token, key)
        found = check(content, _scope(person), noting(token))
        told = Told(
            bool(found.faults),
            len(found.faults or found.changes.rows),
            len({(one.sheet, one.row) for one in found.faults}),
            tuple(map(say, found.remarks)),
            tuple(counts_of(found)),
        )
        write_told(token, key, told, _faults(found) if found.faults else _changes(found))
        runs.note_stage(token=token, stage=ImportStage.READY, digest=found.digest, at=_now())

    noted(token, do)


def take_in_upload(wrapped: str, *, by: Actor, digest: str) -> None:
    """Take a workbook in, if it still changes what was shown."""
    token, key = SHELF.unwrapped(wrapped)

    def do() -> None:
        runs.note_stage(token=token, stage=ImportStage.TAKING, at=_now())
        content, scope = SHELF.content_of(token, key), _scope(by.person)
        found = check(content, scope)
        if found.faults or not found.changes or found.digest != digest:
            raise Conflict(
                "ORG-94",
                zh("检查以后，现有内容有了变动，没有导入。请重新上传，核对新的变动再导入。"),
            )
        source = f"sha256:{hashlib.sha256(content).hexdigest()}"
        apply_changes(changes=found.changes, scope=scope, source=source, by=by, at=_now())
        counts = [one[:-1] for one in counts_of(found)]
        runs.note_done(token=token, counts=counts, at=_now())
        SHELF.remove(token)

    noted(token, do)


def counts_of(found: Checked) -> Iterator[tuple[str, int, int, int, int]]:
    """Yield each sheet's name with its new, changed, ended and unchanged rows."""
    made = found.changes
    for sheet in Sheet:
        new, changed, ended = (made.count(sheet, kind) for kind in ChangeKind)
        yield sheet.value, new, changed, ended, made.unchanged[sheet]


def noted(token: str, do: Callable[[], None]) -> None:
    """Do it; say to who sent the workbook what refused it, and that it broke if it did."""
    try:
        do()
    except Refusal as refusal:
        runs.note_refused(token=token, code=refusal.code, why=say(refusal.sentence), at=_now())
    except BaseException:
        why = zh("后台处理时出了错，没有导入任何内容。请重新上传；再出错，请告诉系统管理员。")
        runs.note_refused(token=token, code="ORG-91", why=say(why), at=_now())
        raise


def noting(token: str) -> Callable[[int, int], None]:
    """Return what notes now and then how many rows are read; comparing begins after the last."""
    last = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal last
        is_over = done >= total
        if is_over or time.monotonic() - last >= _OFTEN:
            stage = ImportStage.COMPARING if is_over else ImportStage.READING
            runs.note_stage(token=token, stage=stage, done=done, total=total, at=_now())
            last = time.monotonic()

    return progress


def _scope(person: str) -> Scope:
    """Return where somebody may import now, whatever they might when they sent it."""
    return standing(person, timezone.localdate()).scope(Permission.ORG_IMPORT)


def _faults(found: Checked) -> Iterator[Line]:
    for one in found.faults:
        column = str(one.column) if one.column else ""
        yield [one.sheet.value, one.row, column, say(one.sentence), one.code]


def _changes(found: Checked) -> Iterator[Line]:
    for row in found.changes.rows:
        one = shown_change(row)
        yield [one.kind.value, one.sheet.value, one.row, one.title, one.fields]


def _now() -> datetime:
    return datetime.now(UTC)
