"""Work on the system's state that takes long."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django_tasks import task

from guiju.base.evidence.report import packed
from guiju.base.record import audit
from guiju.base.record.health import sealed_size

MOST_KEPT = 50
"""How many findings are kept; the audit ends there, since so many say enough."""


@task()
def audit_record() -> dict[str, Any]:
    """Compute everything that the record holds again and compare it; return what was found."""
    found = list(islice(audit.flaws(at=datetime.now(UTC)), MOST_KEPT))
    return {
        "size": sealed_size(),
        "flaws": [[one.code, one.where, packed(one.sentence)] for one in found],
    }
