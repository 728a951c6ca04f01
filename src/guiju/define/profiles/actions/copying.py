"""Copying a profile for a unit, beginning its next version, giving a draft up."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Max
from django.utils import timezone

from guiju.base.org.reads.known import KnownUnit, known_unit
from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import new_reference
from guiju.core.access import EVERYWHERE
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_words import VersionState
from guiju.core.sentence import zh
from guiju.define.profiles import find
from guiju.define.profiles.contents import content_of, profile_in
from guiju.define.profiles.events import BEGUN, COPIED, DISCARDED
from guiju.define.profiles.models import NAME, OwnProfile, Version
from guiju.define.profiles.reads.held import base_of, latest_in_force, profile_with

MOST_REASON = 200


def copy_profile(
    *, unit: str, origin: str, name: str, first_day: date, by: Actor, at: datetime
) -> OwnProfile:
    """Copy a profile for a unit and all below it; the copy is a draft until it is put in force.

    Args:
        unit: the unit's reference.
        origin: code of the profile, or of the version of one, that is copied.
        name: what the copy is called.
        first_day: from which day it is meant to hold.
        by: who copies it.
        at: when.

    Raises:
        Invalid: PROFILE-15 without that profile, PROFILE-16 for a name that is none, PROFILE-17
            without that unit, PROFILE-18 for a day that is past.
        Denied: PROFILE-19 where the unit has its own already, or is no more; what ``recording``
            raises.
        Conflict: PROFILE-14 when somebody was quicker.
    """
    told = profile_with(origin)
    if told is None:
        raise Invalid("PROFILE-15", zh("没有找到要复制的配置。请从配置列表里重新选。"))
    name = checked_name(name)
    known = _living_unit(unit, at)
    check_day(first_day, at)
    base = base_of(origin)
    _require_none(known, base)
    made = OwnProfile(
        reference=new_reference("profile"),
        unit_id=known.number,
        base=base,
        code=f"{base}-{secrets.token_hex(4)}",
        name=name,
    )
    draft = COPIED(
        object=made.reference,
        unit=unit,
        name=name,
        base=base,
        origin=origin,
        code=made.code,
        day=first_day.isoformat(),
    )
    with find.unless_taken(), recording(draft, by=by, at=at):
        made.save(force_insert=True)
        _version(made, replace(told, name=name), 1, origin, first_day, at).save(force_insert=True)
    return made


def begin_version(*, profile: str, first_day: date, by: Actor, at: datetime) -> Version:
    """Begin the next version of a profile as a copy of the one that came into force last.

    Raises:
        Invalid: PROFILE-10; PROFILE-18 for a day that is past, or not after that of the last.
        Denied: PROFILE-12; what ``recording`` raises.
        Conflict: PROFILE-14 while there is a draft.
    """
    found = find.profile_at(profile)
    find.require_running(found)
    check_day(first_day, at)
    last = latest_in_force(found)
    if last is None or found.versions.filter(state=VersionState.DRAFT.value).exists():
        raise Denied("PROFILE-20", zh("「{name}」已有一版草稿，请接着改那一版。", name=found.name))
    require_later(last, first_day)
    ordinal = found.versions.aggregate(last=Max("ordinal"))["last"] + 1
    draft = BEGUN(
        object=profile,
        name=found.name,
        ordinal=ordinal,
        origin=last.code,
        code=_code(found, ordinal),
        day=first_day.isoformat(),
    )
    with find.unless_taken(), recording(draft, by=by, at=at):
        made = _version(found, profile_in(last), ordinal, last.code, first_day, at)
        made.save(force_insert=True)
    return made


def discard_draft(*, profile: str, reason: str, by: Actor, at: datetime) -> bool:
    """Give a draft up; with the only version goes the profile. What it was stays in the record.

    Returns:
        Whether the profile is still there.

    Raises:
        Invalid: PROFILE-10; PROFILE-21 without a reason.
        Denied: PROFILE-11; what ``recording`` raises.
        Conflict: PROFILE-13.
    """
    found = find.profile_at(profile)
    draft = find.draft_of(found)
    event = DISCARDED(
        object=profile,
        name=found.name,
        ordinal=draft.ordinal,
        code=draft.code,
        reason=checked_reason(reason),
    )
    with recording(event, by=by, at=at):
        find.hold_draft(draft, None, at).delete()
        is_left = found.versions.exists()
        if not is_left:
            found.delete()
    return is_left


def checked_name(name: str) -> str:
    """Return a name without blanks around it.

    Raises:
        Invalid: PROFILE-16 for one that is missing, too long or holds unseen characters.
    """
    trimmed = name.strip()
    if not trimmed or len(trimmed) > NAME or not trimmed.isprintable():
        raise Invalid(
            "PROFILE-16",
            zh("「名称」必须填写，最多 {most} 个字，不能换行。请重新填写。", most=NAME),
        )
    return trimmed


def checked_reason(reason: str) -> str:
    """Return a reason without blanks around it.

    Raises:
        Invalid: PROFILE-21 without one, or for one that is too long.
    """
    trimmed = reason.strip()
    if not trimmed or len(trimmed) > MOST_REASON:
        raise Invalid("PROFILE-21", zh("请写明原因，最多 {most} 个字。", most=MOST_REASON))
    return trimmed


def check_day(first_day: date, at: datetime) -> None:
    """Refuse a first day that is past: lists of then were judged otherwise.

    Raises:
        Invalid: PROFILE-18.
    """
    if first_day < timezone.localdate(at):
        raise Invalid(
            "PROFILE-18",
            zh("{day} 已经过去。配置只能从今天或以后的一天起用，请改日期。", day=str(first_day)),
        )


def require_later(last: Version, first_day: date) -> None:
    """Refuse a version that would begin before, or with, the one that came into force last.

    Raises:
        Invalid: PROFILE-18.
    """
    if first_day <= last.valid_from:
        raise Invalid(
            "PROFILE-18",
            zh(
                "第 {ordinal} 版从 {day} 起用，新的一版要在那以后。请改日期。",
                ordinal=last.ordinal,
                day=str(last.valid_from),
            ),
        )


def _living_unit(reference: str, at: datetime) -> KnownUnit:
    known = known_unit(reference, EVERYWHERE)
    if known is None:
        raise Invalid("PROFILE-17", zh("没有找到这个单位。请从组织里重新选择。"))
    if known.abolished is not None and known.abolished <= timezone.localdate(at):
        raise Denied(
            "PROFILE-19",
            zh(
                "「{name}」已于 {day} 撤销，不能再有自己的配置。请为承接它的单位复制。",
                name=known.name,
                day=str(known.abolished),
            ),
        )
    return known


def _require_none(unit: KnownUnit, base: str) -> None:
    other = OwnProfile.objects.filter(unit_id=unit.number, base=base, ended=None).first()
    if other is not None:
        raise Denied(
            "PROFILE-19",
            zh(
                "「{unit}」已有「{name}」代替这一套。要改，请在它上面起草新的一版。",
                unit=unit.name,
                name=other.name,
            ),
        )


def _version(
    profile: OwnProfile,
    told: Profile,
    ordinal: int,
    origin: str,
    first_day: date,
    at: datetime,
) -> Version:
    code = _code(profile, ordinal)
    return Version(
        profile=profile,
        ordinal=ordinal,
        code=code,
        origin=origin,
        state=VersionState.DRAFT.value,
        valid_from=first_day,
        content=content_of(replace(told, code=code, valid_from=first_day)),
        changed_at=at,
    )


def _code(profile: OwnProfile, ordinal: int) -> str:
    return f"{profile.code}-{ordinal}"
