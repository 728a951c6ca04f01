"""Finding what an act is about by its reference, and saying so when it is not there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from guiju.base.org.models import (
    Appointment,
    Body,
    BodyMember,
    Delegation,
    Duty,
    Interest,
    Person,
    Post,
    Unit,
)
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import Sentence, zh

Found = TypeVar(
    "Found", Unit, Post, Person, Appointment, Delegation, Interest, Body, BodyMember, Duty
)
Row = Unit | Post | Person | Appointment | Delegation | Interest | Body | BodyMember | Duty

_NOUNS: dict[type[Model], Sentence] = {
    Unit: zh("单位"),
    Post: zh("岗位"),
    Person: zh("人员"),
    Appointment: zh("任职"),
    Delegation: zh("委托"),
    Interest: zh("申报"),
    Body: zh("机构"),
    BodyMember: zh("成员"),
    Duty: zh("法定职责"),
}
CHINA = ZoneInfo("Asia/Shanghai")


def found(model: type[Found], reference: str) -> Found:
    """Return the row with this reference.

    Raises:
        Invalid: ORG-01 when there is none.
    """
    row = model.objects.filter(reference=reference).first()
    if row is None:
        raise _missing(model)
    return row


def hold(*rows: Row) -> None:
    """Let nobody else change these rows before the door closes; they are as they were read.

    Raises:
        Conflict: ORG-08 when one was changed meanwhile.
    """
    for row in sorted(rows, key=lambda one: (one._meta.db_table, one.pk)):
        now = type(row)._base_manager.select_for_update().get(pk=row.pk)  # noqa: SLF001 - Django's way to any model
        names = [field.attname for field in row._meta.concrete_fields]
        if any(getattr(now, name) != getattr(row, name) for name in names):
            raise Conflict(
                "ORG-08",
                zh("就在刚才，有人改了同一条记录，您的改动没有保存。请刷新页面，核对后重办。"),
            )


def local_day(at: datetime) -> date:
    """Return which day it is in China at an instant."""
    return at.astimezone(CHINA).date()


def is_living(row: Unit | Post | Body, on: date | None) -> bool:
    """Tell whether something exists on a day; on no day it does not."""
    first, last = row.founded_date, row.abolished_date
    return on is not None and (first is None or first <= on) and (last is None or on < last)


def require_living(row: Unit | Post | Body, on: date) -> None:
    """Refuse what is about something that does not exist on a day (ORG-06)."""
    if not is_living(row, on):
        raise Denied(
            "ORG-06",
            zh(
                "「{name}」在 {day} 不存在（{start} 设立，{end} 撤销）。请改日期，或另选一个。",
                name=row.name,
                day=str(on),
                start=str(row.founded_date or "—"),
                end=str(row.abolished_date or "—"),
            ),
        )


def require_endable(row: Unit | Post | Body, on: date) -> None:
    """Refuse an end before something lived a day (ORG-04); ORG-06 when it does not exist then."""
    require_living(row, on)
    if on == row.founded_date:
        raise Invalid(
            "ORG-04",
            zh(
                "「{name}」{day} 才设立，撤销要晚于这一天。请改日期。",
                name=row.name,
                day=str(on),
            ),
        )


def require_come(on: date, at: datetime) -> None:
    """Refuse what would change the organisation before its day (ORG-04)."""
    if on > local_day(at):
        raise Invalid(
            "ORG-04",
            zh("{day} 还没有到。机构变动请到当天再办，日期不晚于今天。", day=str(on)),
        )


def _missing(model: type[Model]) -> Invalid:
    return Invalid(
        "ORG-01",
        zh(
            "找不到这个{noun}，网址可能不完整，或它已不在。请从组织树重新选择。",
            noun=_NOUNS[model],
        ),
    )
