"""Telling people something, exactly once, and noting that they have read it."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from guiju.base.inbox import titles
from guiju.base.inbox.events import READ, SENT, TOLD
from guiju.base.inbox.models import Notice
from guiju.base.inbox.states import NoticeKind
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Personal
from guiju.base.record.vault import key_store
from guiju.core.errors import Conflict
from guiju.core.sentence import Sentence

MOST_AT_ONCE = 200
"""How many notices one event speaks of."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What somebody is told.

    Attributes:
        to: the person.
        kind: why.
        says: one sentence.
        key: by which it is known again; the same key is never told twice.
        task: the reference of the task that it is about.
        about: what else it is about.
    """

    to: str
    kind: NoticeKind
    says: Sentence
    key: str
    task: str = ""
    about: str = ""


def tell(telling: Telling, *, by: Actor, at: datetime) -> bool:
    """Tell somebody something; return False when they were told before, or are erased.

    Of two workers at once one tells: the event's key is made of the notice's.

    Raises:
        Conflict: RECORD-05 when it was told before and this happens inside another act.
    """
    if Notice.objects.filter(key=telling.key).exists() or is_erased(telling.to):
        return False
    draft = TOLD(
        object=telling.task or telling.about,
        to=telling.to,
        kind=telling.kind.value,
        text=Personal(telling.to, str(telling.says)),
    )
    row = Notice(
        key=telling.key,
        person=telling.to,
        kind=telling.kind,
        box=titles.sealed(telling.to, titles.NOTICE, telling.says),
        task=telling.task,
        about=telling.about,
        created_at=at,
    )
    try:
        with recording(draft, by=by, at=at, key=_event_key("told", telling.key)):
            Notice.objects.bulk_create([row], ignore_conflicts=True)
    except Conflict as refusal:
        if refusal.code != "RECORD-05":
            raise
        return False
    return True


def is_erased(person: str) -> bool:
    """Tell whether a person's data was erased: nobody is there to be told anything."""
    return key_store().is_erased(person)


def read_notices(
    person: str, *, numbers: Collection[int] | None = None, by: Actor, at: datetime
) -> int:
    """Note that a person has read their notices, or those of these numbers; return how many.

    It is an event although it changes no power: whoever was reminded of a limit, or was told
    that a task went to their superior, cannot say later that they never saw it (已阅).
    """
    unread = Notice.objects.filter(person=person, read_at__isnull=True).order_by("number")
    if numbers is not None:
        unread = unread.filter(number__in=numbers)
    found = list(unread.values_list("number", flat=True)[:MOST_AT_ONCE])
    if not found:
        return 0
    draft = READ(object=person, count=len(found), notices=found)
    with suppress(Conflict), recording(draft, by=by, at=at, key=_event_key("read", str(found))):
        return Notice.objects.filter(number__in=found, read_at__isnull=True).update(read_at=at)
    return 0


def send_notice(key: str, *, at: datetime) -> bool:
    """Note that a notice goes out by mail now; return whether it does so for the first time.

    Noted before it is sent: a crash between loses a mail, which stands in the inbox anyway,
    and never sends one twice.
    """
    row = Notice.objects.filter(key=key, sent_at__isnull=True).first()
    if row is None:
        return False
    draft = SENT(object=row.task or row.about, to=row.person)
    try:
        with recording(draft, by=SYSTEM, at=at, key=_event_key("sent", key)):
            return bool(Notice.objects.filter(pk=row.pk, sent_at__isnull=True).update(sent_at=at))
    except Conflict:
        return False


def _event_key(what: str, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"guiju:inbox.notice.{what}:{key}")
