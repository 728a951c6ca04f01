"""What is put before somebody: editions that they may open, and the list of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from guiju.base.org.reads.standing import Acting, acting
from guiju.base.ui.sources import Rows
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import SignAction
from guiju.define.approval.models import Review, Seat, SignOff
from guiju.define.lists.models import Edition


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A seat of somebody's, in the list of what was put before them.

    Attributes:
        edition: the edition's reference.
        step: what they are asked for; ``is_open`` whether still.
        due_at: until when.
        is_returned: whether they sent it back; None where they did not sign.
    """

    seat: int
    edition: str
    review: str
    title: str
    ordinal: int
    unit: str
    unit_name: str
    state: EditionState
    step: str
    action: SignAction
    asked_at: datetime
    task: str
    is_open: bool
    is_returned: bool | None


def put_before(who: Acting) -> Q:
    """Return which editions somebody may open because they were, or are, asked to sign them.

    Also those who submitted them, and who stands in for somebody who is asked.
    """
    theirs = Q(submitter=who.person) | Q(number__in=_seats(who).values("review"))
    return Q(number__in=Review.objects.filter(theirs).values("edition"))


def was_submitted(edition: Edition) -> bool:
    """Tell whether an edition was ever put before those who sign: then it stays; one query."""
    return Review.objects.filter(edition=edition).exists()


def mine(person: str, conditions: Mapping[str, str]) -> Rows[ReviewLine]:
    """Return what was put before somebody, or before whom they stand in for.

    Args:
        person: who.
        conditions: ``state`` ``open`` or ``done``, ``search`` a title or unit.

    A page costs two queries.
    """
    rows = _seats(acting(person, timezone.localdate())).select_related("review__edition__unit")
    match conditions.get("state", ""):
        case "open":
            rows = rows.filter(closed_at=None)
        case "done":
            rows = rows.exclude(closed_at=None)
    if text := conditions.get("search", ""):
        named = Q(review__edition__title__contains=text)
        rows = rows.filter(named | Q(review__edition__unit__name__contains=text))

    def make(found: Sequence[Seat]) -> Sequence[ReviewLine]:
        signs = SignOff.objects.filter(seat__in=[one.number for one in found])
        returned = dict(signs.values_list("seat", "is_return"))
        return [_line(one, returned.get(one.number)) for one in found]

    return Rows(rows, make)


def count_open(person: str) -> int:
    """Return how many wait for somebody's own signature; one query."""
    return Seat.objects.filter(person=person, closed_at=None).count()


def _seats(who: Acting) -> QuerySet[Seat]:
    return Seat.objects.filter(who.concerned(closed_at=None))


def _line(seat: Seat, is_returned: bool | None) -> ReviewLine:  # noqa: FBT001 - as it is kept
    review, step = seat.review, seat.review.plan["steps"][seat.place]
    edition: Edition = review.edition
    return ReviewLine(
        seat.number,
        edition.reference,
        review.reference,
        edition.title,
        edition.ordinal,
        edition.unit.reference,
        edition.unit.name,
        EditionState.of(edition.state),
        step["name"],
        SignAction.of(step["action"]),
        seat.opened_at,
        seat.task,
        seat.closed_at is None,
        is_returned,
    )
