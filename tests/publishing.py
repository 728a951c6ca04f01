"""Published editions for tests: a sound one, taken through its chain where that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from django.test import Client

from guiju.core.lists.words import EditionState
from guiju.define.approval.models import Review
from guiju.publish.portal.actions.publishing import publish_due
from guiju.publish.portal.models import Issue
from recorded import NOON
from reviewing import draft_of, effective, passed, submitted
from small_edition import SOUND

NEXT_DAY = NOON + timedelta(days=1)


def published(county, told=SOUND, at=NOON, **said):
    """An edition in effect that was published; when."""
    edition = draft_of(county.owner, told, **said)
    after = effective(county, edition, at)
    assert publish_due(at=after) == 1
    return Issue.objects.get(edition=edition), after


def noticed(county, told=SOUND, at=NOON):
    """A published edition in public notice."""
    edition = draft_of(county.owner, told)
    review = submitted(edition, at)
    passed(county, review, at)
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLIC_NOTICE.value
    assert publish_due(at=at) == 1
    return Issue.objects.get(edition=edition)


def address(issue, *path):
    identity = issue.edition.reference.partition(":")[2]
    return "/".join(["", "open", "editions", identity, *path])


def text_of(path, status=200, client=None, **said):
    response = (client or Client()).get(path, **said)
    assert response.status_code == status, (path, response.status_code)
    return response.content.decode()


def last_day(issue):
    return Review.objects.get(edition=issue.edition).notice_to


def with_publication(table, publication, edition=SOUND):
    """The edition with one publication for all items of a table."""
    items = tuple(replace(one, publication=publication) for one in getattr(edition, table))
    return replace(edition, **{table: items})
