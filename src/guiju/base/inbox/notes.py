"""What people write beside a task, and how long a task may take: checked before use."""

from __future__ import annotations

from guiju.core.calendar import Span
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import LimitUnit

MOST_NOTE = 500
"""Characters of a note."""

_MOST = {LimitUnit.HOURS: 24 * 3650, LimitUnit.DAYS: 3650, LimitUnit.WORKING_DAYS: 2500}
"""About ten years: a longer limit is a slip of the pen."""


def checked_note(note: str, *, needed: bool = False) -> str:
    """Return a note without blanks around it.

    Raises:
        Invalid: INBOX-03 when it is too long, or missing where one is needed.
    """
    said = note.strip()
    if len(said) > MOST_NOTE or (needed and not said):
        raise Invalid(
            "INBOX-03",
            zh("没有写说明，或说明超过 {most} 字。请写明原因，不要太长。", most=MOST_NOTE),
        )
    return said


def checked_limit(limit: Span) -> Span:
    """Return a limit that an office may have.

    Raises:
        Invalid: INBOX-05 when it is longer than about ten years.
    """
    if limit.amount > _MOST[limit.unit]:
        raise Invalid(
            "INBOX-05",
            zh(
                "时限 {amount} {unit} 太长，最多约十年。请核对时限。",
                amount=limit.amount,
                unit=limit.unit.label,
            ),
        )
    return limit
