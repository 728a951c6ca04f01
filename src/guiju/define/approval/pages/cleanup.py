"""清理: what becomes of each power of the edition in use (S2-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.badges import Badge
from guiju.base.ui.fields import term_field, text_field
from guiju.base.ui.forms import Form, data
from guiju.base.ui.list_state import read_state
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.sources import AtHand
from guiju.base.ui.tables import Column, Filter, Sort, Table, Value
from guiju.core.lists.cleanup import Decision, Reviewed
from guiju.core.lists.words import ReviewVerdict
from guiju.core.sentence import Sentence, listing, zh
from guiju.core.terms import Permission
from guiju.define.approval.actions.cleaning import judge
from guiju.define.approval.reads.changes import before
from guiju.define.approval.reads.cleanups import is_open, reviewed
from guiju.define.lists.models import NAME, Edition
from guiju.define.lists.pages.frame import address, head, is_draft, list_page, reached, way


@dataclass(frozen=True, slots=True)
class PowerLine:
    """A power in the list of the clean-up."""

    one: Reviewed
    place: int

    @property
    def code(self) -> str:
        """The power's code in the edition in use."""
        return self.one.power.code


class VerdictForm(Form):
    """What becomes of a power, why, and into what."""

    verdict = term_field(zh("结论"), ReviewVerdict)
    reason = text_field(
        zh("理由和依据"),
        zh("取消、下放、整合、转移的，写明依据哪个文件"),
        most=NAME,
        required=False,
    )
    into = text_field(
        zh("并入哪一项，或由谁承接"),
        zh("整合的写并入那一项的编码，下放、转移的写承接单位"),
        most=NAME,
        required=False,
    )


def has_before(edition: Edition) -> bool:
    """Tell whether there is an edition to clean up."""
    return before(edition) is not None


@needs(Permission.LISTS_READ)
@require_safe
def cleanup(request: HttpRequest, identity: UUID) -> HttpResponseBase:
    """Show every power of the edition in use with what becomes of it."""
    found = reached(request, identity)
    if not has_before(found):
        raise Http404
    frame = head(request, found, "approval:cleanup")
    table = table_of(found, may_judge=bool(frame["may_edit"]))
    state = read_state(request.GET, table)
    lines = [PowerLine(one, at) for at, one in enumerate(reviewed(found))]
    shown = [one for one in lines if _matching(one.one, state.filters)]
    return list_page(
        request,
        table=table,
        state=state,
        source=AtHand(shown, number=lambda row: row.place),
        context=frame
        | {
            "lead": zh("正在使用的版本里的每一项权力，在这一版里保留、取消、下放、整合还是转移。"),
            "open": sum(is_open(one.one) for one in lines),
        },
        template="approval/cleanup.html",
    )


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def judging(request: HttpRequest, identity: UUID, code: str) -> HttpResponse:
    """Say what becomes of a power."""
    found = reached(request, identity, Permission.LISTS_EDIT)
    one = next((one for one in reviewed(found) if one.power.code == code), None)
    if one is None or not is_draft(found):
        raise Http404
    known = one.decision
    initial = (
        {"verdict": known.verdict, "reason": known.reason, "into": known.into}
        if known
        else {"verdict": one.suggested}
    )
    crumbs = (Crumb(zh("清理"), address("approval:cleanup", found)), Crumb(one.power.name))
    act = Act(
        zh("清理「{name}」", name=one.power.name),
        zh("写明结论"),
        zh("已写明。"),
        address("approval:cleanup", found),
        way(found, *crumbs),
    )

    def do(filled: Filled) -> None:
        judge(
            edition=found.reference,
            power=code,
            decision=Decision(filled["verdict"], filled["reason"], filled["into"]),
            by=actor_of(request),
            at=timezone.now(),
        )

    def says(filled: Filled) -> list[Sentence]:
        return [
            zh("结论为「{verdict}」，和理由一起留在这一版里。", verdict=filled["verdict"].label)
        ]

    return acted(request, act, VerdictForm(data(request), initial=initial), says=says, do=do)


def table_of(edition: Edition, *, may_judge: bool) -> Table[PowerLine]:
    """Return the list of the clean-up; each row leads to its form for who may judge."""

    def link(row: PowerLine) -> str:
        return address("approval:judge", edition, row.code) if may_judge else ""

    return Table(
        name=zh("权力清理"),
        columns=(
            Column("code", zh("编码"), lambda row: row.code, Sort("code")),
            Column("name", zh("权力名称"), lambda row: row.one.power.name, link=link),
            Column("verdict", zh("结论"), _verdict),
            Column("reason", zh("理由和依据"), lambda row: _said(row.one).reason or None),
            Column("into", zh("并入或承接"), lambda row: _said(row.one).into or None),
            Column("doubts", zh("还要处理"), _doubts),
        ),
        sort="code",
        plain=("name", "verdict"),
        identity=lambda row: row.code,
        filters=(
            Filter("search", zh("编码或名称"), hint=zh("几个字")),
            Filter(
                "verdict",
                zh("结论"),
                (
                    ("open", zh("还要处理的")),
                    ("none", zh("没有写明的")),
                    *((one.value, one.label) for one in ReviewVerdict),
                ),
            ),
        ),
        empty=zh("正在使用的版本里没有权力。"),
    )


def _said(one: Reviewed) -> Decision:
    return one.decision or Decision(one.suggested)


def _verdict(row: PowerLine) -> Value:
    if row.one.decision:
        return Badge("calm", row.one.decision.verdict.label)
    if is_open(row.one):
        return Badge("warn", zh("没有写明"))
    return zh("照旧保留")


def _doubts(row: PowerLine) -> Value:
    if row.one.decision is None and is_open(row.one):
        return zh("新版里没有这一项。请写明取消、下放、整合还是转移，以及依据。")
    return listing(row.one.doubts) if row.one.doubts else None


def _matching(one: Reviewed, conditions: Mapping[str, str]) -> bool:
    text, verdict = conditions.get("search", ""), conditions.get("verdict", "")
    fits = {
        "": True,
        "open": is_open(one),
        "none": one.decision is None,
    }.get(verdict, one.decision is not None and one.decision.verdict.value == verdict)
    return fits and (not text or text in one.power.name or one.power.code.startswith(text))
