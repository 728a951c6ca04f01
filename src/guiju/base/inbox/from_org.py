"""What the organisation knows of people, told to the inbox; and delegations, told to people.

The organisation stands below the inbox, so it fills none of its registries itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from guiju.base.inbox.actions.notices import Telling, tell
from guiju.base.inbox.people import (
    Absence,
    Colleague,
    colleagues,
    names,
    substitutes,
    superiors,
)
from guiju.base.inbox.states import NoticeKind
from guiju.base.inbox.working_days import today
from guiju.base.org.events import DELEGATED, DELEGATION_REVOKED
from guiju.base.org.reads import colleagues as beside
from guiju.base.org.reads import standing
from guiju.base.record.actor import SYSTEM
from guiju.base.record.guards import Seen, add_listener
from guiju.core.sentence import Sentence, zh

_NAME = "org"


def absences(people: Collection[str], at: datetime) -> Iterable[Absence]:
    """Return for whom others stand in, by delegation or as acting holder; one query."""
    found = beside.absences(people, today(at))
    return [Absence(absent, other, frozenset({post})) for absent, other, post in found]


def superior(person: str, post: str, at: datetime) -> str:
    """Return the head of the post's unit, or of the nearest unit above that has one."""
    return standing.superior_of(person, post, today(at))


def colleagues_of(person: str, at: datetime) -> Iterable[Colleague]:
    """Return who else holds a post in somebody's units or right below."""
    return [
        Colleague(one.person, one.post, one.unit, one.path, f"{one.name} · {one.post_name}")
        for one in beside.colleagues(person, today(at))
    ]


def called(references: Collection[str], _at: datetime) -> Mapping[str, str]:
    """Return how people, posts and units are called."""
    return standing.called(references)


def tell_delegate(seen: Seen) -> None:
    """Tell who stands in that they do, or do no more."""
    draft = seen.draft
    delegate, post = str(draft.data["delegate"]), str(draft.data["post"])
    if delegate != seen.actor.person:
        says = _said(draft.data, principal=draft.object, post=post)
        about = str(draft.data["delegation"])
        telling = Telling(delegate, NoticeKind.TOLD, says, f"org:{seen.key}", about=about)
        tell(telling, by=SYSTEM, at=seen.at)


def _said(data: Mapping[str, object], *, principal: str, post: str) -> Sentence:
    """Return what they are told, with references that are named when it is shown."""
    if "start_date" not in data:
        return zh(
            "{principal}的「{post}」不再由您代办，委托已经收回。", principal=principal, post=post
        )
    return zh(
        "{principal}委托您代办「{post}」，{first} 至 {last}。",
        principal=principal,
        post=post,
        first=str(data["start_date"]),
        last=str(data["last_date"]),
    )


def register() -> None:
    """Fill the inbox's registries, and listen for delegations."""
    substitutes.add_source(_NAME, absences)
    superiors.add_source(_NAME, superior)
    colleagues.add_source(_NAME, colleagues_of)
    names.add_source(_NAME, called)
    add_listener(
        "inbox.delegations", tell_delegate, kinds=[DELEGATED.kind, DELEGATION_REVOKED.kind]
    )
