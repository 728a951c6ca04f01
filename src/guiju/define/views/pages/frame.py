"""What the pages of this area have in common: their tabs, links to sheets, words of an edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import ListState
from guiju.base.ui.parts import Crumb, Tab
from guiju.base.ui.reader import scope_of, standing
from guiju.base.ui.sources import AtHand, Source
from guiju.base.ui.tables import Table
from guiju.core.lists.model import Item
from guiju.core.lists.powers import Power
from guiju.core.lists.profile import Profile
from guiju.core.lists.states import IN_USE
from guiju.core.lists.words import EditionState
from guiju.core.sentence import Sentence, zh
from guiju.core.terms import Permission
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.frame import address, full_name, head, list_page
from guiju.define.views.reads.current import current

_PAGES = (
    ("views:powers", zh("权力标签")),
    ("views:coverage", zh("覆盖矩阵")),
    ("views:risks", zh("风险等级目录")),
    ("views:posts", zh("按岗位")),
    ("views:flows", zh("按流程")),
    ("views:regulations", zh("按制度")),
    ("views:gaps", zh("制度缺口")),
)
_TONES = {1: ("bad", "●●●"), 2: ("warn", "●●○"), 3: ("calm", "●○○")}


def frame(request: HttpRequest, edition: Edition, view: str, *steps: Crumb) -> dict[str, object]:
    """Return what every page about an edition shows, and the other pages of this area."""
    label = dict(_PAGES)[view]
    link = address(view, edition) if steps else ""
    return head(request, edition, "views:powers", Crumb(label, link), *steps) | {
        "below_tabs": [Tab(one, address(name, edition), name == view) for name, one in _PAGES],
        "not_in_use": not_in_use(edition),
    }


class Numbered(Protocol):
    """A row of a list that is worked out, with a number of its own."""

    @property
    def number(self) -> int:
        """Its place."""


Line = TypeVar("Line", bound=Numbered)
Shown = TypeVar("Shown")


def at_hand(
    request: HttpRequest,
    edition: Edition,
    view: str,
    table: Table[Line],
    state: ListState,
    lines: Sequence[Line],
) -> HttpResponseBase:
    """Show a list that was worked out of an edition, such as its posts."""
    source = AtHand(lines, lambda row: row.number)
    return about_edition(request, edition, view, table, state, source)


def about_edition(
    request: HttpRequest,
    edition: Edition,
    view: str,
    table: Table[Shown],
    state: ListState,
    source: Source[Shown],
) -> HttpResponseBase:
    """Show a list about an edition."""
    return list_page(
        request,
        table=table,
        state=state,
        source=source,
        context=frame(request, edition, view),
        template="views/list.html",
    )


def not_in_use(edition: Edition) -> Sentence | None:
    """Say that nobody acts by an edition yet, or any more; None for the one in use."""
    state = EditionState.of(edition.state)
    if state in IN_USE:
        return None
    return zh("这一版的状态是「{state}」，不是现行清单。", state=state.label)


def own_editions(request: HttpRequest) -> QuerySet[Edition]:
    """Return the edition of each unit that counts, as far as the reader may see."""
    return current(scope_of(request, Permission.LISTS_READ), standing(request).person)


def sheet_link(edition: Edition, code: str) -> str:
    """Return the address of a power's page; empty for no power."""
    return address("views:power", edition, code) if code else ""


def grade_badge(profile: Profile, grade: int | None) -> Badge:
    """Return a grade in the body's word, the more dots the graver."""
    if grade is None:
        return Badge("wait", zh("未定级"))
    tone, mark = _TONES.get(grade, ("calm", ""))
    return Badge(tone, zh("{grade}", grade=profile.grade_label(grade)), mark)


def edition_note(edition: Edition) -> Sentence:
    """Return an edition's name with its state where it is not the one in use."""
    name, state = full_name(edition), EditionState.of(edition.state)
    if state is EditionState.EFFECTIVE:
        return name
    return zh("{name}（{state}）", name=name, state=state.label)


def area_way(label: Sentence) -> tuple[Crumb, ...]:
    """Return the way to a page over all units."""
    return Crumb(zh("四单"), reverse("lists:editions")), Crumb(label)


def power_page(edition: Edition, item: Item) -> str:
    """Return the page of the power that an item is or belongs to; empty for none."""
    return sheet_link(edition, item.code if isinstance(item, Power) else getattr(item, "power", ""))
