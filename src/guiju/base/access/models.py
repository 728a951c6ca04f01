"""Who has an account, who holds which role where, and by what they get in without a password.

Of links and tokens only a hash is kept: whoever reads the database cannot use them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from guiju.base.access.policies import AccountState, Life


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by login name; none is above the others, so it makes no superuser."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with this login name."""
        return self.get(login_name=username)


class Account(AbstractBaseUser):
    """By what one person signs in; without a usable password until they chose one.

    Attributes:
        reference: by which addresses and events name it, ``account:…``.
        person: whose it is; everyone has at most one.
        login_name: what is typed when signing in, in lower case.
        display_name: the person's name as pages show it.
        is_active: false while it is disabled.
        enabled_at: when it was last let in again; empty when it never was shut out.
        last_used_at: the last sign-in; empty before the first.
        expires_at: from when it is of no use; empty for no end.
        must_change_password: at the next sign-in, before anything else.
        session_epoch: counts up when it is shut, so that no session of before is good again.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=120, unique=True)
    person = models.CharField(max_length=120, unique=True)
    login_name = models.CharField(max_length=64, unique=True)
    display_name = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    enabled_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    must_change_password = models.BooleanField(default=False)
    session_epoch = models.PositiveIntegerField(default=0)

    # Django would write it at each sign-in, past the door; ``last_used_at`` says it instead.
    last_login: Any = None

    USERNAME_FIELD = "login_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    class Meta:
        db_table = "access_account"

    def __str__(self) -> str:
        return self.login_name

    @property
    def life(self) -> Life:
        """What its state hangs on."""
        touched = (self.created_at, self.enabled_at, self.last_used_at)
        return Life(self.is_active, max(at for at in touched if at), self.expires_at)

    def state(self, at: datetime) -> AccountState:
        """Return whether it lets anybody in at an instant."""
        return self.life.state(at)

    def get_session_auth_hash(self) -> str:
        """Return what a session is bound to: a new password or a new epoch ends it."""
        said = f"{self.session_epoch}:{self.password}"
        return salted_hmac("guiju.access.session", said, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Return none: a session of an old secret ends."""
        return iter(())


class RoleGrant(models.Model):
    """A role of a person over a unit and all below it, from a day until a day.

    Attributes:
        role: the code of a ``core.terms.Role``.
        unit: where; empty for everywhere.
        start_date: the first day on which it holds.
        end_date: the last one; empty for no end.
        revoked_at: since when it holds no longer, whatever its days.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=120, unique=True)
    person = models.CharField(max_length=120)
    role = models.CharField(max_length=40)
    unit = models.CharField(max_length=120, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)
    granted_by = models.CharField(max_length=120)
    granted_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=120, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_grant"
        indexes = [
            models.Index(fields=["person", "revoked_at"], name="access_grant_person"),
            models.Index(fields=["role", "revoked_at"], name="access_grant_role"),
        ]

    def __str__(self) -> str:
        return self.reference


class AdministratorMerge(models.Model):
    """Leave for one person to hold two of the three administrators' roles, with its reason.

    Attributes:
        first: a role's code; ``second`` the other one, later in the alphabet.
        ended_at: since when it holds no longer.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=120, unique=True)
    first = models.CharField(max_length=40)
    second = models.CharField(max_length=40)
    reason = models.TextField()
    made_by = models.CharField(max_length=120)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_merge"

    def __str__(self) -> str:
        return self.reference


class OneTimeLink(models.Model):
    """A way in that works once: for the first administrator, an invitation, a lost password.

    Attributes:
        token_hash: SHA-256 of the token, in hexadecimal.
        purpose: the code of a ``links.Purpose``.
    """

    id = models.BigAutoField(primary_key=True)
    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_link"

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ApiToken(models.Model):
    """What a program shows instead of signing in; it may less than its person, never more.

    Attributes:
        reference: by which addresses and events name it, ``token:…``.
        token_hash: SHA-256 of the token, in hexadecimal.
        permissions: codes of those permissions that it may use.
        unit: in which unit and below; empty for wherever its person may.
        is_read_only: whether nothing may be changed with it.
        last_used_day: the last day on which it was shown, so that it is written once a day.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=120, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    permissions = models.JSONField()
    unit = models.CharField(max_length=120, blank=True, default="")
    is_read_only = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_day = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "access_token"

    def __str__(self) -> str:
        return self.reference


class SavedView(models.Model):
    """What a person asked of a list, under a name: its filters, order and columns.

    Attributes:
        owner: whose it is, by reference.
        list: the view of Django that shows the list, such as ``org:people``.
        query: what stands behind the ``?`` of its address; no rows.
        is_default: whether the list opens with it, for its owner.
        is_shared: whether every reader of the list has it in the menu.
        removed_at: since when it is no more; kept for a day, so that it can be brought back.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=120, unique=True)
    owner = models.CharField(max_length=120)
    list = models.CharField(max_length=60)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1500)
    is_default = models.BooleanField(default=False)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "access_view"
        indexes = [models.Index(fields=["list", "owner"], name="access_view_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["list", "owner", "name"],
                condition=models.Q(removed_at=None),
                name="access_view_one_name",
            ),
            models.UniqueConstraint(
                fields=["list", "owner"],
                condition=models.Q(removed_at=None, is_default=True),
                name="access_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AnsweredWrite(models.Model):
    """What was answered to a write that named an ``Idempotency-Key``, for some days.

    Attributes:
        key: of the act, from person, address and the program's own key.
        sent: a keyed hash of what was sent.
        answer: JSON that holds references alone.
    """

    key = models.UUIDField(primary_key=True)
    sent = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_answered"

    def __str__(self) -> str:
        return str(self.key)
