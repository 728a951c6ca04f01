"""Asking several people for the same: the holders of posts on the day, or people by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from guiju.base.inbox.actions.tasks import assign_task
from guiju.base.inbox.asked import Holder, Link, NewTask
from guiju.base.inbox.kinds import ASKED
from guiju.base.org.reads import standing
from guiju.base.org.reads.holders import holders_of
from guiju.base.record.actor import Actor
from guiju.core.calendar import Span
from guiju.core.errors import Denied, Invalid
from guiju.core.organisation.words_bodies import StandIn
from guiju.core.sentence import listing, zh


@dataclass(frozen=True, slots=True)
class Chosen:
    """A post or a person that was chosen, and how it is called."""

    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What several people are asked for.

    Attributes:
        says: one sentence, as it was typed.
        holders: whom.
        limit: how long it may take.
        before: working days before the last day on which they are reminded.
        link: what opens when it is dealt with.
    """

    says: str
    holders: Sequence[Holder]
    limit: Span
    before: int
    link: Link | None = None


def holders_of_chosen(chosen: Sequence[Chosen], *, on: date) -> tuple[Holder, ...]:
    """Return who has to do it: of a post its holder on that day, else who acts in it.

    Nobody is named twice; somebody who is chosen by name acts in the post they hold.

    Raises:
        Denied: INBOX-07 for posts that nobody holds.
    """
    posts = [one.reference for one in chosen if one.reference.startswith("post:")]
    held = holders_of(posts, on)
    serving = {
        post: next((one for one in held.get(post, ()) if one.how is not StandIn.DELEGATE), None)
        for post in posts
    }
    vacant = [one.name for one in chosen if serving.get(one.reference, one) is None]
    if vacant:
        raise Denied(
            "INBOX-07",
            zh("今天没有人任职：{posts}。请去掉这些岗位，或直接写人员。", posts=listing(vacant)),
        )
    found: dict[str, tuple[str, str]] = {}
    for one in chosen:
        holder = serving.get(one.reference)
        person, post = (holder.person, one.reference) if holder else (one.reference, "")
        found.setdefault(person, (person, post or standing.acting_post(person, on)[0]))
    units = standing.units_of({post for _, post in found.values() if post})
    return tuple(
        Holder(person, post, *units.get(post, ("", ""))) for person, post in found.values()
    )


def ask_all(asked: Asked, *, key: UUID, by: Actor, at: datetime) -> tuple[str, ...]:
    """Give everybody the task; return the tasks' references.

    Args:
        asked: what, whom, until when.
        key: of the form: the same form makes no second task of anybody.
        by: who asks.
        at: when.

    Raises:
        Invalid: INBOX-08 without a sentence or for nobody; as ``assign_task``.
        Denied: RECORD-20 for somebody whose data was erased.
        Conflict: as ``assign_task``.
    """
    says = checked_asking(asked.says, asked.holders)
    return tuple(
        assign_task(
            NewTask(
                ASKED,
                zh("{says}", says=says),
                one,
                limit=asked.limit,
                link=asked.link,
                remind_before=asked.before,
                origin=f"asked:{key}:{one.person}",
            ),
            by=by,
            at=at,
        )
        for one in asked.holders
    )


def checked_asking(says: str, whom: Sequence[object]) -> str:
    """Return what is asked without blanks too many.

    Raises:
        Invalid: INBOX-08 without a sentence or for nobody.
    """
    tidy = " ".join(says.split())
    if not tidy or not whom:
        raise Invalid("INBOX-08", zh("没有写办什么，或没有选办理人。请写明后再交办。"))
    return tidy
