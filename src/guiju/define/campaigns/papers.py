"""Forms 2 to 6 of the school document, made from the data and never typed again (S4 attachments).

Whoever answered or signed in the system has signed: the lines below a table say who and when.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.base.ui import dates
from guiju.base.ui.language import say
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Power, PowerFlow, step_key
from guiju.core.lists.profile import Profile
from guiju.core.lists.risks import Control, Risk
from guiju.core.lists.words import ControlPhase, ControlState, Layer, Means, PowerState, RiskState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Phase
from guiju.exchange.documents import Grid, Paper, Part, Text


@dataclass(frozen=True, slots=True)
class Signed:
    """A line at the foot of a form: what was signed, by whom, when; empty while nobody has."""

    label: Sentence | str
    said: Sentence | str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the forms are made from.

    Attributes:
        lists: the whole edition.
        profile: whose words are used.
        unit: what the unit is called.
        post: the post that forms 3 and 5 are for; empty for all.
        holders: who holds a post, by its name.
        levels: what a post's rank is called, by its name.
        signed: the lines at the foot.
        on: the day, as it is written out.
    """

    lists: Lists
    profile: Profile
    unit: str
    post: str = ""
    holders: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    signed: Sequence[Signed] = ()
    on: str = ""


@dataclass(frozen=True, slots=True)
class FormKind:
    """One of the forms: its number in the document, its name, and how its table is made."""

    number: int
    name: Sentence
    is_personal: bool
    head: tuple[tuple[Sentence, int], ...]
    rows: Callable[[Source], Iterable[tuple[str, ...]]]


def paper_of(kind: FormKind, source: Source) -> Paper:
    """Return a form as a document, lying on its side (GB/T 9704)."""
    head = tuple(say(label) for label, _ in kind.head)
    widths = tuple(width for _, width in kind.head)
    rows = [(str(at), *cells) for at, cells in enumerate(kind.rows(source), 1)]
    whose = source.post if kind.is_personal and source.post else ""
    under = zh("{unit} {post}", unit=source.unit, post=whose) if whose else source.unit
    parts: list[Part] = [Grid(head, rows, widths)]
    parts += [Text(say(one.said) or say(zh("（待签）")), say(one.label)) for one in source.signed]
    return Paper(
        title=say(kind.name),
        under=say(under),
        parts=tuple(parts),
        signed=source.unit,
        dated=source.on,
        is_wide=True,
    )


def _living(source: Source) -> list[Risk]:
    return [one for one in source.lists.risks if one.state is not RiskState.CLOSED]


def _of_posts(source: Source) -> list[Risk]:
    """Return risks of posts and persons: of the asked one, or of all."""
    return [
        one
        for one in _living(source)
        if one.layer in (Layer.POST, Layer.PERSON)
        and (one.post == source.post if source.post else one.post)
    ]


def _of_unit(source: Source) -> list[Risk]:
    """Return risks of the unit and its leaders, and those that name a power."""
    return [one for one in _living(source) if one.power or one.layer in (Layer.UNIT, Layer.LEADER)]


def _grade(source: Source, grade: int | None) -> str:
    return source.profile.grade_label(grade) if grade else ""


def _degree(value: int | None) -> str:
    return say({1: zh("低"), 2: zh("中"), 3: zh("高")}[value]) if value in (1, 2, 3) else ""


def _dimensions(source: Source, risk: Risk) -> str:
    known = source.profile.dimensions.get(risk.layer, {}) if risk.layer else {}
    return "、".join(known.get(one, say(one.label)) for one in risk.dimensions)


def _powers(source: Source) -> Mapping[str, Power]:
    return {one.code: one for one in source.lists.powers}


def _bases(source: Source, power: str) -> str:
    found = (one for one in source.lists.bases if one.power == power)
    return "\n".join(f"《{one.name}》{one.article}" for one in found)


def _flows(source: Source, power: str) -> list[PowerFlow]:
    return [one for one in source.lists.flows if one.power == power and one.is_active]


def _steps(source: Source, power: str) -> str:
    """Return the steps of a power's own flows; key ones are starred (S4-04)."""
    told = []
    for flow in _flows(source, power):
        if not flow.parent:
            keys = {step for step, note in flow.noted.items() if note.is_key}
            told += [("★" if step_key(one) in keys else "") + one.title for one in flow.steps]
    return "→".join(told)


def _step_name(source: Source, risk: Risk) -> str:
    for flow in source.lists.flows:
        if flow.code == risk.flow:
            return next((one.title for one in flow.steps if step_key(one) == risk.step), risk.step)
    return risk.step


def _power_rows(source: Source) -> Iterable[tuple[str, ...]]:
    for one in source.lists.powers:
        if one.state is not PowerState.REPEALED:
            holder = source.holders.get(one.post, "")
            yield (
                one.office or source.unit,
                one.name,
                say(source.profile.kind_label(one.kind) or one.kind),
                _bases(source, one.code),
                "／".join(text for text in (one.post, holder) if text),
                one.leader,
                _steps(source, one.code),
                one.remark,
            )


def _post_rows(source: Source) -> Iterable[tuple[str, ...]]:
    for one in _of_posts(source):
        duties = [duty.text for duty in source.lists.duties if duty.owner == one.post]
        yield (
            source.holders.get(one.post, ""),
            source.unit,
            one.post,
            source.levels.get(one.post, ""),
            "\n".join(duties),
            _dimensions(source, one),
            one.text,
            one.manifestation,
            _grade(source, one.grade),
            _degree(one.probability),
            _degree(one.harm),
        )


def _unit_rows(source: Source) -> Iterable[tuple[str, ...]]:
    powers = _powers(source)
    for one in _of_unit(source):
        power = powers.get(one.power)
        yield (
            source.unit,
            power.name if power else "",
            _step_name(source, one),
            _bases(source, one.power),
            _dimensions(source, one),
            one.text,
            one.manifestation,
            _grade(source, one.grade),
        )


def _controls(source: Source, risk: Risk) -> list[Control]:
    return [
        one
        for one in source.lists.controls
        if one.risk == risk.code and one.state is not ControlState.RETIRED
    ]


def _told(texts: Iterable[str]) -> str:
    """Return texts below each other, none twice."""
    return "\n".join(dict.fromkeys(one for one in texts if one))


def _post_control_rows(source: Source) -> Iterable[tuple[str, ...]]:
    for one in _of_posts(source):
        held = _controls(source, one)
        phases = [
            _told(each.text for each in held if each.phase is phase) for phase in ControlPhase
        ]
        dues = [
            say(zh("长期坚持")) if each.is_standing else each.due.isoformat() if each.due else ""
            for each in held
        ]
        yield (
            source.holders.get(one.post, ""),
            one.post,
            one.text,
            _grade(source, one.grade),
            *phases,
            _told(each.basis_rule for each in held),
            _told(each.post or each.unit for each in held),
            _told(dues),
            _told(each.supervision for each in held),
        )


_STAGES = ("decision", "execution", "supervision", "appraisal")


def _stage(source: Source, risk: Risk, control: Control) -> str:
    """Return at which stage of form 6 a measure works: by its means, else by its risk's step."""
    if Means.SUPERVISION in control.means:
        return "supervision"
    if Means.ACCOUNTABILITY in control.means:
        return "appraisal"
    for flow in source.lists.flows:
        for node in flow.steps if flow.code == risk.flow else ():
            if step_key(node) == risk.step and node.phase is Phase.DECISION:
                return "decision"
    return "execution"


def _unit_control_rows(source: Source) -> Iterable[tuple[str, ...]]:
    powers = _powers(source)
    for one in _of_unit(source):
        held = _controls(source, one)
        power = powers.get(one.power)
        audience = one.publication.audience if one.publication else None
        yield (
            source.unit,
            power.name if power else "",
            one.text,
            _grade(source, one.grade),
            *(
                _told(each.text for each in held if _stage(source, one, each) == stage)
                for stage in _STAGES
            ),
            _steps(source, one.power),
            _told(each.post for each in held),
            power.office if power else "",
            power.leader if power else "",
            one.indicator,
            say(audience.label) if audience else "",
        )


_NO = (zh("序号"), 2)
_DEPARTMENT = (zh("部门"), 4)
_POWER = (zh("权力事项"), 6)
_RISK = (zh("风险点"), 8)
_LEVEL = (zh("等级"), 3)

FORMS: dict[int, FormKind] = {
    one.number: one
    for one in (
        FormKind(
            2,
            zh("部门权力清单"),
            False,  # noqa: FBT003 - a table of facts
            (
                *(_NO, _DEPARTMENT, (zh("权力名称"), 6), (zh("权力类别"), 4)),
                *((zh("授权依据"), 7), (zh("权力行使岗位／岗位责任人"), 5), (zh("负责人"), 4)),
                *((zh("运行环节（★关键环节）"), 8), (zh("备注"), 4)),
            ),
            _power_rows,
        ),
        FormKind(
            3,
            zh("个人岗位风险点自查表"),
            True,  # noqa: FBT003 - as above
            (
                *(_NO, (zh("姓名"), 3), _DEPARTMENT, (zh("岗位"), 4), (zh("职务"), 3)),
                *((zh("岗位职责"), 6), (zh("风险类别"), 4), _RISK, (zh("表现形式"), 7), _LEVEL),
                *((zh("发生几率"), 2), (zh("危害程度"), 2)),
            ),
            _post_rows,
        ),
        FormKind(
            4,
            zh("部门岗位风险点自查表"),
            False,  # noqa: FBT003 - as above
            (
                *(_NO, _DEPARTMENT, _POWER, (zh("工作流程环节"), 4), (zh("依据"), 6)),
                *((zh("风险类别"), 4), _RISK, (zh("表现形式"), 8), _LEVEL),
            ),
            _unit_rows,
        ),
        FormKind(
            5,
            zh("岗位风险防控措施表"),
            True,  # noqa: FBT003 - as above
            (
                *(_NO, (zh("姓名"), 3), (zh("岗位"), 4), _RISK, _LEVEL),
                *((zh("前期预防"), 6), (zh("中期监控"), 6), (zh("后期处置"), 6)),
                *((zh("依据制度"), 4), (zh("责任人"), 4), (zh("完成时限"), 3)),
                (zh("监督方式"), 5),
            ),
            _post_control_rows,
        ),
        FormKind(
            6,
            zh("部门风险防控措施表"),
            False,  # noqa: FBT003 - as above
            (
                *(_NO, _DEPARTMENT, _POWER, _RISK, _LEVEL),
                *((zh("决策环节措施"), 5), (zh("执行环节措施"), 5)),
                *((zh("监督检查环节措施"), 5), (zh("考核环节措施"), 5), (zh("工作程序"), 6)),
                *((zh("直接责任人"), 3), (zh("部门责任人"), 3), (zh("责任领导"), 3)),
                *((zh("监测指标"), 4), (zh("公开范围"), 3)),
            ),
            _unit_control_rows,
        ),
    )
}
"""The forms by their number (attachments 2 to 6)."""


def day_words(day: object) -> str:
    """Return a day as documents write it."""
    return say(dates.day(day))  # type: ignore[arg-type] # a date
