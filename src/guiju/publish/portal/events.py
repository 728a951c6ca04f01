"""The event of a publication: which public form belongs to which approved edition."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh

PUBLISHED = register(
    EventType(
        "portal.edition.published",
        zh("向社会公布「{name}」第 {ordinal} 版（{state}）"),
        {
            "name": zh("名称"),
            "ordinal": zh("版本号"),
            "state": zh("状态"),
            "digest": zh("公开内容摘要"),
            "withheld": zh("不公开说明摘要"),
            "source": zh("全文摘要"),
        },
        frozenset(),
        terms={"state": EditionState},
    )
)
