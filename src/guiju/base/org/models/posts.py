"""Posts, and which of them nobody may hold together."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.columns import CODE, NAME, REASON, REFERENCE, ordered
from guiju.base.org.models.units import Unit
from guiju.core.organisation.columns import MOST_YEARS


class Post(models.Model):
    """A post of a unit.

    Attributes:
        reference: how events name it.
        is_key: whether it is on the list of key posts (S0-07).
        leader_level: how it stands in its unit; empty counts as staff.
        longest_tenure_years: after how many years its holder must rotate; null without a limit.
        functions: codes of what its holder is in charge of (分管, ``Function``).
        barred_functions: codes of what its holder must not be in charge of (S2-60, S3-20).
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    code = models.CharField(max_length=CODE, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", db_index=False)
    name = models.CharField(max_length=NAME)
    is_key = models.BooleanField(default=False)
    leader_level = models.CharField(max_length=20, blank=True)
    longest_tenure_years = models.PositiveSmallIntegerField(null=True)
    functions = models.JSONField(default=list)
    barred_functions = models.JSONField(default=list)
    duties = models.TextField(blank=True)
    founded_date = models.DateField(null=True)
    abolished_date = models.DateField(null=True)

    class Meta:
        db_table = "org_post"
        constraints = [
            ordered("founded_date", "abolished_date", name="org_post_life", same_day=False),
            models.CheckConstraint(
                condition=models.Q(longest_tenure_years__isnull=True)
                | models.Q(longest_tenure_years__range=(1, MOST_YEARS)),
                name="org_post_tenure",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "code"], name="org_post_of_unit"),
            # To count the posts of all units on a day.
            models.Index(fields=["unit", "founded_date", "abolished_date"], name="org_post_lives"),
            models.Index(fields=["name", "number"], name="org_post_name"),
            models.Index(
                fields=["number"], condition=models.Q(is_key=True), name="org_post_key_list"
            ),
            models.Index(
                fields=["longest_tenure_years", "number"],
                condition=models.Q(longest_tenure_years__isnull=False),
                name="org_post_limited",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PostConflict(models.Model):
    """Two posts that nobody may hold together, as ``one`` says of the ``other``.

    It binds both ways. Who says it is kept, so that a table comes out as it went in.
    """

    number = models.BigAutoField(primary_key=True)
    one = models.ForeignKey(Post, models.PROTECT, related_name="+")
    other = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON, blank=True)

    class Meta:
        db_table = "org_post_conflict"
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="org_post_conflict_once"),
            models.CheckConstraint(
                condition=~models.Q(one=models.F("other")), name="org_post_conflict_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"
