"""What an address of these pages names; what is not there is not found."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.urls import reverse

from guiju.base.access import reads
from guiju.base.access.models import Account, RoleGrant
from guiju.base.ui.parts import Crumb
from guiju.core.sentence import zh


def found_account(identity: UUID) -> Account:
    """Return the account that an address names.

    Raises:
        Http404: when there is none.
    """
    account = reads.account(identity)
    if account is None:
        raise Http404
    return account


def found_grant(identity: UUID) -> RoleGrant:
    """Return the granted role that an address names.

    Raises:
        Http404: when there is none.
    """
    grant = reads.grant(identity)
    if grant is None:
        raise Http404
    return grant


def page_of(account: Account) -> str:
    """Return the address of an account's page."""
    return reverse("access:account", args=[account.reference.partition(":")[2]])


def way(*account: Account) -> tuple[Crumb, ...]:
    """Return the way to the pages of accounts, or of one of them."""
    first = Crumb(zh("账号与权限"), reverse("access:accounts"))
    return (first, *(Crumb(one.display_name, page_of(one)) for one in account))
