"""Event types of the organisation.

Units, posts and bodies are open. Whatever somebody wrote about a person, a document's number
included, is a ``Personal`` value of that person; the open part names them by reference alone.
Events about what a person holds, delegates or declares are about that person, so that their
page tells their history.
"""

from __future__ import annotations

from collections.abc import Mapping

from guiju.base.record.event_types import EventType, register
from guiju.core.organisation.words import (
    AppointmentKind,
    LeaderLevel,
    ResponsibilityKind,
    Shell,
    UnitKind,
)
from guiju.core.organisation.words_bodies import (
    BodyKind,
    InterestKind,
    MemberRole,
    SuccessionKind,
    SupervisionChannel,
)
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Term

_WORDS = {
    "after": zh("之后"),
    "appointment": zh("任职"),
    "appointments": zh("任职数"),
    "before": zh("之前"),
    "body": zh("机构"),
    "channel": zh("监督渠道"),
    "code": zh("编号"),
    "content": zh("内容"),
    "date": zh("日期"),
    "carrier": zh("承担单位"),
    "delegate": zh("受托人"),
    "delegation": zh("委托"),
    "document": zh("文号"),
    "duty": zh("法定职责"),
    "duties": zh("法定职责数"),
    "end_date": zh("结束日期"),
    "facts": zh("登记内容"),
    "functions": zh("分工"),
    "home": zh("所在单位"),
    "host": zh("设立单位"),
    "interest": zh("申报"),
    "kind": zh("类别"),
    "last_date": zh("最后一天"),
    "level": zh("层级"),
    "member": zh("成员"),
    "name": zh("名称"),
    "parent": zh("上级单位"),
    "persons": zh("人员数"),
    "post": zh("岗位"),
    "posts": zh("岗位数"),
    "reason": zh("原因"),
    "responsibility": zh("责任类型"),
    "role": zh("身份"),
    "source": zh("来源"),
    "start_date": zh("开始日期"),
    "unit": zh("单位"),
    "units": zh("单位数"),
    "was": zh("原来"),
}
_NOBODY: frozenset[str] = frozenset()


def _type(
    kind: str,
    sentence: Sentence,
    *fields: str,
    personal: frozenset[str] = _NOBODY,
    terms: Mapping[str, type[Term]] | None = None,
    version: int = 1,
) -> EventType:
    words = {name: _WORDS[name] for name in fields}
    return register(EventType(f"org.{kind}", sentence, words, personal, version, terms=terms or {}))


_CHANGED = ("code", "before", "after")

UNIT_FOUNDED = _type(
    "unit.founded",
    zh("设立单位「{name}」（{code}），类别：{kind}"),
    "name", "code", "kind", "parent", "date", "facts",
    terms={"kind": UnitKind},
)  # fmt: skip
UNIT_CHANGED = _type("unit.changed", zh("更正单位 {code} 的登记：{after}"), *_CHANGED)
UNIT_RENAMED = _type(
    "unit.renamed", zh("单位「{was}」改名为「{name}」"), "was", "name", "date", "document"
)
UNIT_MOVED = _type(
    "unit.moved",
    zh("单位「{name}」改由 {parent} 管理"),
    "name", "was", "parent", "date", "document",
)  # fmt: skip
UNITS_MERGED = _type(
    "units.merged", zh("合并单位为「{name}」"), "name", "before", "date", "document"
)
UNIT_SPLIT = _type("unit.split", zh("单位「{name}」分设"), "name", "after", "date", "document")
UNIT_SHELL_CHOSEN = _type(
    "unit.shell.chosen",
    zh("单位「{name}」的人员登录后使用{kind}"),
    "name", "kind",
    terms={"kind": Shell},
)  # fmt: skip
UNIT_ABOLISHED = _type(
    "unit.abolished",
    zh("撤销单位「{name}」，自 {date} 起，原因：{kind}"),
    "name", "kind", "date", "document",
    terms={"kind": SuccessionKind},
)  # fmt: skip
POST_FOUNDED = _type(
    "post.founded",
    zh("设立岗位「{name}」（{code}）"),
    "name", "code", "unit", "level", "date", "facts",
    terms={"level": LeaderLevel},
)  # fmt: skip
POST_CHANGED = _type("post.changed", zh("更正岗位 {code} 的登记：{after}"), *_CHANGED)
POST_ABOLISHED = _type(
    "post.abolished", zh("撤销岗位「{name}」，自 {date} 起"), "name", "date", "document"
)
PERSON_ENTERED = _type(
    "person.entered",
    zh("登记人员「{name}」（{code}）"),
    "name", "code", "home", "facts",
    personal=frozenset({"name", "facts"}),
)  # fmt: skip
PERSON_CHANGED = _type(
    "person.changed",
    zh("更正人员 {code} 的登记：{after}"),
    *_CHANGED,
    personal=frozenset({"before", "after"}),
)
PERSON_LEFT = _type("person.left", zh("人员 {code} 自 {date} 起离任"), "code", "date")
PERSON_CLEARED = _type("person.cleared", zh("清除人员 {object} 在名册里的个人信息"))
APPOINTED = _type(
    "appointment.made",
    zh("{kind}岗位 {post}，自 {start_date} 起（{document}）"),
    "appointment", "post", "kind", "responsibility", "start_date", "end_date", "document",
    personal=frozenset({"document"}),
    terms={"kind": AppointmentKind, "responsibility": ResponsibilityKind},
)  # fmt: skip
APPOINTMENT_CHANGED = _type(
    "appointment.changed",
    zh("更正在岗位 {post} 的任职：{after}"),
    "appointment", "post", "before", "after",
    personal=frozenset({"before", "after"}),
)  # fmt: skip
APPOINTMENT_ENDED = _type(
    "appointment.ended",
    zh("结束在岗位 {post} 的任职，自 {end_date} 起（{document}）"),
    "appointment", "post", "end_date", "document",
    personal=frozenset({"document"}),
)  # fmt: skip
DELEGATED = _type(
    "delegation.made",
    zh("把岗位 {post} 委托给 {delegate}，{start_date} 至 {last_date}：{reason}"),
    "delegation", "post", "delegate", "start_date", "last_date", "functions", "reason",
    personal=frozenset({"reason"}),
)  # fmt: skip
DELEGATION_REVOKED = _type(
    "delegation.revoked",
    zh("收回对 {delegate} 的委托（岗位 {post}）：{reason}"),
    "delegation", "post", "delegate", "reason",
    personal=frozenset({"reason"}),
)  # fmt: skip
INTEREST_DECLARED = _type(
    "interest.declared",
    zh("申报：{kind}"),
    "interest", "kind", "date", "content",
    personal=frozenset({"content"}),
    terms={"kind": InterestKind},
)  # fmt: skip
INTEREST_WITHDRAWN = _type(
    "interest.withdrawn",
    zh("撤回申报：{kind}"),
    "interest", "kind", "date",
    terms={"kind": InterestKind},
)  # fmt: skip
BODY_FOUNDED = _type(
    "body.founded",
    zh("成立{kind}「{name}」"),
    "name", "kind", "host", "channel", "date", "facts",
    terms={"kind": BodyKind, "channel": SupervisionChannel},
)  # fmt: skip
BODY_CHANGED = _type("body.changed", zh("更正「{name}」的登记：{after}"), "name", "before", "after")
BODY_DISSOLVED = _type(
    "body.dissolved", zh("撤销「{name}」，自 {date} 起"), "name", "date", "document"
)
MEMBER_ADDED = _type(
    "member.added",
    zh("「{name}」增加{role}"),
    "name", "member", "role", "unit", "post", "start_date", "facts",
    terms={"role": MemberRole},
)  # fmt: skip
MEMBER_ENDED = _type(
    "member.ended",
    zh("「{name}」的一名{role}自 {end_date} 起退出"),
    "name", "member", "role", "end_date",
    terms={"role": MemberRole},
)  # fmt: skip
DUTY_ASSIGNED = _type(
    "duty.assigned",
    zh("{kind}由「{name}」承担，自 {date} 起（{document}）"),
    "duty", "kind", "carrier", "name", "date", "document",
    terms={"kind": StatutoryDuty},
)  # fmt: skip
DUTY_HANDED_OVER = _type(
    "duty.handed_over",
    zh("{kind}由「{was}」移交「{name}」，自 {date} 起（{document}）"),
    "duty", "kind", "was", "carrier", "name", "date", "document",
    terms={"kind": StatutoryDuty},
)  # fmt: skip
DUTY_ENDED = _type(
    "duty.ended",
    zh("「{was}」不再承担{kind}，自 {date} 起（{document}）"),
    "duty", "kind", "was", "date", "document",
    terms={"kind": StatutoryDuty},
)  # fmt: skip
DUTY_CHANGED = _type(
    "duty.changed",
    zh("更正{kind}的登记：{after}"),
    "duty", "kind", "before", "after",
    terms={"kind": StatutoryDuty},
)  # fmt: skip
_IMPORTED = ("units", "posts", "persons", "appointments", "source")
_type(
    "table.imported",
    zh("导入组织表：单位 {units}、岗位 {posts}、人员 {persons}、任职 {appointments} 项变动"),
    *_IMPORTED,
)
IMPORTED = _type(
    "table.imported",
    zh(
        "导入组织表：单位 {units}、岗位 {posts}、人员 {persons}、任职 {appointments}、"
        "法定职责 {duties} 项变动"
    ),
    *_IMPORTED,
    "duties",
    version=2,
)
