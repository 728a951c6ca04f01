"""Examining a file in the test's own process, where a fault of ours shows its traceback."""

from __future__ import annotations

import secrets

from guiju.base.evidence.names import ending_of
from guiju.base.evidence.worker import outcome_of
from guiju.core.errors import Refusal


def examined(folder, content, name="", clean=None):
    """Return the report on ``content``; a refusal is raised."""
    path = folder / secrets.token_hex(8)
    path.write_bytes(content)
    outcome = outcome_of(path, ending_of(name), clean or folder / f"{path.name}.clean")
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def cleaned(folder, content):
    """Return the report on ``content`` and the content of its clean copy."""
    clean = folder / secrets.token_hex(8)
    report = examined(folder, content, clean=clean)
    return report, clean.read_bytes() if clean.exists() else None
