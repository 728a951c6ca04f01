"""Bodies that span units: leading groups, joint conferences, supervisors; and their members."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.columns import NAME, REFERENCE, ordered
from guiju.base.org.models.people import Person
from guiju.base.org.models.posts import Post
from guiju.base.org.models.units import Unit
from guiju.core.organisation.words_bodies import BodyKind


class Body(models.Model):
    """A group with members (S0-37, S2-57, S2-58, S2-75, S4-12).

    Attributes:
        host: the unit at which it is set up.
        office: the unit that keeps its office (办公室设在…); null without one.
        channel: by which channel a supervisor supervises; empty for other bodies.
        superior: the body that leads it.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    name = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=32)
    host = models.ForeignKey(Unit, models.PROTECT, related_name="bodies")
    office = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="body_offices")
    channel = models.CharField(max_length=32, blank=True)
    superior = models.ForeignKey("self", models.PROTECT, null=True, related_name="led")
    founded_date = models.DateField(null=True)
    abolished_date = models.DateField(null=True)

    class Meta:
        db_table = "org_body"
        constraints = [
            ordered("founded_date", "abolished_date", name="org_body_life", same_day=False),
            models.CheckConstraint(
                condition=(models.Q(kind=BodyKind.SUPERVISOR.value) & ~models.Q(channel=""))
                | (~models.Q(kind=BodyKind.SUPERVISOR.value) & models.Q(channel="")),
                name="org_body_channel",
            ),
            models.UniqueConstraint(
                fields=["host", "name"],
                condition=models.Q(abolished_date__isnull=True),
                name="org_body_named_once",
            ),
        ]
        indexes = [models.Index(fields=["kind", "name"], name="org_body_kind")]

    def __str__(self) -> str:
        return self.name


class BodyMember(models.Model):
    """A person, a unit, or a person on behalf of a unit belongs to a body for a term.

    Attributes:
        post: the post by which a person belongs to it, where that is why.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    body = models.ForeignKey(Body, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="memberships")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20)
    start_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta:
        db_table = "org_body_member"
        constraints = [
            ordered("start_date", "end_date", name="org_body_member_period", same_day=False),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(unit__isnull=False),
                name="org_body_member_somebody",
            ),
        ]
        indexes = [
            # Whether a member unit has named its liaison.
            models.Index(fields=["body", "unit", "role"], name="org_body_member_role"),
        ]

    def __str__(self) -> str:
        return self.reference
