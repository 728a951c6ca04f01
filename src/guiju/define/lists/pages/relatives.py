"""Looking for relatives in one flow: the declarations are opened for a reason, and shown once."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from guiju.base.record.actor import actor_of
from guiju.base.record.pages.unsealing import OpeningForm, Sealed, opening_page
from guiju.base.record.unsealing import Opening
from guiju.base.ui.acting import METHODS
from guiju.base.ui.forms import said
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb, Definition
from guiju.base.ui.reader import scope_of, standing
from guiju.core.lists.lint import Report
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission, SealedItem
from guiju.define.lists.actions.relatives import CODE, declared_in, look_for_relatives
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, reached, way


def not_looked(
    request: HttpRequest, edition: Edition, report: Report
) -> tuple[Sentence, str] | None:
    """Return in words that the check of relatives did not look, and where it can be run.

    None where it looked. Whoever may not open declarations is told who may, and led nowhere.
    """
    if CODE not in report.unlooked:
        return None
    if not standing(request).may(Permission.SEALED_READ, edition.unit.path):
        return (
            zh(
                "「亲属同在一个流程」（{code}）没有查：亲属申报是密封的。"
                "请有权看密封信息的人（组织人事、监督）打开本页来查。",
                code=CODE,
            ),
            "",
        )
    found = declared_in(edition, scope_of(request, Permission.SEALED_READ), timezone.now())
    if not found.declarers:
        return (
            zh(
                "「亲属同在一个流程」（{code}）没有可查的：在岗的 {all} 人都没有申报近亲属，"
                "或者不在您能看的范围内。",
                code=CODE,
                all=len(found.people),
            ),
            "",
        )
    return (
        zh(
            "「亲属同在一个流程」（{code}）还没有查：在岗的 {all} 人里有 {count} 人申报了近亲属，"
            "申报是密封的，要写明原因打开来查。",
            code=CODE,
            all=len(found.people),
            count=len(found.declarers),
        ),
        address("lists:relatives", edition),
    )


@needs(Permission.SEALED_READ)
@require_http_methods(METHODS)
def relatives(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Ask why, then show which relatives act in one flow.

    Raises:
        Http404: where the reader may not open declarations of the unit, or nobody declared any.
    """
    found, now = reached(request, identity), timezone.now()
    if not standing(request).may(Permission.SEALED_READ, found.unit.path):
        raise Http404
    scope = scope_of(request, Permission.SEALED_READ)
    count = len(declared_in(found, scope, now).declarers)
    if not count:
        raise Http404

    def open_it(_item: str, what: Opening) -> list[Definition]:
        findings = look_for_relatives(
            edition=found, scope=scope, what=what, by=actor_of(request), at=now
        )
        told = [
            Definition(zh("「{name}」", name=one.title or one.item), one.sentence)
            for one in findings
        ]
        return told or [
            Definition(
                zh("结果"),
                zh("打开了 {count} 人的申报，没有查出亲属同在一个流程。", count=count),
            )
        ]

    label = said(zh("在岗 {count} 人的亲属申报；每人各留一条查阅记录，本人能看到", count=count))
    back = address("lists:checks", found)
    about = Sealed(
        zh("查亲属是否同在一个流程"),
        back,
        way(found, Crumb(zh("检查"), back), Crumb(zh("亲属回避"))),
    )
    form = OpeningForm(request, [(SealedItem.DECLARATION.value, label)])
    return opening_page(request, about, form, open_it=open_it)
