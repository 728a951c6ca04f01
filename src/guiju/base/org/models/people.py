"""People, what posts they hold, who stands in for them, what they declare."""

from __future__ import annotations

from django.db import models

from guiju.base.org.models.columns import CODE, NAME, REASON, REFERENCE, ordered
from guiju.base.org.models.posts import Post
from guiju.base.org.models.units import Unit


class Person(models.Model):
    """A natural person who serves in some unit.

    Attributes:
        reference: how events name them, which says nothing about them.
        home: the unit that they belong to; null while nobody said so.
        id_number: sealed under their key (``vault.lock``), likewise ``phone``.
        id_tag: the ID number under a keyed hash, so that nobody is entered twice.
        left_date: the first day on which they no longer serve.
        erased_at: when what is personal here was cleared.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    code = models.CharField(max_length=CODE, unique=True)
    name = models.CharField(max_length=NAME, db_index=True)
    rank = models.CharField(max_length=NAME, blank=True)
    party_standing = models.CharField(max_length=32, blank=True)
    home = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="people", db_index=False)
    id_number = models.BinaryField(null=True)
    phone = models.BinaryField(null=True)
    id_tag = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - null is no tag, and no tag is unique
    left_date = models.DateField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "org_person"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(
                    name="",
                    rank="",
                    party_standing="",
                    id_number__isnull=True,
                    phone__isnull=True,
                    id_tag__isnull=True,
                ),
                name="org_person_erased_is_empty",
            ),
            models.CheckConstraint(
                condition=models.Q(id_tag__isnull=True, id_number__isnull=True)
                | models.Q(id_tag__isnull=False, id_number__isnull=False),
                name="org_person_tag_with_number",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "number"], name="org_person_by_name"),
            models.Index(fields=["home", "name", "number"], name="org_person_of_unit"),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Somebody holds a post from ``start_date`` until before ``end_date``."""

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments", db_index=False)
    kind = models.CharField(max_length=20)
    responsibility = models.CharField(max_length=20, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    document = models.CharField(max_length=NAME, blank=True)

    class Meta:
        db_table = "org_appointment"
        constraints = [
            ordered("start_date", "end_date", name="org_appointment_period", same_day=False),
            models.UniqueConstraint(
                fields=["person", "post", "start_date"], name="org_appointment_once"
            ),
            models.UniqueConstraint(
                fields=["person", "post"],
                condition=models.Q(end_date__isnull=True),
                name="org_appointment_open_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "start_date", "end_date", "kind"], name="org_appointment_post"
            ),
            models.Index(fields=["person", "start_date"], name="org_appointment_person"),
            # Whether somebody holds a post on a day, past its earlier holders; who holds several.
            models.Index(
                fields=["post", "end_date", "start_date", "kind"], name="org_appointment_held"
            ),
            models.Index(
                fields=["person", "post", "end_date"],
                condition=models.Q(end_date__isnull=True),
                name="org_appointment_several",
            ),
            models.Index(
                fields=["end_date", "person"],
                condition=models.Q(end_date__isnull=False),
                name="org_appointment_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Delegation(models.Model):
    """A holder lets another act in a post, for a period, for all of it or some functions.

    Attributes:
        functions: codes of the functions that are delegated; empty is the whole post.
        revoked_at: when it was taken back before its time, by ``revoked_by``.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="delegations", db_index=False)
    principal = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_given", db_index=False
    )
    delegate = models.ForeignKey(
        Person, models.PROTECT, related_name="delegations_taken", db_index=False
    )
    start_date = models.DateField()
    last_date = models.DateField()
    functions = models.JSONField(default=list)
    reason = models.CharField(max_length=REASON)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=REFERENCE, blank=True)

    class Meta:
        db_table = "org_delegation"
        constraints = [
            ordered("start_date", "last_date", name="org_delegation_period", same_day=True),
            models.CheckConstraint(
                condition=~models.Q(principal=models.F("delegate")),
                name="org_delegation_to_another",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_by="")),
                name="org_delegation_revoked_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["post", "last_date"], name="org_delegation_post"),
            models.Index(fields=["delegate", "last_date"], name="org_delegation_delegate"),
            models.Index(fields=["principal", "last_date"], name="org_delegation_principal"),
        ]

    def __str__(self) -> str:
        return self.reference


class Interest(models.Model):
    """A relative or an interest that somebody declared; what it is lies sealed in ``box``."""

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="interests")
    kind = models.CharField(max_length=20)
    box = models.BinaryField()
    declared_date = models.DateField()
    withdrawn_date = models.DateField(null=True)

    class Meta:
        db_table = "org_interest"
        constraints = [
            ordered("declared_date", "withdrawn_date", name="org_interest_period", same_day=True),
        ]

    def __str__(self) -> str:
        return self.reference
