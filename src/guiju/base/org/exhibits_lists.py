"""The lists of the organisation in the gallery, with made-up rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from guiju.base.org.pages import bodies, duties, keys, people, posts, rotation, units
from guiju.base.org.pages.rotation import DueLine, MuchLine
from guiju.base.org.pages.ways import tabs, way
from guiju.base.org.reads.bodies import VacantLiaison
from guiju.base.org.reads.duties import Carried, Wanting
from guiju.base.org.reads.holders import Holder
from guiju.base.org.reads.lists import BodyLine, PersonLine, PostLine, UnitLine
from guiju.base.org.reads.rotation import Concentration, RotationRow
from guiju.base.ui.gallery.listing import Shown, add_lists, listed
from guiju.base.ui.gallery.people import Holder as Somebody
from guiju.base.ui.gallery.people import holders
from guiju.base.ui.tables import Table
from guiju.core.organisation.words import AppointmentKind, Function, LeaderLevel, UnitKind
from guiju.core.organisation.words_bodies import (
    BodyKind,
    RotationState,
    StandIn,
    SupervisionChannel,
)
from guiju.core.organisation.words_duties import StatutoryDuty
from guiju.core.sentence import Sentence, zh

Row = TypeVar("Row")


def _ref(kind: str, number: int) -> str:
    return f"{kind}:{UUID(int=number)}"


def _unit(one: Somebody) -> UnitLine:
    return UnitLine(
        _ref("unit", one.number), f"D{one.number:03}", one.unit, UnitKind.DEPARTMENT, "示例县",
        one.number % 3 == 0, date(2001, 3, 1), None, one.matters % 12 + 1, int(one.is_due),
    )  # fmt: skip


def _post(one: Somebody) -> PostLine:
    person = _ref("person", one.number)
    holder = Holder(
        "", person, one.name, f"R{one.number}", StandIn.HOLDER, AppointmentKind.REGULAR,
        one.since, None, "",
    )  # fmt: skip
    return PostLine(
        _ref("post", one.number), f"G{one.number:03}", one.post, _ref("unit", one.number),
        one.unit, LeaderLevel.STAFF, one.number % 2 == 0, 5, () if one.is_due else (holder,),
        frozenset({person}),
    )  # fmt: skip


def _person(one: Somebody) -> PersonLine:
    return PersonLine(
        _ref("person", one.number), f"R{one.number:03}", one.name, "四级主任科员", None,
        _ref("unit", one.number), one.unit, None, (one.post,),
    )  # fmt: skip


def _body(one: Somebody) -> BodyLine:
    return BodyLine(
        _ref("body", one.number), f"{one.unit}监督工作领导小组", BodyKind.LEADING_GROUP,
        SupervisionChannel.PARTY, "示例县", one.unit, "", one.matters % 20 + 3, int(one.is_due),
    )  # fmt: skip


def _duty(one: Somebody) -> Carried:
    kinds = tuple(StatutoryDuty)
    return Carried(
        _ref("duty", one.number), kinds[one.number % len(kinds)], _ref("unit", 1), "示例县",
        _ref("unit", one.number), one.unit, "", one.since, None, "示机编〔2026〕9号",
        is_gone=one.is_due,
    )  # fmt: skip


def _due(one: Somebody) -> DueLine:
    state = RotationState.OVERDUE if one.is_due else RotationState.SOON
    row = RotationRow(
        _ref("post", one.number), one.post, one.number % 2 == 0, one.unit,
        _ref("person", one.number), one.name, 5, one.since,
        date(one.since.year + 5, one.since.month, 1), state,
    )  # fmt: skip
    return DueLine(one.number, row, is_open=True)


def _much(one: Somebody) -> MuchLine:
    row = Concentration(
        _ref("person", one.number), one.name, ((_ref("post", one.number), one.post),) * 3, 1,
        (Function.FINANCE, Function.WORKS),
    )  # fmt: skip
    return MuchLine(one.number, row, is_open=True)


def _plain(
    view: str, table: Table[Row], make: Callable[[Somebody], Row], request: HttpRequest, state: str
) -> Shown:
    return {
        "heading": table.name,
        "lead": zh("您有权查看的范围之内。"),
        "tabs": tabs(request, view),
        "way": way(),
        "listed": listed(request, table, state, make),
    }


def _bodies(request: HttpRequest, state: str) -> Shown:
    link = reverse("ui:gallery")
    short = list(holders(0 if state in {"empty", "error"} else 2, is_long=state == "long"))
    wanting = [VacantLiaison("", f"{one.unit}领导小组", "", one.unit) for one in short]
    return {
        **_plain("org:bodies", bodies.TABLE, _body, request, state),
        "wanting": [(one, link) for one in wanting],
        "more_wanting": 190 if state == "many" else 0,
        "channels": [
            (one, [] if state == "empty" else [(f"{one.label.template}工作组", link)])
            for one in SupervisionChannel
        ],
    }


def _duties(request: HttpRequest, state: str) -> Shown:
    link = reverse("ui:gallery")
    count = {"empty": 9, "many": 9}.get(state, 2)
    people = holders(count, is_long=state == "long")
    wanting = [
        (Wanting(duty, "", one.unit, "" if state == "empty" else one.unit), link)
        for duty, one in zip(StatutoryDuty, people, strict=False)
    ]
    return {
        **_plain("org:duties", duties.TABLE, _duty, request, state),
        "wanting": wanting,
        "more_wanting": 40 if state == "many" else 0,
        "may_assign": state != "forbidden",
    }


def _keys(request: HttpRequest, state: str) -> Shown:
    link = reverse("ui:gallery")
    count = {"empty": 0, "many": 60}.get(state, 3)
    found = [(one.unit, link) for one in holders(count, is_long=state == "long")]
    return {
        **_plain("org:keys", keys.TABLE, _post, request, state),
        "units": found,
        "unit_count": 200 if state == "many" else count,
        "vacant": int(state != "empty"),
        "unlimited": found[:2],
        "unlimited_count": min(count, 2),
    }


def add_exhibits() -> None:
    """Put the lists into the gallery."""
    many: tuple[tuple[str, Sentence, str, Callable[[HttpRequest, str], Shown]], ...] = (
        ("units", zh("单位表"), "list", partial(_plain, "org:units", units.TABLE, _unit)),
        ("posts", zh("岗位表"), "list", partial(_plain, "org:posts", posts.TABLE, _post)),
        ("people", zh("人员表"), "list", partial(_plain, "org:people", people.TABLE, _person)),
        ("rotation", zh("轮岗到期"), "list", partial(_plain, "org:rotation", rotation.DUE, _due)),
        (
            "concentration",
            zh("任职集中"),
            "list",
            partial(_plain, "org:concentration", rotation.MUCH, _much),
        ),
        ("bodies", zh("领导小组等机构表"), "bodies", _bodies),
        ("duties", zh("法定职责"), "duties", _duties),
        ("keys", zh("重点名单"), "keys", _keys),
    )
    add_lists(*((f"org-{name}", label, f"org/{to}.html", show) for name, label, to, show in many))
