"""How often somebody failed to get in, since when a password is in use, who is known elsewhere.

Neither a name that was typed nor an address is kept, only a keyed hash of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Attempts(models.Model):
    """The failures of one login name or one address.

    Attributes:
        subject: keyed hash of the name or the address (``lockout.subjects``).
        failed_at: the instants of those failures that still count, in seconds since 1970.
        strikes: how many times it was locked, one lock soon after the other.
        locked_until: until when nobody is asked for a password; empty while it is open.
        last_at: the last failure, so that old rows can be forgotten.
    """

    id = models.BigAutoField(primary_key=True)
    subject = models.CharField(max_length=64, unique=True)
    failed_at = models.JSONField(default=list)
    strikes = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_attempts"

    def __str__(self) -> str:
        return self.subject


class PasswordUse(models.Model):
    """A password that an account uses or used: since when, and its hash, to refuse it again."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passwords"
    )
    since = models.DateTimeField()
    hash = models.CharField(max_length=200)

    class Meta:
        db_table = "access_password"
        indexes = [models.Index(fields=["account", "since"], name="access_password_since")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.since}"


class LinkedIdentity(models.Model):
    """Who an account belongs to in another house, so that a name given anew opens nothing.

    Attributes:
        issuer: the address of the provider or the directory.
        fingerprint: hash of issuer and subject (``identity.Identity``).
        linked_at: the first sign-in.
    """

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities"
    )
    issuer = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64, unique=True)
    linked_at = models.DateTimeField()

    class Meta:
        db_table = "access_identity"
        constraints = [
            models.UniqueConstraint(fields=["account", "issuer"], name="access_identity_one_each")
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.issuer}"
