"""Campaigns, whom they ask, and what was proposed.

Persons, posts and units are references: they belong to ``base.org``. What people typed is kept
in boxes under the key of whoever typed it (``texts``), until it goes into a draft edition.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.core.lists.words_campaigns import CampaignState, ProposalState
from guiju.define.lists.models import CODE, NAME, REFERENCE


class Campaign(models.Model):
    """Looking for the risks of a draft edition together (S0-14).

    Attributes:
        reference: how events name it.
        channels: by which channels risks may come (``Channel``).
        limit: how many working days people have; ``due_at`` the last instant.
        gates: what was judged of the four gates, by ``Gate``: ``is_passed``, ``reason``, ``by``,
            ``at``.
        begun_by: who began it.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    edition = models.ForeignKey(
        "lists.Edition", models.CASCADE, related_name="campaigns", db_index=False
    )
    name = models.CharField(max_length=NAME)
    channels = models.JSONField()
    limit = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    gates = models.JSONField(default=dict)
    state = models.CharField(max_length=20, default=CampaignState.OPEN.value)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=REFERENCE)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "campaigns_campaign"
        constraints = [
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state=CampaignState.OPEN.value),
                name="campaigns_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=CampaignState.OPEN.value, closed_at__isnull=True)
                | ~Q(state=CampaignState.OPEN.value) & Q(closed_at__isnull=False),
                name="campaigns_closed_when",
            ),
        ]
        indexes = [models.Index(fields=["edition", "number"], name="campaigns_of_edition")]

    def __str__(self) -> str:
        return self.name


class Ask(models.Model):
    """Somebody is asked, as the holder of a post.

    Attributes:
        post_name, unit_name: as they were called when they were asked.
        task: the inbox task that asks them.
        answered_at: when they said that they have finished.
        powers: codes of the powers whose risks they looked for.
        reason: why they found none, in a box of theirs; None where they proposed some.
        closed_at: when nothing is asked of them any more.
    """

    number = models.BigAutoField(primary_key=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="asks", db_index=False)
    person = models.CharField(max_length=REFERENCE)
    post = models.CharField(max_length=REFERENCE)
    post_name = models.CharField(max_length=NAME)
    unit = models.CharField(max_length=REFERENCE)
    unit_name = models.CharField(max_length=NAME)
    task = models.CharField(max_length=REFERENCE)
    answered_at = models.DateTimeField(null=True)
    powers = models.JSONField(default=list)
    reason = models.BinaryField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "campaigns_ask"
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "post", "person"], name="campaigns_ask_once"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(closed_at__isnull=False),
                name="campaigns_ask_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "closed_at", "number"], name="campaigns_ask_person"),
            models.Index(fields=["task"], name="campaigns_ask_task"),
        ]

    def __str__(self) -> str:
        return self.post_name


class Proposal(models.Model):
    """A risk that somebody proposes.

    Attributes:
        person: who proposes it, as the holder of the post ``role``.
        power, flow, step: where it lies.
        content: the risk as ``core.plain`` writes it, without its texts.
        text: what was typed, in a box of the proposer's.
        risk: code of the risk into which it was merged.
        reason: why it was not taken, in a box of whoever decided.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="proposals", db_index=False)
    person = models.CharField(max_length=REFERENCE)
    role = models.CharField(max_length=NAME, blank=True)
    channel = models.CharField(max_length=20)
    power = models.CharField(max_length=CODE, blank=True)
    flow = models.CharField(max_length=CODE, blank=True)
    step = models.CharField(max_length=CODE, blank=True)
    content = models.JSONField()
    text = models.BinaryField()
    at = models.DateTimeField()
    state = models.CharField(max_length=20, default=ProposalState.OPEN.value)
    risk = models.CharField(max_length=CODE, blank=True)
    reason = models.BinaryField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=REFERENCE, blank=True)

    class Meta:
        db_table = "campaigns_proposal"
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN.value, decided_at__isnull=True, decided_by="")
                | ~Q(state=ProposalState.OPEN.value)
                & Q(decided_at__isnull=False)
                & ~Q(decided_by=""),
                name="campaigns_proposal_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "state", "number"], name="campaigns_proposal_state"),
            models.Index(fields=["campaign", "person"], name="campaigns_proposal_person"),
        ]

    def __str__(self) -> str:
        return self.reference
