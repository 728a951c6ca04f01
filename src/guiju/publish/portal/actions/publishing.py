"""Publishing an edition: its public form is made once, recorded, and kept for everybody."""

from __future__ import annotations

import hashlib
import zlib
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError
from django.db.models import F, Q
from django.utils import timezone

from guiju.base.org.reads.staffing import staffing
from guiju.base.record.actor import SYSTEM, Actor
from guiju.base.record.door import recording
from guiju.base.record.event_types import Draft
from guiju.base.record.reads import Filters, timeline
from guiju.core.errors import Denied, Refusal
from guiju.core.lists import canonical as lists_canonical
from guiju.core.lists.closing import shut_in
from guiju.core.lists.public import Opened, public_edition
from guiju.core.lists.words import EditionState
from guiju.core.plain import plain
from guiju.core.sentence import zh
from guiju.define.approval.events import TOOK_EFFECT
from guiju.define.approval.find import hold
from guiju.define.approval.reads.objections import notice_of
from guiju.define.lists import find
from guiju.define.lists.models import Edition
from guiju.define.lists.profiles import profile_of
from guiju.define.lists.reads.whole import whole
from guiju.publish.portal.actions import files, keeping
from guiju.publish.portal.actions.closing import close_due
from guiju.publish.portal.actions.everything import keep_all
from guiju.publish.portal.events import PUBLISHED
from guiju.publish.portal.models import Gram, Issue, OpenFile, OpenItem
from guiju.publish.portal.reads.proofs import withheld_bytes

SHOWN = (EditionState.PUBLIC_NOTICE, EditionState.EFFECTIVE)
"""In which states an edition is published."""


def publish_due(*, at: datetime) -> int:
    """Publish every edition that is in public notice or in effect and is not yet; return how many.

    What is refused waits for the next time. What an edition in use closes is taken out of the
    unit's older ones.
    """
    rows = Edition.objects.filter(state__in=[one.value for one in SHOWN])
    known = Q(issue__state=F("state"), issue__source=F("digest"))
    count = 0
    for reference in rows.exclude(known).order_by("number").values_list("reference", flat=True):
        with suppress(Refusal, IntegrityError):
            publish(edition=reference, by=SYSTEM, at=at)
            count += 1
    close_due(at=at)
    keep_all(at=at)
    return count


def publish(*, edition: str, by: Actor, at: datetime) -> Issue:
    """Publish an edition that is in public notice or in effect, or publish it again.

    Raises:
        Invalid: EDITION-01.
        Denied: PORTAL-01 for an edition in another state; what ``recording`` raises.
    """
    found = find.edition_at(edition)
    state = _publishable(found)
    lists, profile = whole(found), profile_of(found)
    opened = public_edition(lists, profile, _names(found, timezone.localdate(at)))
    facts = _facts(found, opened, at)
    before = Issue.objects.filter(edition=found).first()
    is_new = before is None or before.digest != facts["digest"]
    if is_new:
        facts["groups"] = keeping.groups_of(found, opened.edition)
    if is_new or state is EditionState.EFFECTIVE:  # what it closes it shows as a change no more
        shut = shut_in(lists, opened.edition, profile) if state is EditionState.EFFECTIVE else {}
        facts["changes"] = keeping.changes_of(found, opened.edition, shut)
    draft = _told(found, facts, found.digest or lists_canonical.digest(lists))
    with recording(draft, by=by, at=at, key=facts["event"]):
        hold(found, state)
        issue, _ = Issue.objects.update_or_create(edition=found, defaults=facts)
        if is_new:
            OpenItem.objects.filter(issue=issue).delete()
            rows = keeping.rows_of(issue, opened.edition)
            OpenItem.objects.bulk_create(rows, batch_size=keeping.BATCH)
        for form, file in files.files_of(opened.edition, issue.head, at).items():
            OpenFile.objects.update_or_create(issue=issue, form=form, defaults=file)
        if state is EditionState.EFFECTIVE:  # of a unit's editions only this one is found
            Gram.objects.filter(item__issue__edition__unit=found.unit_id).delete()
            Gram.objects.bulk_create(keeping.grams_of_issue(issue), batch_size=keeping.BATCH)
    return issue


def _publishable(edition: Edition) -> EditionState:
    state = EditionState.of(edition.state)
    if state not in SHOWN:
        raise Denied(
            "PORTAL-01",
            zh(
                "「{name}」{state}，不能向社会公布。公示或生效后再公布。",
                name=edition.title,
                state=state.label,
            ),
        )
    return state


def _facts(edition: Edition, opened: Opened, at: datetime) -> dict[str, Any]:
    content = lists_canonical.encoded(opened.edition)
    days = notice_of(edition)
    is_effective = edition.state == EditionState.EFFECTIVE.value
    return {
        "state": edition.state,
        "source": edition.digest,
        "digest": _sha256(content),
        "head": _head(edition),
        "withheld": plain(opened.withheld),
        "content": zlib.compress(content, 6),
        "event": uuid4(),
        "effect": _effect(edition.reference) if is_effective else None,
        "published_at": at,
        "notice_from": days.first if days else None,
        "notice_to": days.last if days else None,
        "closed": [],
        "closings": [],
        "closed_at": None,
    }


def _told(edition: Edition, facts: dict[str, Any], source: str) -> Draft:
    return PUBLISHED(
        object=edition.reference,
        name=edition.title,
        ordinal=edition.ordinal,
        state=edition.state,
        digest=facts["digest"],
        withheld=_sha256(withheld_bytes(facts["withheld"])),
        source=source,
    )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _head(edition: Edition) -> dict[str, Any]:
    return {
        "unit": edition.unit.reference,
        "unit_name": edition.unit.name,
        "title": edition.title,
        "ordinal": edition.ordinal,
    }


def _effect(edition: str) -> UUID | None:
    """Return the newest event by which an edition took effect."""
    found = timeline(Filters(kind=TOOK_EFFECT.kind, object=edition), size=1).rows
    return found[0].key if found else None


def _names(edition: Edition, on: date) -> frozenset[str]:
    """Return what the people of the unit are called."""
    posts = staffing(edition.unit.path, on)
    return frozenset(held.name for post in posts for held in post.holders if held.name)
