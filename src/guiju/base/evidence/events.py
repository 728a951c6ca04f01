"""Event types of files. The name is not among the fields: it may name a natural person."""

from __future__ import annotations

from guiju.base.evidence.kinds import FileKind
from guiju.base.evidence.scan import ScanState
from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import zh

RECEIVED = register(
    EventType(
        "evidence.file.received",
        zh("收存材料：{kind}，{size} 字节"),
        {
            "about": zh("所属对象"),
            "clean_sha256": zh("副本摘要"),
            "kind": zh("种类"),
            "scan": zh("查毒"),
            "sha256": zh("原件摘要"),
            "size": zh("字节数"),
        },
        personal=frozenset(),
        terms={"kind": FileKind, "scan": ScanState},
    )
)
