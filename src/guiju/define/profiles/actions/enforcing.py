"""Putting a version in force, ending a profile, letting a draft edition take up a newer one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Denied, Invalid
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_checks import faults
from guiju.core.lists.profile_words import VersionState
from guiju.core.sentence import listing, zh
from guiju.define.lists import find as lists_find
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_for
from guiju.define.profiles import find
from guiju.define.profiles.actions.copying import check_day, checked_reason, require_later
from guiju.define.profiles.contents import content_of, digest_of, profile_in
from guiju.define.profiles.events import ENDED, PUT_IN_FORCE, TAKEN_UP
from guiju.define.profiles.models import Version
from guiju.define.profiles.reads.held import latest_in_force, successor

_MOST_SAID = 5


def put_in_force(
    *, profile: str, first_day: date, revision: int | None, by: Actor, at: datetime
) -> Version:
    """Let a draft hold from a day on; from then on nobody changes it.

    Args:
        profile: the profile's reference.
        first_day: editions that begin on it or later are judged by it.
        revision: the revision that was looked at; None for any.
        by: who puts it in force.
        at: when.

    Raises:
        Invalid: PROFILE-10; PROFILE-18 for a day that is past or not after the last version's;
            PROFILE-23 while it has faults.
        Denied: PROFILE-11, PROFILE-12; what ``recording`` raises.
        Conflict: PROFILE-13, PROFILE-14.
    """
    found = find.profile_at(profile)
    find.require_running(found)
    draft = find.draft_of(found)
    check_day(first_day, at)
    if last := latest_in_force(found):
        require_later(last, first_day)
    told = replace(profile_in(draft), valid_from=first_day)
    _require_sound(told)
    content = content_of(told)
    event = PUT_IN_FORCE(
        object=profile,
        name=told.name,
        ordinal=draft.ordinal,
        code=draft.code,
        day=first_day.isoformat(),
        digest=digest_of(content),
    )
    with find.unless_taken(), recording(event, by=by, at=at):
        held = find.hold_draft(draft, revision, at)
        held.content, held.digest = content, digest_of(content)
        held.state, held.valid_from = VersionState.IN_FORCE.value, first_day
        held.save(update_fields=(*find.COUNTED, "content", "digest", "state", "valid_from"))
        if found.name != told.name:
            found.name = told.name
            found.save(update_fields=("name",))
    return held


def _require_sound(told: Profile) -> None:
    if wrong := [one for one in faults(told) if not one.is_doubt]:
        raise Invalid(
            "PROFILE-23",
            zh(
                "还有 {count} 处要改，不能启用：{faults}",
                count=len(wrong),
                faults=listing((one.sentence for one in wrong), most=_MOST_SAID),
            ),
        )


def end_profile(*, profile: str, day: date, reason: str, by: Actor, at: datetime) -> None:
    """Use a profile no more from a day on; what was begun under it keeps it.

    Raises:
        Invalid: PROFILE-10; PROFILE-18 for a day that is past; PROFILE-21 without a reason.
        Denied: PROFILE-12; PROFILE-24 while it has a draft; what ``recording`` raises.
    """
    found = find.profile_at(profile)
    find.require_running(found)
    check_day(day, at)
    if found.versions.filter(state=VersionState.DRAFT.value).exists():
        raise Denied(
            "PROFILE-24",
            zh("「{name}」还有一版草稿。请先启用它，或放弃它，再停用。", name=found.name),
        )
    event = ENDED(
        object=profile, name=found.name, day=day.isoformat(), reason=checked_reason(reason)
    )
    with recording(event, by=by, at=at):
        found.ended = day
        found.save(update_fields=("ended",))


def take_up(*, edition: str, revision: int | None, by: Actor, at: datetime) -> Edition:
    """Judge a draft edition by the profile that is in force now instead of an older one.

    Args:
        edition: the edition's reference.
        revision: of the edition, as it was looked at; None for any.
        by: who does it.
        at: when.

    Raises:
        Invalid: EDITION-01; PROFILE-25 when it is judged by what is in force already.
        Denied: EDITION-02; what ``recording`` raises.
        Conflict: EDITION-03.
    """
    found = lists_find.edition_at(edition)
    lists_find.require_draft(found)
    code = successor(found.unit.path, found.profile, timezone.localdate(at))
    if code == found.profile:
        raise Invalid("PROFILE-25", zh("「{name}」用的就是今天的配置，不用换。", name=found.title))
    event = TAKEN_UP(
        object=found.reference,
        edition=found.title,
        ordinal=found.ordinal,
        name=profile_for(code).name,
        before=found.profile,
        after=code,
    )
    with recording(event, by=by, at=at):
        held = lists_find.hold_draft(found, revision, at)
        held.profile = code
        held.save(update_fields=(*lists_find.COUNTED, "profile"))
    return held
