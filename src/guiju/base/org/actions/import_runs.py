"""How far large workbooks have come. What they change is written by ``imports`` alone.

Where a file is on its way is no act on the organisation, so it is noted without an event; the
table is exempt from the wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from guiju.base.org.models import ImportRun
from guiju.core.errors import Denied
from guiju.core.organisation.words_imports import UNDER_WAY, ImportStage
from guiju.core.sentence import zh

STUCK = timedelta(hours=1)
"""After how long without a sign of life a worker is taken to be gone."""


def begin_run(*, token: str, person: str, name: str, at: datetime, about: str = "") -> None:
    """Note that a workbook waits to be checked."""
    ImportRun.objects.create(
        token=token,
        person=person,
        about=about,
        name=name[:255],
        stage=ImportStage.WAITING.value,
        sent_at=at,
        changed_at=at,
    )


def note_stage(
    *, token: str, stage: ImportStage, at: datetime, done: int = 0, total: int = 0, digest: str = ""
) -> None:
    """Note how far it is; nothing for one that was given up."""
    ImportRun.objects.filter(token=token).update(
        stage=stage.value, done=done, total=total, digest=digest, changed_at=at
    )


def note_refused(*, token: str, code: str, why: str, at: datetime) -> None:
    """Note that it was refused, and why."""
    ImportRun.objects.filter(token=token).update(
        stage=ImportStage.REFUSED.value, code=code, why=why, changed_at=at
    )


def note_done(*, token: str, counts: Sequence[Sequence[object]], at: datetime) -> None:
    """Note that it was taken in, and what it changed."""
    ImportRun.objects.filter(token=token).update(
        stage=ImportStage.DONE.value, counts=[list(one) for one in counts], changed_at=at
    )


def begin_taking(*, token: str, person: str, at: datetime) -> str:
    """Note that what was shown shall be taken in; return the digest of what was shown.

    Raises:
        Denied: ORG-92 when it is not checked yet, or on its way already.
    """
    row = ImportRun.objects.select_for_update().filter(token=token, person=person).first()
    if row is None or row.stage != ImportStage.READY.value:
        raise Denied("ORG-92", zh("这份表格还没有检查完，或者已经在导入。请刷新页面查看进度。"))
    note_stage(token=token, stage=ImportStage.QUEUED, digest=row.digest, at=at)
    return row.digest


def dismiss_run(*, token: str, person: str, at: datetime) -> None:
    """Forget one's own workbook, when no worker is busy with taking it in.

    Raises:
        Denied: ORG-93 while it is taken in.
    """
    row = ImportRun.objects.filter(token=token, person=person).first()
    if row is None:
        return
    is_busy = row.stage in {ImportStage.QUEUED.value, ImportStage.TAKING.value}
    if is_busy and at - row.changed_at < STUCK:
        raise Denied("ORG-93", zh("正在导入，不能作废。请等导入结束，再看结果。"))
    row.delete()


def sweep_runs(*, before: datetime) -> int:
    """Forget those whose file is gone before they were taken in; return how many.

    Results stay until their reader dismisses them.
    """
    waiting = [stage.value for stage in (*UNDER_WAY, ImportStage.READY)]
    return ImportRun.objects.filter(stage__in=waiting, changed_at__lte=before).delete()[0]
