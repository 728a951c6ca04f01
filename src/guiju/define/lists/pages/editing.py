"""Adding, changing and removing one item of a draft by its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guiju.base.record.actor import actor_of
from guiju.base.ui.acting import METHODS
from guiju.base.ui.forms import refuse
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.once import once
from guiju.base.ui.parts import Crumb
from guiju.base.ui.reader import scope_of
from guiju.base.ui.toasts import add_toast
from guiju.core.errors import Conflict, Refusal
from guiju.core.lists.lint import Finding
from guiju.core.lists.model import Item
from guiju.core.lists.words import ItemKind
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists import find
from guiju.define.lists.actions import editing
from guiju.define.lists.entering import Desk
from guiju.define.lists.models import Edition
from guiju.define.lists.pages import remedies, undoing
from guiju.define.lists.pages.beginning_items import beginning
from guiju.define.lists.pages.frame import address, head, reached
from guiju.define.lists.pages.item import shown_findings
from guiju.define.lists.pages.item_form import ItemForm
from guiju.define.lists.pages.item_history import last_change
from guiju.define.lists.pages.table import kind_of
from guiju.define.lists.reads.items import item_with, naming
from guiju.define.lists.reads.offers import offers


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def adding(request: HttpRequest, identity: UUID, kind: str) -> HttpResponse:
    """Add an item; the address may say what it begins with, or of which one it is a copy."""
    found, of = reached_draft(request, identity), kind_of(kind)
    desk = desk_of(request, found)
    base, given = beginning(found, of, desk, request.GET)
    desk.learn([base])
    form = ItemForm(_posted(request), desk=desk, base=base, is_new=True, given=given)
    crumb = Crumb(zh("新增{kind}", kind=of.label))
    return _answered(request, found, form, crumb, address("lists:table", found, of.value))


@needs(Permission.LISTS_EDIT)
@require_http_methods(METHODS)
def changing(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Change an item."""
    found, of = reached_draft(request, identity), kind_of(kind)
    base = item_with(found, of, code)
    if base is None:
        if request.method == "POST":
            raise _gone(request, found, of, code)
        raise Http404
    desk = desk_of(request, found)
    desk.learn([base])
    form = ItemForm(_posted(request), desk=desk, base=base, is_new=False)
    crumb = Crumb(zh("修改「{name}」", name=base.title or base.code))
    return _answered(request, found, form, crumb, address("lists:item", found, of.value, code))


@needs(Permission.LISTS_EDIT)
@require_POST
def removing(request: HttpRequest, identity: UUID, kind: str, code: str) -> HttpResponse:
    """Remove an item; the next page offers to put it back."""
    found, of = reached_draft(request, identity), kind_of(kind)
    hanging = naming(found, of, code)
    item = editing.remove_item(
        edition=found.reference,
        kind=of,
        code=code,
        revision=None,
        by=actor_of(request),
        at=timezone.now(),
    )
    done = zh("已删去{kind}「{name}」。", kind=of.label, name=item.title[:40] or code)
    if hanging:
        done = zh("{done}还有 {count} 项写着它的编码，检查会指出来。", done=done, count=hanging)
    answer = HttpResponseRedirect(address("lists:table", found, of.value))
    add_toast(request, answer, done, undo=undoing.keep(request, found, [item]))
    return answer


def reached_draft(request: HttpRequest, identity: UUID) -> Edition:
    """Return the draft that an address names, for whoever may change it.

    Raises:
        Http404: as ``reached``.
        Denied: EDITION-02 for an edition that is no draft.
    """
    found = reached(request, identity, Permission.LISTS_EDIT)
    find.require_draft(found)
    return found


def desk_of(request: HttpRequest, edition: Edition) -> Desk:
    """Return what is known while the reader types items of an edition."""
    return Desk(edition, scope_of(request, Permission.PERSON_READ), timezone.localdate())


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _answered(
    request: HttpRequest, edition: Edition, form: ItemForm, crumb: Crumb, back: str
) -> HttpResponse:
    """Show the form, or save what was sent and go on."""
    status = 200
    if request.method == "POST":
        if deed := request.POST.get("tiers", ""):
            form.full_clean()
            form.change_tiers(deed)
            form = form.again(with_faults=False)
        else:
            if form.is_valid() and (saved := _saved(request, edition, form)):
                return saved
            _tell_who(request, edition, form)
            form, status = form.again(with_faults=True), 400
    return render(
        request, "lists/item_form.html", _shown(request, edition, form, crumb, back), status=status
    )


def _saved(request: HttpRequest, edition: Edition, form: ItemForm) -> HttpResponse | None:
    item = form.entered.item if form.entered else form.base
    try:
        once(request, form.key, lambda: _put(request, edition, form, item))
    except Refusal as refusal:
        refuse(form, refusal, field="code" if refusal.code in _ABOUT_CODE else None)
        return None
    answer = HttpResponseRedirect(_next(request, edition, item))
    add_toast(request, answer, _done(form, item))
    return answer


def _next(request: HttpRequest, edition: Edition, item: Item) -> str:
    """Return where saving leads: to another new item, back to the checks, or to what was saved."""
    if "again" in request.POST:
        return request.get_full_path()
    if request.GET.get(remedies.FROM) == remedies.CHECKS:
        return address("lists:checks", edition)
    return address("lists:item", edition, item.item_kind.value, item.code)


_ABOUT_CODE = {"EDITION-11", "EDITION-20"}


def _put(request: HttpRequest, edition: Edition, form: ItemForm, item: Item) -> None:
    if form.is_new and item_with(edition, item.item_kind, item.code) is not None:
        raise find.code_taken(item.code)
    editing.put_item(
        edition=edition.reference,
        item=item,
        revision=edition.revision,
        by=actor_of(request),
        at=timezone.now(),
    )


def _done(form: ItemForm, item: Item) -> Sentence:
    name = item.title[:40] or item.code
    verb = zh("已新增") if form.is_new else zh("已保存")
    return zh("{verb}{kind}「{name}」。", verb=verb, kind=item.item_kind.label, name=name)


def _tell_who(request: HttpRequest, edition: Edition, form: ItemForm) -> None:
    """Where somebody else changed the item meanwhile, say who, and what."""
    who = last_change(request, edition, form.kind, form.base.code) if form.is_outrun else None
    if who:
        form.add_error(None, ValidationError(say(zh("{who}。没有冲突的已经合在一起。", who=who))))


def _gone(request: HttpRequest, edition: Edition, kind: ItemKind, code: str) -> Conflict:
    who = last_change(request, edition, kind, code) or zh("有人删去了「{code}」", code=code)
    return Conflict(
        "EDITION-21",
        zh("{who}，您的改动没有保存。要留下它，请返回上一页，把内容抄到新增的一项里。", who=who),
    )


def _shown(
    request: HttpRequest, edition: Edition, form: ItemForm, crumb: Crumb, back: str
) -> Mapping[str, object]:
    of = form.kind
    frame = head(
        request,
        edition,
        "lists:items",
        Crumb(of.label, address("lists:table", edition, of.value)),
        crumb,
    )
    findings, checking = ([], None) if form.is_new else shown_findings(edition, frame, form.base)
    power = str(form.initial.get("power", ""))
    return (
        frame
        | form_context(form, findings)
        | {
            "offers": offers(edition, form.offered, form.desk.staff, form.desk.scope, power),
            "back": back,
            "checking": checking,
            "form_heading": crumb.label,
        }
    )


def form_context(form: ItemForm, findings: Sequence[Finding]) -> dict[str, object]:
    """Return what the page shows of the form itself."""
    return {
        "kind": form.kind,
        "form": form,
        "groups": form.groups(findings),
        "whole": [one for one in findings if not one.field],
        **_graded(form),
    }


def _graded(form: ItemForm) -> Mapping[str, object]:
    grading, label = form.grading, form.desk.profile.grade_label
    return {
        "grading": grading,
        "grade_given": label(grading.grade) if grading.grade else "",
        "results": [(one, label(one.grade)) for one in grading.results],
    }
