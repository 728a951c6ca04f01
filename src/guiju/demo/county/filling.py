"""Putting the example county on record, all of it or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from guiju.base.record.actor import Actor
from guiju.demo.county.accounts import open_accounts
from guiju.demo.county.cast import KEEPER
from guiju.demo.county.daily import actor, begin_day
from guiju.demo.county.establishing import establish
from guiju.demo.county.groups import found_groups
from guiju.demo.county.roster import Roster
from guiju.demo.county.rows import organisation
from guiju.demo.county.sign_ins import SignIn
from guiju.demo.lists.approved import approve_lists
from guiju.demo.lists.bringing import bring_lists
from guiju.demo.lists.campaigning import begin_looking

LISTS_BEGAN = timedelta(days=60)
"""So long ago the lists were begun."""


def fill(sign_ins: tuple[SignIn, ...], *, by: Actor, at: datetime) -> None:
    """Put organisation, accounts, bodies, lists and daily doings on record, in one transaction.

    Each is an event of its own, written by the areas' own actions.

    Raises:
        Invalid, Denied, Conflict: what these actions raise; nothing is kept then.
    """
    with transaction.atomic():
        establish(organisation(), by=by, at=at)
        roster = Roster(timezone.localdate(at))
        open_accounts(roster, sign_ins, by=by, at=at)
        found_groups(roster, by=actor(roster, KEEPER.post), at=at)
        editions = bring_lists(roster, at=at - LISTS_BEGAN)
        approve_lists(editions, roster, at=at)
        begin_looking(editions, roster, at=at)
        begin_day(roster, at=at)
