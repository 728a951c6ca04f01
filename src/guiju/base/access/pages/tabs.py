"""The pages about accounts and roles, side by side."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.ui.parts import Tab
from guiju.base.ui.reader import may
from guiju.core.sentence import zh
from guiju.core.terms import Permission

_TABS = (
    ("access:accounts", zh("账号"), Permission.ACCOUNT_READ),
    ("access:roles", zh("角色"), Permission.MATRIX_READ),
    ("access:matrix", zh("权限表"), Permission.MATRIX_READ),
    ("access:administrators", zh("三员分设"), Permission.MATRIX_READ),
)


def tabs(request: HttpRequest, current: str) -> tuple[Tab, ...]:
    """Return those of the pages that the reader may open."""
    return tuple(
        Tab(label, reverse(view), is_current=view == current)
        for view, label, permission in _TABS
        if may(request, permission)
    )
