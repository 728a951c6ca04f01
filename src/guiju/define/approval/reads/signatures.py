"""Who signed an edition, as the forms say it once it has passed (S4-14, S4-27 to S4-29).

A signature is told by post and unit, or by the body in whose name it was given, with the word of
its step, its day and its number in the record; by the person's name for who may see it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from guiju.base.record import proving
from guiju.base.record.models import Event
from guiju.base.record.naming import names
from guiju.core.lists.words_chains import ReviewState, SignAction
from guiju.core.sentence import Sentence, zh
from guiju.define.approval.events import FILED, SIGNED
from guiju.define.approval.models import Review
from guiju.define.approval.reads.passages import Passage, passage_of
from guiju.define.campaigns.papers import Signed, day_words
from guiju.define.lists.models import Edition

_WAITS = zh("待封存")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature of a passage that went through.

    Attributes:
        step: what the chain calls the step; ``action`` its word (审核、审定、批准、备案).
        office: the unit of the post, or the body in whose name it was signed.
        post, person: what they are called; empty where nobody knows.
        filing, filed_on: under which number it was filed, for a step that files.
        number: of its event in the record; None while it waits to be sealed.
    """

    step: str
    action: SignAction
    office: str
    post: str
    person: str
    on: date
    filing: str
    filed_on: date | None
    number: int | None


def signatures_of(edition: Edition) -> tuple[Signature, ...]:
    """Return the signatures by which an edition was approved, in their order.

    Empty while it has not passed, and when an objection stopped it. At most six queries.
    """
    rows = Review.objects.filter(edition=edition, state=ReviewState.PASSED.value)
    review = rows.order_by("-ordinal").first()
    if review is None:
        return ()
    passage = passage_of(review)
    told, keys = _told(passage), _keys(edition, review.submitted_at)
    numbers = proving.numbers({key for held in keys.values() for key in held})
    found = []
    for one in passage.signs:
        seat = next(seat for seat in passage.seats if seat.number == one.seat_id)
        step, held = passage.chain.steps[seat.place], keys[one.person, one.at]
        found.append(
            Signature(
                step.name,
                step.action,
                seat.on_behalf or told.get(seat.unit, ""),
                told.get(seat.post, ""),
                told.get(one.person, ""),
                timezone.localdate(one.at),
                one.filing,
                one.filed_on,
                numbers.get(held.popleft()) if held else None,
            )
        )
    return tuple(found)


def _told(passage: Passage) -> dict[str, str]:
    seats = ((one.unit, one.post) for one in passage.seats)
    people = (one.person for one in passage.signs)
    return names({*(name for pair in seats for name in pair), *people})


def _keys(edition: Edition, since: datetime) -> dict[tuple[str, datetime], deque[UUID]]:
    """Return the events of the signatures, by who signed when, in the order of the record."""
    rows = Event.objects.filter(
        object=edition.reference,
        kind__in=[SIGNED.kind, FILED.kind],
        at__gte=since,
    ).order_by("id")
    found: dict[tuple[str, datetime], deque[UUID]] = defaultdict(deque)
    for actor, at, key in rows.values_list("actor", "at", "key"):
        found[actor, at].append(key)
    return found


def lines_of(edition: Edition, *, may_name: bool) -> Sequence[Signed]:
    """Return the signatures as the lines at the foot of a form; persons only by permission."""
    return [Signed(one.step, line(one, may_name=may_name)) for one in signatures_of(edition)]


def line(one: Signature, *, may_name: bool) -> Sentence:
    """Return a signature in words: who, which word, when, under which numbers."""
    who = (one.office, one.post, one.person if may_name else "")
    number = zh("第 {number} 号", number=one.number) if one.number is not None else _WAITS
    said = zh(
        "{who} {action} {day}（记录{number}）",
        who=" ".join(part for part in who if part),
        action=one.action.label,
        day=day_words(one.on),
        number=number,
    )
    if not one.filing or one.filed_on is None:
        return said
    filed = day_words(one.filed_on)
    return zh("{said}，备案号 {filing}，{filed} 备案", said=said, filing=one.filing, filed=filed)
