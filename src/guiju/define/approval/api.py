"""Reviews for programs: what is put before the reader, one review, signing and returning."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from guiju.base.api.listing import Paged, asked, listed
from guiju.base.api.schemas import Body, Done
from guiju.base.record.actor import actor_of
from guiju.base.record.idempotency import once
from guiju.base.ui.forms import said
from guiju.base.ui.language import say
from guiju.base.ui.needs import needs
from guiju.base.ui.reader import standing
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ReviewState, SignAction
from guiju.core.sentence import zh
from guiju.core.terms import Permission
from guiju.define.approval.actions import signing
from guiju.define.approval.models import MOST_TEXT, Review, Seat
from guiju.define.approval.pages.mine import TABLE
from guiju.define.approval.reads.passages import Passage, passage_of, review_of
from guiju.define.approval.reads.reviews import ReviewLine, mine
from guiju.define.lists.models import CODE
from guiju.define.lists.pages.frame import reached

router = Router(tags=["lists"])
_DIGEST = Field(pattern="^[0-9a-f]{64}$")


class ReviewLineOut(Schema):
    """Something put before the reader."""

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
    is_open: bool
    is_returned: bool | None


class StepOut(Schema):
    """A step: who is asked, and whether it is signed."""

    step: str
    action: SignAction
    is_done: bool
    is_open: bool
    people: list[str]


class ReviewOut(Schema):
    """A review; ``may_sign`` tells whether the reader is asked now."""

    reference: str
    edition: str
    title: str
    ordinal: int
    state: ReviewState
    digest: str
    chain: str
    submitted_at: datetime
    submitter: str
    steps: list[StepOut]
    may_sign: bool


class SignIn(Body):
    """A signature: of what, with which opinion; number and day for a filing."""

    digest: str = _DIGEST
    opinion: str = Field("", max_length=MOST_TEXT)
    filing: str = Field("", max_length=CODE)
    filed_on: date | None = None


class SendBackIn(Body):
    """What is to be mended; of what it was read."""

    digest: str = _DIGEST
    reason: str = Field(min_length=1, max_length=MOST_TEXT)


@router.get(
    "/reviews",
    response=Paged[ReviewLineOut],
    summary=said(zh("送我审签的清单")),
    openapi_extra=asked(TABLE),
)
@needs(Permission.LISTS_SIGN)
def list_reviews(request: HttpRequest, response: HttpResponse) -> dict[str, object]:
    """Return what was put before the reader, as on the page."""
    me = standing(request).person
    return listed(
        request, response, table=TABLE, source=lambda state: mine(me, state.filters), show=_line
    )


@router.get(
    "/editions/{uuid:identity}/review",
    response=ReviewOut,
    summary=said(zh("一版清单的审签进展")),
)
@needs(Permission.LISTS_READ)
def one_review(request: HttpRequest, identity: UUID) -> dict[str, object]:
    """Return the edition's last review."""
    passage = passage_of(_found(request, identity))
    me = standing(request).person
    return _review(passage, signing.seat_of(passage, me, timezone.localdate()))


@router.post(
    "/editions/{uuid:identity}/review/sign", response=Done, summary=said(zh("签署同意或登记备案"))
)
@needs(Permission.LISTS_SIGN)
def sign(request: HttpRequest, identity: UUID, wanted: SignIn) -> object:
    """Sign what the reader is asked to sign."""
    found = _found(request, identity, to_sign=True)
    filed = wanted.filed_on or timezone.localdate()
    with once(request):
        signing.sign(
            review=found.reference,
            digest=wanted.digest,
            opinion=wanted.opinion,
            filing=signing.Filing(wanted.filing, filed) if wanted.filing else None,
            by=actor_of(request),
            at=timezone.now(),
        )
    return found


@router.post(
    "/editions/{uuid:identity}/review/send-back", response=Done, summary=said(zh("退回起草"))
)
@needs(Permission.LISTS_SIGN)
def send_back(request: HttpRequest, identity: UUID, wanted: SendBackIn) -> object:
    """Return it to its draft."""
    found = _found(request, identity, to_sign=True)
    with once(request):
        signing.send_back(
            review=found.reference,
            digest=wanted.digest,
            reason=wanted.reason,
            by=actor_of(request),
            at=timezone.now(),
        )
    return found


def _found(request: HttpRequest, identity: UUID, *, to_sign: bool = False) -> Review:
    """Return the edition's last review.

    Raises:
        Http404: for none, and for one that the reader was never asked to sign.
    """
    edition = reached(request, identity)
    found = review_of(edition)
    if found is None:
        raise Http404
    found.edition = edition
    if (
        to_sign
        and signing.seat_of(passage_of(found), standing(request).person, timezone.localdate())
        is None
        and not Seat.objects.filter(review=found, person=standing(request).person).exists()
    ):
        raise Http404
    return found


def _line(one: ReviewLine) -> dict[str, object]:
    return {name: getattr(one, name) for name in ReviewLineOut.model_fields}


def _review(passage: Passage, seat: Seat | None) -> dict[str, object]:
    review, now = passage.review, passage.progress
    return {
        "reference": review.reference,
        "edition": review.edition.reference,
        "title": review.edition.title,
        "ordinal": review.edition.ordinal,
        "state": ReviewState.of(review.state),
        "digest": review.digest,
        "chain": say(passage.chain.name),
        "submitted_at": review.submitted_at,
        "submitter": review.submitter,
        "may_sign": seat is not None,
        "steps": [
            {
                "step": step.name,
                "action": step.action,
                "is_done": place in now.done,
                "is_open": place in now.open,
                "people": [one.person for one in passage.seats if one.place == place],
            }
            for place, step in enumerate(passage.chain.steps)
        ],
    }
