"""Two editions side by side in the gallery, made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from guiju.base.ui.gallery import Exhibit, Shown, add_exhibit
from guiju.base.ui.gallery.people import LONG_TEXT, LONG_UNIT
from guiju.base.ui.list_state import read_state
from guiju.base.ui.lists import present
from guiju.core.access import NOWHERE
from guiju.core.lists.cleanup import Decision
from guiju.core.lists.diff import compare
from guiju.core.lists.model import Edition as Lists
from guiju.core.lists.model import Power
from guiju.core.lists.values import Period
from guiju.core.lists.words import EditionState, ItemKind, PeriodUnit, ReviewVerdict
from guiju.core.sentence import zh
from guiju.define.lists.exhibits import about
from guiju.define.lists.models import Edition
from guiju.define.lists.pages.compared import Line, shown_in, table_of
from guiju.define.lists.pages.comparing import compared_context, grouped
from guiju.define.lists.pages.frame import full_name
from guiju.define.lists.reads.comparing import Change, Compared, changes_in

_COUNTS = {"empty": 0, "typical": 6, "long": 3, "many": 200, "error": 6, "forbidden": 3}
_NAMES = ("大额资金使用审批", "校服选用备案", "图书征订审核", "教师招聘组织", "民办学校年检")


def _power(number: int, state: str, *, is_new: bool) -> Power:
    name = _NAMES[number % len(_NAMES)]
    return Power(
        code=f"QL{number:03}",
        name=f"{name}（{LONG_UNIT}）" if state == "long" else name,
        promised_limit=Period(8 if is_new else 10, PeriodUnit.WORKING_DAYS),
        boundary=LONG_TEXT + ("（修改）" if is_new else "")
        if state == "long"
        else f"单笔 {10 if is_new else 20} 万元以上、年度预算内",
        post="分管副局长",
        grade=number % 3 + 1,
    )


def _edition(ordinal: int, state: EditionState) -> Edition:
    from guiju.base.org.models import Unit  # noqa: PLC0415 - needs loaded apps

    return Edition(
        number=ordinal,
        reference=f"edition:{UUID(int=ordinal)}",
        unit=Unit(number=1, reference=f"unit:{UUID(int=1)}", name="教育局", path="1/"),
        ordinal=ordinal,
        profile="county",
        title="教育局清单",
        state=state.value,
        changed_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


def every_third(count: int, make: Callable[..., Power]) -> tuple[list[Power], list[Power]]:
    """Return powers of an old and a new edition: a third changed, a third new, a third gone.

    Args:
        count: how many.
        make: makes one of a number and ``is_new``.
    """
    numbers = range(count)
    old = [make(number, is_new=False) for number in numbers if number % 3 != 1]
    return old, [make(number, is_new=True) for number in numbers if number % 3 != 2]


def _compared(state: str) -> Compared:
    old, new = every_third(_COUNTS[state], partial(_power, state=state))
    found = compare(_lists(old), _lists(new))
    altered = Counter((one.kind, one.alteration) for one in found.items)
    counts = {1: {ItemKind.POWER: len(old)}, 2: {ItemKind.POWER: len(new)}}
    before, after = _edition(1, EditionState.EFFECTIVE), _edition(2, EditionState.DRAFT)
    return Compared(before, after, found, {}, altered, counts)


def _lists(powers: Sequence[Power]) -> Lists:
    return Lists(profile="county", powers=tuple(powers))


def _judged(changes: Sequence[Change], state: str) -> list[Change]:
    reason = LONG_TEXT if state == "long" else "县政府令第 41 号废止"
    decision = Decision(ReviewVerdict.CANCEL, reason)
    return [replace(one, decision=decision) if not one.new_code else one for one in changes]


def _compare(request: HttpRequest, state: str) -> Shown:
    """In an error nothing fits the filters; forbidden, nothing may be taken away."""
    here, found = reverse("ui:gallery"), _compared(state)
    table, made = table_of(found.old, found.new), dict[str, Line]()
    asked = QueryDict("verdict=merge" if state == "error" else "")
    wanted = read_state(asked, table)
    changes = _judged(changes_in(found, wanted.filters, {}), state)
    listed = present(
        request,
        table=table,
        state=wanted,
        source=shown_in(found, changes, made, NOWHERE),
        may_export=state != "forbidden",
    )
    return about(state) | compared_context(found, here) | {
        "heading": table.name,
        "listed": listed,
        "altered": grouped(listed, made),
        "choices": [(found.old, full_name(found.old), True)],
        "with_at": here,
        "choose_at": here,
        "swap_at": here,
    }  # fmt: skip


def add_exhibits() -> None:
    """Put the screen into the gallery."""
    add_exhibit(
        Exhibit("lists-compare", zh("两版对比"), "lists/compare.html", _compare, is_screen=True)
    )
