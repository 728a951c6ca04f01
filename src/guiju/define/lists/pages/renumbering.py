"""换编号: another code for one item of a draft, with what follows it, and the way back."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS, Act, Filled, acted
from guiju.base.ui.fields import text_field
from guiju.base.ui.forms import Form, data
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Crumb
from guiju.base.ui.toasts import add_toast
from guiju.core.lists.model import Item
from guiju.core.lists.powers import Power
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.actions.renumbering import outgrown, renumber_item
from guiju.define.lists.models import CODE, Edition
from guiju.define.lists.pages.editing import reached_draft
from guiju.define.lists.pages.frame import address, way
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.reads.items import accepted_at, item_with, named_where


class RenumberForm(Form):
    """By which code an item is to be known."""

    to = text_field(zh("新编码"), zh("同一张表里不能重复；权力的编码要合编码规则"), most=CODE)


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def renumbering(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Give an item another code; before, say what follows it."""
    found, of = reached_draft(request, identity), kind_of(kind)
    item = item_with(found, of, code)
    if item is None:
        raise Http404
    name = item.title[:40] or code
    form = RenumberForm(data(request), initial={"to": code})
    to = request.POST.get("to", "").strip()
    act = Act(
        zh("给{kind}「{name}」换编号", kind=of.label, name=name),
        zh("换编号"),
        zh("已换编号。"),
        address("lists:item", found, kind, code),
        way(
            found,
            Crumb(of.label, address("lists:table", found, kind)),
            Crumb(name, address("lists:item", found, kind, code)),
            Crumb(zh("换编号")),
        ),
        lead=zh("现在的编码是 {code}。", code=code),
    )

    def do(filled: Filled) -> None:
        renumber_item(
            edition=found.reference,
            kind=of,
            code=code,
            to=filled["to"],
            revision=found.revision,
            by=actor_of(request),
            at=timezone.now(),
        )

    answer = acted(request, act, form, says=lambda filled: _says(found, item, filled["to"]), do=do)
    if isinstance(answer, HttpResponseRedirect):
        answer["Location"] = address("lists:item", found, kind, to)
        undo = f"{address('lists:renumber_back', found, kind, to)}?{urlencode({'to': code})}"
        done = zh("已把{kind}「{name}」换编号为 {code}。", kind=of.label, name=name, code=to)
        add_toast(request, answer, done, undo=undo)
    return answer


@needs(Permission.LISTS_EDIT)
@require_POST
def renumbering_back(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Give an item back the code that it had; an act like any other."""
    found, of = reached_draft(request, identity), kind_of(kind)
    to = request.GET.get("to", "")
    renumber_item(
        edition=found.reference,
        kind=of,
        code=code,
        to=to,
        revision=found.revision,
        by=actor_of(request),
        at=timezone.now(),
        is_return=True,
    )
    answer = HttpResponseRedirect(address("lists:item", found, kind, to))
    add_toast(request, answer, zh("已换回原来的编码 {code}。", code=to))
    return answer


def _says(edition: Edition, item: Item, to: str) -> list[Sentence]:
    """Return what follows the item, and what does not."""
    kind, code = item.item_kind, item.code
    told = [zh("编码由 {code} 换成 {to}，内容不变。", code=code, to=to)]
    counted = named_where(edition, kind, code)
    told += [
        zh("{count} 项{kind}写着它的编码，一并改写。", count=count, kind=one.label)
        for one, count in counted.items()
    ]
    if not counted:
        told.append(zh("没有别的内容写着它的编码。"))
    if isinstance(item, Power) and (misfits := outgrown(edition, item, to)):
        told.append(zh("{count} 个子项的编码与新编码不再一致，要再给它们换编号。", count=misfits))
    if reasons := accepted_at(edition, kind, code):
        told.append(zh("对它写过的 {count} 处保留理由随原编码失效，要重新说明。", count=reasons))
    told.append(zh("与以前各版对比时，名称相近的仍认作同一项，标为「改号」。"))
    return told
