"""The lists as a Django app."""

from __future__ import annotations

from django.apps import AppConfig

from guiju.base.ui.gallery import add_exhibits_of
from guiju.base.ui.navigation import Entry, add_entry
from guiju.core.sentence import zh
from guiju.core.terms import Permission


class ListsConfig(AppConfig):
    """Registers the event types of the lists and has their triggers looked after."""

    name = "guiju.define.lists"
    label = "lists"
    verbose_name = "清单"

    def ready(self) -> None:
        from guiju.base.record import triggers, wall  # noqa: PLC0415 - needs loaded apps
        from guiju.define.lists import (  # noqa: PLC0415 - as above
            checking,
            events,  # noqa: F401
        )
        from guiju.define.lists.triggers import ACCEPTED, TRIGGERS  # noqa: PLC0415 - as above

        triggers.look_after("lists", TRIGGERS)
        triggers.look_after("lists_accepted", ACCEPTED)
        for table in ("lists_checked", "lists_checked_item"):
            wall.exempt(table, "worked out from the lists, whose changes are events")
        checking.listen()
        _add_pages()
        add_exhibits_of(
            "guiju.define.lists.exhibits",
            "guiju.define.lists.exhibits_comparing",
            "guiju.define.lists.exhibits_importing",
            "guiju.define.lists.exhibits_items",
        )


def _add_pages() -> None:
    """Put the area into the top bar, its pages beside each other, its buttons on an edition."""
    from guiju.define.lists.pages import frame  # noqa: PLC0415 - needs loaded apps

    add_entry(Entry("lists:editions", zh("四单"), 15, Permission.LISTS_READ))
    frame.add_area_page("lists:editions", zh("各版清单"), 10)
    for view, label, order in (
        ("lists:edition", zh("概况"), 10),
        ("lists:items", zh("内容"), 20),
        ("lists:checks", zh("检查"), 30),
        ("lists:compare", zh("对比"), 50),
        ("lists:history", zh("经过"), 90),
    ):
        frame.add_tab(frame.EditionTab(view, label, order))
    edit = Permission.LISTS_EDIT
    for deed in (
        frame.EditionDeed("lists:grid", zh("表格编辑"), 20, edit, frame.is_draft),
        frame.EditionDeed("lists:import", zh("导入表格"), 10, edit, frame.is_draft),
        frame.EditionDeed("lists:export", zh("导出"), 70, Permission.LISTS_READ),
        frame.EditionDeed("lists:rename", zh("改名"), 80, edit, frame.is_draft),
        frame.EditionDeed("lists:discard", zh("放弃草稿"), 90, edit, frame.is_draft, is_grave=True),
    ):
        frame.add_deed(deed)
