"""What keeps a review as it went, whoever writes and however.

A signature is only added, in a seat that is open, to the digest that is put before those who
sign. A seat is closed once. A review ends once; what has passed may only come into notice, and be
stopped by an objection. An objection is answered once. What a clean-up decided stays with the
draft's contents. Nothing of a draft that was ever submitted is deleted. What people wrote lies
sealed in these rows: forgetting it destroys a key and changes no row.
"""

from __future__ import annotations

from guiju.base.record.triggers_rules import Rule, differs, refusing, taken
from guiju.core.lists.words import EditionState
from guiju.core.lists.words_chains import ObjectionState, ReviewState

_REVIEW, _SEAT, _SIGN = "approval_review", "approval_seat", "approval_sign"
_OBJECTION, _VERDICT, _COMMENT = "approval_objection", "approval_verdict", "approval_comment"

_OPEN, _PASSED = f"'{ReviewState.OPEN.value}'", f"'{ReviewState.PASSED.value}'"
_WAITS = f"'{ObjectionState.OPEN.value}'"
_DRAFT = f"'{EditionState.DRAFT.value}'"

_TOLD = "reference edition_id ordinal chain plan chosen digest wished submitter post unit"
_ASKED = "review_id code place person post unit path how on_behalf task opened_at"
_OBJECTED = "reference review_id code person text contact at task"
_REMARKED = "reference edition_id kind code person text answers_id at"

_NOTICE = differs(("notice_from", "notice_to"))
_REVIEW_SAID = "approval_review: what was submitted, and how it ended, stays"
_SEAT_SAID = "approval_seat: who was asked, and until when, stays"
_SIGN_SAID = "approval_sign: signatures are only added, in an open seat, to what is put there"
_OBJECTION_SAID = "approval_objection: it is answered once and stays"
_VERDICT_SAID = "approval_verdict: the edition is no draft, so its verdicts stay"
_COMMENT_SAID = "approval_comment: remarks are only added"


def _not_draft(*rows: str) -> str:
    return " OR ".join(
        f"(SELECT state FROM lists_edition WHERE number = {row}.edition_id)"  # noqa: S608 - constants only
        f" IS DISTINCT FROM {_DRAFT}"
        for row in rows
    )


def _never(table: str, said: str, *verbs: str) -> list[Rule]:
    return [Rule(f"{table}_no_{one.lower()}", one, table, "TRUE", said) for one in verbs]


def _review_ends() -> str:
    """Return when a change of a review is none that it may go through."""
    ends = ", ".join(
        f"({before}, '{after.value}')"
        for before, afters in (
            (_OPEN, (ReviewState.PASSED, ReviewState.RETURNED, ReviewState.WITHDRAWN)),
            (_PASSED, (ReviewState.STOPPED,)),
        )
        for after in afters
    )
    return (
        f"{differs((*_TOLD.split(), 'submitted_at'))}"
        f" OR (OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (VALUES {ends}))"
        " OR (OLD.state = NEW.state AND OLD.ended_at IS DISTINCT FROM NEW.ended_at)"
        f" OR (({_NOTICE}) AND NOT (NEW.state = {_PASSED} AND OLD.notice_from IS NULL))"
    )


def _not_signable() -> str:
    """Return when a signature is none: the seat is closed, or something else is signed."""
    review = f"r.state = {_OPEN} AND r.digest = NEW.digest"
    seat = "s.number = NEW.seat_id AND s.review_id = NEW.review_id AND s.closed_at IS NULL"
    joined = f"{_SEAT} s JOIN {_REVIEW} r ON r.number = s.review_id"
    return f"NOT EXISTS (SELECT 1 FROM {joined} WHERE {seat} AND {review})"  # noqa: S608 - constants only


_NUMBER, _REFERENCE = ("number",), ("reference",)
_RULES = (
    *_never(_SIGN, _SIGN_SAID, "UPDATE", "DELETE"),
    Rule(
        f"{_SIGN}_in_open_seat",
        "INSERT",
        _SIGN,
        f"{_not_signable()} OR {taken(_SIGN, _NUMBER, ('review_id', 'seat_id'))}",
        _SIGN_SAID,
    ),
    *_never(_SEAT, _SEAT_SAID, "DELETE"),
    Rule(
        f"{_SEAT}_closed_once",
        "UPDATE",
        _SEAT,
        f"{differs(_ASKED.split())} OR OLD.closed_at IS NOT NULL",
        _SEAT_SAID,
    ),
    Rule(
        f"{_SEAT}_of_open_review",
        "INSERT",
        _SEAT,
        f"(SELECT state FROM {_REVIEW} WHERE number = NEW.review_id) IS DISTINCT FROM {_OPEN}"  # noqa: S608 - constants only
        f" OR {taken(_SEAT, _NUMBER, ('review_id', 'code'))}",
        _SEAT_SAID,
    ),
    *_never(_REVIEW, _REVIEW_SAID, "DELETE"),
    Rule(f"{_REVIEW}_ends_once", "UPDATE", _REVIEW, _review_ends(), _REVIEW_SAID),
    Rule(
        f"{_REVIEW}_not_replaced",
        "INSERT",
        _REVIEW,
        f"NEW.state <> {_OPEN} OR "
        + taken(_REVIEW, _NUMBER, _REFERENCE, ("edition_id", "ordinal")),
        _REVIEW_SAID,
    ),
    *_never(_OBJECTION, _OBJECTION_SAID, "DELETE"),
    Rule(
        f"{_OBJECTION}_answered_once",
        "UPDATE",
        _OBJECTION,
        f"{differs(_OBJECTED.split())} OR OLD.state <> {_WAITS}",
        _OBJECTION_SAID,
    ),
    Rule(
        f"{_OBJECTION}_not_replaced",
        "INSERT",
        _OBJECTION,
        f"NEW.state <> {_WAITS} OR " + taken(_OBJECTION, _NUMBER, _REFERENCE, ("code",)),
        _OBJECTION_SAID,
    ),
    Rule(
        f"{_VERDICT}_frozen_insert",
        "INSERT",
        _VERDICT,
        f"{_not_draft('NEW')} OR {taken(_VERDICT, _NUMBER, ('edition_id', 'power'))}",
        _VERDICT_SAID,
    ),
    Rule(f"{_VERDICT}_frozen_update", "UPDATE", _VERDICT, _not_draft("OLD", "NEW"), _VERDICT_SAID),
    Rule(f"{_VERDICT}_frozen_delete", "DELETE", _VERDICT, _not_draft("OLD"), _VERDICT_SAID),
    *_never(_COMMENT, _COMMENT_SAID, "UPDATE"),
    Rule(f"{_COMMENT}_no_delete", "DELETE", _COMMENT, _not_draft("OLD"), _COMMENT_SAID),
    Rule(
        f"{_COMMENT}_not_replaced",
        "INSERT",
        _COMMENT,
        taken(_COMMENT, _NUMBER, _REFERENCE),
        _COMMENT_SAID,
    ),
)

TRIGGERS = refusing(_RULES, (_REVIEW, _SEAT, _SIGN, _OBJECTION, _VERDICT, _COMMENT))
"""What the migration makes and ``guiju doctor`` looks for."""
