"""Event types of tasks, notices and the calendar.

What a task asks and what people write beside it may name natural persons, so these texts
are personal: sealed under the key of whoever was asked, or whoever wrote.
"""

from __future__ import annotations

from guiju.base.inbox.states import NoticeKind
from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import LimitUnit, Term

_WORDS = {
    "after": zh("新期限"),
    "amount": zh("时限"),
    "before": zh("原期限"),
    "count": zh("数目"),
    "due": zh("期限"),
    "for_person": zh("替谁办理"),
    "from_person": zh("原办理人"),
    "is_late": zh("是否超期"),
    "kind": zh("种类"),
    "note": zh("说明"),
    "notices": zh("通知"),
    "off": zh("放假"),
    "person": zh("办理人"),
    "post": zh("岗位"),
    "provisional": zh("暂按周末推算"),
    "sha256": zh("摘要"),
    "text": zh("内容"),
    "title": zh("通知"),
    "to": zh("给谁"),
    "unit": zh("单位"),
    "unit_of_time": zh("单位"),
    "worked": zh("上班"),
    "years": zh("年份"),
}
_NOTE = ("note",)


def _type(
    kind: str,
    sentence: Sentence,
    /,
    *fields: str,
    personal: tuple[str, ...] = (),
    **terms: type[Term],
) -> EventType:
    words = {name: _WORDS[name] for name in (*fields, *personal)}
    return register(EventType(kind, sentence, words, personal=frozenset(personal), terms=terms))


ASSIGNED = _type(
    "inbox.task.assigned",
    zh("交办任务（{kind}），期限 {due}"),
    *("kind", "person", "post", "unit", "due", "provisional"),
    personal=("text",),
)
COMPLETED = _type("inbox.task.completed", zh("办结任务"), "is_late", "for_person", personal=_NOTE)
WITHDRAWN = _type("inbox.task.withdrawn", zh("撤回任务"), "person", personal=_NOTE)
REASSIGNED = _type(
    "inbox.task.reassigned",
    zh("任务转由 {person} 办理"),
    *("from_person", "person", "post", "unit"),
    personal=_NOTE,
)
ESCALATED = _type("inbox.task.escalated", zh("任务超期，报 {to} 督办"), "to", "person", "due")
RECOMPUTED = _type(
    "inbox.task.due_recomputed",
    zh("按节假日通知重新推算期限：{before} 改为 {after}"),
    *("before", "after", "provisional"),
)
LIMITED = _type(
    "inbox.task.limit_changed",
    zh("办理时限改为 {amount} {unit_of_time}，期限 {before} 改为 {after}"),
    *("amount", "unit_of_time", "before", "after", "provisional"),
    unit_of_time=LimitUnit,
)
URGED = _type(
    "inbox.task.urged",
    zh("催办任务，第 {count} 次，办理人 {person}，期限 {due}"),
    *("person", "due", "count"),
    personal=_NOTE,
)
TOLD = _type(
    "inbox.notice.told", zh("通知 {to}：{kind}"), "to", "kind", personal=("text",), kind=NoticeKind
)
READ = _type("inbox.notice.read", zh("阅知 {count} 条通知"), "count", "notices")
SENT = _type("inbox.notice.sent", zh("把通知交给邮件服务器"), "to")
LOADED = _type(
    "inbox.calendar.loaded",
    zh("载入节假日通知「{title}」"),
    *("title", "years", "off", "worked", "sha256"),
)
