"""The record in the gallery: timeline, one event, its state, unsealing, one's own readings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone

from guiju.base.record import health
from guiju.base.record.health import DAYS, Day, Head, Health, Witnessing
from guiju.base.record.heartbeat import Heartbeat
from guiju.base.record.pages.badges import sealing_badge, witness_badges, witnessed_badge
from guiju.base.record.pages.bars import bars
from guiju.base.record.pages.filters import COLUMNS, TIMES, picker
from guiju.base.record.pages.unsealing import OpeningForm, Sealed
from guiju.base.record.proving import Cosigned
from guiju.base.record.telling import MASKED, Field, Mark, Told
from guiju.base.record.unsealing import Reading
from guiju.base.ui.dates import ago
from guiju.base.ui.forms import refuse, said
from guiju.base.ui.gallery.listing import Shown, add_lists
from guiju.base.ui.gallery.people import LONG_TEXT, Holder, holders
from guiju.base.ui.paging import Page
from guiju.base.ui.parts import Crumb, Definition
from guiju.core.errors import Invalid
from guiju.core.sentence import zh
from guiju.core.terms import FindingKind, SealedItem, WitnessState

NOW = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
COUNTS = {"empty": 0, "typical": 6, "long": 4, "many": 50, "error": 3, "forbidden": 4}


def _told(one: Holder, state: str) -> Told:
    says = LONG_TEXT if state == "long" else f"任命{one.name}为{one.unit}{one.post}"
    is_unknown = state == "error" and one.number == 1
    marks = (Mark(FindingKind.ALERT, "R12", "任期超过五年", UUID(int=7)),) if one.is_due else ()
    return Told(
        one.number, UUID(int=one.number), "org.appointed", 1, NOW - timedelta(hours=one.number),
        f"person:{one.number}", "post:1", "unit:1", f"person:{one.number}", "", UUID(int=9),
        None if is_unknown else zh("{text}", text=says),
        (
            Field("name", zh("姓名"), MASKED, f"person:{one.number}", is_sealed=True),
            Field("document", zh("文号"), "示委干〔2024〕1号"),
        ),
        None if one.number == 1 else 48_000 + one.number, marks,
        {f"person:{one.number}": one.name, "post:1": one.post, "unit:1": one.unit},
    )  # fmt: skip


def _rows(state: str) -> tuple[Told, ...]:
    people = holders(COUNTS[state], is_long=state == "long")
    return tuple(_told(one, state) for one in people)


def _timeline(request: HttpRequest, state: str) -> Shown:
    return {
        "page": Page(_rows(state)),
        "kinds": {"org.appointed": zh("任命")},
        "words": dict.fromkeys(COLUMNS, ""),
        "labels": COLUMNS | TIMES,
        "picker": picker(QueryDict(request.GET.urlencode())),
        "chosen": [],
        "is_continued": False,
        "now": NOW,
    }


def _event(_request: HttpRequest, state: str) -> Shown:
    """Whoever may not open what is sealed is not offered it."""
    first, *others = _rows("typical" if state == "empty" else state)
    return {
        "event": first,
        "may_open": state != "forbidden",
        "proved": None,
        "pretty": '{\n  "kind": "org.appointed",\n  "v": 1\n}',
        "size": 412,
        "siblings": [] if state == "empty" else others,
        "has_more": state == "many",
        "now": NOW,
    }


def _state(_request: HttpRequest, state: str) -> Shown:
    is_new, is_ill = state == "empty", state == "error"
    count = {"empty": 0, "many": 200}.get(state, 2)
    witnesses = tuple(
        Witnessing(
            LONG_TEXT[:60] if state == "long" else f"{one.unit}见证",
            WitnessState.DISAGREEING if is_ill else WitnessState.AGREEING,
            one.number % 2 == 0, 48_000, NOW - timedelta(minutes=one.number),
        )
        for one in holders(count)
    )  # fmt: skip
    head = Head(
        48_210,
        NOW - timedelta(minutes=2),
        () if is_ill else (Cosigned("a", NOW), Cosigned("b", NOW)),
    )
    days = tuple(
        Day(NOW.date() - timedelta(days=DAYS - 1 - n), 0 if is_new else n * 37 % 90)
        for n in range(DAYS)
    )
    found = Health(
        NOW, 0 if is_new else 48_213, 0 if is_new else 3, None if is_new else head,
        None if is_new or is_ill else head, 0 if is_new else 2, witnesses, days,
        None if is_new else 48_190 + 100 * is_ill,
        "记录少于已公布的条数。" if is_ill else "",
        None if is_new else Heartbeat(1, NOW - timedelta(seconds=9), ""),
    )  # fmt: skip
    return {
        "health": found,
        "sealing": sealing_badge(found),
        "witnessed": witnessed_badge(found),
        "witnesses": witness_badges(found),
        "bars": bars(found.days),
        "total": sum(day.count for day in days),
        "most": max(day.count for day in days),
        "head_age": None if is_new else ago(head.at, found.now),
        "is_worker_late": False,
        "most_waiting": health.MOST_WAITING,
    }


def _opening(request: HttpRequest, state: str) -> Shown:
    """Empty: nothing is sealed. Forbidden: the reason was not good enough to open it."""
    count = {"empty": 0, "many": 200}.get(state, 3)
    items = [(str(n), said(zh("第 {n} 项申报", n=n + 1))) for n in range(count)]
    form = OpeningForm(request, items)
    if state in {"error", "forbidden"}:
        form.is_bound, form.data = True, QueryDict("item=1&reason=看")
        form.is_valid()
    if state == "forbidden":
        refuse(form, Invalid("GALLERY-13", zh("此人的个人信息已依法删除，没有可以查阅的内容。")))
    back = reverse("ui:gallery")
    shown: dict[str, object] = {
        "sealed": Sealed(zh("查阅周晓岚的密封信息"), back, (Crumb(zh("人员"), back),)),
        "form": form,
    }
    if state == "long":
        shown["opened"] = [Definition(zh("申报"), LONG_TEXT)]
    return shown


def _readings(_request: HttpRequest, state: str) -> Shown:
    items = tuple(SealedItem)
    found = [
        Reading(
            timezone.now() - timedelta(days=one.number), one.name, one.post,
            items[one.number % len(items)],
            LONG_TEXT if state == "long" else "核对任职回避的亲属关系",
        )
        for one in holders({**COUNTS, "many": 200}[state], is_long=state == "long")
    ]  # fmt: skip
    return {"readings": found, "now": timezone.now(), "is_cut": state == "many"}


def add_exhibits() -> None:
    """Put the screens into the gallery."""
    add_lists(
        ("record-timeline", zh("记录"), "record/timeline.html", _timeline),
        ("record-event", zh("事件"), "record/event.html", _event),
        ("record-state", zh("存证状态"), "record/state.html", _state),
        ("record-opening", zh("查阅密封的信息"), "record/opening.html", _opening),
        ("record-own-readings", zh("谁看过我的信息"), "record/own_readings.html", _readings),
    )
