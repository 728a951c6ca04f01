"""Event types of approvals. Each signature says the digest of what was signed.

What people typed is personal to its writer; the open part says who did what at which step.
"""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.lists.words import ItemKind, ReviewVerdict
from guiju.core.lists.words_chains import ObjectionState, SignAction
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

_WORDS = {
    "action": zh("动作"),
    "answer": zh("答复"),
    "chain": zh("审签流程"),
    "code": zh("编码"),
    "contact": zh("联系方式"),
    "digest": zh("内容摘要"),
    "due": zh("截止时间"),
    "filed_on": zh("备案日期"),
    "filing": zh("备案号"),
    "first": zh("开始日期"),
    "how": zh("任职方式"),
    "into": zh("并入或承接"),
    "kind": zh("哪张表"),
    "lapsed": zh("失效的签署"),
    "last": zh("截止日期"),
    "name": zh("名称"),
    "objection": zh("异议"),
    "on": zh("日期"),
    "on_behalf": zh("代表"),
    "opinion": zh("意见"),
    "ordinal": zh("版本号"),
    "person": zh("审签人"),
    "post": zh("岗位"),
    "power": zh("权力编码"),
    "reason": zh("原因"),
    "review": zh("审签"),
    "state": zh("结论"),
    "step": zh("环节"),
    "text": zh("内容"),
    "verdict": zh("清理结论"),
    "wished": zh("希望生效的日期"),
}
_TERMS: dict[str, type[Term]] = {
    "action": SignAction,
    "how": StandIn,
    "kind": ItemKind,
    "state": ObjectionState,
    "verdict": ReviewVerdict,
}


def _type(kind: str, sentence: Sentence, *fields: str, personal: tuple[str, ...] = ()) -> EventType:
    words = {name: _WORDS[name] for name in (*fields, *personal)}
    terms = {name: _TERMS[name] for name in words if name in _TERMS}
    return register(
        EventType(f"approval.{kind}", sentence, words, frozenset(personal), terms=terms)
    )


SUBMITTED = _type(
    "edition.submitted",
    zh("「{name}」第 {ordinal} 版送审（{chain}）"),
    *("name", "ordinal", "chain", "digest", "review", "wished"),
)
ASKED = _type(
    "step.asked",
    zh("请 {person} 办「{step}」"),
    *("step", "person", "post", "how", "on_behalf", "due", "review"),
)
REPLACED = _type(
    "step.replaced",
    zh("{person} 已不在岗，「{step}」改请现任"),
    *("step", "person", "post", "review"),
)
VACANT = _type("step.vacant", zh("「{step}」没有人可签"), "step", "review")
SIGNED = _type(
    "edition.signed",
    zh("「{step}」签署同意"),
    *("step", "action", "digest", "on_behalf", "review"),
    personal=("opinion",),
)
FILED = _type(
    "edition.filed",
    zh("「{step}」备案，备案号 {filing}"),
    *("step", "action", "digest", "on_behalf", "review", "filing", "filed_on"),
    personal=("opinion",),
)
RETURNED = _type(
    "edition.returned",
    zh("在「{step}」退回，此前 {lapsed} 个签署失效"),
    *("step", "digest", "lapsed", "review"),
    personal=("reason",),
)
TAKEN_BACK = _type(
    "edition.taken_back", zh("送审人撤回送审"), *("digest", "review"), personal=("reason",)
)
APPROVED = _type(
    "edition.approved", zh("「{name}」第 {ordinal} 版审签通过"), *("name", "ordinal", "digest")
)
NOTICED = _type("edition.noticed", zh("公示，{first} 至 {last}"), "first", "last", "digest")
OBJECTED = _type(
    "edition.objected", zh("公示期间收到一件异议"), "objection", personal=("text", "contact")
)
ANSWERED = _type(
    "edition.answered", zh("答复一件异议：{state}"), "objection", "state", personal=("answer",)
)
STOPPED = _type(
    "edition.stopped",
    zh("异议成立，退回起草，此前 {lapsed} 个签署失效"),
    *("objection", "digest", "lapsed", "review"),
)
TOOK_EFFECT = _type(
    "edition.took_effect",
    zh("「{name}」第 {ordinal} 版自 {on} 起生效"),
    *("name", "ordinal", "on", "digest"),
)
SUPERSEDED = _type(
    "edition.superseded",
    zh("「{name}」第 {ordinal} 版自 {on} 起由新版替代"),
    *("name", "ordinal", "on"),
)
SUSPENDED = _type(
    "edition.suspended", zh("暂停「{name}」第 {ordinal} 版：{reason}"), "name", "ordinal", "reason"
)
RESUMED = _type(
    "edition.resumed", zh("恢复「{name}」第 {ordinal} 版：{reason}"), "name", "ordinal", "reason"
)
REPEALED = _type(
    "edition.repealed",
    zh("废止「{name}」第 {ordinal} 版：{reason}"),
    *("name", "ordinal", "reason", "on"),
)
REMARKED = _type(
    "edition.remarked", zh("对{kind}「{code}」留言"), "kind", "code", personal=("text",)
)
REMARKED_WHOLE = _type("edition.remarked_whole", zh("对整版清单留言"), personal=("text",))
JUDGED = _type(
    "power.judged",
    zh("清理权力「{power}」：{verdict}"),
    *("power", "verdict", "reason", "into"),
)

SETTLING = tuple(
    one.kind for one in (APPROVED, TOOK_EFFECT, SUSPENDED, RESUMED, SUPERSEDED, REPEALED)
)
"""Kinds of events that settle an edition, so that nothing of it changes any more."""
