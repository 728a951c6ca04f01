"""Events for tests that need some."""

from datetime import UTC, datetime

from guiju.base.record.actor import SYSTEM
from guiju.base.record.door import recording
from guiju.base.record.events import QUORUM_SET

NOON = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def record_some(count, *, by=SYSTEM, at=NOON):
    """Record so many events in one passage, of a kind that touches no other table."""
    with recording(QUORUM_SET(object="log", count=0), by=by, at=at) as passage:
        for number in range(1, count):
            passage.add(QUORUM_SET(object="log", count=number))
