"""The record's own event types."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import SealedItem

_NOBODY: frozenset[str] = frozenset()
_WORDS = {
    "authority": zh("依据"),
    "basis": zh("暂不告知本人的依据"),
    "cause": zh("起因事件"),
    "code": zh("规则"),
    "count": zh("数目"),
    "filters": zh("筛选"),
    "format": zh("格式"),
    "item": zh("所查阅的"),
    "kind": zh("所办之事"),
    "list": zh("清单"),
    "made_at": zh("备份时间"),
    "missing": zh("少了几条"),
    "name": zh("名称"),
    "origin": zh("记录名称"),
    "place": zh("位置"),
    "reason": zh("原因"),
    "root": zh("根摘要"),
    "says": zh("说法"),
    "seen_by": zh("核对的依据"),
    "size": zh("条数"),
    "until": zh("暂不告知本人，截止"),
    "url": zh("地址"),
    "vkey": zh("公钥"),
}


def _type(kind: str, sentence: Sentence, *fields: str) -> EventType:
    words = {name: _WORDS[name] for name in fields}
    return register(EventType(kind, sentence, words, personal=_NOBODY))


OPENED = _type("record.log.opened", zh("启用记录「{origin}」"), "origin", "vkey")
RAISED = _type("record.finding.raised", zh("规则 {code}：{says}"), "cause", "code", "says")
DENIED = _type(
    "record.act.denied", zh("拦下「{kind}」，依据规则 {code}：{says}"), "kind", "code", "says"
)
HELD = _type(
    "record.act.held", zh("「{kind}」待授权，依据规则 {code}：{says}"), "kind", "code", "says"
)
ERASED = _type(
    "record.person.erased",
    zh("删除「{object}」的个人信息，依据：{authority}，原因：{reason}"),
    "authority",
    "reason",
)
ROOTED = _type("record.side_tree.rooted", zh("国密侧树共 {size} 条，根摘要 {root}"), "size", "root")
REGISTERED = _type("record.witness.registered", zh("登记见证方「{name}」"), "name", "vkey", "url")
RETIRED = _type("record.witness.retired", zh("停用见证方「{name}」：{reason}"), "name", "reason")
QUORUM_SET = _type("record.quorum.set", zh("见证以 {count} 家为足"), "count")
SILENT = _type("record.witness.fell_silent", zh("见证方「{name}」没有回应：{says}"), "name", "says")
DISAGREED = _type("record.witness.disagreed", zh("见证方「{name}」不认可：{says}"), "name", "says")
BEGAN = _type("record.witness.began", zh("见证方「{name}」开始见证"), "name")
RETURNED = _type("record.witness.returned", zh("见证方「{name}」恢复见证"), "name")
RESTORED = _type(
    "record.backup.restored",
    zh("从 {made_at} 的备份恢复，共 {size} 条，比见证过的少 {missing} 条"),
    "made_at",
    "size",
    "missing",
    "seen_by",
)
UNSEALED = register(
    EventType(
        "record.sealed.opened",
        zh("查阅「{object}」密封的{item}"),
        {name: _WORDS[name] for name in ("item", "place", "reason", "basis", "until")},
        personal=frozenset({"reason"}),
        terms={"item": SealedItem},
    )
)
EXPORTED = _type(
    "record.list.exported",
    zh("导出「{list}」{count} 行（{format}）"),
    *("list", "filters", "format", "count"),
)
