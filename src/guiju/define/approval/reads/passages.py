"""One passage of an edition through its chain: who was asked, who signed, what is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from guiju.base.org.reads.holders import holders_of
from guiju.core.lists.chains import ApprovalChain, Move, Progress, Sign, Stop, progress
from guiju.core.lists.words_chains import ReviewState
from guiju.core.plain import made
from guiju.define.approval.models import Review, Seat, SignOff
from guiju.define.lists.models import Edition


@dataclass(frozen=True, slots=True)
class Passage:
    """A review with what was done in it.

    Attributes:
        chain: as it was when the edition was submitted.
        seats, signs: in the order in which they came.
    """

    review: Review
    chain: ApprovalChain
    seats: tuple[Seat, ...]
    signs: tuple[SignOff, ...]

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        return progress(self.chain.steps, self._asked, self._moves)

    @property
    def _asked(self) -> Mapping[int, set[str]]:
        """Who is asked at each step; whoever was replaced before signing is asked no more."""
        asked: dict[int, set[str]] = {}
        signed = {one.seat_id for one in self.signs}
        for seat in self.seats:
            if seat.number in signed or seat.closed_at is None:
                asked.setdefault(seat.place, set()).add(seat.code)
        return asked

    @property
    def _moves(self) -> list[Move]:
        places = {seat.number: (seat.place, seat.code) for seat in self.seats}
        moves: list[Move] = [Sign(*places[s.seat_id]) for s in self.signs if not s.is_return]
        state = ReviewState.of(self.review.state)
        if state not in (ReviewState.OPEN, ReviewState.PASSED):
            moves.append(Stop(state))
        return moves

    def open_seats(self) -> tuple[Seat, ...]:
        """Return the seats in which somebody may sign now."""
        now = self.progress
        return tuple(s for s in self.seats if s.closed_at is None and s.place in now.open)

    def signers(self) -> frozenset[str]:
        """Return who has signed in this passage."""
        return frozenset(one.person for one in self.signs if not one.is_return)


def passage_of(review: Review) -> Passage:
    """Return a review with its seats and signatures; two queries."""
    seats = tuple(Seat.objects.filter(review=review).order_by("place", "number"))
    signs = tuple(SignOff.objects.filter(review=review).order_by("number"))
    return Passage(review, made(ApprovalChain, review.plan), seats, signs)


def review_of(edition: Edition) -> Review | None:
    """Return the edition's last review; one query."""
    return Review.objects.filter(edition=edition).order_by("-ordinal").first()


def may_sit(seats: Sequence[Seat], person: str, on: date) -> tuple[Seat, ...]:
    """Return the seats in which somebody may act on a day; one query where posts are named.

    The holder of the post may, whoever acts in it, and who was delegated the whole of it. A
    member of a body who belongs to it in no post acts in person.
    """
    posts = {one.post for one in seats if one.post}
    held = holders_of(posts, on) if posts else {}

    def sits(seat: Seat) -> bool:
        if not seat.post:
            return seat.person == person
        return any(h.person == person and not h.functions for h in held.get(seat.post, ()))

    return tuple(one for one in seats if sits(one))
