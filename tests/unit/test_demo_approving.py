"""The example's editions go through their chains with the people who hold the posts."""

import pytest

from guiju.core.lists.words import EditionState
from guiju.define.approval.models import SignOff
from guiju.demo.lists.approving import Stage, take_through
from recorded import NOON
from reviewing import SUBMITTER, Chain, draft_of, nothing_found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.mark.parametrize(
    ("until", "state", "signs"),
    [
        (Stage.SUBMITTED, EditionState.IN_REVIEW, 0),
        (Stage.HALF_SIGNED, EditionState.IN_REVIEW, 1),
        (Stage.NOTICED, EditionState.PUBLIC_NOTICE, 4),
        (Stage.EFFECTIVE, EditionState.EFFECTIVE, 4),
    ],
)
def test_an_edition_is_taken_as_far_as_asked(monkeypatch, until, state, signs):
    nothing_found(monkeypatch)
    edition = draft_of(Chain().owner)
    after = take_through(edition.reference, by=SUBMITTER, at=NOON, until=until)
    edition.refresh_from_db()
    assert EditionState.of(edition.state) is state
    assert SignOff.objects.count() == signs
    assert after >= NOON
