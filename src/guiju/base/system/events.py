"""Event types of the system's state."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import zh

ASKED = register(EventType("system.audit.asked", zh("要求全面核对记录"), {}, personal=frozenset()))
