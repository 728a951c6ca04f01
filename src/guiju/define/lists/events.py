"""Event types of the lists.

What an item says is not repeated in the record: it stands in its edition, whose digest covers
it. A change tells which fields changed and, of those that name no person, what they said.
"""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh

_WORDS = {
    "added": zh("新增"),
    "after": zh("之后"),
    "before": zh("之前"),
    "based_on": zh("依据的版本"),
    "changed": zh("改动"),
    "check": zh("检查"),
    "count": zh("数目"),
    "marks": zh("哪几处"),
    "code": zh("编码"),
    "codes": zh("哪些编码"),
    "fields": zh("改了哪些"),
    "tables": zh("哪些表"),
    "file": zh("文件摘要"),
    "kind": zh("哪张表"),
    "name": zh("名称"),
    "ordinal": zh("版本号"),
    "profile": zh("配置"),
    "reason": zh("原因"),
    "removed": zh("删去"),
    "revision": zh("修订号"),
    "unit": zh("单位"),
}
_NOBODY: frozenset[str] = frozenset()


def _type(kind: str, sentence: Sentence, *fields: str) -> EventType:
    return register(
        EventType(
            f"lists.{kind}",
            sentence,
            {name: _WORDS[name] for name in fields},
            _NOBODY,
            terms={"kind": ItemKind} if "kind" in fields else {},
        )
    )


BEGUN = _type(
    "edition.begun",
    zh("开始编制「{name}」第 {ordinal} 版"),
    *("unit", "name", "ordinal", "profile", "based_on"),
)
RENAMED = _type("edition.renamed", zh("「{before}」改名为「{after}」"), "before", "after")
DISCARDED = _type(
    "edition.discarded", zh("放弃「{name}」第 {ordinal} 版草稿"), "name", "ordinal", "reason"
)
IMPORTED = _type(
    "edition.imported",
    zh("导入「{name}」：新增 {added} 项，改动 {changed} 项，删去 {removed} 项"),
    *("name", "added", "changed", "removed", "file", "revision"),
)
RECODED = _type(
    "edition.recoded",
    zh("按编码规则给「{name}」的 {count} 项权力编码"),
    *("name", "count", "before", "after", "revision"),
)
COLUMNS_LEARNED = _type(
    "columns.learned", zh("记住 {count} 个列名的意思（{tables}）"), "count", "tables"
)
ITEM_ADDED = _type(
    "item.added", zh("新增{kind}「{name}」（{code}）"), "kind", "code", "name", "revision"
)
ITEM_CHANGED = _type(
    "item.changed",
    zh("改动{kind}「{name}」（{code}）的{fields}"),
    *("kind", "code", "name", "fields", "before", "after", "revision"),
)
ITEM_REMOVED = _type(
    "item.removed", zh("删去{kind}「{name}」（{code}）"), "kind", "code", "name", "revision"
)
ITEM_RENUMBERED = _type(
    "item.renumbered",
    zh("{kind}「{name}」由 {before} 换编号为 {code}，{count} 项引用一并更改"),
    *("kind", "name", "before", "code", "count", "revision"),
)
ITEMS_CHANGED = _type(
    "items.changed",
    zh("一并改动{kind} {count} 项：新增 {added} 项，改动 {changed} 项"),
    *("kind", "count", "added", "changed", "codes", "fields", "revision"),
)
ITEMS_REMOVED = _type(
    "items.removed",
    zh("一并删去{kind} {count} 项"),
    *("kind", "count", "codes", "revision"),
)
FINDING_ACCEPTED = _type(
    "finding.accepted",
    zh("说明 {check} 查出的 {count} 处可以保留：{reason}"),
    *("check", "count", "marks", "reason", "revision"),
)
FINDING_REOPENED = _type(
    "finding.reopened",
    zh("收回对 {check} 查出的 {count} 处的说明"),
    *("check", "count", "marks", "revision"),
)

CONTENT = frozenset(
    one.kind
    for one in (
        BEGUN,
        RENAMED,
        IMPORTED,
        RECODED,
        ITEM_ADDED,
        ITEM_CHANGED,
        ITEM_REMOVED,
        ITEM_RENUMBERED,
        ITEMS_CHANGED,
        ITEMS_REMOVED,
    )
)
"""Kinds of events by which what an edition says came about."""
