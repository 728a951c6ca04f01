"""Event types of campaigns. What people typed is personal to its writer."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.lists.words import Channel, GradeMethod
from guiju.core.lists.words_campaigns import Gate
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

_WORDS = {
    "channel": zh("查找渠道"),
    "channels": zh("查找渠道"),
    "code": zh("风险编码"),
    "count": zh("数目"),
    "due": zh("截止时间"),
    "gate": zh("四不放过"),
    "grade": zh("等级"),
    "manifestation": zh("表现形式"),
    "method": zh("定级方法"),
    "name": zh("名称"),
    "open": zh("没有答复的人数"),
    "ordinal": zh("版本号"),
    "post": zh("岗位"),
    "power": zh("权力编码"),
    "powers": zh("排查的权力"),
    "proposal": zh("提议"),
    "proposals": zh("归并的提议"),
    "reason": zh("理由"),
    "step": zh("流程步骤"),
    "text": zh("风险点"),
    "verdict": zh("结论"),
}
_TERMS: dict[str, type[Term]] = {"channel": Channel, "gate": Gate, "method": GradeMethod}


def _type(kind: str, sentence: Sentence, *fields: str, personal: tuple[str, ...] = ()) -> EventType:
    words = {name: _WORDS[name] for name in (*fields, *personal)}
    terms = {name: _TERMS[name] for name in words if name in _TERMS}
    return register(
        EventType(f"campaigns.{kind}", sentence, words, frozenset(personal), terms=terms)
    )


BEGUN = _type(
    "campaign.begun",
    zh("开始「{name}」：请 {count} 个岗位排查，截止 {due}"),
    *("name", "ordinal", "count", "channels", "due"),
)
PROPOSED = _type(
    "risk.proposed",
    zh("{channel}：提出一个风险"),
    *("channel", "proposal", "power", "step"),
    personal=("text", "manifestation"),
)
ANSWERED = _type(
    "ask.answered",
    zh("「{post}」完成排查，提出 {count} 个风险"),
    *("post", "count", "powers"),
    personal=("reason",),
)
MERGED = _type(
    "proposals.merged",
    zh("把 {count} 条提议归并为风险 {code}"),
    *("count", "code", "proposals", "channels"),
)
REJECTED = _type("proposal.rejected", zh("不采纳一条提议"), "proposal", personal=("reason",))
JUDGED = _type(
    "gate.judged", zh("四不放过「{gate}」：{verdict}。{reason}"), "gate", "verdict", "reason"
)
GRADED = _type(
    "risk.graded",
    zh("风险 {code} 定为 {grade} 级"),
    *("code", "grade", "method", "reason"),
)
CLOSED = _type("campaign.closed", zh("结束「{name}」，{open} 人没有答复"), "name", "open")
