"""Finding the profile that an act is about, and keeping its draft still while it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.profile_words import VersionState
from guiju.core.sentence import zh
from guiju.define.profiles.models import OwnProfile, Version

COUNTED = ("revision", "changed_at")
"""Columns that every change of a draft writes."""


def profile_at(reference: str) -> OwnProfile:
    """Return the profile with this reference, and its unit.

    Raises:
        Invalid: PROFILE-10 when there is none.
    """
    found = OwnProfile.objects.select_related("unit").filter(reference=reference).first()
    if found is None:
        raise Invalid(
            "PROFILE-10", zh("没有找到这套配置，可能已被放弃。请回到配置列表，重新打开。")
        )
    return found


def draft_of(profile: OwnProfile) -> Version:
    """Return the draft of a profile.

    Raises:
        Denied: PROFILE-11 when it has none.
    """
    found = profile.versions.filter(state=VersionState.DRAFT.value).first()
    if found is None:
        raise Denied(
            "PROFILE-11",
            zh(
                "「{name}」没有在改的草稿，已启用的版本不能再改。要改，请先起草新的一版。",
                name=profile.name,
            ),
        )
    return found


def require_running(profile: OwnProfile) -> None:
    """Refuse to go on with a profile that was ended.

    Raises:
        Denied: PROFILE-12.
    """
    if profile.ended is not None:
        raise Denied(
            "PROFILE-12",
            zh(
                "「{name}」自 {day} 起停用，不能再改。要用，请从它复制一套新的。",
                name=profile.name,
                day=str(profile.ended),
            ),
        )


def hold_draft(draft: Version, revision: int | None, at: datetime) -> Version:
    """Let nobody else change a draft before the door closes; return it with its next revision.

    Raises:
        Conflict: PROFILE-13 when somebody changed it since, or it is no draft any more.
    """
    held = (
        Version.objects.select_for_update()
        .filter(number=draft.number, state=VersionState.DRAFT.value)
        .first()
    )
    if held is None or (revision is not None and held.revision != revision):
        raise Conflict(
            "PROFILE-13",
            zh("就在刚才，有人改了这套配置，您的改动没有保存。请刷新页面，核对后重新提交。"),
        )
    held.revision, held.changed_at = held.revision + 1, at
    return held


@contextmanager
def unless_taken() -> Iterator[None]:
    """Say in words that somebody was quicker.

    Raises:
        Conflict: PROFILE-14.
    """
    try:
        yield
    except IntegrityError:
        raise Conflict(
            "PROFILE-14",
            zh(
                "就在刚才，有人为这个单位复制了配置、起草了新版，或启用了同一天的一版。"
                "请打开那一套，在它上面改。"
            ),
        ) from None
