"""Event types of files. The name is not among the fields: it may name a natural person."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import zh

RECEIVED = register(
    EventType(
        "evidence.file.received",
        zh("收存材料（{kind}，{size} 字节），摘要 {sha256}"),
        frozenset({"sha256", "clean_sha256", "size", "kind", "about", "scan"}),
        personal=frozenset(),
    )
)
