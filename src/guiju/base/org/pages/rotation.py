"""Who should rotate, which posts are vacant, who holds much (S0-08, S0-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guiju.base.org.pages.posts import SEARCH, UNIT, post_table
from guiju.base.org.pages.ways import YES, name_of, tabs, way
from guiju.base.org.reads import lists
from guiju.base.org.reads import rotation as reads
from guiju.base.org.reads.open_to import open_people
from guiju.base.org.reads.rotation import Concentration, HoldsMuch, RotationRow, Tenure
from guiju.base.ui.badges import Badge
from guiju.base.ui.list_state import ListState, read_state
from guiju.base.ui.lists import answer
from guiju.base.ui.navigation import page_of
from guiju.base.ui.needs import needs
from guiju.base.ui.parts import Tab
from guiju.base.ui.reader import may, scope_of
from guiju.base.ui.sources import AtHand, Filled, Source
from guiju.base.ui.tables import Column, Filter, Sort, Table
from guiju.core.access import Scope
from guiju.core.organisation.words_bodies import RotationState
from guiju.core.sentence import Listing, Sentence, listing, zh
from guiju.core.terms import Permission

Row = TypeVar("Row")

_VIEWS = (
    ("org:rotation", zh("轮岗到期")),
    ("org:vacancies", zh("空缺")),
    ("org:concentration", zh("任职集中")),
)
_TONES = {RotationState.OVERDUE: "bad", RotationState.SOON: "warn", RotationState.WITHIN: "good"}


@dataclass(frozen=True, slots=True)
class DueLine:
    """A tenure in the list; ``is_open`` tells whether the person's page opens to the reader."""

    number: int
    row: RotationRow
    is_open: bool


@dataclass(frozen=True, slots=True)
class Due:
    """All tenures that are near their end or over, and where the reader may look at people."""

    rows: tuple[Tenure, ...]
    people: Scope


@dataclass(frozen=True, slots=True)
class DueRanked:
    """A tenure's place in the list, and what the list is sorted by."""

    number: int
    row: Tenure
    since: date
    due: date


@dataclass(frozen=True, slots=True)
class MuchRanked:
    """Somebody's place among those who hold much: how many posts, how many functions."""

    number: int
    row: HoldsMuch
    count: int
    spread: int


@dataclass(frozen=True, slots=True)
class MuchLine:
    """Somebody who holds much, as the list shows them."""

    number: int
    row: Concentration
    is_open: bool


def _person(line: DueLine | MuchLine) -> str:
    return page_of("org:person", line.row.person) if line.is_open else ""


DUE: Table[DueLine] = Table(
    name=zh("轮岗到期"),
    columns=(
        Column("name", zh("姓名"), lambda line: name_of(line.row.name), link=_person),
        Column(
            "post",
            zh("岗位"),
            lambda line: line.row.post_name,
            link=lambda line: page_of("org:post", line.row.post),
        ),
        Column("unit", zh("单位"), lambda line: line.row.unit_name),
        Column("since", zh("任职起"), lambda line: line.row.since, Sort("since", date)),
        Column("years", zh("最长任期（年）"), lambda line: line.row.years, is_numeric=True),
        Column("due", zh("到期日"), lambda line: line.row.due, Sort("due", date)),
        Column(
            "state",
            zh("状态"),
            lambda line: Badge(_TONES[line.row.state], line.row.state.label),
        ),
        Column("key", zh("关键岗位"), lambda line: line.row.is_key, is_shown=False),
    ),
    sort="due",
    identity=lambda line: str(line.number),
    filters=(
        Filter(
            "state",
            zh("状态"),
            tuple((one.value, one.label) for one in (RotationState.OVERDUE, RotationState.SOON)),
        ),
        Filter("key", zh("关键岗位"), YES),
    ),
    empty=zh("没有人超过最长任期，半年内也没有人到期。"),
)

VACANT = post_table(
    zh("空缺"),
    zh("没有空缺：每个岗位都有人任职。"),
    (SEARCH, UNIT, Filter("key", zh("关键岗位"), YES)),
)


def _posts(line: MuchLine) -> Listing:
    return listing(name for _, name in line.row.posts)


MUCH: Table[MuchLine] = Table(
    name=zh("任职集中"),
    columns=(
        Column("name", zh("姓名"), lambda line: name_of(line.row.name), link=_person),
        Column(
            "count",
            zh("岗位数"),
            lambda line: len(line.row.posts),
            Sort("count", int),
            is_numeric=True,
        ),
        Column("posts", zh("岗位"), _posts),
        Column("keys", zh("关键岗位数"), lambda line: line.row.key_posts, is_numeric=True),
        Column(
            "functions",
            zh("分管"),
            lambda line: (
                listing(one.label for one in line.row.functions) if line.row.functions else None
            ),
        ),
        Column(
            "spread",
            zh("分管项数"),
            lambda line: len(line.row.functions),
            Sort("spread", int),
            is_numeric=True,
            is_shown=False,
        ),
    ),
    sort="-count",
    identity=lambda line: str(line.number),
    empty=zh("没有人同时担任两个以上岗位，也没有人分管三项以上。"),
)


def due_rows(request: HttpRequest) -> Due:
    """Return whose tenure is near its end or over, where the reader may see it."""
    rows = reads.tenures_due(scope_of(request, Permission.ROTATION_READ), on=timezone.localdate())
    return Due(rows, scope_of(request, Permission.PERSON_READ))


def due_source(due: Due, state: ListState) -> Source[DueLine]:
    """Return those that the filters want."""
    wanted = [
        DueRanked(number, row, row.since, row.due)
        for number, row in enumerate(due.rows)
        if state.filters.get("state", row.state) == row.state
        and (row.is_key or "key" not in state.filters)
    ]

    def make(ranked: Sequence[DueRanked]) -> list[DueLine]:
        rows = reads.rotation_rows([one.row for one in ranked])
        seen = open_people({row.person for row in rows}, due.people)
        return [
            DueLine(one.number, row, row.person in seen)
            for one, row in zip(ranked, rows, strict=True)
        ]

    return Filled(AtHand(wanted, number=lambda line: line.number), make)


def much_source(request: HttpRequest) -> Source[MuchLine]:
    """Return who holds much, where the reader may see it."""
    scope, on = scope_of(request, Permission.ROTATION_READ), timezone.localdate()
    people = scope_of(request, Permission.PERSON_READ)
    found = [
        MuchRanked(number, row, row.posts, row.functions)
        for number, row in enumerate(reads.holding_much(scope, on=on))
    ]

    def make(ranked: Sequence[MuchRanked]) -> list[MuchLine]:
        rows = reads.told([one.row for one in ranked], scope, on=on)
        seen = open_people({row.person for row in rows}, people)
        return [
            MuchLine(one.number, row, row.person in seen)
            for one, row in zip(ranked, rows, strict=True)
        ]

    return Filled(AtHand(found, number=lambda one: one.number), make)


@needs(Permission.ROTATION_READ)
@require_safe
def rotation(request: HttpRequest) -> HttpResponseBase:
    """Show whose tenure is near its end or over."""
    state, due = read_state(request.GET, DUE), due_rows(request)
    overdue = sum(row.state is RotationState.OVERDUE for row in due.rows)
    lead = zh(
        "{overdue} 人已超过岗位的最长任期，{soon} 人半年内到期。连续的任期合并计算。",
        overdue=overdue,
        soon=len(due.rows) - overdue,
    )
    return _answer(request, "org:rotation", lead, DUE, state, due_source(due, state))


@needs(Permission.ROTATION_READ)
@require_safe
def vacancies(request: HttpRequest) -> HttpResponseBase:
    """Show the posts that nobody holds."""
    state = read_state(request.GET, VACANT)
    rows = lists.posts(
        scope_of(request, Permission.ROTATION_READ),
        scope_of(request, Permission.PERSON_READ),
        {**state.filters, "state": "vacant"},
        on=timezone.localdate(),
    )
    lead = zh("没有人任职的岗位。有人代理、主持或受托代办，仍算空缺。")
    return _answer(request, "org:vacancies", lead, VACANT, state, rows)


@needs(Permission.ROTATION_READ)
@require_safe
def concentration(request: HttpRequest) -> HttpResponseBase:
    """Show who holds several posts, or is in charge of much."""
    state = read_state(request.GET, MUCH)
    lead = zh("同时担任两个以上岗位，或分管三项以上的人。权力集中之处，更要有人监督。")
    return _answer(
        request,
        "org:concentration",
        lead,
        MUCH,
        state,
        much_source(request),
    )


def _answer(
    request: HttpRequest,
    view: str,
    lead: Sentence,
    table: Table[Row],
    state: ListState,
    source: Source[Row],
) -> HttpResponseBase:
    shown = {
        "heading": table.name,
        "lead": lead,
        "tabs": tabs(request, view),
        "below_tabs": [Tab(label, reverse(name), name == view) for name, label in _VIEWS],
        "way": way(),
    }
    return answer(
        request,
        "org/list.html",
        table=table,
        state=state,
        source=source,
        may_export=may(request, Permission.ORG_EXPORT),
        context=shown,
    )
