"""Event types of profiles. A profile names no natural person, so everything is open."""

from __future__ import annotations

from guiju.base.record.event_types import EventType, register
from guiju.core.sentence import Sentence, zh

_WORDS = {
    "after": zh("之后"),
    "base": zh("代替哪一套"),
    "before": zh("之前"),
    "code": zh("代号"),
    "count": zh("数目"),
    "day": zh("哪天起"),
    "digest": zh("内容摘要"),
    "edition": zh("清单"),
    "name": zh("名称"),
    "ordinal": zh("版本号"),
    "origin": zh("从哪一套复制"),
    "parts": zh("改了哪些"),
    "reason": zh("原因"),
    "revision": zh("修订号"),
    "unit": zh("单位"),
}


def _type(kind: str, sentence: Sentence, *fields: str) -> EventType:
    words = {name: _WORDS[name] for name in fields}
    return register(EventType(f"profiles.{kind}", sentence, words, frozenset()))


COPIED = _type(
    "profile.copied",
    zh("复制配置「{name}」，拟从 {day} 起用"),
    *("unit", "name", "base", "origin", "code", "day"),
)
BEGUN = _type(
    "version.begun",
    zh("起草配置「{name}」第 {ordinal} 版，拟从 {day} 起用"),
    *("name", "ordinal", "origin", "code", "day"),
)
CHANGED = _type(
    "draft.changed",
    zh("改配置「{name}」的{parts}：{count} 处"),
    *("name", "ordinal", "parts", "count", "before", "after", "revision"),
)
PUT_IN_FORCE = _type(
    "version.put_in_force",
    zh("启用配置「{name}」第 {ordinal} 版，从 {day} 起"),
    *("name", "ordinal", "code", "day", "digest"),
)
DISCARDED = _type(
    "draft.discarded",
    zh("放弃配置「{name}」第 {ordinal} 版草稿：{reason}"),
    *("name", "ordinal", "code", "reason"),
)
ENDED = _type(
    "profile.ended", zh("停用配置「{name}」，从 {day} 起：{reason}"), "name", "day", "reason"
)
TAKEN_UP = _type(
    "edition.taken_up",
    zh("「{edition}」第 {ordinal} 版改用配置「{name}」（{after}）"),
    *("edition", "ordinal", "name", "before", "after"),
)
