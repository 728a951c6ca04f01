"""Keeping views of lists: saving, overwriting, renaming, sharing, deleting and bringing back.

They go through the door like everything else (docs/decisions/0018-saved-views.md): a shared
view changes what colleagues see first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from guiju.base.access.events import VIEW_CHANGED, VIEW_REMOVED, VIEW_RESTORED, VIEW_SAVED
from guiju.base.access.models import SavedView
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, EventType, Personal, new_reference
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import zh

MOST_VIEWS = 30
"""Views of one list that one person may keep."""

MOST_NAME = 40
MOST_QUERY = 1_500
KEPT_FOR = timedelta(days=1)
"""How long a deleted view can be brought back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a view is to be.

    Attributes:
        name: how it is called.
        is_default: whether the list opens with it.
        is_shared: whether every reader of the list gets it.
        may_share: whether its owner may offer it to everyone.
    """

    name: str
    is_default: bool
    is_shared: bool
    may_share: bool


def find_view(list_name: str, name: str, *, owner: str) -> SavedView | None:
    """Return a person's view of a list by its name."""
    return SavedView.objects.filter(
        owner=owner, list=list_name, name=name.strip(), removed_at=None
    ).first()


def save_view(*, list_name: str, query: str, wish: Wish, by: Actor, at: datetime) -> SavedView:
    """Keep what somebody asks of a list; one of theirs with the same name is overwritten.

    Args:
        list_name: the list's view, such as ``org:people``.
        query: from ``base.ui.saved_views.query_of``.
        wish: its name, and for whom it is.
        by: whose it becomes.
        at: when; views that were deleted a day ago go for good then.

    Raises:
        Invalid: VIEW-01 for a name, VIEW-02 for an address that is none.
        Denied: VIEW-03 for sharing without the right to.
        Conflict: VIEW-04 for more views than anybody finds again.
    """
    _check(wish)
    if not query or len(query) > MOST_QUERY or not query.isascii() or not query.isprintable():
        raise Invalid("VIEW-02", zh("筛选条件认不出来或太长，存不成视图。请回到列表重新筛选。"))
    own = SavedView.objects.filter(owner=by.person, list=list_name)
    row = find_view(list_name, wish.name, owner=by.person)
    if row is None and own.filter(removed_at=None).count() >= MOST_VIEWS:
        raise Conflict(
            "VIEW-04",
            zh("这张表已有 {most} 个视图，没有再存。请先删去用不着的。", most=MOST_VIEWS),
        )
    row = row or SavedView(
        reference=new_reference("view"), owner=by.person, list=list_name, name=wish.name.strip()
    )
    row.query, row.saved_at = query, at
    row.is_default, row.is_shared = wish.is_default, wish.is_shared
    with recording(_about(VIEW_SAVED, row), by=by, at=at):
        SavedView.objects.filter(owner=by.person, removed_at__lt=at - KEPT_FOR).delete()
        if row.is_default:
            SavedView.objects.filter(owner=by.person, list=list_name).update(is_default=False)
        row.save()
    return row


def change_view(*, view: SavedView, wish: Wish, by: Actor, at: datetime) -> None:
    """Rename a view, share it or not, open the list with it or not.

    Raises:
        Invalid: VIEW-01 for a name.
        Denied: VIEW-03 for sharing without the right to.
        Conflict: VIEW-05 when another one has the name, VIEW-06 when it is no more.
    """
    _check(wish)
    _require_free(view, wish.name.strip())
    view.name, view.is_default, view.is_shared = wish.name.strip(), wish.is_default, wish.is_shared
    with recording(_about(VIEW_CHANGED, view), by=by, at=at):
        if view.is_default:
            SavedView.objects.filter(owner=view.owner, list=view.list).update(is_default=False)
        changed = SavedView.objects.filter(pk=view.pk, removed_at=None).update(
            name=view.name, is_default=view.is_default, is_shared=view.is_shared
        )
        if not changed:
            raise _gone()


def remove_view(*, view: SavedView, by: Actor, at: datetime) -> None:
    """Delete a view; for a day it can be brought back.

    Raises:
        Conflict: VIEW-06 when it is no more.
    """
    with recording(_about(VIEW_REMOVED, view), by=by, at=at):
        if not SavedView.objects.filter(pk=view.pk, removed_at=None).update(removed_at=at):
            raise _gone()


def restore_view(*, view: SavedView, by: Actor, at: datetime) -> None:
    """Bring back a view that was deleted, no longer as the list's default.

    Raises:
        Conflict: VIEW-05 when another one has its name meanwhile, VIEW-06 when it is there
            already or too long gone.
    """
    _require_free(view, view.name)
    with recording(_about(VIEW_RESTORED, view), by=by, at=at):
        back = SavedView.objects.filter(pk=view.pk, removed_at__gte=at - KEPT_FOR).update(
            removed_at=None, is_default=False
        )
        if not back:
            raise _gone()


def _check(wish: Wish) -> None:
    name = wish.name.strip()
    if not name or len(name) > MOST_NAME or not name.isprintable():
        raise Invalid("VIEW-01", zh("视图没有名称，或者超过 40 个字。请写一个认得出来的名称。"))
    if wish.is_shared and not wish.may_share:
        raise Denied(
            "VIEW-03", zh("您不能把视图给所有人用。请去掉这一项，或请组织人事管理员保存。")
        )


def _require_free(view: SavedView, name: str) -> None:
    other = find_view(view.list, name, owner=view.owner)
    if other is not None and other.pk != view.pk:
        raise Conflict(
            "VIEW-05", zh("您已有名为「{name}」的视图，没有更改。请换一个名称。", name=name)
        )


def _gone() -> Conflict:
    return Conflict("VIEW-06", zh("这个视图刚才已有变动，没有办理。请回到列表重新打开。"))


def _about(kind: EventType, view: SavedView) -> Draft:
    return kind(
        object=view.reference,
        page=reverse(view.list),
        name=Personal(view.owner, view.name),
        is_shared=view.is_shared,
    )
