"""The checks of an edition: what has to be mended, what may stay and why (lint.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.badges import Badge
from guiju.base.ui.forms import Form, said
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import chosen
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.sources import AtHand
from guiju.base.ui.tables import BulkAction, Column, Filter, Sort, Table, Value
from guiju.core.lists.fields import label
from guiju.core.lists.lint import CHECKS, Finding
from guiju.core.lists.words import ItemKind, Severity
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions import accepting
from guiju.define.lists.models import REASON, Edition
from guiju.define.lists.pages.frame import address, deeds, head, list_page, reached, way
from guiju.define.lists.pages.relatives import not_looked
from guiju.define.lists.pages.remedies import remedy
from guiju.define.lists.reads.checks import report_of
from guiju.define.lists.reads.items import flow_powers

_RANKS = {one: at for at, one in enumerate(Severity)}
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.HINT: "calm"}
_LONGEST = 40
_TITLES = {one.code: one.title for one in CHECKS}
_CHECKS = tuple((one.code, zh("{code} {title}", code=one.code, title=one.title)) for one in CHECKS)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding in the list; ``rank`` and ``place`` keep the order of the report."""

    finding: Finding
    rank: int
    place: int

    @property
    def check(self) -> str:
        """The check's code."""
        return self.finding.code


def severity_badge(finding: Finding) -> Badge:
    """Return how grave a finding is, or that it may stay."""
    if finding.accepted:
        return Badge("calm", zh("已说明"))
    return Badge(_TONES[finding.severity], finding.severity.label)


def _item(edition: Edition, finding: Finding) -> str:
    if finding.kind is None:
        return ""
    return address("lists:item", edition, finding.kind.value, finding.item)


def _where(row: FindingLine) -> Value:
    kind, name = row.finding.kind, row.finding.title[:_LONGEST] or row.finding.item
    return zh("{table}「{name}」", table=kind.label, name=name) if kind else zh("整版清单")


def _field(row: FindingLine) -> Value:
    finding = row.finding
    return label(finding.kind, finding.field) if finding.kind and finding.field else None


def findings_table(
    edition: Edition, *, may_edit: bool, powers: Mapping[str, str] | None = None
) -> Table[FindingLine]:
    """Return the list of what was found in an edition.

    Args:
        edition: of whose checks.
        may_edit: whether the reader may mend it.
        powers: the power of each flow.
    """
    identity = edition.reference.partition(":")[2]
    actions = (
        BulkAction("lists:fill_found", zh("统一填写这一栏"), (identity,)),
        BulkAction("lists:accept", zh("说明为什么可以保留"), (identity,)),
        BulkAction("lists:reopen", zh("收回说明"), (identity,)),
    )
    return Table(
        name=zh("检查结果"),
        columns=(
            Column(
                "severity", zh("轻重"), lambda row: severity_badge(row.finding), Sort("rank", int)
            ),
            Column(
                "item",
                zh("哪一项"),
                _where,
                link=lambda row: _item(edition, row.finding),
            ),
            Column("field", zh("哪一栏"), _field),
            Column("says", zh("查出什么、怎么改"), lambda row: row.finding.sentence),
            *_mending(edition, powers or {}, may_edit=may_edit),
            Column("check", zh("检查"), lambda row: row.check, Sort("check")),
            Column("code", zh("编码"), lambda row: row.finding.item or None, is_shown=False),
            Column("title", zh("检查内容"), lambda row: _TITLES.get(row.check), is_shown=False),
            Column("source", zh("出处"), lambda row: row.finding.source, is_shown=False),
            Column("reason", zh("保留的理由"), lambda row: row.finding.accepted or None),
        ),
        sort="severity",
        plain=("severity", "item", "says"),
        identity=lambda row: row.finding.mark,
        filters=_filters(),
        actions=actions if may_edit else (),
        empty=zh("没有查出问题。"),
    )


def _filters() -> tuple[Filter, ...]:
    return (
        Filter(
            "severity",
            zh("轻重"),
            (
                ("blocking", zh("送审前要处理的")),
                *((one.value, one.label) for one in Severity),
                ("accepted", zh("已说明")),
            ),
        ),
        Filter("table", zh("哪张表"), tuple((one.value, one.label) for one in ItemKind)),
        Filter("check", zh("检查"), tuple((one.code, f"{one.code} {one.title}") for one in CHECKS)),
        Filter("item", zh("编码")),
    )


def _mending(
    edition: Edition, powers: Mapping[str, str], *, may_edit: bool
) -> tuple[Column[FindingLine], ...]:
    """Return the column that leads to where each finding is mended, for whoever may."""
    if not may_edit:
        return ()

    def link(row: FindingLine) -> str:
        return remedy(edition, row.finding, powers)

    return (Column("mend", zh("去改"), lambda row: zh("去改") if link(row) else None, None, link),)


def _matching(finding: Finding, conditions: dict[str, str]) -> bool:
    severity = conditions.get("severity", "")
    is_open = not finding.accepted
    fits = {
        "": True,
        "blocking": finding.severity is Severity.ERROR
        or (finding.severity is Severity.WARNING and is_open),
        "accepted": not is_open,
    }.get(severity, finding.severity.value == severity and is_open)
    return (
        fits
        and conditions.get("table", "") in ("", finding.kind.value if finding.kind else "")
        and conditions.get("check", "") in ("", finding.code)
        and conditions.get("item", "") in ("", finding.item)
    )


@needs(Permission.LISTS_READ)
@require_safe
def checks(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show what was found, the gravest first."""
    found = reached(request, identity)
    frame = head(request, found, "lists:checks")
    may_edit = bool(frame["may_edit"])
    powers = flow_powers(found) if may_edit else {}
    table = findings_table(found, may_edit=may_edit, powers=powers)
    state = read_state(request.GET, table)
    report = report_of(found, timezone.localdate())
    rows = [
        FindingLine(one, 2 * _RANKS[one.severity] + bool(one.accepted), place)
        for place, one in enumerate(report.findings)
        if _matching(one, dict(state.filters))
    ]
    shown = frame | {
        "blocking": len(report.blocking),
        "totals": [(one.label, len(report.of(one))) for one in Severity],
        "stale": len(report.stale),
        "not_looked": not_looked(request, found, report),
        "codeless": sum(map(_is_of_code, report.findings)) if may_edit else 0,
        "deeds": [] if report.blocking else _next(request, found),
        "recode_at": address("lists:recode", found),
    }
    return list_page(
        request,
        table=table,
        state=state,
        source=AtHand(rows, lambda row: row.place),
        context=shown,
        template="lists/checks.html",
    )


def _next(request: HttpRequest, edition: Edition) -> list[tuple[Sentence, str]]:
    return [(one.label, link) for one, link in deeds(request, edition) if one.is_next]


def _is_of_code(finding: Finding) -> bool:
    return finding.kind is ItemKind.POWER and (finding.code, finding.field) == ("GJ105", "code")


class _Marks(forms.MultipleChoiceField):
    """Any marks; those that nothing bears any more are found out by whoever reads them."""

    widget = forms.MultipleHiddenInput

    def valid_value(self, _value: str) -> bool:
        return True


class ReasonForm(Form):
    """Why warnings may stay."""

    chosen = _Marks()
    reason = forms.CharField(
        label=said(zh("为什么可以保留")),
        help_text=said(zh("例如：出纳岗 12 月轮换，已列入计划。审核的人会看到这句话。")),
        max_length=REASON,
        widget=forms.Textarea({"rows": 3}),
    )


def chosen_findings(request: HttpRequest, edition: Edition) -> list[Finding]:
    """Return the findings of an edition whose marks were sent.

    Raises:
        Invalid: PAGE-11, PAGE-12.
    """
    marks = set(chosen(request))
    report = report_of(edition, timezone.localdate())
    return [one for one in report.findings if one.mark in marks]


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def accepting_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give the reason for which chosen warnings may stay."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    findings = chosen_findings(request, found)
    is_sent = "reason" in request.POST
    given: dict[str, Any] = {"chosen": [one.mark for one in findings]}
    form = ReasonForm(request.POST if is_sent else None, initial=given)
    back = address("lists:checks", found)
    act = Act(
        zh("说明 {count} 处为什么可以保留", count=len(findings)),
        zh("保留并说明"),
        zh("已写明理由。"),
        back,
        way(found, Crumb(zh("检查"), back), Crumb(zh("说明"))),
        lead=findings[0].sentence if findings else None,
    )

    def says(filled: Filled) -> list[Sentence]:
        reason = " ".join(str(filled["reason"]).split())
        return [
            zh(
                "这 {count} 处不再妨碍送审，审核的人会看到：{reason}",
                count=len(findings),
                reason=reason,
            ),
            zh("所说的内容以后有变化，说明自动失效，要重新说明。"),
        ]

    def do(filled: Filled) -> None:
        accepting.accept_findings(
            edition=found.reference,
            findings=findings,
            reason=filled["reason"],
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, form, says=says, do=do)


class _ChosenForm(Form):
    chosen = _Marks()


@needs(Permission.LISTS_EDIT)
@require_POST
def reopening(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take reasons back."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    findings = chosen_findings(request, found)
    back = address("lists:checks", found)
    act = Act(
        zh("收回 {count} 处的说明", count=len(findings)),
        zh("收回说明"),
        zh("已收回说明。"),
        back,
        way(found, Crumb(zh("检查"), back), Crumb(zh("收回说明"))),
    )

    def says(_filled: Filled) -> list[Sentence]:
        return [zh("其中的「警告」重新妨碍送审，要改正，或另写理由。")]

    def do(_filled: Filled) -> None:
        accepting.reopen_findings(
            edition=found.reference, findings=findings, by=actor_of(request), at=timezone.now()
        )

    return acted(request, act, _ChosenForm(request.POST), says=says, do=do)
