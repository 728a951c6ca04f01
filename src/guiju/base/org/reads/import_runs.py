"""How far somebody's own large workbooks have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from guiju.base.org.models import ImportRun
from guiju.core.organisation.words_imports import UNDER_WAY, ImportStage

_MOST = 20


@dataclass(frozen=True, slots=True)
class RunShown:
    """A workbook on its way, or what became of it.

    Attributes:
        done: how many of ``total`` rows were read.
        counts: per sheet its name, new, changed and ended rows, once it was taken in.
        code: of the refusal, if it was refused; ``why`` is its sentence.
    """

    token: str
    name: str
    stage: ImportStage
    done: int
    total: int
    digest: str
    counts: tuple[tuple[str, int, int, int], ...]
    code: str
    why: str
    sent_at: datetime
    changed_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.stage in UNDER_WAY


def run_of(token: str, person: str) -> RunShown | None:
    """Return a workbook that somebody sent; one query."""
    row = ImportRun.objects.filter(token=token, person=person).first()
    return _shown(row) if row else None


def runs_of(person: str) -> tuple[RunShown, ...]:
    """Return the workbooks that somebody sent and did not dismiss, the newest first; one query."""
    rows = ImportRun.objects.filter(person=person).order_by("-number")[:_MOST]
    return tuple(map(_shown, rows))


def _shown(row: ImportRun) -> RunShown:
    return RunShown(
        row.token,
        row.name,
        ImportStage.of(row.stage),
        row.done,
        row.total,
        row.digest,
        tuple((sheet, new, changed, ended) for sheet, new, changed, ended in row.counts),
        row.code,
        row.why,
        row.sent_at,
        row.changed_at,
    )
