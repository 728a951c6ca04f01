"""Mending many findings at once: one field of all of them, the codes of all powers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import Act, Filled, acted
from guiju.base.ui.forms import Form
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.core.errors import Invalid
from guiju.core.lists.lint import Finding
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions import recoding
from guiju.define.lists.pages.checks import chosen_findings
from guiju.define.lists.pages.chosen import filled_in
from guiju.define.lists.pages.editing import reached_draft
from guiju.define.lists.pages.frame import address, way
from guiju.define.lists.reads.items import titles_of
from guiju.exchange.lists.fields import FIELDS

_NAMED = 6


@needs(Permission.LISTS_EDIT)
@require_POST
def filling_found(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Fill the field at which chosen findings stand, the same for all of their items.

    Raises:
        Invalid: EDITION-28 where they stand at several; PAGE-11, PAGE-12.
    """
    found = reached_draft(request, identity)
    findings = chosen_findings(request, found)
    of, path = _one_field(findings)
    codes = list(dict.fromkeys(one.item for one in findings))
    marks, back = [one.mark for one in findings], address("lists:checks", found)
    return filled_in(request, found, of, codes, sent_as=marks, back=back, path=path)


def _one_field(findings: list[Finding]) -> tuple[ItemKind, str]:
    places = {(one.kind, one.field) for one in findings}
    if len(places) == 1:
        kind, path = places.pop()
        known = kind and next((one for one in FIELDS[kind] if one.path == path != "code"), None)
        if kind and known:
            return kind, path
    raise Invalid(
        "EDITION-28",
        zh(
            "所选的几处不在同一张表的同一栏，或者说的不是哪一栏，不能统一填写。"
            "请回到检查，按「检查」和「哪张表」筛选后再选，或逐处去改。"
        ),
    )


@needs(Permission.LISTS_EDIT)
@require_POST
def recoding_page(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Give all powers whose code does not follow the scheme a new one."""
    found = reached_draft(request, identity)
    codes = recoding.due_in(found)
    back = address("lists:checks", found)
    act = Act(
        zh("按规则给 {count} 项权力编码", count=len(codes)),
        zh("按规则编码"),
        zh("已编码。"),
        back,
        way(found, Crumb(zh("检查"), back), Crumb(zh("按规则编码"))),
    )
    names = titles_of(found, ItemKind.POWER, list(codes)[:_NAMED])

    def says(_filled: Filled) -> list[Sentence]:
        told = [
            zh("「{name}」编为 {code}。", name=name[:40] or old, code=codes[old])
            for old, name in sorted(names.items(), key=lambda one: codes[one[0]])
        ]
        if len(codes) > len(told):
            told.append(zh("连同这几项一共 {count} 项。", count=len(codes)))
        return [
            *told,
            zh("依据、责任、流程、风险、裁量基准里写着的这些编码跟着改。"),
            zh("对这些权力说明过的警告，要重新说明。"),
        ]

    def do(_filled: Filled) -> None:
        recoding.recode_powers(
            edition=found.reference,
            revision=found.revision,
            by=actor_of(request),
            at=timezone.now(),
        )

    return acted(request, act, Form(request.POST), says=says, do=do)
