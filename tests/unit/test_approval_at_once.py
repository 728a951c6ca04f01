"""Two people sign in the same moment; and a list that the checks are really content with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from guiju.base.inbox.models import Task
from guiju.base.inbox.states import TaskState
from guiju.base.record.models import Event
from guiju.core.errors import Refusal
from guiju.core.lists.words import EditionState, Severity
from guiju.define.approval.models import Review, Seat, SignOff
from guiju.define.lists.reads.checks import report_of
from recorded import NOON
from reviewing import Chain, draft_of, nothing_found, passed, sign, submitted


def at_once(*acts):
    """Do several things in the same moment; return what refused each, or nothing."""

    def alone(act):
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def test_two_reviewers_sign_in_the_same_moment_and_the_next_step_opens_once(
    record_database, monkeypatch
):
    nothing_found(monkeypatch)
    county = Chain()
    review = submitted(draft_of(county.owner))
    one, other = county.actor("S-01"), county.actor("B-01")
    refused = at_once(lambda: sign(review, one), lambda: sign(review, other))
    assert refused == ["", ""]
    assert SignOff.objects.filter(review=review).count() == 2
    assert Seat.objects.filter(review=review, place=2).count() == 1
    assert Task.objects.filter(kind="approval.sign", state=TaskState.OPEN.value).count() == 1


def test_the_same_signature_twice_in_the_same_moment_counts_once(record_database, monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    review = submitted(draft_of(county.owner))
    by = county.actor("S-01")
    refused = at_once(lambda: sign(review, by), lambda: sign(review, by))
    assert refused.count("") == 1
    assert SignOff.objects.filter(review=review).count() == 1
    assert Event.objects.filter(kind="approval.edition.signed").count() == 1


def test_two_submissions_in_the_same_moment_make_one_review(record_database, monkeypatch):
    nothing_found(monkeypatch)
    county = Chain()
    edition = draft_of(county.owner)
    refused = at_once(lambda: submitted(edition), lambda: submitted(edition))
    assert refused.count("") == 1
    assert Review.objects.count() == 1
    assert Seat.objects.count() == 2


@pytest.mark.django_db
def test_a_list_with_which_the_checks_are_content_goes_through(data_folder):
    county = Chain()
    edition = draft_of(county.owner)
    found = report_of(edition, NOON.date())
    assert [one for one in found.blocking if one.severity is Severity.ERROR] == []
    assert found.blocking == ()
    review = submitted(edition)
    passed(county, review)
    edition.refresh_from_db()
    assert edition.state == EditionState.PUBLIC_NOTICE.value
