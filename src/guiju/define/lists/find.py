"""Finding the edition that an act is about, and keeping it still while it is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import IntegrityError

from guiju.core.errors import Conflict, Denied, Invalid
from guiju.core.lists.words import EditionState, ItemKind
from guiju.core.sentence import zh
from guiju.define.lists.models import Edition

COUNTED = ("revision", "changed_at")
"""Columns that every change of a draft writes."""

_KEPT: list[Callable[[Edition], bool]] = []


def edition_at(reference: str) -> Edition:
    """Return the edition with this reference, and its unit.

    Raises:
        Invalid: EDITION-01 when there is none.
    """
    found = Edition.objects.select_related("unit").filter(reference=reference).first()
    if found is None:
        raise not_found()
    return found


def not_found() -> Invalid:
    """Return the refusal of an edition that is not there, or not for whoever asks (EDITION-01)."""
    return Invalid("EDITION-01", zh("没有找到这个版本，可能已被放弃。请回到清单列表，重新打开。"))


def require_draft(edition: Edition) -> None:
    """Refuse to change an edition that is no draft.

    Raises:
        Denied: EDITION-02.
    """
    if edition.state != EditionState.DRAFT.value:
        raise Denied(
            "EDITION-02",
            zh(
                "「{name}」第 {ordinal} 版{state}，内容已锁定，不能再改。"
                "要改，请退回起草，或另起草新版本。",
                name=edition.title,
                ordinal=edition.ordinal,
                state=EditionState.of(edition.state).label,
            ),
        )


def keep_given_up(condition: Callable[[Edition], bool]) -> None:
    """Let a draft stay, to be read only, when it is given up and an area answers yes for it."""
    _KEPT.append(condition)


def stays(edition: Edition) -> bool:
    """Tell whether a draft that is given up stays; a query for each area that has a say."""
    return any(one(edition) for one in _KEPT)


def hold_draft(edition: Edition, revision: int | None, at: datetime) -> Edition:
    """Let nobody else change a draft before the door closes; return it with its next revision.

    Args:
        edition: as it was read.
        revision: the revision that whoever changes it has seen; None for any.
        at: when it is changed; saving ``COUNTED`` writes both.

    Raises:
        Denied: EDITION-02 when it is no draft any more.
        Conflict: EDITION-03 when somebody changed it since.
    """
    now = Edition.objects.select_for_update().filter(number=edition.number).first()
    if now is None or (revision is not None and now.revision != revision):
        raise Conflict(
            "EDITION-03",
            zh(
                "就在刚才，有人改了「{name}」，您的改动没有保存。请刷新页面，核对后重新提交。",
                name=edition.title,
            ),
        )
    require_draft(now)
    now.revision, now.changed_at = now.revision + 1, at
    return now


def no_item(kind: ItemKind, code: str) -> Invalid:
    """Return the refusal of an item that an edition does not have (EDITION-13)."""
    return Invalid(
        "EDITION-13",
        zh(
            "这个版本里没有编码为「{code}」的{kind}。请刷新页面查看。",
            code=code,
            kind=kind.label,
        ),
    )


def code_taken(code: str) -> Conflict:
    """Return the refusal of a new item whose code another one bears (EDITION-20)."""
    return Conflict("EDITION-20", zh("编码「{code}」已经有了。请换一个，或去改那一项。", code=code))


@contextmanager
def unless_open() -> Iterator[None]:
    """Say in words that a unit has an edition on its way already.

    Raises:
        Conflict: EDITION-04.
    """
    try:
        yield
    except IntegrityError:
        raise Conflict(
            "EDITION-04",
            zh(
                "这个单位已有一个正在编制、审核或公示的版本，同一时间只能有一个。"
                "请打开那个版本继续，或先放弃它。"
            ),
        ) from None
