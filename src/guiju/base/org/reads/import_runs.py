"""How far somebody's own large workbooks have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from guiju.base.org.models import ImportRun
from guiju.core.organisation.words_imports import UNDER_WAY, ImportStage

_MOST = 20


@dataclass(frozen=True, slots=True)
class RunShown:
    """A workbook on its way, or what became of it.

    Attributes:
        done: how many of ``total`` rows were read.
        counts: once it was taken in, what it changed: per sheet its name and numbers of rows.
        code: of the refusal, if it was refused; ``why`` is its sentence.
    """

    token: str
    name: str
    stage: ImportStage
    done: int
    total: int
    digest: str
    counts: tuple[tuple[Any, ...], ...]
    code: str
    why: str
    sent_at: datetime
    changed_at: datetime

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has something to do with it."""
        return self.stage in UNDER_WAY


def run_of(token: str, person: str, about: str = "") -> RunShown | None:
    """Return a workbook that somebody sent for this; one query."""
    row = ImportRun.objects.filter(token=token, person=person, about=about).first()
    return _shown(row) if row else None


def runs_of(person: str, about: str = "") -> tuple[RunShown, ...]:
    """Return the workbooks that somebody sent and did not dismiss, the newest first; one query.

    Args:
        person: who sent them.
        about: the reference of what they are for; empty for the organisation itself.
    """
    rows = ImportRun.objects.filter(person=person, about=about).order_by("-number")[:_MOST]
    return tuple(map(_shown, rows))


def _shown(row: ImportRun) -> RunShown:
    return RunShown(
        row.token,
        row.name,
        ImportStage.of(row.stage),
        row.done,
        row.total,
        row.digest,
        tuple(map(tuple, row.counts)),
        row.code,
        row.why,
        row.sent_at,
        row.changed_at,
    )
