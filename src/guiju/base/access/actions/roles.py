"""Granting roles and taking them back; the three administrators are different persons."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from guiju.base.access import places
from guiju.base.access.actions.accounts import check_reason
from guiju.base.access.actions.secured import require_another_security_administrator
from guiju.base.access.events import (
    ADMINISTRATORS_MERGED,
    ADMINISTRATORS_SEPARATED,
    ROLE_GRANTED,
    ROLE_REVOKED,
)
from guiju.base.access.models import Account, AdministratorMerge, RoleGrant
from guiju.base.access.policies import clashing
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft, Personal, check_reference, new_reference
from guiju.core.access import ADMINISTRATORS
from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.sentence import zh
from guiju.core.terms import Role


def grant_role(  # noqa: PLR0913 - keyword-only, each a part of the grant
    *,
    person: str,
    role: Role,
    unit: str,
    start: date,
    by: Actor,
    at: datetime,
    end: date | None = None,
) -> RoleGrant:
    """Give a person a role over a unit and all below it; an empty unit is everywhere.

    Args:
        person: to whom, by reference.
        role: which.
        unit: where, by reference.
        start: the first day.
        by: who grants it.
        at: when.
        end: the last day; None for no end.

    Raises:
        Invalid: ACCESS-10 for somebody without an account, ACCESS-11 for days in the wrong
            order, ACCESS-12 for an administrator of a part, ACCESS-13 for an unknown unit.
        Denied: ACCESS-14 for a role of one's own, ACCESS-15 for a second administrator.
        Conflict: ACCESS-16 when it is theirs already.
    """
    _check(role, check_reference(unit), start, end)
    row = RoleGrant(
        reference=new_reference("grant"),
        person=person,
        role=role.value,
        unit=unit,
        start_date=start,
        end_date=end,
        granted_by=by.person,
        granted_at=at,
    )
    with recording(_granted(row), by=by, at=at):
        # Holding the account keeps a second grant to the same person waiting until this is done.
        if not Account.objects.select_for_update().filter(person=person).first():
            raise Invalid("ACCESS-10", zh("此人还没有账号，不能授予角色。请先开设账号。"))
        _require_separate(row, role, by)
        row.save(force_insert=True)
    return row


def _granted(row: RoleGrant) -> Draft:
    return ROLE_GRANTED(
        object=row.reference,
        person=check_reference(row.person),
        role=row.role,
        unit=row.unit or "*",
        start=row.start_date.isoformat(),
        end=row.end_date.isoformat() if row.end_date else "",
    )


def _check(role: Role, unit: str, start: date, end: date | None) -> None:
    if end is not None and end < start:
        raise Invalid("ACCESS-11", zh("结束日期早于开始日期。请核对两个日期。"))
    if unit and role in ADMINISTRATORS:
        raise Invalid(
            "ACCESS-12",
            zh("「{role}」管的是整个系统，不能只授予一个单位。请把范围留空。", role=role.label),
        )
    if unit and not places.paths([unit]):
        raise Invalid("ACCESS-13", zh("没有找到这个单位。请从单位列表里选择。"))


def _require_separate(row: RoleGrant, role: Role, by: Actor) -> None:
    theirs = lasting(row.start_date).filter(person=row.person)
    if row.end_date is not None:
        theirs = theirs.filter(start_date__lte=row.end_date)
    if theirs.filter(role=row.role, unit=row.unit).exists():
        raise Conflict(
            "ACCESS-16",
            zh(
                "此人在这段时间已有角色「{role}」，范围相同，没有重复授予。请刷新页面。",
                role=role.label,
            ),
        )
    merged = merged_administrators()
    if row.person == by.person and role not in merged:
        raise Denied("ACCESS-14", zh("不能给自己授予角色。请由另一名安全管理员办理。"))
    held = [Role.of(code) for code in theirs.values_list("role", flat=True)]
    clash = clashing(role, held, merged)
    if clash is not None:
        raise Denied(
            "ACCESS-15",
            zh(
                "此人已是「{held}」，不能再任「{role}」：三员必须分设。"
                "请改授他人；人手确实不足的，先登记兼任的理由。",
                held=clash.label,
                role=role.label,
            ),
        )


def lasting(since: date) -> QuerySet[RoleGrant]:
    """Return the grants that hold on a day or later."""
    return RoleGrant.objects.filter(Q(end_date=None) | Q(end_date__gte=since), revoked_at=None)


def revoke_role(*, grant: RoleGrant, reason: str, by: Actor, at: datetime) -> None:
    """Take a role back at once.

    Raises:
        Invalid: ACCESS-06 without a reason.
        Conflict: ACCESS-17 when it was taken back already.
        Denied: ACCESS-18 for the last security administrator's.
    """
    draft = ROLE_REVOKED(
        object=grant.reference,
        person=grant.person,
        role=grant.role,
        unit=grant.unit or "*",
        reason=Personal(grant.person, check_reason(reason)),
    )
    with recording(draft, by=by, at=at):
        row = RoleGrant.objects.select_for_update().get(pk=grant.pk)
        if row.revoked_at is not None:
            raise Conflict("ACCESS-17", zh("这个角色已经收回，没有再次收回。请刷新页面。"))
        if row.role == Role.SECURITY_ADMIN.value:
            require_another_security_administrator(row.person, at=at)
        RoleGrant.objects.filter(pk=row.pk).update(revoked_at=at, revoked_by=by.person)
    grant.refresh_from_db()


def merged_administrators() -> frozenset[Role]:
    """Return the two administrators that one person may be here; empty for none."""
    row = AdministratorMerge.objects.filter(ended_at=None).first()
    return frozenset({Role.of(row.first), Role.of(row.second)}) if row else frozenset()


def merge_administrators(
    *, roles: tuple[Role, Role], reason: str, by: Actor, at: datetime
) -> AdministratorMerge:
    """Let one person be two of the three administrators, since the body is too small.

    Raises:
        Invalid: ACCESS-06 without a reason, ACCESS-20 for anything but two administrators.
        Conflict: ACCESS-21 when a merge holds already.
    """
    first, second = sorted(role.value for role in roles)
    if first == second or not {*roles} <= {*ADMINISTRATORS}:
        raise Invalid("ACCESS-20", zh("只能让三员中的两员由一人兼任。请选两个不同的管理员角色。"))
    row = AdministratorMerge(
        reference=new_reference("merge"),
        first=first,
        second=second,
        reason=check_reason(reason),
        made_by=by.person,
        made_at=at,
    )
    draft = ADMINISTRATORS_MERGED(
        object=row.reference, first=first, second=second, reason=row.reason
    )
    with recording(draft, by=by, at=at):
        if AdministratorMerge.objects.select_for_update().filter(ended_at=None).exists():
            raise Conflict(
                "ACCESS-21",
                zh("已经登记了一项兼任，三员不能都由一人担任。请先撤销原来的兼任。"),
            )
        row.save(force_insert=True)
    return row


def separate_administrators(*, reason: str, by: Actor, at: datetime) -> None:
    """End the merge of two administrators.

    Raises:
        Invalid: ACCESS-06 without a reason.
        Conflict: ACCESS-22 when there is none.
        Denied: ACCESS-23 while one person still is both.
    """
    row = AdministratorMerge.objects.filter(ended_at=None).first()
    if row is None:
        raise Conflict("ACCESS-22", zh("没有登记兼任，不需要撤销。请刷新页面。"))
    draft = ADMINISTRATORS_SEPARATED(
        object=row.reference, first=row.first, second=row.second, reason=check_reason(reason)
    )
    with recording(draft, by=by, at=at):
        later = lasting(timezone.localdate(at))
        others = later.filter(role=row.second).values("person")
        both = later.filter(role=row.first, person__in=others)
        if both.exists():
            raise Denied(
                "ACCESS-23",
                zh("还有人兼任这两个角色，不能撤销。请先收回其中一个角色，再来撤销。"),
            )
        AdministratorMerge.objects.filter(pk=row.pk).update(ended_at=at)
