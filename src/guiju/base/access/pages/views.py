"""One's own views of lists: saved from a list's menu, kept in order here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from guiju.base.access.actions.views import (
    Wish,
    change_view,
    find_view,
    remove_view,
    restore_view,
    save_view,
)
from guiju.base.access.models import SavedView
from guiju.base.access.reads_views import shared, views_of
from guiju.base.record.actor import actor_of
from guiju.base.ui import saved_views
from guiju.base.ui.confirming import Confirmation, ask, is_confirmed
from guiju.base.ui.needs import needed, needs
from guiju.base.ui.reader import may, standing
from guiju.base.ui.toasts import add_toast
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission


def shelf(request: HttpRequest, list_name: str) -> saved_views.Shelf:
    """Return a reader's views of a list, for its menu; one query."""
    return saved_views.Shelf(
        views_of(list_name, owner=standing(request).person),
        saving=reverse("access:view_saving"),
        managing=_managing(list_name),
        may_share=may(request, Permission.VIEW_SHARE),
    )


@needs(Permission.OWN_ACCOUNT)
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """Show the views of a list that the reader keeps, and those of others."""
    list_name = request.GET.get("list", "")
    back = _list_page(request, list_name)
    own = SavedView.objects.filter(
        owner=standing(request).person, list=list_name, removed_at=None
    ).order_by("name")
    shown = {
        "own": [(one, f"{back}?{one.query}", one.reference.partition(":")[2]) for one in own],
        "others": shared(list_name, without=standing(request).person),
        "back": back,
        "may_share": may(request, Permission.VIEW_SHARE),
    }
    return render(request, "access/views.html", shown)


@needs(Permission.OWN_ACCOUNT)
@require_POST
def saving(request: HttpRequest) -> HttpResponse:
    """Keep what a list shows; overwriting a view is asked for first."""
    list_name, query = request.POST.get("list", ""), request.POST.get("query", "")
    wish = _wish(request)
    back = f"{_list_page(request, list_name)}?{query}"
    if not is_confirmed(request) and _is_there(request, list_name, wish.name):
        return ask(request, _overwriting(wish.name.strip(), back))
    row = save_view(
        list_name=list_name, query=query, wish=wish, by=actor_of(request), at=timezone.now()
    )
    undo = reverse("access:view_removing", args=[row.reference.partition(":")[2]])
    told = zh("已保存视图「{name}」。", name=row.name)
    return _done(request, back, told, "" if is_confirmed(request) else undo)


@needs(Permission.OWN_ACCOUNT)
@require_POST
def changing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Rename a view, share it, open the list with it."""
    view = _found(request, identity)
    change_view(view=view, wish=_wish(request), by=actor_of(request), at=timezone.now())
    return _done(request, _managing(view.list), zh("已更改视图「{name}」。", name=view.name))


@needs(Permission.OWN_ACCOUNT)
@require_POST
def removing(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Delete a view, and offer to bring it back."""
    view = _found(request, identity)
    remove_view(view=view, by=actor_of(request), at=timezone.now())
    undo = reverse("access:view_restoring", args=[identity])
    return _done(request, _managing(view.list), zh("已删除视图「{name}」。", name=view.name), undo)


@needs(Permission.OWN_ACCOUNT)
@require_POST
def restoring(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Bring back a view that was deleted."""
    view = _found(request, identity)
    restore_view(view=view, by=actor_of(request), at=timezone.now())
    return _done(request, _managing(view.list), zh("已找回视图「{name}」。", name=view.name))


def _wish(request: HttpRequest) -> Wish:
    return Wish(
        name=request.POST.get("name", ""),
        is_default=request.POST.get("is_default") == "yes",
        is_shared=request.POST.get("is_shared") == "yes",
        may_share=may(request, Permission.VIEW_SHARE),
    )


def _is_there(request: HttpRequest, list_name: str, name: str) -> bool:
    return find_view(list_name, name, owner=standing(request).person) is not None


def _overwriting(name: str, back: str) -> Confirmation:
    return Confirmation(
        heading=zh("覆盖视图「{name}」？", name=name),
        verb=zh("覆盖视图"),
        consequences=(
            zh("视图「{name}」今后按现在的筛选、排序和列打开，原来的不再保留。", name=name),
        ),
        back=back,
    )


def _list_page(request: HttpRequest, list_name: str) -> str:
    """Return the address of a list that the reader may open.

    Raises:
        Http404: for what is no list, or not open to the reader.
    """
    try:
        page = reverse(list_name)
    except NoReverseMatch:
        raise Http404 from None
    permission = needed(resolve(page).func)
    if permission is None or not may(request, permission):
        raise Http404
    return page


def _found(request: HttpRequest, identity: UUID) -> SavedView:
    own = SavedView.objects.filter(owner=standing(request).person)
    view = own.filter(reference=f"view:{identity}").first()
    if view is None:
        raise Http404
    return view


def _managing(list_name: str) -> str:
    return f"{reverse('access:views')}?{urlencode({'list': list_name})}"


def _done(request: HttpRequest, to: str, told: Sentence, undo: str = "") -> HttpResponse:
    response = HttpResponseRedirect(to)
    add_toast(request, response, told, undo=undo)
    return response
