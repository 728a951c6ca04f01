"""GJ501 to GJ505: whether every risk is held, by whom, and who looks that it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from guiju.core.lists.fields import label
from guiju.core.lists.lint.finding import Check, Remark
from guiju.core.lists.lint.limits import days, told
from guiju.core.lists.lint.view import View
from guiju.core.lists.risks import Control
from guiju.core.lists.texts import says_something
from guiju.core.lists.words import ControlPhase, ControlState, ItemKind, Means, Severity
from guiju.core.organisation.words import LeaderLevel
from guiju.core.sentence import Sentence, day, zh

_OWNER = ("unit", "post", "person")
_HEIGHT = {level: place for place, level in enumerate(reversed(LeaderLevel))}
_RUNNING = (ControlState.ACTIVE, ControlState.RECTIFYING)
_LONGEST = 36_500


def uncontrolled(view: View) -> Iterator[Remark]:
    """GJ501: a risk that nothing is done about; a first-grade one that nothing prevents."""
    for risk in view.risks:
        controls = [c for c in view.controls_of.get(risk.code, ()) if _counts(c)]
        if not controls:
            yield Remark(risk, "", zh("没有防控措施。请至少写一条，并写明由谁负责。"))
        elif risk.grade == 1 and all(c.phase is not ControlPhase.PREVENT for c in controls):
            yield Remark(risk, "", zh("最高等级的风险没有前期预防的措施。请补上一条。"))


def _counts(control: Control) -> bool:
    return control.state is not ControlState.RETIRED and says_something(control.text)


def _kept(view: View) -> Iterator[Control]:
    return (c for c in view.edition.controls if c.state is not ControlState.RETIRED)


def unowned(view: View) -> Iterator[Remark]:
    """GJ502: a control without owner, means, phase, time or supervision, or for no risk."""
    for control in _kept(view):
        for name in _OWNER:
            if not says_something(getattr(control, name)):
                yield Remark(control, name, _missing(name))
        for name in ("means", "phase"):
            if not getattr(control, name):
                yield Remark(control, name, _missing(name))
        if control.due is None and not control.is_standing:
            yield Remark(control, "due", zh("没有完成时限。请写明日期，长期的请注明「长期坚持」。"))
        if not says_something(control.supervision):
            yield Remark(control, "supervision", _missing("supervision"))
        if control.risk not in view.risk:
            yield Remark(
                control,
                "risk",
                zh("风险编码 {code} 不在风险表里。请改正，或补上那个风险。", code=control.risk),
            )


def _missing(name: str) -> Sentence:
    return zh("「{field}」没有填。请补上。", field=label(ItemKind.CONTROL, name))


def unwatched(view: View) -> Iterator[Remark]:
    """GJ503: a control that calls itself technical, and no rule of the machine stands behind it."""
    for control in _kept(view):
        risk = view.risk.get(control.risk)
        if Means.TECHNOLOGY in control.means and not control.rule and not (risk and risk.rules):
            yield Remark(
                control,
                "rule",
                zh("写的是技术防控，却没有对应的监督规则。请选一条规则，或改写防控方式。"),
            )


def levels(view: View) -> Iterator[Remark]:
    """GJ504: somebody lower than the grade demands answers for a control, or watches it."""
    for control in _kept(view):
        risk = view.risk.get(control.risk)
        wanted = view.profile.ownership.get(risk.grade or 0) if risk else None
        if risk is None or wanted is None:
            continue
        grade = view.profile.grade_label(risk.grade or 0)
        for field, own, least in (
            ("owner_level", _level(view, control.owner_level, control.post), wanted.owner),
            (
                "supervisor_level",
                _level(view, control.supervisor_level, control.supervisor),
                wanted.supervisor,
            ),
        ):
            if own is None and view.facts.posts is None:
                continue
            if own is None or _HEIGHT[own] < _HEIGHT[least]:
                yield Remark(
                    control,
                    field,
                    zh(
                        "{grade}风险的「{field}」应不低于{least}，现在是{own}。请调整。",
                        grade=grade,
                        field=label(ItemKind.CONTROL, field),
                        least=least.label,
                        own=own.label if own else zh("没有写明"),
                    ),
                )


def _level(view: View, said: LeaderLevel | None, post: str) -> LeaderLevel | None:
    """Return the level that the control names, or that of the post it names."""
    known = view.post(post)
    return said or (known.level if known else None)


def unchecked(view: View) -> Iterator[Remark]:
    """GJ505: nobody has looked within the period whether a control works."""
    for control in _kept(view):
        risk = view.risk.get(control.risk)
        every = control.every or view.profile.check_every.get((risk and risk.grade) or 0)
        last = view.facts.checks.get(control.code)
        since = last or (view.edition.valid_from if control.state in _RUNNING else None)
        if every is None or since is None:
            continue
        span = min(days(every), _LONGEST)
        if since + timedelta(days=span) < view.today:
            yield Remark(
                control,
                "every",
                zh(
                    "应每{every}检查一次，上次是 {last}。请尽快检查并登记结果。",
                    every=told(every),
                    last=day(last) if last else zh("从未检查"),
                ),
            )


CHECKS = (
    Check("GJ501", zh("风险没有防控"), Severity.ERROR, "S3-26, S1-22", uncontrolled),
    Check("GJ502", zh("防控要素不全"), Severity.ERROR, "S3-27, S4-02", unowned),
    Check("GJ503", zh("技术防控没有规则"), Severity.WARNING, "S1-26", unwatched),
    Check("GJ504", zh("负责人或监督人层级不够"), Severity.WARNING, "S4-09, S4-34", levels),
    Check("GJ505", zh("到期没有检查"), Severity.WARNING, "S4-08", unchecked),
)
"""The checks of this theme."""
