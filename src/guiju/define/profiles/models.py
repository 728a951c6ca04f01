"""Profiles of a body's own and their dated versions.

A version is kept whole, as text: what lists were judged by is read again as it was written,
whatever order a database would give its parts.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from guiju.core.lists.profile_words import VersionState

REFERENCE = 120
CODE = 32
NAME = 60


class OwnProfile(models.Model):
    """A profile that a unit keeps for itself and all below it.

    Attributes:
        reference: how events name it.
        base: code of the profile that comes with Guiju of which it takes the place.
        code: its own, of which those of its versions begin.
        name: as its latest version in force says, or its first draft.
        ended: from which day on it is used no more.
    """

    number = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=REFERENCE, unique=True)
    unit = models.ForeignKey("org.Unit", models.PROTECT, related_name="+", db_index=False)
    base = models.CharField(max_length=CODE)
    code = models.CharField(max_length=CODE, unique=True)
    name = models.CharField(max_length=NAME)
    ended = models.DateField(null=True)

    class Meta:
        db_table = "profiles_profile"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "base"],
                condition=Q(ended__isnull=True),
                name="profiles_profile_one",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """What a profile says from a day on; once in force, the database lets nobody change it.

    Attributes:
        ordinal: 1 for the first.
        code: how editions name the version by which they are judged.
        origin: code of the profile or version of which it began as a copy.
        valid_from: the day from which editions that begin are judged by it.
        content: the profile as ``core.plain`` writes it, as JSON.
        digest: SHA-256 of the content, since it is in force.
        revision: how often it was changed; who changes it says which revision they saw.
    """

    number = models.BigAutoField(primary_key=True)
    profile = models.ForeignKey(OwnProfile, models.PROTECT, related_name="versions", db_index=False)
    ordinal = models.PositiveIntegerField()
    code = models.CharField(max_length=CODE, unique=True)
    origin = models.CharField(max_length=CODE)
    state = models.CharField(max_length=20)
    valid_from = models.DateField()
    content = models.TextField()
    digest = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "profiles_version"
        constraints = [
            models.UniqueConstraint(fields=["profile", "ordinal"], name="profiles_version_ordinal"),
            models.UniqueConstraint(
                fields=["profile"],
                condition=Q(state=VersionState.DRAFT.value),
                name="profiles_version_one_draft",
            ),
            models.UniqueConstraint(
                fields=["profile", "valid_from"],
                condition=Q(state=VersionState.IN_FORCE.value),
                name="profiles_version_day",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT.value, digest="")
                | Q(state=VersionState.IN_FORCE.value) & ~Q(digest=""),
                name="profiles_version_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.code
