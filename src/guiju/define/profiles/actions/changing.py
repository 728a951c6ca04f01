"""Changing what a draft says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from guiju.base.record.actor import Actor
from guiju.base.record.door import recording
from guiju.core.errors import Invalid
from guiju.core.lists.profile import Profile
from guiju.core.lists.profile_diff import differences
from guiju.core.sentence import listing, zh
from guiju.define.profiles import find
from guiju.define.profiles.actions.copying import checked_name
from guiju.define.profiles.contents import content_of, profile_in
from guiju.define.profiles.events import CHANGED

MOST_CHAINS = 60
MOST_BYTES = 200_000
"""How much a profile may say; those that come with Guiju have a thirtieth of it."""

_TOLD = 3_000
"""Characters of what was said before and after that an event repeats."""


def change_draft(
    *, profile: str, told: Profile, revision: int | None, by: Actor, at: datetime
) -> int:
    """Let a draft say something else; its code and first day stay.

    Args:
        profile: the profile's reference.
        told: all that it is to say.
        revision: the revision that whoever changes it has seen; None for any.
        by: who changes it.
        at: when.

    Returns:
        How many lines changed.

    Raises:
        Invalid: PROFILE-10; PROFILE-16 for its name, PROFILE-22 for too much, PROFILE-26 for
            what is no text.
        Denied: PROFILE-11; what ``recording`` raises.
        Conflict: PROFILE-13.
    """
    found = find.profile_at(profile)
    draft = find.draft_of(found)
    name = checked_name(told.name)
    told = replace(told, name=name, code=draft.code, valid_from=draft.valid_from)
    content = _checked(told)
    before = profile_in(draft)
    if told == before and content == draft.content:
        return 0
    changes = differences(before, told)
    event = CHANGED(
        object=profile,
        name=name,
        ordinal=draft.ordinal,
        parts=str(listing(dict.fromkeys(one.part.label for one in changes))),
        count=len(changes),
        before=_said([str(one.before) for one in changes]),
        after=_said([str(one.after) for one in changes]),
        revision=draft.revision + 1,
    )
    with recording(event, by=by, at=at):
        held = find.hold_draft(draft, revision, at)
        held.content = content
        held.save(update_fields=(*find.COUNTED, "content"))
        if draft.ordinal == 1 and name != found.name:
            found.name = name
            found.save(update_fields=("name",))
    return len(changes)


def _said(texts: Sequence[str]) -> str:
    whole = "\n".join(texts)
    return whole if len(whole) <= _TOLD else f"{whole[:_TOLD]}…"


def _checked(told: Profile) -> str:
    """Return what is to be kept, if it is not too much."""
    content = content_of(told)
    if _size(content) > MOST_BYTES or len(told.chains) > MOST_CHAINS:
        raise Invalid(
            "PROFILE-22",
            zh(
                "配置最多 {most} KB、{chains} 条审批链。请写短一些，或删去用不到的。",
                most=MOST_BYTES // 1000,
                chains=MOST_CHAINS,
            ),
        )
    return content


def _size(content: str) -> int:
    try:
        return len(content.encode("utf-8"))
    except UnicodeEncodeError:
        raise Invalid(
            "PROFILE-26", zh("配置里有不成字的半个字符，不能保存。请删去后再提交。")
        ) from None
