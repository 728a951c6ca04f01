"""The events of publications: which public form belongs to which approved edition, and later."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.lists.words import EditionState
from guiju.core.sentence import zh

_WORDS = {
    "name": zh("名称"),
    "ordinal": zh("版本号"),
    "digest": zh("公开内容摘要"),
    "withheld": zh("不公开说明摘要"),
}

PUBLISHED = register(
    EventType(
        "portal.edition.published",
        zh("向社会公布「{name}」第 {ordinal} 版（{state}）"),
        {**_WORDS, "state": zh("状态"), "source": zh("全文摘要")},
        frozenset(),
        terms={"state": EditionState},
    )
)

CLOSED = register(
    EventType(
        "portal.edition.closed",
        zh("「{name}」第 {ordinal} 版撤下 {count} 项公开内容，现行版本已不公开它们"),
        {
            **_WORDS,
            "count": zh("撤下的项数"),
            "before": zh("撤下以前的公开内容摘要"),
            "current": zh("现行版本"),
        },
        frozenset(),
    )
)
