"""The parts of ``base.ui`` in the gallery with which a reader picks: periods, views, undo."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from guiju.base.ui import saved_views
from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT
from guiju.base.ui.gallery.reading import or_refused
from guiju.base.ui.gallery.writing import gallery_table
from guiju.base.ui.list_state import read_state
from guiju.base.ui.periods import OWN, Period, Picker
from guiju.base.ui.saved_views import SavedView, Shelf
from guiju.base.ui.toasts import Toast
from guiju.core.sentence import zh

TODAY = date(2026, 11, 25)


def _periods(state: str) -> Shown:
    wanted = {
        "empty": Period(),
        "typical": Period("month"),
        "long": Period(OWN, "2019-01-01T08:30", "2026-11-25T17:00"),
        "many": Period(OWN, "1949-10-01", "2026-11-25"),
    }[state]
    label = (
        zh("公示期（从作出决定的次日起算，遇法定节假日顺延）") if state == "long" else zh("时间")
    )
    return {
        "picker": Picker(label, wanted),
        "said": wanted.says(TODAY) if wanted else None,
    }


def show_views(request: HttpRequest, state: str) -> Shown:
    """Show the menu of a list's views."""
    if state == "forbidden":
        return {"is_forbidden": True}
    table = gallery_table(may_act=False)
    names = {"empty": 0, "typical": 3, "long": 3, "many": 200, "error": 2}[state]
    views = [
        SavedView(
            LONG_UNIT[:40] if state == "long" else f"第 {n + 1} 个视图",
            "sort=age" if state == "error" else f"sort=name&in=教育局&q={n}" if n else "sort=name",
            is_default=n == 1,
            is_shared=n > 1,
            is_own=n < 2,
        )
        for n in range(names)
    ]
    here = reverse("ui:gallery")
    shelf = Shelf(views, here, here, may_share=True)
    read = read_state(QueryDict("sort=name"), table)
    menu = saved_views.menu("ui:gallery", request.path, table, read, shelf)
    return {"menu": menu, "is_open": True}


def _toasts(state: str) -> Shown:
    text = LONG_TEXT if state == "long" else "已删除视图「教育系统在任」。"
    counts = {"empty": 0, "typical": 1, "long": 1, "many": 200}
    undo = reverse("ui:gallery")
    return {"toasts": [Toast(text, undo) for _ in range(counts[state])]}


def add_exhibits() -> None:
    """Put the picking parts into the gallery."""
    add_exhibit(Exhibit("period", zh("时间段"), "ui/gallery/period.html", or_refused(_periods)))
    add_exhibit(Exhibit("views", zh("保存的视图"), "ui/gallery/views.html", show_views))
    add_exhibit(
        Exhibit("toasts", zh("办完后的提示"), "ui/gallery/toasts.html", or_refused(_toasts))
    )
