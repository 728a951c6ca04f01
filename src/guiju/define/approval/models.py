"""Reviews of editions: who was asked, who signed, what was objected, what was remarked.

Persons, posts and units are references: they belong to ``base.org``. What people typed is kept
in boxes under the key of whoever typed it (``texts``).
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.core.lists.words_chains import ObjectionState, ReviewState
from guiju.define.lists.models import CODE, NAME, REFERENCE

MOST_TEXT = 2000
"""How long an opinion, a remark or an answer may be."""

SEAT = 60
_DIGEST = 64


class Review(models.Model):
    """One passage of an edition through its chain; a return ends it, the next is another one.

    Attributes:
        ordinal: 1 for the edition's first passage.
        chain: code of the chain; ``plan`` is the chain as it was then (``core.plain``).
        chosen: by place of a step, the post that was chosen where several could sign.
        digest: of what is put before those who sign; a signature says it again.
        wished: from when it shall take effect at the earliest.
        submitter, post, unit: who submitted it, in which post, of which unit.
        ended_at: when it passed, or went back.
        notice_from, notice_to: first and last day of public notice.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    edition = models.ForeignKey(
        "lists.Edition", models.PROTECT, related_name="reviews", db_index=False
    )
    ordinal = models.PositiveIntegerField()
    chain = models.CharField(max_length=CODE)
    plan = models.JSONField()
    chosen = models.JSONField(default=dict)
    digest = models.CharField(max_length=_DIGEST)
    wished = models.DateField(null=True)
    submitter = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE, blank=True)
    unit = models.CharField(max_length=REFERENCE, blank=True)
    state = models.CharField(max_length=20)
    submitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    notice_from = models.DateField(null=True)
    notice_to = models.DateField(null=True)

    class Meta:
        db_table = "approval_review"
        constraints = [
            models.UniqueConstraint(fields=["edition", "ordinal"], name="approval_review_ordinal"),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state=ReviewState.OPEN.value),
                name="approval_review_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=ReviewState.OPEN.value, ended_at__isnull=True)
                | ~Q(state=ReviewState.OPEN.value) & Q(ended_at__isnull=False),
                name="approval_review_ended",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "notice_to"], name="approval_review_notice"),
        ]

    def __str__(self) -> str:
        return self.reference


class Seat(models.Model):
    """Somebody is asked to sign a step: a person, as the holder of a post.

    Attributes:
        code: names it in events.
        place: which step of the chain.
        how: as holder, or acting for nobody.
        on_behalf: the body or unit in whose name they sign.
        task: the inbox task that asks them.
        closed_at: when nothing is asked of them any more.
    """

    number = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, models.PROTECT, related_name="seats", db_index=False)
    code = models.CharField(max_length=SEAT)
    place = models.PositiveSmallIntegerField()
    person = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE, blank=True)
    unit = models.CharField(max_length=REFERENCE, blank=True)
    path = models.CharField(max_length=255, blank=True)
    how = models.CharField(max_length=20)
    on_behalf = models.CharField(max_length=NAME, blank=True)
    task = models.CharField(max_length=REFERENCE)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "approval_seat"
        constraints = [
            models.UniqueConstraint(fields=["review", "code"], name="approval_seat_code"),
        ]
        indexes = [
            models.Index(fields=["person", "closed_at", "number"], name="approval_seat_person"),
            models.Index(fields=["task"], name="approval_seat_task"),
            models.Index(fields=["review", "place", "number"], name="approval_seat_place"),
        ]

    def __str__(self) -> str:
        return self.code


class SignOff(models.Model):
    """Somebody signed a step, or returned the edition there; never changed, never taken back.

    Attributes:
        is_return: whether the edition went back.
        digest: of what was signed.
        opinion: what was said, in a box of the signer's.
        filing: number under which it was filed, on ``filed_on``.
    """

    number = models.BigAutoField(primary_key=True)
    review = models.ForeignKey(Review, models.PROTECT, related_name="signs", db_index=False)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="signs")
    person = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE, blank=True)
    is_return = models.BooleanField(default=False)
    digest = models.CharField(max_length=_DIGEST)
    opinion = models.BinaryField()
    filing = models.CharField(max_length=CODE, blank=True)
    filed_on = models.DateField(null=True)
    at = models.DateTimeField()

    class Meta:
        db_table = "approval_sign"
        constraints = [
            models.UniqueConstraint(fields=["review", "seat"], name="approval_sign_once"),
            models.CheckConstraint(
                condition=Q(filing="", filed_on__isnull=True)
                | ~Q(filing="") & Q(filed_on__isnull=False),
                name="approval_sign_filed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Comment(models.Model):
    """A remark on an edition, at an item or at the whole.

    Attributes:
        kind, code: table and code of the item; empty for the edition as a whole.
        text: in a box of the writer's.
        answers: the remark that it answers.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    edition = models.ForeignKey(
        "lists.Edition", models.CASCADE, related_name="comments", db_index=False
    )
    kind = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=CODE, blank=True)
    person = models.CharField(max_length=REFERENCE)
    text = models.BinaryField()
    answers = models.ForeignKey("self", models.CASCADE, null=True, related_name="answered")
    at = models.DateTimeField()

    class Meta:
        db_table = "approval_comment"
        indexes = [
            models.Index(fields=["edition", "kind", "code", "number"], name="approval_comment_at"),
        ]

    def __str__(self) -> str:
        return self.reference


class Objection(models.Model):
    """What somebody objects to during public notice; it is answered before anything takes effect.

    Attributes:
        reference: also the name under which what they wrote is sealed.
        code: by which whoever objected asks how it stands.
        text, contact: in boxes of the objection's own; no contact where none was given.
        person: who objected, where they had signed in.
        answer: in a box of whoever answered.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    review = models.ForeignKey(Review, models.PROTECT, related_name="objections", db_index=False)
    code = models.CharField(max_length=20, unique=True)
    person = models.CharField(max_length=REFERENCE, blank=True)
    text = models.BinaryField()
    contact = models.BinaryField(null=True)
    state = models.CharField(max_length=20, default=ObjectionState.OPEN.value)
    at = models.DateTimeField()
    answer = models.BinaryField(null=True)
    answered_by = models.CharField(max_length=REFERENCE, blank=True)
    answered_at = models.DateTimeField(null=True)
    task = models.CharField(max_length=REFERENCE, blank=True)

    class Meta:
        db_table = "approval_objection"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ObjectionState.OPEN.value, answered_at__isnull=True)
                | ~Q(state=ObjectionState.OPEN.value) & Q(answered_at__isnull=False),
                name="approval_objection_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["review", "state", "number"], name="approval_objection_open"),
            models.Index(fields=["task"], name="approval_objection_task"),
        ]

    def __str__(self) -> str:
        return self.reference


class Verdict(models.Model):
    """What a clean-up decided of a power of the edition in use (S2-12: 清理).

    Attributes:
        power: its code in the edition in use.
        into: for 整合 the code that takes it in, for 下放 to whom it goes.
    """

    number = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(
        "lists.Edition", models.CASCADE, related_name="verdicts", db_index=False
    )
    power = models.CharField(max_length=CODE)
    verdict = models.CharField(max_length=20)
    reason = models.CharField(max_length=NAME, blank=True)
    into = models.CharField(max_length=NAME, blank=True)

    class Meta:
        db_table = "approval_verdict"
        constraints = [
            models.UniqueConstraint(fields=["edition", "power"], name="approval_verdict_once"),
        ]

    def __str__(self) -> str:
        return self.power
